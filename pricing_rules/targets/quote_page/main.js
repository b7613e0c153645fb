// The page: one state, drawn as a whole after each change.

let drawn = null; // the offer of the receipt

function change(changes) {
  if ("at" in changes) editions.clear();
  Object.assign(state, changes);
  draw();
  const address = addressOf(state);
  if (address !== location.hash) history.replaceState(null, "", address || location.pathname + location.search);
}

function draw() {
  const here = MODELS.filter(({ modes }) => modes.includes(state.task)),
    offers = here.map((model) => offerOf(model));
  const priced = offers.filter(({ credits }) => credits);
  const isUsd = priced.every(({ usd }) => usd),
    isMixed = new Set(priced.map(({ asked }) => asked.duration)).size > 1;
  const byPlace = (one, other) =>
    isUsd ? 0 : services.indexOf(one.model.service) - services.indexOf(other.model.service);
  const byPrice = (one, other) => compared(valueOf(one, isUsd), valueOf(other, isUsd));
  const bySecond = (one, other) =>
    isMixed && state.sort === "second" ? compared(valueOf(one, isUsd, true), valueOf(other, isUsd, true)) : 0;
  const order = (one, other) => byPlace(one, other) || bySecond(one, other) || byPrice(one, other);
  const fit = priced.filter(({ open }) => open.length === 0).sort(order),
    open = priced.filter((offer) => offer.open.length).sort(order);
  const unfit = offers.filter(({ credits }) => !credits),
    can = [...fit, ...open],
    best = can.find(({ model }) => model.service === state.model?.service) ?? can[0];
  drawn = state.model
    ? (offers.find(({ model }) => model === state.model) ?? offerOf(state.model))
    : (best ?? unfit[0]);
  const request = drawn.credits
    ? requestOf(drawn.model, state.task, drawn.asked, typedOf(drawn.model))
    : { faults: [] };
  keepingFocus(() => {
    drawNeed(here, drawn);
    drawReceipt(drawn, best, request);
    drawCompare({ fit, open, unfit, isUsd, isMixed }, drawn);
    drawRequest(drawn, request);
    fill(
      $("bar"),
      h(
        "a",
        { href: "#receipt", click: toReceipt },
        name(drawn.model.title),
        h("b", drawn.credits ? amountOf(drawn) : "cannot do this"),
      ),
    );
  });
}

function toReceipt(event) {
  event.preventDefault();
  $("receipt").scrollIntoView();
  $("receipt").focus({ preventScroll: true });
}

function open() {
  const { found, said } = read(location.hash),
    { prompt, references, ratio, rates, language } = state;
  $("banner").textContent = said;
  $("banner").hidden = !said;
  change({ ...found, prompt, references, ratio, rates, language });
}

async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // a file from a disk may not
    const area = h("textarea.unseen", { "aria-hidden": "true" });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    $("copy").focus({ preventScroll: true });
  }
  $("toast").textContent = `${what} copied`;
  setTimeout(() => {
    $("toast").textContent = "";
  }, 2500);
}

// every price at one output, as the list below shows them
function download() {
  const rows = [["service", "model", ...TIERED, "credits", "usd", "basis"]];
  for (const model of MODELS.filter((one) => editionOf(one).isSold)) {
    const choices = TIERED.filter((tier) => tiersOf(model, tier).length).map((tier) => [
      tier,
      tiersOf(model, tier).map(({ value }) => value),
    ]);
    for (const asked of combinations(Object.fromEntries(choices))) {
      const { credits, usd } = price(model.service.prices, model.id, {
        ...asked,
        outputs: 1,
        ...termsOf({ multiplier: "1", at: state.at }),
      });
      rows.push([
        model.service.service,
        model.id,
        ...TIERED.map((tier) => asked[tier] ?? ""),
        credits,
        usd ?? "",
        basisOf({ model, asked }, { multiplier: "1" }),
      ]);
    }
  }
  const text = rows.map((row) => `${row.map((cell) => `"${`${cell}`.replaceAll('"', '""')}"`).join()}\r\n`).join("");
  const link = h("a", { href: URL.createObjectURL(new Blob([text], { type: "text/csv" })), download: "prices.csv" });
  link.click();
  URL.revokeObjectURL(link.href);
}

function startTools() {
  const root = document.documentElement;
  const isDark = () =>
    (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const tell = () => $("theme").setAttribute("aria-pressed", `${isDark()}`);
  $("theme").addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    tell();
  });
  $("share").addEventListener("click", () => copy(location.href, "Link"));
  $("print").addEventListener("click", () => window.print());
  $("csv").addEventListener("click", download);
  $("skip").addEventListener("click", toReceipt);
  tell();
}

function startPrinting() {
  let before = [];
  addEventListener("beforeprint", () => {
    before = ["all", "sources"].map($).filter((one) => one?.open === false);
    for (const one of before) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of before) one.open = false;
  });
}

function start() {
  document.documentElement.classList.remove("plain");
  $("all").open = false;
  startNeed();
  startRequest();
  startTools();
  startPrinting();
  addEventListener("hashchange", open);
  new IntersectionObserver(([{ isIntersecting }]) => $("bar").classList.toggle("on", !isIntersecting), {
    rootMargin: "0px 0px -120px",
  }).observe($("receipt"));
  open();
}

start();
