"""The meaning of an audit: the verdict on one usage record, in plain Python.

The tables are those of the decision that every engine follows; amounts are whole numbers of 10^-6 credit.
"""

from collections.abc import Mapping
from typing import Any, Literal

from attrs import field, frozen

from pricing_rules.audit.meaning.case import Case, Kept, case_of
from pricing_rules.audit.meaning.outcomes import (
    CHARGE_FINDINGS,
    REFUND_FINDINGS,
    Charge,
    Record,
    Refund,
    Unpriced,
)
from pricing_rules.audit.meaning.record import Amounts, first_unreadable, read_amounts
from pricing_rules.audit.meaning.refund import refund_delta_of, refund_of
from pricing_rules.audit.meaning.scope import Scope
from pricing_rules.audit.meaning.stated import check_keys
from pricing_rules.audit.meaning.status import ENDS, with_statuses
from pricing_rules.catalog.frozendict import EMPTY
from pricing_rules.catalog.protocol import State
from pricing_rules.catalog.records import Catalog
from pricing_rules.request.body import ABSENT

ONE_PRICE: tuple[Charge, ...] = ("exact", "overcharged", "undercharged")
PRICED: tuple[Charge, ...] = (*ONE_PRICE, "possible", "off_tariff")


@frozen
class Verdict:
    """What an audit says of a record.

    Attributes:
        state: malformed and filtered records have a reason and nothing else.
        reason: the column that cannot be read; or service, undated, since, until or account.
        charge: the one outcome of the charge.
        low: least price in micros that the record could have had; None where there is none.
        high: greatest price.
        charge_delta: charge less expected, in micros; None where there is no expectation.
        inferred: whether an expected price is inferred.
        flat: whether the charge is that of one output though there were several.
        unpriced: why there is no price: before_first_price, outputs or tier.
        task: the task's state; None where the status tells none.
        refund: the one outcome of the refund.
        refund_delta: due less refunded, in micros.
        rules: ids of the rules that the request broke.
        net: what the record is out of balance, in micros, positive against the customer.
    """

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


def check(
    catalog: Catalog,
    record: Record,
    *,
    since: int | None = None,
    until: int | None = None,
    account: str | None = None,
    service: str | None = None,
    statuses: Mapping[str, State] = EMPTY,
) -> Verdict:
    """Judge one usage record.

    Args:
        catalog: the service's catalog.
        record: by our column names; a column that the log has not has no key, one that it left empty is None.
        since: UTC microseconds; earlier records are filtered out.
        until: UTC microseconds; records from then on are filtered out.
        account: records of other accounts are filtered out.
        service: what the record calls the service; without, the catalog's id.
        statuses: states by words of the log's own.

    Raises:
        UnusableLog: the record has a key that is none of our columns.
    """
    check_keys(catalog, record)
    catalog = with_statuses(catalog, statuses)
    found = case_of(catalog, record, Scope(since, until, account, service), Kept())
    return verdict(found, read_amounts(catalog, record))


def verdict(case: Case, amounts: Amounts) -> Verdict:
    """Judge a record whose case is known."""
    unreadable = first_unreadable(case.reading.unreadable, amounts.unreadable)
    if unreadable:
        return Verdict("malformed", unreadable)
    if case.filtered:
        return Verdict("filtered", case.filtered)
    charge, refund = charge_of(case, amounts.charged), refund_of(case.task, amounts)
    charged, refunded, prices = _known(amounts.charged), _known(amounts.refunded), case.prices
    priced = prices.amounts if prices and charge in PRICED else ()
    low, high = (priced[0], priced[-1]) if priced else (None, None)
    return Verdict(
        "judged",
        charge=charge,
        charged=charged,
        low=low,
        high=high,
        charge_delta=_charge_delta(charge, charged, low, high),
        inferred=bool(priced and prices and prices.inferred),
        flat=bool(priced) and is_flat(case, amounts.charged),
        unpriced=prices.reason if prices and charge == "unpriced" else None,
        task=case.task,
        refund=refund,
        refunded=refunded,
        refund_delta=refund_delta_of(refund, charged, refunded),
        rules=case.rules,
        net=net_of(case, charge, amounts),
    )


def charge_of(case: Case, charged: Any) -> Charge:  # noqa: ANN401 -- micros or ABSENT
    """Return the outcome of a charge."""
    if case.prices is None:
        return "unknown_model"
    if charged is ABSENT:
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


def is_flat(case: Case, charged: Any) -> bool:  # noqa: ANN401 -- micros or ABSENT
    """Tell whether a charge is that of one output though there were several."""
    prices = case.prices
    return prices is not None and prices.flat == charged and prices.flat not in prices.amounts


def net_of(case: Case, charge: Charge, amounts: Amounts) -> int:
    """Return what a record is out of balance, in micros, positive against the customer.

    A completed task with one price is to cost it; a failed one, or one without a price, is to be refunded right.
    """
    charged, refunded = amounts.charged, amounts.refunded
    if charged is ABSENT or case.task not in ENDS:
        return 0
    if case.task == "failed":
        return 0 if refunded is ABSENT else int(charged - refunded)
    given = 0 if refunded is ABSENT else int(refunded)
    prices = case.prices.amounts if case.prices and charge in ONE_PRICE else ()
    return int(charged - prices[0] - given) if len(prices) == 1 else -given


def _charge_delta(charge: Charge, charged: int | None, low: int | None, high: int | None) -> int | None:
    if charged is None or low is None or high is None:
        return None
    match charge:
        case "exact":
            return 0
        case "overcharged":
            return charged - high
        case "undercharged":
            return charged - low
        case _:
            return None


def _known(amount: Any) -> int | None:  # noqa: ANN401 -- micros or ABSENT
    return None if amount is ABSENT else amount
