// Chooses models after others in forms: node switch.mjs CHROMIUM BUNDLE PICTURES < [form], each
// {name, theme, schema, uiSchema, model, cases: [{formData, label}]}, as JSON. The element of the model is `model`. Printed are
// for each form a list with, of each case: `data` after the choice, what was `submitted`, and the `errors` that are seen, by
// the id of the field that they stand at. A picture of the first case with errors is left in a directory.
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { chromium } from "playwright-core";

const [executablePath, bundle, pictures] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--no-first-run"] });
const page = await browser.newPage({ viewport: { width: 900, height: 1400 } });
page.setDefaultTimeout(15_000);
await page.setContent('<!doctype html><title>form</title><div id="form"></div>');
await page.addScriptTag({ path: bundle });

const CHOOSE = {
  core: (id, label) => page.selectOption(id, { label }),
  mui: async (id, label) => {
    await page.locator(id).press("Enter");
    await page.getByRole("option", { name: label, exact: true }).click();
  },
  antd: async (id, label) => {
    await page.locator(id).press("Enter");
    for (let step = 0; step < 200 && (await active()) !== label; step += 1) await page.locator(id).press("ArrowDown");
    await page.locator(id).press("Enter");
  },
};

// The label of the option that the next Enter chooses, null while the list is not open; asked at once, for lists come and go.
function active() {
  return page.evaluate(() => {
    const options = [...document.querySelectorAll(".ant-select-item-option-active")];
    return options.find((one) => one.checkVisibility())?.textContent ?? null;
  });
}

// The texts of the errors that can be seen, by field.
function seen() {
  return page.evaluate(() => {
    const shown = [...document.querySelectorAll('[id$="__error"]')].filter((one) => one.checkVisibility() && one.innerText.trim());
    return Object.fromEntries(shown.map((one) => [one.id.slice(0, -"__error".length), one.innerText.trim()]));
  });
}

const found = [];
for (const { name, theme, schema, uiSchema, model, cases } of JSON.parse(await text(process.stdin))) {
  const told = [];
  let isPictured = false;
  for (const { formData, label } of cases) {
    const form = await page.evaluate(([one, more]) => window.openForm(one, more), [schema, { theme, uiSchema, formData }]);
    await page.waitForSelector(form);
    await CHOOSE[theme](`[id="${model}"]`, label);
    const data = await page.evaluate(() => window.data);
    await page.click("button[type=submit]");
    await page.waitForFunction(() => window.submitted !== null || window.refused !== null);
    const { submitted, refused } = await page.evaluate(() => ({ submitted: window.submitted, refused: window.refused }));
    const errors = await seen();
    told.push({ data, submitted, refused, errors });
    if (refused && !isPictured) await page.screenshot({ path: join(pictures, `${theme}-${name}.png`), fullPage: true });
    isPictured ||= refused !== null;
  }
  found.push(told);
}
await browser.close();
process.stdout.write(JSON.stringify(found));
