// The receipt of the chosen model: its charge, how it is made and where each number comes from; or why there is none.

const DATA = ["credits", "usd", "exact", "rounding", "basis"];

function drawReceipt(chosen, best, request) {
  const { model } = chosen,
    receipt = $("receipt");
  const head = [
    h(
      "p.kicker",
      name(model.service.title),
      state.model === null && chosen.credits && ` · the cheapest ${SEVERAL ? "there" : "for this need"}`,
    ),
    h("h2", { id: "receipt-title" }, name(model.title)),
    h("p.id", h("code", name(model.id))),
  ];
  const working = chosen.credits ? workingOf(chosen, state, request.body) : null;
  const data = chosen.credits
    ? {
        ...chosen,
        ...working,
        exact: working && exactly(working.exact),
        rounding: working && exactly(working.rounding),
      }
    : {};
  for (const key of DATA) receipt.setAttribute(`data-${key}`, data[key] ?? "");
  fill(receipt, head, chosen.credits ? drawPrice(chosen, working, request) : drawRefusal(chosen, best));
  $("said").textContent = chosen.credits ? `${model.title}: ${amountOf(chosen)}` : `${model.title} cannot do this`;
}

function drawRefusal({ model, faults }, best) {
  const near = nearest(model);
  return [
    h("p.refusal", "Cannot do this: ", name(faults.map(({ text }) => text).join("; ")), "."),
    near &&
      h(
        "p",
        button("repair", [`Ask for ${changesOf(near.need)}: `, amountOf(near.offer)], () =>
          change({ task: near.need.task, want: near.need.want, outputs: near.need.outputs }),
        ),
      ),
    best
      ? h(
          "p",
          button("instead", ["Take ", name(best.model.title), `: ${amountOf(best)}`], () =>
            change({ model: best.model }),
          ),
        )
      : h("p", "No model here does exactly this."),
  ];
}

function drawPrice(chosen, working, { faults }) {
  const { model, credits, usd, asked } = chosen,
    choice = [TASKS.get(state.task), ...choiceOf(model, asked)];
  const noChoice = chosen.open.map((tier) => titleOf(tier, null)).join(" and ");
  return [
    h(
      "p.price",
      h("strong", grouped(credits)),
      ` ${credits === "1" ? "credit" : "credits"} `,
      usd && h("span.usd", dollars(usd)),
      " ",
      badge(working?.basis),
    ),
    h(
      "p.choice",
      choice.map((part, at) => [at ? " · " : "", name(part)]),
    ),
    state.requests > 1 && drawTotal(chosen),
    state.budget !== null && h("p.total", `${grouped(state.budget)} credits buy `, h("b", bought(chosen))),
    noChoice && h("p.note", `${noChoice} cannot be chosen here, and what it makes is not said.`),
    faults.length > 0 &&
      h("p.refusal", "Not complete: ", h("a", { href: "#request", click: toContent }, name(faults[0].text))),
    working ? drawWorking(chosen, working) : h("p.hint", "This seller tells its prices, not how they are made."),
  ];
}

function drawTotal({ credits, usd }) {
  const total = (text) => exactly(times(ratioOf(text), [BigInt(state.requests), 1n]));
  return h(
    "p.total",
    `${counted(state.requests, "request")}: `,
    h("b", `${grouped(total(credits))} credits`),
    usd && `, ${dollars(total(usd))}`,
  );
}

function toContent(event) {
  event.preventDefault();
  $("content").open = true;
  $("content-summary").focus();
}

function choiceOf(model, asked) {
  const tiers = TIERED.filter((tier) => asked[tier] !== undefined).map((tier) =>
    tierLabel(tier, tierOf(model.service, tier, asked[tier]), model),
  );
  return [...tiers, ...((asked.outputs ?? 1) > 1 ? [counted(asked.outputs, "output")] : [])];
}

function amountOf({ credits, usd }) {
  return `${counted(credits, "credit")}${usd ? `, ${dollars(usd)}` : ""}`;
}

function bought({ credits, asked }) {
  const cost = ratioOf(credits);
  if (cost[0] === 0n) return "any number";
  const [above, below] = over([BigInt(state.budget), 1n], cost),
    number = above / below;
  const seconds = typeof asked.duration === "number" ? `, ${grouped(number * BigInt(asked.duration))} s` : "";
  return `${counted(number, "request")}${seconds}`;
}
