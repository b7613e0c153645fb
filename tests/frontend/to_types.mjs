// Generates TypeScript from {name: schema or document} as {name: text}: node to_types.mjs schema|openapi < JSON.
import { text } from "node:stream/consumers";
import { compile } from "json-schema-to-typescript";
import openapiTS, { astToString } from "openapi-typescript";

const generate = {
  schema: ([name, schema]) => compile(schema, name, { bannerComment: "" }),
  openapi: async ([, document]) => astToString(await openapiTS(document)),
}[process.argv[2]];
const made = {};
for (const [name, source] of Object.entries(JSON.parse(await text(process.stdin)))) {
  made[name] = await generate([name, source]);
}
process.stdout.write(JSON.stringify(made));
