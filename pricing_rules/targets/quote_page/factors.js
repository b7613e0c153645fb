// How the price of the receipt is made: its factors, their product and rounding, and the numbered sources of it all.

let showsSources = true; // also after the next change

function drawWorking({ model, credits }, working) {
  const { exact, rounding, lines, reasons, remarks } = working;
  const used = lines.filter(counts),
    idle = lines.filter((line) => !counts(line));
  const places = unique([...used, ...idle].map((line) => line.source).concat(working.sources));
  const cite = (place) => citation(places.indexOf(place) + 1);
  const product = used.map((line) => exactly(line.ratio)).join(" × ");
  const round = rounding[0] ? `, rounded up by ${exactly(rounding)} to ${grouped(credits)}` : ", nothing to round";
  return [
    drawFactors(model, used, cite),
    h("p.product", used.length > 1 ? `${product} = ${exactly(exact)}` : product, round),
    h("p.hint", working.basis === "documented" ? "The service prints this amount." : drawReasons(reasons, cite)),
    remarks.map((text) => h("p.note", { "data-note": true }, name(text))),
    idle.length > 0 &&
      h(
        "p.hint",
        "Not priced here (× 1): ",
        joined(idle.map((line) => [lineTitle(line), " ", cite(line.source)])),
        ".",
      ),
    drawSources(model, places, reasons),
  ];
}

// whether a factor takes part in the price: a tier of the model, or anything but 1
function counts({ factor, value, ratio: by }) {
  return factor === "base" || !isOne(by) || (value !== null && factor !== "outputs");
}

function drawFactors(model, lines, cite) {
  const head = (title, at) => h("th", { scope: "col", class: at === 2 && "number" }, title);
  return h(
    "table.factors",
    h("caption.unseen", "Factors of the price"),
    h("thead", h("tr", ["Factor", "Value", "×", "Basis"].map(head))),
    h(
      "tbody",
      lines.map((line) => drawLine(model, line, cite)),
    ),
  );
}

function drawLine(model, line, cite) {
  const { factor, value, ratio: by, source } = line,
    title = lineTitle(line);
  const shown = value === null ? "" : TIERED.includes(factor) ? tierOf(model.service, factor, value).label : `${value}`;
  return h(
    "tr",
    h("th", { scope: "row" }, title[0].toUpperCase() + title.slice(1)),
    h("td", name(shown)),
    h("td.number", exactly(by)),
    h("td", badge(model.service.sources[source].basis), " ", cite(source)),
  );
}

const lineTitle = ({ factor }) => (PARAMETERS.includes(factor) ? lowered(titleOf(factor, null)) : factor);

function drawReasons(reasons, cite) {
  const where = reasons.length > 0 && [": see ", joined(reasons.map(cite))];
  return ["Inferred: the service does not print this amount by name", where, "."];
}

const joined = (parts) => parts.map((part, at) => [at ? ", " : "", part]);

function citation(number) {
  const show = (event) => {
    event.preventDefault();
    $("sources").open = true;
    $(`source-${number}`).focus();
  };
  return h("a.cite", { href: `#source-${number}`, click: show }, `[${number}]`);
}

function drawSources(model, places, reasons) {
  const keep = ({ target }) => (showsSources = target.open);
  return h(
    "details",
    { id: "sources", open: showsSources, toggle: keep },
    h("summary", { id: "sources-summary" }, "Where each number comes from"),
    h(
      "ol",
      places.map((place, at) => drawSource(model.service.sources[place], at + 1, reasons.includes(place))),
    ),
  );
}

function drawSource({ source }, number, isReason) {
  const [, where, why = ""] = /^([^]*?)( \([^]*)?$/.exec(source);
  return h(
    "li",
    { id: `source-${number}`, tabindex: -1, "data-note": isReason },
    h("cite", name(where)),
    why && name(why),
  );
}
