"""Catalog files: TOML to records, strictly, with errors that name the file and the key."""

import os
from os import PathLike
from typing import Any

from pricing_rules.catalog.consistency import checked
from pricing_rules.catalog.records import Catalog
from pricing_rules.catalog.tables import catalog_of
from pricing_rules.errors import CatalogError, UnknownService

BUNDLED = os.path.join(os.path.dirname(os.path.dirname(__file__)), "catalogs")
SEPARATORS = tuple(filter(None, (os.sep, os.altsep)))
MAX_BYTES = 2**20  # some 5,000 models
MAX_DOTS = 64  # in a line: the parser's time grows with the square of the parts of a dotted key

_loaded: dict[str, Catalog] = {}


def services() -> tuple[str, ...]:
    """Return the ids of the bundled catalogs."""
    return tuple(sorted(name.removesuffix(".toml") for name in os.listdir(BUNDLED) if name.endswith(".toml")))


def load_catalog(source: str | PathLike[str]) -> Catalog:
    """Return a catalog: a bundled one by its id, loaded once, or a file by its path.

    Args:
        source: the id of a service; or a PathLike, or text with a path separator or the ending ".toml".

    Raises:
        UnknownService: no bundled catalog has this id; names the nearest.
        CatalogError: the file cannot be read or used; names the file and the key.
    """
    if isinstance(source, PathLike) or source.endswith(".toml") or any(mark in source for mark in SEPARATORS):
        return _load(source)
    if source not in _loaded:
        if source not in services():
            raise UnknownService(source, services())
        return _loaded.setdefault(source, _load(os.path.join(BUNDLED, f"{source}.toml")))
    return _loaded[source]


def _load(path: str | PathLike[str]) -> Catalog:
    file = os.path.basename(path)
    try:
        return checked(catalog_of(tables_of(path, file), file), file)
    except RecursionError:
        raise CatalogError(file, "", "tables or lists are nested too deep") from None


def tables_of(path: str | PathLike[str], file: str) -> dict[str, Any]:
    """Return the tables of a TOML file.

    Raises:
        CatalogError: it cannot be read, or is no TOML.
    """
    try:
        with open(path, "rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as fault:
        raise CatalogError(file, "", f"cannot be read: {getattr(fault, 'strerror', fault)}") from None
    return _parsed(content, file)


def _parsed(content: bytes, file: str) -> dict[str, Any]:
    """Parse a file as TOML, within bounds that the parser takes in its stride."""
    import tomllib

    if len(content) > MAX_BYTES:
        raise CatalogError(file, "", f"larger than {MAX_BYTES:,} bytes")
    try:
        text = content.decode()
    except UnicodeDecodeError as fault:
        raise CatalogError(file, "", f"not UTF-8 text at byte {fault.start:,}") from None
    for number, line in enumerate(text.splitlines(), 1):
        if line.count(".") > MAX_DOTS:
            raise CatalogError(file, "", f"line {number:,} has more than {MAX_DOTS} dots")
    try:
        return tomllib.loads(text)
    except ValueError as fault:
        raise CatalogError(file, "", f"not TOML: {fault}") from None
