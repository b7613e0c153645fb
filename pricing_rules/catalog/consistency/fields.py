"""Whether fields fit their roles, their types and each other."""

from collections.abc import Iterator

from pricing_rules.answers import Value
from pricing_rules.catalog.consistency.fault import Fault, fits, misread, twice
from pricing_rules.catalog.formula import TIERED
from pricing_rules.catalog.records import Catalog, Endpoint, Field, LimitValue, Model
from pricing_rules.spelling import hint, listed, shown

MAX_FIELDS = 500  # some checks take the product of fields and models
ROLES = {"model": ("string",), "mode": ("string",), "references": ("urls",), "outputs": ("integer",)}
LISTS = {"model": "models", "mode": "modes", **dict.fromkeys(TIERED, "tiers")}
BOUNDS = {
    "minimum": ("integer", "number"),
    "maximum": ("integer", "number"),
    "min_length": ("string",),
    "max_length": ("string",),
    "max_items": ("urls",),
    "one_of": ("string", "integer", "number", "boolean"),
    "default": ("string", "integer", "number", "boolean"),
}


def field_faults(catalog: Catalog) -> Iterator[Fault]:
    """Yield what does not fit in the tables of fields."""
    if "model" not in catalog.fields:
        yield ("fields", "there is no field model")
    yield from twice((field.wire for field in catalog.fields.values()), "fields")
    if len(catalog.fields) > MAX_FIELDS:
        yield ("fields", f"there are more than {MAX_FIELDS}")
    objects = {field.segments for field in catalog.fields.values() if field.type == "object"}
    limits = _limits(catalog)
    for field in catalog.fields.values():
        key = f"fields.{field.id}"
        yield from _wire_faults(field, objects, key)
        yield from _role_faults(field, key)
        yield from _bound_faults(field, key)
        yield from _value_faults(field, key)
        yield from _limit_faults(limits, field, key)
        yield from misread(field.provenance, (*BOUNDS, "required", "type", "url"), key)


def _wire_faults(field: Field, objects: set[tuple[str, ...]], key: str) -> Iterator[Fault]:
    plain = field.wire.replace("~0", "").replace("~1", "")
    if not field.wire.startswith("/") or "~" in plain or not all(field.segments):
        yield (f"{key}.wire", f"expected a JSON Pointer such as /input/prompt, got {shown(field.wire)}")
    elif field.segments[:-1] and field.segments[:-1] not in objects:
        around = field.wire.rpartition("/")[0]
        yield (f"{key}.wire", f"there is no field of type object at {shown(around)}")


def _role_faults(field: Field, key: str) -> Iterator[Fault]:
    types = ROLES.get(field.id, (field.type,))
    if field.type not in types:
        yield (f"{key}.type", f"{field.id} is of type {listed(types)}")
    if field.id == "outputs" and (field.minimum is None or field.minimum < 1):
        yield (f"{key}.minimum", "outputs are at least 1: fewer would cost nothing, or less")
    if field.id == "outputs" and field.maximum is None and not isinstance(field.one_of, tuple):
        yield (f"{key}.maximum", "outputs have a largest number")
    named = LISTS.get(field.id)
    if field.one_of != named and (named or field.one_of in LISTS.values()):
        wanted = f"{shown(named)}" if named else "values or the name of a limit"
        yield (f"{key}.one_of", f"{field.id} has {wanted} here, not {shown(field.one_of)}")


def _bound_faults(field: Field, key: str) -> Iterator[Fault]:
    for name, types in BOUNDS.items():
        stated = getattr(field, name)
        if stated is not None and field.type not in types:
            yield (f"{key}.{name}", f"only a field of type {listed(types)} has it; this is {shown(field.type)}")
        if name in ("min_length", "max_length", "max_items") and isinstance(stated, int) and stated < 0:
            yield (f"{key}.{name}", f"expected 0 or more, got {stated}")
    for low, high in (("minimum", "maximum"), ("min_length", "max_length")):
        least, most = getattr(field, low), getattr(field, high)
        if isinstance(least, int) and isinstance(most, int) and least > most:
            yield (f"{key}.{high}", f"{most} is below {low}, {least}")


def _value_faults(field: Field, key: str) -> Iterator[Fault]:
    if isinstance(field.one_of, tuple):
        if not field.one_of:
            yield (f"{key}.one_of", "allows nothing")
        yield from twice(field.one_of, f"{key}.one_of")
        yield from _misfits(field.one_of, field, f"{key}.one_of")
    yield from _misfits(field.examples, field, f"{key}.examples")
    if field.default is not None:
        yield from _misfits((field.default,), field, f"{key}.default")
        if isinstance(field.one_of, tuple) and field.default not in field.one_of:
            yield (f"{key}.default", f"expected {listed(field.one_of)}, got {shown(field.default)}")


def _misfits(values: tuple[Value, ...], field: Field, key: str) -> Iterator[Fault]:
    for value in values:
        if not fits(value, field):
            yield (key, f"{shown(value)} is not a value of this field")


def _limits(catalog: Catalog) -> dict[str, list[LimitValue]]:
    """Gather what models and endpoints state, by the name of the limit."""
    gathered: dict[str, list[LimitValue]] = {}
    holders: tuple[Model | Endpoint, ...] = (*catalog.models.values(), *catalog.endpoints.values())
    for holder in holders:
        for name, value in holder.limits.items():
            gathered.setdefault(name, []).append(value)
    return gathered


def _limit_faults(limits: dict[str, list[LimitValue]], field: Field, key: str) -> Iterator[Fault]:
    """Yield the named limits that no model or endpoint states, or not as what the field needs."""
    for part in ("one_of", "max_length", "max_items"):
        name, wanted = getattr(field, part), tuple if part == "one_of" else int
        if not isinstance(name, str) or name in LISTS.values():
            continue
        if name not in limits:
            yield (f"{key}.{part}", f"no model or endpoint has a limit {shown(name)}.{hint(name, limits)}")
        for value in limits.get(name, ()):
            if not isinstance(value, wanted):
                yield (f"{key}.{part}", f"the limit {name} is {shown(value)}, which does not fit here")
            elif isinstance(value, tuple):
                yield from _misfits(value, field, f"{key}.{part}")
