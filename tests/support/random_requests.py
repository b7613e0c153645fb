"""Requests to a catalog at the boundaries of its own rules: most values good one by one, some one step past a limit."""

import random
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from pricing_rules import Catalog
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
from pricing_rules.catalog.records import Model
from pricing_rules.catalog.rulebook import FieldRules, Rulebook, book_of
from support.strategies import MISSING, limits, put

ADDRESS = "https://a"
ODD = (None, True, False, 0, 1, 2.5, "", "a", [], {}, [ADDRESS], {"a": None})  # of every JSON type

Request = dict[str, Any]


def requests(seed: int, catalog: Catalog, number: int) -> Iterator[tuple[str, Any]]:
    """Make requests, each with the endpoint that it goes to: nearly always that of its model."""
    chance = random.Random(f"{seed} {catalog.id}")  # noqa: S311 -- the same requests every time
    for _ in range(number):
        model = chance.choice([*catalog.models.values()])
        book = book_of(catalog, model)
        request = _good(chance, book, model)
        for _ in range(chance.choice((0, 0, 0, 0, 1, 1, 2))):
            _fault(chance, book, request)
        yield (model.endpoint if chance.random() < 0.97 else chance.choice([*catalog.endpoints])), request


def _good(chance: random.Random, book: Rulebook, model: Model) -> Request:
    """Make a request whose values are good one by one; the rules across fields may be broken."""
    request: Request = {}
    often = chance.choice((0.2, 0.5, 0.9))  # near-empty requests, and near-full ones
    absent: set[tuple[str, ...]] = set()
    for name, rules in book.fields.items():
        path, kinds = rules.field.segments, limits(rules)
        wanted = Required in kinds or chance.random() < often
        if path[:-1] in absent or NotAllowed in kinds or not wanted:
            absent.add(path)
        else:
            put(request, path, model.id if name == "model" else chance.choice(_edges(rules)))
    return request


def _edges(rules: FieldRules) -> list[Any]:
    """List the values of a field that stand at the edges of what it takes."""
    found = limits(rules)
    if OneOf in found:
        values = found[OneOf]
        return [*values, *(float(value) for value in values if type(value) is int)]
    match rules.field.type:
        case "string":
            least = found.get(MinLength, 0)
            lengths = {least, least + 1, most if (most := found.get(MaxLength)) is not None else least + 2}
            return [symbol * length for symbol in "a🎬" for length in lengths if length >= least] + ["bb"]
        case "integer" | "number":
            low, high = found.get(Minimum, -3), found.get(Maximum, 6)
            fractions = [low + 0.5, high - 0.25] if rules.field.type == "number" else []
            return [
                low,
                high,
                float(low),
                float(high),
                *(value for value in (1, 2, *fractions) if low <= value <= high),
            ]
        case "boolean":
            return [True, False]
        case "url":
            return [ADDRESS, "http://a"]
        case "urls":
            most = found.get(MaxItems, 2)
            return [[], [ADDRESS] * min(1, most), [ADDRESS] * most]
        case "opaque":
            return [{}, {"a": [None]}]
        case _:
            return [{}]


def _fault(chance: random.Random, book: Rulebook, request: Request) -> None:
    """Plant a value one step past a limit, a wrong type, a missing or an unknown key."""
    rules = chance.choice([*book.fields.values()])
    path = rules.field.segments
    wrong = chance.choice((_past(rules), ODD, (MISSING,)))
    value = chance.choice(wrong)
    put(request, path, value if value is MISSING else deepcopy(value))  # for another fault may change it
    if chance.random() < 0.15:
        put(request, (*path[:-1], "unknown"), 1)


def _past(rules: FieldRules) -> tuple[Any, ...]:
    """List values one step past each limit of a field."""
    found = limits(rules)
    wrong: list[Any] = [MISSING]
    wrong += [found[Minimum] - 1, found[Minimum] - 0.5] if Minimum in found else []
    wrong += [found[Maximum] + 1, found[Maximum] + 0.5] if Maximum in found else []
    wrong += ["🎬" * (found[MinLength] - 1)] if found.get(MinLength) else []
    wrong += ["🎬" * (found[MaxLength] + 1)] if MaxLength in found else []
    wrong += [[ADDRESS] * (found[MaxItems] + 1)] if MaxItems in found else []
    wrong += [["http://"], ["ftp://a"], [5]] if rules.field.type == "urls" else []
    wrong += ["http://", "HTTP://a"] if rules.field.type == "url" else []
    return (*wrong, *(f"{value}x" if isinstance(value, str) else not value for value in found.get(OneOf, ())[:1]))
