"""The figures of a report as JSON has them, which the page and the limits of an audit read."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from attrs import asdict

from pricing_rules.audit.report.groups import document

PLAIN = (
    "service", "catalog_version", "rows_read", "rows_judged", "malformed", "filtered", "counts", "outcomes",
    "pending_refunds", "exit_code",
)  # fmt: skip


def document_of(report: Any) -> dict[str, Any]:  # noqa: ANN401 -- an AuditReport, which imports this
    """Return everything but the findings, JSON-ready; an amount is an exact decimal text in credits."""
    return {
        **{name: getattr(report, name) for name in PLAIN},
        "sources": list(report.sources),
        "options": dict(report.options),
        "totals": {name: document(sums) for name, sums in report.totals.items()},
        **balances(report),
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


def balances(report: Any) -> dict[str, Mapping[str, Any]]:  # noqa: ANN401 -- an AuditReport, which imports this
    """Return what is owed and lost, JSON-ready, beside the number of rows of which that is not known."""

    def side(credits_: Decimal, tasks: int) -> Mapping[str, Any]:
        return {"credits": f"{credits_:f}", "tasks": tasks, "rows_not_known": report.unjudged}

    return {"owed_to_customers": side(*report.owed_to_customers), "lost_by_service": side(*report.lost_by_service)}
