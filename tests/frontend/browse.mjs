// Uses forms in headless Chromium: node browse.mjs CHROMIUM BUNDLE PICTURES < {form: {schema, look, visits, fills}}, as JSON.
// Printed are, for each form: `offered`, what it shows at `look` after each step of `visits`, all in one form; and
// `answers`, what it submits or complains of after all steps of each list in `fills`, each in a new form.
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { chromium } from "playwright-core";

const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
QUIET.push("--disable-background-networking", "--disable-component-update", "--disable-sync");
const [executablePath, bundle, pictures] = process.argv.slice(2);
const at = (id) => `[id="${id}"]`;

async function open(page, schema) {
  await page.waitForSelector(await page.evaluate((value) => window.openForm(value), schema));
}

async function step(page, [kind, id, value]) {
  if (kind === "choose") await page.selectOption(at(id), { label: value });
  if (kind === "type") await page.fill(at(id), value);
  if (kind === "tick") await page.check(at(id));
  if (kind === "add") {
    if ((await page.locator(at(`${id}::0`)).count()) === 0) await page.click(at(`${id}__add`));
    await page.fill(at(`${id}::0`), value);
  }
}

// The labels of a list to choose from, "typed" where anything can be typed, null where the form shows nothing.
function shown(page, ids) {
  return page.evaluate((wanted) => {
    const labels = (list) => [...list.options].map((option) => option.text).filter(Boolean);
    const read = (element) => (element === null ? null : element.tagName === "SELECT" ? labels(element) : "typed");
    return Object.fromEntries(wanted.map((id) => [id, read(document.getElementById(id))]));
  }, ids);
}

async function used(page, name, { schema, look, visits, fills }) {
  const found = { offered: [], answers: [] };
  await open(page, schema);
  for (const one of visits) {
    await step(page, one);
    found.offered.push(await shown(page, look));
  }
  for (const steps of fills) {
    await open(page, schema);
    for (const one of steps) await step(page, one);
    if (found.answers.length === 0) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
    await page.click("button[type=submit]");
    found.answers.push(await page.evaluate(() => ({ submitted: window.submitted, refused: window.refused })));
  }
  return found;
}

const browser = await chromium.launch({ executablePath, args: QUIET });
const page = await browser.newPage({ viewport: { width: 900, height: 1200 } });
page.setDefaultTimeout(10_000);
await page.setContent('<!doctype html><title>form</title><div id="form"></div>');
await page.addScriptTag({ path: bundle });
const found = {};
for (const [name, form] of Object.entries(JSON.parse(await text(process.stdin)))) found[name] = await used(page, name, form);
await browser.close();
process.stdout.write(JSON.stringify(found));
