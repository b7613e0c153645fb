// The state of the page, and the link that says the same; prompt, references, ratio and rates stay on the page.

const state = fresh();
const OUTPUTS = Math.max(
  1,
  ...MODELS.map(({ outputs }) => outputs?.maximum ?? Math.max(1, ...(outputs?.one_of ?? []))),
);
const WANTED = { d: "duration", r: "resolution", a: "audio" };

function fresh() {
  return {
    model: null, // null is the cheapest that can
    task: TASKS.keys().next().value,
    want: { duration: null, resolution: null, audio: null }, // null is any
    outputs: 1,
    requests: 1,
    budget: null,
    multiplier: "1",
    at: null,
    sort: "price",
    prompt: "",
    references: "",
    ratio: "",
    rates: new Map(),
    language: "json",
    all: false,
  };
}

function addressOf({ model, task, want, outputs, requests, budget, multiplier: own, at, sort }) {
  const first = fresh();
  const parts = [
    ["m", model?.id],
    ["s", model?.service.service],
    ["t", task],
    ...Object.entries(WANTED).map(([key, name]) => [key, want[name]]),
    ["n", outputs === 1 ? null : outputs],
    ["q", requests === 1 ? null : requests],
    ["b", budget],
    ["x", own === "1" ? null : own],
    ["at", at],
    ["v", VERSION],
    ["o", sort === first.sort ? null : sort],
  ].filter(([, value]) => value !== null && value !== undefined);
  const isFirst = parts.every(([key]) => key === "t" || key === "v") && task === first.task;
  return isFirst ? "" : `#${new URLSearchParams(parts)}`;
}

// what a link asks for, and what of it there is not
function read(hash) {
  const asked = new URLSearchParams(hash.replace(/^#/, "")),
    found = fresh(),
    unknown = [],
    said = [];
  const take = (key, known, keep) => {
    const text = asked.get(key),
      value = text === null ? undefined : known(text);
    if (value !== undefined) keep(value);
    else if (text !== null) unknown.push(`${key}=${short(text)}`);
  };
  const at = asked.get("s"),
    isAt = ({ service }) => at === null || service.service === at;
  take(
    "m",
    (id) => MODELS.find((one) => one.id === id && isAt(one)),
    (model) => {
      found.model = model;
    },
  );
  take(
    "s",
    () => MODELS.find(isAt),
    () => {},
  );
  if (found.model && !found.model.modes.includes(found.task)) [found.task] = found.model.modes;
  take(
    "t",
    (text) => (TASKS.has(text) ? text : undefined),
    (task) => {
      found.task = task;
    },
  );
  for (const [key, tier] of Object.entries(WANTED)) {
    const known = services.flatMap(({ tiers }) => (tiers[tier] ?? []).map(({ same }) => same));
    take(
      key,
      (text) => known.find((same) => same === text),
      (same) => {
        found.want[tier] = same;
      },
    );
  }
  take(
    "n",
    (text) => whole(text, 1, OUTPUTS),
    (number) => {
      found.outputs = number;
    },
  );
  take(
    "q",
    (text) => whole(text, 1, 1e6),
    (number) => {
      found.requests = number;
    },
  );
  take(
    "b",
    (text) => whole(text, 0, 1e9),
    (number) => {
      found.budget = number;
    },
  );
  take("x", multiplierText, (text) => {
    found.multiplier = text;
  });
  take("at", dateText, (text) => {
    found.at = text;
  });
  take(
    "o",
    (text) => ["price", "second"].find((one) => one === text),
    (sort) => {
      found.sort = sort;
    },
  );
  const version = asked.get("v") ?? VERSION;
  if (unknown.length) said.push(`This page does not know ${listed(unknown, "and")} of the link.`);
  if (version !== VERSION) said.push(`The link was made with prices of ${short(version)}; these are of ${VERSION}.`);
  return { found, said: said.join(" ") };
}

function whole(text, least, most) {
  const number = /^[0-9]{1,10}$/.test(text) && text === `${+text}` ? +text : NaN;
  return number >= least && number <= most ? number : undefined;
}

function multiplierText(text) {
  try {
    return isOne(multiplier(text)) ? "1" : text;
  } catch {
    return undefined;
  }
}

function dateText(text) {
  const isDate = HAS_DATES && /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) && !Number.isNaN(Date.parse(text));
  return isDate && new Date(text).toISOString().startsWith(text) ? text : undefined;
}

function short(text) {
  return [...text].length > 40 ? `${[...text].slice(0, 40).join("")}…` : text;
}
