"""Whether endpoints name fields that there are, in an order that can be judged."""

from collections.abc import Iterator, Mapping

from pricing_rules.catalog.compiled import models_of
from pricing_rules.catalog.consistency.fault import Fault, misread, twice, unknown
from pricing_rules.catalog.records import Catalog, Endpoint, LimitValue
from pricing_rules.spelling import shown

SIZED = ("urls", "integer", "number")


def endpoint_faults(catalog: Catalog) -> Iterator[Fault]:
    """Yield what does not fit in the tables of endpoints; their rules are checked apart."""
    if not catalog.endpoints:
        yield ("endpoints", "there is none")
    for model in catalog.models.values():
        yield from unknown((model.endpoint,), catalog.endpoints, "endpoint", f"models.{model.id}.endpoint")
    for endpoint in catalog.endpoints.values():
        key = f"endpoints.{endpoint.id}"
        yield from unknown(endpoint.fields, catalog.fields, "field", f"{key}.fields")
        yield from twice(endpoint.fields, f"{key}.fields")
        yield from unknown(
            endpoint.required, dict.fromkeys(endpoint.fields), "field of this endpoint", f"{key}.required"
        )
        if "model" not in endpoint.required:
            yield (f"{key}.required", "model is missing")
        yield from _order_faults(catalog, endpoint, key)
        yield from _mode_faults(catalog, endpoint, key)
        yield from limit_faults(endpoint.limits, limits_read(catalog, endpoint), key)
        yield from misread(endpoint.provenance, (*endpoint.limits, "modes", "unknown"), key)
        for index, note in enumerate(endpoint.notes):
            if note.field not in endpoint.fields or catalog.fields[note.field].type not in SIZED:
                yield (f"{key}.notes[{index}].field", f"{shown(note.field)} is no array or number of this endpoint")


def _order_faults(catalog: Catalog, endpoint: Endpoint, key: str) -> Iterator[Fault]:
    seen: set[tuple[str, ...]] = {()}
    for name in endpoint.fields:
        segments = catalog.fields[name].segments
        if segments[:-1] not in seen:
            yield (f"{key}.fields", f"the object around {name} must come before it")
        seen.add(segments)


def _mode_faults(catalog: Catalog, endpoint: Endpoint, key: str) -> Iterator[Fault]:
    """Yield where models have modes and neither a field nor the references tell which one is meant."""
    models = models_of(catalog, endpoint)
    derived = set(endpoint.modes)
    if not derived:
        if "mode" not in endpoint.fields and any(len(model.modes) > 1 for model in models):
            yield (f"{key}.modes", "models have several modes and there is neither a field mode nor this table")
    elif derived != {"without_references", "with_references"}:
        yield (f"{key}.modes", "expected without_references and with_references")
    elif "mode" in endpoint.fields or "references" not in endpoint.fields:
        yield (f"{key}.modes", "modes follow from the references only where there are some and no field mode")


def limits_read(catalog: Catalog, endpoint: Endpoint) -> set[str]:
    """Return the names of the limits that the fields of an endpoint read."""
    fields = [catalog.fields[name] for name in endpoint.fields]
    stated = (getattr(field, part) for field in fields for part in ("one_of", "max_length", "max_items"))
    return {name for name in stated if isinstance(name, str)}


def limit_faults(limits: Mapping[str, LimitValue], read: set[str], key: str) -> Iterator[Fault]:
    """Yield the limits that no field reads, that are negative, or that allow nothing."""
    yield from unknown(limits, read, "field with the limit", f"{key}.limits")
    for name, value in limits.items():
        if value == () or (isinstance(value, int) and value < 0):
            yield (f"{key}.limits.{name}", "allows nothing")
        elif isinstance(value, tuple):
            yield from twice(value, f"{key}.limits.{name}")
