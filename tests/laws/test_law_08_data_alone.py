"""Law 8: a third service and a twenty-second model, written as TOML alone, obey the laws; laws 2, 5 and 9 run on both.

The third service is catalogs/clipworks.toml; tests/strategies.py takes its models beside the bundled ones.
"""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from pricing_rules import Catalog, Quote, load_catalog, options, price, quote, validate
from pricing_rules.catalog.loading import BUNDLED
from pricing_rules.responses import accepted, refusal
from support.strategies import MODELS

NEW_MODEL = """
[models."acme/film-1"]
title = "Acme Film"
endpoint = "video"
modes = ["text_to_video", "image_to_video"]
limits = { max_references = 2, max_prompt = 1_000 }
source = "video_models"

[[prices]]
models = ["acme/film-1"]
base = 7
duration = { 6 = 1, 12 = "1.75" }
source = "video_prices"
"""
JOB = {"engine": "reel-1", "text": "a boat", "seconds": 8, "lines": 1080, "sound": True}


@pytest.fixture(scope="module")
def with_new_model(tmp_path_factory) -> Catalog:
    path = tmp_path_factory.mktemp("own") / "gptimage2api.toml"
    path.write_text((Path(BUNDLED) / "gptimage2api.toml").read_text() + NEW_MODEL)
    return load_catalog(path)


def film(**values: object) -> dict[str, object]:
    return {"model": "acme/film-1", "prompt": "a", "inputMode": "text_to_video", **values}


def test_the_laws_run_on_the_models_of_the_third_service():
    invented = {model for service, model in MODELS if service == "clipworks"}
    assert invented == {"reel-1", "reel-1-mini", "still/1", "still/2"}


def test_a_twenty_second_model_is_priced(with_new_model: Catalog):
    # 7 x 1.75 = 12.25, so 13
    assert [option.credits for option in options(with_new_model, "acme/film-1")] == [7, 13]
    assert len(options(with_new_model)) == 58 + 2


@pytest.mark.parametrize(
    ("values", "broken"),
    [
        ({"duration": 12}, []),
        ({"duration": 5}, ["duration.one_of"]),
        ({"resolution": "720p"}, ["resolution.not_allowed"]),
        ({"prompt": "a" * 1_001}, ["prompt.max_length"]),
        ({"inputMode": "image_to_video"}, ["references.required"]),
        ({"inputMode": "image_to_video", "inputImageUrls": ["http://a"] * 3}, ["references.max_items"]),
    ],
)
def test_a_twenty_second_model_is_validated(with_new_model: Catalog, values: dict[str, object], broken: list[str]):
    assert [violation.rule for violation in validate(with_new_model, film(**values))] == broken


def test_a_third_service_is_quoted_in_its_own_unit_with_a_priced_sound(clipworks: Catalog):
    # 3.3 x 2 x 7/3 x 2 x 1.3 = 40.04, so 40.25 quarters; at $0.02 a credit $0.805
    found = quote(clipworks, {"job": JOB, "copies": 2})
    assert (found.exact, found.credits, found.usd) == (Decimal("40.04"), Decimal("40.25"), Decimal("0.805"))


def old_and_new(clipworks: Catalog, at: datetime) -> Quote:
    return price(clipworks, "reel-1", duration=4, at=at)


def test_a_third_service_has_two_dated_prices(clipworks: Catalog):
    # 3.1, so 3.25, until 2026-05-01 12:00 at +02:00; 3.3, so 3.5, from then on
    change = datetime(2026, 5, 1, 10, tzinfo=UTC)
    before = old_and_new(clipworks, change.replace(hour=9, minute=59, second=59, microsecond=999_999))
    assert (before.credits, old_and_new(clipworks, change).credits) == (Decimal("3.25"), Decimal("3.5"))


def test_a_third_service_answers_in_its_own_shape(clipworks: Catalog):
    found = quote(clipworks, {"job": JOB})
    assert accepted(clipworks, found, "j1") == (202, {"ok": True, "job": {"id": "j1", "price": 20.25}})
    status, body = refusal(clipworks, "poor")
    fields = {"fields": {}, "body": []}
    assert (status, body) == (402, {"ok": False, "reasons": ["Not enough credits.", fields], "need": None})
