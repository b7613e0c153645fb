"""OpenAPI: a validator of documents in Python and a generator of types in JavaScript take every service's document."""

from pathlib import Path

import pytest
from attrs import evolve
from openapi_spec_validator import OpenAPIV31SpecValidator

from frontend.tools import generate_types, type_errors
from pricing_rules import Catalog
from pricing_rules.targets.openapi import openapi
from support.strategies import CATALOGS


def used(catalog: Catalog) -> str:
    """Write TypeScript that takes each endpoint's request and answers from generated types, and names a model."""
    paths = openapi(catalog)["paths"]
    model_key = "".join(f'["{segment}"]' for segment in catalog.fields["model"].segments)
    lines = [f'import type {{ paths }} from "./{catalog.id}";']
    for name, endpoint in catalog.endpoints.items():
        model = next(model.id for model in catalog.models.values() if model.endpoint == endpoint.id)
        operation = f'paths["{endpoint.path}"]["{endpoint.method.lower()}"]'
        lines += [
            f'type Model_{name} = {operation}["requestBody"]["content"]["application/json"]{model_key};',
            f'export const right_{name}: Model_{name} = "{model}";',
            "// @ts-expect-error",
            f'export const wrong_{name}: Model_{name} = "no such model";',
        ]
        lines += [
            f'export type Answer_{name}_{status} = {operation}["responses"][{status}]["content"]["application/json"];'
            for status in paths[endpoint.path][endpoint.method.lower()]["responses"]
        ]
    return "\n".join(lines)


@pytest.fixture(scope="module")
def complaints(tmp_path_factory) -> list[str]:
    """Type-check what openapi-typescript makes of every service, and a use of it."""
    directory: Path = tmp_path_factory.mktemp("openapi")
    made = generate_types("openapi", {service: openapi(catalog) for service, catalog in CATALOGS.items()})
    for service, text in made.items():
        (directory / f"{service}.d.ts").write_text(text, encoding="utf-8")
        (directory / f"{service}.used.ts").write_text(used(CATALOGS[service]), encoding="utf-8")
    return type_errors(directory)


@pytest.mark.parametrize("service", CATALOGS)
def test_a_document_keeps_to_openapi_3_1(service: str):
    document = openapi(CATALOGS[service])
    assert document["openapi"].startswith("3.1.")
    assert [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()] == []


def test_types_made_from_the_documents_compile_and_know_the_models(complaints: list[str]):
    assert complaints == []


def test_names_of_any_kind_make_valid_components_and_statuses_any_phrase():
    aivideoapi = CATALOGS["aivideoapi"]
    image = aivideoapi.endpoints["image"]
    moved = evolve(aivideoapi.responses["invalid_request"], status=302, message="")
    catalog = evolve(
        aivideoapi,
        endpoints={"an image/é": evolve(image, id="an image/é")},
        models={"gpt-image-2": evolve(aivideoapi.models["gpt-image-2"], endpoint="an image/é")},
        responses={**aivideoapi.responses, "invalid_request": moved},
        bodies={**aivideoapi.bodies, "accepted": {"items": [], "done": True, "of": {}}},
    )
    document = openapi(catalog)
    assert [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()] == []
    assert "AnImageRequest" in document["components"]["schemas"]
    assert document["paths"][image.path]["post"]["responses"]["302"]["description"].startswith(
        "`invalid_request`: An answer.\n\nInferred message: "
    )
