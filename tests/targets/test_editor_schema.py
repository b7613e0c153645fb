"""The editor schema of catalog files: accepts what loads, refuses what the loader refuses for its shape."""

import json
import tomllib
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

from pricing_rules.catalog.loading import BUNDLED
from pricing_rules.catalog.tables import read
from pricing_rules.targets.editor import catalog_schema
from support import places
from support.broken import BROKEN
from support.places import INVENTED

SCHEMA = catalog_schema()
ACCEPTS = Draft202012Validator(SCHEMA).is_valid
SHAPES = ("unknown key", "missing key", "expected ", "a record names either")
# what JSON does not tell apart, and what needs more than the shape to be told
BLIND = {
    "version = 2026-06-01": "a date is text in JSON",
    "default = 24.0": "24.0 is an integer in JSON",
}
CATALOGS = [*sorted(Path(BUNDLED).glob("*.toml")), places.CLIPWORKS]


def as_json(value: Any) -> Any:
    """Write times as text, as editors do."""
    match value:
        case dict():
            return {name: as_json(part) for name, part in value.items()}
        case list():
            return [as_json(part) for part in value]
        case datetime() | date():
            return value.isoformat()
        case _:
            return value


def reason(document: dict[str, Any]) -> str:
    """Return why the loader refuses a document before it asks whether its parts fit each other."""
    return next((str(reason) for _, reason in read(document)[1]), "")


@cache
def misshapen() -> list[tuple[str, str]]:
    found = []
    for old, new, _, _ in BROKEN:
        try:
            document = tomllib.loads(INVENTED.replace(old, new, 1))
        except tomllib.TOMLDecodeError:
            continue
        if reason(document).startswith(SHAPES) and new not in BLIND:
            found.append((old, new))
    return found


def test_the_editor_schema_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)
    jsonschema_rs.validator_for(SCHEMA)


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.stem)
def test_the_editor_schema_accepts_every_catalog_that_loads(path: Path):
    document = as_json(tomllib.loads(path.read_text()))
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(document)] == []
    assert jsonschema_rs.is_valid(SCHEMA, document)


@pytest.mark.parametrize(("old", "new"), misshapen())
def test_the_editor_schema_refuses_what_the_loader_refuses_for_its_shape(old: str, new: str):
    document = as_json(tomllib.loads(INVENTED.replace(old, new, 1)))
    assert not ACCEPTS(document)
    assert not jsonschema_rs.is_valid(SCHEMA, document)


def test_many_broken_catalogs_are_misshapen():
    assert len(misshapen()) >= 35


@pytest.mark.parametrize("new", BLIND)
def test_what_json_does_not_tell_apart_is_left_to_the_loader(new: str):
    old = next(old for old, other, _, _ in BROKEN if other == new)
    document = tomllib.loads(INVENTED.replace(old, new, 1))
    assert reason(document).startswith("expected")
    assert ACCEPTS(as_json(document))


def test_every_object_of_the_editor_schema_is_closed():
    def objects(part: Any) -> list[Any]:
        inner = [found for value in part.values() for found in objects(value)] if isinstance(part, dict) else []
        inner += [found for value in part for found in objects(value)] if isinstance(part, list) else []
        return [part, *inner] if isinstance(part, dict) and part.get("type") == "object" else inner

    assert [found for found in objects(SCHEMA) if "additionalProperties" not in found] == []


def test_keys_are_described_as_their_records_are():
    field = SCHEMA["$defs"]["Field"]
    assert field["description"] == "A value in a request body."
    assert field["properties"]["wire"]["description"] == "JSON Pointer of the value in the body."
    assert field["required"] == ["wire", "type", "title", "about"]


def test_the_bundled_files_name_the_editor_schema_on_their_first_line():
    for path in Path(BUNDLED).glob("*.toml"):
        comment, _, place = path.read_text().partition("\n")[0].partition(" ")
        schema = json.loads((path.parent / place).read_text())
        assert (comment, schema["$id"]) == ("#:schema", SCHEMA["$id"])
