"""Whole requests that a service takes and prices, made from the rules: the examples of the exported schemas."""

from typing import Any, assert_never

from pricing_rules.answers import Value
from pricing_rules.catalog.compiled import models_of
from pricing_rules.catalog.constraints import (
    Given,
    Maximum,
    MaxLength,
    Minimum,
    MinLength,
    NotGiven,
    OneOf,
)
from pricing_rules.catalog.formula import PARAMETERS, TIERED
from pricing_rules.catalog.records import Catalog, Endpoint, Model
from pricing_rules.catalog.rulebook import FieldRules, Rulebook, rulebook
from pricing_rules.errors import InvalidRequest, Unpriced
from pricing_rules.request.quote import quote

TEXT = "A red paper boat on a quiet lake."
ADDRESS = "https://example.com/image.png"
Values = dict[str, Any]  # by canonical name


def examples(catalog: Catalog, endpoint: Endpoint) -> list[dict[str, Any]]:
    """Return a small request for each model of an endpoint, in file order; none for a model whose rules allow none."""
    found = (_example(catalog, endpoint, model) for model in models_of(catalog, endpoint))
    return [body for body in found if body is not None]


def _example(catalog: Catalog, endpoint: Endpoint, model: Model) -> dict[str, Any] | None:
    """Return the first of the model's modes that makes a request which is valid and has a price."""
    book = rulebook(catalog, endpoint, model)
    for mode in model.modes:
        values = _wanted(book, model, mode)
        for _ in range(len(book.rules) + 1):
            body = _body(book, values)
            try:
                quote(catalog, body, endpoint=endpoint.id)
            except InvalidRequest as error:
                _repair(book, values, {violation.rule for violation in error.violations})
            except Unpriced:
                break
            else:
                return body
    return None


def _wanted(book: Rulebook, model: Model, mode: str) -> Values:
    """Choose a value for each field that must be there and for each that the price depends on."""
    chosen = {"model": model.id, "mode": mode}
    required = book.endpoint.required if book.endpoint else ()
    return {
        name: chosen.get(name) or _sample(rules)
        for name, rules in book.fields.items()
        if name in required or (_is_priced_by(rules) and rules.is_taken)
    }


def _is_priced_by(rules: FieldRules) -> bool:
    return rules.field.id in TIERED or (rules.field.id in PARAMETERS and rules.default is None)


def _sample(rules: FieldRules) -> Any:  # noqa: ANN401 -- any JSON value
    """Return a value that keeps to the constraints of a field: the first, the least, or a sentence cut to size."""
    limits: dict[type, Any] = {type(constraint): getattr(constraint, "limit", None) for constraint in rules.constraints}
    if OneOf in limits:
        return limits[OneOf][0]
    match rules.field.type:
        case "string":
            return _text(rules.field.examples, limits.get(MinLength) or 0, limits.get(MaxLength))
        case "integer" | "number":
            return limits.get(Minimum, min(1, limits.get(Maximum, 1)))
        case "boolean":
            return True
        case "url":
            return ADDRESS
        case "urls":
            return [ADDRESS]
        case "object":
            return {}
        case "opaque":
            return {"key": "value"}
        case _:
            assert_never(rules.field.type)


def _text(suggested: tuple[Value, ...], least: int, most: int | None) -> str:
    text = str(suggested[0]) if suggested else TEXT
    return text.ljust(least, ".")[:most]


def _repair(book: Rulebook, values: Values, broken: set[str]) -> None:
    """Change the values so that they keep the rules across fields that they break."""
    for claim in (claim for rule in book.rules if rule.id in broken for claim in rule.then):
        match claim:
            case Given(fields=names):
                values[names[0]] = _sample(book.fields[names[0]])
            case NotGiven(field=name):
                values.pop(name, None)
            case OneOf(field=name, limit=allowed):
                values[name] = allowed[0]
            case _:
                assert_never(claim)


def _body(book: Rulebook, values: Values) -> dict[str, Any]:
    """Put values at their place, in the order of the endpoint's fields."""
    body: dict[str, Any] = {}
    for name, rules in book.fields.items():
        if name in values:
            place = body
            for segment in rules.field.segments[:-1]:
                place = place.setdefault(segment, {})
            value = values[name]
            place.setdefault(rules.field.segments[-1], dict(value) if isinstance(value, dict) else value)
    return body
