"""A catalog as of an instant, and every export of it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pricing_rules import Catalog, price, validate
from pricing_rules.errors import Inexpressible
from pricing_rules.export import files
from pricing_rules.tariffs import as_of
from support.edited import edited

NOON = datetime(2027, 1, 1, 12, tzinfo=UTC)
VEO = {"model": "veo3", "prompt": "a", "inputMode": "text_to_video", "duration": 16}
MORE = """
[[prices]]
models = ["veo3"]
since = 2027-01-01T12:00:00Z
base = 63
duration = { 8 = 1, 16 = 2 }
source = "video_prices"

[models."acme/film-1"]
title = "Acme Film"
endpoint = "video"
modes = ["text_to_video"]
source = "video_models"

[[prices]]
models = ["acme/film-1"]
since = 2026-11-01T00:00:00Z
base = 7
source = "video_prices"
"""


@pytest.fixture
def dated(tmp_path: Path) -> Catalog:
    return edited(tmp_path, "gptimage2api", more=MORE)


def test_rules_and_prices_hold_where_no_instant_is_given(dated: Catalog):
    assert [validate(as_of(dated, at), VEO) == () for at in (NOON - timedelta.resolution, NOON)] == [False, True]
    assert price(as_of(dated, NOON), "veo3", duration=16).credits == 126
    assert price(as_of(dated, NOON), "veo3", duration=8, at=NOON - timedelta(days=1)).credits == 63


def test_the_version_is_the_instant_and_a_date_at_midnight(dated: Catalog):
    ahead = datetime.fromisoformat("2027-01-01T13:00:00+01:00")
    versions = [as_of(dated, at).version for at in (ahead, datetime(2027, 1, 1, tzinfo=UTC), None)]
    assert versions == ["2027-01-01T12:00:00Z", "2027-01-01", "2026-11-20"]


def test_schemas_types_and_documents_are_those_of_the_instant(dated: Catalog):
    before, after = (files([as_of(dated, at)]) for at in (NOON - timedelta.resolution, NOON))
    assert before.keys() == after.keys()
    for name in (
        "video.request.schema.json",
        "video.form.schema.json",
        "video.types.schema.json",
        "openapi.json",
        "types.d.ts",
    ):
        assert before[f"gptimage2api/{name}"] != after[f"gptimage2api/{name}"], name
    assert '"duration"?: 8 | 16;' in after["gptimage2api/types.d.ts"]


def test_prices_that_begin_later_are_left_out_with_the_models_that_have_no_other(dated: Catalog):
    october = datetime(2026, 10, 1, tzinfo=UTC)
    early = as_of(dated, october, until=october)
    table = json.loads(files([early])["gptimage2api/prices.json"])
    assert "acme/film-1" not in table["models"]
    assert "acme/film-1" not in "".join(files([early]).values())
    assert [edition.get("since") for edition in table["editions"]] == [None] * 15
    assert len(json.loads(files([as_of(dated, until=NOON)])["gptimage2api/prices.json"])["editions"]) == 17


def test_an_endpoint_without_models_is_left_out(clipworks: Catalog):
    early = as_of(clipworks, until=datetime(2025, 1, 1, tzinfo=UTC))
    assert [*early.endpoints] == ["clips"]
    assert not [name for name in files([early]) if "pictures" in name]


def test_a_catalog_without_any_price_cannot_be_told(tmp_path: Path):
    later = "\nsince = 2026-01-01T00:00:00Z\nbase"
    catalog = edited(tmp_path, "aivideoapi", ("\nbase", later))
    with pytest.raises(Inexpressible, match="no price begins until 2025"):
        as_of(catalog, until=datetime(2025, 1, 1, tzinfo=UTC))


def test_an_instant_has_its_offset(dated: Catalog):
    with pytest.raises(ValueError, match="offset"):
        as_of(dated, datetime(2027, 1, 1))  # noqa: DTZ001
