"""The table by which errors.mjs tells Ajv's errors as violations: which field and which rule each of them is about."""

from collections.abc import Iterator
from typing import Any

from pricing_rules.catalog.compiled import models_of
from pricing_rules.catalog.constraints import Rule
from pricing_rules.catalog.records import Catalog, Endpoint
from pricing_rules.catalog.rulebook import rulebook
from pricing_rules.request.body import pointer
from pricing_rules.request.explanation import place_of
from pricing_rules.targets.jsonschema import request_schema


def violation_table(catalog: Catalog, endpoint: Endpoint) -> dict[str, Any]:
    """Return what `violations` of errors.mjs reads of an endpoint.

    Returns:
        `elsewhere`: the models of other endpoints. `fields`: the canonical name of each field by its JSON Pointer, in
        the order in which faults are listed. `rules`, those across fields in their order: the id of the `rule`, the
        `path` of its fault, the pointers that it `read`s, and `at` which places of the request view it stands.
    """
    own = models_of(catalog, endpoint)
    places = dict[str, list[str]]()
    for place, name in _named(request_schema(catalog, endpoint, "request"), "#"):
        places.setdefault(name, []).append(place)
    rules = dict[str, Rule]()
    for model in (*own, None):
        for rule in rulebook(catalog, endpoint, model).rules:
            rules.setdefault(rule.id, rule)
    return {
        "elsewhere": [model.id for model in catalog.models.values() if model not in own],
        "fields": {catalog.fields[name].wire: name for name in endpoint.fields},
        "rules": [_told(catalog, rule, places[rule.id]) for rule in _ordered(rules, endpoint) if rule.id in places],
    }


def _ordered(rules: dict[str, Rule], endpoint: Endpoint) -> list[Rule]:
    """Return the rules that follow from the modes, then those of the endpoint."""
    own = {rule.id for rule in endpoint.rules}
    return [rule for rule in rules.values() if rule.id not in own] + [rules[rule.id] for rule in endpoint.rules]


def _told(catalog: Catalog, rule: Rule, places: list[str]) -> dict[str, Any]:
    return {
        "rule": rule.id,
        "path": place_of([catalog.fields[name] for name in rule.about]),
        "read": [catalog.fields[name].wire for name in rule.reads],
        "at": places,
    }


def _named(part: Any, place: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401 -- any part of a schema
    """Yield the place of each part of a schema that states a rule, as Ajv writes it, and the id of the rule."""
    if isinstance(part, dict):
        if "$comment" in part:
            yield place, part["$comment"]
        for key, inner in part.items():
            yield from _named(inner, f"{place}{pointer((key,))}")
    elif isinstance(part, list):
        for index, inner in enumerate(part):
            yield from _named(inner, f"{place}/{index}")
