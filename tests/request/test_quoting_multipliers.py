"""The caller's own multiplier: which forms it may have, and what of them is refused."""

from decimal import Decimal
from fractions import Fraction

import pytest

from pricing_rules import price, quote
from support.cases import GPT


@pytest.mark.parametrize(
    ("custom", "credits_"),
    [
        (1, 3),
        (5, 15),
        (0, 0),
        ("0", 0),
        (1_000_000, 3_000_000),
        ("1000000", 3_000_000),
        (Decimal("1E+6"), 3_000_000),
        ("1000000.0", 3_000_000),
        ("1.1", 4),  # 3.3
        (Decimal("1.10"), 4),
        (Fraction(11, 10), 4),
        ("11/10", 4),
        ("1/3", 1),
        (Fraction(1, 3), 1),
        ("0/7", 0),
        ("007", 21),
        (Decimal("-0"), 0),
        ("0." + "1" * 38, 1),  # 40 characters; 0.33...
        (Fraction(1, 2**2047), 1),  # 2,048 bits
        (Decimal("0E-2048"), 0),
        (Decimal("0E+2048"), 0),
    ],
)
def test_a_multiplier_is_a_whole_number_a_decimal_a_fraction_or_their_text(gptimage2api, custom, credits_):
    assert price(gptimage2api, "gpt-image-2", custom_multiplier=custom).credits == credits_


def test_an_int_a_decimal_a_fraction_and_text_of_one_value_give_one_quote(gptimage2api):
    forms = (2, Decimal("2.0"), Fraction(2), "4/2", "2.0")
    found = {quote(gptimage2api, GPT, custom_multiplier=form) for form in forms}
    assert len(found) == 1


@pytest.mark.parametrize("custom", [1.0, 0.0, float("nan"), float("inf"), True, False])
def test_a_float_or_a_bool_is_no_multiplier(gptimage2api, custom):
    with pytest.raises(TypeError, match=f"never a {type(custom).__name__}"):
        price(gptimage2api, "gpt-image-2", custom_multiplier=custom)


@pytest.mark.parametrize("custom", [None, b"1", [1], (1,), {}, 1j])
def test_nothing_else_is_a_multiplier(gptimage2api, custom):
    with pytest.raises(TypeError, match=f"not a {type(custom).__name__}"):
        quote(gptimage2api, GPT, custom_multiplier=custom)


@pytest.mark.parametrize(
    "custom",
    ["", " ", " 1", "1 ", "1\n", "+1", "-1", "1_000", "1,5", "1e3", "1E3", ".5", "5.", "1/0", "0/0", "1/", "/2", "1/-2",
     "1.5/2", "1/2.5", "1/2/3", "1.2.3", "0x1", "nan", "inf", "١", "²", "１", "1/٢", "½", "0." + "1" * 39],
)  # fmt: skip
def test_text_of_another_form_is_refused(gptimage2api, custom):
    with pytest.raises(ValueError, match="an amount is text like"):
        price(gptimage2api, "gpt-image-2", custom_multiplier=custom)


@pytest.mark.parametrize(
    "custom",
    [-1, 1_000_001, 10**400, "1000000.0000001", Decimal("-0.1"), Decimal("1000000.1"), Decimal("NaN"),
     Decimal("sNaN"), Decimal("Infinity"), Decimal("-Infinity"), Decimal("1E+999999"), Decimal("1E-999999999999"),
     Fraction(-1, 2), Fraction(10**6 * 3 + 1, 3), Fraction(1, 2**2048)],
)  # fmt: skip
def test_an_amount_out_of_range_is_refused(gptimage2api, custom):
    with pytest.raises(ValueError, match="a custom multiplier is a"):
        price(gptimage2api, "gpt-image-2", custom_multiplier=custom)


def test_a_number_too_long_to_be_written_is_refused_too(gptimage2api):
    with pytest.raises(ValueError, match="from 0 to 1,000,000 of at most 2,048 bits"):
        price(gptimage2api, "gpt-image-2", custom_multiplier=10**5_000)


def test_a_multiplier_is_refused_before_the_request_is_judged(gptimage2api):
    with pytest.raises(TypeError, match="never a float"):
        quote(gptimage2api, {}, custom_multiplier=1.5)
