"""The tables of a catalog file as records: every key known, every value of its type, every source named."""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import datetime
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin

from attrs import evolve, fields_dict, has

from pricing_rules.answers import Value
from pricing_rules.catalog import Catalog, Tiers
from pricing_rules.constraints import Rule
from pricing_rules.cross_rules import rule_of
from pricing_rules.errors import CatalogError
from pricing_rules.origins import Origins
from pricing_rules.provenance import Origin, Provenance
from pricing_rules.spelling import hint, listed, shown
from pricing_rules.strict import KINDS, LARGEST, Refused, as_amount, as_instant, as_list, as_scalar, as_table, only_keys

ORIGINS: ContextVar[Origins] = ContextVar("the sources and readings of the file that is being read")
NAMED = ("fields", "endpoints", "models", "responses", "queries")


def catalog_of(tables: Mapping[str, Any], file: str) -> Catalog:
    """Build the records of a parsed file.

    Raises:
        CatalogError: a key is unknown or missing, or a value is of the wrong type or has no source; names the key.
    """
    from cattrs import BaseValidationError

    try:
        origins = Origins(tables)
        token = ORIGINS.set(origins)
        try:
            named = {name: _with_ids(tables[name]) for name in NAMED if name in tables}
            known = {"sources": origins.sources, "readings": origins.readings}
            return _with_tiers(_converter().structure({**tables, **named, **known}, Catalog))
        finally:
            ORIGINS.reset(token)
    except BaseValidationError as faults:
        raise CatalogError(file, *_first(faults)) from None
    except Refused as fault:
        raise CatalogError(file, fault.key, fault.reason) from None


def _with_ids(tables: object) -> object:
    if not isinstance(tables, dict):
        return tables
    for name, table in tables.items():
        if isinstance(table, dict) and "id" in table:
            raise Refused("unknown key; the id is the name of the table", f"{name}.id")
    return {name: {**table, "id": name} if isinstance(table, dict) else table for name, table in tables.items()}


@cache
def _converter() -> Any:  # noqa: ANN401 -- cattrs is imported on first use only
    from cattrs import Converter
    from cattrs.gen import make_dict_structure_fn, make_mapping_structure_fn

    converter = Converter(forbid_extra_keys=True)
    several = converter.get_structure_hook(tuple[str, ...])
    hooks: dict[Any, Callable[[Any, Any], Any]] = {
        **dict.fromkeys((int, str, bool), as_scalar),
        Fraction: lambda value, _: as_amount(value),
        datetime: lambda value, _: as_instant(value),
        Origin: lambda value, _: value if isinstance(value, Origin) else ORIGINS.get().reading(value),
        Provenance: lambda value, _: value if isinstance(value, Provenance) else _provenance(dict(as_table(value))),
        Rule: lambda value, _: rule_of(as_table(value), ORIGINS.get()),
    }
    for kind, hook in hooks.items():
        converter.register_structure_hook(kind, hook)
    converter.register_structure_hook_func(_made_of(tuple), lambda value, kind: several(as_list(value), kind))
    converter.register_structure_hook_func(_made_of(Literal), _literal)
    converter.register_structure_hook_func(
        lambda kind: isinstance(kind, UnionType), lambda value, kind: _union(value, kind, converter)
    )
    converter.register_structure_hook_factory(
        _made_of(Mapping), lambda kind: _tabled(make_mapping_structure_fn(kind, converter))
    )
    converter.register_structure_hook_factory(
        lambda kind: has(kind) and kind not in hooks,
        lambda kind: _tabled(make_dict_structure_fn(kind, converter), sourced="provenance" in fields_dict(kind)),
    )
    return converter


def _made_of(form: Any) -> Callable[[Any], bool]:  # noqa: ANN401 -- tuple, Mapping or Literal
    return lambda kind: get_origin(kind) is form


def _provenance(table: dict[str, Any]) -> Provenance:
    """Build the provenance of a table that holds nothing else."""
    found = ORIGINS.get().provenance(table)
    only_keys(table, ())
    return found


def _tabled(build: Callable[[Any, Any], Any], *, sourced: bool = False) -> Callable[[Any, Any], Any]:
    """Let a hook see tables only, and `source`, `reading` and `readings` as one provenance."""

    def hook(value: object, kind: Any) -> Any:  # noqa: ANN401 -- the shape of a cattrs hook
        table = dict(as_table(value))
        if sourced:
            if "provenance" in table:
                raise Refused("unknown key; write source or reading", "provenance")
            table["provenance"] = ORIGINS.get().provenance(table)
        return build(table, kind)

    return hook


def _literal(value: object, kind: Any) -> object:  # noqa: ANN401 -- a Literal type
    allowed = get_args(kind)
    if isinstance(value, str) and value in allowed:
        return value
    raise Refused(f"expected {listed(allowed)}, got {shown(value)}.{hint(value, allowed)}")


def _union(value: object, kind: Any, converter: Any) -> object:  # noqa: ANN401 -- a union type
    members = [member for member in get_args(kind) if member is not NoneType]
    for member in members:
        shape = list if get_origin(member) is tuple else member
        if len(members) == 1 or type(value) is shape:
            built: object = converter.structure(value, member)
            return built
    allowed = (KINDS.get(member, "a list") for member in members)
    raise Refused(f"expected {' or '.join(allowed)}, got {shown(value)}")


def _with_tiers(catalog: Catalog) -> Catalog:
    """Give the tiers of prices the type of their field: a key of a TOML table is always text."""
    prices = (
        evolve(
            price,
            duration=_tiers(price.duration, catalog, "duration", f"prices[{index}].duration"),
            resolution=_tiers(price.resolution, catalog, "resolution", f"prices[{index}].resolution"),
            audio=_tiers(price.audio, catalog, "audio", f"prices[{index}].audio"),
        )
        for index, price in enumerate(catalog.prices)
    )
    return evolve(catalog, prices=tuple(prices))


def _tiers(tiers: Tiers, catalog: Catalog, name: str, key: str) -> Tiers:
    if not tiers:
        return tiers
    if name not in catalog.fields:
        raise Refused(f"there is no field {name!r} to ask for a tier", key)
    return {_tier(str(text), catalog.fields[name].type, key): multiplier for text, multiplier in tiers.items()}


def _tier(text: str, kind: str, key: str) -> Value:
    match kind:
        case "string" if text:
            return text
        case "integer" | "number" if text.isascii() and text.isdigit() and str(min(int(text[:16]), LARGEST)) == text:
            return int(text)
        case "boolean" if text in ("true", "false"):
            return text == "true"
        case _:
            raise Refused(f"{shown(text)} is no tier of a field of type {kind}", key)


def _first(faults: Any) -> tuple[str, str]:  # noqa: ANN401 -- a group of cattrs
    """Return the key path and the reason of the first fault in a group."""
    from cattrs import AttributeValidationNote, BaseValidationError

    with_notes, without = faults.group_exceptions()
    for fault in without:  # unknown keys alone have no note
        name, known = min(fault.extra_fields), {*fields_dict(fault.cl), "source", "reading", "readings"}
        return name, f"unknown key.{hint(name, known - {'provenance', 'compiled'})}"
    fault, note = with_notes[0]
    place = note.name if isinstance(note, AttributeValidationNote) else note.index
    place = place if isinstance(place, str) else f"[{place}]"
    if isinstance(fault, BaseValidationError):
        key, reason = _first(fault)
    elif isinstance(fault, KeyError):
        key, reason = "", "missing key"
    else:
        key, reason = getattr(fault, "key", ""), str(fault)
    return _joined(place, key), reason


def _joined(place: str, key: str) -> str:
    return f"{place}{key}" if key.startswith("[") or not key else f"{place}.{key}"
