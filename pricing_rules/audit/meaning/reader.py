"""How the values of each column are read, whether the places of one say the same, which state a status tells."""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import Any

from attrs import evolve

from pricing_rules.audit.meaning.values import (
    EPOCH,
    FLAGS,
    LARGEST,
    Unreadable,
    count,
    count_or_items,
    instant,
    micros,
    multiplied,
    text,
    word,
)
from pricing_rules.catalog.columns import COLUMNS, MAX_COUNT, MAX_CREDITS, MICROS, YEARS, Kind, is_numeric
from pricing_rules.catalog.protocol import State
from pricing_rules.catalog.records import Catalog
from pricing_rules.request.body import ABSENT

CONFLICT = object()  # places of a column that say different things
UNREADABLE = object()  # what none can be told of
MOST = MAX_CREDITS * MICROS
FIRST, AFTER = ((EPOCH.replace(year=year) - EPOCH) // EPOCH.resolution for year in (YEARS[0], YEARS[1] + 1))

Reader = Callable[[object], Any]


def reader(catalog: Catalog, name: str) -> Reader:
    """Return how the values of a column are read; what it cannot hold is Unreadable."""
    kind = COLUMNS[name].kind
    return numbers if kind == "tier" and is_numeric(catalog, name) else OWN.get(name) or KINDS[kind]


def readable(catalog: Catalog, name: str, stated: object) -> bool:
    """Tell whether a column can have a value."""
    return attempted(reader(catalog, name), stated) not in (ABSENT, UNREADABLE)


def attempted(reads: Callable[..., Any], *stated: object) -> Any:  # noqa: ANN401 -- what a reader returns
    """Return what is read, UNREADABLE where nothing can be."""
    try:
        return reads(*stated)
    except Unreadable:
        return UNREADABLE


def charge(value: object) -> int:
    """Read the credits that were charged, in micros."""
    found = micros(value)
    if found is None or not 0 <= found <= MOST:
        raise Unreadable
    return found


def refund(value: object) -> bool | int | None:
    """Read whether there was a refund, or its amount in micros."""
    found = FLAGS.get(value) if isinstance(value, str) else value
    return found if isinstance(found, bool) else _amount(value)


def task_id(value: object) -> str:
    """Read the id of a task."""
    found = text(value)
    if found is None:
        raise Unreadable
    return found


def _within(reads: Callable[[object], int | None], least: int, below: int) -> Callable[[object], int | None]:
    """Return how a number is read that lies in a range, if there is one."""

    def read(value: object) -> int | None:
        found = reads(value)
        if found is not None and not least <= found < below:
            raise Unreadable
        return found

    return read


def _or_unknown(reads: Reader) -> Reader:
    """Return how a value is read that no amount depends on; what cannot be read is not known."""

    def read(value: object) -> Any:  # noqa: ANN401 -- what a reader returns, or ABSENT
        found = attempted(reads, value)
        return ABSENT if found is UNREADABLE else found

    return read


_amount = _within(micros, 0, MOST + 1)
numbers = _within(micros, 0, LARGEST * MICROS)
KINDS: Mapping[Kind, Reader] = {
    "text": text,
    "amount": charge,
    "count": _or_unknown(count),
    "time": _within(instant, FIRST, AFTER),
    "refund": refund,
    "tier": text,
}
OWN: Mapping[str, Reader] = {
    "task_id": task_id,
    "status": word,
    "refund_count": _within(count, 0, MAX_COUNT + 1),
    "references": _or_unknown(count_or_items),
    "custom_multiplier": multiplied,
}


def agreed(reads: Reader, stated: Sequence[object]) -> object:
    """Return what several places say of one column: CONFLICT where they differ, ABSENT where there is none."""
    given = [(value, attempted(reads, value)) for value in stated if value is not ABSENT and value is not None]
    if not given:
        return None if None in stated else ABSENT
    if CONFLICT in stated or any(not _agree(one, other) for (_, one), (_, other) in combinations(given, 2)):
        return CONFLICT
    return next((value for value, outcome in given if not isinstance(outcome, bool)), given[0][0])


def _agree(one: object, other: object) -> bool:
    """Tell whether two places say the same; a flag says whether there was an amount."""
    if isinstance(one, bool) is isinstance(other, bool):
        return one == other
    return bool(one) is bool(other)


def state_of(catalog: Catalog, status: object) -> State | None:
    """Return the state of a task by its status as text; None where it is none of the words that are known."""
    return catalog.tasks.states.get(str(word(status))) if isinstance(status, str) else None


def with_statuses(catalog: Catalog, statuses: Mapping[str, State]) -> Catalog:
    """Return a catalog whose tasks have the words of a log before those of the service."""
    states = {**catalog.tasks.states, **statuses}
    return evolve(catalog, tasks=evolve(catalog.tasks, states=states)) if statuses else catalog
