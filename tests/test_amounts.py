"""Exact numbers: what reads as an amount, the one ceil, decimals in any context, which values are numbers."""

import decimal
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing_rules.amounts import ceiling, is_number, is_whole, multiplier, parse, terminates
from pricing_rules.amounts import decimal as written

NARROW = decimal.Context(prec=3, Emin=-3, Emax=3, traps=[decimal.Inexact, decimal.Rounded, decimal.FloatOperation])


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("0", Fraction(0)),
        ("3", Fraction(3)),
        ("1.47", Fraction(147, 100)),
        ("5/3", Fraction(5, 3)),
        ("10/4", Fraction(5, 2)),
        ("00.50", Fraction(1, 2)),
        ("0/1", Fraction(0)),
        ("9" * 40, Fraction(10**40 - 1)),
        ("1/" + "9" * 38, Fraction(1, 10**38 - 1)),
    ],
)
def test_an_amount_is_read_exactly(text, amount):
    assert parse(text) == amount


@pytest.mark.parametrize("text", ["", "-1", "+1", "1_0", "1e3", ".5", "5.", "1/0", "1/00", "1.0/2", "١", "²", "9" * 41])
def test_text_of_another_form_is_no_amount(text):
    with pytest.raises(ValueError, match=r'like "3", "1.47" or "5/3" of at most 40 characters'):
        parse(text)


@pytest.mark.parametrize(
    ("exact", "unit", "charge"),
    [
        ("132.3", "1", "133"),
        ("441", "1", "441"),
        ("0", "1", "0"),
        ("0.0001", "1", "1"),
        ("7.2", "0.1", "7.2"),
        ("7.21", "0.1", "7.3"),
        ("60.06", "0.25", "60.25"),
        ("1/3", "0.1", "0.4"),
        ("7", "5", "10"),
    ],
)
def test_an_amount_is_rounded_up_to_whole_units(exact, unit, charge):
    assert ceiling(Fraction(exact), Fraction(unit)) == Fraction(charge)


@pytest.mark.parametrize(
    ("amount", "finite"), [("1", True), ("7/40", True), ("1/1024", True), ("1/3", False), ("1/70", False)]
)
def test_an_amount_has_a_finite_decimal_form_if_only_twos_and_fives_divide_it(amount, finite):
    assert terminates(Fraction(amount)) is finite


@pytest.mark.parametrize(
    ("amount", "text"),
    [("0", "0"), ("100", "100"), ("0.0360", "0.036"), ("7/40", "0.175"), ("-1.50", "-1.5"), ("-0.1", "-0.1"),
     ("-30", "-30"), ("1/1000000", "0.000001"), ("12345678901234567890.5", "12345678901234567890.5")],
)  # fmt: skip
def test_a_decimal_has_neither_exponent_nor_trailing_zeros(amount, text):
    with decimal.localcontext(NARROW):
        found = format(written(Fraction(amount)), "f")
    assert found == text


def test_the_sign_of_zero_is_not_written():
    assert str(written(Fraction(0))) == "0"


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=9))
def test_a_decimal_is_the_amount_it_was_made_from(value):
    assert written(Fraction(value)) == value


@pytest.mark.parametrize("value", [5, -5, 0, 5.0, -0.0, 1e300, 10**400, Decimal(5), Decimal("5.00"), Decimal("1E+9"),
                                   Decimal("12345.0"), Decimal("1E+999999")])  # fmt: skip
def test_a_number_without_a_fraction_is_whole_in_any_context(value):
    with decimal.localcontext(NARROW):
        assert is_whole(value)


@pytest.mark.parametrize("value", [True, False, "5", None, [5], 5.5, float("nan"), float("inf"), Decimal("5.5"), 5j,
                                   Decimal("1234.5"), Decimal("NaN"), Decimal("sNaN")])  # fmt: skip
def test_whatever_else_is_not_whole(value):
    with decimal.localcontext(NARROW):
        assert not is_whole(value)


@pytest.mark.parametrize("value", [5, 5.5, -1e308, 10**400, Decimal("5.5"), Decimal("1E-999999"), Decimal("-0")])
def test_int_float_and_decimal_are_numbers_if_they_are_finite(value):
    assert is_number(value)


@pytest.mark.parametrize("value", [True, False, "5", None, [], 5j, Fraction(5), float("nan"), float("inf"),
                                   float("-inf"), Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity")])  # fmt: skip
def test_whatever_else_is_no_number(value):
    assert not is_number(value)


class Caller(str):
    """Text that says something else of itself."""

    __slots__ = ()

    def isascii(self) -> bool:
        return True

    def __str__(self) -> str:
        return "7"


def test_a_multiplier_of_a_subclass_of_text_is_its_text():
    assert multiplier(Caller("1.5")) == Fraction(3, 2)


def test_a_multiplier_is_exact_in_any_context():
    with decimal.localcontext(NARROW):
        assert multiplier(Decimal("1234.56789")) == Fraction(123456789, 100000)
