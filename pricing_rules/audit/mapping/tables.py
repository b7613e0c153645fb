"""A mapping as it is written: a TOML file or its tables, checked key by key."""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import Any, get_args

from attrs import frozen

from pricing_rules.audit.mapping.records import LedgerMapping, LogMapping, Writing
from pricing_rules.audit.mapping.times import time_format
from pricing_rules.audit.meaning.reader import readable, state_of
from pricing_rules.audit.meaning.values import word
from pricing_rules.catalog.columns import COLUMNS
from pricing_rules.catalog.protocol import State
from pricing_rules.catalog.records import Catalog
from pricing_rules.errors import UnreadableLog, UnusableMapping
from pricing_rules.spelling import hint, listed, shown

ARGUMENTS = "the mapping"
WRITING = ("delimiter", "decimal", "nulls", "encoding", "time")
TABLES = ("columns", "status", "assume", "ledger")
LEDGER_COLUMNS = ("task_id", "kind", "credits", "entry_id", "at", "account")
LEDGER_KINDS = ("debit", "refund", "grant")
STATES: tuple[State, ...] = get_args(State)
NEVER_ASSUMED = ("task_id", "credits_used")
LONGEST = 10**6  # bytes of a mapping file

ENCODINGS = ("utf-8", "utf-16", "latin-1", "windows-1252", "windows-1251", "shift_jis", "gb18030")

Layer = str | PathLike[str] | Mapping[str, Any]


def read_mapping(*layers: Layer) -> LogMapping:
    """Read a mapping of files and tables, the later ones over the earlier; its errors are those of `checked`."""
    return _mapping(checked(*layers))


def checked(*layers: Layer) -> dict[str, Any]:
    """Return the tables of files and mappings, the later ones over the earlier.

    Raises:
        UnusableMapping: a key or value is none that there is; names the file and the key.
        UnreadableLog: a file cannot be read.
        TypeError: a layer is neither a path nor a mapping.
    """
    merged: dict[str, Any] = {}
    for layer in layers:
        name, tables = _opened(layer)
        _check(Tables(name, tables))
        merged = _over(merged, tables)
    return merged


def _opened(layer: object) -> tuple[str, Mapping[str, Any]]:
    if isinstance(layer, Mapping):
        return ARGUMENTS, layer
    if not isinstance(layer, str | PathLike):
        raise TypeError(
            f"a mapping is a path or tables such as {{'status': {{'OK': 'completed'}}}}, not {shown(layer)}"
        )
    path = Path(fspath(layer))
    try:
        content = path.read_bytes() if path.stat().st_size <= LONGEST else None
    except OSError as fault:
        raise UnreadableLog(path.name, str(fault.strerror)) from None
    if content is None:
        raise UnusableMapping(path.name, "", f"it is longer than {LONGEST:,} bytes")
    try:
        return path.name, tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        raise UnusableMapping(path.name, "", f"it is no TOML: {fault}") from None


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Lay tables over others, key by key."""
    both = {key: _over(below[key], above[key]) for key in above if isinstance(below.get(key), Mapping)}
    return {**below, **above, **both}


@frozen
class Tables:
    """The tables of a mapping, or of a part of it, by what it is called where something is wrong with it."""

    file: str
    tables: Mapping[str, Any]
    prefix: str = ""

    def fault(self, key: str, reason: str) -> UnusableMapping:
        """Return the error for a key."""
        return UnusableMapping(self.file, f"{self.prefix}{key}", reason)

    def table(self, name: str) -> "Tables":
        """Return a table, empty where there is none."""
        found = self.tables.get(name, {})
        if not isinstance(found, Mapping):
            raise self.fault(name, f"it is a table, not {shown(found)}")
        return Tables(self.file, found, f"{self.prefix}{name}.")

    def check_keys(self, known: Collection[str], what: str) -> None:
        """Check that each key is known."""
        for key in self.tables:
            if key not in known:
                said = f"there is no {what} {shown(key)}.{hint(key, known)} There are {', '.join(known)}"
                raise self.fault(str(key), said)

    def check_texts(self) -> None:
        """Check that each value is text."""
        for key, value in self.tables.items():
            if not _is_word(value):
                raise self.fault(key, f"it is text in quotes that is not empty, not {shown(value)}")

    def check_words(self, known: Collection[str], what: str) -> None:
        """Check words of our own by those of the log."""
        for key, value in self.tables.items():
            if not _is_word(key):
                raise self.fault("", f"a word of the log is text that is not empty, not {shown(key)}")
            if value not in known:
                raise self.fault(key, f"there is no {what} {shown(value)}.{hint(value, known)} It is {listed(known)}")

    def check_writing(self) -> None:
        """Check how a log is written."""
        nulls = self.tables.get("nulls", ())
        if isinstance(nulls, str) or not isinstance(nulls, Sequence) or not all(map(_is_word, nulls)):
            raise self.fault("nulls", f"it is a list of words such as ['\\N', 'NULL'], not {shown(nulls)}")
        for name, said in CHECKS.items():
            value = self.tables.get(name)
            fault = said(value) if isinstance(value, str) else f"it is text in quotes, not {shown(value)}"
            if name in self.tables and fault:
                raise self.fault(name, fault)


def _check(mapping: Tables) -> None:
    mapping.check_keys((*TABLES, *WRITING), "key of a mapping")
    mapping.check_writing()
    for name in ("columns", "assume"):
        mapping.table(name).check_keys(COLUMNS, "column of a usage record")
        mapping.table(name).check_texts()
    mapping.table("status").check_words(STATES, "state")
    ledger = mapping.table("ledger")
    ledger.check_keys(("columns", "kinds", *WRITING), "key of a ledger's mapping")
    ledger.check_writing()
    ledger.table("columns").check_keys(LEDGER_COLUMNS, "column of a ledger")
    ledger.table("columns").check_texts()
    ledger.table("kinds").check_words(LEDGER_KINDS, "kind of an entry")


def _is_word(word: object) -> bool:
    """Tell whether a value is text that is not empty, and that every engine takes."""
    return isinstance(word, str) and word != "" and word.encode(errors="replace").decode() == word


def _delimiter(value: str) -> str | None:
    is_one = len(value) == 1 and value.isascii() and not value.isalnum() and value not in '"\r\n\0 .'
    return None if is_one else f"a delimiter is one character such as ; or | or a tab, not {shown(value)}"


def _decimal(value: str) -> str | None:
    return None if value in (".", ",") else f"the decimal sign is a point or a comma, not {shown(value)}"


def _time(value: str) -> str | None:
    try:
        time_format(value)
    except ValueError as wrong:
        return str(wrong)
    return None


def _encoding(value: str) -> str | None:
    try:
        "".encode(value)
    except (LookupError, ValueError):
        said = f"there is no encoding {shown(value)}.{hint(value, ENCODINGS)}"
        return f"{said} It is one of those that Python has, such as {listed(ENCODINGS)}"
    return None


CHECKS = {"delimiter": _delimiter, "decimal": _decimal, "encoding": _encoding, "time": _time}  # None where it is right


def _mapping(tables: Mapping[str, Any]) -> LogMapping:
    ledger, own = tables.get("ledger", {}), _writing(tables)
    columns, kinds = dict(ledger.get("columns", {})), dict(ledger.get("kinds", {}))
    return LogMapping(
        dict(tables.get("columns", {})),
        {str(word(key)): state for key, state in tables.get("status", {}).items()},
        dict(tables.get("assume", {})),
        own,
        LedgerMapping(columns, kinds, _writing({**{name: getattr(own, name) for name in WRITING}, **ledger})),
    )


def _writing(tables: Mapping[str, Any]) -> Writing:
    own = {name: tables[name] for name in WRITING if name in tables}
    found = Writing(**own | ({"nulls": tuple(own["nulls"])} if "nulls" in own else {}))
    for each in found.nulls:
        if found.delimiter in each or '"' in each:
            said = f"{shown(each)} has the delimiter {shown(found.delimiter)} or a quote in it, which no value has"
            raise UnusableMapping(ARGUMENTS, "nulls", said)
    return found


def check_assumed(catalog: Catalog, assumed: Mapping[str, str]) -> None:
    """Check that what is assumed can be read, and that a status and a model are known.

    Raises:
        UnusableMapping: it is not; names the column.
    """
    known = {"model": tuple(catalog.models), "status": tuple(catalog.tasks.states), "service": (catalog.id,)}
    for name, value in assumed.items():
        if name in NEVER_ASSUMED:
            raise UnusableMapping(ARGUMENTS, f"assume.{name}", "it differs from row to row, and only the log tells it")
        if not readable(catalog, name, value):
            raise UnusableMapping(ARGUMENTS, f"assume.{name}", f"{shown(value)} is no value that this column can have")
        is_known = state_of(catalog, value) is not None if name == "status" else value in known.get(name, (value,))
        if not is_known:
            said = f"{shown(value)} is no {name} that is known.{hint(value, known[name])} It is {listed(known[name])}"
            raise UnusableMapping(ARGUMENTS, f"assume.{name}", said)
