"""How an audit is asked for."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from re import fullmatch
from typing import Any

from attrs import field, frozen

from pricing_rules.audit.values import EPOCH
from pricing_rules.errors import UnusableLog
from pricing_rules.spelling import shown
from pricing_rules.targets.sql import Scope

Progress = Callable[[int, int], None]


@frozen
class Options:
    """What an audit judges and how.

    Attributes:
        columns: columns of the log for ours, by our name.
        request_column: column with the raw request bodies.
        ledger: files of a ledger.
        scope: the rows that are judged.
        history: whether only the last row of a task's history is.
        duplicates: whether tasks with several rows are looked for.
        memory_limit: of the engine, such as 2GB.
        progress: called with what is done and what there is, in rows or bytes.
        state: folder that keeps what is done, for an audit that is taken up again.
        unchecked: checks that the caller does without.
    """

    columns: Mapping[str, str] = field(factory=dict)
    request_column: str | None = None
    ledger: Any = None
    scope: Scope = field(factory=Scope)
    history: bool = False
    duplicates: bool = True
    memory_limit: str = "2GB"
    progress: Progress | None = None
    state: str | None = None
    unchecked: frozenset[str] = frozenset()


def memory(limit: str) -> int:
    """Return the bytes of a limit such as 2GB or 512 MiB.

    Raises:
        UnusableLog: it is not written so.
    """
    found = fullmatch(r"([1-9][0-9]{0,8}) ?([KMGT])(i?)B", limit)
    if found is None:
        raise UnusableLog(f"a memory limit is written like 2GB or 512MiB, not {shown(limit)}")
    power = "KMGT".index(found[2])
    return int(found[1]) * (1_024 << power * 10 if found[3] else int(f"1000{'000' * power}"))


def window(since: datetime | None, until: datetime | None) -> tuple[int | None, int | None]:
    """Return UTC microseconds of the instants from which and before which tasks are judged.

    Raises:
        ValueError: one has no offset.
        UnusableLog: no instant is between them.
    """
    first, last = microseconds(since), microseconds(until)
    if first is not None and last is not None and first >= last:
        raise UnusableLog(f"since {since:%Y-%m-%d %H:%M:%S%z} is not before until {until:%Y-%m-%d %H:%M:%S%z}")
    return first, last


def microseconds(instant: datetime | None) -> int | None:
    """Return UTC microseconds.

    Raises:
        ValueError: the instant has no offset.
    """
    if instant is None:
        return None
    if instant.utcoffset() is None:
        raise ValueError("since and until need an offset: a time without one fits several instants")
    return (instant - EPOCH) // timedelta(microseconds=1)
