"""The tables of a catalog file as records: every key known, every value of its type, every source named."""

from collections.abc import Callable, Mapping
from datetime import datetime
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin

from attrs import NOTHING, evolve, fields

from pricing_rules.answers import Value
from pricing_rules.catalog.constraints import Rule
from pricing_rules.catalog.cross_rules import rule_of
from pricing_rules.catalog.origins import Origins
from pricing_rules.catalog.provenance import Origin, Provenance
from pricing_rules.catalog.records import Catalog, Tiers
from pricing_rules.catalog.strict import (
    KINDS,
    LARGEST,
    Refused,
    as_amount,
    as_instant,
    as_list,
    as_scalar,
    as_table,
    only_keys,
)
from pricing_rules.errors import CatalogError
from pricing_rules.spelling import hint, listed, shown

Reader = Callable[[Any, Origins], Any]
NAMED = ("fields", "endpoints", "models", "responses", "queries")


def catalog_of(tables: Mapping[str, Any], file: str) -> Catalog:
    """Build the records of a parsed file.

    Raises:
        CatalogError: a key is unknown or missing, or a value is of the wrong type or has no source; names the key.
    """
    try:
        origins = Origins(tables)
        named = {name: _with_ids(tables[name]) for name in NAMED if name in tables}
        known = {"sources": origins.sources, "readings": origins.readings}
        return _with_tiers(_reader(Catalog)({**tables, **named, **known}, origins))
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
def _reader(kind: Any) -> Reader:  # noqa: ANN401 -- any type that a record declares
    """Return what turns a value of a file into one of this type, or refuses it."""
    form, parts = get_origin(kind), get_args(kind)
    if kind in READERS:
        return READERS[kind]
    if form is tuple:
        return _list(_reader(parts[0]))
    if form is Mapping:
        return _mapping(_reader(parts[0]), _reader(parts[1]))
    if form is Literal:
        return lambda value, _: _literal(value, parts)
    return _union(parts) if form is UnionType else _record(kind)


def _list(read: Reader) -> Reader:
    return lambda value, origins: tuple(
        _inside(f"[{index}]", read, item, origins) for index, item in enumerate(as_list(value))
    )


def _mapping(read_key: Reader, read: Reader) -> Reader:
    return lambda value, origins: {
        _inside(key, read_key, key, origins): _inside(key, read, item, origins) for key, item in as_table(value).items()
    }


def _literal(value: object, allowed: tuple[str, ...]) -> str:
    if isinstance(value, str) and value in allowed:
        return value
    raise Refused(f"expected {listed(allowed)}, got {shown(value)}.{hint(value, allowed)}")


def _union(kinds: tuple[Any, ...]) -> Reader:
    """Let the type of a value choose among several; what the only one besides None refuses it refuses itself."""
    readers = {list if get_origin(kind) is tuple else kind: _reader(kind) for kind in kinds if kind is not NoneType}
    if len(readers) == 1:
        return next(iter(readers.values()))
    expected = " or ".join(KINDS.get(kind, "a list") for kind in readers)

    def read(value: object, origins: Origins) -> object:
        if type(value) in readers:
            built: object = readers[type(value)](value, origins)
            return built
        raise Refused(f"expected {expected}, got {shown(value)}")

    return read


def _record(kind: Any) -> Reader:  # noqa: ANN401 -- a class of records
    """Let a table give the fields of a record, and `source`, `reading` and `readings` its provenance."""
    parts = {part.name: (_reader(part.type), part.default is NOTHING) for part in fields(kind) if part.init}
    sourced = parts.pop("provenance", None) is not None
    known = (*parts, "source", "reading", "readings") if sourced else (*parts,)

    def read(value: object, origins: Origins) -> object:
        table, built = dict(as_table(value)), {}
        if sourced and "provenance" in table:
            raise Refused("unknown key; write source or reading", "provenance")
        if sourced:
            built["provenance"] = origins.provenance(table)
        for name in sorted(table.keys() - parts):
            raise Refused(f"unknown key.{hint(name, known)}", name)
        for name, (read_part, is_needed) in parts.items():
            if name in table:
                built[name] = _inside(name, read_part, table[name], origins)
            elif is_needed:
                raise Refused("missing key", name)
        return kind(**built)

    return read


def _inside(place: str, read: Reader, value: object, origins: Origins) -> Any:  # noqa: ANN401 -- what the reader gives
    """Read a value of a table or list; a refusal names the way there."""
    try:
        return read(value, origins)
    except Refused as fault:
        dot = "" if fault.key.startswith("[") or not fault.key else "."
        raise Refused(fault.reason, f"{place}{dot}{fault.key}") from None


def _provenance(table: dict[str, Any], origins: Origins) -> Provenance:
    """Build the provenance of a table that holds nothing else."""
    found = origins.provenance(table)
    only_keys(table, ())
    return found


READERS: Mapping[Any, Reader] = {
    Any: lambda value, _: value,
    int: lambda value, _: as_scalar(value, int),
    str: lambda value, _: as_scalar(value, str),
    bool: lambda value, _: as_scalar(value, bool),
    Fraction: lambda value, _: as_amount(value),
    datetime: lambda value, _: as_instant(value),
    Origin: lambda value, origins: value if isinstance(value, Origin) else origins.reading(value),
    Provenance: lambda value, origins: _provenance(dict(as_table(value)), origins),
    Rule: lambda value, origins: rule_of(as_table(value), origins),
}


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
