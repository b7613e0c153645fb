"""Values of a log as whole numbers and text: exact, or `Unreadable`. Every engine reads them by the same rules."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Context, Decimal
from fractions import Fraction
from re import compile as pattern
from typing import assert_never

from pricing_rules.amounts import is_number, multiplier
from pricing_rules.catalog.columns import MICROS, Measure

PLACES, EXACT = 6, Context(prec=100)  # of an amount; whatever precision a program has set for its own decimals
LARGEST = 10**12  # what is larger is no amount, and would not fit in 64 bits as micros
NUMBER = "[0-9]{1,12}([.][0-9]{1,6}0{0,12})?"
MOMENT = (  # its groups: the zone, and in it the offset
    "[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]{1,9})?)?"
    "( ?(?:Z|z|UTC|([+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?)))?)?"
)
SECONDS = "[0-9]{9,16}([.][0-9]{1,9})?"
IS_NUMBER, IS_MOMENT, IS_SECONDS = (pattern(each).fullmatch for each in (NUMBER, MOMENT, SECONDS))
UNITS = (  # of a time as a number: microseconds of one, and the numbers between which it counts; what is likely first
    (1, 10**14, 10**18),
    (1_000, 10**11, 10**14),
    (MICROS, 0, 10**11),
)
FLAGS = {  # as JSON, Python and a spreadsheet write them
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
SWAPPED = str.maketrans(",.", ".,")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Unreadable(ValueError):
    """A value of a log is not what its column holds."""


def text(value: object) -> str | None:
    """Read text, a number or true and false as text; None where there is none, and an empty text is none."""
    match value:
        case None | "":
            return None
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case float() | Decimal() if is_number(value) and value == int(value):
            return str(int(value))
        case _:
            return str(value)


def word(value: object) -> str | None:
    """Read text as `text` does; an integral decimal such as 1.0 is the whole number."""
    found = text(value)
    whole, point, zeros = (found or "").partition(".")
    return whole if point and whole.isdecimal() and zeros and not zeros.strip("0") else found


def dotted(value: object, decimal: str) -> object:
    """Return a number in text with a point as its decimal sign; the other sign stands where no number has one."""
    return value.translate(SWAPPED) if decimal == "," and isinstance(value, str) else value


def micros(value: object) -> int | None:
    """Read a number as a whole number of millionths; a double x is n millionths where n / 10^6 is x.

    Raises:
        Unreadable: no number, finer than a millionth, or beyond 10^12.
    """
    match value:
        case None | "":
            return None
        case str() if IS_NUMBER(value):
            whole, _, rest = value.partition(".")
            return int(whole) * MICROS + int(rest[:PLACES].ljust(PLACES, "0"))
        case int() if is_number(value) and -LARGEST < value < LARGEST:
            return value * MICROS
        case Decimal() if value.is_finite() and -LARGEST < value < LARGEST:
            scaled = EXACT.scaleb(value, PLACES)
            found = int(scaled)
            is_exact = found == scaled
        case float() if is_number(value) and -LARGEST < value < LARGEST:
            found = int(value) * MICROS if value.is_integer() else round(value * MICROS)
            is_exact = float(Fraction(found, MICROS)) == value
        case _:
            raise Unreadable
    if not is_exact:
        raise Unreadable
    return found


def count(value: object) -> int | None:
    """Read a whole number from 0 on."""
    found = micros(value)
    if found is not None and (found < 0 or found % MICROS):
        raise Unreadable
    return None if found is None else found // MICROS


def count_or_items(value: object) -> int | None:
    """Read a whole number from 0 on, or how many items the list in its place has."""
    is_list = isinstance(value, list) or (isinstance(value, str) and value.startswith("["))
    return len(_items(value)) if is_list else count(value)


def instant(value: object) -> int | None:
    """Read a time as UTC microseconds, finer ones floored: ISO text, or seconds, milli- or microseconds since 1970."""
    match value:
        case None | "":
            return None
        case str() if IS_SECONDS(value):
            return instant(Decimal(value))
        case str() if found := IS_MOMENT(value):
            return instant(_moment(value.removesuffix(found[1] or "") + (found[2] or "")))
        case datetime():
            moment = value.replace(tzinfo=UTC) if value.utcoffset() is None else value
            return (moment - EPOCH) // timedelta(microseconds=1)
        case date():
            return (value - EPOCH.date()) // timedelta(microseconds=1)
        case int() | float() | Decimal() if is_number(value) and 0 <= value < LARGEST * MICROS:
            return _floored(value, next(times for times, least, below in UNITS if least <= value < below))
        case _:
            raise Unreadable


def multiplied(value: object) -> Fraction:
    """Read a multiplier of the log's owner; none is 1.

    Raises:
        Unreadable: no number from 0 to 1,000,000.
    """
    if value is None or value == "":
        return Fraction(1)
    try:
        return multiplier(Fraction(micros(value) or 0, MICROS) if isinstance(value, float) else value)
    except (ValueError, TypeError):
        raise Unreadable from None


def measured(value: object, measure: Measure) -> object:
    """Return what of a value counts: the value, a flag, the number of items or of code points."""
    if value is None or value == "":
        return None
    match measure:
        case "value":
            return value
        case "flag":
            found = {**FLAGS, "1": True, "0": False}.get(word(value) or "")
            if found is None:
                raise Unreadable
            return found
        case "items":
            return len(_items(value))
        case "characters":
            return len(str(value))
        case _:
            assert_never(measure)


def _items(value: object) -> list[object]:
    try:
        items = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        items = None
    if not isinstance(items, list):
        raise Unreadable
    return items


def _floored(value: float | Decimal, times: int) -> int:
    """Return a number times another: of a double the whole number that it stands for, else the one below."""
    if isinstance(value, float):
        whole = round(value * times)
        return whole if float(Fraction(whole, times)) == value else int(value * times)
    return int(Fraction(value) * times)


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise Unreadable from None
