"""What is told of a line of JSON Lines that is no record: where it breaks off, plain values before; never a prompt."""

import json
from collections.abc import Collection, Iterator
from typing import Any

from pricing_rules.audit.evidence.stated import LONGEST
from pricing_rules.spelling import printable, shown

BLANK = " \t\n\r"


class Members(tuple[tuple[str, Any], ...]):
    """The keys of a JSON object and their values, as often as they stand there."""

    __slots__ = ()


READER = json.JSONDecoder(object_pairs_hook=Members, parse_int=str, parse_float=str, parse_constant=str)


def told(line: bytes, names: Collection[str]) -> str:
    """Say where a line breaks off or what it has twice, and the plain values of some keys that stand before."""
    try:
        text = line.decode()
        reason = _reason(text)
    except UnicodeDecodeError as fault:
        text, reason = line[: fault.start].decode(), f"no UTF-8 text from byte {fault.start + 1:,} on"
    values = (f"{name}: {_written(value)}" for name, value in _members(text) if name in names and _is_plain(value))
    return printable("; ".join((reason, *values)))[:LONGEST]


def _reason(text: str) -> str:
    """Say why a text is no record; no word of it is told but a key that it has twice."""
    try:
        found = READER.decode(text)
    except json.JSONDecodeError as fault:
        return f"{fault.msg.removesuffix(' at')} at column {fault.pos + 1:,}"
    except RecursionError:
        return "lists or objects in each other, too deep to be read"
    if not isinstance(found, Members):
        return "no JSON object"
    names = [name for name, _ in found]
    twice = next((name for name in names if names.count(name) > 1), None)
    return "no JSON that can be read" if twice is None else f"the key {shown(twice)} comes twice"


def _members(text: str) -> Iterator[tuple[str, Any]]:
    """Yield the keys of an object with their values, up to where it breaks off."""
    place, mark = _after(text, 0), "{"
    while text.startswith(mark, place):
        try:
            name, place = READER.raw_decode(text, _after(text, place + 1))
            place = _after(text, place)
            if not text.startswith(":", place) or not isinstance(name, str):
                return
            value, place = READER.raw_decode(text, _after(text, place + 1))
        except (ValueError, RecursionError):
            return
        yield name, value
        place, mark = _after(text, place), ","


def _after(text: str, place: int) -> int:
    """Return the place of what follows white space."""
    while text[place : place + 1] and text[place] in BLANK:
        place += 1
    return place


def _is_plain(value: object) -> bool:
    return not isinstance(value, Members | list)


def _written(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)
