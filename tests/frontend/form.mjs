// A form made from a schema as a front end would: React, RJSF in one of three themes, and the settings of the page.
import * as antd from "@rjsf/antd";
import * as core from "@rjsf/core";
import { withTheme } from "@rjsf/core";
import * as mui from "@rjsf/mui";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { withAdvanced, withKept } from "rjsf-settings";

const THEMES = { antd: antd.Theme, mui: mui.Theme, core: { templates: core.getDefaultRegistry().templates } };
const FORMS = Object.fromEntries(Object.entries(THEMES).map(([name, theme]) => [name, withKept(withTheme(grouped(theme)))]));
const root = createRoot(document.getElementById("form"));
let opened = 0;

function grouped(theme) {
  const ObjectFieldTemplate = withAdvanced(theme.templates.ObjectFieldTemplate);
  return { ...theme, templates: { ...theme.templates, ObjectFieldTemplate } };
}

// Show a new form.
window.openForm = (schema, { theme = "core", uiSchema = {}, formData = {} } = {}) => {
  opened += 1;
  Object.assign(window, { submitted: null, refused: null, data: formData });
  const onChange = (event) => Object.assign(window, { data: event.formData });
  const onSubmit = (event) => Object.assign(window, { submitted: event.formData });
  const onError = (errors) => Object.assign(window, { refused: errors.map(({ stack }) => stack) });
  const props = { id: `form-${opened}`, schema, uiSchema, formData, onChange, onSubmit, onError };
  root.render(createElement(FORMS[theme], { key: opened, ...props }));
  return `#form-${opened}`;
};
