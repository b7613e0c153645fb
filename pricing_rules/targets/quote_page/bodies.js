// A whole request of a model: what was chosen, and samples for what its rules demand besides.

// asked: the priced parameters; typed: what was written for the fields that are not priced
function requestOf(model, mode, asked, typed = {}) {
  const { service, endpoint, demands, outputs } = model,
    wished = { model: model.id, mode: mode || undefined, ...asked, ...typed };
  const chosen = new Map(
    Object.keys(endpoint.fields)
      .filter((name) => wished[name] !== undefined)
      .map((name) => [name, wished[name]]),
  );
  const values = Object.fromEntries(chosen);
  if (values.outputs === outputs?.default && !demands.outputs?.required) delete values.outputs;
  if (values.prompt === undefined && endpoint.fields.prompt) values.prompt = sampleOf(model, "prompt");
  if (endpoint.modes?.with_references === mode && EMPTY(values.references))
    values.references = sampleOf(model, "references");
  let body = bodyOf(model, values),
    faults = faultsOf(model, body);
  for (
    let turn = 0;
    turn <= model.rules.length && faults.some((fault) => repaired(model, values, chosen, fault));
    turn++
  ) {
    body = bodyOf(model, values);
    faults = faultsOf(model, body);
  }
  // what is told to be filled in, but for the samples that have controls of their own
  const filled = Object.keys(values).filter(
    (name) =>
      values[name] !== undefined &&
      !chosen.has(name) &&
      !["prompt", "references"].includes(name) &&
      service.fields[name].type !== "object",
  );
  return { body, faults, filled };
}

// fill in or take back what was not chosen; tells whether something changed
function repaired(model, values, chosen, { rule }) {
  const before = JSON.stringify(values),
    broken = model.rules.find(({ id }) => id === rule);
  const missing = Object.keys(model.endpoint.fields).find((name) => rule === `${name}.required`);
  if (missing && !broken) values[missing] ??= chosen.get(missing) ?? sampleOf(model, missing);
  for (const claim of broken?.then ?? []) {
    const [about] = aboutOf(claim);
    if (claim.given)
      values[about] = EMPTY(values[about]) ? (chosen.get(about) ?? sampleOf(model, about)) : values[about];
    else if (!chosen.has(about)) values[about] = claim.one_of?.[0];
  }
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
  const { type, examples } = model.service.fields[name],
    demands = model.demands[name],
    allowed = allowedOf(model, name);
  if (allowed?.length) return allowed[0];
  switch (type) {
    case "string":
      return [...(examples?.[0] ?? samples.text).padEnd(demands.min_length ?? 0, ".")]
        .slice(0, demands.max_length)
        .join("");
    case "integer":
    case "number":
      return demands.minimum ?? Math.min(1, demands.maximum ?? 1);
    case "boolean":
      return true;
    case "url":
      return samples.address;
    case "urls":
      return [samples.address];
    case "object":
      return {};
    default:
      return { key: "value" };
  }
}
