// Tells the violations of requests with errors.mjs: node violations.mjs MODULE < schemas, tables and cases, as JSON lines.
// Line 1 is {name: request view}, line 2 {name: table}, each further line [name, request]; printed are lists of violations.
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";

const { violations } = await import(pathToFileURL(process.argv[2]));
const [schemas, tables, ...cases] = (await text(process.stdin)).split("\n").map((line) => JSON.parse(line));
const ajv = new Ajv2020({ allErrors: true, verbose: true });
const validators = new Map(Object.entries(schemas).map(([name, schema]) => [name, ajv.compile(schema)]));

function told([name, request]) {
  const validate = validators.get(name);
  validate(request);
  return violations(tables[name], validate.errors);
}

process.stdout.write(cases.map((one) => `${JSON.stringify(told(one))}\n`).join(""));
