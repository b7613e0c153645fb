"""Rulebooks as JSON Schema for generators of types: a closed object for each shape of a request, and no conditions."""

from typing import Any

from pricing_rules.catalog.records import Catalog, Endpoint
from pricing_rules.targets.cross_rules import Schema, sized
from pricing_rules.targets.jsonschema import DRAFT, object_schema, value_schema
from pricing_rules.targets.shapes import Slot
from pricing_rules.targets.variants import Variant, variants


def types_schema(catalog: Catalog, endpoint: Endpoint) -> Schema:
    """Return the schema whose `oneOf` has one closed object for each shape of a request to an endpoint.

    Raises:
        Inexpressible: a rule depends on a field whose values cannot be listed, or there are too many shapes.
    """
    shapes = [_variant(variant) for variant in variants(catalog, endpoint)]
    return {
        "$schema": DRAFT,
        "$id": f"urn:pricing-rules:{catalog.id}:{endpoint.id}:types",
        "title": f"{endpoint.title} request",
        "description": f"{endpoint.method} {endpoint.path} at {catalog.title}.",
        **({"oneOf": shapes} if shapes else {"not": {}}),  # rules that no request can meet
    }


def _variant(variant: Variant) -> Schema:
    members = {name: _member(name, slot) for name, slot in variant.slots.items() if slot.presence != "absent"}
    required = [name for name, slot in variant.slots.items() if slot.presence in ("required", "demanded")]
    title = f"{variant.model.title} {(variant.mode or '').replace('_', ' ')}".strip()
    return {"title": title, **object_schema(variant.book, members, required)}


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
