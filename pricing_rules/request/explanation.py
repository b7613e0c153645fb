"""Every violation of a request, by interpreting the constraints: the reference meaning of the rules."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain, islice
from typing import assert_never

from pricing_rules.amounts import is_number, is_whole
from pricing_rules.answers import Limit, Value, Violation
from pricing_rules.catalog.compiled import models_of
from pricing_rules.catalog.constraints import (
    URL_PREFIXES,
    Bound,
    Claim,
    Constraint,
    Given,
    Maximum,
    MaxItems,
    MaxLength,
    Minimum,
    MinLength,
    NotAllowed,
    NotGiven,
    OfType,
    OneOf,
    Required,
    Rule,
    Type,
    Url,
    rule_id,
    rule_sentence,
    sentence,
)
from pricing_rules.catalog.records import Catalog, Endpoint, Field, Model
from pricing_rules.catalog.rulebook import FieldRules, Rulebook, rulebook
from pricing_rules.request.body import ABSENT, is_given, pointer, target, value_at, value_of
from pricing_rules.request.unknown_keys import unknown_keys
from pricing_rules.spelling import hint, shown

MAX_FAULTY_ITEMS = 1_000  # of one array: a body of 10 MB can hold millions
JSON_TYPES = {"url": "string", "urls": "array", "opaque": "object"}


def explain(
    catalog: Catalog, request: object, endpoint: str | None = None, at: datetime | None = None
) -> tuple[Violation, ...]:
    """List every fault of a request: fields in the endpoint's order, rules across fields, unknown fields; one per path.

    Raises:
        UnknownEndpoint: the catalog has no such endpoint.
    """
    place, model = target(catalog, request, endpoint)
    if not isinstance(request, dict):
        origin = (place or catalog.fields["model"]).provenance.origin
        message = f"the body must be an object; got {shown(request)}."
        return (Violation("", "body.type", message, "object", origin.basis, origin.source),)
    if place and model and model.endpoint != place.id:
        return (_elsewhere(catalog, place, model),)
    book = rulebook(catalog, place, model, at)
    faults, faulty = _field_faults(book, request)
    found: dict[str, Violation] = {}
    for violation in chain(faults, _rule_faults(book, request, faulty), unknown_keys(book, request)):
        found.setdefault(violation.path, violation)
    return tuple(found.values())


def _elsewhere(catalog: Catalog, endpoint: Endpoint, model: Model) -> Violation:
    field = catalog.fields["model"]
    here = tuple(other.id for other in models_of(catalog, endpoint))
    there = f"belongs to the endpoint {shown(model.endpoint)}; this is {shown(endpoint.id)}"
    message = f"'{field.name}' {shown(model.id)} {there}."
    origin = endpoint.provenance.origin
    return Violation(field.wire, "model.endpoint", message, here, origin.basis, origin.source)


def _field_faults(book: Rulebook, body: object) -> tuple[list[Violation], set[str]]:
    """List the faults of single fields, and name the fields at fault: also those inside a missing or wrong object."""
    faults: list[Violation] = []
    faulty: dict[tuple[str, ...], str] = {}
    for name, rules in book.fields.items():
        path = rules.field.segments
        around = body if len(path) == 1 else value_at(body, path[:-1])
        if not isinstance(around, dict):
            if path[:-1] in faulty:
                faulty[path] = name
            continue
        value = dict.get(around, path[-1], ABSENT)
        if value is ABSENT and not isinstance(rules.constraints[0], Required):
            continue  # like most fields of most requests
        found = list(_value_faults(rules, value))
        if found:
            faults += found
            faulty[path] = name
    return faults, {*faulty.values()}


def _value_faults(rules: FieldRules, value: object) -> Iterator[Violation]:
    for constraint in rules.constraints:
        if breaks(constraint, value):
            yield broken(constraint, rules.field, value)
            break
    if rules.field.type == "urls" and isinstance(value, list):
        for index, item in faulty_items(value):
            yield broken_item(rules.field, index, item)


def breaks(constraint: Constraint, value: object) -> bool:
    """Tell whether a value breaks a constraint that the ones before it leave to judge; only Required judges absence."""
    match constraint:
        case Required():
            return value is ABSENT
        case NotAllowed():
            return True
        case OfType(limit=kind):
            return not has_type(value, kind)
        case OneOf(limit=values):
            return value not in values
        case Minimum(limit=limit):
            return value < limit  # type: ignore[operator]
        case Maximum(limit=limit):
            return value > limit  # type: ignore[operator]
        case MinLength(limit=limit):
            return str.__len__(value) < limit  # type: ignore[arg-type]
        case MaxLength(limit=limit):
            return str.__len__(value) > limit  # type: ignore[arg-type]
        case MaxItems(limit=limit):
            return list.__len__(value) > limit  # type: ignore[arg-type]
        case Url():
            return isinstance(value, str) and not is_url(value)
        case _:
            assert_never(constraint)


def has_type(value: object, kind: Type) -> bool:
    """Tell whether a value has a JSON type: 5.0 is an integer, a bool is no number, a tuple no array."""
    match kind:
        case "string" | "url":
            return isinstance(value, str)
        case "integer":
            return is_whole(value)
        case "number":
            return is_number(value)
        case "boolean":
            return isinstance(value, bool)
        case "urls":
            return isinstance(value, list)
        case "object" | "opaque":
            return isinstance(value, dict)
        case _:
            assert_never(kind)


def is_url(value: str) -> bool:
    """Tell whether text starts with http:// or https:// and goes on."""
    return any(str.startswith(value, prefix) and str.__len__(value) > len(prefix) for prefix in URL_PREFIXES)


def broken(constraint: Constraint, field: Field, value: object) -> Violation:
    """Tell of a value that breaks a constraint of its field."""
    said = sentence(constraint, field.name)
    limit: Limit | None = None
    match constraint:
        case Required() | NotAllowed():
            message = f"{said}."
        case MinLength() | MaxLength() | MaxItems():
            message, limit = f"{said}; got {len(value):,}.", constraint.limit  # type: ignore[arg-type]
        case OneOf():
            message, limit = f"{said}; got {shown(value)}.{hint(value, constraint.limit)}", constraint.limit
        case OfType():
            message, limit = f"{said}; got {shown(value)}.", JSON_TYPES.get(constraint.limit, constraint.limit)
        case Bound():
            message, limit = f"{said}; got {shown(value)}.", constraint.limit
        case Url():
            message, limit = f"{said}; got {shown(value)}.", URL_PREFIXES
        case _:
            assert_never(constraint)
    return Violation(field.wire, rule_id(constraint), message, limit, constraint.origin.basis, constraint.origin.source)


def faulty_items(items: list[object]) -> Iterator[tuple[int, object]]:
    """Yield the items of an array that are no URLs, at most 1,000, each with its index."""
    numbered = enumerate(list.__iter__(items))
    return islice((one for one in numbered if not isinstance(one[1], str) or not is_url(one[1])), MAX_FAULTY_ITEMS)


def broken_item(field: Field, index: int, item: object) -> Violation:
    """Tell of an item of an array that is no URL."""
    origin, text = field.provenance.of("url"), isinstance(item, str)
    constraint = Url(field.id, origin) if text else OfType(field.id, "string", origin)
    limit: Limit = URL_PREFIXES if text else "string"
    message = f"{sentence(constraint, f'{field.name}[{index}]')}; got {shown(item)}."
    return Violation(f"{field.wire}/{index}", rule_id(constraint), message, limit, origin.basis, origin.source)


def _rule_faults(book: Rulebook, body: object, faulty: set[str]) -> Iterator[Violation]:
    for rule in book.rules:
        if (not faulty or faulty.isdisjoint(rule.reads)) and not _keeps(rule, book, body):
            present = any(value_of(body, book.fields[name].field) is not ABSENT for name in rule.about)
            yield broken_rule(book, rule, present)


def broken_rule(book: Rulebook, rule: Rule, present: object) -> Violation:
    """Tell of a rule across fields; `present` is whether one of those that it is about is there."""
    names = {name: rules.field.name for name, rules in book.fields.items()}
    fields = [book.fields[name].field for name in rule.about]
    origin = rule.empty if rule.empty and present else rule.origin
    message = f"{rule_sentence(rule, names)}."
    return Violation(place_of(fields), rule.id, message, _limit(rule), origin.basis, origin.source)


def _keeps(rule: Rule, book: Rulebook, body: object) -> bool:
    conditions = (_effective(book, condition.field, body) in condition.limit for condition in rule.when)
    return not all(conditions) or all(_holds(claim, book, body) for claim in rule.then)


def _holds(claim: Claim, book: Rulebook, body: object) -> bool:
    match claim:
        case Given(fields=names):
            return any(is_given(value_of(body, book.fields[name].field)) for name in names)
        case NotGiven(field=name):
            return not is_given(value_of(body, book.fields[name].field))
        case OneOf(field=name, limit=values):
            value = _effective(book, name, body)
            return value is ABSENT or value in values
        case _:
            assert_never(claim)


def _effective(book: Rulebook, name: str, body: object) -> object:
    rules = book.fields[name]
    value = value_of(body, rules.field)
    return rules.default if value is ABSENT and rules.default is not None else value


def _limit(rule: Rule) -> tuple[Value, ...] | None:
    return next((claim.limit for claim in rule.then if isinstance(claim, OneOf)), None)


def place_of(fields: list[Field]) -> str:
    """Return where a fault of several fields is told: at the only one, else at the innermost object that holds all."""
    if len(fields) == 1:
        return fields[0].wire
    paths = [field.segments[:-1] for field in fields]
    shared = min(paths, key=len)
    while any(path[: len(shared)] != shared for path in paths):
        shared = shared[:-1]
    return pointer(shared)
