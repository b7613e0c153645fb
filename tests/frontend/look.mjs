// Looks at a page from disk in headless Chromium: node look.mjs CHROMIUM FILE PICTURES
// Printed for each width and colour scheme: requests made, what the console said, what axe found, whether the page can be
// scrolled sideways; and once the text of the page and the figures that its numbers say they are.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
QUIET.push("--disable-background-networking", "--disable-component-update", "--disable-sync");
const [executablePath, file, pictures] = process.argv.slice(2);
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

async function looked(browser, width, colorScheme) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: false });
  const page = await context.newPage();
  const found = { width, colorScheme, requests: [], said: [] };
  page.on("request", (request) => found.requests.push(request.url().slice(0, 5)));
  page.on("console", (message) => found.said.push(message.text()));
  page.on("pageerror", (error) => found.said.push(String(error)));
  await page.goto(pathToFileURL(file).href);
  await page.screenshot({ path: join(pictures, `${width}-${colorScheme}.png`) });
  await page.evaluate(() => document.querySelectorAll("details").forEach((each) => (each.open = true)));
  found.sideways = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  found.text = await page.evaluate(() => document.body.innerText);
  found.figures = await page.evaluate(() =>
    [...document.querySelectorAll("[data-is]")].map((each) => [each.dataset.is, each.textContent]),
  );
  found.elements = await page.evaluate(() => [...new Set([...document.querySelectorAll("*")].map((one) => one.tagName))]);
  found.axe = await page.evaluate(`${axe}; axe.run().then((done) => done.violations.map((one) =>
    one.id + ": " + one.nodes.slice(0, 2).map((node) => node.html.slice(0, 160)).join(" | ")))`);
  if (width === 1280 && colorScheme === "light") {
    await page.pdf({ path: join(pictures, "printed.pdf"), format: "A4", printBackground: true });
  }
  await context.close();
  return found;
}

const browser = await chromium.launch({ executablePath, args: QUIET });
const found = [];
for (const width of [1280, 390]) for (const scheme of ["light", "dark"]) found.push(await looked(browser, width, scheme));
await browser.close();
process.stdout.write(JSON.stringify(found));
