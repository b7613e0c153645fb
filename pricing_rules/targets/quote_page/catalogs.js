// What the catalogs offer: models with the rules of their endpoint, tasks, and the edition in force.

const { services, commands, samples } = JSON.parse(document.getElementById("catalogs").textContent);
const TIERED = ["duration", "resolution", "audio"];
const MODELS = services.flatMap((service, place) =>
  Object.entries(service.models).map(([id, model]) => modelOf(service, place, id, model)),
);
const TASKS = tasks();
const VERSION = services
  .map(({ version }) => version)
  .sort()
  .at(-1);
const HAS_DATES = services.some(({ prices }) => prices.editions.some(({ since }) => since !== undefined));
const SEVERAL = services.length > 1;
const editions = new Map(); // by model, at the chosen date

function modelOf(service, place, id, model) {
  const endpoint = service.endpoints[model.endpoint];
  return {
    ...model,
    id,
    service,
    endpoint,
    key: `${place} ${id}`,
    modes: model.modes.length ? model.modes : [""],
    demands: { ...endpoint.fields, ...model.fields },
    rules: [...(model.rules ?? []), ...endpoint.rules],
    outputs: own(service.prices.outputs, id),
  };
}

// those of most models first
function tasks() {
  const counts = new Map(),
    titles = new Map();
  for (const { modes, service } of MODELS) {
    for (const mode of modes) {
      counts.set(mode, (counts.get(mode) ?? 0) + 1);
      if (!titles.has(mode)) titles.set(mode, service.modes[mode] ?? "Anything");
    }
  }
  return new Map([...titles].sort(([one], [other]) => counts.get(other) - counts.get(one)));
}

function instantOf({ version }) {
  return microseconds(new Date(state.at ?? version));
}

// before the first price its rules hold, and nothing is sold
function editionOf(model) {
  if (!editions.has(model)) {
    const { prices, editions: cited } = model.service,
      instant = instantOf(model.service);
    const places = prices.models[model.id];
    const place = places.filter((one) => BigInt(prices.editions[one].since ?? -(10n ** 18n)) <= instant).at(-1);
    const at = place ?? places[0],
      held = prices.editions[at];
    editions.set(model, { held, cited: cited[at], isSold: place !== undefined && Boolean(held.base || held.units) });
  }
  return editions.get(model);
}

function tiersOf(model, name) {
  return (editionOf(model).held[name] ?? []).map(([value]) => tierOf(model.service, name, value));
}

function tierOf(service, name, value) {
  return service.tiers[name].find((tier) => tier.value === value);
}

// every tier of some models, small to large
function tiersOfAll(models, name) {
  const found = new Map();
  for (const model of models)
    for (const tier of tiersOf(model, name)) if (!found.has(tier.same)) found.set(tier.same, tier);
  const tiers = [...found.values()];
  return tiers.every(({ value }) => typeof value === "number")
    ? tiers.sort((one, other) => one.value - other.value)
    : tiers;
}

function titleOf(name, model) {
  return (model?.service.fields[name] ?? services.find(({ fields }) => fields[name])?.fields[name])?.title ?? name;
}
