"""Overlay files: TOML to records, by the reader of catalogs; every fault of a file is told at once."""

import os
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any

from pricing_rules.catalog.faults import catalog_error
from pricing_rules.catalog.loading import tables_of
from pricing_rules.catalog.tables import attempt, read_sources
from pricing_rules.spelling import shown
from pricing_rules.tariffs.consistency import overlay_faults
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
    return _overlay_of(tables_of(path), Path(path).name)


def _overlay_of(tables: Mapping[str, Any], file: str) -> Overlay:
    _, faults = read_sources(tables)
    own = {name: inner for name, inner in tables.items() if name != "sources"}
    found, of_shape = attempt(Overlay, {**own, "file": file})
    faults += of_shape
    if "file" in tables:
        faults.append((("file",), "unknown key; it is the name of the file itself"))
    if found:
        faults += overlay_faults(found)
    if faults or not isinstance(found, Overlay):
        raise catalog_error(file, faults, tables)
    return found
