// A whole request of a model: what was chosen, and samples for what its rules demand besides.

// asked: the priced parameters; typed: what was written for the fields that are not priced
function requestOf(model, mode, asked, typed = {}) {
  const { service, endpoint, outputs } = model;
  const wished = { model: model.id, mode, ...asked, ...typed };
  if (wished.outputs === outputs?.default) delete wished.outputs;
  const values = {};
  for (const name of Object.keys(endpoint.fields)) if (wished[name] !== undefined) values[name] = wished[name];
  const chosen = new Set(Object.keys(values));
  if (values.prompt === undefined && endpoint.fields.prompt) values.prompt = sampleOf(model, "prompt");
  if (endpoint.modes?.with_references === mode && EMPTY(values.references)) values.references = sampleOf(model, "references");
  for (let turn = 0; turn <= model.rules.length; turn++) {
    const body = bodyOf(model, values), faults = faultsOf(model, body);
    if (!faults.some((fault) => repaired(model, values, chosen, fault))) return { body, faults, filled: filledOf(model, values, chosen) };
  }
  const body = bodyOf(model, values);
  return { body, faults: faultsOf(model, body), filled: filledOf(model, values, chosen) };
}

// what is filled in because a rule demands it, but for the samples that have controls of their own
function filledOf(model, values, chosen) {
  return Object.keys(values).filter((name) => !chosen.has(name) && !["prompt", "references"].includes(name) && model.service.fields[name].type !== "object");
}

// fill in or take back what was not chosen; tells whether something changed
function repaired(model, values, chosen, { rule }) {
  const before = JSON.stringify(values);
  const name = Object.keys(model.endpoint.fields).find((one) => rule === `${one}.required`);
  const broken = model.rules.find(({ id }) => id === rule);
  if (broken) {
    for (const claim of broken.then) {
      const about = aboutOf(claim).find((one) => !chosen.has(one));
      if (about === undefined) continue;
      if (claim.given && claim.given.every((one) => EMPTY(values[one]))) values[about] = sampleOf(model, about);
      if (claim.not_given) delete values[about];
      if (claim.one_of) values[about] = claim.one_of[0];
    }
  } else if (name && !chosen.has(name)) values[name] = sampleOf(model, name);
  return JSON.stringify(values) !== before;
}

// keys may be any text, so that objects have no prototype
function bodyOf({ service, endpoint }, values) {
  const body = Object.create(null);
  for (const name of Object.keys(endpoint.fields)) {
    if (values[name] === undefined) continue;
    const { wire } = service.fields[name];
    let around = body;
    for (const key of wire.slice(0, -1)) around = around[key] ??= Object.create(null);
    around[wire.at(-1)] ??= isTable(values[name]) ? Object.assign(Object.create(null), values[name]) : values[name];
  }
  return body;
}

function sampleOf(model, name) {
  const { type, examples } = model.service.fields[name], demands = model.demands[name], allowed = allowedOf(model, name);
  if (allowed?.length) return allowed[0];
  switch (type) {
    case "string": return [...(examples?.[0] ?? samples.text).padEnd(demands.min_length ?? 0, ".")].slice(0, demands.max_length).join("");
    case "integer": case "number": return demands.minimum ?? Math.min(1, demands.maximum ?? 1);
    case "boolean": return true;
    case "url": return samples.address;
    case "urls": return [samples.address];
    case "object": return {};
    default: return { key: "value" };
  }
}
