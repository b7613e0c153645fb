"""How an audit is asked for."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from re import fullmatch
from typing import Any

from attrs import field, frozen

from pricing_rules.audit.log.files import is_utf8
from pricing_rules.audit.mapping.records import LogMapping
from pricing_rules.audit.meaning.case import Scope
from pricing_rules.audit.meaning.values import EPOCH
from pricing_rules.errors import UnusableLog
from pricing_rules.spelling import hint, shown

Progress = Callable[[int, int], None]
CHECKS = ("charge", "refunds", "history")  # the needed ones, which a caller may do without
MOST_MEMORY = 10**15


@frozen
class Options:
    """What an audit judges and how.

    Attributes:
        mapping: what the log calls things.
        request_column: column with the raw request bodies.
        ledger: files of a ledger.
        scope: the rows that are judged.
        history: whether only the last row of a task's history is.
        duplicates: whether tasks with several rows are looked for.
        memory_limit: of the engine, such as 2GB.
        progress: called with what is done and what there is, in rows or bytes.
        state: folder that keeps what is done, for an audit that is taken up again.
        unchecked: checks that the caller does without.
        table: of a DuckDB file.
    """

    mapping: LogMapping = field(factory=LogMapping)
    request_column: str | None = None
    ledger: Any = None
    scope: Scope = field(factory=Scope)
    history: bool = False
    duplicates: bool = True
    memory_limit: str = "2GB"
    progress: Progress | None = None
    state: str | None = None
    unchecked: frozenset[str] = frozenset()
    table: str | None = None


def asked(options: Options) -> dict[str, str]:
    """Return in words what an audit was asked for that decides its figures."""
    scope = options.scope
    instants = {"since": scope.since, "until": scope.until}
    told = {name: (EPOCH + timedelta(microseconds=at)).isoformat() for name, at in instants.items() if at is not None}
    named = {
        "service": scope.service,
        "account": scope.account,
        "columns": _pairs(options.mapping.columns),
        "statuses": _pairs(options.mapping.statuses),
        "request_column": options.request_column,
        "history": "the last row of a task is judged" if options.history else None,
        "duplicates": None if options.duplicates else "tasks with several rows are not looked for",
        "ledger": None if options.ledger is None else "it tells the charges and the refunds",
        "unchecked": ", ".join(sorted(options.unchecked)),
    }
    return {**told, **{name: text for name, text in named.items() if text}}


def _pairs(words: Mapping[str, str]) -> str:
    return ", ".join(f"{name}={said}" for name, said in sorted(words.items()))


def memory(limit: object) -> int:
    """Return the bytes of a limit such as 2GB or 512 MiB.

    Raises:
        TypeError: it is no text.
        UnusableLog: it is not written so, or beyond what an engine counts.
    """
    if not isinstance(limit, str):
        raise TypeError(f"memory_limit is text such as '2GB' or '512MiB', not {shown(limit)}")
    found = fullmatch(r"([1-9][0-9]{0,8}) ?([KMGT])(i?)B", limit)
    if found is None:
        raise UnusableLog(f"a memory limit is written like 2GB or 512MiB, not {shown(limit)}")
    power = "KMGT".index(found[2])
    size = int(found[1]) * (1_024 << power * 10 if found[3] else int(f"1000{'000' * power}"))
    if size > MOST_MEMORY:
        raise UnusableLog(f"a memory limit is at most 1000TB, not {shown(limit)}")
    return size


def window(since: datetime | None, until: datetime | None) -> tuple[int | None, int | None]:
    """Return UTC microseconds of the instants from which and before which tasks are judged.

    Raises:
        TypeError: one is no datetime.
        ValueError: one has no offset.
        UnusableLog: no instant is between them.
    """
    first, last = _microseconds("since", since), _microseconds("until", until)
    if first is not None and last is not None and first >= last:
        raise UnusableLog(f"since {since:%Y-%m-%d %H:%M:%S%z} is not before until {until:%Y-%m-%d %H:%M:%S%z}")
    return first, last


def _microseconds(name: str, instant: object) -> int | None:
    if instant is None:
        return None
    if not isinstance(instant, datetime):
        raise TypeError(f"{name} is a datetime with an offset, not {shown(instant)}")
    if instant.utcoffset() is None:
        raise ValueError("since and until need an offset: a time without one fits several instants")
    return (instant - EPOCH) // timedelta(microseconds=1)


def text(name: str, value: object) -> str | None:
    """Return an argument that is text or None.

    Raises:
        TypeError: it is neither.
        UnusableLog: it is no UTF-8 text, which no engine takes.
    """
    if value is not None and not isinstance(value, str):
        raise TypeError(f"{name} is text, not {shown(value)}")
    if value is not None and not is_utf8(value):
        raise UnusableLog(f"{name} is no UTF-8 text: {shown(value)}")
    return value


def flag(name: str, value: object) -> bool:
    """Return an argument that is True or False.

    Raises:
        TypeError: it is neither.
    """
    if not isinstance(value, bool):
        raise TypeError(f"{name} is True or False, not {shown(value)}")
    return value


def words(name: str, pairs: object, example: str) -> dict[str, str]:
    """Return an argument that tells words by others.

    Raises:
        TypeError: it is no mapping of text to text.
        UnusableLog: a word is no UTF-8 text.
    """
    if pairs is None:
        return {}
    if not isinstance(pairs, Mapping):
        raise TypeError(f"{name} is a mapping such as {example}, not {shown(pairs)}")
    for each in (*pairs, *pairs.values()):
        if text(f"a word of {name}", each) is None:
            raise TypeError(f"{name} is a mapping of text to text, not of or to null")
    return dict(pairs)


def checks(unchecked: object) -> frozenset[str]:
    """Return the names of needed checks that a caller does without.

    Raises:
        TypeError: they are no collection of names.
        UnusableLog: there is no such check.
    """
    if isinstance(unchecked, str) or not isinstance(unchecked, Collection):
        raise TypeError(f"unchecked is a collection of names such as ['charge'], not {shown(unchecked)}")
    for name in unchecked:
        if name not in CHECKS:
            raise UnusableLog(f"there is no check {shown(name)}.{hint(name, CHECKS)} There are {', '.join(CHECKS)}")
    return frozenset(unchecked)
