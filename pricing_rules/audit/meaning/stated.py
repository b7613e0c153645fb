"""What the places of a log say of each column of a usage record, and whether they agree."""

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Any

from pricing_rules.audit.meaning.outcomes import MALFORMED, Record
from pricing_rules.audit.meaning.record import CONFLICT, reader
from pricing_rules.audit.meaning.values import Unreadable, measured
from pricing_rules.catalog.columns import COLUMNS, Measure, Source, sources
from pricing_rules.catalog.records import Catalog
from pricing_rules.errors import UnusableLog
from pricing_rules.request.body import ABSENT, value_at
from pricing_rules.spelling import hint, shown

UNREADABLE = object()
KEYS = frozenset((*MALFORMED, "logged"))


def check_keys(catalog: Catalog, record: Record) -> None:
    """Check that a record has our own column names only.

    Raises:
        UnusableLog: it has another; names the column that the service's key tells, else the nearest.
    """
    for key in record:
        if key not in KEYS:
            own = next((name for name, places in sources(catalog).items() if Source((key,)) in places), None)
            told = f" At {catalog.id} that is the {own}." if own else hint(key, COLUMNS)
            raise UnusableLog(f"a usage record has no column {shown(key)}.{told} It has {', '.join(COLUMNS)}")


def record_of(catalog: Catalog, row: object) -> Record:
    """Return a row of a service's own log by our column names; where two places differ, CONFLICT."""
    found = {name: _stated(reader(catalog, name), row, places) for name, places in sources(catalog).items()}
    return {name: value for name, value in found.items() if value is not ABSENT}


def _stated(reads: Callable[[object], Any], row: object, places: tuple[Source, ...]) -> object:
    return agreed(reads, [_measured(row, place) for place in places])


def agreed(reads: Callable[[object], Any], stated: Sequence[object]) -> object:
    """Return what several places say of one column: CONFLICT where they differ, ABSENT where there is none."""
    given = [(value, _outcome(reads, value)) for value in stated if value is not ABSENT and value is not None]
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


def _measured(row: object, place: Source) -> object:
    """Return what a place tells, CONFLICT where what should be the object around it is none."""
    around = [value_at(row, place.keys[:end]) for end in range(1, len(place.keys))]
    if any(value is not ABSENT and value not in (None, "") and not isinstance(value, dict) for value in around):
        return CONFLICT
    value = value_at(row, place.keys)
    return ABSENT if value is ABSENT else measured_or_not(value, place.measure)


def measured_or_not(value: object, measure: Measure) -> object:
    """Return what of a value counts, UNREADABLE where that cannot be told."""
    try:
        return measured(value, measure)
    except Unreadable:
        return UNREADABLE


def _outcome(reads: Callable[[object], Any], value: object) -> object:
    try:
        return reads(value)
    except Unreadable:
        return UNREADABLE
