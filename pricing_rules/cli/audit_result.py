"""The last sentence of an audit's report: what was found, what was left out, and the exit code."""

from collections.abc import Iterator

from pricing_rules.audit.report import AuditReport
from pricing_rules.cli.command import UNREADABLE
from pricing_rules.constraints import counted


def result(report: AuditReport, code: int) -> str:
    """Return what came of an audit, in a sentence that says no more than was judged and checked."""
    lacking = tuple(_lacking(report, code))
    words = [_found(report, code), *([f"but {' and '.join(lacking)}"] if lacking else [])]
    return f"{', '.join(words)}. Exit code {code}."


def listed_rows(report: AuditReport) -> Iterator[str]:
    """Yield how many rows were not judged, and why."""
    for name, counts in (("malformed", report.malformed), ("filtered", report.filtered)):
        if counts:
            reasons = ", ".join(f"{reason} {rows:,}" for reason, rows in counts.items())
            yield f"{sum(counts.values()):,} {name} ({reasons})"


def _found(report: AuditReport, code: int) -> str:
    found = sum(report.counts.values())
    if found:
        return counted(found, "finding") + ("" if code in (1, UNREADABLE) else ", of no kind that --fail-on names")
    if code or not report.rows_judged:
        return "Nothing was found" if report.rows_read else "Nothing was found: the log has no rows"
    without = [each.name for each in report.not_checked if each.needed]
    judged = "every row was judged" if report.rows_judged == report.rows_read else _partly(report)
    return f"Clean: {judged} and nothing was found{f', without {_joined(without)}' if without else ''}"


def _partly(report: AuditReport) -> str:
    judged = f"{report.rows_judged:,} of {counted(report.rows_read, 'row')}"
    return f"{judged} {'was' if report.rows_judged == 1 else 'were'} judged, {', '.join(listed_rows(report))},"


def _lacking(report: AuditReport, code: int) -> Iterator[str]:
    """Yield what keeps an audit from being clean beside its findings."""
    if code != 1 and report.unmet:
        yield f"{_joined(report.unmet)} could not be checked; say --unchecked to do without"
    if code != 1 and report.rows_read and not report.rows_judged:
        yield f"no row was judged of {report.rows_read:,}: {', '.join(listed_rows(report))}"
    if code == UNREADABLE:
        yield "the file of findings could not be written"


def _joined(names: list[str] | tuple[str, ...]) -> str:
    return " and ".join(names)
