"""What an audit must say of one row, judged by hand from the documents, DOMAIN.md and AUDIT.md; amounts are credits."""

from attrs import frozen

CHARGE_FINDINGS = ("unknown_model", "unpriced", "overcharged", "undercharged", "off_tariff")
REFUND_FINDINGS = ("unknown_status", "refund_without_failure", "missing_refund", "repeated_refund", "wrong_refund")


@frozen
class Judgement:
    """The verdict on a row.

    Attributes:
        state: judged, malformed or filtered.
        reason: why it is not judged.
        charge: outcome of the charge.
        low: least expected price.
        high: greatest expected price.
        delta: charge less expected.
        refund: outcome of the refund.
        due: what was due less what was refunded.
        breaks: ids of the rules that the request breaks.
        why: why there is no price.
    """

    state: str = "judged"
    reason: str | None = None
    charge: str | None = None
    low: str | None = None
    high: str | None = None
    delta: str | None = None
    refund: str | None = None
    due: str = "0"
    breaks: tuple[str, ...] = ()
    why: str | None = None

    @property
    def kinds(self) -> set[str]:
        """Return the findings that the row has."""
        found = {"malformed"} if self.state == "malformed" else {self.charge, self.refund}
        invalid = {"invalid_request"} if self.breaks else set()
        return (found & {"malformed", *CHARGE_FINDINGS, *REFUND_FINDINGS}) | invalid


def exact(price: str, refund: str = "settled", due: str = "0", breaks: tuple[str, ...] = ()) -> Judgement:
    return Judgement(charge="exact", low=price, high=price, delta="0", refund=refund, due=due, breaks=breaks)


def possible(low: str, high: str, refund: str = "settled", due: str = "0", breaks: tuple[str, ...] = ()) -> Judgement:
    return Judgement(charge="possible", low=low, high=high, refund=refund, due=due, breaks=breaks)


def overcharged(low: str, high: str, delta: str, refund: str = "settled", due: str = "0") -> Judgement:
    return Judgement(charge="overcharged", low=low, high=high, delta=delta, refund=refund, due=due)


def undercharged(low: str, high: str, delta: str, refund: str = "settled", due: str = "0") -> Judgement:
    return Judgement(charge="undercharged", low=low, high=high, delta=delta, refund=refund, due=due)


def off_tariff(low: str, high: str) -> Judgement:
    return Judgement(charge="off_tariff", low=low, high=high, refund="settled")


def unpriced(why: str, breaks: tuple[str, ...]) -> Judgement:
    return Judgement(charge="unpriced", why=why, refund="settled", breaks=breaks)


def unknown_model(refund: str = "settled", due: str = "0") -> Judgement:
    return Judgement(charge="unknown_model", refund=refund, due=due)


def uncharged_failure(refund: str = "settled", due: str = "0") -> Judgement:
    return Judgement(charge="uncharged_failure", refund=refund, due=due)


def not_charged(refund: str = "refund_not_checked") -> Judgement:
    """Judge a row of a log that does not tell the charge."""
    return Judgement(charge="charge_not_checked", refund=refund)


def malformed(reason: str) -> Judgement:
    return Judgement("malformed", reason)


def filtered(reason: str) -> Judgement:
    return Judgement("filtered", reason)


Row = tuple[str | None, Judgement]


def row(task: str | None, judgement: Judgement) -> Row:
    """Return the judgement on a row, beside the id of its task: None where the row has none."""
    return task, judgement
