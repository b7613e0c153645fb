"""The verdicts of an audit as they are added up: rows with one verdict on one day are a group."""

from attrs import evolve, frozen

from pricing_rules.audit.meaning.verdict import Case, Verdict
from pricing_rules.audit.report.groups import Group


@frozen
class Sum:
    """What one row with a verdict adds to the sums of its group: the group's number, and amounts in micros."""

    group: int
    charged: int
    low: int
    high: int
    refunded: int


class Sums:
    """Rows by verdict and day, as they are added up."""

    def __init__(self) -> None:
        self.numbers: dict[Group, int] = {}
        self.added: dict[tuple[int, int | None], list[int]] = {}

    def one(self, case: Case, verdict: Verdict) -> Sum:
        """Return what one row with a verdict adds up to."""
        group = _group(case, verdict)
        number = self.numbers.setdefault(group, len(self.numbers))
        prices = case.prices if verdict.state == "judged" and verdict.charge != "uncharged_failure" else None
        priced = prices.amounts if prices else ()
        low, high = (priced[0], priced[-1]) if priced else (0, 0)
        return Sum(number, verdict.charged or 0, low, high, verdict.refunded or 0)

    def add(self, one: Sum, day: int | None, rows: int) -> None:
        """Add so many rows of a verdict, or take them away."""
        sums = self.added.get((one.group, day))
        if sums is None:
            sums = self.added[one.group, day] = [0] * 5
        sums[0] += rows
        sums[1] += rows * one.charged
        sums[2] += rows * one.low
        sums[3] += rows * one.high
        sums[4] += rows * one.refunded

    def groups(self) -> tuple[Group, ...]:
        """Return the groups that have rows, in an order that no engine decides; what is not judged has no day."""
        every = tuple(self.numbers)
        whole: dict[tuple[int, int | None], list[int]] = {}
        for (number, day), sums in self.added.items():
            key = (number, day if every[number].state == "judged" else None)
            whole[key] = [one + other for one, other in zip(whole.get(key, [0] * 5), sums, strict=True)]
        found = (
            evolve(every[number], day=day, rows=rows, charged=charged, low=low, high=high, refunded=refunded)
            for (number, day), (rows, charged, low, high, refunded) in whole.items()
            if rows
        )
        return tuple(sorted(found, key=lambda each: (each.day or -1, each.model or "", each.reason or "", repr(each))))


def _group(case: Case, verdict: Verdict) -> Group:
    """Return the group of rows with a verdict, still without any, undated."""
    prices = case.prices if verdict.state == "judged" else None
    net = verdict.net
    return Group(
        model=case.reading.get("model") if prices else None,
        day=None,
        state=verdict.state,
        reason=verdict.reason,
        charge=verdict.charge or "",
        refund=verdict.refund or "",
        task=verdict.task,
        several=bool(prices and len(prices.amounts) > 1),
        inferred=bool(prices and prices.inferred),
        outputs=bool(prices and prices.flat is not None),
        flat=verdict.flat,
        rules=verdict.rules,
        rows=0,
        charged=0,
        low=0,
        high=0,
        refunded=0,
        balance=(net > 0) - (net < 0),
        given_back=verdict.refund == "pending" and bool(verdict.refunded),
    )
