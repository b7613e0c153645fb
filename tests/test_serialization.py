"""Answers and errors as dictionaries that JSON can hold, each amount as the number that prints it."""

import decimal
import json
from decimal import Decimal
from fractions import Fraction

import pytest

from pricing_rules import (
    CatalogError,
    CatalogFault,
    InsufficientCredits,
    InvalidRequest,
    PricingRulesError,
    UnknownEndpoint,
    UnknownModel,
    UnknownResponse,
    UnknownService,
    Unpriced,
    as_dict,
    price,
    quote,
    validate,
)
from pricing_rules.amounts import fraction
from pricing_rules.serialization import amount
from support.cases import GPT, KLING, PRO, SORA


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("133", "133"),
        ("133.0", "133"),
        ("1E+3", "1000"),
        ("0", "0"),
        ("-0.0", "0"),
        ("7.2", "7.2"),
        ("0.036", "0.036"),
        ("-0.5", "-0.5"),
        ("9007199254740993", "9007199254740993"),
        ("0.1234567890123456789", '"0.1234567890123456789"'),
        ("12345678901234567.1", '"12345678901234567.1"'),
        ("1E-400", '"0.' + "0" * 399 + '1"'),
    ],
)
def test_an_amount_is_the_json_number_that_prints_it_exactly_or_else_text(value, written):
    assert json.dumps(amount(Decimal(value))) == written


def test_a_whole_amount_is_an_int_and_another_a_float():
    assert (type(amount(Decimal("5.0"))), type(amount(Decimal("5.5")))) == (int, float)


@pytest.mark.parametrize(
    ("exact", "text"), [("132.3", "132.3"), ("5/3", "5/3"), ("441", "441"), ("7/10", "0.7"), ("0", "0")]
)
def test_an_exact_amount_is_decimal_text_or_a_ratio(exact, text):
    assert fraction(Fraction(exact)) == text


def test_the_active_decimal_context_changes_nothing():
    narrow = decimal.Context(prec=3, Emin=-3, Emax=3, traps=[decimal.Inexact, decimal.Rounded, decimal.FloatOperation])
    with decimal.localcontext(narrow):
        found = (amount(Decimal("12345.6")), amount(Decimal("1234567.0")), fraction(Fraction("12345.678")))
    assert found == (12345.6, 1234567, "12345.678")


def test_a_quote_is_a_dictionary(aivideoapi):
    found = as_dict(price(aivideoapi, "gpt-image-2", resolution="4k", custom_multiplier="1/3"))
    lines = found.pop("lines")
    places = found.pop("sources"), found.pop("notes")
    assert found.pop("fingerprint") == aivideoapi.fingerprint
    assert found == {
        "service": "aivideoapi",
        "model": "gpt-image-2",
        "credits": 2.4,
        "usd": 0.012,
        "parameters": {"duration": None, "resolution": "4k", "outputs": None, "audio": None},
        "exact": "2.4",
        "rounding": "0",
        "basis": "inferred",
        "catalog_version": "2026-11-20",
        "layers": [],
    }
    assert [type(place) for place in places] == [list, list]
    assert [line["multiplier"] for line in lines] == ["2.4", "1", "3", "1", "1", "1/3"]
    assert lines[0] == {
        "factor": "base",
        "value": None,
        "multiplier": "2.4",
        "basis": "documented",
        "source": "aivideoapi-gpt-image-2.txt: Pricing",
    }


def test_a_quote_keeps_the_order_of_its_record(gptimage2api):
    found = as_dict(price(gptimage2api, "gpt-image-2"))
    assert ",".join(found) == (
        "service,model,credits,usd,parameters,lines,exact,rounding,basis,notes,sources,catalog_version,fingerprint,layers"
    )


def test_exact_amounts_and_multipliers_are_text(gptimage2api):
    found = as_dict(price(gptimage2api, "wan/2-6-text-to-video", duration=15, resolution="1080p"))
    assert (found["credits"], found["exact"], found["rounding"]) == (133, "132.3", "0.7")
    assert [line["multiplier"] for line in found["lines"]] == ["30", "3", "1.47", "1", "1", "1"]


def test_a_multiplier_without_a_decimal_form_is_a_ratio(gptimage2api):
    found = as_dict(price(gptimage2api, "nano-banana-pro", resolution="4K", custom_multiplier="1/7"))
    assert (found["credits"], found["exact"], found["rounding"]) == (3, "20/7", "1/7")
    assert [line["multiplier"] for line in found["lines"]] == ["12", "1", "5/3", "1", "1", "1/7"]


def test_a_violation_is_a_dictionary(gptimage2api):
    (violation,) = validate(gptimage2api, KLING | {"duration": 7})
    assert as_dict(violation) == {
        "path": "/duration",
        "rule": "duration.one_of",
        "message": "'duration' must be 5 or 10; got 7.",
        "limit": [5, 10],
        "basis": "documented",
        "source": "pricing.txt: Video models",
    }


@pytest.mark.parametrize(("request_", "limit"), [(GPT | {"width": 1}, 64), (GPT | {"seed": 1}, "string"), ({}, None)])
def test_the_limit_of_a_violation_is_what_json_has_for_it(gptimage2api, request_, limit):
    assert as_dict(validate(gptimage2api, request_)[0])["limit"] == limit


def test_an_invalid_request_lists_its_violations(gptimage2api):
    violations = validate(gptimage2api, SORA | {"duration": 7, "prompt": ""})
    found = as_dict(InvalidRequest(violations))
    assert found == {
        "error": "InvalidRequest",
        "message": "/prompt: 'prompt' must have at least 1 character; got 0. "
        "/duration: 'duration' must be 5, 10 or 20; got 7.",
        "violations": [as_dict(violation) for violation in violations],
    }


def test_unpriced_lists_what_is_missing_and_what_it_could_cost(gptimage2api):
    with pytest.raises(Unpriced) as caught:
        quote(gptimage2api, PRO)
    assert as_dict(caught.value) == {
        "error": "Unpriced",
        "message": "'nano-banana-pro' needs a resolution of '2K' or '4K'. It could cost 12 or 20 credits.",
        "model": "nano-banana-pro",
        "missing": ["resolution"],
        "options": [as_dict(price(gptimage2api, "nano-banana-pro", resolution=tier)) for tier in ("2K", "4K")],
    }


ERRORS = [
    (PricingRulesError("x"), {"error": "PricingRulesError", "message": "x"}),
    (
        CatalogError("own.toml", (CatalogFault("prices[0].base", "missing key"),)),
        {
            "error": "CatalogError",
            "message": "own.toml: prices[0].base: missing key",
            "file": "own.toml",
            "key": "prices[0].base",
            "reason": "missing key",
            "faults": [{"key": "prices[0].base", "reason": "missing key"}],
            "more": 0,
        },
    ),
    (
        InsufficientCredits(Decimal("7.2"), Decimal(5)),
        {
            "error": "InsufficientCredits",
            "message": "7.2 credits are required; the balance is 5.",
            "required": 7.2,
            "balance": 5,
        },
    ),
    (Unpriced("veo3", (), ()), {
        "error": "Unpriced",
        "message": "'veo3' has no price at that instant.",
        "model": "veo3",
        "missing": [],
        "options": [],
    }),
]  # fmt: skip


@pytest.mark.parametrize(("error", "expected"), ERRORS)
def test_an_error_is_a_dictionary_with_its_class_and_its_details(error, expected):
    assert as_dict(error) == expected


@pytest.mark.parametrize("kind", [UnknownModel, UnknownService, UnknownEndpoint, UnknownResponse])
def test_an_unknown_name_lists_the_nearest_and_the_known(kind):
    found = as_dict(kind("reel", iter(["reel-1", "still"])))
    assert found.pop("message").startswith("There is no ")
    assert found == {"error": kind.__name__, "name": "reel", "nearest": ["reel-1"], "known": ["reel-1", "still"]}


def test_every_answer_survives_json(gptimage2api):
    violations = validate(gptimage2api, SORA | {"duration": 7, "\ud800": 1, "width": Decimal("1.5")})
    answers = [
        price(gptimage2api, "veo3", custom_multiplier="1/3"),
        *violations,
        InvalidRequest(violations),
        UnknownModel("\ud800", gptimage2api.models),
        *(error for error, _ in ERRORS),
    ]
    found = [as_dict(answer) for answer in answers]
    assert json.loads(json.dumps(found)) == found
