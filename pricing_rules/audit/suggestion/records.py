"""A suggestion, and the mapping file that it is: what seems certain is set, what is open stands there as a comment."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from attrs import fields, frozen

from pricing_rules.audit.log.part import PLAIN
from pricing_rules.audit.mapping.records import Writing
from pricing_rules.catalog.constraints import counted
from pricing_rules.spelling import listed, shown

MOST = 50  # words of a kind


@frozen
class Word:
    """A word of a log: what it most likely says, None where that is open; and the rows that have it."""

    word: str
    says: str | None
    rows: int


@frozen
class Suggestion:
    """What a log seems to call things.

    Attributes:
        service: id of the service.
        rows: how many rows were looked at.
        writing: how it is written.
        formats: the formats that fit its times, where they are not read without one.
        columns: its columns for ours, where they are called neither ours nor the service's way.
        lacking: needed columns that no column looks like.
        unused: columns that tell nothing.
        statuses: words for a state that the service has not, most rows first.
        models: words for a model that the catalog has not, with the nearest.
        ledger: the same of a ledger.
    """

    service: str
    rows: int
    writing: Writing
    formats: tuple[str, ...]
    columns: Mapping[str, str]
    lacking: tuple[str, ...]
    unused: tuple[str, ...]
    statuses: tuple[Word, ...] = ()
    models: tuple[Word, ...] = ()
    known_models: int = 0
    ledger: "LedgerSuggestion | None" = None

    @property
    def toml(self) -> str:
        """Return it as a mapping file."""
        return "".join(f"{line}\n" for line in _lines(self))


@frozen
class LedgerSuggestion:
    """What a ledger seems to call things, and how it is written."""

    writing: Writing
    formats: tuple[str, ...]
    columns: Mapping[str, str]
    lacking: tuple[str, ...]
    kinds: tuple[Word, ...] = ()


def _lines(found: Suggestion) -> Iterator[str]:
    yield f"# What {counted(found.rows, 'row')} of the log seem to say, at {found.service}: look through it, mend it,"
    yield "# and name it to the audit with --map. A line that begins with # is not in force."
    yield from _writing(found.writing, found.formats, PLAIN)
    yield from _columns("columns", found.columns, found.lacking)
    if found.unused:
        yield f"# columns that seem to tell nothing: {listed(found.unused, 'and')}"
    yield from _words("status", found.statuses, "completed, failed or pending")
    if found.models:
        yield ""
        yield "# models that the catalog does not have; no mapping makes them known"
        yield from (f"# {shown(each.word)}: {_rows(each)}{_near(each)}" for each in found.models[:MOST])
    if found.ledger:
        yield from _ledger(found.ledger, found.writing)


def _ledger(found: LedgerSuggestion, log: Writing) -> Iterator[str]:
    own = list(_writing(found.writing, found.formats, log))
    if own:
        yield from ("", "[ledger]", *own[1:])
    yield from _columns("ledger.columns", found.columns, found.lacking)
    yield from _words("ledger.kinds", found.kinds, "debit, refund or grant")


def _writing(writing: Writing, formats: Sequence[str], usual: Writing) -> Iterator[str]:
    """Yield what is written otherwise than usual; of formats that fit alike none is chosen."""
    differ = (each.name for each in fields(Writing) if getattr(writing, each.name) != getattr(usual, each.name))
    names = [name for name in differ if getattr(writing, name) is not None]
    if names or len(formats) > 1:
        yield ""
    for name in names:
        value = getattr(writing, name)
        yield f"{name} = {_value(list(value) if isinstance(value, tuple) else value)}"
    if len(formats) > 1:
        yield from (f"# time = {_value(form)}" for form in formats)


def _columns(table: str, columns: Mapping[str, str], lacking: Sequence[str]) -> Iterator[str]:
    if columns or lacking:
        yield ""
        yield f"[{table}]"
    yield from (f"{name} = {_value(column)}" for name, column in columns.items())
    yield from (f'# {name} = ""  # no column looks like it' for name in lacking)


def _words(table: str, words: Sequence[Word], known: str) -> Iterator[str]:
    if words:
        yield ""
        yield f"[{table}]"
    for each in words[:MOST]:
        mark, asked = ("", "") if each.says else ("# ", f": {known}?")
        yield f"{mark}{_key(each.word)} = {_value(each.says or '')}  # {_rows(each)}{asked}"
    if len(words) > MOST:
        yield f"# and {len(words) - MOST:,} more"


def _rows(each: Word) -> str:
    return counted(each.rows, "row")


def _near(each: Word) -> str:
    return f", perhaps {shown(each.says)}" if each.says else ""


def _key(word: str) -> str:
    return word if re.fullmatch("[A-Za-z0-9_-]+", word) else _value(word)


def _value(value: str | list[str]) -> str:
    """Write text or a list of it as TOML has it."""
    return "".join(
        char if char.isprintable() else f"\\U{ord(char):08x}" for char in json.dumps(value, ensure_ascii=False)
    )
