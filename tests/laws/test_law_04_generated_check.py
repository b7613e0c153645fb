"""Law 4: the generated check says yes iff the explanation is empty, and valid plain JSON requests get their yes so.

The long run of this file is PRICING_RULES_LONG=1: 1,000,000 requests from a seed, and 10,000 for each model.
"""

import os
import random
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing_rules import Catalog, UnknownEndpoint, is_valid, validate
from pricing_rules.catalog.constraints import (
    Maximum,
    MaxItems,
    MaxLength,
    Minimum,
    MinLength,
    NotAllowed,
    OneOf,
    Required,
)
from pricing_rules.catalog.rulebook import FieldRules
from pricing_rules.request.check import current_check
from pricing_rules.request.explanation import explain
from support.strategies import (
    CATALOGS,
    MISSING,
    MODELS,
    Body,
    Text,
    book_of,
    hostile_requests,
    limits,
    near_valid_requests,
    plants,
    put,
)
from support.strategies import valid_requests as valid_by_strategy

REQUESTS = 1_000_000 if os.environ.get("PRICING_RULES_LONG") else 4_000
ADDRESS = "https://example.com/a.png"


def is_plain(value: object) -> bool:
    """Tell whether a value is what a JSON parser makes: no subclass, no Decimal, keys that are text."""
    if type(value) is dict:
        return all(type(key) is str for key in value) and all(map(is_plain, value.values()))
    return all(map(is_plain, value)) if type(value) is list else type(value) in (str, int, float, bool, type(None))


def disagreement(catalog: Catalog, request: object, endpoint: str | None) -> str:
    """Compare the check and the lister with the explanation; empty where they agree."""
    said = current_check(catalog)(request, endpoint)
    try:
        told = explain(catalog, request, endpoint)
        if validate(catalog, request, endpoint=endpoint) != told:
            return "the lister tells other faults than the explanation"
        if is_valid(catalog, request, endpoint=endpoint) != (told == ()):
            return "is_valid answers otherwise than validate"
    except UnknownEndpoint:
        return "the check decides about an endpoint that is not there" if said is not None else ""
    valid = told == ()
    if said is not None and bool(said) != valid:
        return "the check answers otherwise than the explanation"
    return "a valid plain request is left to the explanation" if valid and not said and is_plain(request) else ""


def places(service: str, model: str) -> list[str | None]:
    """List the endpoints that a request may be said to go to: none, its own, the others and one that is unknown."""
    own = CATALOGS[service].models[model].endpoint
    return [None, None, None, own, own, *CATALOGS[service].endpoints, "nowhere"]


@pytest.mark.parametrize(("service", "model"), MODELS)
@given(data=st.data())
def test_the_check_agrees_with_the_explanation(service: str, model: str, data: st.DataObject):
    kind = data.draw(st.sampled_from((valid_by_strategy, near_valid_requests, hostile_requests)))
    endpoint = data.draw(st.sampled_from(places(service, model)))
    assert not disagreement(CATALOGS[service], data.draw(kind(service, model)), endpoint)


@cache
def good_values(rules: FieldRules) -> list[Any]:
    """List values of a field at the edges of its limits, and now and then a form that no JSON parser makes."""
    found = limits(rules)
    low, high = found.get(Minimum, -3), found.get(Maximum, 40)
    numbers = [low, high, float(high), float(low)] * 5
    match rules.field.type:
        case "integer" | "number" if OneOf in found:
            return [form(value) for value in found[OneOf] for form in (*[int, float] * 5, Decimal)]
        case "string" | "boolean" if OneOf in found:
            return list(found[OneOf])
        case "string":
            least, most = found.get(MinLength, 0), found.get(MaxLength, 90)
            return [*["a" * least, "🎬" * most, "a boat"[:most]] * 5, Text("b" * (least + 1))]
        case "integer":
            return [*numbers, Decimal(low)]
        case "number":
            return [*numbers, low + 1, low + 0.5, Decimal(low)]
        case "boolean":
            return [True, False]
        case "url":
            return [ADDRESS, "http://a"]
        case "urls":
            return [[], [ADDRESS], [ADDRESS], [ADDRESS] * found.get(MaxItems, 2)]
        case _:
            return [{}, {"a": [1]}]


def likely(chance: random.Random, service: str, model: str) -> dict[str, Any]:
    """Make a request whose values are good one by one; rules across fields may be broken."""
    request: dict[str, Any] = {}
    for name, rules in book_of(service, model).fields.items():
        kinds = limits(rules)
        if NotAllowed in kinds or (Required not in kinds and chance.random() < 0.6):
            continue
        value = model if name == "model" else chance.choice(good_values(rules))
        put(request, rules.field.segments, dict(value) if isinstance(value, dict) else value)
    references(chance, service, model, request)
    return request


def references(chance: random.Random, service: str, model: str, request: dict[str, Any]) -> None:
    """Give references or none as a mode of the model wants it, most of the time."""
    book = book_of(service, model)
    mode = chance.choice(CATALOGS[service].models[model].modes)
    if "mode" in book.fields:
        put(request, book.fields["mode"].field.segments, mode)
    if chance.random() < 0.9:
        put(request, book.fields["references"].field.segments, MISSING if mode.startswith("text") else [ADDRESS])


def generated(number: int) -> Iterator[tuple[str, Any, str | None]]:
    """Make requests from a seed: half with every value good, the others with one to three faults."""
    chance = random.Random(4)  # noqa: S311 -- the same requests every time
    for _ in range(number):
        service, model = chance.choice(MODELS)
        request = likely(chance, service, model)
        for _ in range(chance.choice((0, 0, 0, 1, 1, 2, 3))):
            chance.choice(plants(book_of(service, model)))[2](request)
        if chance.random() < 0.02:
            request = Body(request)
        yield service, request, chance.choice(places(service, model))


def test_the_check_agrees_with_the_explanation_on_many_requests():
    seen: Counter[str] = Counter()
    wrong = []
    for service, request, endpoint in generated(REQUESTS):
        fault = disagreement(CATALOGS[service], request, endpoint)
        if fault:
            wrong.append((fault, service, request, endpoint))
        seen["yes" if current_check(CATALOGS[service])(request, endpoint) else "not sure"] += 1
    assert wrong[:3] == []
    assert min(seen["yes"], seen["not sure"]) * 5 > REQUESTS
