// A form made from a schema as a front end would: React, RJSF and Ajv 2020, no layout and no rules of its own.
import Form from "@rjsf/core";
import { customizeValidator } from "@rjsf/validator-ajv8";
import { Ajv2020 } from "ajv/dist/2020.js";
import { createElement } from "react";
import { createRoot } from "react-dom/client";

const validator = customizeValidator({ AjvClass: Ajv2020 });
const root = createRoot(document.getElementById("form"));
let opened = 0;

// Show a new, empty form.
window.openForm = (schema) => {
  opened += 1;
  Object.assign(window, { submitted: null, refused: null });
  const onSubmit = ({ formData }) => Object.assign(window, { submitted: formData });
  const onError = (errors) => Object.assign(window, { refused: errors.map(({ stack }) => stack) });
  root.render(createElement(Form, { key: opened, id: `form-${opened}`, schema, validator, noHtml5Validate: true, onSubmit, onError }));
  return `#form-${opened}`;
};
