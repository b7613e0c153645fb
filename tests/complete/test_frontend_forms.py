"""Forms: RJSF in Chromium, given only the form view, offers what a model takes and submits what can be priced."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from frontend.corpus import ENDPOINTS, schema
from frontend.tools import use_forms
from pricing_rules import options, quote, validate
from pricing_rules.catalog.constraints import NotAllowed, OneOf
from pricing_rules.catalog.formula import TIERED
from pricing_rules.catalog.labels import label_of
from pricing_rules.catalog.records import Field
from pricing_rules.catalog.rulebook import FieldRules
from pricing_rules.request.body import ABSENT, value_of
from support.strategies import CATALOGS, book_of, limits, put

CHOSEN = ("mode", "duration", "resolution", "aspect_ratio")
Step = tuple[str, str, str]
IMAGE = "https://example.com/a.png"
VISITS = [
    (service, endpoint, model.id)
    for service, endpoint in ENDPOINTS
    for model in CATALOGS[service].models.values()
    if model.endpoint == endpoint
]
# typed from the pages Video models and Image models: durations, resolutions, modes
PRINTED = {
    "kling/v2-1-standard": (["5 s", "10 s"], None, ["Image to video"]),
    "sora-2-text-to-video": (["5 s", "10 s", "20 s"], ["720p", "1080p"], ["Text to video"]),
    "veo3_fast": (["8 s"], None, ["Text to video", "Image to video"]),
    "wan/2-6-image-to-video": (["5 s", "10 s", "15 s"], ["720p", "1080p"], ["Image to video"]),
    "nano-banana-pro": (None, ["2K", "4K"], None),
    "gpt-image-2": (None, None, None),
}


def element(field: Field) -> str:
    """Return the id that RJSF gives to the element of a field."""
    return "::".join(("root", *field.segments))


def choices(service: str, rules: FieldRules) -> list[str] | str | None:
    """Return what a form has to show of a field."""
    found = limits(rules)
    if NotAllowed in found:
        return None
    return [label_of(CATALOGS[service], rules.field, value) for value in found[OneOf]] if OneOf in found else "typed"


def choose_model(service: str, model: str) -> Step:
    catalog = CATALOGS[service]
    return ("choose", element(catalog.fields["model"]), catalog.models[model].title)


def bodies(service: str, model: str, mode: str) -> Iterator[dict[str, Any]]:
    """Yield requests to a model in a mode, the dearest first, with and without an image and an aspect ratio."""
    book = book_of(service, model)
    for point in reversed(options(CATALOGS[service], model)):
        tiers = {name: getattr(point.parameters, name) for name in TIERED}
        for references, ratio in product(
            ([IMAGE], None) if mode.startswith("image") else (None, [IMAGE]), (None, "16:9")
        ):
            values = {"model": model, "prompt": "a boat", "mode": mode, **tiers}
            values |= {"references": references, "aspect_ratio": ratio}
            body: dict[str, Any] = {}
            for name, value in values.items():
                if value is not None and name in book.fields:
                    put(body, book.fields[name].field.segments, value)
            yield body


def order(service: str, endpoint: str, model: str, mode: str) -> dict[str, Any]:
    """Return the first of these requests that Python accepts."""
    return next(
        body for body in bodies(service, model, mode) if not validate(CATALOGS[service], body, endpoint=endpoint)
    )


def steps(service: str, body: dict[str, Any]) -> Iterator[Step]:
    """Yield what a person does in a form to make a request, the choice of the model first."""
    model = str(value_of(body, CATALOGS[service].fields["model"]))
    yield choose_model(service, model)
    for name, rules in book_of(service, model).fields.items():
        value, place = value_of(body, rules.field), element(rules.field)
        if name == "model" or value is ABSENT or isinstance(value, dict):
            continue
        match value:
            case [address]:
                yield ("add", place, address)
            case True:
                yield ("tick", place, "")
            case False:
                pass
            case _ if isinstance(choices(service, rules), list):
                yield ("choose", place, label_of(CATALOGS[service], rules.field, value))
            case _:
                yield ("type", place, str(value))


def form_of(service: str, endpoint: str) -> dict[str, Any]:
    books = {model: book_of(service, model) for of, at, model in VISITS if (of, at) == (service, endpoint)}
    fields = next(iter(books.values())).fields
    return {
        "schema": schema(service, endpoint, "form"),
        "look": [element(fields[name].field) for name in CHOSEN if name in fields],
        "visits": [choose_model(service, model) for model in books],
        "fills": [list(steps(service, body)) for body in orders(service, endpoint)],
    }


def orders(service: str, endpoint: str) -> list[dict[str, Any]]:
    """List a request to every model of an endpoint in each of its modes."""
    catalog = CATALOGS[service]
    models = [catalog.models[model] for of, at, model in VISITS if (of, at) == (service, endpoint)]
    return [order(service, endpoint, model.id, mode) for model in models for mode in model.modes or ("",)]


@pytest.fixture(scope="module")
def forms(tmp_path_factory) -> dict[str, Any]:
    """Use the form of every endpoint: all models one after the other, then an order from each in each mode."""
    directory: Path = tmp_path_factory.mktemp("forms")
    return use_forms(
        {f"{service} {endpoint}": form_of(service, endpoint) for service, endpoint in ENDPOINTS}, directory
    )


@pytest.mark.parametrize(("service", "endpoint"), ENDPOINTS)
def test_a_form_offers_of_each_model_after_the_other_what_its_rules_allow(forms, service: str, endpoint: str):
    models = [model for of, at, model in VISITS if (of, at) == (service, endpoint)]
    allowed = {model: book_of(service, model).fields for model in models}
    expected = {
        model: {element(fields[name].field): choices(service, fields[name]) for name in CHOSEN if name in fields}
        for model, fields in allowed.items()
    }
    assert dict(zip(models, forms[f"{service} {endpoint}"]["offered"], strict=True)) == expected


@pytest.mark.parametrize("model", PRINTED)
def test_a_form_offers_what_the_documents_print(forms, model: str):
    endpoint = CATALOGS["gptimage2api"].models[model].endpoint
    models = [name for of, at, name in VISITS if (of, at) == ("gptimage2api", endpoint)]
    offered = forms[f"gptimage2api {endpoint}"]["offered"][models.index(model)]
    assert tuple(offered.get(f"root::{name}") for name in ("duration", "resolution", "inputMode")) == PRINTED[model]


@pytest.mark.parametrize(("service", "endpoint"), ENDPOINTS)
def test_python_prices_what_a_filled_form_submits(forms, service: str, endpoint: str):
    answers = forms[f"{service} {endpoint}"]["answers"]
    assert [answer["refused"] for answer in answers if answer["submitted"] is None] == []
    got = [quote(CATALOGS[service], answer["submitted"], endpoint=endpoint) for answer in answers]
    meant = [quote(CATALOGS[service], body, endpoint=endpoint) for body in orders(service, endpoint)]
    assert [(one.model, one.credits) for one in got] == [(one.model, one.credits) for one in meant]
