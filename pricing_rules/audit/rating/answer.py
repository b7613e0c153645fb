"""What a log would have cost under another tariff: sums by model, account or day, and what is in none of them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from typing import Any, Literal

from attrs import evolve, frozen

from pricing_rules.amounts import decimal
from pricing_rules.errors import UnusableLog
from pricing_rules.spelling import shown

Dimension = Literal["model", "account", "day"]


@frozen
class Span:
    """Credits from a least to a most, which are equal where the log leaves nothing open."""

    low: Decimal
    high: Decimal

    def __add__(self, other: "Span") -> "Span":
        """Add another sum."""
        return Span(_sum(self.low, other.low), _sum(self.high, other.high))

    def as_dict(self) -> dict[str, str]:
        """Return it JSON-ready: exact decimal texts."""
        return {"low": f"{self.low:f}", "high": f"{self.high:f}"}


NOTHING = Span(Decimal(0), Decimal(0))


@frozen
class Rated:
    """Tasks and their sums; a line of a rating, or all of it.

    Attributes:
        model: id of the model; None where the lines are not by model.
        account: whose credits; None where the lines are not by account, or the log does not say.
        day: ISO date in UTC; None where the lines are not by day, or the log does not say.
        tasks: how many, without failed ones and those without a price.
        before: what was charged, or the price under the other tariff; None in an estimate.
        then: the price under the tariff that is tried.
        difference: `then` less `before`, row by row; None in an estimate.
    """

    model: str | None
    account: str | None
    day: str | None
    tasks: int
    before: Span | None
    then: Span
    difference: Span | None

    def as_dict(self) -> dict[str, Any]:
        """Return it JSON-ready."""
        return {
            "model": self.model,
            "account": self.account,
            "day": self.day,
            "tasks": self.tasks,
            "before": _document(self.before),
            "then": self.then.as_dict(),
            "difference": _document(self.difference),
        }


@frozen
class Apart:
    """Tasks that are in no line.

    Attributes:
        tariff: which one has no price, then or against; None of failed tasks.
        model: as the log says it; None where it says none, and of failed tasks.
        reason: failed; unknown_model, tier, outputs or before_first_price; or unknown_plan, which none was given for.
        asked: what has no price, such as "duration 15".
        tasks: how many.
        before: what they were charged, or their price under the other tariff; None where neither is known.
    """

    tariff: Literal["then", "against"] | None
    model: str | None
    reason: str
    asked: str
    tasks: int
    before: Span | None

    def as_dict(self) -> dict[str, Any]:
        """Return it JSON-ready."""
        return {
            "tariff": self.tariff,
            "model": self.model,
            "reason": self.reason,
            "asked": self.asked,
            "tasks": self.tasks,
            "before": _document(self.before),
        }


@frozen(repr=False)
class Rating:
    """What a log would have cost under a tariff; every amount is an exact Decimal in credits.

    Attributes:
        service: id of the tariff that is tried.
        version: its ISO date.
        at: the instant at which it is read.
        against: what it is compared with: charges, tariff, or None in an estimate.
        by: what the lines are by.
        sources: names of the files or tables.
        lines: the tasks that were rated.
        unpriced: tasks without a price under one of the tariffs, most first; they are in no line.
        failed: failed tasks, which are in no line.
        malformed: rows that cannot be read, by the column that cannot be.
        left_out: rows of other services.
        unused_plans: plans that no row has.
    """

    service: str
    version: str
    at: datetime
    against: Literal["charges", "tariff"] | None
    by: tuple[Dimension, ...]
    sources: tuple[str, ...]
    lines: tuple[Rated, ...]
    unpriced: tuple[Apart, ...]
    failed: tuple[Apart, ...]
    malformed: Mapping[str, int]
    left_out: int
    unused_plans: tuple[str, ...]

    def __repr__(self) -> str:
        """Say it in a line."""
        total, lost = self.total, sum(each.tasks for each in self.unpriced)
        return f"Rating({total.tasks} tasks at {total.then.low:f} to {total.then.high:f} credits, {lost} unpriced)"

    @property
    def total(self) -> Rated:
        """Add up all lines."""
        none = NOTHING if self.against else None
        return reduce(added, self.lines, Rated(None, None, None, 0, none, NOTHING, none))

    @property
    def rows_read(self) -> int:
        """Count the rows of the log: rated, unpriced, failed, malformed and of other services."""
        told = sum(line.tasks for line in self.lines) + sum(each.tasks for each in (*self.unpriced, *self.failed))
        return told + sum(self.malformed.values()) + self.left_out

    def lines_by(self, name: Dimension) -> tuple[Rated, ...]:
        """Add up the lines that have the same model, account or day.

        Raises:
            UnusableLog: the lines are not by it.
        """
        if name not in self.by:
            raise UnusableLog(f"the lines are by {', '.join(self.by) or 'nothing'}, not by {shown(name)}")
        return gathered(self.lines, (name,))

    def as_dict(self) -> dict[str, Any]:
        """Return it JSON-ready; an amount is an exact decimal text in credits."""
        return {
            "service": self.service,
            "version": self.version,
            "at": self.at.isoformat(),
            "against": self.against,
            "by": list(self.by),
            "sources": list(self.sources),
            "rows_read": self.rows_read,
            "lines": [line.as_dict() for line in self.lines],
            "total": self.total.as_dict(),
            "unpriced": [each.as_dict() for each in self.unpriced],
            "failed": [each.as_dict() for each in self.failed],
            "malformed": dict(self.malformed),
            "left_out": self.left_out,
            "unused_plans": list(self.unused_plans),
        }


def gathered(lines: Iterable[Rated], by: tuple[Dimension, ...]) -> tuple[Rated, ...]:
    """Add up lines by some of what they are by, in the order of what they are called; the unnamed last."""
    found: dict[tuple[str | None, ...], Rated] = {}
    for line in lines:
        named = {name: getattr(line, name) for name in by}
        key = tuple(named.values())
        own = Rated(
            named.get("model"),
            named.get("account"),
            named.get("day"),
            line.tasks,
            line.before,
            line.then,
            line.difference,
        )
        found[key] = added(found[key], own) if key in found else own
    order = sorted(found, key=lambda key: tuple((name is None, name or "") for name in key))
    return tuple(found[key] for key in order)


def added(one: Rated, other: Rated) -> Rated:
    """Add the sums of a line to those of another."""
    return evolve(
        one,
        tasks=one.tasks + other.tasks,
        before=plus(one.before, other.before),
        then=one.then + other.then,
        difference=plus(one.difference, other.difference),
    )


def plus(one: Span | None, other: Span | None) -> Span | None:
    """Add two sums, which are known both or neither."""
    return one + other if one and other else None


def _sum(one: Decimal, other: Decimal) -> Decimal:
    """Add amounts exactly, whatever precision a caller has set."""
    return decimal(Fraction(one) + Fraction(other))


def _document(span: Span | None) -> dict[str, str] | None:
    return span.as_dict() if span else None
