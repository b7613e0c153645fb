"""The verdicts of an audit as they are added up: rows with one verdict on one day are a group."""

from attrs import evolve

from pricing_rules.audit.meaning.case import Case
from pricing_rules.audit.meaning.outcomes import Filter
from pricing_rules.audit.meaning.record import Amounts
from pricing_rules.audit.meaning.refund import refund_of
from pricing_rules.audit.meaning.verdict import Verdict, charge_of, is_flat, net_of, verdict
from pricing_rules.audit.report.groups import Group
from pricing_rules.request.body import ABSENT

Sum = tuple[int, int, int, int, int]  # of one row: the number of its group; micros charged, least, most, refunded


class Sums:
    """Rows by verdict and day, as they are added up."""

    def __init__(self) -> None:
        self.every: list[Group] = []
        self.numbers: dict[tuple[object, ...], int] = {}
        self.added: dict[tuple[int, int | None], list[int]] = {}

    def one(self, case: Case, amounts: Amounts) -> Sum:
        """Return what one row adds up to."""
        if case.reading.unreadable or case.filtered or amounts.unreadable:
            return (self._number((case, amounts.unreadable), case, amounts), 0, 0, 0, 0)
        charge = charge_of(case, amounts.charged)
        refund, net = refund_of(case.task, amounts), net_of(case, charge, amounts)
        charged, refunded = (0 if each is ABSENT else each for each in (amounts.charged, amounts.refunded))
        key = (case, charge, refund, (net > 0) - (net < 0), is_flat(case, charged), refunded > 0)
        number = self.numbers.get(key)
        if number is None:
            number = self._number(key, case, amounts)
        priced = case.prices.amounts if case.prices and charge != "uncharged_failure" else ()
        return (number, charged, priced[0], priced[-1], refunded) if priced else (number, charged, 0, 0, refunded)

    def left_out(self, case: Case, reason: Filter) -> Sum:
        """Return what one row adds up to that is filtered out though it could be judged."""
        return (self._number((case, reason), evolve(case, filtered=reason), Amounts(ABSENT, ABSENT, None)), 0, 0, 0, 0)

    def _number(self, key: tuple[object, ...], case: Case, amounts: Amounts) -> int:
        number = self.numbers.get(key)
        if number is None:
            number = self.numbers[key] = len(self.every)
            self.every.append(_group(case, verdict(case, amounts)))
        return number

    def add(self, one: Sum, day: int | None, rows: int) -> None:
        """Add so many rows of a verdict, or take them away."""
        number, charged, low, high, refunded = one
        sums = self.added.get((number, day))
        if sums is None:
            sums = self.added[number, day] = [0] * 5
        sums[0] += rows
        sums[1] += rows * charged
        sums[2] += rows * low
        sums[3] += rows * high
        sums[4] += rows * refunded

    def groups(self) -> tuple[Group, ...]:
        """Return the groups that have rows, in an order that no engine decides; what is not judged has no day."""
        whole: dict[tuple[Group, int | None], list[int]] = {}
        for (number, day), sums in self.added.items():
            group = self.every[number]
            key = (group, day if group.state == "judged" else None)
            whole[key] = [one + other for one, other in zip(whole.get(key, [0] * 5), sums, strict=True)]
        found = (
            evolve(group, day=day, rows=rows, charged=charged, low=low, high=high, refunded=refunded)
            for (group, day), (rows, charged, low, high, refunded) in whole.items()
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
