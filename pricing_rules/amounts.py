"""Exact numbers: text to Fraction, one ceiling to the service's unit, Decimal out; no float or bool is an amount."""

from decimal import Decimal
from fractions import Fraction

MAX_MULTIPLIER = 1_000_000
MAX_TEXT = 40
MAX_BITS = 2_048  # keeps products and their text small whatever a caller sends


def parse(text: str) -> Fraction:
    """Read an amount that is not negative from ASCII text of the form "d", "d.d" or "d/d".

    Raises:
        ValueError: any other text, one longer than 40 characters, or a division by zero.
    """
    if len(text) <= MAX_TEXT and text.isascii():
        for mark in "/.":
            left, found, right = text.partition(mark)
            if found and left.isdigit() and right.isdigit() and (mark == "." or int(right)):
                return Fraction(text)
        if text.isdigit():
            return Fraction(text)
    raise ValueError(f'an amount is text like "3", "1.47" or "5/3" of at most {MAX_TEXT} characters')


def ceiling(exact: Fraction, unit: Fraction) -> Fraction:
    """Round up to a whole number of units: the one rounding of a price."""
    units = -(-exact.numerator * unit.denominator // (exact.denominator * unit.numerator))
    return Fraction(units * unit.numerator, unit.denominator)


def terminates(amount: Fraction) -> bool:
    """Tell whether an amount has a finite decimal form."""
    rest = amount.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def decimal(amount: Fraction) -> Decimal:
    """Write an amount that `terminates` as a Decimal without exponent or trailing zeros, in any decimal context."""
    places, scale = 0, 1
    while scale % amount.denominator:
        places, scale = places + 1, scale * 10
    return Decimal(f"{amount.numerator * scale // amount.denominator}E-{places}")


def fraction(value: Fraction) -> str:
    """Write an exact amount as decimal text where it has one, else as a ratio."""
    return f"{decimal(value):f}" if value.denominator != 1 and terminates(value) else str(value)


def is_whole(value: object) -> bool:
    """Tell whether a value is a JSON number without fraction: 5, 5.0 and Decimal(5) are; True, "5" and 5.5 are not."""
    if isinstance(value, float):
        return float.is_integer(value)
    return is_number(value) and (isinstance(value, int) or value == value.to_integral_value())  # type: ignore[attr-defined]


def is_number(value: object) -> bool:
    """Tell whether a value is a finite JSON number: int, float or Decimal, but no bool."""
    match value:
        case bool():
            return False
        case int():
            return True
        case float():
            return value - value == 0  # neither infinite nor NaN
        case Decimal():
            return value.is_finite()
        case _:
            return False


def multiplier(value: object) -> Fraction:
    """Read a caller's custom multiplier, from 0 to 1,000,000.

    Raises:
        TypeError: not an int, Decimal, Fraction or text (a float or a bool among them).
        ValueError: text of another form, an amount out of range, or one of more than 2,048 bits.
    """
    match value:
        case bool() | float():
            raise TypeError(f"a custom multiplier is an int, Decimal, Fraction or text, never a {type(value).__name__}")
        case str():
            exact = parse(str.__str__(value))
        case Decimal():
            if not value.is_finite() or abs(value.as_tuple().exponent) > MAX_BITS:  # type: ignore[arg-type]
                raise ValueError("a custom multiplier is a finite number")
            exact = Fraction(value)
        case int() | Fraction():
            exact = Fraction(value)
        case _:
            raise TypeError(f"a custom multiplier is an int, Decimal, Fraction or text, not a {type(value).__name__}")
    if not 0 <= exact.numerator <= MAX_MULTIPLIER * exact.denominator or exact.denominator.bit_length() > MAX_BITS:
        raise ValueError(f"a custom multiplier is a number from 0 to {MAX_MULTIPLIER:,} of at most {MAX_BITS:,} bits")
    return exact
