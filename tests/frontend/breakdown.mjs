// Tells what requests cost with breakdown.mjs: node breakdown.mjs MODULE < catalogs and cases, as JSON lines.
// Line 1 is {name: content of catalog.json}; each further line [name, request, terms], `at` as text of microseconds.
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

const { breakdown } = await import(pathToFileURL(process.argv[2]));
const [catalogs, ...cases] = (await text(process.stdin)).split("\n").map((line) => JSON.parse(line));

function answer([name, request, { at, ...terms }]) {
  return breakdown(catalogs[name], request, { ...terms, at: at === undefined ? undefined : BigInt(at) });
}

process.stdout.write(cases.map((one) => `${JSON.stringify(answer(one))}\n`).join(""));
