"""Rulebooks as JSON Schema, draft 2020-12: a view for validators and one for forms; targets/types.py has the third.

Both are one flat object with what all models share; `allOf` adds what each model narrows and the rules across fields.
"""

from collections.abc import Iterable, Mapping
from typing import Any, assert_never

from pricing_rules.catalog.compiled import models_of
from pricing_rules.catalog.constraints import (
    Constraint,
    Maximum,
    MaxItems,
    MaxLength,
    Minimum,
    MinLength,
    NotAllowed,
    OfType,
    OneOf,
    Required,
    Rule,
    Url,
)
from pricing_rules.catalog.formula import PARAMETERS
from pricing_rules.catalog.records import Catalog, Endpoint
from pricing_rules.catalog.rulebook import FieldRules, Rulebook, rulebook
from pricing_rules.targets.cross_rules import JSON_TYPES, Schema, View, is_new, rule_schema, shared_rule, where

DRAFT = "https://json-schema.org/draft/2020-12/schema"
URL_PATTERN = r"^https?://[\s\S]"


def request_schema(catalog: Catalog, endpoint: Endpoint, view: View) -> Schema:
    """Return the schema that a request to an endpoint keeps to.

    Args:
        catalog: the service's catalog.
        endpoint: one of its endpoints.
        view: `request` accepts what `validate` accepts; `form` accepts what `quote` can price, with labels for forms.
    """
    books = [rulebook(catalog, endpoint, model) for model in models_of(catalog, endpoint)]
    any_model = rulebook(catalog, endpoint, None)
    values = [_values(book, view) for book in books]
    claimed = {name for rule in {rule for book in books for rule in book.rules} for name in rule.about}
    shared = {
        name: _shared(
            rules,
            [own[name] for own in values if name in own],
            view,
            fill=name not in claimed and all(_keeps_default(book.fields[name]) for book in books),
        )
        for name, rules in any_model.fields.items()
    }
    common = [rule for rule in endpoint.rules if _is_shared(rule, books)]
    branches = [_branch(book, own, common, shared, view) for book, own in zip(books, values, strict=True)]
    combined = [part for part in (*branches, *(shared_rule(rule, books, view) for rule in common)) if part]
    return {
        "$schema": DRAFT,
        "$id": f"urn:pricing-rules:{catalog.id}:{endpoint.id}:{view}",
        "title": endpoint.title,
        "description": f"{endpoint.method} {endpoint.path} at {catalog.title}.",
        **object_schema(any_model, shared, endpoint.required),
        **({"allOf": combined} if combined else {}),
    }


def value_schema(rules: FieldRules, view: View = "request") -> Schema:
    """Return what one field's value keeps to; nothing does where the model does not take it."""
    found: Schema = {}
    for constraint in rules.constraints:
        found |= _keywords(constraint, view)
    if rules.field.type == "urls":
        found["items"] = {"type": "string", "pattern": found.pop("pattern")}
    return found


def _keywords(constraint: Constraint, view: View) -> Schema:
    match constraint:
        case Required():
            return {}
        case NotAllowed():
            return {"not": {}}
        case OfType(limit=kind):
            return {"type": JSON_TYPES[kind]}
        case OneOf(limit=values) if view == "form":
            return {"oneOf": [{"const": value, "title": str(value)} for value in values]}
        case OneOf(limit=values):
            return {"enum": list(values)}
        case Minimum(limit=limit):
            return {"minimum": limit}
        case Maximum(limit=limit):
            return {"maximum": limit}
        case MinLength(limit=limit):
            return {"minLength": limit}
        case MaxLength(limit=limit):
            return {"maxLength": limit}
        case MaxItems(limit=limit):
            return {"maxItems": limit}
        case Url():
            return {"pattern": URL_PATTERN}
        case _:
            assert_never(constraint)


def _values(book: Rulebook, view: View) -> dict[str, Schema]:
    """Return what a model says of the value of each field that can differ from model to model."""
    fields = book.fields.items()
    return {n: value_schema(rules, view) for n, rules in fields if n != "model" and rules.field.type != "object"}


def _keeps_default(rules: FieldRules) -> bool:
    """Tell whether a model that takes a field is priced at the field's default where it is absent."""
    return not rules.is_taken or rules.assumed == rules.field.default


def _shared(rules: FieldRules, every: list[Schema], view: View, *, fill: bool) -> Schema:
    """Return what every model agrees on for a field: all of it, or the type alone.

    A form must not `fill` in the default of a field of which a rule across fields demands something.
    """
    field = rules.field
    described: Schema = {"title": field.title, "description": field.about}
    if field.type == "object":
        return described
    if view == "form" and field.default is not None and fill:
        described["default"] = field.default
    if field.examples:
        described["examples"] = list(field.examples)
    if field.id == "model":
        return {**described, **value_schema(rules, view)}
    agreed = every[0] if all(other == every[0] for other in every) else {"type": JSON_TYPES[field.type]}
    return {**described, **agreed}


def _branch(
    book: Rulebook, values: Mapping[str, Schema], common: list[Rule], shared: Mapping[str, Schema], view: View
) -> Schema:
    """Return what one model narrows, as if and then; nothing where it narrows nothing."""
    narrowed = {
        name: _narrower(found, shared[name], view) for name, found in values.items() if not _within(found, shared[name])
    }
    needed = _needed(book) if view == "form" else []
    parts = [object_schema(book, narrowed, needed, closed=False)] if narrowed or needed else []
    parts += [rule_schema(rule, book, view) for rule in book.rules if rule not in common and is_new(rule, book)]
    if not parts:
        return {}
    chosen = {"type": "string", "const": book.model.id if book.model else ""}
    then = parts[0] if len(parts) == 1 else {"allOf": parts}
    return {"if": where(book, "model", chosen, present=True), "then": then}


def _narrower(found: Schema, shared: Schema, view: View) -> Schema | bool:
    """Return what a model says of a field beyond what all say; False, where it takes none, hides it in a form."""
    if view == "form":
        return False if "not" in found else found
    return {key: value for key, value in found.items() if key != "type" or "enum" not in found or key not in shared}


def _within(found: Schema, shared: Schema) -> bool:
    return all(shared.get(key) == value for key, value in found.items())


def _needed(book: Rulebook) -> list[str]:
    """Name the parameters that a price needs and a request may leave out, and the objects around them."""
    priced = [name for name in PARAMETERS if name in book.fields and _is_needed(book.fields[name])]
    paths = [book.fields[name].field.segments for name in priced]
    required = book.endpoint.required if book.endpoint else ()
    around = [
        name
        for name, rules in book.fields.items()
        if name not in required and any(_inside(path, rules.field.segments) for path in paths)
    ]
    return priced + around


def _is_needed(rules: FieldRules) -> bool:
    usable = rules.limit(OneOf) or (rules.assumed,)
    return rules.is_taken and (rules.assumed is None or rules.assumed not in usable)


def _is_shared(rule: Rule, books: list[Rulebook]) -> bool:
    """Tell whether a rule reads the same for every model: defaults may differ with the price."""
    return len({tuple(book.fields[name].default for name in rule.reads) for book in books}) == 1


def object_schema(
    book: Rulebook,
    members: Mapping[str, Any],
    required: Iterable[str],
    path: tuple[str, ...] = (),
    *,
    closed: bool = True,
) -> Schema:
    """Return an object with members at their place; those in other objects are wrapped in theirs."""
    found: Schema = {"type": "object", "properties": {}}
    names = tuple(required)
    for name, rules in book.fields.items():
        field = rules.field
        if field.segments[:-1] != path:
            continue
        if field.type != "object":
            if name in members:
                found["properties"][field.segments[-1]] = members[name]
        elif name in members or any(
            _inside(book.fields[other].field.segments, field.segments) for other in (*members, *names)
        ):
            described = members.get(name, {})
            nested = object_schema(book, members, names, field.segments, closed=closed)
            found["properties"][field.segments[-1]] = {**described, **nested}
    keys = [book.fields[name].field.segments[-1] for name in names if book.fields[name].field.segments[:-1] == path]
    if keys:
        found["required"] = keys
    if closed:
        found["additionalProperties"] = False
    return found


def _inside(path: tuple[str, ...], around: tuple[str, ...]) -> bool:
    return len(path) > len(around) and path[: len(around)] == around
