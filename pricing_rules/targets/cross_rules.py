"""Rules across fields as JSON Schema: conditions on some fields of a request, and what they then demand of others."""

from collections.abc import Mapping
from itertools import takewhile
from typing import Any, Literal, assert_never

from pricing_rules.catalog.constraints import Claim, Given, MaxItems, NotGiven, OneOf, Rule, Type
from pricing_rules.catalog.records import Field
from pricing_rules.catalog.rulebook import Rulebook

Schema = dict[str, Any]
View = Literal["request", "form"]
JSON_TYPES: Mapping[Type, str] = {
    "string": "string",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "url": "string",
    "urls": "array",
    "object": "object",
    "opaque": "object",
}


def shared_rule(rule: Rule, books: list[Rulebook], view: View, *, always: bool = False) -> Schema:
    """Return a rule that reads the same for every model, for those whose other rules do not say it already.

    It holds `always` if it does where the model is missing or unknown, too.
    """
    able, unable = list[str](), list[str]()
    for book in books:
        (able if is_new(rule, book) else unable).append(book.model.id if book.model else "")
    found = rule_schema(rule, books[0], view)
    if always and not unable:
        return found
    if not always and not able:
        return {}
    models = {"type": "string", "enum": unable if always else able}
    chosen = where(books[0], "model", models, present=True)
    if always:
        chosen = {"not": chosen}
    when = {"allOf": [chosen, found["if"]]} if "if" in found else chosen
    return {**_named(rule, view), "if": when, "then": found.get("then", found)}


def is_new(rule: Rule, book: Rulebook) -> bool:
    """Tell whether a request that keeps every other rule of a model can break this one.

    Two demands that no value meets would make RJSF drop all that it knows of the model.
    """
    return all(_can_be(condition, book) for condition in rule.when) and not all(
        isinstance(claim, NotGiven) and _is_never_given(claim.field, book) for claim in rule.then
    )


def _can_be(condition: OneOf, book: Rulebook) -> bool:
    rules = book.fields[condition.field]
    possible = {*(rules.limit(OneOf) or condition.limit), rules.default} if rules.is_taken else {rules.default}
    return not possible.isdisjoint(condition.limit)


def _is_never_given(name: str, book: Rulebook) -> bool:
    return not book.fields[name].is_taken or book.fields[name].limit(MaxItems) == 0


def where(book: Rulebook, name: str, value: Schema | Literal[False], *, present: bool) -> Schema:
    """Return an object in which one field has a value; `present` if it must stand there."""
    return _inside_of(book.fields[name].field.segments, value, present=present)


def _inside_of(path: tuple[str, ...], value: Schema | Literal[False], *, present: bool) -> Schema:
    found: Any = value
    for key in reversed(path):
        found = {"type": "object", "properties": {key: found}, **({"required": [key]} if present else {})}
    return dict(found)


def rule_schema(rule: Rule, book: Rulebook, view: View) -> Schema:
    """Return what a rule across fields demands of a request to a model."""
    stated = [claim.field for claim in rule.then if isinstance(claim, OneOf) and _is_demanding(claim, book)]
    needed = [claim for claim in rule.then if not isinstance(claim, Given) or not {*claim.fields} & {*stated}]
    claims = [_claim(claim, book, view) for claim in needed]
    then = claims[0] if len(claims) == 1 else {"allOf": claims}
    if not rule.when:
        return {**_named(rule, view), **then}
    conditions = [_one_of(condition, book) for condition in rule.when]
    when = conditions[0] if len(conditions) == 1 else {"allOf": conditions}
    return {**_named(rule, view), "if": when, "then": then}


def _named(rule: Rule, view: View) -> Schema:
    """Name the rule that a part of the request view states, so that a fault of it can be told by its id."""
    return {"$comment": rule.id} if view == "request" else {}


def _one_of(claim: OneOf, book: Rulebook, *, condition: bool = True) -> Schema:
    """Return where a field has one of some values; an absent one counts as its default."""
    rules = book.fields[claim.field]
    absent = (rules.default in claim.limit) if rules.default is not None else not condition
    kind = {"type": JSON_TYPES[rules.field.type]} if condition else {}
    return where(book, claim.field, {**kind, "enum": list(claim.limit)}, present=not absent)


def _is_demanding(claim: OneOf, book: Rulebook) -> bool:
    """Tell whether a claim fails for a field that is absent or empty, so that nothing more need demand the field."""
    default = book.fields[claim.field].default
    return default is not None and default not in claim.limit and "" not in claim.limit


def _claim(claim: Claim, book: Rulebook, view: View) -> Schema:
    match claim:
        case Given(fields=names):
            return _given([book.fields[name].field for name in names], view)
        case NotGiven(field=name):
            return where(book, name, sized(book.fields[name].field, empty=True), present=False)
        case OneOf():
            return _one_of(claim, book, condition=False)
        case _:
            assert_never(claim)


def _given(fields: list[Field], view: View) -> Schema:
    """Return where one of some fields is given; the choice stands at the object around them, where a fault is told.

    A form is told that not all are empty: RJSF would show a choice between two schemas as fields of its own.
    """
    columns = zip(*(field.segments[:-1] for field in fields), strict=False)
    around = tuple(column[0] for column in takewhile(lambda column: len({*column}) == 1, columns))
    empty = view == "form" and len(fields) > 1
    inner = [_inside_of(f.segments[len(around) :], sized(f, empty=empty), present=not empty) for f in fields]
    found = {"not": {"allOf": inner}} if empty else inner[0] if len(inner) == 1 else {"anyOf": inner}
    return _inside_of(around, found, present=True)


def sized(field: Field, *, empty: bool) -> Schema:
    """Return what an empty value of a field is, or what one that is not empty is; nothing can be empty of a number."""
    kind = JSON_TYPES[field.type]
    least, most = {
        "string": ("minLength", "maxLength"),
        "array": ("minItems", "maxItems"),
        "object": ("minProperties", "maxProperties"),
    }.get(kind, ("", ""))
    if not least:
        return {"not": {}} if empty else {"type": kind}
    return {"type": kind, most: 0} if empty else {"type": kind, least: 1}
