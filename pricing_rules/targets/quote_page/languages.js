// The request as JSON and as a call in several languages; text that could turn the direction of code is escaped.

const LANGUAGES = {
  json: "JSON",
  curl: "curl",
  python: "Python",
  typescript: "TypeScript",
  ...(commands.some(Boolean) ? { command: "pricing-rules" } : {}),
};
const WORDS = { json: { true: "true", false: "false" }, python: { true: "True", false: "False" } };

function quoted(text) {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function literal(value, indent, words = WORDS.json, depth = 1) {
  if (typeof value === "string") return quoted(value);
  if (typeof value !== "object") return words[value] ?? `${value}`;
  const inside = Array.isArray(value)
    ? value.map((one) => literal(one, indent, words, depth + 1))
    : Object.entries(value).map(([key, one]) => `${quoted(key)}: ${literal(one, indent, words, depth + 1)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const space = " ".repeat(indent * depth);
  return inside.length
    ? `${open}\n${space}${inside.join(`,\n${space}`)}\n${" ".repeat(indent * (depth - 1))}${close}`
    : open + close;
}

const inShell = (text) => `'${text.replaceAll("'", "'\\''")}'`;

function codeOf(language, { service, endpoint }, body) {
  const host = service.hosts[0]?.url,
    json = literal(body, 2),
    { method, path } = endpoint;
  switch (language) {
    case "curl":
      return curl(method, host ? inShell(host + path) : `"$API_HOST"${inShell(path)}`, json);
    case "python":
      return python(method, host ? quoted(host + path) : `os.environ["API_HOST"] + ${quoted(path)}`, body);
    case "typescript":
      return typescript(method, host ? quoted(host + path) : `process.env.API_HOST + ${quoted(path)}`, json);
    case "command":
      return command(service, json);
    default:
      return json;
  }
}

function curl(method, url, json) {
  return [
    `curl -X ${method} ${url}`,
    '-H "Authorization: Bearer $API_KEY"',
    "-H 'Content-Type: application/json'",
    `-d ${inShell(json)}`,
  ].join(" \\\n  ");
}

function python(method, url, body) {
  return [
    "import json",
    "import os",
    "import urllib.request",
    "",
    `body = ${literal(body, 4, WORDS.python)}`,
    "request = urllib.request.Request(",
    `    ${url},`,
    "    data=json.dumps(body).encode(),",
    '    headers={"Authorization": "Bearer " + os.environ["API_KEY"], "Content-Type": "application/json"},',
    `    method=${quoted(method)},`,
    ")",
    "with urllib.request.urlopen(request, timeout=60) as answer:",
    "    print(answer.status, json.load(answer))",
  ].join("\n");
}

function typescript(method, url, json) {
  return [
    `const body = ${json};`,
    `const answer = await fetch(${url}, {`,
    `  method: ${quoted(method)},`,
    '  headers: { Authorization: `Bearer ${process.env.API_KEY}`, "Content-Type": "application/json" },',
    "  body: JSON.stringify(body),",
    "});",
    "console.log(answer.status, await answer.json());",
  ].join("\n");
}

function command(service, json) {
  const custom = isOne(multiplier(state.multiplier)) ? "" : ` --custom-multiplier ${state.multiplier}`;
  const at = state.at ? ` --at ${state.at}T00:00:00Z` : "";
  return `pricing-rules quote ${commands[services.indexOf(service)]}${custom}${at} - <<'JSON'\n${json}\nJSON`;
}
