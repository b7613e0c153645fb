// What a request costs and why, from catalog.json: the lines, basis, notes and sources of Python's quote.
import { price, quote } from "./prices.mjs";

const PARAMETERS = ["duration", "resolution", "outputs", "audio"];
const FORMULA = ["base", "duration", "resolution", "outputs", "audio", "custom"];
const ONE = [1n, 1n];

export function breakdown(catalog, request, terms = {}) {
  const { prices } = catalog;
  const priced = quote(prices, request, terms);
  if (priced.credits === null) return priced;
  const model = read(prices.wire.model, request);
  const place = held(prices, prices.models[model], terms.at ?? new Date(prices.version));
  const edition = { ...catalog.editions[place], ...prices.editions[place], outputs: prices.outputs[model] };
  const asked = Object.fromEntries(PARAMETERS.map((name) => [name, read(prices.wire[name], request)]));
  const parameters = Object.fromEntries(PARAMETERS.map((name) => [name, valued(edition, name, asked[name])]));
  const { credits, usd } = priced;
  const told = { service: catalog.service, model, credits, usd, parameters, catalog_version: catalog.version };
  return catalog.working ? { ...told, ...worked(catalog, request, terms, edition, asked, told) } : told;
}

function worked(catalog, request, terms, edition, asked, { model, credits, parameters }) {
  const cited = (places) => places.map((place) => catalog.sources[place]);
  const custom = amount(String(terms.customMultiplier ?? 1));
  const { factors, exact } = formula(catalog.prices, edition, parameters, custom);
  const lines = factors.map(([factor, multiplier], index) => {
    const { basis, source } = catalog.sources[edition.lines[index]];
    return { factor, value: parameters[factor] ?? null, multiplier: text(multiplier), basis, source };
  });
  const why = cited(reasons(catalog, edition, parameters, custom));
  const readings = sourcesOf(why.filter(({ basis }) => basis === "inferred"));
  const endpoint = catalog.endpoints[catalog.models[model].endpoint];
  const said = remarks(catalog, endpoint, request);
  const overriding = sourcesOf(cited(said.inferred));
  const settled = PARAMETERS.filter((name) => asked[name] === undefined && edition.settled?.[name] !== undefined);
  const sources = [...sourcesOf(lines), ...readings, ...sourcesOf(cited(settled.map((name) => edition.settled[name])))];
  return {
    lines,
    exact: text(exact),
    rounding: text(minus(amount(credits), exact)),
    basis: why.length || overriding.length ? "inferred" : "documented",
    notes: unique([...readings, ...flat(catalog, terms, lines, model, parameters), ...overriding, ...said.notes]),
    sources: unique([...sources, ...overriding]),
    fingerprint: catalog.fingerprint,
  };
}

function formula(prices, { base, once, rates = [], minimum = 0, ...edition }, parameters, custom) {
  const [digits, places] = prices.unit;
  const least = [BigInt(minimum) * BigInt(digits), 10n ** BigInt(places)];
  const own = { base: fraction(base), outputs: once ? ONE : fraction([parameters.outputs ?? 1]), custom };
  const factors = FORMULA.map((name) => [name, own[name] ?? tier(edition[name], parameters[name])]);
  factors.push(...rates.map((rate) => ["rate", fraction(rate)]));
  const product = factors.reduce((found, [, multiplier]) => times(found, multiplier), ONE);
  if (product[0] === 0n || minus(product, least)[0] >= 0n) return { factors, exact: product };
  return { factors: [...factors, ["minimum", times(least, product.toReversed())]], exact: least };
}

function reasons(catalog, edition, { duration, resolution, outputs, audio }, custom) {
  const beyond = { outputs: outputs > 1, custom: custom[0] !== custom[1] };
  const further = Object.keys(edition.beyond).filter((name) => beyond[name]).map((name) => edition.beyond[name]);
  const found = [...edition.reasons, ...further];
  const index = (name, value) => (edition[name] ? edition[name].findIndex(([tier]) => tier === value) : 1);
  const key = [index("duration", duration), index("resolution", resolution), outputs ?? 1, index("audio", audio)];
  return !found.length && edition.open?.includes(key.join()) ? [catalog.open_reason] : found;
}

function flat(catalog, { at, customMultiplier }, lines, model, parameters) {
  const { basis, multiplier } = lines[FORMULA.indexOf("outputs")];
  if (basis !== "inferred" || multiplier === "0" || multiplier === "1") return [];
  const one = price(catalog.prices, model, { ...parameters, outputs: 1, at, customMultiplier });
  return [catalog.flat.replace("{credits}", one.credits)];
}

function remarks(catalog, endpoint, request) {
  const names = Object.keys(endpoint.fields);
  const value = (name) => read(catalog.fields[name].wire, request);
  const overriding = names.filter((name) => catalog.fields[name].makes_inferred !== undefined && isGiven(value(name)));
  const called = (endpoint.notes ?? []).filter(({ field, above }) => (value(field)?.length ?? value(field)) > above);
  return {
    inferred: overriding.map((name) => catalog.fields[name].makes_inferred),
    notes: called.map(({ about }) => about),
  };
}

function isGiven(value) {
  if (value === null || typeof value !== "object") return value !== undefined && value !== "";
  return Object.keys(value).length > 0;
}

function held(prices, places, at) {
  const instant = typeof at === "bigint" ? at : BigInt(at.getTime()) * 1000n;
  const started = ({ since }) => since === undefined || BigInt(since) <= instant;
  return places.filter((place) => started(prices.editions[place])).at(-1);
}

function valued(edition, name, asked) {
  if (!edition[name]) return null;
  return asked ?? (name === "outputs" ? edition.outputs.default : edition.default?.[name]) ?? null;
}

function read(wire = [], request) {
  const inside = (value, key) => (value !== null && typeof value === "object" && Object.hasOwn(value, key) ? value[key] : undefined);
  return wire.length ? wire.reduce(inside, request) : undefined;
}

function tier(tiers, value) {
  return tiers ? fraction(tiers.find(([known]) => known === value).slice(1)) : ONE;
}

function fraction([above, below = 1]) {
  return [BigInt(above), BigInt(below)];
}

function amount(written) {
  const [above, below = "1"] = written.split("/");
  const [whole, places = ""] = above.split(".");
  return [BigInt(whole + places), BigInt(below) * 10n ** BigInt(places.length)];
}

function times([above, below], [by, over]) {
  return reduced([above * by, below * over]);
}

function minus([above, below], [by, over]) {
  return reduced([above * over - by * below, below * over]);
}

function reduced([above, below]) {
  let [one, other] = [above < 0n ? -above : above, below];
  while (other) [one, other] = [other, one % other];
  return [above / one, below / one];
}

// Decimal text where there is one, else a ratio.
function text(amount) {
  const [above, below] = reduced(amount);
  let rest = below;
  for (const prime of [2n, 5n]) while (rest % prime === 0n) rest /= prime;
  if (rest !== 1n) return `${above}/${below}`;
  let [places, scale] = [0, 1n];
  for (; scale % below; places += 1) scale *= 10n;
  const digits = `${(above * scale) / below}`.padStart(places + 1, "0");
  return places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits;
}

function sourcesOf(origins) {
  return origins.map(({ source }) => source);
}

function unique(values) {
  return [...new Set(values)];
}
