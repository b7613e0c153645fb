"""The verdicts of an audit as they are added up: rows with one verdict on one day are a group."""

from typing import Any

from attrs import evolve

from pricing_rules.audit.meaning.case import Case
from pricing_rules.audit.meaning.outcomes import Filter
from pricing_rules.audit.meaning.record import Amounts
from pricing_rules.audit.meaning.verdict import Verdict, charge_of, is_flat, net_of, refund_of, verdict
from pricing_rules.audit.report.groups import Group
from pricing_rules.audit.report.unknown import MOST, Unknown, unknown
from pricing_rules.catalog.records import Catalog

Sum = tuple[int, int, int, int, int]  # of one row: the number of its group; micros charged, least, most, refunded


class Sums:
    """Rows by verdict and day, as they are added up."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.words: set[Unknown] = set()
        self.kinds: dict[tuple[tuple[str, Any], ...], int] = {}  # a group but for its day and sums, by number
        self.numbers: dict[tuple[object, ...], int] = {}
        self.added: dict[tuple[int, int | None], list[int]] = {}

    def one(self, case: Case, amounts: Amounts) -> Sum:
        """Return what one row adds up to."""
        if case.reading.unreadable or case.filtered or amounts.unreadable:
            return (self._number((case, amounts.unreadable), case, amounts), 0, 0, 0, 0)
        charge = charge_of(case, amounts.charged)
        refund, net = refund_of(case.task, amounts), net_of(case, charge, amounts)
        charged, refunded = amounts.charged or 0, amounts.refunded or 0
        key = (case, charge, refund, (net > 0) - (net < 0), is_flat(case, charged), refunded > 0)
        number = self.numbers.get(key)
        if number is None:
            number = self._number(key, case, amounts)
        priced = case.prices.amounts if case.prices and charge != "uncharged_failure" else ()
        return (number, charged, priced[0], priced[-1], refunded) if priced else (number, charged, 0, 0, refunded)

    def left_out(self, case: Case, reason: Filter) -> Sum:
        """Return what one row adds up to that is filtered out though it could be judged."""
        return (self._number((case, reason), evolve(case, filtered=reason), Amounts(None, None, None)), 0, 0, 0, 0)

    def _number(self, key: tuple[object, ...], case: Case, amounts: Amounts) -> int:
        number = self.numbers.get(key)
        if number is None:
            found = verdict(case, amounts)
            kind = tuple({**_kind(case, found), "unknown": self._unknown(case, found)}.items())
            number = self.numbers[key] = self.kinds.setdefault(kind, len(self.kinds))
        return number

    def _unknown(self, case: Case, found: Verdict) -> tuple[Unknown, ...]:
        """Return the words of a row that are not known, while they are few."""
        words = tuple(unknown(self.catalog, case, found)) if len(self.words) <= MOST else ()
        self.words.update(words)
        return words

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
        kinds: list[dict[str, Any]] = [dict(kind) for kind in self.kinds]
        texts = list(map(str, self.kinds))
        whole: dict[tuple[int, int | None], list[int]] = {}
        for (number, day), sums in self.added.items():
            key = (number, day if kinds[number]["state"] == "judged" else None)
            whole[key] = [one + other for one, other in zip(whole.get(key, [0] * 5), sums, strict=True)]
        named = {} if len(self.words) <= MOST else {"unknown": ()}
        ordered = sorted((day or -1, texts[number], number, sums) for (number, day), sums in whole.items() if sums[0])
        return tuple(
            Group(
                **{**kinds[number], **named},
                day=None if day < 0 else day,
                rows=sums[0],
                charged=sums[1],
                low=sums[2],
                high=sums[3],
                refunded=sums[4],
            )
            for day, _, number, sums in ordered
        )


def _kind(case: Case, verdict: Verdict) -> dict[str, Any]:
    """Return what a group of rows with a verdict is, but for its day and sums."""
    prices = case.prices if verdict.state == "judged" else None
    return {
        "model": case.reading.get("model") if prices else None,
        "state": verdict.state,
        "reason": verdict.reason,
        "charge": verdict.charge or "",
        "refund": verdict.refund or "",
        "task": verdict.task,
        "several": bool(prices and len(prices.amounts) > 1),
        "inferred": bool(prices and prices.inferred),
        "outputs": bool(prices and prices.flat is not None),
        "flat": verdict.flat,
        "rules": verdict.rules,
        "balance": (verdict.net > 0) - (verdict.net < 0),
        "given_back": verdict.refund == "pending" and bool(verdict.refunded),
    }
