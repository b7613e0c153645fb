// Goes to addresses of a quote page in headless Firefox: node firefox.mjs FIREFOX PAGE < [address, …], as JSON.
// Printed is what its receipt tells at each, how far it scrolls sideways, and every message and error that there was.
import { text } from "node:stream/consumers";
import puppeteer from "puppeteer-core";

const [executablePath, file] = process.argv.slice(2);
const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
const page = await browser.newPage(), troubles = [];
page.on("console", (message) => troubles.push(message.text()));
page.on("pageerror", (error) => troubles.push(`${error}`));
await page.setViewport({ width: 390, height: 844 });
await page.goto(`file://${file}`);
const read = (address) => {
  history.replaceState(null, "", address);
  dispatchEvent(new HashChangeEvent("hashchange"));
  const { scrollWidth, clientWidth } = document.documentElement, { credits, exact, basis } = document.getElementById("receipt").dataset;
  return { credits, exact, basis, body: document.getElementById("code").textContent, sideways: scrollWidth - clientWidth };
};
const answers = [];
for (const address of JSON.parse(await text(process.stdin))) answers.push(await page.evaluate(read, address));
await browser.close();
process.stdout.write(JSON.stringify({ answers, troubles }));
