"""The words of a report: what each kind of finding is, and why a row has it, in one sentence."""

from collections.abc import Sequence
from decimal import Decimal

from pricing_rules.answers import Violation
from pricing_rules.audit.meaning.case import Case
from pricing_rules.audit.meaning.outcomes import UNPARSED, Refund
from pricing_rules.audit.meaning.record import Amounts
from pricing_rules.audit.meaning.verdict import Verdict
from pricing_rules.audit.report.groups import credits_of
from pricing_rules.catalog.constraints import counted
from pricing_rules.catalog.records import Catalog
from pricing_rules.request.body import ABSENT
from pricing_rules.spelling import hint, listed, shown

WORDS = {
    "unknown_model": "the catalog has no such model",
    "unpriced": "no price for what was asked",
    "overcharged": "charged more than the tariff says",
    "undercharged": "charged less than the tariff says",
    "off_tariff": "charged what no combination costs",
    "unknown_status": "a status that the service does not have",
    "refund_without_failure": "refunded although the task completed",
    "missing_refund": "failed, charged and never refunded",
    "repeated_refund": "refunded more than once",
    "wrong_refund": "refunded another amount than charged",
    "invalid_request": "a request that the service refuses",
    "malformed": "a row that cannot be read",
    "duplicate_task": "a row that stands there again",
    "conflicting_task": "rows of a task that contradict each other",
    "charge_mismatch": "the log and the ledger differ",
    "repeated_debit": "debited more than once",
    "debit_without_task": "a debit of a task that the log has not",
    "refund_without_task": "a refund of a task that the log has not",
    "refund_without_debit": "a refund of what was never debited",
    "refund_before_debit": "a refund before its debit",
    "duplicate_entry": "an entry id that stands there again",
}
PARTS = {
    "documented": "documented prices",
    "inferred": "inferred prices",
    "possible": "one of several prices",
    "beyond": "beyond several prices",
    "no_price": "no price",
    "not_checked": "not checked",
}
ENTRIES = {  # of a ledger, with the credits that they moved
    "repeated_debit": "{} debited again for a task that had been debited",
    "debit_without_task": "{} debited for a task that is not in the log, though its time is",
    "refund_without_task": "{} refunded for a task that is not in the log, though its time is",
    "refund_without_debit": "{} refunded for a task that was never debited",
    "refund_before_debit": "{} refunded before the task was debited",
    "duplicate_entry": "{} moved by an entry whose id another entry has",
}
REFUNDS: dict[Refund, str] = {  # what decides the outcome of a refund
    "refund_not_checked": "no column tells what was refunded",
    "pending": "the task is pending, so no refund is judged yet",
    "settled": "a completed task has no refund; a failed one gets back what it was charged, once",
    "unknown_status": "the status is no word of the service, so it is not known whether a refund was due",
    "refund_without_failure": "the task completed, so no refund was due",
    "missing_refund": "the task failed, so its charge was due back, and nothing was refunded",
    "repeated_refund": "the task failed and its charge was refunded more than once",
    "wrong_refund": "the task failed, and what was refunded is not its charge",
}
UNPRICED = {
    "tier": "no price has the duration, resolution or audio that was asked for",
    "outputs": "no price has as many outputs as were asked for",
    "before_first_price": "the task was accepted before the first price of its model began",
}


def why(catalog: Catalog, kind: str, case: Case, found: Verdict, broken: Sequence[Violation] = ()) -> str:
    """Say why a row has a finding of a kind, in one sentence."""
    charged, given = _credits(found.charged), _credits(found.refunded)
    match kind:
        case "malformed" if found.reason == UNPARSED:
            return "the line is no JSON object, or has a key twice"
        case "malformed":
            return f"{found.reason} is missing, cannot be read, or is told twice and differently"
        case "unknown_model":
            name = case.reading.get("model")
            said = "the row names no model" if name in (ABSENT, None) else f"the catalog has no model {shown(name)}"
            return f"{said}.{hint(name, catalog.models)}" if isinstance(name, str) else said
        case "unpriced":
            return f"{charged} charged, but {UNPRICED[str(found.unpriced)]}"
        case "overcharged" | "undercharged" | "off_tariff":
            return f"{charged} charged; {_expected(found)}"
        case "unknown_status":
            status = case.reading.get("status")
            told = "no status" if status in (ABSENT, None) else f"the status {shown(status)}, which is no word of the"
            return f"the row has {told}{'' if status in (ABSENT, None) else ' service'}"
        case "refund_without_failure":
            return f"{given} refunded though the task completed"
        case "missing_refund":
            return f"{charged} charged for a task that failed, and nothing was refunded"
        case "repeated_refund" | "wrong_refund":
            again = ", more than once" if kind == "repeated_refund" else ""
            return f"{charged} charged for a task that failed, and {given} refunded{again}"
        case "invalid_request":
            return f"the request breaks {listed([each.rule for each in broken], 'and')}"
        case _:
            return WORDS[kind]


def why_mismatch(amounts: Amounts) -> str:
    """Say why the log and the ledger differ about a charge."""
    return f"{_credits(amounts.logged)} charged by the log, {_credits(amounts.charged)} by the ledger"


def why_entry(kind: str, moved: int | None) -> str:
    """Say why an entry of a ledger should not be there."""
    return ENTRIES[kind].format(_credits(moved))


def _expected(found: Verdict) -> str:
    low, high = _credits(found.low), _credits(found.high)
    if found.low == found.high:
        return f"the tariff says {low}"
    between = "none of the prices that fit, from" if found.charge == "off_tariff" else "the prices that fit are"
    return f"{between} {low} to {high}" + (", is that" if found.charge == "off_tariff" else "")


def _credits(micros: int | None) -> str:
    amount = credits_of(micros or 0)
    return counted(int(amount), "credit") if amount == int(amount) else f"{_written(amount)} credits"


def _written(amount: Decimal) -> str:
    return f"{amount:,f}"
