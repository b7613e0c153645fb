"""What is said of distinct rows and entries, once for all that are alike: why, what was asked for, amounts, sources."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from attrs import frozen

from pricing_rules.amounts import fraction
from pricing_rules.answers import Violation
from pricing_rules.audit.engines.plan import Job, Shelf
from pricing_rules.audit.engines.several import EXTRA
from pricing_rules.audit.engines.summing import Judged, judged
from pricing_rules.audit.evidence.stated import LONGEST
from pricing_rules.audit.log.records import Row
from pricing_rules.audit.log.reduction import OWN
from pricing_rules.audit.meaning.outcomes import CHARGE_FINDINGS, REFUND_FINDINGS
from pricing_rules.audit.meaning.rules import violations
from pricing_rules.audit.report.findings import FINDING
from pricing_rules.audit.report.words import TASKS, asked, why, why_entry, why_malformed, why_mismatch

ROW_OWN = ("task_id", "account", "created_at", "references", "file", "row")  # told of each row alone
TOLD = {name: kind for name, kind in FINDING.items() if name not in (*ROW_OWN, "entry_id")}
BALANCE = {"first": "BIGINT", "owed": "BIGINT", "lost": "BIGINT"}  # told once of a row, whatever its findings
SAID = {"sid": "BIGINT", "gid": "BIGINT", **{f"s_{name}": kind for name, kind in TOLD.items()}, **BALANCE}
ASKED = ("mode", "duration", "resolution", "outputs")
PLAIN = ("unknown_status", "invalid_request", "malformed", "charge_mismatch")  # kinds without a delta of a refund


@frozen
class Saying:
    """One thing that is said of a distinct row, or of entries that are alike: a finding but for what is told alone."""

    number: int | None
    told: dict[str, Any]
    balance: tuple[int, int, int] = (0, 0, 0)


def said(job: Job, *, repeated: bool) -> Iterator[Row]:
    """Yield all that is said, numbered: of rows with findings, of rows beyond the first of a task, of entries."""
    numbers = count()
    for each in _sayings(job, repeated=repeated):
        yield (next(numbers), each.number, *(each.told.get(name) for name in TOLD), *each.balance)


def _sayings(job: Job, *, repeated: bool) -> Iterator[Saying]:
    for shelf in job.shelves:
        for each in judged(job, shelf):
            yield from _of_row(job, shelf, each)
    if repeated and job.options.duplicates:
        placed = job.name("placed")
        extra = f"JOIN (SELECT DISTINCT gid, kind, owed, lost FROM {placed} WHERE {EXTRA}) s ON s.gid = g.gid"
        for shelf in job.shelves:
            yield from _of_extras(job, shelf, judged(job, shelf, extra, ("s.kind", "s.owed", "s.lost")))
    if job.options.ledger is not None:
        yield from _of_entries(job)


def _of_row(job: Job, shelf: Shelf, each: Judged) -> Iterator[Saying]:
    """Yield what is said of a distinct row, once for each of its findings."""
    found = each.verdict
    kinds = [*found.kinds, *(["charge_mismatch"] if each.mismatch else [])]
    model = job.catalog.models.get(each.case.reading.get("model"))
    broken = violations(job.catalog, model, each.case.reading) if found.rules and model else ()
    for place, kind in enumerate(kinds):
        is_first = place == 0 and found.kinds and found.state == "judged"
        balance = (1, max(found.net, 0), max(-found.net, 0)) if is_first else (0, 0, 0)
        told = {**_asked(job, shelf, each), **_amounts(each, kind), **_origin(job, each, kind, broken)}
        yield Saying(each.number, {**told, **_said(job, shelf, each, kind, broken)}, balance)


def _said(job: Job, shelf: Shelf, each: Judged, kind: str, broken: tuple[Violation, ...]) -> dict[str, Any]:
    """Return the kind of a finding and why a row has it; of a malformed one also what stands there."""
    if kind == "charge_mismatch":
        return {"kind": kind, "why": why_mismatch(each.amounts)}
    if kind != "malformed":
        return {"kind": kind, "why": why(job.catalog, kind, each.case, each.verdict, broken)}
    column, stated = str(each.verdict.reason), _stated(shelf, each)
    values = None if stated is None else list(stated.values())
    text = (
        "; ".join(f"{name}: {value}" if len(stated) > 1 else value for name, value in stated.items()) if stated else ""
    )
    return {"kind": kind, "why": why_malformed(column, values), "column": column, "value": text[:LONGEST] or None}


def _asked(job: Job, shelf: Shelf, each: Judged) -> dict[str, Any]:
    """Return what a row says of its model, status and request, as text."""
    reading = each.case.reading
    told = {name: reading.values.get(name) for name in ("model", "status")}
    values = {name: reading.values.get(name) for name in ASKED}
    told |= {name: None if value is None else asked(job.catalog, name, value) for name, value in values.items()}
    has_own = "custom_multiplier" in shelf.layout.columns
    return {**told, "custom_multiplier": fraction(reading.custom) if has_own else None}


def _amounts(each: Judged, kind: str) -> dict[str, int | None]:
    """Return what was charged, the least and most that was expected, what was refunded, and the delta."""
    found = each.verdict
    if kind == "malformed":
        return {}
    if kind == "charge_mismatch":
        charged = found.charged
        logged = each.amounts.logged
        return {"charged": logged, "expected_low": charged, "expected_high": charged, "delta": each.mismatch}
    told = {"charged": found.charged, "refunded": found.refunded}
    if kind in CHARGE_FINDINGS:
        return {**told, "expected_low": found.low, "expected_high": found.high, "delta": found.charge_delta}
    return told if kind in PLAIN else {**told, "delta": found.refund_delta}


def _origin(job: Job, each: Judged, kind: str, broken: tuple[Violation, ...]) -> dict[str, str | None]:
    """Return where the expectation comes from that a finding rests on."""
    prices = each.case.prices
    if kind == "invalid_request":
        basis = "inferred" if any(fault.basis == "inferred" for fault in broken) else "documented"
        rules, sources = (dict.fromkeys(getattr(fault, name) for fault in broken) for name in ("rule", "source"))
        return {"basis": basis, "source": "; ".join(sources), "rules": " ".join(rules)}
    if kind in CHARGE_FINDINGS and prices and prices.amounts:
        return {"basis": "inferred" if prices.inferred else "documented", "source": "; ".join(prices.sources)}
    if kind in REFUND_FINDINGS and kind != "unknown_status":
        origin = job.catalog.tasks.provenance.of("states")
        return {"basis": origin.basis, "source": origin.source}
    return {}


def _stated(shelf: Shelf, each: Judged) -> dict[str, str] | None:
    """Return what stands at the places of the column that makes a row malformed; None where its group does not tell."""
    column = str(each.verdict.reason)
    names = shelf.layout.found[column].names if column in shelf.layout.found else ()
    values = [value for key, value in zip(shelf.layout.keys, each.row, strict=True) if key.column == column]
    if column in OWN or len(names) != len(values):
        return None
    return {name: str(value) for name, value in zip(names, values, strict=True) if value is not None}


def _of_extras(job: Job, shelf: Shelf, rows: Iterator[Judged]) -> Iterator[Saying]:
    """Yield what is said of rows beyond the first of a task, which take from an account what they have added to it."""
    for each in rows:
        kind, owed, lost = each.told
        told = {**_asked(job, shelf, each), "kind": kind, "why": TASKS[kind], "charged": each.verdict.charged or 0}
        yield Saying(each.number, told, (0, -owed, -lost))


def _of_entries(job: Job) -> Iterator[Saying]:
    """Yield what is said of a ledger's entries that should not be there."""
    alike = job.name("faults_alike")
    job.engine.numbered(alike, f"SELECT DISTINCT kind, charged FROM {job.name('faults')}", 0)
    for page in job.engine.pages(alike):
        for _, kind, moved in page:
            yield Saying(None, {"kind": kind, "why": why_entry(kind, moved), "charged": moved})
