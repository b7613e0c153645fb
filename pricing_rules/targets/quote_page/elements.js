// Elements of the page; every text enters as text.

const $ = (id) => document.getElementById(id);

// h("p.hint", { id }, "text", another): an element with a class, attributes or listeners if there are any, and children
function h(kind, ...rest) {
  const [tag, ...classes] = kind.split("."),
    element = document.createElement(tag);
  const properties = rest[0]?.constructor === Object ? rest.shift() : {};
  if (classes.length) element.className = classes.join(" ");
  for (const [name, value] of Object.entries(properties)) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else if (name === "width") element.style.width = value;
    else if (name === "checked") element.checked = true;
    else element.setAttribute(name, value === true ? "" : value);
  }
  fill(element, rest);
  return element;
}

function fill(element, ...children) {
  element.replaceChildren(
    ...children
      .flat(Infinity)
      .filter((child) => child !== null && child !== undefined && child !== false && child !== ""),
  );
}

// a name of a catalog: its direction is its own
const name = (text, properties = {}) => h("bdi", properties, text);
const unseen = (text, properties = {}) => h("span.unseen", { ...properties }, text);

// one with a refusal can be chosen all the same
function chip(group, id, label, isChosen, choose, refusal = null, isBad = false) {
  const input = h("input", {
    type: "radio",
    name: group,
    id,
    checked: isChosen,
    change: choose,
    "aria-describedby": refusal && `${id}-why`,
  });
  return h(
    !refusal ? "label.chip" : isBad ? "label.chip.off.bad" : "label.chip.off",
    { title: refusal },
    input,
    h("span", name(label)),
    refusal && unseen(refusal, { id: `${id}-why` }),
  );
}

function button(id, label, click) {
  return h("button", { type: "button", id, click }, label);
}

function badge(basis) {
  return basis && h(`span.badge.${basis}`, basis);
}

// focus without a jump of the page
function keepingFocus(draw) {
  const id = document.activeElement?.id;
  draw();
  if (id && id !== document.activeElement?.id) $(id)?.focus({ preventScroll: true });
}
