// Exact amounts: a ratio is [numerator, denominator] of BigInts; text comes in and goes out, no number is divided.

const ONE = [1n, 1n];

function ratio([numerator, denominator = 1]) {
  return [BigInt(numerator), BigInt(denominator)];
}

function ratioOf(text) {
  const [whole, rest = ""] = text.split(".");
  return [BigInt(whole + rest), 10n ** BigInt(rest.length)];
}

const times = ([a, b], [c, d]) => [a * c, b * d];
const over = ([a, b], [c, d]) => [a * d, b * c];
const minus = ([a, b], [c, d]) => [a * d - c * b, b * d];
const isOne = ([a, b]) => a === b;

function compared([a, b], [c, d]) {
  const left = a * d,
    right = c * b;
  return left < right ? -1 : left > right ? 1 : 0;
}

// decimal text where there is one, else "numerator/denominator"
function exactly([numerator, denominator]) {
  const shared = divisor(numerator, denominator);
  const above = numerator / shared,
    below = denominator / shared;
  let rest = below,
    places = 0;
  for (const prime of [2n, 5n]) {
    let power = 0;
    for (; rest % prime === 0n; power++) rest /= prime;
    places = Math.max(places, power);
  }
  return rest === 1n ? decimal((above * 10n ** BigInt(places)) / below, places) : `${above}/${below}`;
}

function divisor(a, b) {
  while (b) [a, b] = [b, a % b];
  return a || 1n;
}

// half up
function rounded([numerator, denominator], places) {
  const scaled = (numerator * 10n ** BigInt(places) * 2n + denominator) / (denominator * 2n);
  return places
    ? `${scaled / 10n ** BigInt(places)}.${`${scaled % 10n ** BigInt(places)}`.padStart(places, "0")}`
    : `${scaled}`;
}

// how far a value is along the largest, in percent
function share(value, most) {
  const [above, below] = over(value, most);
  return below === 0n ? 0 : Math.max(1, Number((above * 1000n) / below) / 10);
}

function grouped(text) {
  const [whole, rest] = `${text}`.split(".");
  return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (rest ? `.${rest}` : "");
}

function dollars(text) {
  const [whole, rest = ""] = text.split(".");
  return `$${grouped(whole)}.${rest.padEnd(2, "0")}`;
}
