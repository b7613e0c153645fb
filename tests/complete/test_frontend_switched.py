"""RJSF in two themes, in Chromium: a model chosen after any other changes nothing else, and shows what is stale."""

import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from frontend.corpus import ENDPOINTS, schema
from frontend.tools import switch_models
from pricing_rules import InvalidRequest, Unpriced, quote
from pricing_rules.request.body import value_of
from pricing_rules.targets.forms import layout
from support.strategies import CATALOGS, put

THEMES = ("mui", "antd")
LONG = bool(os.environ.get("PRICING_RULES_LONG"))


def element(segments: tuple[str, ...]) -> str:
    return "::".join(("root", *segments))


@cache
def cases(theme: str, service: str, endpoint: str) -> list[tuple[Any, Any]]:
    """Return, for every model and every other, the example of the one and what it is when the other is chosen.

    Of the second theme's a third, but for a long run.
    """
    field = CATALOGS[service].fields["model"]
    found = []
    bodies = schema(service, endpoint, "form")["examples"]
    for body in bodies:
        for other in bodies:
            if other is not body:
                chosen = _copied(body)
                put(chosen, field.segments, value_of(other, field))
                found.append((body, chosen))
    return found if LONG or theme == THEMES[0] else found[::3]


def _copied(body: Any) -> Any:
    return {key: _copied(value) for key, value in body.items()} if isinstance(body, dict) else body


def stale(service: str, endpoint: str, body: Any) -> set[str]:
    """Return the elements at which Python finds a fault, or misses a value that the price needs."""
    catalog = CATALOGS[service]
    try:
        quote(catalog, body, endpoint=endpoint)
    except InvalidRequest as invalid:
        found = {element(tuple(one.path.split("/")[1:])) for one in invalid.violations}
        return found | {element(catalog.fields[name].segments) for name in missing(service, body)}
    except Unpriced as unpriced:
        return {element(catalog.fields[name].segments) for name in unpriced.missing}
    return set()


def missing(service: str, body: Any) -> list[str]:
    """Name the parameters that the price of the model needs and an invalid request leaves out."""
    catalog = CATALOGS[service]
    model = catalog.models[value_of(body, catalog.fields["model"])]
    price = next(price for price in catalog.prices if model.id in price.models)
    needed = [name for name in ("duration", "resolution", "audio") if price.tiers(name) and not price.default.get(name)]
    return [name for name in needed if not isinstance(value_of(body, catalog.fields[name]), str | int)]


@pytest.fixture(scope="module")
def switched(tmp_path_factory) -> dict[tuple[str, str, str], list[dict[str, Any]]]:
    """Choose each model after each other in a form of each endpoint, in both themes."""
    pictures: Path = tmp_path_factory.mktemp("switched")
    names = [(theme, service, endpoint) for theme in THEMES for service, endpoint in ENDPOINTS]
    return dict(zip(names, switch_models([form(*name) for name in names], pictures), strict=True))


def form(theme: str, service: str, endpoint: str) -> dict[str, Any]:
    catalog = CATALOGS[service]
    field = catalog.fields["model"]
    return {
        "name": f"{service}-{endpoint}",
        "theme": theme,
        "schema": schema(service, endpoint, "form"),
        "uiSchema": layout(catalog, catalog.endpoints[endpoint]),
        "model": element(field.segments),
        "cases": [
            {"formData": body, "label": catalog.models[value_of(chosen, field)].title}
            for body, chosen in cases(theme, service, endpoint)
        ],
    }


PAIRS = pytest.mark.parametrize(("service", "endpoint"), [one for one in ENDPOINTS if len(cases(THEMES[0], *one)) > 1])
THEME = pytest.mark.parametrize("theme", THEMES)


@THEME
@PAIRS
def test_choosing_another_model_changes_nothing_else(switched, theme: str, service: str, endpoint: str):
    defaults = {rules.segments[-1] for rules in CATALOGS[service].fields.values() if rules.default is not None}
    for (_, chosen), found in zip(cases(theme, service, endpoint), switched[theme, service, endpoint], strict=True):
        told = {key: value for key, value in found["data"].items() if key in chosen or key not in defaults}
        assert told == chosen


@THEME
@PAIRS
def test_what_is_left_is_priced_by_python_or_has_an_error_at_each_stale_value_and_nowhere_else(
    switched, theme: str, service: str, endpoint: str
):
    for (_, chosen), found in zip(cases(theme, service, endpoint), switched[theme, service, endpoint], strict=True):
        if found["submitted"] is not None:
            assert quote(CATALOGS[service], found["submitted"], endpoint=endpoint).credits > 0
            assert found["errors"] == {}
        else:
            assert {*found["errors"]} == stale(service, endpoint, chosen), chosen
            assert len(found["refused"]) == len(found["errors"])


@THEME
def test_errors_are_in_words_that_a_person_can_act_on(switched, theme: str):
    listed = [said for found in switched[theme, "gptimage2api", "video"] for said in found["refused"] or ()]
    assert "resolution: is not taken by this model" in listed
    assert [said for said in listed if said.startswith(":")] == []
    words = {word for found in switched[theme, "gptimage2api", "video"] for word in found["errors"].values()}
    assert {"is not one of the choices", "is not taken by this model"} <= words
    assert [word for word in words if "then" in word or "constant" in word or "oneOf" in word] == []
