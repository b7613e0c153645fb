// The receipt of the chosen model: its charge, how it is made and where each number comes from; or why there is none.

const DATA = ["credits", "usd", "exact", "rounding", "basis"];
let showsSources = true; // also after the next change

function drawReceipt(chosen, best, request) {
  const { model } = chosen, receipt = $("receipt");
  const head = [
    h("p.kicker", name(model.service.title), state.model === null && chosen.credits && ` · the cheapest ${SEVERAL ? "there" : "for this need"}`),
    h("h2", { id: "receipt-title" }, name(model.title)),
    h("p.id", h("code", name(model.id))),
  ];
  const working = chosen.credits ? workingOf(chosen, state, request.body) : null;
  const data = chosen.credits ? { ...chosen, ...working, exact: working && exactly(working.exact), rounding: working && exactly(working.rounding) } : {};
  for (const key of DATA) receipt.setAttribute(`data-${key}`, data[key] ?? "");
  fill(receipt, head, chosen.credits ? drawPrice(chosen, working, request) : drawRefusal(chosen, best));
  $("said").textContent = chosen.credits ? `${model.title}: ${amountOf(chosen)}` : `${model.title} cannot do this`;
}

function drawRefusal({ model, faults }, best) {
  const near = nearest(model);
  return [
    h("p.refusal", "Cannot do this: ", name(faults.map(({ text }) => text).join("; ")), "."),
    near && h("p", button("repair", [`Ask for ${changesOf(near.need)}: `, amountOf(near.offer)], () => change({ task: near.need.task, want: near.need.want, outputs: near.need.outputs }))),
    best ? h("p", button("instead", ["Take ", name(best.model.title), `: ${amountOf(best)}`], () => change({ model: best.model }))) : h("p", "No model here does exactly this."),
  ];
}

function drawPrice(chosen, working, { faults }) {
  const { model, credits, usd, asked } = chosen;
  const number = `${state.requests}`, total = exactly(times(ratioOf(credits), ratioOf(number)));
  const totalUsd = usd && dollars(exactly(times(ratioOf(usd), ratioOf(number))));
  return [
    h("p.price", h("strong", grouped(credits)), ` ${credits === "1" ? "credit" : "credits"} `, usd && h("span.usd", dollars(usd)), " ", badge(working?.basis)),
    h("p.choice", [TASKS.get(state.task), ...choiceOf(model, asked)].map((part, at) => [at ? " · " : "", name(part)])),
    state.requests > 1 && h("p.total", `${counted(number, "request")}: `, h("b", `${grouped(total)} credits`), totalUsd && `, ${totalUsd}`),
    state.budget !== null && h("p.total", `${grouped(state.budget)} credits buy `, h("b", bought(chosen))),
    chosen.open.length > 0 && h("p.note", `${chosen.open.map((tier) => titleOf(tier, null)).join(" and ")} cannot be chosen here, and what it makes is not said.`),
    faults.length > 0 && h("p.refusal", "Not complete: ", h("a", { href: "#request", click: (event) => { event.preventDefault(); $("content").open = true; $("content-summary").focus(); } }, name(faults[0].text))),
    working ? drawWorking(chosen, working) : h("p.hint", "This seller tells its prices, not how they are made."),
  ];
}

function choiceOf(model, asked) {
  const tiers = TIERED.filter((tier) => asked[tier] !== undefined).map((tier) => tierLabel(tier, tierOf(model.service, tier, asked[tier]), model));
  return [...tiers, ...((asked.outputs ?? 1) > 1 ? [counted(asked.outputs, "output")] : [])];
}

function drawWorking({ model, credits }, { lines, exact, rounding, basis, reasons, remarks, sources }) {
  const counts = ({ factor, value, ratio: factorRatio }) => factor === "base" || !isOne(factorRatio) || (value !== null && factor !== "outputs");
  const used = lines.filter(counts), idle = lines.filter((line) => !counts(line));
  const numbers = new Map(unique([...used, ...idle].map((line) => line.source).concat(sources)).map((place, at) => [place, at + 1]));
  const cite = (place) => h("a.cite", { href: `#source-${numbers.get(place)}`, click: (event) => { event.preventDefault(); showSource(numbers.get(place)); } }, `[${numbers.get(place)}]`);
  const product = used.map((line) => exactly(line.ratio)).join(" × ");
  const round = rounding[0] ? `, rounded up by ${exactly(rounding)} to ${grouped(credits)}` : ", nothing to round";
  return [
    h("table.factors", h("caption.unseen", "Factors of the price"),
      h("thead", h("tr", ["Factor", "Value", "×", "Basis"].map((title, at) => h("th", { scope: "col", class: at === 2 && "number" }, title)))),
      h("tbody", used.map((line) => drawLine(model, line, cite)))),
    h("p.product", used.length > 1 ? `${product} = ${exactly(exact)}` : product, round),
    h("p.hint", basis === "documented" ? "The service prints this amount." : ["Inferred: the service does not print this amount by name", reasons.length > 0 && [": see ", reasons.map((place, at) => [at ? ", " : "", cite(place)])], "."]),
    remarks.map((text) => h("p.note", { "data-note": true }, name(text))),
    idle.length > 0 && h("p.hint", "Not priced here (× 1): ", idle.map((line, at) => [at ? ", " : "", lineTitle(line), " ", cite(line.source)]), "."),
    h("details", { id: "sources", open: showsSources, toggle: ({ target }) => { showsSources = target.open; } }, h("summary", { id: "sources-summary" }, "Where each number comes from"),
      h("ol", [...numbers.keys()].map((place, at) => drawSource(model.service.sources[place], at + 1, reasons.includes(place))))),
  ];
}

const lineTitle = ({ factor }) => (TIERED.includes(factor) || factor === "outputs" ? lowered(titleOf(factor, null)) : factor);

function drawLine(model, line, cite) {
  const { factor, value, ratio: by, source } = line, title = lineTitle(line);
  const shown = value === null ? "" : TIERED.includes(factor) ? tierOf(model.service, factor, value).label : `${value}`;
  return h("tr", h("th", { scope: "row" }, title[0].toUpperCase() + title.slice(1)), h("td", name(shown)), h("td.number", exactly(by)), h("td", badge(model.service.sources[source].basis), " ", cite(source)));
}

function drawSource({ source }, number, isReason) {
  const [, where, why = ""] = /^([^]*?)( \([^]*)?$/.exec(source);
  return h("li", { id: `source-${number}`, tabindex: -1, "data-note": isReason }, h("cite", name(where)), why && name(why));
}

function showSource(number) {
  $("sources").open = true;
  $(`source-${number}`).focus();
}

function amountOf({ credits, usd }) {
  return `${counted(credits, "credit")}${usd ? `, ${dollars(usd)}` : ""}`;
}

function bought({ credits, asked }) {
  const cost = ratioOf(credits);
  if (cost[0] === 0n) return "any number";
  const [above, below] = over([BigInt(state.budget), 1n], cost), times = above / below;
  return `${counted(times, "request")}${typeof asked.duration === "number" ? `, ${grouped(times * BigInt(asked.duration))} s` : ""}`;
}
