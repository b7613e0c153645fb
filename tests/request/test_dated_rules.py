"""Rules follow the instant as prices do: tiers, defaults and refusals are those of the edition in force."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing_rules import (
    Catalog,
    InvalidRequest,
    Unpriced,
    is_valid,
    load_catalog,
    options,
    price,
    quote,
    validate,
)
from pricing_rules.catalog.loading import BUNDLED
from pricing_rules.catalog.tariff import EARLIEST, moment_of
from pricing_rules.request.check import check_of
from pricing_rules.request.explanation import explain
from pricing_rules.request.validate import lister_from
from support.variants import changed

MORE = """
[[prices]]
models = ["veo3"]
since = 2027-01-01T00:00:00Z
base = 63
duration = { 8 = 1, 16 = 2 }
default = { duration = 16 }
source = "video_prices"

[[prices]]
models = ["kling/v2-1-pro"]
since = 2026-06-01T00:00:00Z
base = 21
duration = { 5 = 1 }
source = "video_prices"
"""
BEFORE, AFTER = datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
SPRING = datetime(2026, 4, 1, tzinfo=UTC)  # when kling/v2-1-pro still takes 10 seconds
VEO = {"model": "veo3", "prompt": "a", "inputMode": "text_to_video"}
KLING = {"model": "kling/v2-1-pro", "prompt": "a", "inputMode": "image_to_video", "inputImageUrls": ["http://a"]}


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    file = tmp_path_factory.mktemp("own") / "own.toml"
    file.write_text((Path(BUNDLED) / "gptimage2api.toml").read_text() + MORE)
    return load_catalog(file)


def test_a_tier_that_is_appended_is_taken_from_its_instant_on(dated: Catalog):
    request = VEO | {"duration": 16}
    assert (quote(dated, request, at=AFTER).credits, price(dated, "veo3", duration=16, at=AFTER).credits) == (126, 126)
    for at in (None, BEFORE):
        assert [one.rule for one in validate(dated, request, at=at)] == ["duration.one_of"]
        assert not is_valid(dated, request, at=at)
        with pytest.raises(InvalidRequest):
            quote(dated, request, at=at)
    assert validate(dated, request, at=AFTER) == ()
    assert is_valid(dated, request, at=AFTER)


def test_a_tier_that_is_dropped_was_right_before(dated: Catalog):
    request = KLING | {"duration": 10}
    assert (validate(dated, request, at=SPRING), quote(dated, request, at=SPRING).credits) == ((), 42)
    (fault,) = validate(dated, request)
    assert (fault.rule, fault.limit) == ("duration.one_of", (5,))


def test_a_default_follows_the_instant(dated: Catalog):
    assert [quote(dated, VEO, at=at).parameters.duration for at in (None, BEFORE, AFTER)] == [8, 8, 16]


def test_before_the_first_price_the_rules_of_the_first_edition_hold_and_nothing_has_a_price(tmp_path: Path):
    mini = 'models = ["reel-1-mini"]'
    catalog = changed(tmp_path, (mini, f"{mini}\nsince = 2026-01-01T00:00:00Z"))
    early, job = datetime(2025, 12, 31, tzinfo=UTC), {"engine": "reel-1-mini", "text": "aa"}
    assert validate(catalog, {"job": job | {"seconds": 4}}, at=early) == ()
    assert [one.rule for one in validate(catalog, {"job": job | {"seconds": 5}}, at=early)] == ["duration.one_of"]
    with pytest.raises(Unpriced) as refused:
        quote(catalog, {"job": job | {"seconds": 4}}, at=early)
    assert (refused.value.missing, refused.value.options) == ((), ())


def test_options_are_the_tiers_that_a_request_may_name_then(dated: Catalog):
    assert [one.parameters.duration for one in options(dated, "veo3", at=AFTER)] == [8, 16]
    assert [one.parameters.duration for one in options(dated, "kling/v2-1-pro")] == [5]


@given(
    at=st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 -- of bounds
    duration=st.sampled_from([None, 5, 8, 10, 16, 16.0, "16", True]),
    model=st.sampled_from(["veo3", "kling/v2-1-pro"]),
)
def test_validate_quote_and_price_read_the_same_edition(dated: Catalog, at: datetime, duration: object, model: str):
    body = {"veo3": VEO, "kling/v2-1-pro": KLING}[model] | ({} if duration is None else {"duration": duration})
    told = explain(dated, body, None, at)
    assert validate(dated, body, at=at) == told
    assert is_valid(dated, body, at=at) == (told == ())
    try:
        priced = price(dated, model, duration=duration, at=at).credits
    except Unpriced:
        priced = None
    if told:
        assert duration is None or priced is None
    elif priced is not None:
        assert quote(dated, body, at=at).credits == priced


def test_an_unknown_model_is_judged_by_what_any_model_takes_at_the_instant(dated: Catalog):
    request = VEO | {"model": "veo9", "duration": 16}
    assert [one.rule for one in validate(dated, request, endpoint="video")] == ["model.unknown"]  # 1 to 60 seconds


def test_instants_between_two_changes_share_one_check_and_one_lister(dated: Catalog):
    moments = {moment_of(dated, at) for at in (EARLIEST, SPRING, BEFORE - timedelta(days=9), BEFORE, AFTER)}
    assert len(moments) == 3
    for at in (BEFORE, BEFORE - timedelta(days=9)):
        validate(dated, VEO | {"duration": 9}, at=at)
    made = [key for key in dated.compiled if isinstance(key, tuple) and key[0] in (check_of, lister_from)]
    assert len(made) <= 2 * len(moments)
