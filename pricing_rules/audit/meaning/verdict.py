"""The meaning of an audit: the verdict on one usage record, in plain Python.

The tables are those of the decision that every engine follows; amounts are whole numbers of 10^-6 credit.
"""

from collections.abc import Mapping
from typing import Literal

from attrs import field, frozen

from pricing_rules.audit.meaning.case import Case, Kept, Scope, case_of
from pricing_rules.audit.meaning.outcomes import CHARGE_FINDINGS, REFUND_FINDINGS, Charge, Record, Refund, Unpriced
from pricing_rules.audit.meaning.reader import with_statuses
from pricing_rules.audit.meaning.record import Amounts, check_keys, first_unreadable, read_amounts
from pricing_rules.catalog.frozendict import EMPTY
from pricing_rules.catalog.protocol import State
from pricing_rules.catalog.records import Catalog

ONE_PRICE: tuple[Charge, ...] = ("exact", "overcharged", "undercharged")
PRICED: tuple[Charge, ...] = (*ONE_PRICE, "possible", "off_tariff")
WHOLE = Scope()


@frozen
class Verdict:
    """What an audit says of a record, as its public form tells it (`report.verdict`), with amounts in micros."""

    state: Literal["judged", "malformed", "filtered"]
    reason: str | None = None
    charge: Charge | None = None
    charged: int | None = None
    low: int | None = None
    high: int | None = None
    charge_delta: int | None = None
    inferred: bool = False
    flat: bool = False
    unpriced: Unpriced | None = None
    task: State | None = None
    refund: Refund | None = None
    refunded: int | None = None
    refund_delta: int = 0
    rules: tuple[str, ...] = ()
    net: int = 0
    kinds: tuple[str, ...] = field(init=False)

    @kinds.default
    def _kinds(self) -> tuple[str, ...]:
        """Name the findings of the record."""
        if self.state != "judged":
            return ("malformed",) if self.state == "malformed" else ()
        found = [str(self.charge)] if self.charge in CHARGE_FINDINGS else []
        found += [str(self.refund)] if self.refund in REFUND_FINDINGS else []
        return (*found, *(("invalid_request",) if self.rules else ()))


def check(catalog: Catalog, record: Record, scope: Scope = WHOLE, *, statuses: Mapping[str, State] = EMPTY) -> Verdict:
    """Judge one usage record by our column names, as `audit.check` does, with amounts and instants in micros."""
    check_keys(catalog, record)
    catalog = with_statuses(catalog, statuses)
    return verdict(case_of(catalog, record, scope, Kept()), read_amounts(catalog, record))


def verdict(case: Case, amounts: Amounts) -> Verdict:
    """Judge a record whose case is known."""
    unreadable = first_unreadable(case.reading.unreadable, amounts.unreadable)
    if unreadable:
        return Verdict("malformed", unreadable)
    if case.filtered:
        return Verdict("filtered", case.filtered)
    charge, refund, prices = charge_of(case, amounts.charged), refund_of(case.task, amounts), case.prices
    priced, charged = prices.amounts if prices and charge in PRICED else (), amounts.charged or 0
    return Verdict(
        "judged",
        charge=charge,
        charged=amounts.charged,
        low=min(priced, default=None),
        high=max(priced, default=None),
        charge_delta=charged - min(max(charged, priced[0]), priced[-1]) if charge in ONE_PRICE else None,
        inferred=bool(priced and prices and prices.inferred),
        flat=bool(priced) and is_flat(case, charged),
        unpriced=prices.reason if prices and charge == "unpriced" else None,
        task=case.task,
        refund=refund,
        refunded=amounts.refunded,
        refund_delta=_refund_delta(refund, amounts),
        rules=case.rules,
        net=net_of(case, charge, amounts),
    )


def charge_of(case: Case, charged: int | None) -> Charge:
    """Return the outcome of a charge."""
    if case.prices is None:
        return "unknown_model"
    if charged is None:
        return "charge_not_checked"
    if charged == 0 and case.task == "failed":
        return "uncharged_failure"
    amounts = case.prices.amounts
    if not amounts:
        return "unpriced"
    if charged > amounts[-1]:
        return "overcharged"
    if charged < amounts[0]:
        return "undercharged"
    if charged not in amounts:
        return "off_tariff"
    return "exact" if len(amounts) == 1 else "possible"


def is_flat(case: Case, charged: int) -> bool:
    """Tell whether a charge is that of one output though there were several."""
    prices = case.prices
    return prices is not None and prices.flat not in (None, *prices.amounts) and prices.flat == charged


def net_of(case: Case, charge: Charge, amounts: Amounts) -> int:
    """Return what a record is out of balance, in micros, positive against the customer.

    A completed task with one price is to cost it; a failed one, or one without a price, is to be refunded right.
    """
    charged, given = amounts.charged, amounts.refunded or 0
    match case.task:
        case "failed" if charged is not None and amounts.refunded is not None:
            return charged - given
        case "completed" if charged is not None:
            prices = case.prices.amounts if case.prices and charge in ONE_PRICE else ()
            return charged - prices[0] - given if len(prices) == 1 else -given
        case _:
            return 0


def refund_of(task: State | None, amounts: Amounts) -> Refund:
    """Return the outcome of a refund."""
    charged, refunded, refunds = amounts.charged, amounts.refunded, amounts.refunds
    match task:
        case None:
            return "unknown_status"
        case "pending":
            return "pending"
        case _ if refunded is None:
            return "refund_not_checked"
        case "completed":
            return "refund_without_failure" if refunded else "settled"
        case _ if refunded == charged and (not charged or (refunds or 0) <= 1):
            return "settled"
        case _ if charged and not refunded:
            return "missing_refund"
        case _ if charged and _repeats(charged, refunded, refunds):
            return "repeated_refund"
        case _:
            return "wrong_refund"


def _repeats(charged: int, refunded: int, refunds: int | None) -> bool:
    if refunds is None:
        return refunded > charged and refunded % charged == 0
    return refunds > 1 and refunded >= charged


def _refund_delta(refund: Refund, amounts: Amounts) -> int:
    """Return what is still due of a refund, against the customer where it is above 0."""
    charged, refunded = amounts.charged or 0, amounts.refunded or 0
    match refund:
        case "refund_without_failure":
            return -refunded
        case "missing_refund" | "repeated_refund" | "wrong_refund":
            return charged - refunded
        case _:
            return 0
