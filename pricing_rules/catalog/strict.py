"""Values of a TOML file, taken strictly: each of the type that is asked for, or refused in words."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any, NewType

from pricing_rules.amounts import parse
from pricing_rules.answers import Value
from pricing_rules.catalog.faults import Fault, Refused
from pricing_rules.spelling import shown

Words = NewType("Words", str)  # text for people, on one line
Sentence = NewType("Sentence", str)  # such text that is not empty
Name = NewType("Name", str)  # any text that is not empty
Values = NewType("Values", tuple[Value, ...])  # a list of allowed values that is not empty
Content = NewType("Content", object)  # part of a body: text, an integer, true, false, a list or a table

LARGEST = 2**53 - 1  # beyond it JavaScript does not tell two whole numbers apart
MAX_TEXT = 10_000  # characters
MAX_DEPTH = 32  # of a body
KINDS: Mapping[Any, str] = {int: "an integer", str: "text", bool: "true or false"}
CONTROLS = frozenset(map(chr, (*range(32), *range(127, 160))))
DIRECTIONS = frozenset("\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
HIDDEN = CONTROLS | DIRECTIONS  # what a terminal obeys and an editor does not show


def key_of_attribute(name: str) -> str:
    """Return the key of a record's attribute: one that Python keeps for itself has an underscore after it there."""
    return name.removesuffix("_")


def as_table(value: object) -> dict[str, Any]:
    """Return a table, or refuse."""
    if isinstance(value, dict):
        return value
    raise Refused(f"expected a table, got {shown(value)}")


def as_list(value: object) -> list[Any]:
    """Return a list, or refuse."""
    if isinstance(value, list):
        return value
    raise Refused(f"expected a list, got {shown(value)}")


def as_words(value: object) -> str:
    """Return text for people, or refuse."""
    text = str(as_scalar(value, str))
    if not HIDDEN.isdisjoint(text):
        raise Refused(f"expected text on one line without control characters or marks of direction, got {shown(value)}")
    return text


def as_name(value: object) -> str:
    """Return text that is not empty, or refuse."""
    if value == "":
        raise Refused("expected text, got ''")
    return str(as_scalar(value, str))


def as_scalar(value: object, kind: type) -> object:
    """Return an integer, text, or true or false, as asked for, or refuse."""
    if type(value) is not kind:
        raise Refused(f"expected {KINDS[kind]}, got {shown(value)}")
    if isinstance(value, int) and abs(value) > LARGEST:
        raise Refused(f"expected an integer of at most {LARGEST:,}, got {shown(value)}")
    if isinstance(value, str) and len(value) > MAX_TEXT:
        raise Refused(f"expected text of at most {MAX_TEXT:,} characters")
    return value


def as_amount(value: object) -> Fraction:
    """Return an exact amount that is not negative, from an integer or text, or refuse."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST:
        return Fraction(value)
    if isinstance(value, str):
        try:
            return parse(value)
        except ValueError as fault:
            raise Refused(f"{fault}; got {shown(value)}") from None
    raise Refused(f'expected a whole number or text like "1.47" or "5/3", got {shown(value)}')


def as_instant(value: object) -> datetime:
    """Return an instant in UTC, or refuse."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        try:
            return value.astimezone(UTC)
        except OverflowError:
            raise Refused("outside the years 1 to 9999 in UTC") from None
    raise Refused(f"expected a time with its offset, like 2027-01-01T00:00:00Z, got {shown(value)}")


def as_values(value: object) -> tuple[Any, ...]:
    """Return a list of allowed values that is not empty, or refuse."""
    items = as_list(value)
    if items and all(type(item) in KINDS for item in items):
        return tuple(as_scalar(item, type(item)) for item in items)
    raise Refused(f"expected a list of text, integers or true and false, got {shown(value)}")


def content_faults(value: object, *path: str | int) -> Iterator[Fault]:
    """Yield what of a body is nothing that it can hold."""
    match value:
        case str() | bool():
            return
        case int() if abs(value) <= LARGEST:
            return
        case int():
            yield path, f"expected an integer of at most {LARGEST:,}, got {shown(value)}"
        case dict() | list() if len(path) == MAX_DEPTH:
            yield path, f"nested more than {MAX_DEPTH} deep"
        case dict():
            for name, inner in value.items():
                yield from content_faults(inner, *path, name)
        case list():
            for index, inner in enumerate(value):
                yield from content_faults(inner, *path, index)
        case _:
            yield path, f"expected text, an integer, true, false, a list or a table, got {shown(value)}"
