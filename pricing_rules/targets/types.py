"""Rulebooks as JSON Schema for generators of types: closed objects for each model and mode, and no conditions."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from pricing_rules.catalog.records import Catalog, Endpoint
from pricing_rules.targets.cross_rules import Schema, sized
from pricing_rules.targets.names import Names
from pricing_rules.targets.objects import DRAFT, object_schema, value_schema
from pricing_rules.targets.shapes import Slot
from pricing_rules.targets.variants import Variant, variants


def types_schema(catalog: Catalog, endpoint: Endpoint) -> Schema:
    """Return the schema whose `oneOf` has one definition for each model and mode of an endpoint.

    Raises:
        Inexpressible: a rule depends on a field whose values cannot be listed, or there are too many shapes.
    """
    found = definitions(catalog, endpoint, Names())
    return {
        "$schema": DRAFT,
        "$id": f"urn:pricing-rules:{catalog.id}:{endpoint.id}:types",
        "title": f"{endpoint.title} request",
        "description": f"{endpoint.method} {endpoint.path} at {catalog.title}.",
        **one_of(found, "#/$defs"),
        "$defs": found,
    }


def definitions(catalog: Catalog, endpoint: Endpoint, names: Names) -> dict[str, Schema]:
    """Return what each model of an endpoint takes in each of its modes, by a name made of their titles.

    It is a closed object, or a `oneOf` of several where rules across fields divide what it takes.

    Raises:
        Inexpressible: a rule depends on a field whose values cannot be listed, or there are too many shapes.
    """
    found: dict[str, Schema] = {}
    for _, group in groupby(variants(catalog, endpoint), key=lambda variant: (variant.model.id, variant.mode)):
        alike = list(group)
        shapes = [_variant(variant) for variant in alike]
        title = alike[0].title
        found[names.of(title)] = shapes[0] if len(shapes) == 1 else {"title": title, "oneOf": shapes}
    return found


def one_of(names: Iterable[str], place: str) -> Schema:
    """Return the choice among definitions at a place; nothing is allowed where rules leave no request."""
    chosen = [{"$ref": f"{place}/{name}"} for name in names]
    return {"oneOf": chosen} if chosen else {"not": {}}


def _variant(variant: Variant) -> Schema:
    members = {name: _member(name, slot) for name, slot in variant.slots.items() if slot.presence != "absent"}
    required = [name for name, slot in variant.slots.items() if slot.presence in ("required", "demanded")]
    return {"title": variant.title, **object_schema(variant.book, members, required)}


def _member(name: str, slot: Slot) -> Schema:
    field = slot.rules.field
    described: dict[str, Any] = {"description": field.about}
    if field.type == "object":
        return described
    described |= value_schema(slot.rules)
    if slot.values is not None:
        described.pop("enum", None)
        return described | ({"const": slot.values[0]} if name in ("model", "mode") else {"enum": list(slot.values)})
    return described | (sized(field, empty=slot.size == "empty") if slot.size != "any" else {})
