"""What became of a refund, in plain Python: the second table of an audit's meaning."""

from pricing_rules.audit.meaning.outcomes import REFUND_FINDINGS, Refund
from pricing_rules.audit.meaning.record import Amounts
from pricing_rules.catalog.protocol import State
from pricing_rules.request.body import ABSENT


def refund_of(task: State | None, amounts: Amounts) -> Refund:
    """Return the outcome of a refund."""
    charged, refunded, refunds = amounts.charged, amounts.refunded, amounts.refunds
    match task:
        case None:
            return "unknown_status"
        case "pending":
            return "pending"
        case _ if refunded is ABSENT:
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


def refund_delta_of(refund: Refund, charged: int | None, refunded: int | None) -> int:
    """Return what is still due of a refund, against the customer where it is above 0."""
    if charged is None or refunded is None or refund not in REFUND_FINDINGS or refund == "unknown_status":
        return 0
    return -refunded if refund == "refund_without_failure" else charged - refunded


def _repeats(charged: int, refunded: int, refunds: int | None) -> bool:
    if refunds is None:
        return refunded > charged and refunded % charged == 0
    return refunds > 1 and refunded >= charged
