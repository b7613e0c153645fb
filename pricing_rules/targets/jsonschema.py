"""Rulebooks as JSON Schema, draft 2020-12: a view for validators and one for forms; targets/types.py has the third.

Both are one flat object with what all models share; `allOf` adds what each model narrows and the rules across fields.
"""

from collections.abc import Mapping
from functools import partial

from pricing_rules.catalog.compiled import models_of
from pricing_rules.catalog.constraints import OneOf, Rule
from pricing_rules.catalog.formula import PARAMETERS
from pricing_rules.catalog.labels import label_of
from pricing_rules.catalog.records import Catalog, Endpoint
from pricing_rules.catalog.rulebook import FieldRules, Rulebook, rulebook
from pricing_rules.targets.cross_rules import JSON_TYPES, Schema, View, is_new, rule_schema, shared_rule, where
from pricing_rules.targets.objects import DRAFT, Label, inside, object_schema, value_schema


def request_schema(catalog: Catalog, endpoint: Endpoint, view: View) -> Schema:
    """Return the schema that a request to an endpoint keeps to.

    Args:
        catalog: the service's catalog.
        endpoint: one of its endpoints.
        view: `request` accepts what `validate` accepts; `form` accepts what `quote` can price, with labels for forms.
    """
    books = [rulebook(catalog, endpoint, model) for model in models_of(catalog, endpoint)]
    any_model = rulebook(catalog, endpoint, None)
    label = partial(label_of, catalog) if view == "form" else None
    values = [_values(book, label) for book in books]
    claimed = {name for rule in {rule for book in books for rule in book.rules} for name in rule.about}
    shared = {
        name: _shared(
            rules,
            [own[name] for own in values if name in own],
            label,
            fill=name not in claimed and all(_keeps_default(book.fields[name]) for book in books),
        )
        for name, rules in any_model.fields.items()
    }
    common = [rule for rule in endpoint.rules if _is_shared(rule, books)]
    always = [rule for rule in common if _holds_always(rule, books, any_model, view)]
    branches = [_branch(book, own, common, shared, view) for book, own in zip(books, values, strict=True)]
    if view == "request":
        branches.append(_otherwise(any_model, books, always, shared))
    combined = [
        part
        for part in (*branches, *(shared_rule(rule, books, view, always=rule in always) for rule in common))
        if part
    ]
    return {
        "$schema": DRAFT,
        "$id": f"urn:pricing-rules:{catalog.id}:{endpoint.id}:{view}",
        "title": endpoint.title,
        "description": f"{endpoint.method} {endpoint.path} at {catalog.title}.",
        **object_schema(any_model, shared, endpoint.required),
        **({"allOf": combined} if combined else {}),
    }


def _values(book: Rulebook, label: Label | None = None) -> dict[str, Schema]:
    """Return what a model says of the value of each field that can differ from model to model."""
    fields = book.fields.items()
    return {n: value_schema(rules, label) for n, rules in fields if n != "model" and rules.field.type != "object"}


def _keeps_default(rules: FieldRules) -> bool:
    """Tell whether a model that takes a field is priced at the field's default where it is absent."""
    return not rules.is_taken or rules.assumed == rules.field.default


def _shared(rules: FieldRules, every: list[Schema], label: Label | None, *, fill: bool) -> Schema:
    """Return what every model agrees on for a field: all of it, or the type alone.

    A form must not `fill` in the default of a field of which a rule across fields demands something.
    """
    field = rules.field
    described: Schema = {"title": field.title, "description": field.about}
    if field.type == "object":
        return described
    if label and field.default is not None and fill:
        described["default"] = field.default
    if field.examples:
        described["examples"] = list(field.examples)
    if field.id == "model":
        return {**described, **value_schema(rules, label)}
    agreed = every[0] if all(other == every[0] for other in every) else {"type": JSON_TYPES[field.type]}
    return {**described, **agreed}


def _branch(
    book: Rulebook, values: Mapping[str, Schema], common: list[Rule], shared: Mapping[str, Schema], view: View
) -> Schema:
    """Return what one model narrows, as if and then; nothing where it narrows nothing."""
    own = {name: found for name, found in values.items() if not _within(found, shared[name])}
    hidden = [name for name, found in own.items() if view == "form" and "not" in found]
    narrowed = {name: _narrower(found, shared[name], view) for name, found in own.items() if name not in hidden}
    required = needed(book) if view == "form" else []
    parts = [object_schema(book, narrowed, required, closed=False)] if narrowed or required else []
    parts += [_hidden(book, name) for name in hidden]
    parts += [rule_schema(rule, book, view) for rule in book.rules if rule not in common and is_new(rule, book)]
    if not parts:
        return {}
    chosen = {"type": "string", "const": book.model.id if book.model else ""}
    return {"if": where(book, "model", chosen, present=True), "then": joined(parts)}


def _otherwise(any_model: Rulebook, books: list[Rulebook], always: list[Rule], shared: Mapping[str, Schema]) -> Schema:
    """Return what holds where the model is missing or unknown, besides the rules that always hold.

    It changes no verdict, but a request is told all that is wrong with it.
    """
    values = _values(any_model)
    narrowed = {
        name: _narrower(found, shared[name], "request")
        for name, found in values.items()
        if not _within(found, shared[name])
    }
    parts = [object_schema(any_model, narrowed, (), closed=False)] if narrowed else []
    parts += [rule_schema(rule, any_model, "request") for rule in any_model.rules if rule not in always]
    if not parts:
        return {}
    known = {"type": "string", "enum": [book.model.id for book in books if book.model]}
    return {"if": where(any_model, "model", known, present=True), "else": joined(parts)}


def joined(parts: list[Schema]) -> Schema:
    """Return what keeps to all of some schemas."""
    return parts[0] if len(parts) == 1 else {"allOf": parts}


def _hidden(book: Rulebook, name: str) -> Schema:
    """Return that a model takes no such field, in a form: one that is empty is not shown, and one that is not is wrong.

    A value that another model took stays where it is seen, until somebody takes it away.
    """
    return {
        "if": where(book, name, {}, present=True),
        "then": where(book, name, {"not": {}}, present=False),
        "else": where(book, name, value=False, present=False),
    }


def _narrower(found: Schema, shared: Schema, view: View) -> Schema:
    """Return what a model says of a field beyond what all say."""
    if view == "form":
        return found
    return {key: value for key, value in found.items() if key != "type" or "enum" not in found or key not in shared}


def _within(found: Schema, shared: Schema) -> bool:
    return all(shared.get(key) == value for key, value in found.items())


def needed(book: Rulebook) -> list[str]:
    """Name the parameters that a price needs and a request may leave out, and the objects around them."""
    priced = [name for name in PARAMETERS if name in book.fields and _is_needed(book.fields[name])]
    paths = [book.fields[name].field.segments for name in priced]
    required = book.endpoint.required if book.endpoint else ()
    around = [
        name
        for name, rules in book.fields.items()
        if name not in required and any(inside(path, rules.field.segments) for path in paths)
    ]
    return priced + around


def _is_needed(rules: FieldRules) -> bool:
    usable = rules.limit(OneOf) or (rules.assumed,)
    return rules.is_taken and (rules.assumed is None or rules.assumed not in usable)


def _is_shared(rule: Rule, books: list[Rulebook]) -> bool:
    """Tell whether a rule reads the same for every model: defaults may differ with the price."""
    return len({tuple(book.fields[name].default for name in rule.reads) for book in books}) == 1


def _holds_always(rule: Rule, books: list[Rulebook], any_model: Rulebook, view: View) -> bool:
    """Tell whether a rule that models share holds in the same words where the model is missing or unknown.

    A form is told of it for those models alone that can break it: two demands that no value meets would make RJSF
    drop all that it knows of the model.
    """
    is_new_to_all = all(is_new(rule, book) for book in books)
    return is_new_to_all if view == "form" else _is_shared(rule, [*books, any_model])
