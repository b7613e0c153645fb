// Times a form of RJSF when another model is chosen: node many.mjs CHROMIUM BUNDLE < [{schema, uiSchema, start, choices}].
// Printed are the milliseconds of each choice, the label of a model, until the form has it; and with `choices` that are
// [schema, data], until the form of another schema stands there.
import { text } from "node:stream/consumers";
import { chromium } from "playwright-core";

const [executablePath, bundle] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--no-first-run"] });
const page = await browser.newPage();
page.setDefaultTimeout(120_000);
await page.setContent('<!doctype html><title>form</title><div id="form"></div>');
await page.addScriptTag({ path: bundle });

async function chosen(label) {
  const select = document.getElementById("root::model");
  const option = [...select.options].find((one) => one.text === label);
  const setter = Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, "value").set;
  const before = window.data.model;
  const started = performance.now();
  setter.call(select, option.value);
  select.dispatchEvent(new Event("change", { bubbles: true }));
  while (window.data.model === before) await new Promise((resolve) => setTimeout(resolve));
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  return performance.now() - started;
}

async function replaced([schema, uiSchema, formData]) {
  const started = performance.now();
  const form = window.openForm(schema, { uiSchema, formData });
  while (!document.querySelector(form)) await new Promise((resolve) => setTimeout(resolve));
  return performance.now() - started;
}

const found = [];
for (const { schema, uiSchema, start, choices } of JSON.parse(await text(process.stdin))) {
  await page.waitForSelector(await page.evaluate(([one, more]) => window.openForm(one, more), [schema, { uiSchema, formData: start }]));
  const times = [];
  for (const choice of choices) {
    if (typeof choice === "string") times.push(await page.evaluate(chosen, choice));
    else times.push(await page.evaluate(replaced, [choice[0], uiSchema, choice[1]]));
  }
  found.push(times);
}
await browser.close();
process.stdout.write(JSON.stringify(found));
