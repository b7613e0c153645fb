"""Request bodies from a file or standard input; what cannot be read as JSON is an error that says where."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from decimal import Decimal, InvalidOperation
from typing import IO, cast

import click

from pricing_rules.errors import PricingRulesError

STDIN = "-"


class UnreadableInput(PricingRulesError, ValueError):
    """A file cannot be read, or is not what is expected."""


def read_body(file: str) -> object:
    """Return the one body in a file, "-" is standard input.

    Raises:
        UnreadableInput: the file cannot be read or is not JSON.
    """
    with _opened(file) as stream:
        content = _read(file, stream.read)
    try:
        return parsed(content)
    except UnreadableInput as fault:
        raise UnreadableInput(f"{_name(file)}: {fault}") from None


def read_text(file: str, most: int) -> str:
    """Return the text of a file, "-" is standard input.

    Raises:
        UnreadableInput: the file cannot be read, is no text in UTF-8, or has more than `most` bytes.
    """
    with _opened(file) as stream:
        content = _read(file, lambda: stream.read(most + 1))
    if len(content) > most:
        raise UnreadableInput(f"{_name(file)}: larger than {most:,} bytes")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise UnreadableInput(f"{_name(file)}: not UTF-8 text at byte {fault.start + 1:,}") from None


def read_lines(file: str) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of a file that are not blank, each with its number, one at a time.

    Raises:
        UnreadableInput: the file cannot be read.
    """
    with _opened(file) as stream:
        number = 0
        while line := _read(file, stream.readline):
            number += 1
            if line.strip():
                yield number, line.rstrip(b"\r\n")


def parsed(content: bytes) -> object:
    """Parse JSON in UTF-8; a number with a point or exponent becomes a Decimal, so that nothing is rounded.

    Raises:
        UnreadableInput: it is not JSON, or beyond what can be parsed.
    """
    try:
        return json.loads(content.decode("utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError as fault:
        reason = f"not UTF-8 text at byte {fault.start + 1:,}"
    except json.JSONDecodeError as fault:
        line = f"line {fault.lineno:,}, " if fault.lineno > 1 else ""
        reason = f"not JSON: {fault.msg} at {line}column {fault.colno:,}"
    except (ValueError, InvalidOperation):
        reason = "a number has too many digits or too large an exponent"
    except RecursionError:
        reason = "arrays or objects are nested too deep"
    raise UnreadableInput(reason)


def _opened(file: str) -> AbstractContextManager[IO[bytes]]:
    try:
        return cast("AbstractContextManager[IO[bytes]]", click.open_file(file, "rb"))
    except (OSError, ValueError, RuntimeError) as fault:
        raise _unreadable(file, fault) from None


def _read(file: str, read: Callable[[], bytes]) -> bytes:
    try:
        return read()
    except OSError as fault:
        raise _unreadable(file, fault) from None


def _unreadable(file: str, fault: Exception) -> UnreadableInput:
    reason = fault.strerror if isinstance(fault, OSError) else fault
    return UnreadableInput(f"{_name(file)}: cannot be read: {reason}")


def _name(file: str) -> str:
    return "standard input" if file == STDIN else file
