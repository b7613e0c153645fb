// How a price is made: its factors, their product and rounding, whether it is printed, and the sources of it all.

const FACTORS = ["base", "duration", "resolution", "outputs", "audio", "custom"];

// null where the seller shows its prices only
function workingOf({ model, asked, credits }, need, body) {
  const { service } = model,
    { held, cited } = editionOf(model);
  if (!service.working) return null;
  const custom = multiplier(need.multiplier),
    lines = linesOf(held, cited, asked, custom);
  let exact = lines.map((line) => line.ratio).reduce(times);
  const least = times(
    [BigInt(held.minimum ?? 0), 1n],
    over([BigInt(service.prices.unit[0]), 1n], [10n ** BigInt(service.prices.unit[1]), 1n]),
  );
  if (exact[0] > 0n && compared(exact, least) < 0) {
    lines.push({ factor: "minimum", value: null, ratio: over(least, exact), source: cited.lines.at(-1) });
    exact = least;
  }
  const why = reasonsOf(model, asked, custom),
    readings = why.filter((place) => service.sources[place].basis === "inferred");
  const called = Object.keys(model.endpoint.fields).filter(
    (name) => service.fields[name].makes_inferred !== undefined && !EMPTY(valueAt(body, service.fields[name].wire)),
  );
  const passed = called.map((name) => service.fields[name].makes_inferred);
  return {
    lines,
    exact,
    rounding: minus(ratioOf(credits), exact),
    basis: why.length || passed.length ? "inferred" : "documented",
    reasons: unique([...readings, ...passed]),
    remarks: [...flatNote({ model, asked }, need, lines[3]), ...remarksOf(model, body)],
    sources: unique([...lines.map((line) => line.source), ...readings, ...passed]),
  };
}

function linesOf(held, cited, asked, custom) {
  const tier = (name) => ratio(held[name]?.find(([value]) => value === asked[name])?.slice(1) ?? [1]);
  const outputs = held.once ? 1 : (asked.outputs ?? 1);
  const ratios = [ratio(held.base), tier("duration"), tier("resolution"), [BigInt(outputs), 1n], tier("audio"), custom];
  const lines = FACTORS.map((factor, at) => ({
    factor,
    value: asked[factor] ?? null,
    ratio: ratios[at],
    source: cited.lines[at],
  }));
  const rates = (held.rates ?? []).map((rate, at) => ({
    factor: "rate",
    value: null,
    ratio: ratio(rate),
    source: cited.lines[FACTORS.length + at],
  }));
  return [...lines, ...rates];
}

// the places of what keeps an amount from being printed
function reasonsOf(model, asked, custom) {
  const { held, cited } = editionOf(model),
    { open_reason: open } = model.service;
  const isBeyond = { outputs: (asked.outputs ?? 1) > 1, custom: !isOne(custom) };
  const found = [
    ...cited.reasons,
    ...Object.keys(cited.beyond)
      .filter((name) => isBeyond[name])
      .map((name) => cited.beyond[name]),
  ];
  const place = (name) => (held[name] ? held[name].findIndex(([value]) => value === asked[name]) : (asked[name] ?? 1));
  return found.length === 0 && cited.open?.includes(PARAMETERS.map(place).join()) ? [open] : found;
}

function basisOf({ model, asked }, need = state) {
  return !model.service.working
    ? ""
    : reasonsOf(model, asked, multiplier(need.multiplier)).length
      ? "inferred"
      : "documented";
}

function flatNote({ model, asked }, need, line) {
  const isInferred = model.service.sources[line.source].basis === "inferred";
  if (!isInferred || compared(line.ratio, ONE) <= 0) return [];
  const { credits } = price(model.service.prices, model.id, { ...asked, ...termsOf(need), outputs: 1 });
  return [model.service.flat.replace("{credits}", credits)];
}

function remarksOf({ service, endpoint }, body) {
  const sizes = (endpoint.notes ?? []).map((note) => [note, valueAt(body, service.fields[note.field].wire)]);
  return sizes
    .filter(([{ above }, value]) => (Array.isArray(value) ? value.length : value) > above)
    .map(([{ about }]) => about);
}

function unique(values) {
  return [...new Set(values)];
}
