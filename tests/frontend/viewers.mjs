// Shows an OpenAPI document in Swagger UI, Redoc and Scalar: node viewers.mjs CHROMIUM PICTURES < document, as JSON.
// Printed is {viewer: the text that it shows}; a picture of each is left in a directory.
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { chromium } from "playwright-core";

const [executablePath, pictures] = process.argv.slice(2);
const document = JSON.parse(await text(process.stdin));
const PAGE = '<!doctype html><title>viewer</title><div id="viewer"></div>';
const root = join(import.meta.dirname, "node_modules");
const VIEWERS = {
  swagger: {
    script: join(root, "swagger-ui-dist/swagger-ui-bundle.js"),
    style: join(root, "swagger-ui-dist/swagger-ui.css"),
    show: (spec) => window.SwaggerUIBundle({ spec, dom_id: "#viewer", docExpansion: "full", defaultModelsExpandDepth: -1 }),
  },
  redoc: {
    script: join(root, "redoc/bundles/redoc.standalone.js"),
    show: (spec) => window.Redoc.init(spec, { expandResponses: "all" }, window.document.getElementById("viewer")),
  },
  scalar: {
    script: join(root, "@scalar/api-reference/dist/browser/standalone.js"),
    show: (spec) => window.Scalar.createApiReference("#viewer", { content: spec, withDefaultFonts: false, expandAllResponses: true }),
  },
};

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--no-first-run"] });
const found = {};
for (const [name, { script, style, show }] of Object.entries(VIEWERS)) {
  const page = await browser.newPage({ viewport: { width: 1400, height: 1600 } });
  await page.route("**/*", (route) => route.fulfill({ contentType: "text/html", body: PAGE })); // an origin, for storage
  await page.goto("http://viewer.example/");
  if (style) await page.addStyleTag({ path: style });
  await page.addScriptTag({ path: script });
  await page.evaluate(show, document);
  await page.waitForFunction(() => window.document.body.innerText.includes("generateVideo") || window.document.body.innerText.includes("Generate video"), null, { timeout: 30_000 });
  await page.waitForTimeout(2_000);
  found[name] = await page.evaluate(() => window.document.body.innerText);
  await page.screenshot({ path: join(pictures, `${name}.png`) });
  await page.close();
}
await browser.close();
process.stdout.write(JSON.stringify(found));
