"""The meaning of an audit: the verdict on one usage record and on the records of one task, in plain Python.

The tables are those of the decision that every engine follows; amounts are whole numbers of 10^-6 credit.
"""

from collections.abc import Sequence
from typing import Any, Literal

from attrs import field, frozen

from pricing_rules.audit.meaning.outcomes import CHARGE_FINDINGS, REFUND_FINDINGS, Charge, Record, Refund
from pricing_rules.audit.meaning.prices import Prices, prices
from pricing_rules.audit.meaning.record import Reading, read
from pricing_rules.audit.meaning.rules import broken_rules
from pricing_rules.catalog.protocol import State
from pricing_rules.catalog.records import Catalog
from pricing_rules.request.body import ABSENT


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
    unpriced: str | None = None
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


def check(
    catalog: Catalog, record: Record, *, since: int | None = None, until: int | None = None, account: str | None = None
) -> Verdict:
    """Judge one usage record.

    Args:
        catalog: the service's catalog.
        record: by our column names; a column that the log has not has no key, one that it left empty is None.
        since: UTC microseconds; earlier records are filtered out.
        until: UTC microseconds; records from then on are filtered out.
        account: records of other accounts are filtered out.
    """
    reading = read(catalog, record)
    if isinstance(reading, str):
        return Verdict("malformed", reading)
    reason = _filtered(catalog, reading, since, until, account)
    return Verdict("filtered", reason) if reason else _judged(catalog, reading)


def _filtered(
    catalog: Catalog, reading: Reading, since: int | None, until: int | None, account: str | None
) -> str | None:
    created = reading.get("created_at")
    if reading.get("service") not in (ABSENT, None, catalog.id):
        return "service"
    if (since is not None or until is not None) and (created is ABSENT or created is None):
        return "undated"
    if since is not None and created < since:
        return "since"
    if until is not None and created >= until:
        return "until"
    return "account" if account is not None and reading.get("account") != account else None


def _judged(catalog: Catalog, reading: Reading) -> Verdict:
    model = catalog.models.get(reading.get("model"))
    task = catalog.tasks.states.get(reading.get("status"))
    refund, refund_delta = _refund(reading, task)
    common: dict[str, Any] = {
        "task": task,
        "refund": refund,
        "refund_delta": refund_delta,
        "charged": _known(reading.charged),
        "refunded": _known(reading.refunded),
        "rules": broken_rules(catalog, model, reading) if model else (),
    }
    if model is None:
        return Verdict("judged", charge="unknown_model", **common)
    if reading.charged is ABSENT:
        return Verdict("judged", charge="charge_not_checked", **common)
    if task == "failed" and reading.charged == 0:
        return Verdict("judged", charge="uncharged_failure", **common)
    return _priced(prices(catalog, model, reading), reading.charged, common)


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


def _refund(reading: Reading, task: State | None) -> tuple[Refund, int]:
    charged, refunded, refunds = reading.charged, reading.refunded, reading.refunds
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


@frozen
class TaskVerdict:
    """What the records of one task are to each other.

    Attributes:
        kind: single, history, or the finding duplicate_task or conflicting_task.
        extra: how many records the finding counts: all but one.
        last: index of the record that tells how the task ended.
    """

    kind: Literal["single", "history", "duplicate_task", "conflicting_task"]
    extra: int
    last: int


def check_task(catalog: Catalog, records: Sequence[Record]) -> TaskVerdict:
    """Judge the records of one task of one service, none of them malformed: copies, a history, or a contradiction."""
    readings = [read(catalog, record) for record in records]
    rows = [{**reading.values, "custom": reading.custom} for reading in readings if isinstance(reading, Reading)]
    last = max(range(len(rows)), key=lambda index: _ending(catalog, rows[index]))
    if len(rows) == 1:
        return TaskVerdict("single", 0, last)
    if all(row == rows[0] for row in rows):
        return TaskVerdict("duplicate_task", len(rows) - 1, last)
    ends = {catalog.tasks.states.get(row.get("status") or "") for row in rows} & ENDS
    if len(ends) <= 1 and all(_accepted(row) == _accepted(rows[0]) for row in rows):
        return TaskVerdict("history", 0, last)
    return TaskVerdict("conflicting_task", len(rows) - 1, last)


ENDS: frozenset[State | None] = frozenset(("completed", "failed"))
LATER = (
    "status",
    "updated_at",
    "credits_refunded",
    "refund_count",
)  # what a task may still change after its acceptance


def _accepted(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in LATER}


def _ending(catalog: Catalog, row: dict[str, Any]) -> tuple[Any, ...]:
    updated = row.get("updated_at")
    final = catalog.tasks.states.get(row.get("status") or "") in ENDS
    return (-1 if updated is None else updated, final)
