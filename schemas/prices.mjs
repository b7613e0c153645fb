// The price of a request in the browser, equal to Python's: BigInt inside, text out, rounded up once.
const PARAMETERS = ["duration", "resolution", "outputs", "audio"];

export function price(prices, model, { customMultiplier, at, ...asked } = {}) {
  if (asked.outputs === 1 && !own(prices.outputs, model)) delete asked.outputs;
  return charge(prices, model, (name) => asked[name] ?? undefined, customMultiplier, at);
}

export function quote(prices, request, { customMultiplier, at } = {}) {
  const read = (name) => prices.wire[name]?.reduce(own, request);
  return charge(prices, read("model"), read, customMultiplier, at);
}

function own(value, key) {
  const isObject = value && typeof value === "object" && !Array.isArray(value);
  return isObject && typeof key === "string" && Object.hasOwn(value, key) ? value[key] : undefined;
}

function charge(prices, model, read, customMultiplier = 1, at) {
  const custom = multiplier(customMultiplier);
  const instant = microseconds(at ?? new Date(prices.version));
  const places = own(prices.models, model);
  if (!places) return unpriced([], true);
  const started = ({ since }) => since === undefined || BigInt(since) <= instant;
  const held = places.map((place) => prices.editions[place]).filter(started).at(-1);
  if (!held?.base && !held?.units) return unpriced([]);
  const outputs = own(prices.outputs, model);
  const rules = { outputs, ...held };
  const fallbacks = { outputs: outputs?.default, ...held.default };
  const factors = PARAMETERS.map((name) => factor(rules[name], read(name), fallbacks[name]));
  const missing = PARAMETERS.filter((_, place) => !factors[place]);
  return missing.length ? unpriced(missing) : told(prices, units(prices, held, factors, custom));
}

// [numerator, denominator if not 1]; a parameter without a usable value has none
function factor(rules, asked, fallback) {
  const value = asked === undefined ? fallback : asked;
  if (!rules) return value === undefined ? [1] : undefined;
  if (Array.isArray(rules)) return rules.find(([tier]) => tier === value)?.slice(1);
  if (!Number.isInteger(value) || value < rules.minimum || value > rules.maximum) return undefined;
  return rules.one_of?.includes(value) === false ? undefined : [value];
}

function units({ unit: [size, places] }, { base, once, rates = [], minimum = 0, ...held }, factors, custom) {
  if (held.units) {
    if (custom[0] !== custom[1]) throw new RangeError("customMultiplier is not taken");
    return BigInt(held.units[factors]);
  }
  if (once) factors[2] = [1];
  let above = 10n ** BigInt(places);
  let below = BigInt(size);
  for (const [numerator, denominator = 1] of [base, ...factors, custom, ...rates]) {
    above *= BigInt(numerator);
    below *= BigInt(denominator);
  }
  const whole = above / below + (above % below > 0n ? 1n : 0n);
  return whole > 0n && whole < minimum ? BigInt(minimum) : whole;
}

function told({ unit: [size, places], usd }, units) {
  const digits = units * BigInt(size);
  const dollars = usd ? decimal(digits * BigInt(usd[0]), places + usd[1]) : null;
  return { ...unpriced([]), credits: decimal(digits, places), units: `${units}`, usd: dollars };
}

function unpriced(missing, unknownModel = false) {
  return { credits: null, units: null, usd: null, missing, unknownModel };
}

function decimal(digits, places) {
  if (digits < 0n) return `-${decimal(-digits, places)}`;
  const text = `${digits}`.padStart(places + 1, "0");
  const point = text.length - places;
  return `${text.slice(0, point)}.${text.slice(point)}`.replace(/\.?0*$/, "");
}

function multiplier(given) {
  const isText = typeof given === "string";
  if (!isText && typeof given !== "bigint" && !Number.isInteger(given)) {
    throw new TypeError("customMultiplier is a whole number, a BigInt or text");
  }
  const parts = /^(?=.{1,40}$)(\d+)(?:([./])(\d+))?$/.exec(isText ? given : BigInt(given));
  const [, whole, mark, rest = ""] = parts ?? [0, "-1"];
  const above = BigInt(mark === "/" ? whole : whole + rest);
  const below = mark === "/" ? BigInt(rest) : 10n ** BigInt(rest.length);
  if (above < 0n || !below || above > 1000000n * below) {
    throw new RangeError('customMultiplier is from 0 to 1,000,000, as "3", "1.1" or "1/3"');
  }
  return [above, below];
}

function microseconds(at) {
  if (typeof at === "bigint") return at;
  if (at instanceof Date) return BigInt(at.getTime()) * 1000n; // a RangeError for an invalid one
  throw new TypeError("at is a Date or a BigInt of microseconds");
}
