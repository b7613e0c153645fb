// Judges bodies by the rules of quote pages: node page_rules.mjs PAGE < [[service, model, body], …], as JSON.
// Printed is, for each, the list of its faults as [path, rule].
import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";

const page = readFileSync(process.argv[2], "utf8");
const inside = (start) => page.slice(page.indexOf(start) + start.length).split("</script>")[0];
const script = inside('<script type="module">').replace(/^export /gm, "").replace(/start\(\);$/, "");
const document = { getElementById: () => ({ textContent: inside('id="catalogs">') }) };
const { faultsOf, MODELS } = new Function("document", `"use strict";${script}\nreturn { faultsOf, MODELS };`)(document);
const judge = ([service, id, body]) => faultsOf(MODELS.find((one) => one.service.service === service && one.id === id), body);
const faults = JSON.parse(await text(process.stdin)).map((one) => judge(one).map(({ path, rule }) => [path, rule]));
process.stdout.write(JSON.stringify(faults));
