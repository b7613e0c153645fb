"""The editor schema of overlay files: accepts what loads, refuses what the loader refuses for its shape."""

import json
import tomllib
from datetime import date, datetime
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pricing_rules.tariffs.schema import overlay_schema
from support.overlays import KNOWN, STUDIO, head, table
from support.places import ROOT

ACCEPTS = Draft202012Validator(overlay_schema()).is_valid
RATE = table("rates", rate='"0.9"')


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


def accepted(text: str) -> bool:
    return ACCEPTS(as_json(tomllib.loads(text)))


def test_the_schema_is_one_and_the_exported_one():
    Draft202012Validator.check_schema(overlay_schema())
    assert json.loads((ROOT / "schemas" / "overlay.schema.json").read_text()) == overlay_schema()


@pytest.mark.parametrize("text", [KNOWN.read_text(), STUDIO.read_text(), head("product"), head("charge") + RATE])
def test_what_loads_is_accepted(text: str):
    assert accepted(text)


@pytest.mark.parametrize(
    "text",
    [
        head("plan"),
        head("charge", more="colour = 1"),
        head("charge", more='file = "own.toml"'),
        head("charge", more='hidden = "veo3"'),
        head("charge", more='shows = "all"'),
        head("charge").replace('version = "2026-11-21"', ""),
        head("charge") + table("rates", rate="0.9"),
        head("charge") + '[[rates]]\nrate = "0.9"\n',
        head("charge") + table("rates", rate=1, since='"soon"'),
        head("charge") + table("settled", models='["veo3"]', outputs='"twice"'),
        head("charge") + '[credit]\nusd = "0.01"\nsource = "contract"\n',
    ],
)
def test_what_has_another_shape_is_refused(text: str):
    assert not accepted(text)
