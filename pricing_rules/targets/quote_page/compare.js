// Every model beside the others, which is how one is chosen: what can, what lets less be chosen, what cannot and why.

const SHOWN = 60; // of each kind, until all are asked for
const NOT_COMPARED =
  "Credits of two services are not the same money. Say under “Your own rates” what a credit costs you, " +
  "and all are compared in US$.";

function drawCompare({ fit, open, unfit, isUsd, isMixed }, chosen) {
  const priced = [...fit, ...open],
    bySecond = isMixed && state.sort === "second",
    tops = topsOf(priced, isUsd, bySecond);
  const isSeveral = isOfSeveral([...priced, ...unfit]);
  const row = (offer) => {
    const most = tops.get(isUsd ? null : offer.model.service),
      percent = share(valueOf(offer, isUsd, bySecond), most);
    return drawOffer(offer, chosen, isUsd, isSeveral && isUsd, percent);
  };
  const lacking = `${listed(openTitles(open), "and")} cannot be chosen`;
  fill(
    $("compare"),
    h("h2", { id: "compare-title" }, "Compare ", h("span.asked", name(askedInWords()))),
    h("p.summary", summaryOf(fit, open, unfit, isUsd)),
    !isUsd && isOfSeveral(priced) && h("p.hint", NOT_COMPARED),
    isMixed && drawSorting(bySecond),
    h(
      state.budget === null ? "fieldset.models" : "fieldset.models.budgeted",
      h("legend.unseen", "Model"),
      priced.length > 0 && drawHeads(priced, isUsd),
      drawGroup("fit", "", fit, row, isSeveral && !isUsd),
      drawGroup("open", lacking, open, row, isSeveral && !isUsd),
      drawGroup("unfit", "Cannot do this", unfit, (offer) => drawUnfit(offer, chosen, isSeveral), false),
    ),
    services.some(({ working }) => working) &&
      h("p.key", { "aria-hidden": "true" }, h("i.documented"), " documented ", h("i.inferred"), " inferred"),
  );
}

const isOfSeveral = (offers) => new Set(offers.map(({ model }) => model.service)).size > 1;

function drawSorting(bySecond) {
  return h(
    "div.sort.unprinted",
    { role: "radiogroup", "aria-label": "Sort and draw by" },
    h("span.hint", "The lengths differ. Sort and draw by"),
    h(
      "div.chips.small",
      chip("sort", "sort-price", "price", !bySecond, () => change({ sort: "price" })),
      chip("sort", "sort-second", "price per second", bySecond, () => change({ sort: "second" })),
    ),
  );
}

function drawHeads(priced, isUsd) {
  const buys = state.budget === null ? "" : `${grouped(state.budget)} buy`;
  return h(
    "p.offer.heads",
    { "aria-hidden": "true" },
    h("span"),
    h("span", "Model"),
    h("span"),
    h("span.number", isUsd ? "US$" : "Credits"),
    h("span.number", isTimed(priced) ? "a second" : ""),
    h("span.number", buys),
  );
}

function drawGroup(id, title, offers, row, isByService) {
  if (offers.length === 0) return null;
  const shown = state.all ? offers : offers.slice(0, SHOWN);
  const of = (service) => shown.filter(({ model }) => model.service === service);
  const parts = isByService ? services.map(of).filter(({ length }) => length) : [shown];
  return [
    title && h("h3", name(title)),
    parts.map((part) => [isByService && h("h3", name(part[0].model.service.title)), h("ul.offers", part.map(row))]),
    shown.length < offers.length &&
      button(`all-${id}`, `Show all ${grouped(offers.length)}`, () => change({ all: true })),
  ];
}

const openTitles = (open) => unique(open.flatMap((offer) => offer.open)).map((tier) => titleOf(tier, null));
const isTimed = (offers) => offers.some(({ asked }) => typeof asked.duration === "number");

function valueOf({ credits, usd, asked }, isUsd, bySecond) {
  const value = ratioOf(isUsd ? usd : credits);
  return bySecond && typeof asked.duration === "number" ? over(value, [BigInt(asked.duration), 1n]) : value;
}

// the largest value, of each service where their credits are not compared
function topsOf(offers, isUsd, bySecond) {
  const tops = new Map();
  for (const offer of offers) {
    const key = isUsd ? null : offer.model.service,
      value = valueOf(offer, isUsd, bySecond);
    if (!tops.has(key) || compared(value, tops.get(key)) > 0) tops.set(key, value);
  }
  return tops;
}

function askedInWords() {
  const wished = TIERED.filter((tier) => state.want[tier] !== null).map((tier) => labelOf(tier, state.want[tier]));
  return [TASKS.get(state.task), ...wished, ...(state.outputs > 1 ? [counted(state.outputs, "output")] : [])].join(
    " · ",
  );
}

function summaryOf(fit, open, unfit, isUsd) {
  const lacking = listed(openTitles(open).map(lowered), "and");
  return [
    fit.length
      ? `${counted(fit.length, "model")} can do this${rangeOf(fit, isUsd)}.`
      : "No model is known to do exactly this.",
    open.length > 0 && `${counted(open.length, "more does", "more do")} not let you choose the ${lacking}.`,
    unfit.length > 0 && `${grouped(unfit.length)} cannot.`,
  ]
    .filter(Boolean)
    .join(" ");
}

// from the least to the most, of one service or in US dollars
function rangeOf(fit, isUsd) {
  if (fit.length === 1) return ` for ${amountOf(fit[0])}`;
  if (!isUsd && isOfSeveral(fit)) return "";
  const sorted = [...fit].sort((one, other) => compared(valueOf(one, isUsd), valueOf(other, isUsd)));
  const [least, most] = [sorted[0], sorted.at(-1)].map(({ usd, credits }) => (isUsd ? dollars(usd) : grouped(credits)));
  return `, from ${least} to ${most}${isUsd ? "" : " credits"}`;
}

function drawChoice(offer, chosen) {
  return h("input", {
    type: "radio",
    name: "model",
    id: `model-${offer.model.key}`,
    checked: offer.model === chosen.model,
    change: () => change({ model: offer.model }),
  });
}

function drawOffer(offer, chosen, isUsd, isNamed, percent) {
  const { model, asked, credits, usd } = offer,
    basis = basisOf(offer);
  const added = TIERED.filter((tier) => state.want[tier] === null && asked[tier] !== undefined).map((tier) =>
    tierLabel(tier, tierOf(model.service, tier, asked[tier]), model),
  );
  const perSecond = typeof asked.duration === "number" ? rounded(valueOf(offer, isUsd, true), isUsd ? 4 : 2) : "";
  return h(
    "li",
    h(
      "label.offer",
      drawChoice(offer, chosen),
      h(
        "span.model",
        name(model.title),
        " ",
        h("span.hint", added.join(" ")),
        isNamed && h("span.hint", " ", name(model.service.title)),
      ),
      h("span.bar", { "aria-hidden": "true" }, h("i", { class: basis, width: `${percent}%` })),
      h(
        "span.number.cost",
        h("b", isUsd ? dollars(usd) : grouped(credits)),
        isUsd && h("small", `${grouped(credits)} cr`),
        unseen(`${isUsd ? "" : " credits"}${basis && `, ${basis}`}`),
      ),
      h("span.number.second", perSecond, perSecond && unseen(" a second")),
      h("span.number.buys", state.budget === null ? "" : bought(offer)),
    ),
  );
}

function drawUnfit(offer, chosen, isNamed) {
  const near = nearest(offer.model),
    why = offer.faults.map(({ text }) => text).join("; ");
  return h(
    "li",
    h(
      "label.offer.unfit",
      drawChoice(offer, chosen),
      h("span.model", name(offer.model.title), isNamed && h("span.hint", " ", name(offer.model.service.title))),
      h(
        "span.why",
        name(why[0].toUpperCase() + why.slice(1)),
        near && h("span.near", ` · ${changesOf(near.need)}: ${amountOf(near.offer)}`),
      ),
    ),
  );
}
