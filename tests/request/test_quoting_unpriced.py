"""Where no price can be told: what is missing, and which prices fit the rest."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from pricing_rules import Catalog, Quote, UnknownModel, Unpriced, price, quote
from support.cases import SORA

NANO = {"model": "nano-banana-2", "prompt": "a"}
TWO = "sora-2-text-to-video"
SORA_PRICES = [5, 10, 20, 8, 15, 30]  # 720p, then 1080p; 5, 10, 20 s
BEFORE_MAY = datetime(2026, 4, 30, tzinfo=UTC)


def refused(catalog: Catalog, model: str, **asked: object) -> Unpriced:
    with pytest.raises(Unpriced) as caught:
        price(catalog, model, **asked)
    return caught.value


def refused_request(catalog: Catalog, request: object, **settings: object) -> Unpriced:
    with pytest.raises(Unpriced) as caught:
        quote(catalog, request, **settings)
    return caught.value


def charges(options: tuple[Quote, ...]) -> list[Decimal]:
    return [option.credits for option in options]


@pytest.mark.parametrize(
    ("given", "custom", "missing", "prices"),
    [
        ({}, 1, ("duration", "resolution"), SORA_PRICES),
        ({"duration": 10}, 1, ("resolution",), [10, 15]),
        ({"resolution": "1080p"}, 1, ("duration",), [8, 15, 30]),
        ({"resolution": "1080p"}, 5, ("duration",), [38, 75, 150]),  # 37.5, 75, 150
    ],
)
def test_a_request_that_leaves_a_tier_open_lists_what_it_could_cost(gptimage2api, given, custom, missing, prices):
    found = refused_request(gptimage2api, SORA | given, custom_multiplier=custom)
    assert (found.model, found.missing, charges(found.options)) == (TWO, missing, prices)


def test_options_are_at_the_outputs_of_the_request(gptimage2api):
    found = refused_request(gptimage2api, NANO | {"numOutputs": 3})
    assert [(one.parameters.outputs, one.credits) for one in found.options] == [(3, 12), (3, 18), (3, 24)]


def test_options_are_at_the_same_outputs_custom_multiplier_and_instant(clipworks):
    # 480 lines and no sound by default: 3.1 x 2 copies x 2 = 12.4, times 1, 1.9 and 8/3: 12.4, 23.56, 33.07
    found = refused(clipworks, "reel-1", outputs=2, custom_multiplier=2, at=BEFORE_MAY)
    assert [str(credits_) for credits_ in charges(found.options)] == ["12.5", "23.75", "33.25"]
    assert {(one.parameters.resolution, one.parameters.audio) for one in found.options} == {(480, False)}


def test_every_option_can_be_asked_for(gptimage2api):
    found = refused_request(gptimage2api, SORA, custom_multiplier="1.1")
    asked = [{"duration": one.parameters.duration, "resolution": one.parameters.resolution} for one in found.options]
    assert found.options == tuple(price(gptimage2api, TWO, custom_multiplier="1.1", **values) for values in asked)


@pytest.mark.parametrize(
    "value",
    [None, "5", True, False, 5.5, 0, -5, 7, float("nan"), float("inf"), Decimal("NaN"), Decimal("sNaN"), 10**400,
     Decimal("5.01"), [5], [], {}, (5,), b"5", "", "5.0"],
)  # fmt: skip
def test_a_duration_that_is_no_tier_is_missing(gptimage2api, value):
    found = refused(gptimage2api, TWO, duration=value, resolution="720p")
    assert (found.missing, charges(found.options)) == (("duration",), [5, 10, 20])


@pytest.mark.parametrize("value", [None, "720P", "720", 720, "", "480p", True, ["720p"], {}, float("nan")])
def test_a_resolution_that_is_no_tier_is_missing(gptimage2api, value):
    found = refused(gptimage2api, TWO, duration=5, resolution=value)
    assert (found.missing, charges(found.options)) == (("resolution",), [5, 8])


@pytest.mark.parametrize("value", [480.5, "480", True, 1, [480]])
def test_a_number_of_lines_that_is_no_tier_is_missing(clipworks, value):
    assert refused(clipworks, "reel-1", duration=4, resolution=value).missing == ("resolution",)


@pytest.mark.parametrize("value", [0, 1, 0.0, 1.0, "true", "false", "", [], Decimal(1)])
def test_a_sound_that_is_neither_true_nor_false_is_missing(clipworks, value):
    found = refused(clipworks, "reel-1", duration=4, audio=value)
    assert (found.missing, [str(one) for one in charges(found.options)]) == (("audio",), ["3.5", "4.5"])  # 3.3, 4.29


@pytest.mark.parametrize("value", [0, 11, -1, 1.5, "1", "", True, False, float("nan"), Decimal("sNaN"), [1], {}])
def test_outputs_that_cannot_be_made_are_missing_and_the_options_are_at_one(gptimage2api, value):
    found = refused(gptimage2api, "gpt-image-2", outputs=value)
    assert (found.missing, charges(found.options)) == (("outputs",), [3])


@pytest.mark.parametrize(
    ("surplus", "missing"),
    [
        ({"duration": 5}, ("duration",)),
        ({"resolution": "1K"}, ("resolution",)),
        ({"audio": False}, ("audio",)),
        ({"audio": True, "duration": 8, "resolution": ""}, ("duration", "resolution", "audio")),
    ],
)
def test_a_surplus_argument_is_answered_with_the_price_there_is(gptimage2api, surplus, missing):
    found = refused(gptimage2api, "gpt-image-2", **surplus)
    assert (found.missing, charges(found.options)) == (missing, [3])


@pytest.mark.parametrize("outputs", [2, 0, True, "1", 1.5, [1], float("nan")])
def test_outputs_are_surplus_at_a_model_that_makes_one(gptimage2api, outputs):
    found = refused(gptimage2api, "kling/v2-1-standard", duration=5, outputs=outputs)
    assert (found.missing, charges(found.options)) == (("outputs",), [11])


def test_missing_names_stand_in_the_order_of_the_formula(gptimage2api):
    found = refused(gptimage2api, TWO, audio=True, outputs=2)
    expected = ("duration", "resolution", "outputs", "audio")
    assert (found.missing, charges(found.options)) == (expected, SORA_PRICES)


def test_missing_outputs_do_not_widen_the_options(gptimage2api):
    found = refused(gptimage2api, "nano-banana-2", resolution="2K", outputs=11)
    assert charges(found.options) == [6]


def test_before_the_first_price_nothing_is_missing_and_nothing_fits(clipworks):
    found = refused(clipworks, "still/1", at=datetime(2025, 12, 31, tzinfo=UTC))
    assert (found.model, found.missing, found.options) == ("still/1", (), ())


def test_a_request_before_the_first_price_is_unpriced(clipworks):
    request = {"job": {"engine": "still/2", "text": "aa"}}
    found = refused_request(clipworks, request, at=datetime(2025, 12, 31, tzinfo=UTC))
    assert (found.missing, found.options) == ((), ())


@pytest.mark.parametrize("model", ["nano-bananna-pro", "Nano-Banana-Pro", "nano-banana-pro "])
def test_an_unknown_model_is_told_with_the_nearest(gptimage2api, model):
    with pytest.raises(UnknownModel) as caught:
        price(gptimage2api, model)
    assert caught.value.nearest[0] == "nano-banana-pro"


@pytest.mark.parametrize("model", [None, 5, True, ["gpt-image-2"], {}, b"gpt-image-2", "x" * 10_000])
def test_whatever_is_no_model_is_unknown(gptimage2api, model):
    with pytest.raises(UnknownModel) as caught:
        price(gptimage2api, model)
    assert caught.value.nearest == ()
