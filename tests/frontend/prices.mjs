// Prices with prices.mjs: node prices.mjs PRICES_MJS < tables and cases, as JSON lines.
// Line 1 is {service: content of prices.json}; each further line [service, "price" or "quote", what, terms, written]:
// an `at` in the terms is text of microseconds, `written` are terms as JavaScript. An answer or {error} is a line.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const calls = await import(pathToFileURL(process.argv[2]));
const [tables, ...cases] = readFileSync(0, "utf8").split("\n").map((line) => JSON.parse(line));

function answer([service, call, what, { at, ...terms }, written = {}]) {
  if (at !== undefined) terms.at = at === null ? null : BigInt(at);
  for (const [name, source] of Object.entries(written)) terms[name] = (0, eval)(`(${source})`);
  try {
    return calls[call](tables[service], what, terms);
  } catch (error) {
    return { error: error.constructor.name };
  }
}

process.stdout.write(cases.map((given) => `${JSON.stringify(answer(given))}\n`).join(""));
