"""Overlay files: TOML to records, strictly; every fault of a file is told at once."""

import os
from collections.abc import Callable, Mapping
from datetime import datetime
from fractions import Fraction
from os import PathLike
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from attrs import NOTHING, evolve, fields, frozen, has

from pricing_rules.answers import Value
from pricing_rules.catalog.loading import tables_of
from pricing_rules.catalog.origins import Documented
from pricing_rules.catalog.provenance import Origin
from pricing_rules.catalog.strict import (
    KINDS,
    Refused,
    as_amount,
    as_instant,
    as_list,
    as_scalar,
    as_table,
    as_text,
    as_values,
)
from pricing_rules.spelling import hint, listed, shown
from pricing_rules.tariffs.consistency import overlay_faults
from pricing_rules.tariffs.faults import Fault, overlay_error
from pricing_rules.tariffs.overlay import Overlay


def load_overlay(source: str | PathLike[str]) -> Overlay:
    """Return the overlay that a file holds; whether it fits a catalog, `overlaid` tells.

    Args:
        source: the path of a TOML file.

    Raises:
        CatalogError: the file cannot be read or used; names the file and every key at fault.
        TypeError: the source is no path.
    """
    if not isinstance(source, str | PathLike):
        raise TypeError(f"load_overlay takes the path of an overlay file, not {shown(source)}")
    path = os.fsdecode(source)
    file = Path(path).name
    faults: list[Fault] = []
    try:
        tables = tables_of(path, file)
    except RecursionError:
        raise overlay_error(file, [("", "tables or lists are nested too deep")]) from None
    reading = _Reading(_sources(tables.get("sources", {}), faults), faults)
    found = _record(Overlay, {name: inner for name, inner in tables.items() if name != "sources"}, "", reading)
    if not faults:
        faults += overlay_faults(found)
    if faults:
        raise overlay_error(file, faults)
    overlay: Overlay = evolve(found, file=file)
    return overlay


@frozen(eq=False)
class _Reading:
    """The sources of a file, and the faults that were found in it so far."""

    sources: Mapping[str, str]
    faults: list[Fault]


def _sources(tables: object, faults: list[Fault]) -> Mapping[str, str]:
    if not isinstance(tables, dict):
        faults.append(("sources", f"expected a table, got {shown(tables)}"))
        return {}
    for name, place in tables.items():
        if not isinstance(place, str) or not place:
            faults.append((_join("sources", name), f"expected text, got {shown(place)}"))
    return {name: str(place) for name, place in tables.items()}


def _record(kind: Any, table: object, key: str, reading: _Reading) -> Any:  # noqa: ANN401 -- a class of records
    """Return the record that a table gives, None where it is at fault."""
    parts = {part.name: part for part in fields(kind) if part.metadata.get("in_file", True)}
    if not isinstance(table, dict):
        reading.faults.append((key, f"expected a table, got {shown(table)}"))
        return None
    before = len(reading.faults)
    for name in table.keys() - parts.keys():
        reading.faults.append((_join(key, name), f"unknown key.{hint(name, parts)}"))
    values: dict[str, Any] = {}
    for name, part in parts.items():
        if name in table:
            values[name] = _value(part.type, table[name], _join(key, name), reading)
        elif part.default is NOTHING:
            reading.faults.append((_join(key, name), "missing key"))
    return kind(**values) if len(reading.faults) == before else None


def _value(kind: Any, value: object, key: str, reading: _Reading) -> Any:  # noqa: ANN401 -- as the type says
    is_union = get_origin(kind) in (Union, UnionType)
    members = [member for member in get_args(kind) if member is not NoneType] if is_union else [kind]
    only = members[0] if len(members) == 1 else kind
    item = get_args(only)[0] if get_origin(only) is tuple else None
    try:
        if has(only):
            return _record(only, value, key, reading)
        if item is not None and has(item):
            return tuple(_record(item, one, f"{key}[{place}]", reading) for place, one in enumerate(as_list(value)))
        return _leaf(only, value, reading.sources)
    except Refused as fault:
        reading.faults.append((_join(key, fault.key), fault.reason))
        return None


def _leaf(kind: Any, value: object, sources: Mapping[str, str]) -> object:  # noqa: ANN401 -- a type
    if kind is Documented:
        names = value if isinstance(value, list) and value else [value]
        return Origin("documented", "; ".join(_source(name, sources) for name in names))
    if get_origin(kind) is Literal:
        return _choice(value, get_args(kind))
    return LEAVES[kind](value)


def _source(name: object, sources: Mapping[str, str]) -> str:
    if isinstance(name, str) and name in sources:
        return sources[name]
    raise Refused(f"there is no source {shown(name)}.{hint(name, sources)}")


def _choice(value: object, allowed: tuple[str, ...]) -> str:
    if isinstance(value, str) and value in allowed:
        return value
    raise Refused(f"expected {listed(allowed)}, got {shown(value)}.{hint(value, allowed)}")


def _scalar(value: object) -> object:
    if type(value) in KINDS:
        return as_scalar(value, type(value))
    raise Refused(f"expected text, an integer, true or false, got {shown(value)}")


def _texts(value: object) -> tuple[str, ...]:
    return tuple(as_text(one, f"[{place}]") for place, one in enumerate(as_list(value)))


def _amounts(value: object) -> Mapping[str, Fraction]:
    return {name: _inside(name, as_amount, one) for name, one in as_table(value).items()}


def _inside(name: str, read: Callable[[Any], Any], value: object) -> Any:  # noqa: ANN401 -- what the reader gives
    try:
        return read(value)
    except Refused as fault:
        raise Refused(fault.reason, name) from None


def _join(key: str, name: str) -> str:
    return key + name if name.startswith("[") else ".".join(filter(None, (key, name)))


LEAVES: Mapping[Any, Callable[[Any], object]] = {
    str: as_text,
    Fraction: as_amount,
    datetime: as_instant,
    tuple[str, ...]: _texts,
    tuple[Value, ...]: lambda value: as_values(value, ""),
    Value | None: _scalar,
    Mapping[str, Fraction]: _amounts,
}
