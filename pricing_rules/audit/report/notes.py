"""What a report says beside its sums: checks that were not made, findings by kind and by account."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any

from attrs import asdict, frozen

from pricing_rules.audit.meaning.outcomes import FINDINGS
from pricing_rules.audit.report.groups import credits_of, day_of
from pricing_rules.catalog.columns import REQUESTED
from pricing_rules.catalog.records import Catalog
from pricing_rules.spelling import listed


@frozen
class NotChecked:
    """A check that could not be made: its name, why, and whether an audit is incomplete without it."""

    name: str
    why: str
    needed: bool = False


def not_checked(
    catalog: Catalog, told: Collection[str], *, refunds: bool, counted: bool, history: bool
) -> tuple[NotChecked, ...]:
    """Return what the columns of a log do not let an audit check.

    Args:
        catalog: the service's catalog.
        told: the columns that every part of the log has.
        refunds: whether every part tells what was refunded.
        counted: whether some part can show a refund that was paid twice.
        history: whether only the last row of a task is judged.
    """
    found: list[NotChecked] = []
    if "credits_used" not in told:
        found.append(NotChecked("charge", "no column tells the credits that were charged", needed=True))
    if not refunds:
        found.append(NotChecked("refunds", "no column tells what was refunded", needed=True))
    elif not counted:
        found.append(NotChecked("repeated_refunds", "a flag cannot show a refund that was paid twice"))
    absent = [name for name in REQUESTED if name in catalog.fields or name == "prompt_length" if name not in told]
    if absent:
        found.append(NotChecked("rules", f"no column tells {listed(absent, 'and')}"))
    if "created_at" not in told:
        found.append(NotChecked("editions", "no column tells when a task was accepted; any price that ever held fits"))
    if history and "updated_at" not in told:
        found.append(NotChecked("history", "no column tells when a row was last changed", needed=True))
    return tuple(found)


@frozen
class Account:
    """An account with findings: its rows that have some, the credits that it is owed and that the service lost.

    What is owed on `rows_not_known`, whose status is not known, cannot be told, and is in neither sum.
    """

    account: str | None
    rows: int
    owed: Decimal
    lost: Decimal
    rows_not_known: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Return it JSON-ready."""
        return {**asdict(self), "owed": f"{self.owed:f}", "lost": f"{self.lost:f}"}


@frozen
class Kind:
    """The findings of one kind: how many rows or entries, the credits that they are about, and the first task.

    Attributes:
        rows: how many.
        delta: sum of the deltas in credits; of the entries of a ledger and of extra rows None, which have none.
        charged: what these rows were charged, or these entries moved, in credits.
        example: the first id of a task, or of an entry; None where none has one.
    """

    rows: int
    delta: Decimal | None
    charged: Decimal
    example: str | None

    def as_dict(self) -> dict[str, Any]:
        """Return it JSON-ready."""
        delta = None if self.delta is None else f"{self.delta:f}"
        return {**asdict(self), "delta": delta, "charged": f"{self.charged:f}"}


def kinds_of(rows: Iterable[tuple[str, int, int | None, int, str | None]]) -> dict[str, Kind]:
    """Return the findings by kind from how many each has, micros of delta and charge, and its first id."""
    found: dict[str, Kind] = {}
    for kind, number, delta, charged, example in rows:
        found[kind] = Kind(number, None if delta is None else credits_of(delta), credits_of(charged), example)
    return {kind: found[kind] for kind in FINDINGS if kind in found}


def by_day_and_kind(rows: Iterable[tuple[str, int | None, int]]) -> Mapping[str | None, Mapping[str, int]]:
    """Return how many findings of each kind each day has, by its ISO date; None are those without one."""
    found: dict[int | None, dict[str, int]] = {}
    for kind, day, number in rows:
        found.setdefault(day, {})[kind] = number
    days = sorted(found, key=lambda day: -1 if day is None else day)
    return {day_of(day): {kind: found[day][kind] for kind in FINDINGS if kind in found[day]} for day in days}
