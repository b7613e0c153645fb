"""The requests that every contender judges: generated from the rules of all models, with a fixed seed."""

# ruff: noqa: ANN401 -- limits and values are of any type

import random
from collections.abc import Iterator
from typing import Any

from pricing_rules import Catalog
from pricing_rules.catalog.constraints import Maximum, MaxItems, MaxLength, Minimum, NotAllowed, OneOf, Required
from pricing_rules.catalog.records import Model
from pricing_rules.catalog.rulebook import FieldRules, Rulebook, rulebook

Request = dict[str, Any]
SIZE = 2_000
INVALID = 5  # in every fifth round over the models
LONG = 99  # every 99th, of one model after another, has a prompt as long as its model takes
TYPOS = ("promt", "aspect_ratio", "seconds", "colour", "numOutput")


def corpus(catalog: Catalog, seed: int = 5) -> tuple[list[Request], list[Request]]:
    """Return the valid and the invalid requests: 1,600 and 400 with one to three faults, keys in any order."""
    chance = random.Random(seed)  # noqa: S311
    models = list(catalog.models.values())
    valid, invalid = [], []
    for number in range(SIZE):
        model = models[number % len(models)]
        book = rulebook(catalog, catalog.endpoints[model.endpoint], model)
        request = _valid(chance, book, model, long=number % LONG == 1)
        if number // len(models) % INVALID == 0:
            for fault in chance.sample(list(_faults(book)), chance.randint(1, 3)):
                request[fault[0]] = fault[1]
                if fault[1] is None:
                    del request[fault[0]]
            invalid.append(_shuffled(chance, request))
        else:
            valid.append(_shuffled(chance, request))
    return valid, invalid


def _shuffled(chance: random.Random, request: Request) -> Request:
    keys = list(request)
    chance.shuffle(keys)
    return {key: request[key] for key in keys}


def _valid(chance: random.Random, book: Rulebook, model: Model, *, long: bool) -> Request:
    """Make a valid request with its prices given, and about a third of the fields that it may leave out."""
    request: Request = {}
    mode = chance.choice(model.modes)
    for name, rules in book.fields.items():
        kinds = {type(constraint) for constraint in rules.constraints}
        priced = name in ("duration", "resolution")
        if NotAllowed in kinds or (Required not in kinds and not priced and chance.random() > 1 / 3):
            continue
        request[rules.field.segments[0]] = _value(chance, rules, long=long)
    wire = {name: rules.field.segments[0] for name, rules in book.fields.items()}
    request[wire["model"]] = model.id
    if "mode" in wire:
        request[wire["mode"]] = mode
    if mode.startswith("text"):
        request.pop(wire["references"], None)
    else:
        request[wire["references"]] = ["https://example.com/a.png"] * chance.randint(
            1, max(1, _limit(book.fields["references"], MaxItems, 1))
        )
    return request


def _limit(rules: FieldRules, kind: type, other: Any) -> Any:
    return next((constraint.limit for constraint in rules.constraints if isinstance(constraint, kind)), other)


def _value(chance: random.Random, rules: FieldRules, *, long: bool) -> Any:
    listed = _limit(rules, OneOf, ())
    if listed:
        return chance.choice(listed)
    low, high = _limit(rules, Minimum, 0), _limit(rules, Maximum, 100)
    match rules.field.type:
        case "integer":
            return chance.randint(low, high)
        case "number":
            return chance.choice([chance.randint(low, high), round(chance.uniform(low, high), 2)])
        case "opaque":
            return {"quality": "high"}
        case "urls":
            return ["https://example.com/a.png"]
        case _:
            length = _limit(rules, MaxLength, 20) if long else chance.randint(1, 60)
            return "a boat on the sea at night " * (length // 27) + "x" * (length % 27)


def _faults(book: Rulebook) -> Iterator[tuple[str, Any]]:
    """Yield a wrong value of each field, a missing one as None, and unknown fields."""
    for name, rules in book.fields.items():
        if name == "model":
            continue
        key = rules.field.segments[0]
        high = _limit(rules, Maximum, None)
        if any(isinstance(constraint, Required) for constraint in rules.constraints):
            yield key, None
        elif any(isinstance(constraint, NotAllowed) for constraint in rules.constraints):
            yield key, "720p"
        elif rules.field.type == "urls":
            yield key, ["ftp://example.com/a.png"]
        elif _limit(rules, OneOf, ()):
            yield key, 7 if rules.field.type == "number" else "8K"
        elif high is not None:
            yield key, high + 1
        else:
            yield key, 12
    for typo in TYPOS:
        yield typo, 1
