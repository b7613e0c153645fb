"""Values of a TOML file, taken strictly: each of the type that is asked for, or refused in words."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from pricing_rules.amounts import parse
from pricing_rules.spelling import hint, shown

LARGEST = 2**53 - 1  # beyond it JavaScript does not tell two whole numbers apart
KINDS: Mapping[Any, str] = {int: "an integer", str: "text", bool: "true or false"}


class Refused(ValueError):
    """A value that a catalog may not hold; `key` leads to it from the table at hand."""

    def __init__(self, reason: str, key: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.key = key


def as_table(value: object, key: str = "") -> dict[str, Any]:
    """Return a table, or refuse."""
    if isinstance(value, dict):
        return value
    raise Refused(f"expected a table, got {shown(value)}", key)


def as_list(value: object, key: str = "") -> list[Any]:
    """Return a list, or refuse."""
    if isinstance(value, list):
        return value
    raise Refused(f"expected a list, got {shown(value)}", key)


def as_text(value: object, key: str = "") -> str:
    """Return text that is not empty, or refuse."""
    if isinstance(value, str) and value:
        return value
    raise Refused(f"expected text, got {shown(value)}", key)


def as_scalar(value: object, kind: type) -> object:
    """Return an integer, text, or true or false, as asked for, or refuse."""
    if type(value) is not kind:
        raise Refused(f"expected {KINDS[kind]}, got {shown(value)}")
    if isinstance(value, int) and abs(value) > LARGEST:
        raise Refused(f"expected an integer of at most {LARGEST:,}, got {shown(value)}")
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


def as_values(value: object, key: str) -> tuple[Any, ...]:
    """Return a list of allowed values that is not empty, or refuse."""
    items = as_list(value, key)
    if items and all(type(item) in KINDS for item in items):
        return tuple(items)
    raise Refused(f"expected a list of text, integers or true and false, got {shown(value)}", key)


def only_keys(found: Iterable[str], known: Iterable[str], key: str = "") -> None:
    """Refuse the first key that is not known."""
    allowed = tuple(known)
    for name in found:
        if name not in allowed:
            raise Refused(f"unknown key {shown(name)}.{hint(name, allowed)}", key)
