// Fills forms of JSON Forms in Chromium: node fill.mjs CHROMIUM BUNDLE PICTURES < [{schema, look, data, steps}], as JSON.
// A step is [kind, JSON Pointer of the schema, value]. Printed are, for each form, the `data` and the `faults` at its end, and
// the texts of fields without a renderer. A picture of the first is left in a directory.
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { chromium } from "playwright-core";

const [executablePath, bundle, pictures] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--no-first-run"] });
const page = await browser.newPage({ viewport: { width: 900, height: 1200 } });
page.setDefaultTimeout(15_000);
await page.setContent('<!doctype html><title>form</title><div id="form"></div>');
await page.addScriptTag({ path: bundle });

async function step([kind, scope, value]) {
  const input = page.locator(`[id="${scope}-input"]`);
  if (kind === "choose") await input.selectOption(String(value));
  if (kind === "type") await input.fill(String(value));
  if (kind === "tick") await input.setChecked(value);
  if (kind === "add") {
    await page.getByRole("button", { name: value.label }).click();
    await page.locator(`td input[type="text"]`).first().fill(value.text);
  }
}

const found = [];
for (const { schema, look, data, steps } of JSON.parse(await text(process.stdin))) {
  await page.evaluate((given) => window.openModel(...given), [schema, look, data]);
  for (const one of steps) await step(one);
  await page.waitForTimeout(100);
  if (!found.length) await page.screenshot({ path: join(pictures, "json-forms.png"), fullPage: true });
  const missing = await page.getByText("No applicable renderer").count();
  found.push(await page.evaluate((count) => ({ data: window.data, faults: window.faults, missing: count }), missing));
}
await browser.close();
process.stdout.write(JSON.stringify(found));
