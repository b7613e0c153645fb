"""What a tariff itself will change after an instant."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pricing_rules import Catalog, validate
from pricing_rules.tariffs import upcoming
from support.edited import edited

NEW_YEAR = datetime(2027, 1, 1, tzinfo=UTC)
MORE = """
[[prices]]
models = ["veo3"]
since = 2027-01-01T00:00:00Z
base = 63
duration = { 8 = 1, 16 = 2 }
default = { duration = 8 }
source = "video_prices"

[[prices]]
models = ["veo3", "veo3_lite"]
since = 2027-02-01T00:00:00Z
base = 70
duration = { 8 = 1 }
default = { duration = 8 }
source = "video_prices"
"""


@pytest.fixture
def dated(tmp_path: Path) -> Catalog:
    return edited(tmp_path, "gptimage2api", more=MORE)


def test_each_edition_is_told_from_the_one_before_it(dated: Catalog):
    found = [(one.since, one.model, one.kind, one.until) for one in upcoming(dated, after=NEW_YEAR - timedelta(days=9))]
    february = datetime(2027, 2, 1, tzinfo=UTC)
    assert found == [
        (NEW_YEAR, "veo3", "duration.one_of", february),
        (february, "veo3", "duration.one_of", None),
        (february, "veo3", "price.raised", None),
        (february, "veo3_lite", "price.raised", None),
    ]


def test_what_begins_at_the_instant_has_begun(dated: Catalog):
    assert {change.since for change in upcoming(dated, after=NEW_YEAR)} == {datetime(2027, 2, 1, tzinfo=UTC)}
    assert upcoming(dated, after=datetime(2027, 2, 1, tzinfo=UTC)) == ()


def test_the_example_is_taken_from_the_instant_on(dated: Catalog):
    change = upcoming(dated, after=NEW_YEAR - timedelta(days=9))[0]
    request = json.loads(change.example or "")
    assert validate(dated, request, at=NEW_YEAR) == ()
    assert [fault.rule for fault in validate(dated, request, at=NEW_YEAR - timedelta.resolution)] == ["duration.one_of"]


def test_the_first_price_of_a_model_is_told(clipworks: Catalog):
    found = upcoming(clipworks, after=datetime(2025, 12, 1, tzinfo=UTC))
    first = [(one.kind, one.effect, one.model) for one in found if one.since == datetime(2026, 1, 1, tzinfo=UTC)]
    assert first == [("price.added", "prices", "still/1"), ("price.added", "prices", "still/2")]


def test_an_instant_needs_its_offset(clipworks: Catalog):
    with pytest.raises(ValueError, match="offset"):
        upcoming(clipworks, after=datetime(2026, 1, 1))  # noqa: DTZ001
    with pytest.raises(TypeError):
        upcoming(clipworks, after=None)  # type: ignore[arg-type]
