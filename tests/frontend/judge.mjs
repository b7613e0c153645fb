// Judges values by JSON Schemas with one front-end validator: node judge.mjs ajv|zod < schemas and cases, as JSON lines.
// Line 1 is {name: schema}, each further line [name, value]; every verdict is printed as a line {valid, errors}.
import { text } from "node:stream/consumers";
import { Ajv2020 } from "ajv/dist/2020.js";
import * as z from "zod";

const complain = (...words) => {
  throw new Error(`the schema has a warning: ${words.join(" ")}`);
};

function byAjv(schema) {
  // Strict mode is the default; what it only logs is an error here.
  const ajv = new Ajv2020({ allErrors: true, logger: { log: complain, warn: complain, error: complain } });
  const validate = ajv.compile(schema);
  return (value) => ({
    valid: validate(value),
    errors: (validate.errors ?? []).map(({ instancePath, keyword, params }) => ({ instancePath, keyword, params })),
  });
}

function byZod(schema) {
  const type = z.fromJSONSchema(schema);
  return (value) => ({ valid: type.safeParse(value).success, errors: [] });
}

const compile = { ajv: byAjv, zod: byZod }[process.argv[2]];
const [schemas, ...cases] = (await text(process.stdin)).split("\n").map((line) => JSON.parse(line));
const validators = new Map(Object.entries(schemas).map(([name, schema]) => [name, compile(schema)]));
process.stdout.write(cases.map(([name, value]) => `${JSON.stringify(validators.get(name)(value))}\n`).join(""));
