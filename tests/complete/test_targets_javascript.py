"""The price in the browser: what its terms may be, and what it answers."""

from datetime import UTC, datetime

import pytest
from attrs import evolve

from frontend.browser import EPOCH, MICROSECOND, javascript
from support.strategies import INVENTED

WRITTEN = [
    ({"customMultiplier": "1.5"}, "TypeError"),
    ({"customMultiplier": "0.1 + 0.2"}, "TypeError"),
    ({"customMultiplier": "NaN"}, "TypeError"),
    ({"customMultiplier": "Infinity"}, "TypeError"),
    ({"customMultiplier": "new String('1')"}, "TypeError"),
    ({"customMultiplier": "Symbol()"}, "TypeError"),
    ({"customMultiplier": "-1n"}, "RangeError"),
    ({"customMultiplier": "1000001n"}, "RangeError"),
    ({"customMultiplier": "1e21"}, "RangeError"),
    ({"at": "new Date(NaN)"}, "RangeError"),
    ({"at": "0"}, "TypeError"),
    ({"at": "'2026-05-01'"}, "TypeError"),
]


@pytest.mark.parametrize("call", ["price", "quote"])
def test_terms_of_another_kind_are_an_error(call: str):
    found = javascript([("aivideoapi", call, "gpt-image-2", {}, written) for written, _ in WRITTEN])
    assert found == [{"error": error} for _, error in WRITTEN]


def test_a_term_may_be_a_bigint_a_date_or_absent():
    # 3.1 and 3.3 credits until and from 2026-05-01 10:00 UTC; 3.3 x 3 = 9.9, so 10 quarters
    change = "new Date('2026-05-01T10:00:00Z')"
    before = "new Date('2026-05-01T09:59:59.999Z')"
    written = [
        {"at": before},
        {"at": change},
        {"at": "undefined"},
        {"customMultiplier": "3n"},
        {"outputs": "undefined"},
    ]
    found = javascript([("clipworks", "price", "reel-1", {"duration": 4}, one) for one in written])
    assert [one["credits"] for one in found] == ["3.25", "3.5", "3.5", "10", "3.5"]


@pytest.mark.parametrize(
    ("model", "name"), [("kling/v2-1-pro", "duration"), ("nano-banana-pro", "resolution"), ("gpt-image-2", "outputs")]
)
def test_a_value_that_only_javascript_has_is_not_usable(model: str, name: str):
    written = ["5n", "NaN", "Infinity", "new Number(5)", "() => 5", "Symbol()", "Object.create(null)", "new Date()"]
    found = javascript([("gptimage2api", "price", model, {}, {name: source}) for source in written])
    assert [one["missing"] for one in found] == [[name]] * len(written)


def test_an_array_in_a_request_has_no_fields():
    fields = INVENTED.fields | {"outputs": evolve(INVENTED.fields["outputs"], wire="/list/length")}
    request = {"job": {"engine": "reel-1", "seconds": 4}, "list": [1, 2]}
    (found,) = javascript([("own", "quote", request, {})], {"own": evolve(INVENTED, fields=fields)})
    assert found["credits"] == "3.5"


def test_null_is_a_value_in_a_request_and_absent_for_price():
    request = {"model": "veo3", "duration": None}
    cases = [("gptimage2api", "quote", request, {}), ("gptimage2api", "price", "veo3", {"duration": None})]
    assert [(one["credits"], one["missing"]) for one in javascript(cases)] == [(None, ["duration"]), ("63", [])]


def test_what_is_missing_is_told_in_the_order_of_the_parameters():
    wrong = {"audio": 1, "outputs": 0, "resolution": "480", "duration": 5}
    (found,) = javascript([("clipworks", "price", "reel-1", wrong)])
    assert found["missing"] == ["duration", "resolution", "outputs", "audio"]


def test_an_amount_below_zero_keeps_its_sign():
    # the loader takes outputs without a minimum: 1 x -1 x 1/4 credits
    fields = INVENTED.fields | {"outputs": evolve(INVENTED.fields["outputs"], minimum=None)}
    terms = {"duration": 4, "outputs": -1, "customMultiplier": "1/4"}
    (found,) = javascript([("own", "price", "reel-1-mini", terms)], {"own": evolve(INVENTED, fields=fields)})
    assert (found["credits"], found["units"]) == ("-0.25", "-1")


def test_an_unknown_model_is_told_from_an_instant_before_the_first_price():
    dated = {"at": str((datetime(2025, 1, 1, tzinfo=UTC) - EPOCH) // MICROSECOND)}
    found = javascript([("clipworks", "price", "still/3", {}), ("clipworks", "price", "still/1", dated)])
    assert [(one["credits"], one["missing"], one["unknownModel"]) for one in found] == [
        (None, [], True),
        (None, [], False),
    ]


def test_units_times_the_unit_are_the_credits():
    (found,) = javascript([("clipworks", "price", "reel-1", {"duration": 8, "resolution": 1080, "audio": True})])
    # 3.3 x 2 x 7/3 x 1.3 = 20.02, so 81 quarters at $0.02 a credit
    assert (found["credits"], found["units"], found["usd"]) == ("20.25", "81", "0.405")
