// A form of one model, made by JSON Forms as the page on schemas says.
import { createElement } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { ModelForm } from "json-form";

const root = createRoot(document.getElementById("form"));
let opened = 0;

// Show a new form.
window.openModel = (schema, look, given) => {
  opened += 1;
  const onChange = ({ data, errors }) => Object.assign(window, { data, faults: errors.map(({ message }) => message) });
  flushSync(() => root.render(null)); // the ids of fields are counted where two forms stand at a time
  root.render(createElement(ModelForm, { key: opened, schema, look, data: given, onChange }));
};
