"""What every view of a rulebook is written with: the value of a field, and an object with members at their place."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, assert_never

from pricing_rules.answers import Value
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
    Url,
)
from pricing_rules.catalog.records import Field
from pricing_rules.catalog.rulebook import FieldRules, Rulebook
from pricing_rules.targets.cross_rules import JSON_TYPES, Schema

DRAFT = "https://json-schema.org/draft/2020-12/schema"
URL_PATTERN = r"^https?://[\s\S]"
Label = Callable[[Field, Value], str]


def value_schema(rules: FieldRules, label: Label | None = None) -> Schema:
    """Return what one field's value keeps to, values with a `label` for forms; nothing does where none is taken."""
    found: Schema = {}
    for constraint in rules.constraints:
        if label and isinstance(constraint, OneOf):
            found["oneOf"] = [{"const": value, "title": label(rules.field, value)} for value in constraint.limit]
        else:
            found |= _keywords(constraint)
    if rules.field.type == "urls":
        found["items"] = {"type": "string", "pattern": found.pop("pattern")}
    return found


def _keywords(constraint: Constraint) -> Schema:
    match constraint:
        case Required():
            return {}
        case NotAllowed():
            return {"not": {}}
        case OfType(limit=kind):
            return {"type": JSON_TYPES[kind]}
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
            inside(book.fields[other].field.segments, field.segments) for other in (*members, *names)
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


def inside(path: tuple[str, ...], around: tuple[str, ...]) -> bool:
    """Tell whether a path leads into an object."""
    return len(path) > len(around) and path[: len(around)] == around
