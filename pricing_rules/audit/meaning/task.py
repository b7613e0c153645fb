"""The verdict on the records of one task: copies, a history, or a contradiction."""

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

from pricing_rules.audit.meaning.outcomes import Record, TaskKind
from pricing_rules.audit.meaning.reader import state_of, with_statuses
from pricing_rules.audit.meaning.record import Amounts, check_keys, read_amounts, read_whole
from pricing_rules.catalog.frozendict import EMPTY
from pricing_rules.catalog.protocol import State
from pricing_rules.catalog.records import Catalog
from pricing_rules.request.body import ABSENT

ENDED: dict[State | None, int] = {"completed": 1, "failed": 2}
LATER = ("status", "credits_refunded", "refund_count")  # what may still change after the acceptance, like the update
UPDATED = "updated_at"
ALONE = ("account", "created_at", "references", "prompt_length")  # what differs on every row of a log


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


@frozen
class Content:
    """What a record says to the others of its task, but for what differs on every row; amounts in micros.

    As text all that holds from the acceptance on, and all that may still change; the number of the state it ended in.
    """

    accepted: str
    later: str
    ended: int | None
    charged: int
    refunded: int
    refunds: int


def content(catalog: Catalog, values: Mapping[str, Any], amounts: Amounts) -> Content:
    """Return what a record says to the others of its task; equal records have equal texts."""
    told = {name: str(value) for name, value in values.items() if value is not None and name not in (*ALONE, UPDATED)}
    later = repr(sorted((name, told.pop(name)) for name in LATER if name in told))
    ended = ENDED.get(state_of(catalog, values.get("status")))
    charged, refunded, refunds = amounts.charged or 0, amounts.refunded or 0, amounts.refunds or 0
    return Content(repr(sorted(told.items())), later, ended, charged, refunded, refunds)


def check_task(catalog: Catalog, records: Sequence[Record], *, statuses: Mapping[str, State] = EMPTY) -> TaskVerdict:
    """Judge the records of one task of one service, none of them malformed.

    Raises:
        UnusableLog: a record has a key that is none of our columns.
    """
    for record in records:
        check_keys(catalog, record)
    catalog = with_statuses(catalog, statuses)
    values = [read_whole(catalog, record) for record in records]
    rows = [content(catalog, each, read_amounts(catalog, record)) for each, record in zip(values, records, strict=True)]
    alone = [tuple(_placed(each.get(name)) for name in ALONE) for each in values]
    updated = [_placed(each.get(UPDATED)) for each in values]
    places = range(len(rows))
    last = max(places, key=lambda place: (not updated[place][0], updated[place], *_ending(rows[place])))
    charge = [(-each.charged, each.accepted, each.later) for each in rows]
    counted = min(places, key=lambda place: (*charge[place], *alone[place], updated[place]))
    accepted = {(each.accepted, own) for each, own in zip(rows, alone, strict=True)}
    if len(rows) == 1:
        return TaskVerdict("single", 0, last, counted)
    are_alike, ends = len(accepted) == 1, {each.ended for each in rows} - {None}
    if are_alike and len({(each.later, when) for each, when in zip(rows, updated, strict=True)}) == 1:
        return TaskVerdict("duplicate_task", len(rows) - 1, last, counted)
    if are_alike and len(ends) <= 1:
        return TaskVerdict("history", 0, last, counted)
    return TaskVerdict("conflicting_task", len(rows) - 1, last, counted)


def _ending(row: Content) -> tuple[Any, ...]:
    """Return what the last of records that were updated at once has most of: final, refunded most, charged most."""
    return (row.ended is not None, row.refunded, row.charged, row.refunds, row.later)


def _placed(value: Any) -> tuple[bool, Any]:  # noqa: ANN401 -- text, a whole number, None or ABSENT
    """Return a value so that it can be ordered: none comes last, what cannot be read first."""
    return (value is None, -1 if value is ABSENT else 0 if value is None else value)
