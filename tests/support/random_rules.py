"""Rules across fields made at random, in every form, for the tables of a catalog that is being drawn."""

import random
from collections.abc import Iterator
from itertools import chain
from typing import Any

Table = dict[str, Any]
OPEN = {"string": ["a", "bb", ""], "integer": [1, 2], "number": [1, 2], "boolean": [True, False]}


def rules(chance: random.Random, fields: Table, models: Table, prices: list[Table]) -> list[Table]:
    """Draw the rules of an endpoint from its fields, its models and their prices: few that nothing can break."""
    domains = {name: values for name, field in fields.items() if (values := _domain(name, field, models, prices))}
    listed = {name: values for name, values in domains.items() if _is_listed(fields[name]) or chance.random() < 0.03}
    found = []
    for number in range(chance.choice((0, 1, 1, 2, 2, 3, 4))):
        names = chance.sample([*listed], min(len(listed), chance.choice((0, 1, 1, 1, 2, 3))))
        when = {name: _some(chance, listed[name]) for name in names}
        then = chance.choice([*_claims(chance, fields, domains)])
        found.append({"id": f"rule.{number}", "when": when, "then": then, "source": "guide"})
    return found


def _claims(chance: random.Random, fields: Table, domains: dict[str, list[Any]]) -> Iterator[Table]:
    """Yield a claim of each form, twice as many of the forms that name values; objects are named often."""
    names = [*fields]
    objects = [name for name in names if fields[name]["type"] == "object"]
    for verb in ("given", "not_given"):
        yield {verb: chance.choice([*names, *objects * 3])}
    if len(names) > 1:
        yield {"any_given": chance.sample(names, min(len(names), chance.choice((2, 2, 3))))}
    valued = [name for name, values in domains.items() if len(values) > 1 and name != "model"]
    for verb in ("given", "field"):
        for name in chance.sample(valued, min(len(valued), 2)):
            yield {verb: name, "one_of": _some(chance, domains[name], proper=True)}


def _some(chance: random.Random, values: list[Any], *, proper: bool = False) -> list[Any]:
    return chance.sample(values, chance.randint(1, max(1, len(values) - proper)))


def _is_listed(field: Table) -> bool:
    return "one_of" in field or field["type"] == "boolean"


def _domain(name: str, field: Table, models: Table, prices: list[Table]) -> list[Any]:
    """Return values that a field can have, none where it cannot be named by its values."""
    match field.get("one_of"):
        case None:
            return OPEN.get(field["type"], [])
        case list(values):
            return values
        case "models":
            return [*models]
        case "modes":
            found = chain.from_iterable(model["modes"] for model in models.values())
        case "tiers":
            found = (_tier(text, field["type"]) for price in prices for text in price.get(name, ()))
        case limit:
            found = chain.from_iterable(model["limits"].get(limit, ()) for model in models.values())
    return [*dict.fromkeys(found)]


def _tier(text: str, kind: str) -> Any:
    return text if kind == "string" else text == "true" if kind == "boolean" else int(text)
