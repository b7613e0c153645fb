"""A form of a catalog with many models: how long it takes when another one is chosen."""

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from frontend.tools import time_choices
from pricing_rules import Catalog, load_catalog
from pricing_rules.targets.forms import form_schema, layout

FEW = 100  # models that one form of RJSF bears easily; the page on schemas names the size beyond which it should not
MANY = 500
MOST = 200  # milliseconds
TRIES = 8


def catalog_of(number: int) -> Catalog:
    """Return the video models of a bundled catalog, again and again under other names, so many in all."""
    tables: dict[str, Any] = tomllib.loads((files("pricing_rules") / "catalogs" / "gptimage2api.toml").read_text())
    video = {name: model for name, model in tables["models"].items() if model["endpoint"] == "video"}
    prices = {name: price for price in tables["prices"] for name in price["models"]}
    copies = [(f"{name}-{turn}", name, turn) for turn in range(number) for name in video][:number]
    left = {name: model for name, model in tables["models"].items() if name not in video}
    made = {copy: {**video[name], "title": f"{video[name]['title']} {turn}"} for copy, name, turn in copies}
    tables["prices"] = [
        *(price for price in tables["prices"] if {*price["models"]} <= left.keys()),
        *({**prices[name], "models": [copy]} for copy, name, _ in copies),
    ]
    tables["models"] = {**left, **made}
    del tables["endpoints"]["video"]["samples"]
    return load_catalog(tables)


def whole(number: int) -> dict[str, Any]:
    """Return a form that holds all models, and the labels of the models that are chosen in it."""
    catalog = catalog_of(number)
    endpoint = catalog.endpoints["video"]
    first, *others = (model for model in catalog.models.values() if model.endpoint == "video")
    start = {"model": first.id, "prompt": "a"}
    titles = [model.title for model in others[:TRIES]]
    return {
        "schema": form_schema(catalog, endpoint),
        "uiSchema": layout(catalog, endpoint),
        "start": start,
        "choices": titles,
    }


def alone(number: int) -> dict[str, Any]:
    """Return a form of one model, and the schemas and data of those that take its place."""
    catalog = catalog_of(number)
    endpoint = catalog.endpoints["video"]
    schemas = list(form_schema(catalog, endpoint)["$defs"].values())[-TRIES - 1 :]
    data = {"prompt": "a"}
    choices = [[schema, data] for schema in schemas[1:]]
    return {"schema": schemas[0], "uiSchema": layout(catalog, endpoint), "start": data, "choices": choices}


@pytest.fixture(scope="module")
def times(tmp_path_factory) -> list[float]:
    """Return the shortest time of a choice: in a form of few models, and in forms of one among many."""
    folder: Path = tmp_path_factory.mktemp("many")
    return [min(every) for every in time_choices([whole(FEW), alone(MANY)], folder)]


def test_a_choice_in_a_form_of_100_models_takes_under_200_milliseconds(times: list[float]):
    assert times[0] < MOST


def test_a_form_of_one_among_500_models_takes_the_place_of_another_in_under_200_milliseconds(times: list[float]):
    assert times[1] < MOST
