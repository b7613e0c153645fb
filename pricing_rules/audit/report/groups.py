"""The sums of an audit, added up from groups of rows that have the same verdict."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, TypeVar

from attrs import frozen

from pricing_rules.amounts import decimal
from pricing_rules.audit.meaning.outcomes import CHARGE_FINDINGS, REFUND_FINDINGS
from pricing_rules.audit.meaning.values import EPOCH
from pricing_rules.audit.report.unknown import Unknown
from pricing_rules.catalog.columns import MICROS

PARTS = ("documented", "inferred", "possible", "beyond", "no_price", "not_checked")  # of all charges
Name = TypeVar("Name")
State = Literal["judged", "malformed", "filtered"]


@frozen
class Group:
    """Rows with one verdict: how many, and their sums in micros.

    Attributes:
        model: None where it is not known.
        day: UTC microseconds of its midnight; None where the rows have no date.
        state: judged, malformed or filtered.
        reason: why the rows are not judged; None where they are.
        charge: outcome of the charge.
        refund: outcome of the refund.
        task: state of the tasks.
        several: whether the rows leave several prices open.
        inferred: whether an expected price is inferred.
        outputs: whether several outputs were asked for.
        flat: whether the charge was that of one output.
        rules: ids of the broken rules.
        balance: whether the rows are out of balance against the customers, 1, against the service, -1, or not, 0.
        given_back: whether the rows are pending and were refunded.
        unknown: words of the rows that are not known, unless the log has too many to name.
    """

    model: str | None
    day: int | None
    state: State
    reason: str | None
    charge: str
    refund: str
    task: str | None
    several: bool
    inferred: bool
    outputs: bool
    flat: bool
    rules: tuple[str, ...]
    rows: int
    charged: int
    low: int
    high: int
    refunded: int
    balance: int
    given_back: bool
    unknown: tuple[Unknown, ...] = ()

    @property
    def one_price(self) -> bool:
        """Tell whether each of the rows was compared with one price."""
        return self.charge in ("exact", "overcharged", "undercharged") and not self.several

    @property
    def part(self) -> str:
        """Return which of the parts that the charges are added up in has the rows."""
        match self.charge:
            case "exact" | "overcharged" | "undercharged" if not self.several:
                return "inferred" if self.inferred else "documented"
            case "possible":
                return "possible"
            case "overcharged" | "undercharged":
                return "beyond"
            case "charge_not_checked":
                return "not_checked"
            case _:
                return "no_price"

    @property
    def net(self) -> int:
        """Return what the rows are out of balance, in micros: positive where customers are owed it."""
        if not self.balance:
            return 0
        if self.task == "failed":
            return self.charged - self.refunded
        return self.charged - self.refunded - self.high if self.one_price else -self.refunded

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the findings that each of the rows has."""
        if self.state != "judged":
            return ("malformed",) if self.state == "malformed" else ()
        found = [each for each in (self.charge, self.refund) if each in (*CHARGE_FINDINGS, *REFUND_FINDINGS)]
        return (*found, *(("invalid_request",) if self.rules else ()))

    @property
    def charge_delta(self) -> int:
        """Return charged less expected, in micros: of charges beyond every price that fits."""
        match self.charge:
            case "overcharged":
                return self.charged - self.high
            case "undercharged":
                return self.charged - self.low
            case _:
                return 0

    @property
    def refund_delta(self) -> int:
        """Return due less refunded, in micros."""
        match self.refund:
            case "refund_without_failure":
                return -self.refunded
            case "missing_refund" | "repeated_refund" | "wrong_refund":
                return self.charged - self.refunded
            case _:
                return 0


@frozen
class Money:
    """Sums over rows.

    Attributes:
        rows: how many.
        charged: credits.
        low: least that the prices allow; where each row has one price, what was expected.
        high: most that they allow.
        difference: charged less expected, beyond what the prices allow.
        refunded: credits.
        refund_difference: due less refunded.
        findings: how many findings the rows have.
        inferred: what of the difference rests on inferred prices.
        rows_not_known: rows whose status is not known, and so whether a refund was due.
    """

    rows: int = 0
    charged: Decimal = Decimal(0)
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    difference: Decimal = Decimal(0)
    refunded: Decimal = Decimal(0)
    refund_difference: Decimal = Decimal(0)
    findings: int = 0
    inferred: Decimal = Decimal(0)
    rows_not_known: int = 0


def rows_of(groups: Iterable[Group]) -> int:
    """Count the rows of groups."""
    return sum(group.rows for group in groups)


def credits_of(micros: int) -> Decimal:
    """Return micros as credits."""
    return decimal(Fraction(micros, MICROS))


def money(rows: Iterable[Group]) -> Money:
    """Add up groups."""
    each = tuple(rows)
    return Money(
        sum(group.rows for group in each),
        credits_of(sum(group.charged for group in each)),
        credits_of(sum(group.low for group in each)),
        credits_of(sum(group.high for group in each)),
        credits_of(sum(group.charge_delta for group in each)),
        credits_of(sum(group.refunded for group in each)),
        credits_of(sum(group.refund_delta for group in each)),
        sum(group.rows * len(group.kinds) for group in each),
        credits_of(sum(group.charge_delta for group in each if group.inferred)),
        rows_of(group for group in each if group.refund == "unknown_status"),
    )


def gathered(rows: Iterable[Group], key: Callable[[Group], Any]) -> Mapping[Any, Money]:
    """Add up groups by a key, in the order in which its values come."""
    found: dict[Any, list[Group]] = {}
    for group in rows:
        found.setdefault(key(group), []).append(group)
    return {name: money(each) for name, each in found.items()}


def counted(rows: Iterable[Group], names: Callable[[Group], Iterable[Name]]) -> dict[Name, int]:
    """Count the rows of groups by what they are called, each name once for a row."""
    found: dict[Name, int] = {}
    for group in rows:
        for name in names(group):
            found[name] = found.get(name, 0) + group.rows
    return found


def reasons(rows: Iterable[Group], state: State) -> dict[str, int]:
    """Count the rows of groups that are not judged, by reason."""
    return counted((group for group in rows if group.state == state), lambda group: [str(group.reason)])


def balance_of(judged: Iterable[Group], side: int) -> tuple[Decimal, int]:
    """Return the credits that rows are out of balance against customers, 1, or the service, -1, and how many are."""
    rows = [group for group in judged if group.balance == side]
    return credits_of(side * sum(group.net for group in rows)), sum(group.rows for group in rows)


def day_of(day: int | None) -> str | None:
    """Return the ISO date of UTC microseconds."""
    return None if day is None else (EPOCH + timedelta(microseconds=day)).date().isoformat()


def document(sums: Money) -> dict[str, Any]:
    """Return sums JSON-ready; an amount is an exact decimal text in credits."""
    return {
        "rows": sums.rows,
        "findings": sums.findings,
        "charged": f"{sums.charged:f}",
        "expected_low": f"{sums.low:f}",
        "expected_high": f"{sums.high:f}",
        "difference": f"{sums.difference:f}",
        "difference_inferred": f"{sums.inferred:f}",
        "refunded": f"{sums.refunded:f}",
        "refund_difference": f"{sums.refund_difference:f}",
        "rows_not_known": sums.rows_not_known,
    }
