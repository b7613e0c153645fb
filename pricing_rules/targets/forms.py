"""Rulebooks as JSON Schema for forms: the form view, with a flat schema for each model, and how a form is laid out."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from pricing_rules.answers import Value
from pricing_rules.catalog.compiled import models_of
from pricing_rules.catalog.constraints import OneOf
from pricing_rules.catalog.formula import PARAMETERS
from pricing_rules.catalog.labels import label_of
from pricing_rules.catalog.records import Catalog, Endpoint, Field
from pricing_rules.catalog.rulebook import FieldRules, Rulebook, rulebook
from pricing_rules.targets.cross_rules import Schema, is_new, rule_schema
from pricing_rules.targets.jsonschema import needed, request_schema
from pricing_rules.targets.names import Names
from pricing_rules.targets.objects import Label, object_schema, value_schema

ROLES = ("model", "mode", "prompt", "references", *PARAMETERS, "aspect_ratio")  # what a form asks first, in this order
MAX_LINE = 200  # characters of text that one line of a form shows


def form_schema(catalog: Catalog, endpoint: Endpoint) -> Schema:
    """Return the form view: what `quote` can price, with labels, and under `$defs` the same for each model alone.

    A schema of one model asks nothing of the others, for forms that read no conditions at the root.
    """
    books = [rulebook(catalog, endpoint, model) for model in models_of(catalog, endpoint)]
    names, label = Names(), partial(label_of, catalog)
    definitions = {
        names.of(book.model.title): _model_schema(book, book.model.id, label) for book in books if book.model
    }
    return {**request_schema(catalog, endpoint, "form"), "$defs": definitions}


def _model_schema(book: Rulebook, model: str, label: Label) -> Schema:
    """Return what can be priced of one model: every field that it takes, and the rules across them."""
    claimed = {name for rule in book.rules for name in rule.about}
    fields = {name: rules for name, rules in book.fields.items() if rules.is_taken}
    members = {name: _member(rules, model, label, fill=name not in claimed) for name, rules in fields.items()}
    required = dict.fromkeys((*(book.endpoint.required if book.endpoint else ()), *needed(book)))
    rules = [rule_schema(rule, book, "form") for rule in book.rules if is_new(rule, book)]
    title = label(book.fields["model"].field, model)
    return {"title": title, **object_schema(book, members, required), **({"allOf": rules} if rules else {})}


def _member(rules: FieldRules, model: str, label: Label, *, fill: bool) -> Schema:
    """Return a field of one model's form; `fill` in what is priced where it is absent, or the only value."""
    field = rules.field
    described: Schema = {"title": field.title, "description": field.about}
    if field.type == "object":
        return described
    if field.id == "model":
        only = [{"const": model, "title": label(field, model)}]
        return {**described, "type": "string", "oneOf": only, "default": model}
    found = {**described, **value_schema(rules, label)}
    values: tuple[Value, ...] = rules.limit(OneOf) or ()
    single = values[0] if rules.is_required and len(values) == 1 else None
    default = rules.assumed if fill and rules.assumed == rules.field.default else single
    return found if default is None else {**found, "default": default}


def layout(catalog: Catalog, endpoint: Endpoint) -> dict[str, Any]:
    """Return how RJSF lays out a form: the order, prose in several lines, the group of what few people ask for.

    `ui:group` is `advanced` for a field that is neither required nor one that every service has; a field that is
    passed on unread is hidden.
    """
    fields = [catalog.fields[name] for name in endpoint.fields]
    return _object(fields, {name for name in endpoint.required if name in catalog.fields}, ())


def _object(fields: list[Field], required: set[str], path: tuple[str, ...]) -> dict[str, Any]:
    inside = sorted((field for field in fields if field.segments[:-1] == path), key=partial(_place, required))
    looks = {field.segments[-1]: _look(field, fields, required) for field in inside}
    return {"ui:order": [field.segments[-1] for field in inside], **{key: look for key, look in looks.items() if look}}


def _place(required: set[str], field: Field) -> tuple[int, int]:
    """Return where a field stands: those that every service has, those that must be there, all others."""
    if field.id in ROLES:
        return 0, ROLES.index(field.id)
    return (1, 0) if field.id in required or field.type == "object" else (2, 0)


def _look(field: Field, fields: list[Field], required: set[str]) -> Mapping[str, Any]:
    if field.type == "object":
        return _object(fields, required, field.segments)
    return dict(_options(field, is_first=field.id in ROLES or field.id in required))


def _options(field: Field, *, is_first: bool) -> Iterator[tuple[str, Any]]:
    if field.type == "opaque":
        yield "ui:widget", "hidden"
    elif _is_prose(field):
        yield "ui:widget", "textarea"
    if not is_first:
        yield "ui:group", "advanced"


def _is_prose(field: Field) -> bool:
    """Tell whether a text is longer than a line; what bounds it, a model may state."""
    most = field.max_length
    return field.type == "string" and (isinstance(most, str) or (most is not None and most > MAX_LINE))
