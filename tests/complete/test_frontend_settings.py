"""The settings that JSON Forms, react-hook-form and zod need, as the page on schemas gives them, executed."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from frontend.corpus import ENDPOINTS, schema
from frontend.tools import fill_json_forms, linked, node
from pricing_rules import quote
from pricing_rules.catalog.records import Field
from pricing_rules.request.body import ABSENT, pointer, value_of
from pricing_rules.targets.forms import form_schema, layout
from support.pages import SCHEMAS
from support.places import ROOT
from support.strategies import CATALOGS


def scope(field: Field) -> str:
    """Return the pointer by which JSON Forms names a field."""
    return "#" + "".join(f"/properties{pointer((segment,))}" for segment in field.segments)


def steps(service: str, body: Any) -> Iterator[tuple[str, str, Any]]:
    """Yield what a person does to fill in a request."""
    for field in CATALOGS[service].fields.values():
        value = value_of(body, field)
        match value:
            case dict():
                continue
            case [address]:
                yield "add", scope(field), {"label": f"Add to {field.title}", "text": address}
            case bool():
                yield "tick", scope(field), value
            case str() if field.one_of is not None and field.id != "aspect_ratio":
                yield "choose", scope(field), value
            case _ if value is not ABSENT:
                yield "type", scope(field), value


def of_model(service: str, endpoint: str, model: str) -> Any:
    """Return the schema of one model, found by the model that it names."""
    field = CATALOGS[service].fields["model"]
    for found in form_schema(CATALOGS[service], CATALOGS[service].endpoints[endpoint])["$defs"].values():
        place = found
        for segment in field.segments:
            place = place["properties"][segment]
        if place["default"] == model:
            return found
    raise KeyError(model)


def filled() -> list[tuple[str, str, Any]]:
    return [
        (service, endpoint, body)
        for service, endpoint in ENDPOINTS
        if service != "clipworks"  # its priced sound is a tick box of three states, and its frames a list of numbers
        for body in schema(service, endpoint, "form")["examples"]
    ]


def test_json_forms_fills_in_a_form_of_each_model_that_python_prices(tmp_path: Path):
    forms = []
    for service, endpoint, body in filled():
        catalog = CATALOGS[service]
        model = str(value_of(body, catalog.fields["model"]))
        look = layout(catalog, catalog.endpoints[endpoint])
        own, filling = of_model(service, endpoint, model), [*steps(service, body)]
        forms.append({"schema": own, "look": look, "data": {}, "steps": filling})
    for (service, endpoint, body), found in zip(filled(), fill_json_forms(forms, tmp_path), strict=True):
        assert (found["faults"], found["missing"]) == ([], 0), found
        told = quote(CATALOGS[service], found["data"], endpoint=endpoint)
        assert told == quote(CATALOGS[service], body, endpoint=endpoint)


def run(folder: Path, script: str) -> str:
    """Run a script beside the examples of the page."""
    linked(folder)
    for name in ("request-resolver.js", "request-type.js"):
        text = SCHEMAS.code(name).replace('"./schemas/', f'"{(ROOT / "schemas").as_uri()}/')
        (folder / name).write_text(text)
    (folder / "package.json").write_text('{"type": "module"}')
    path = folder / "run.mjs"
    path.write_text(script.replace("SCHEMAS", json.dumps(str(ROOT / "schemas"))))
    return node(str(path))


READ = """
import { readFileSync } from "node:fs";
const read = (name) => JSON.parse(readFileSync(`${SCHEMAS}/gptimage2api/${name}.json`, "utf8"));
const wrong = { model: "kling/v2-1-pro", prompt: "a", inputMode: "image_to_video", duration: 7, inputImageUrls: ["a"] };
const right = { ...wrong, duration: 5, inputImageUrls: ["https://a.example/b.png"] };
"""


def test_react_hook_form_tells_faults_at_their_fields_by_the_resolver_of_the_page(tmp_path: Path):
    script = """
import { createFormControl } from "react-hook-form";
import { requestResolver } from "./request-resolver.js";
const resolver = requestResolver(read("video.request.schema"), read("video.violations"));
for (const defaultValues of [wrong, right]) {
  const { handleSubmit } = createFormControl({ defaultValues, resolver });
  const refuse = (errors) => console.log(JSON.stringify(errors));
  await handleSubmit((data) => console.log("taken", data.duration), refuse)();
}
"""
    first, second = run(tmp_path, READ + script).splitlines()
    told = json.loads(first)
    assert (told["duration"]["type"], told["duration"]["message"]) == ("duration.one_of", "must be one of 5, 10")
    assert told["inputImageUrls"][0]["type"] == "references.url"
    assert second == "taken 5"


@pytest.mark.parametrize("view", ["request", "types"])
def test_the_resolver_that_comes_with_react_hook_form_does_not_know_the_draft(tmp_path: Path, view: str):
    script = """
import { ajvResolver } from "@hookform/resolvers/ajv";
await ajvResolver(read("video.VIEW.schema"))(right, undefined, {}).catch((error) => console.log(error.message));
"""
    said = 'no schema with key or ref "https://json-schema.org/draft/2020-12/schema"'
    assert run(tmp_path, READ + script.replace("VIEW", view)).strip() == said


def test_zod_names_the_field_at_fault_where_it_asks_the_definition_of_the_model(tmp_path: Path):
    script = """
import * as z from "zod";
import { requestType } from "./request-type.js";
const view = read("video.types.schema");
const told = (type, value) => type.safeParse(value).error?.issues ?? [];
console.log(JSON.stringify(told(requestType(view, wrong), wrong).map(({ path }) => path)));
const extra = { ...right, extra: 1 };
console.log(told(requestType(view, right), right).length, told(requestType(view, right), extra).length);
console.log(JSON.stringify(told(z.fromJSONSchema(view), wrong).map(({ code }) => code)));
const veo = { ...right, model: "veo3_fast", inputMode: "text_to_video", duration: 8, inputImageUrls: [] };
console.log(told(requestType(view, veo), veo).length);
"""
    paths, counts, whole, veo = run(tmp_path, READ + script).splitlines()
    assert json.loads(paths) == [["duration"], ["inputImageUrls", 0]]
    assert counts == "0 1"
    assert json.loads(whole) == ["invalid_union"]
    assert veo == "0"
