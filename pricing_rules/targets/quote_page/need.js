// What is needed: chips for the task and its tiers, numbers for the rest. Nothing is disabled, no choice changes others.

function drawNeed(here, chosen) {
  fill(
    $("task"),
    [...TASKS].map(([task, title]) => chip("task", `task-${task}`, title, task === state.task, () => change({ task }))),
  );
  fill(
    $("parameters"),
    TIERED.map((tier) => drawTiers(tier, here, chosen.model)),
  );
  const takesOutputs = here.some(({ outputs }) => outputs) || state.outputs > 1;
  $("outputs-label").hidden = !takesOutputs;
  $("outputs").max = OUTPUTS;
  const shown = {
    outputs: state.outputs,
    requests: state.requests,
    budget: state.budget ?? "",
    date: state.at ?? "",
    multiplier: state.multiplier === "1" ? "" : state.multiplier,
  };
  for (const [id, value] of Object.entries(shown)) if (document.activeElement !== $(id)) $(id).value = value;
  if (state.multiplier !== "1") $("terms").open = true;
}

function drawTiers(tier, here, model) {
  const tiers = tiersOfAll(here, tier),
    wish = state.want[tier];
  if (wish !== null && !tiers.some(({ same }) => same === wish))
    tiers.push({
      same: wish,
      label: services.flatMap((one) => one.tiers[tier] ?? []).find(({ same }) => same === wish).label,
    });
  if (tiers.length === 0) return null;
  const taken = tiersOf(model, tier),
    title = titleOf(tier, here.find((one) => tiersOf(one, tier).length) ?? model);
  const isTaken = ({ same }) => (state.model ? taken.some((one) => one.same === same) : true);
  const refusal = taken.length
    ? `${model.title} makes ${listed(taken.map(({ label }) => label))}`
    : `${model.title} lets nobody choose the ${lowered(title)}`;
  const choose = (same) => () => change({ want: { ...state.want, [tier]: same } });
  return h(
    "fieldset",
    h("legend", name(title)),
    h(
      "div.chips",
      chip(tier, `${tier}-any`, "Any", wish === null, choose(null)),
      tiers.map(({ same, label }) =>
        chip(
          tier,
          `${tier}=${same}`,
          label,
          same === wish,
          choose(same),
          isTaken({ same }) ? null : refusal,
          taken.length > 0,
        ),
      ),
    ),
  );
}

function startNeed() {
  const number = (id, least, most, keep) =>
    $(id).addEventListener("input", ({ target }) => {
      const value = whole(target.value, least, most);
      if (value !== undefined || target.value === "") keep(value);
    });
  number("outputs", 1, OUTPUTS, (outputs = 1) => change({ outputs }));
  number("requests", 1, 1e6, (requests = 1) => change({ requests }));
  number("budget", 0, 1e9, (budget = null) => change({ budget }));
  $("date-label").hidden = !HAS_DATES;
  $("date").addEventListener("input", ({ target }) => change({ at: dateText(target.value) ?? null }));
  $("multiplier-row").hidden = !services.some(({ working }) => working);
  $("multiplier").addEventListener("input", ({ target }) => {
    const text = target.value.trim() === "" ? "1" : multiplierText(target.value.trim());
    $("multiplier-fault").textContent =
      text === undefined ? "A number from 0 to 1,000,000, such as 3, 1.1 or 1/3." : "";
    if (text !== undefined) change({ multiplier: text });
  });
  fill(
    $("rates"),
    services.map((service, at) => drawRate(service, at)),
  );
  $("terms").hidden = $("multiplier-row").hidden && services.every(({ prices }) => prices.usd);
  $("need").addEventListener("submit", (event) => event.preventDefault());
}

function drawRate(service, at) {
  const { usd } = service.prices;
  if (usd) return h("p.hint", "A credit of ", name(service.title), ` is ${dollars(decimal(BigInt(usd[0]), usd[1]))}.`);
  const input = ({ target }) => {
    state.rates.set(service, /^[0-9]{1,9}([.][0-9]{1,9})?$/.test(target.value.trim()) ? target.value.trim() : null);
    change({});
  };
  return h(
    "label",
    "US$ a credit of ",
    name(service.title),
    h("input", { id: `rate-${at}`, type: "text", inputmode: "decimal", placeholder: "such as 0.01", input }),
  );
}
