// Ajv's errors of the request view by the paths and rules of Python's violations.
const KINDS = { not: "not_allowed", enum: "one_of", pattern: "url" };
const MOST = 1000;

export function violations({ elsewhere, fields, rules }, errors) {
  const [told, faulty, broken, unknown, items] = [new Map(), new Set(), new Map(), [], {}];
  const add = (path, rule, message) => told.has(path) || told.set(path, { path, rule, message });
  for (const { keyword, instancePath: around, schemaPath, params, data, message } of errors ?? []) {
    const key = params.missingProperty ?? params.additionalProperty;
    const path = key === undefined ? around : `${around}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    const field = path in fields ? path : path.replace(/\/[^/]*$/, "");
    const name = fields[field] ?? "body";
    let kind = KINDS[keyword] ?? keyword.replace(/[A-Z]/, (upper) => `_${upper.toLowerCase()}`);
    if (name === "model" && kind === "one_of") kind = elsewhere.includes(data) ? "endpoint" : "unknown";
    const values = params.allowedValues && `must be one of ${params.allowedValues.join(", ")}`;
    const said = keyword === "not" ? "is not taken here" : values ?? message;
    const rule = rules.find(({ at }) => at.some((at) => schemaPath.startsWith(`${at}/`)));
    if (rule) broken.set(rule, broken.get(rule) ?? said);
    else if (keyword === "additionalProperties") unknown.push([path, around]);
    else if (keyword !== "if" && (path === field || (items[field] = (items[field] ?? 0) + 1) <= MOST)) {
      faulty.add(field);
      if (/type|min_/.test(kind) && !told.get(path)?.rule.endsWith("allowed")) told.delete(path);
      add(path, `${name}.${kind}`, said);
      if (kind === "endpoint") return [told.get(path)];
    }
  }
  for (const rule of rules) {
    const isFaulty = (read) => [...faulty].some((one) => `${read}/`.startsWith(`${one}/`));
    if (broken.has(rule) && !rule.read.some(isFaulty)) add(rule.path, rule.rule, broken.get(rule));
  }
  const [more] = unknown.length > MOST ? unknown.splice(MOST - 1) : [];
  for (const [path] of unknown) add(path, "field.unknown", "is unknown");
  if (more) add(more[1], "field.unknown_more", "has more");
  return [...told.values()];
}
