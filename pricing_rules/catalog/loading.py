"""Catalog files: TOML to records, strictly, with errors that name the file and every key at fault."""

import os
from collections.abc import Mapping
from os import PathLike
from typing import Any

from pricing_rules.catalog.consistency import inconsistencies
from pricing_rules.catalog.faults import Refused, catalog_error
from pricing_rules.catalog.mapping import tables_from
from pricing_rules.catalog.records import Catalog
from pricing_rules.catalog.tables import read
from pricing_rules.catalog.toml import MAX_BYTES, parsed
from pricing_rules.errors import CatalogError, CatalogFault, UnknownService
from pricing_rules.spelling import shown

BUNDLED = os.path.join(os.path.dirname(os.path.dirname(__file__)), "catalogs")
TABLES = "tables"  # what stands for the name of the file where there is none
SEPARATORS = tuple(filter(None, (os.sep, os.altsep)))

_loaded: dict[str, Catalog] = {}


def services() -> tuple[str, ...]:
    """Return the ids of the bundled catalogs."""
    return tuple(sorted(name.removesuffix(".toml") for name in os.listdir(BUNDLED) if name.endswith(".toml")))


def load_catalog(source: str | PathLike[str] | Mapping[str, Any]) -> Catalog:
    """Return a catalog: a bundled one by its id, loaded once, a file by its path, or one of parsed tables.

    Args:
        source: the id of a service; or a PathLike, or text with a path separator or the ending ".toml"; or the tables
            of a catalog file, such as `tomllib.loads` returns them, which are copied.

    Raises:
        UnknownService: no bundled catalog has this id; names the nearest.
        CatalogError: the file cannot be read or used; names the file and every key at fault.
        TypeError: the source is neither text nor a path nor a mapping.
    """
    if isinstance(source, Mapping):
        return _of_tables(source)
    if not isinstance(source, str | PathLike):
        taken = "the id of a service, the path of a catalog file or its tables"
        raise TypeError(f"load_catalog takes {taken}, not {shown(source)}")
    if isinstance(source, PathLike) or source.endswith(".toml") or any(mark in source for mark in SEPARATORS):
        return _load(os.fsdecode(source))
    if source not in _loaded:
        if source not in services():
            raise UnknownService(source, services())
        return _loaded.setdefault(source, _load(os.path.join(BUNDLED, f"{source}.toml")))
    return _loaded[source]


def catalog_of(tables: Mapping[str, Any], file: str) -> Catalog:
    """Return the catalog that the tables of a parsed file make.

    Raises:
        CatalogError: tells every fault of their shape, or, where they have none, every fault of their meaning.
    """
    catalog, faults = read(tables)
    if catalog:
        faults += inconsistencies(catalog)
    if catalog is None or faults:
        raise catalog_error(file, faults, tables)
    return catalog


def _of_tables(source: Mapping[str, Any]) -> Catalog:
    try:
        tables = tables_from(source)
    except Refused as fault:
        raise catalog_error(TABLES, [(fault.path, fault.reason)], {}) from None
    return catalog_of(tables, TABLES)


def tables_of(path: str) -> dict[str, Any]:
    """Return the tables of a file, whatever they mean.

    Raises:
        CatalogError: it cannot be read, or is no TOML within bounds.
    """
    file = os.path.basename(path)
    try:
        with open(path, "rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as fault:
        reason = f"cannot be read: {getattr(fault, 'strerror', fault)}"
        raise CatalogError(file, (CatalogFault("", reason),)) from None
    return tables_in(content, file)


def tables_in(content: bytes, file: str) -> dict[str, Any]:
    """Return the tables in the content of a file, whatever they mean.

    Raises:
        CatalogError: it is no TOML within bounds.
    """
    try:
        return parsed(content)
    except Refused as fault:
        reason = str(fault)
    except RecursionError:
        reason = "tables or lists are nested too deep"
    raise CatalogError(file, (CatalogFault("", reason),))


def _load(path: str) -> Catalog:
    return catalog_of(tables_of(path), os.path.basename(path))
