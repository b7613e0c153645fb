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
from pricing_rules.catalog.records import Catalog, Endpoint, Field
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
    shared = {name: _shared(any_model.fields[name], books, view) for name in endpoint.fields}
    branches = [_branch(book, books, shared, view) for book in books]
    rules = [shared_rule(rule, books, view) for rule in endpoint.rules if _is_shared(rule, books)]
    combined = [branch for branch in (*branches, *rules) if branch]
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


def _shared(rules: FieldRules, books: list[Rulebook], view: View) -> Schema:
    """Return what every model agrees on for a field: all of it, or the type alone."""
    field = rules.field
    described: Schema = {"title": field.title, "description": field.about}
    if field.type == "object":
        return described
    is_default = all(own.assumed == field.default for own in (b.fields[field.id] for b in books) if own.is_taken)
    if view == "form" and field.default is not None and is_default and not _is_claimed(field, books):
        described["default"] = field.default
    if field.examples:
        described["examples"] = list(field.examples)
    if field.id == "model":
        return {**described, **value_schema(rules, view)}
    every = [value_schema(book.fields[field.id], view) for book in books]
    agreed = every[0] if all(other == every[0] for other in every) else {"type": JSON_TYPES[field.type]}
    return {**described, **agreed}


def _is_claimed(field: Field, books: list[Rulebook]) -> bool:
    """Tell whether a rule across fields demands something of a field, so that a form must not fill in its default."""
    return any(field.id in rule.about for book in books for rule in book.rules)


def _branch(book: Rulebook, books: list[Rulebook], shared: Mapping[str, Schema], view: View) -> Schema:
    """Return what one model narrows, as if and then; nothing where it narrows nothing."""
    narrowed: dict[str, Any] = {}
    for name, rules in book.fields.items():
        found = value_schema(rules, view)
        if name != "model" and rules.field.type != "object" and not _within(found, shared[name]):
            narrowed[name] = _narrower(found, shared[name], view)
    needed = [name for name in PARAMETERS if view == "form" and _is_priced(book, name)]
    rules_of_model = [rule_schema(r, book, view) for r in book.rules if not _is_shared(r, books) and is_new(r, book)]
    parts = [object_schema(book, narrowed, needed, closed=False)] if narrowed or needed else []
    parts += rules_of_model
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


def _is_priced(book: Rulebook, name: str) -> bool:
    """Tell whether a price needs a parameter that the model's requests may leave out."""
    rules = book.fields.get(name)
    return rules is not None and rules.assumed is None and rules.is_taken


def _is_shared(rule: Rule, books: list[Rulebook]) -> bool:
    """Tell whether a rule reads the same for every model: defaults may differ with the price."""
    return all(
        rule in book.rules and rule_schema(rule, book, "request") == rule_schema(rule, books[0], "request")
        for book in books
    )


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
        inner = [other for other in (*members, *names) if _inside(book.fields[other].field, field)]
        if field.type != "object":
            if name in members:
                found["properties"][field.segments[-1]] = members[name]
        elif closed or inner:
            described = members.get(name, {})
            nested = object_schema(book, members, names, field.segments, closed=closed)
            found["properties"][field.segments[-1]] = {**described, **nested}
    keys = [book.fields[name].field.segments[-1] for name in names if book.fields[name].field.segments[:-1] == path]
    if keys:
        found["required"] = keys
    if closed:
        found["additionalProperties"] = False
    return found


def _inside(field: Field, around: Field) -> bool:
    return field.segments[: len(around.segments)] == around.segments and field is not around
