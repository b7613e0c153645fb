"""Whether fields fit their roles, their types and each other."""

from collections.abc import Iterable, Iterator

from pricing_rules.answers import Value
from pricing_rules.catalog.consistency.checks import fits, misread, twice
from pricing_rules.catalog.faults import Fault, Misspelt, Path
from pricing_rules.catalog.formula import TIERED
from pricing_rules.catalog.records import Catalog, Endpoint, Field, LimitValue, Model
from pricing_rules.spelling import listed, shown

MAX_VALUES = 10_000  # of a limit, over all models
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
        yield ("fields",), "there is no field model"
    yield from twice((field.wire for field in catalog.fields.values()), "fields")
    if len(catalog.fields) > MAX_FIELDS:
        yield ("fields",), f"there are more than {MAX_FIELDS}"
    objects = {field.segments for field in catalog.fields.values() if field.type == "object"}
    limits = _limits(catalog)
    for field in catalog.fields.values():
        path = ("fields", field.id)
        yield from _wire_faults(field, objects, path)
        yield from _role_faults(field, path)
        yield from _bound_faults(field, path)
        yield from _value_faults(field, path)
        yield from _limit_faults(limits, field, path)
        yield from misread(field.provenance, (*BOUNDS, "required", "type", "url"), *path)


def _wire_faults(field: Field, objects: set[tuple[str, ...]], path: Path) -> Iterator[Fault]:
    plain = field.wire.replace("~0", "").replace("~1", "")
    if not field.wire.startswith("/") or "~" in plain or not all(field.segments):
        yield (*path, "wire"), f"expected a JSON Pointer such as /input/prompt, got {shown(field.wire)}"
    elif field.segments[:-1] and field.segments[:-1] not in objects:
        around = field.wire.rpartition("/")[0]
        yield (*path, "wire"), f"there is no field of type object at {shown(around)}"


def _role_faults(field: Field, path: Path) -> Iterator[Fault]:
    types = ROLES.get(field.id, (field.type,))
    if field.type not in types:
        yield (*path, "type"), f"{field.id} is of type {listed(types)}"
    if field.id == "outputs" and (field.minimum is None or field.minimum < 1):
        yield (*path, "minimum"), "outputs are at least 1: fewer would cost nothing, or less"
    if field.id == "outputs" and field.maximum is None and not isinstance(field.one_of, tuple):
        yield (*path, "maximum"), "outputs have a largest number"
    named = LISTS.get(field.id)
    if field.one_of != named and (named or field.one_of in LISTS.values()):
        wanted = f"{shown(named)}" if named else "values or the name of a limit"
        yield (*path, "one_of"), f"{field.id} has {wanted} here, not {shown(field.one_of)}"


def _bound_faults(field: Field, path: Path) -> Iterator[Fault]:
    for name, types in BOUNDS.items():
        stated = getattr(field, name)
        if stated is not None and field.type not in types:
            yield (*path, name), f"only a field of type {listed(types)} has it; this is {shown(field.type)}"
        if name in ("min_length", "max_length", "max_items") and isinstance(stated, int) and stated < 0:
            yield (*path, name), f"expected 0 or more, got {stated}"
    for low, high in (("minimum", "maximum"), ("min_length", "max_length")):
        least, most = getattr(field, low), getattr(field, high)
        if isinstance(least, int) and isinstance(most, int) and least > most:
            yield (*path, high), f"{most} is below {low}, {least}"


def _value_faults(field: Field, path: Path) -> Iterator[Fault]:
    if isinstance(field.one_of, tuple):
        if not field.one_of:
            yield (*path, "one_of"), "allows nothing"
        yield from twice(field.one_of, *path, "one_of")
        yield from _misfits(field.one_of, field, *path, "one_of")
    yield from _misfits(field.examples, field, *path, "examples")
    if field.default is not None:
        yield from _misfits((field.default,), field, *path, "default")
        if isinstance(field.one_of, tuple) and field.default not in field.one_of:
            yield (*path, "default"), f"expected {listed(field.one_of)}, got {shown(field.default)}"


def _misfits(values: Iterable[Value], field: Field, *path: str | int) -> Iterator[Fault]:
    for value in values:
        if not fits(value, field):
            yield path, f"{shown(value)} is not a value of this field"


def _limits(catalog: Catalog) -> dict[str, list[LimitValue]]:
    """Gather what models and endpoints state, by the name of the limit; no value of a list twice."""
    gathered: dict[str, dict[object, LimitValue]] = {}
    holders: tuple[Model | Endpoint, ...] = (*catalog.models.values(), *catalog.endpoints.values())
    for holder in holders:
        for name, stated in holder.limits.items():
            found = gathered.setdefault(name, {})
            for value in stated if isinstance(stated, tuple) else ():
                found[type(value), value] = (value,)
            if isinstance(stated, int):
                found[stated] = stated
    return {name: list(found.values()) for name, found in gathered.items()}


def _limit_faults(limits: dict[str, list[LimitValue]], field: Field, path: Path) -> Iterator[Fault]:
    """Yield the named limits that no model or endpoint states, or not as what the field needs."""
    for part in ("one_of", "max_length", "max_items"):
        name, wanted = getattr(field, part), tuple if part == "one_of" else int
        if not isinstance(name, str) or name in LISTS.values():
            continue
        if name not in limits:
            yield (*path, part), Misspelt(f"no model or endpoint has a limit {shown(name)}.", name, limits)
        if len(limits.get(name, ())) > MAX_VALUES:
            yield (*path, part), f"the limit {name} has more than {MAX_VALUES:,} values"
            continue
        for value in limits.get(name, ()):
            if not isinstance(value, wanted):
                yield (*path, part), f"the limit {name} is {shown(value)}, which does not fit here"
            elif isinstance(value, tuple):
                yield from _misfits(value, field, *path, part)
