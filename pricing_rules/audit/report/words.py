"""The words of a report: what each kind of finding is, and why a row has it, in one sentence."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pricing_rules.amounts import fraction
from pricing_rules.answers import Violation
from pricing_rules.audit.meaning.case import Case
from pricing_rules.audit.meaning.outcomes import UNPARSED, Refund
from pricing_rules.audit.meaning.record import Amounts
from pricing_rules.audit.meaning.verdict import Verdict
from pricing_rules.audit.report.groups import credits_of
from pricing_rules.catalog.columns import MICROS, PRICED, is_numeric
from pricing_rules.catalog.constraints import counted
from pricing_rules.catalog.records import Catalog
from pricing_rules.request.body import ABSENT
from pricing_rules.spelling import hint, shown

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
    "repeated_debit": "{} debited again for a task that had been debited.",
    "debit_without_task": "{} debited for a task that is not in the log, though its time is.",
    "refund_without_task": "{} refunded for a task that is not in the log, though its time is.",
    "refund_without_debit": "{} refunded for a task that was never debited.",
    "refund_before_debit": "{} refunded before the task was debited.",
    "duplicate_entry": "{} moved by an entry whose id another entry has.",
}
TASKS = {
    "duplicate_task": "Another row of the task says the same; this one is in no sum of what is owed.",
    "conflicting_task": "Another row of the task says otherwise and counts; this one is in no sum of what is owed.",
}
REFUNDS: dict[Refund, str] = {  # what decides the outcome of a refund
    "refund_not_checked": "no column tells what was refunded",
    "pending": "the task is pending, so no refund is judged yet",
    "unknown_status": "the status is no word of the service, so it is not known whether a refund was due",
    "refund_without_failure": "the task completed, so no refund was due",
    "missing_refund": "the task failed, so its charge was due back, and nothing was refunded",
    "repeated_refund": "the task failed and its charge was refunded more than once",
    "wrong_refund": "the task failed, and what was refunded is not its charge",
}
SETTLED = (  # of a task that completed, and of one that failed
    "the task completed, and nothing was refunded",
    "the task failed, and what it was charged was refunded, once",
)
UNPRICED = {
    "tier": "no price has the duration, resolution or audio that was asked for",
    "outputs": "no price has as many outputs as were asked for",
    "before_first_price": "the task was accepted before the first price of its model began",
}


def verdict_of(figures: Mapping[str, Any]) -> str:
    """Say in a sentence or two what an audit found, from its figures as JSON has them.

    As long as some rows have a status that is not known, it never says that nothing is owed.
    """
    owed, lost = figures["owed_to_customers"], figures["lost_by_service"]
    customers = f"ustomers are owed {Decimal(owed['credits']):,f} credits on {counted(owed['tasks'], 'task')}"
    service = f"the service lost {Decimal(lost['credits']):,f} on {lost['tasks']:,}"
    not_known = owed["rows_not_known"]
    if not figures["rows_judged"]:
        return f"No row was judged of {figures['rows_read']:,}, so nothing is known of what is owed."
    if not not_known:
        return f"C{customers}; {service}."
    has, them = ("has", "it") if not_known == 1 else ("have", "them")
    said = f"{counted(not_known, 'row')} {has} a status that is not known: what is owed on {them} cannot be told."
    told = [words for words, side in ((f"c{customers}", owed), (service, lost)) if side["tasks"]]
    return f"{said} On the others, {'; '.join(told)}." if told else said


def why(catalog: Catalog, kind: str, case: Case, found: Verdict, broken: Sequence[Violation] = ()) -> str:
    """Say why a row that could be read has a finding of a kind, in one sentence."""
    charged, given = _credits(found.charged), _credits(found.refunded)
    match kind:
        case "unknown_model":
            return _unknown(case, "model", "the catalog has no model {}", catalog.models)
        case "unknown_status":
            return _unknown(case, "status", "the status {} is no word of the service", catalog.tasks.states)
        case "unpriced":
            asked = ", ".join(f"{name} {value}" for name, value in _asked(catalog, case))
            return f"{charged} charged; {UNPRICED[str(found.unpriced)]}{f': {asked}' if asked else ''}."
        case "overcharged" | "undercharged" | "off_tariff":
            return f"{charged} charged; {_expected(found)}."
        case "refund_without_failure":
            return f"{given} refunded though the task completed."
        case "missing_refund":
            return f"{charged} charged for a task that failed, and nothing was refunded."
        case "repeated_refund" | "wrong_refund":
            again = ", more than once" if kind == "repeated_refund" else ""
            return f"{charged} charged for a task that failed, and {given} refunded{again}."
        case "invalid_request":
            return f"The request breaks {', '.join(dict.fromkeys(each.rule for each in broken))}."
        case _:
            return f"{WORDS[kind][0].upper()}{WORDS[kind][1:]}."


def why_malformed(column: str, stated: Sequence[str] | None) -> str:
    """Say why a row cannot be read, from what stands at the places of a column; None where that is not known."""
    if column == UNPARSED:
        return "The line is no JSON object, or has a key twice."
    if stated is None:
        return f"{column} is missing, cannot be read, or is told twice and differently."
    if not stated:
        return f"{column} is missing."
    one = f"{column} cannot be read: {shown(stated[0])}."
    return one if len(stated) == 1 else f"{column} is told {len(stated)} times, differently, or cannot be read."


def why_mismatch(amounts: Amounts) -> str:
    """Say why the log and the ledger differ about a charge."""
    return f"{_credits(amounts.logged)} charged by the log; the ledger says {credits_of(amounts.charged or 0):,f}."


def why_entry(kind: str, moved: int | None) -> str:
    """Say why an entry of a ledger should not be there."""
    return ENTRIES[kind].format(_credits(moved))


def _unknown(case: Case, column: str, said: str, known: Iterable[str]) -> str:
    value = case.reading.get(column)
    if value in (ABSENT, None):
        return f"The row has no {column}."
    sentence = said.format(shown(value))
    return f"{sentence[0].upper()}{sentence[1:]}.{hint(value, known)}"


def _asked(catalog: Catalog, case: Case) -> Iterator[tuple[str, str]]:
    """Yield what was asked for that decides a price, with its value."""
    for name in PRICED:
        value = case.reading.get(name)
        if value is not ABSENT and value is not None:
            yield name, asked(catalog, name, value)


def asked(catalog: Catalog, name: str, value: object) -> str:
    """Write a value of a request as it was read."""
    return fraction(Fraction(value, MICROS)) if isinstance(value, int) and is_numeric(catalog, name) else str(value)


def _expected(found: Verdict) -> str:
    low, high = (f"{credits_of(amount or 0):,f}" for amount in (found.low, found.high))
    if found.low == found.high:
        return f"the tariff says {low}"
    several = f"from {low} to {high}"
    return (
        f"no price that fits is that, {several}"
        if found.charge == "off_tariff"
        else f"the prices that fit are {several}"
    )


def _credits(micros: int | None) -> str:
    """Write an amount as the subject of a sentence: "1 credit was", "2.4 credits were"."""
    amount = credits_of(micros or 0)
    return "1 credit was" if amount == 1 else f"{amount:,f} credits were"
