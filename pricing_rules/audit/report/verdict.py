"""The verdict on a usage record as callers get it: amounts in credits."""

from decimal import Decimal
from typing import Any, Literal

from attrs import asdict, frozen

from pricing_rules.audit.meaning.outcomes import Charge, Refund, Unpriced
from pricing_rules.audit.meaning.verdict import Verdict as Found
from pricing_rules.audit.report.groups import credits_of
from pricing_rules.catalog.protocol import State
from pricing_rules.spelling import brief

AMOUNTS = ("charged", "low", "high", "charge_delta", "refunded", "refund_delta", "net")


@frozen(repr=False)
class Verdict:
    """What an audit says of a record; every amount is an exact Decimal in credits.

    Attributes:
        state: malformed and filtered records have a reason and nothing else.
        reason: the column that cannot be read; or service, undated, since, until or account.
        charge: the one outcome of the charge.
        charged: what was charged.
        low: least price that the record could have had; None where there is none.
        high: greatest price.
        charge_delta: charge less expected; None where there is no expectation.
        inferred: whether an expected price is inferred.
        flat: whether the charge is that of one output though there were several.
        unpriced: why there is no price: before_first_price, outputs or tier.
        task: the task's state; None where the status tells none.
        refund: the one outcome of the refund.
        refunded: what was given back.
        refund_delta: due less refunded.
        rules: ids of the rules that the request broke.
        net: what the record is out of balance, positive against the customer.
        kinds: its findings.
    """

    state: Literal["judged", "malformed", "filtered"]
    reason: str | None
    charge: Charge | None
    charged: Decimal | None
    low: Decimal | None
    high: Decimal | None
    charge_delta: Decimal | None
    inferred: bool
    flat: bool
    unpriced: Unpriced | None
    task: State | None
    refund: Refund | None
    refunded: Decimal | None
    refund_delta: Decimal
    rules: tuple[str, ...]
    net: Decimal
    kinds: tuple[str, ...]

    def __repr__(self) -> str:
        return brief(self, "state", "charge", "charged", "low", "refund", "kinds")

    def as_dict(self) -> dict[str, Any]:
        """Return it JSON-ready; an amount is an exact decimal text."""
        amounts = {name: None if (value := getattr(self, name)) is None else f"{value:f}" for name in AMOUNTS}
        return {**asdict(self), **amounts, "rules": list(self.rules), "kinds": list(self.kinds)}


def in_credits(found: Found) -> Verdict:
    """Return a verdict whose amounts are in credits."""
    told = asdict(found)
    return Verdict(**{**told, **{name: None if told[name] is None else credits_of(told[name]) for name in AMOUNTS}})
