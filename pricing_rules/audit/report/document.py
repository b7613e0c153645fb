"""The report of an audit as JSON has it."""

from typing import Any

from attrs import asdict

from pricing_rules.audit.report.groups import balance, document

PLAIN = (
    "service", "catalog_version", "rows_read", "rows_judged", "malformed", "filtered", "counts", "outcomes",
    "pending_refunds", "exit_code",
)  # fmt: skip


def document_of(report: Any) -> dict[str, Any]:  # noqa: ANN401 -- an AuditReport, whose module imports this one
    """Return everything but the findings, JSON-ready; an amount is an exact decimal text in credits."""
    return {
        **{name: getattr(report, name) for name in PLAIN},
        "sources": list(report.sources),
        "options": dict(report.options),
        "totals": {name: document(sums) for name, sums in report.totals.items()},
        "owed_to_customers": balance(*report.owed_to_customers, unjudged=report.unjudged),
        "lost_by_service": balance(*report.lost_by_service, unjudged=report.unjudged),
        "unknown": [each.as_dict(rows) for each, rows in report.unknown.items()],
        "outputs_above_one": dict(zip(("rows", "charged_as_one"), report.flat_charges, strict=True)),
        "by_kind": {kind: each.as_dict() for kind, each in report.by_kind.items()},
        "by_model": [{"model": model, **document(sums)} for model, sums in report.by_model.items()],
        "by_day": [{"day": day, **document(sums)} for day, sums in report.by_day.items()],
        "findings_by_day": [{"day": day, **kinds} for day, kinds in report.findings_by_day.items()],
        "by_account": [each.as_dict() for each in report.by_account],
        "extra_rows": report.tasks.as_dict(),
        "assumed": dict(report.assumed),
        "not_checked": [asdict(each) for each in report.not_checked],
    }
