"""The verdict on the records of one task: copies, a history, or a contradiction."""

from collections.abc import Sequence
from typing import Any

from attrs import frozen

from pricing_rules.audit.meaning.outcomes import Record, TaskKind
from pricing_rules.audit.meaning.record import read_amounts, read_whole
from pricing_rules.audit.meaning.status import ENDS, state_of
from pricing_rules.catalog.records import Catalog
from pricing_rules.request.body import ABSENT

LATER = ("status", "updated_at", "credits_refunded", "refund_count")  # what may still change after the acceptance


@frozen
class TaskVerdict:
    """What the records of one task are to each other.

    Attributes:
        kind: single, history, or the finding duplicate_task or conflicting_task.
        extra: how many records the finding counts: all but one.
        last: index of the record that tells how the task ended.
        counted: index of the record that counts where they contradict each other: the one with the largest charge.
    """

    kind: TaskKind
    extra: int
    last: int
    counted: int = 0


def check_task(catalog: Catalog, records: Sequence[Record]) -> TaskVerdict:
    """Judge the records of one task of one service, none of them malformed."""
    rows = [read_whole(catalog, record) for record in records]
    places = range(len(rows))
    last = max(places, key=lambda place: _ending(catalog, records[place], rows[place]))
    counted = min(places, key=lambda place: (-(rows[place].get("credits_used") or 0), _content(rows[place])))
    if len(rows) == 1:
        return TaskVerdict("single", 0, last, counted)
    if all(row == rows[0] for row in rows):
        return TaskVerdict("duplicate_task", len(rows) - 1, last, counted)
    ends = {state_of(catalog, row.get("status")) for row in rows} & ENDS
    if len(ends) <= 1 and all(_accepted(row) == _accepted(rows[0]) for row in rows):
        return TaskVerdict("history", 0, last, counted)
    return TaskVerdict("conflicting_task", len(rows) - 1, last, counted)


def _accepted(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in LATER}


def _ending(catalog: Catalog, record: Record, row: dict[str, Any]) -> tuple[Any, ...]:
    """Return what the last record of a history has most of: updated last, final, refunded most, charged most."""
    updated, amounts = row.get("updated_at"), read_amounts(catalog, record)
    money = (0 if amount is ABSENT or amount is None else amount for amount in (amounts.refunded, amounts.charged))
    final = state_of(catalog, row.get("status")) in ENDS
    return (-1 if updated is None else updated, final, *money, amounts.refunds or 0, _content(row))


def _content(row: dict[str, Any]) -> tuple[tuple[bool, str, Any], ...]:
    """Return an order of records that depends on nothing but what they say."""
    values = (row[name] for name in sorted(row))
    return tuple((value is None, type(value).__name__, 0 if value in (None, ABSENT) else value) for value in values)
