// The request that was priced: what is typed into it, its faults, and its code.

function typedOf(model) {
  const takes = (field) => model.endpoint.fields[field] !== undefined,
    typed = {};
  if (takes("prompt") && state.prompt) typed.prompt = state.prompt;
  const addresses = state.references
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  if (takes("references") && addresses.length && takesReferences(model)) typed.references = addresses;
  if (takes("aspect_ratio") && state.ratio) typed.aspect_ratio = state.ratio;
  return typed;
}

// whether the task starts from references: the rules tell, not its name
function takesReferences(model) {
  const { modes, fields } = model.endpoint;
  if (!fields.references || model.demands.references.max_items === 0) return false;
  if (modes) return modes.with_references === state.task;
  return !model.rules.some(
    ({ when, then }) => when.mode?.includes(state.task) && then.some((claim) => claim.not_given === "references"),
  );
}

function drawRequest({ model, credits }, request) {
  $("request").hidden = !credits;
  $("code").textContent = "";
  if (!credits) return;
  const { prompt, references } = model.demands,
    addresses = typedOf(model).references ?? [];
  $("prompt-label").hidden = !prompt;
  $("prompt-count").textContent =
    prompt?.max_length === undefined
      ? ""
      : `${grouped(points(state.prompt))} of ${counted(prompt.max_length, "character")}`;
  $("prompt").placeholder = prompt ? sampleOf(model, "prompt") : "";
  $("references-label").hidden = !takesReferences(model);
  $("references-count").textContent =
    references?.max_items === undefined ? "" : `${grouped(addresses.length)} of ${grouped(references.max_items)}`;
  drawRatio(model);
  fill(
    $("faults"),
    request.faults.map(({ path, rule, text }) => h("li", { "data-path": path, "data-rule": rule }, name(text))),
  );
  const sent = (field) => JSON.stringify(valueAt(request.body, model.service.fields[field].wire));
  const filled = request.filled.map((field) => `${titleOf(field, model)} ${sent(field)}`).join(", ");
  $("filled").textContent = filled && `Filled in because the rules demand it: ${filled}.`;
  drawLanguages();
  $("code").textContent = codeOf(state.language, model, request.body);
}

function drawRatio(model) {
  const field = model.service.fields.aspect_ratio,
    isTaken = model.endpoint.fields.aspect_ratio !== undefined;
  $("ratio-label").hidden = !isTaken;
  if (!isTaken) return;
  const known = allowedOf(model, "aspect_ratio"),
    options = unique([...(known ?? field.examples ?? []).map(String), state.ratio]).filter(Boolean);
  $("ratio-hint").textContent = known ? "" : "any text is taken; these are usual";
  fill(
    $("ratio"),
    h("option", { value: "" }, `not given${field.default === undefined ? "" : `: ${field.default}`}`),
    options.map((one) => h("option", { value: one }, one)),
  );
  $("ratio").value = state.ratio;
}

function languagesOf() {
  return Object.keys(LANGUAGES).filter(
    (language) => language !== "command" || commands[services.indexOf(drawn.model.service)],
  );
}

function drawLanguages() {
  const languages = languagesOf();
  if (!languages.includes(state.language)) state.language = languages[0];
  fill(
    $("languages"),
    languages.map((language) =>
      h(
        "button",
        {
          type: "button",
          role: "tab",
          id: `language-${language}`,
          "aria-controls": "panel",
          "aria-selected": `${language === state.language}`,
          tabindex: language === state.language ? "0" : "-1",
          click: () => change({ language }),
          keydown: (event) => turn(event, languages, language),
        },
        LANGUAGES[language],
      ),
    ),
  );
  $("panel").setAttribute("aria-labelledby", `language-${state.language}`);
}

function turn(event, languages, language) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const next = languages[(languages.indexOf(language) + step + languages.length) % languages.length];
  change({ language: next });
  $(`language-${next}`).focus();
}

function startRequest() {
  for (const id of ["prompt", "references", "ratio"])
    $(id).addEventListener("input", ({ target }) => change({ [id]: target.value }));
  $("copy").addEventListener("click", () => copy($("code").textContent, LANGUAGES[state.language]));
}
