"""What holds of every audit, whatever the log and the engine: the sums of its report agree with each other."""

from datetime import UTC
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
from attrs import asdict

from pricing_rules import Catalog
from pricing_rules.audit import audit
from pricing_rules.audit.meaning.outcomes import CHARGES
from pricing_rules.audit.report.findings import AMOUNTS
from pricing_rules.audit.report.groups import PARTS, Group, credits_of
from pricing_rules.audit.report.report import AuditReport
from pricing_rules.audit.sample.log import FAULTS, sample

ENDED = ("completed", "failed")


def holds(report: AuditReport, rows: int) -> None:
    """Assert the identities of a report on a log of so many rows, whose tasks have one row each."""
    every_row_is_judged_or_told_why_not(report, rows)
    every_charge_has_one_outcome(report)
    differences_are_the_deltas(report)
    refunds_are_what_failed_less_the_deltas(report.judged)
    nets_are_the_deltas(report.judged)
    parts_add_up(report)
    counts_are_those_of_the_findings(report)


def every_row_is_judged_or_told_why_not(report: AuditReport, rows: int) -> None:
    assert report.rows_read == rows
    assert report.rows_read == report.rows_judged + sum(report.malformed.values()) + sum(report.filtered.values())


def every_charge_has_one_outcome(report: AuditReport) -> None:
    assert sum(report.outcomes.get(outcome, 0) for outcome in CHARGES) == report.rows_judged
    assert sum(report.totals[part].charged for part in PARTS) == report.totals["all"].charged
    assert report.totals["all"].charged == credits_of(sum(group.charged for group in report.judged))


def differences_are_the_deltas(report: AuditReport) -> None:
    for part in ("documented", "inferred"):
        sums = report.totals[part]
        assert sums.low == sums.high
        assert sums.charged - sums.low == sums.difference
    possible = report.totals["possible"]
    assert possible.low <= possible.charged <= possible.high
    assert possible.difference == 0


def refunds_are_what_failed_less_the_deltas(judged: tuple[Group, ...]) -> None:
    if any(group.refund == "refund_not_checked" for group in judged):
        return
    ended = [group for group in judged if group.task in ENDED]
    failed = sum(group.charged for group in ended if group.task == "failed")
    assert sum(group.refunded for group in ended) == failed - sum(group.refund_delta for group in ended)


def nets_are_the_deltas(judged: tuple[Group, ...]) -> None:
    sure = [
        group for group in judged if group.task in ENDED and (group.one_price or group.charge == "uncharged_failure")
    ]
    completed = [group for group in sure if group.task == "completed"]
    net = sum(group.charged - group.refunded for group in sure) - sum(group.high for group in completed)
    if any(group.refund == "refund_not_checked" for group in judged):
        return
    assert net == sum(group.charge_delta for group in completed) + sum(group.refund_delta for group in sure)


def parts_add_up(report: AuditReport) -> None:
    every = report.totals["all"]
    for parts in (report.by_model, report.by_day):
        for name in ("rows", "charged", "low", "high", "difference", "refunded", "refund_difference", "findings"):
            assert sum(getattr(sums, name) for sums in parts.values()) == getattr(every, name)
    if report.by_account:
        assert sum(each.rows for each in report.by_account) == sum(g.rows for g in report.judged if g.kinds)
        assert sum(each.rows_not_known for each in report.by_account) == report.unjudged
        balance = sum(each.owed - each.lost for each in report.by_account)
        assert balance == credits_of(sum(group.net for group in report.judged if group.kinds))


def counts_are_those_of_the_findings(report: AuditReport) -> None:
    rows = told(report)
    assert counted(rows) == report.counts
    found = [row for row in rows if row["kind"] not in ("duplicate_task", "conflicting_task")]
    deltas = sum((row["delta"] or Decimal(0) for row in found), Decimal(0))
    assert deltas == credits_of(sum(group.charge_delta + group.refund_delta for group in report.judged))


def told(report: AuditReport) -> list[dict[str, Any]]:
    """Return the findings of a report, whichever engine has them."""
    found: Any = report.findings()
    if hasattr(found, "collect"):
        rows = [row.asDict() for row in found.collect()]
        moments = [row["created_at"] and row["created_at"].replace(tzinfo=UTC) for row in rows]
        rows = [{**row, "created_at": moment} for row, moment in zip(rows, moments, strict=True)]
    else:
        rows = [asdict(finding) for finding in found]
    return [{**row, **{name: None if row[name] is None else Decimal(row[name]) for name in AMOUNTS}} for row in rows]


def counted(rows: list[dict[str, Any]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        found[row["kind"]] = found.get(row["kind"], 0) + 1
    return found


def figures(report: AuditReport) -> dict[str, Any]:
    """Return all that a report says but of which files it is, and by which options."""
    return {**report.as_dict(), "sources": None, "options": None}


def written_findings_are_those_of_the_report(report: AuditReport, out: Path) -> None:
    """Write the findings of a report, and read them again."""
    report.write(out)
    rows = duckdb.execute(
        f"SELECT kind, COUNT(*), SUM(CAST(delta AS DECIMAL(38, 6))) FROM '{out}' GROUP BY 1"
    ).fetchall()
    assert {kind: number for kind, number, _ in rows} == report.counts
    assert sum(delta or 0 for _, _, delta in rows) == sum(row["delta"] or 0 for row in told(report))


def planted_faults_are_found(catalog: Catalog, out: Path) -> None:
    """Make up a log with faults of every kind, and audit it."""
    planted = sample(catalog, 2_000, out, seed=7, faults=dict.fromkeys(FAULTS, 3))
    report = audit(catalog, out)
    assert report.counts == planted.findings
    assert report.rows_read == planted.rows == 2_000
    assert set(planted.findings) == set(FAULTS)
