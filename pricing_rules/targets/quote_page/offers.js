// What a model makes of a need: its cheapest price that meets it, or why it cannot, and how near it comes.

function offerOf(model, need = state) {
  const { held, isSold } = editionOf(model),
    faults = [],
    open = [],
    choices = {};
  if (!model.modes.includes(need.task))
    faults.push({
      text: `takes ${listed(
        model.modes.map((mode) => lowered(TASKS.get(mode))),
        "and",
      )} only`,
    });
  for (const name of TIERED) {
    const tiers = tiersOf(model, name),
      wish = need.want[name];
    if (tiers.length === 0) {
      if (wish !== null) open.push(name);
      continue;
    }
    const kept = wish === null ? tiers : tiers.filter(({ same }) => same === wish);
    if (kept.length === 0) {
      const known = listed(tiers.map(({ label }) => label));
      faults.push({ text: `${lowered(titleOf(name, model))} is ${known}, not ${labelOf(name, wish)}` });
    }
    choices[name] = kept.map(({ value }) => value);
  }
  const number = outputsFault(model, need.outputs);
  if (number) faults.push({ text: number });
  if (held.units && !isOne(multiplier(need.multiplier))) faults.push({ text: "takes no multiplier of your own" });
  if (!isSold) faults.push({ text: "has no price at this date" });
  return faults.length ? { model, faults, open } : cheapest(model, need, choices, open);
}

function outputsFault({ outputs }, number) {
  if (!outputs) return number > 1 ? "one output a request" : null;
  if (outputs.one_of && !outputs.one_of.includes(number))
    return `${listed(outputs.one_of)} outputs a request, not ${number}`;
  if (number > outputs.maximum) return `at most ${counted(outputs.maximum, "output")} a request`;
  return number < outputs.minimum ? `at least ${counted(outputs.minimum, "output")} a request` : null;
}

function cheapest(model, need, choices, open) {
  const priced = combinations(choices).map((tiers) => {
    const asked = model.outputs ? { ...tiers, outputs: need.outputs } : tiers;
    return { asked, ...price(model.service.prices, model.id, { ...asked, ...termsOf(need) }) };
  });
  priced.sort((one, other) =>
    BigInt(one.units) < BigInt(other.units) ? -1 : BigInt(one.units) > BigInt(other.units) ? 1 : 0,
  );
  let why = [];
  for (const { asked, credits, usd } of priced) {
    const { faults } = requestOf(model, need.task, asked);
    if (faults.length === 0) return { model, faults, open, asked, credits, usd: usd ?? rated(model.service, credits) };
    if (why.length === 0) why = faults.map(({ text }) => ({ text: lowered(text).replace(/\.$/, "") }));
  }
  return { model, faults: why, open };
}

function termsOf(need) {
  return { customMultiplier: need.multiplier, at: need.at === null ? undefined : new Date(need.at) };
}

function combinations(choices) {
  return Object.entries(choices).reduce(
    (found, [name, values]) => found.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
}

// in US dollars where the reader says what a credit costs; not published, so not part of a link
function rated(service, credits) {
  const rate = state.rates.get(service);
  return rate ? exactly(times(ratioOf(credits), ratioOf(rate))) : null;
}

// the need that the model meets with the fewest and smallest changes, and its price
function nearest(model) {
  const tasks = model.modes.includes(state.task) ? [state.task] : model.modes;
  const outputs = outputsFault(model, state.outputs) ? nearestOutputs(model.outputs) : state.outputs;
  let best = null;
  for (const task of tasks) {
    for (const want of combinations(Object.fromEntries(TIERED.map((name) => [name, wishes(model, name)])))) {
      const need = { ...state, task, want, outputs },
        distance = distanceOf(need);
      if (best && !closer(distance, best.distance)) continue;
      const offer = offerOf(model, need);
      if (offer.credits) best = { need, offer, distance };
    }
  }
  return best;
}

function nearestOutputs(limits) {
  if (!limits) return 1;
  const allowed = limits.one_of ?? [limits.minimum, limits.maximum],
    far = (one) => Math.abs(one - state.outputs);
  return allowed.reduce((one, other) => (far(other) < far(one) ? other : one));
}

function wishes(model, name) {
  const tiers = tiersOf(model, name),
    wish = state.want[name];
  return wish === null || tiers.length === 0 ? [wish] : [wish, ...tiers.map(({ same }) => same)];
}

// how many choices change, and how far the changed ones are from what is wished
function distanceOf({ task, want, outputs }) {
  const changed = TIERED.filter((name) => want[name] !== state.want[name]);
  const far = changed.map((name) => Math.abs(parseFloat(want[name]) - parseFloat(state.want[name])) || 0);
  return [
    changed.length + (task !== state.task) + (outputs !== state.outputs),
    far.reduce((one, other) => one + other, 0),
  ];
}

function closer([changes, far], [otherChanges, otherFar]) {
  return changes < otherChanges || (changes === otherChanges && far < otherFar);
}

// what of a need differs from the one that is asked for, in words
function changesOf(need) {
  const found = TIERED.filter((name) => need.want[name] !== state.want[name]).map((name) =>
    labelOf(name, need.want[name]),
  );
  if (need.task !== state.task) found.unshift(TASKS.get(need.task));
  if (need.outputs !== state.outputs) found.push(counted(need.outputs, "output"));
  return found.join(", ");
}

function labelOf(name, same) {
  const tier = services.flatMap(({ tiers }) => tiers[name] ?? []).find((one) => one.same === same);
  return tier ? tierLabel(name, tier) : same;
}

// what is neither text nor seconds needs its title: "Sound: yes"
function tierLabel(name, { value, label }, model) {
  return typeof value === "string" || (label !== `${value}` && typeof value === "number")
    ? label
    : `${titleOf(name, model)}: ${label}`;
}

function lowered(text) {
  return /^[A-Z][a-z]/.test(text) ? text[0].toLowerCase() + text.slice(1) : text;
}
