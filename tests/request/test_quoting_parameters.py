"""What a price depends on: defaults, numbers of one value, a request and `price` alike; quotes as values."""

import pickle
from decimal import Decimal
from fractions import Fraction

import pytest

from pricing_rules import InvalidRequest, Parameters, Quote, UnknownEndpoint, price, quote, validate
from support.cases import KLING, PRO, SORA, VEO, nested

WAN = {"model": "wan/2-6-text-to-video", "prompt": "a", "inputMode": "text_to_video"}
REEL = {"job": {"engine": "reel-1", "text": "aa", "seconds": 8}}

# Parameters and defaults


@pytest.mark.parametrize(
    ("model", "expected", "credits_"),
    [
        ("veo3_fast", Parameters(8, None, None, None), 9),
        ("gpt-image-2", Parameters(None, None, 1, None), 3),
    ],
)
def test_defaults_are_filled_in_and_what_the_model_has_not_is_none(gptimage2api, model, expected, credits_):
    found = price(gptimage2api, model)
    assert (found.parameters, found.credits) == (expected, credits_)


def test_the_default_resolution_of_a_price_is_used(aivideoapi):
    assert price(aivideoapi, "gpt-image-2").parameters == Parameters(None, "1k", None, None)


def test_a_request_without_the_defaulted_fields_is_quoted_with_them(gptimage2api, aivideoapi, clipworks):
    found = [quote(gptimage2api, VEO), quote(aivideoapi, nested()), quote(clipworks, REEL)]
    assert [one.parameters for one in found] == [
        Parameters(8, None, None, None),
        Parameters(None, "1k", None, None),
        Parameters(duration=8, resolution=480, outputs=1, audio=False),
    ]


def test_a_default_tier_of_false_is_a_tier(clipworks):
    assert price(clipworks, "reel-1", duration=4, audio=False) == price(clipworks, "reel-1", duration=4)


@pytest.mark.parametrize("ten", [10, 10.0, Decimal(10), Decimal("10.00"), Decimal("1E+1")])
def test_numbers_of_one_value_are_one_duration(gptimage2api, ten):
    found = quote(gptimage2api, KLING | {"duration": ten})
    assert found == price(gptimage2api, "kling/v2-1-standard", duration=ten)
    assert (found.credits, repr(found.parameters.duration)) == (22, "10")


@pytest.mark.parametrize("two", [2, 2.0, Decimal(2), Decimal("2.0")])
def test_numbers_of_one_value_are_one_count_of_outputs(gptimage2api, two):
    found = quote(gptimage2api, PRO | {"resolution": "2K", "numOutputs": two})
    assert (found.credits, repr(found.parameters.outputs)) == (24, "2")


@pytest.mark.parametrize("one", [1, 1.0, Decimal(1), None])
def test_one_output_may_be_said_of_a_model_that_makes_one(gptimage2api, one):
    assert price(gptimage2api, "veo3", outputs=one).parameters.outputs is None


def test_leaving_the_outputs_out_is_asking_for_the_default(gptimage2api):
    assert price(gptimage2api, "gpt-image-2", outputs=None) == price(gptimage2api, "gpt-image-2", outputs=1)


# Requests


@pytest.mark.parametrize(
    ("request_", "asked"),
    [
        (WAN | {"duration": 15, "resolution": "1080p"}, {"duration": 15, "resolution": "1080p"}),
        (PRO | {"resolution": "4K", "numOutputs": 5, "width": 64, "seed": ""}, {"resolution": "4K", "outputs": 5}),
        (KLING | {"duration": 5, "fps": 30}, {"duration": 5}),
    ],
)
def test_a_request_costs_what_its_parameters_cost(gptimage2api, request_, asked):
    found = quote(gptimage2api, request_, custom_multiplier="1.1")
    assert found == price(gptimage2api, request_["model"], custom_multiplier="1.1", **asked)


def test_nested_values_are_found_where_they_stand(clipworks):
    job = {"engine": "reel-1", "text": "aa", "seconds": 8, "lines": 1080, "sound": True}
    found = quote(clipworks, {"job": job, "copies": 2})
    assert found == price(clipworks, "reel-1", duration=8, resolution=1080, audio=True, outputs=2)
    assert str(found.credits) == "40.25"  # 3.3 x 2 x 7/3 x 1.3 x 2 = 40.04


def test_an_invalid_request_carries_every_violation(gptimage2api):
    request = SORA | {"prompt": "", "duration": 7, "x": 1}
    with pytest.raises(InvalidRequest) as caught:
        quote(gptimage2api, request)
    assert caught.value.violations == validate(gptimage2api, request)
    assert [one.path for one in caught.value.violations] == ["/prompt", "/duration", "/x"]


def test_a_request_is_judged_at_the_endpoint_that_is_named(gptimage2api):
    with pytest.raises(InvalidRequest) as caught:
        quote(gptimage2api, VEO, endpoint="image")
    assert [one.rule for one in caught.value.violations] == ["model.endpoint"]


def test_an_unknown_endpoint_is_an_error_of_the_caller(gptimage2api):
    with pytest.raises(UnknownEndpoint, match="'video'"):
        quote(gptimage2api, VEO, endpoint="vidoe")


# Quotes as values


@pytest.fixture
def quoted(gptimage2api) -> Quote:
    return quote(gptimage2api, PRO | {"resolution": "4K", "numOutputs": 5}, custom_multiplier="1/3")


def test_a_quote_equals_another_of_the_same_value_and_hashes_alike(quoted, gptimage2api):
    other = price(gptimage2api, "nano-banana-pro", resolution="4K", outputs=5.0, custom_multiplier=Fraction(1, 3))
    assert (quoted, hash(quoted)) == (other, hash(other))


def test_a_quote_survives_pickling(quoted):
    assert pickle.loads(pickle.dumps(quoted)) == quoted  # noqa: S301 -- our own bytes
