// Uses quote pages in headless Chromium: node quote_page.mjs CHROMIUM < [[what, file, arguments], …], as JSON.
// Printed is what each of these jobs answers, in their order; the functions below say what they do.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";
import { chromium } from "playwright-core";

const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
QUIET.push("--disable-background-networking", "--disable-component-update", "--disable-sync");
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({ executablePath: process.argv[2], args: QUIET });

// Opens a page from the disk and answers what `use` makes of it, with every request, message and error that there was.
async function opened(file, use, { hash = "", ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage(), requests = [], troubles = [];
  page.setDefaultTimeout(20_000);
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => troubles.push(message.text()));
  page.on("pageerror", (error) => troubles.push(`${error.stack}`));
  await page.goto(`file://${file}${hash}`);
  const answer = await use(page, context);
  await context.close();
  return { answer, requests, troubles };
}

// Goes to addresses one after the other and reads the receipt, the request and the address that is written then.
// `typed` are values of fields by id, typed first; `languages` are tabs whose code is read too.
function states(file, { addresses, typed = {}, languages = [] }) {
  const read = ([every, values, tabs]) => {
    const go = (address) => {
      history.replaceState(null, "", address || location.pathname);
      dispatchEvent(new HashChangeEvent("hashchange"));
    };
    const texts = (selector) => [...document.querySelectorAll(selector)].map((element) => element.textContent);
    for (const [id, value] of Object.entries(values)) {
      const element = document.getElementById(id);
      if (element.tagName === "SELECT") element.append(new Option(value, value));
      element.value = value;
      element.dispatchEvent(new Event("input"));
    }
    return every.map((address) => {
      const before = performance.now();
      go(address);
      document.body.getBoundingClientRect(); // laid out
      const took = performance.now() - before, receipt = document.getElementById("receipt");
      const found = { address: location.hash, took, banner: texts("#banner:not([hidden])").join(), ...receipt.dataset };
      found.notes = texts("#receipt [data-note]");
      found.sources = texts("#sources li");
      found.refusal = texts("#receipt .refusal").join();
      found.faults = [...document.querySelectorAll("#faults li")].map((one) => [one.dataset.path, one.dataset.rule]);
      found.body = document.getElementById("request").hidden ? null : document.getElementById("code").textContent;
      found.code = tabs.map((id) => {
        document.getElementById(`language-${id}`)?.click();
        return document.getElementById(`language-${id}`) && document.getElementById("code").textContent;
      });
      document.getElementById("language-json")?.click();
      return found;
    });
  };
  return opened(file, (page) => page.evaluate(read, [addresses, typed, languages]));
}

// What axe complains of and how far the page can be scrolled sideways, with every disclosure open.
function looks(file, { hash, width, scheme }) {
  const options = { hash, viewport: { width, height: 900 }, colorScheme: scheme, reducedMotion: "reduce" };
  return opened(file, async (page) => {
    await page.evaluate(() => { for (const one of document.querySelectorAll("details")) one.open = true; });
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
    const faults = violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target}`));
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    const small = await page.evaluate(() => [...document.querySelectorAll("button, a:not(.skip), label.chip, label.offer, summary, select")]
      .filter((one) => one.checkVisibility() && !one.closest("p.hint, p.refusal")).map((one) => [one.outerHTML.slice(0, 60), one.getBoundingClientRect()])
      .filter(([, { height, width: across }]) => height < 24 || across < 24).map(([html]) => html));
    return { faults, sideways, small };
  }, options);
}

// Presses keys; after each the id of what has the focus, and at the end the address and what `copy` said.
function keys(file, { pressed }) {
  return opened(file, async (page) => {
    const focused = [];
    for (const [where, key] of pressed) {
      if (where) await tabTo(page, where);
      await page.keyboard.press(key);
      focused.push(await page.evaluate(() => document.activeElement.id));
    }
    return { focused, address: await page.evaluate(() => location.hash), toast: await page.textContent("#toast") };
  });
}

async function tabTo(page, id) {
  for (let times = 0; times < 200; times++) {
    if (await page.evaluate((wanted) => document.activeElement.id === wanted, id)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${id} cannot be reached by the keyboard`);
}

// The rows that can be seen where no script runs.
function plain(file) {
  return opened(file, async (page) => ({
    rows: (await page.locator("#all tbody tr:has(td)").all()).length,
    seen: await page.locator("#all").innerText(),
    controls: await page.locator("button:visible, input:visible").count(),
  }), { javaScriptEnabled: false });
}

// The number of sheets that the page prints on.
function sheets(file, { hash }) {
  return opened(file, async (page) => `${await page.pdf({ format: "A4" })}`.match(/\/Type\s*\/Page\b(?!s)/g).length, { hash });
}

// What a script in the page may load: nothing.
function walls(file) {
  return opened(file, (page) => page.evaluate(async () => {
    const fetched = await fetch("https://example.com/").then(() => "loaded", () => "blocked");
    const image = await new Promise((tell) => {
      const one = new Image();
      one.onload = () => tell("loaded");
      one.onerror = () => tell("blocked");
      one.src = "https://example.com/image.png";
    });
    return [fetched, image, await new Promise((tell) => {
      addEventListener("securitypolicyviolation", ({ violatedDirective }) => tell(violatedDirective), { once: true });
      const script = document.createElement("script");
      script.textContent = "document.title = 'changed'";
      document.head.append(script);
    }), document.title]; // eslint-disable-line
  }));
}

// A click, then what stands in the elements of a selector.
function clicks(file, { hash, clicked, selector }) {
  return opened(file, async (page) => {
    for (const one of clicked) await page.click(one);
    return { texts: await page.locator(selector).allInnerTexts(), address: await page.evaluate(() => location.hash) };
  }, { hash });
}

// A picture, as PNG or JPEG by its name.
function picture(file, { path, hash, width, height, scheme, quality }) {
  return opened(file, async (page) => {
    const look = path.endsWith(".jpg") ? { type: "jpeg", quality } : {};
    await page.screenshot({ path, fullPage: height === undefined, ...look });
  }, { hash, viewport: { width, height: height ?? 900 }, colorScheme: scheme, deviceScaleFactor: 1 });
}

const JOBS = { states, looks, keys, plain, sheets, walls, clicks, picture };
const answers = [];
for (const [what, file, args = {}] of JSON.parse(await text(process.stdin))) answers.push(await JOBS[what](file, args));
await browser.close();
process.stdout.write(JSON.stringify(answers));
