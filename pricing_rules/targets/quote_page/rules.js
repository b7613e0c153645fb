// The faults of a request body whose values have their types: the paths and rule ids that Python's `validate` tells.

const EMPTY = (value) =>
  value === undefined ||
  value === "" ||
  (typeof value === "object" && value !== null && Object.keys(value).length === 0);
const isTable = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isUrl = (text) => /^https?:\/\/[^]/.test(text);
const points = (text) => [...text].length; // code points
const pointer = (wire) => wire.map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
const valueAt = (body, wire) => wire.reduce(own, body);

// each breaks its limit, in the order of judgement
const BOUNDS = {
  minimum: [(value, least) => value < least, (least) => `is at least ${grouped(least)}`],
  maximum: [(value, most) => value > most, (most) => `is at most ${grouped(most)}`],
  min_length: [(value, least) => points(value) < least, (least) => `has at least ${counted(least, "character")}`],
  max_length: [
    (value, most) => points(value) > most,
    (most, value) => `has ${counted(points(value), "character")}, and at most ${grouped(most)} are taken`,
  ],
  max_items: [
    (value, most) => value.length > most,
    (most, value) => `has ${counted(value.length, "item")}, and at most ${grouped(most)} are taken`,
  ],
};

function faultsOf(model, body) {
  const { service, endpoint } = model,
    found = new Map(),
    faulty = new Set();
  const add = (path, rule, text) => found.has(path) || found.set(path, { path, rule, text });
  for (const name of Object.keys(endpoint.fields)) {
    const { wire, type, title } = service.fields[name],
      path = pointer(wire);
    const around = valueAt(body, wire.slice(0, -1));
    if (!isTable(around)) {
      if (faulty.has(pointer(wire.slice(0, -1)))) faulty.add(path);
      continue;
    }
    const value = own(around, wire.at(-1)),
      said = fieldFault(model, name, value);
    if (said) add(path, `${name}.${said[0]}`, `${title} ${said[1]}.`);
    const items =
      type === "urls" && Array.isArray(value) ? value.flatMap((item, at) => (isUrl(item) ? [] : [[item, at]])) : [];
    for (const [item, at] of items)
      add(`${path}/${at}`, `${name}.url`, `${title}: “${item}” does not start with http:// or https:// and go on.`);
    if (said || items.length) faulty.add(path);
  }
  for (const rule of model.rules) {
    const reads = [...Object.keys(rule.when), ...rule.then.flatMap(aboutOf)];
    if (reads.some((name) => faulty.has(pointer(service.fields[name].wire))) || keeps(model, rule, body)) continue;
    add(
      pointer(placeOf(rule.then.flatMap(aboutOf).map((name) => service.fields[name].wire))),
      rule.id,
      `${rule.about}.`,
    );
  }
  return [...found.values()];
}

function fieldFault(model, name, value) {
  const { type } = model.service.fields[name],
    demands = model.demands[name],
    allowed = allowedOf(model, name);
  if (allowed?.length === 0) return value === undefined ? null : ["not_allowed", `is not taken by ${model.title}`];
  if (value === undefined) return demands.required ? ["required", "must be given"] : null;
  if (allowed) return allowed.includes(value) ? null : ["one_of", `is ${listed(allowed.map(String))}, not ${value}`];
  for (const [kind, [breaks, said]] of Object.entries(BOUNDS)) {
    if (demands[kind] !== undefined && breaks(value, demands[kind])) return [kind, said(demands[kind], value)];
  }
  return type === "url" && !isUrl(value) ? ["url", "must start with http:// or https://"] : null;
}

// the only values of a field, none where its model does not take it; undefined where any may stand
function allowedOf(model, name) {
  switch (model.service.fields[name].one_of) {
    case "models":
      return Object.keys(model.service.models).filter(
        (id) => model.service.models[id].endpoint === model.service.models[model.id].endpoint,
      );
    case "modes":
      return model.modes;
    case "tiers":
      return tiersOf(model, name).map(({ value }) => value);
    default:
      return model.demands[name].one_of;
  }
}

const aboutOf = (claim) => claim.given ?? [claim.not_given ?? claim.field];

function keeps(model, { when, then }, body) {
  const { fields } = model.service,
    { cited } = editionOf(model);
  const sent = (name) => valueAt(body, fields[name].wire);
  const counts = (name) => sent(name) ?? cited.default?.[name] ?? fields[name].default;
  if (!Object.entries(when).every(([name, values]) => values.includes(counts(name)))) return true;
  return then.every((claim) => {
    if (claim.given) return claim.given.some((name) => !EMPTY(sent(name)));
    if (claim.not_given) return EMPTY(sent(claim.not_given));
    return counts(claim.field) === undefined || claim.one_of.includes(counts(claim.field));
  });
}

// where a rule is told: at its field, or at the innermost object of several
function placeOf(wires) {
  if (new Set(wires.map(pointer)).size === 1) return wires[0];
  const inside = wires.map((wire) => wire.slice(0, -1));
  let shared = inside[0];
  while (inside.some((wire) => shared.some((key, at) => wire[at] !== key))) shared = shared.slice(0, -1);
  return shared;
}

function listed(values, word = "or") {
  return values.length < 2 ? `${values[0] ?? ""}` : `${values.slice(0, -1).join(", ")} ${word} ${values.at(-1)}`;
}

function counted(number, one, many = `${one}s`) {
  return `${grouped(number)} ${`${number}` === "1" ? one : many}`;
}
