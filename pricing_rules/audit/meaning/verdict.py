"""The meaning of an audit: the verdict on one usage record, in plain Python.

The tables are those of the decision that every engine follows; amounts are whole numbers of 10^-6 credit.
"""

from typing import Any, Literal

from attrs import field, frozen

from pricing_rules.audit.meaning.outcomes import (
    CHARGE_FINDINGS,
    REFUND_FINDINGS,
    Charge,
    Filter,
    Record,
    Refund,
    Unpriced,
)
from pricing_rules.audit.meaning.prices import Prices, priced_by, prices
from pricing_rules.audit.meaning.record import Amounts, Reading, first_unreadable, read, read_amounts
from pricing_rules.audit.meaning.rules import broken_rules, judged_by
from pricing_rules.audit.meaning.scope import Scope, left_out
from pricing_rules.audit.meaning.status import state_of
from pricing_rules.catalog.protocol import State
from pricing_rules.catalog.records import Catalog
from pricing_rules.request.body import ABSENT

ONE_PRICE: tuple[Charge, ...] = ("exact", "overcharged", "undercharged")


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
    kinds: tuple[str, ...] = field(init=False)

    @kinds.default
    def _kinds(self) -> tuple[str, ...]:
        """Name the findings of the record."""
        if self.state != "judged":
            return ("malformed",) if self.state == "malformed" else ()
        found = [str(self.charge)] if self.charge in CHARGE_FINDINGS else []
        found += [str(self.refund)] if self.refund in REFUND_FINDINGS else []
        return (*found, *(("invalid_request",) if self.rules else ()))

    @property
    def net(self) -> int:
        """Return what the record is out of balance, in micros, positive against the customer.

        A completed task with one price is to cost it; a failed one, or one without a price, is to be refunded right.
        """
        if self.charged is None or self.task not in ("completed", "failed"):
            return 0
        refunded = self.refunded or 0
        if self.task == "failed":
            return 0 if self.refunded is None else self.charged - refunded
        one = self.charge in ONE_PRICE and self.low == self.high
        return self.charged - (self.high or 0) - refunded if one else -refunded


@frozen
class Case:
    """What the verdict on a record depends on beside its amounts; many records share it.

    Attributes:
        reading: what the record says.
        filtered: why it is not judged; None where it is, or where it cannot be read.
        task: the task's state; None where the status tells none.
        prices: what it could have cost; None where the model is not known.
        rules: ids of the rules that the request broke.
    """

    reading: Reading
    filtered: Filter | None = None
    task: State | None = None
    prices: Prices | None = None
    rules: tuple[str, ...] = ()


@frozen
class Kept:
    """Price sets and broken rules by what they depend on, so that each is found out once."""

    prices: dict[tuple[object, ...], Prices] = field(factory=dict)
    rules: dict[tuple[object, ...], tuple[str, ...]] = field(factory=dict)
    most: int = 50_000


def check(
    catalog: Catalog,
    record: Record,
    *,
    since: int | None = None,
    until: int | None = None,
    account: str | None = None,
    service: str | None = None,
) -> Verdict:
    """Judge one usage record.

    Args:
        catalog: the service's catalog.
        record: by our column names; a column that the log has not has no key, one that it left empty is None.
        since: UTC microseconds; earlier records are filtered out.
        until: UTC microseconds; records from then on are filtered out.
        account: records of other accounts are filtered out.
        service: what the record calls the service; without, the catalog's id.
    """
    found = case_of(catalog, record, Scope(since, until, account, service), Kept())
    return verdict(found, read_amounts(catalog, record))


def case_of(catalog: Catalog, record: Record, scope: Scope, kept: Kept) -> Case:
    """Judge all of a record but its amounts."""
    reading = read(catalog, record)
    if reading.unreadable:
        return Case(reading)
    filtered = left_out(catalog, reading, scope)
    if filtered:
        return Case(reading, filtered)
    task, model = state_of(catalog, reading.get("status")), catalog.models.get(reading.get("model"))
    if model is None:
        return Case(reading, None, task)
    price_key, rule_key = priced_by(catalog, model, reading), judged_by(catalog, model, reading)
    for known in (kept.prices, kept.rules):
        if len(known) >= kept.most:
            known.clear()
    if price_key not in kept.prices:
        kept.prices[price_key] = prices(catalog, model, reading)
    if rule_key not in kept.rules:
        kept.rules[rule_key] = broken_rules(catalog, model, reading)
    return Case(reading, None, task, kept.prices[price_key], kept.rules[rule_key])


def verdict(case: Case, amounts: Amounts) -> Verdict:
    """Judge a record whose case is known."""
    unreadable = first_unreadable(case.reading.unreadable, amounts.unreadable)
    if unreadable:
        return Verdict("malformed", unreadable)
    if case.filtered:
        return Verdict("filtered", case.filtered)
    refund, refund_delta = _refund(amounts, case.task)
    common: dict[str, Any] = {
        "task": case.task,
        "refund": refund,
        "refund_delta": refund_delta,
        "charged": _known(amounts.charged),
        "refunded": _known(amounts.refunded),
        "rules": case.rules,
    }
    if case.prices is None:
        return Verdict("judged", charge="unknown_model", **common)
    if amounts.charged is ABSENT:
        return Verdict("judged", charge="charge_not_checked", **common)
    if case.task == "failed" and amounts.charged == 0:
        return Verdict("judged", charge="uncharged_failure", **common)
    return _priced(case.prices, amounts.charged, common)


def _priced(found: Prices, charged: int, common: dict[str, Any]) -> Verdict:
    if not found.amounts:
        return Verdict("judged", charge="unpriced", unpriced=found.reason, **common)
    low, high = found.amounts[0], found.amounts[-1]
    charge: Charge
    delta: int | None = None
    if charged > high:
        charge, delta = "overcharged", charged - high
    elif charged < low:
        charge, delta = "undercharged", charged - low
    elif charged not in found.amounts:
        charge = "off_tariff"
    else:
        charge, delta = ("exact", 0) if low == high else ("possible", None)
    flat = found.flat is not None and found.flat != high and charged == found.flat
    priced = {"low": low, "high": high, "charge_delta": delta, "inferred": found.inferred, "flat": flat}
    return Verdict("judged", charge=charge, **priced, **common)  # type: ignore[arg-type]


def _refund(amounts: Amounts, task: State | None) -> tuple[Refund, int]:
    charged, refunded, refunds = amounts.charged, amounts.refunded, amounts.refunds
    match task:
        case None:
            return "unknown_status", 0
        case "pending":
            return "pending", 0
        case _ if refunded is ABSENT or charged is ABSENT:
            return "refund_not_checked", 0
        case "completed":
            return ("refund_without_failure", -refunded) if refunded else ("settled", 0)
        case _ if refunded == charged and (not charged or (refunds or 0) <= 1):
            return "settled", 0
        case _ if charged and not refunded:
            return "missing_refund", charged
        case _ if charged and _repeats(charged, refunded, refunds):
            return "repeated_refund", charged - refunded
        case _:
            return "wrong_refund", charged - refunded


def _repeats(charged: int, refunded: int, refunds: int | None) -> bool:
    if refunds is None:
        return refunded > charged and refunded % charged == 0
    return refunds > 1 and refunded >= charged


def _known(amount: Any) -> int | None:  # noqa: ANN401 -- micros or ABSENT
    return None if amount is ABSENT else amount
