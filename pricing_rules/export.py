"""Every file that front ends take, from catalogs: rendered as a whole before anything is written."""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from errno import EEXIST, EISDIR
from pathlib import Path
from typing import Any, Literal, assert_never

from pricing_rules.catalog.records import Catalog, Endpoint
from pricing_rules.errors import Inexpressible
from pricing_rules.targets.answers import answers_declarations, answers_schema
from pricing_rules.targets.catalog_json import catalog_json
from pricing_rules.targets.editor import catalog_schema
from pricing_rules.targets.examples import examples
from pricing_rules.targets.forms import form_schema, layout
from pricing_rules.targets.javascript import prices
from pricing_rules.targets.jsonschema import request_schema
from pricing_rules.targets.openapi import openapi
from pricing_rules.targets.package import NAME, package
from pricing_rules.targets.page import page
from pricing_rules.targets.types import types_schema
from pricing_rules.targets.typescript import declarations
from pricing_rules.targets.usage import usage_schema
from pricing_rules.targets.violations import violation_table
from pricing_rules.tariffs.schema import overlay_schema

__all__ = ["VIEWS", "View", "as_text", "files", "page", "save", "schema", "stale", "write"]

View = Literal["request", "form", "types"]
VIEWS: tuple[View, ...] = ("request", "form", "types")
MODULES = ("prices", "errors", "breakdown")  # the same for all services
STATIC = tuple(f"{module}.{ending}" for module in MODULES for ending in ("mjs", "d.mts"))
SCHEMAS = "*.schema.json"


def schema(catalog: Catalog, endpoint: Endpoint, view: View) -> dict[str, Any]:
    """Return one view of what an endpoint takes as JSON Schema, with a whole request of each model as example.

    Raises:
        Inexpressible: the view cannot say what a rule demands.
    """
    match view:
        case "request":
            found = request_schema(catalog, endpoint, view)
        case "form":
            found = form_schema(catalog, endpoint)
        case "types":
            found = types_schema(catalog, endpoint)
        case _:
            assert_never(view)
    head = ("$schema", "$id", "title", "description")
    rest = {key: value for key, value in found.items() if key not in head}
    return {**{key: found[key] for key in head}, "examples": examples(catalog, endpoint), **rest}


def files(catalogs: Iterable[Catalog]) -> dict[str, str]:
    """Return the content of every file by its path in the folder: those of each service, and those that all share.

    Raises:
        Inexpressible: a target cannot express a part of a catalog, or two services have one folder.
    """
    found: dict[str, str] = {}
    own = tuple(catalogs)
    for catalog in own:
        taken = {path.casefold() for path in found}
        for path, text in _files_of(catalog):
            if path.casefold() in taken:
                raise Inexpressible(f"{catalog.id}: id: two services would be written to the folder of this name")
            found[path] = text
    shared = {
        "package.json": package(own, MODULES),
        "answers.schema.json": answers_schema(),
        "catalog.schema.json": catalog_schema(),
        "overlay.schema.json": overlay_schema(),
        "usage-record.schema.json": usage_schema(),
    }
    static = {**{name: _static(name) for name in STATIC}, "answers.d.ts": answers_declarations()}
    return {**found, **static, **{name: as_text(document) for name, document in shared.items()}}


def write(folder: Path, catalogs: Iterable[Catalog]) -> tuple[str, ...]:
    """Write all files to a folder, made where there is none, and return their paths in it.

    No file is ever half written: each is written beside the one that it replaces, and all are renamed at the end.

    Raises:
        Inexpressible: a target cannot express a part of a catalog; nothing is written.
        OSError: the folder cannot be written to, is full, or is an npm package of another; what stood there stands
            there still.
    """
    contents = files(catalogs)
    _check_package(folder.joinpath("package.json"))
    _write({folder.joinpath(name): text for name, text in contents.items()})
    return tuple(contents)


def save(path: Path, text: str) -> None:
    """Write one file, such as a page, in a folder that is made where there is none; it is never half written.

    Raises:
        OSError: it cannot be written, or the disk is full; what stood there stands there still.
    """
    _write({path: text})


def stale(folder: Path, catalogs: Iterable[Catalog]) -> tuple[str, ...]:
    """Return the paths of the files in a folder that are missing, not what would be written now, or left from before.

    Raises:
        Inexpressible: a target cannot express a part of a catalog.
        OSError: a file cannot be read.
    """
    contents = files(catalogs)
    differing = [name for name, text in contents.items() if _content(folder.joinpath(name)) != text.encode()]
    places = sorted({Path(name).parent for name in contents})
    found = (
        path.relative_to(folder).as_posix() for place in places for path in sorted(folder.joinpath(place).glob(SCHEMAS))
    )
    return (*differing, *(name for name in found if name not in contents))


def as_text(document: Mapping[str, Any]) -> str:
    """Write a document as JSON in ASCII, in the order of its keys."""
    return f"{json.dumps(document, indent=2)}\n"


def _files_of(catalog: Catalog) -> Iterator[tuple[str, str]]:
    folder = catalog.id
    for endpoint in catalog.endpoints.values():
        for view in VIEWS:
            yield f"{folder}/{endpoint.id}.{view}.schema.json", as_text(schema(catalog, endpoint, view))
        yield f"{folder}/{endpoint.id}.ui.json", as_text(layout(catalog, endpoint))
        yield f"{folder}/{endpoint.id}.violations.json", _one_line_each(violation_table(catalog, endpoint))
    yield f"{folder}/openapi.json", as_text(openapi(catalog))
    yield f"{folder}/types.d.ts", declarations(catalog)
    yield f"{folder}/prices.json", _one_line_each(prices(catalog))
    yield f"{folder}/catalog.json", _one_line_each(catalog_json(catalog))


def _one_line_each(document: Mapping[str, Any]) -> str:
    """Write a table that browsers load as JSON: small, and yet a line for each of its parts."""
    parts = (f"{json.dumps(key)}:{json.dumps(part, separators=(',', ':'))}" for key, part in document.items())
    return "{" + ",\n".join(parts) + "}\n"


def _static(name: str) -> str:
    return Path(__file__).with_name("targets").joinpath(name).read_text(encoding="utf-8")


def _check_package(path: Path) -> None:
    """Refuse to write over the package.json of somebody else's package."""
    if path.is_file() and f'"name": "{NAME}"'.encode() not in path.read_bytes():
        raise FileExistsError(EEXIST, "it is of another package; export to a folder of its own", str(path))


def _write(contents: Mapping[Path, str]) -> None:
    made: list[Path] = []
    beside: dict[Path, Path] = {}
    try:
        for path, text in contents.items():
            _make(path.parent, made)
            beside[path] = path.with_name(f".{path.name}.{os.getpid()}")
            _write_beside(path, beside[path], text)
        for path, new in beside.items():
            new.replace(path)
    finally:
        for new in beside.values():
            new.unlink(missing_ok=True)
        for empty in reversed(made):
            if not any(empty.iterdir()):
                empty.rmdir()


def _make(folder: Path, made: list[Path]) -> None:
    """Make a folder and those around it, and note the ones that were not there."""
    missing = [part for part in (folder, *folder.parents) if not part.exists()]
    for part in reversed(missing):
        part.mkdir()
        made.append(part)


def _write_beside(path: Path, new: Path, text: str) -> None:
    if path.is_dir():  # or only the renaming would tell, when others are done
        raise IsADirectoryError(EISDIR, os.strerror(EISDIR), str(path))
    new.write_bytes(text.encode())


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
