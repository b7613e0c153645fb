"""The report of an audit for whoever pays or is paid: what was read, the money, the findings, what is not known."""

from collections.abc import Iterator
from decimal import Decimal

from rich.console import RenderableType
from rich.table import Table

from pricing_rules.audit.meaning.outcomes import LEDGER_FINDINGS
from pricing_rules.audit.report.groups import Money
from pricing_rules.audit.report.report import AuditReport
from pricing_rules.audit.report.thresholds import Check
from pricing_rules.audit.report.words import PARTS, WORDS
from pricing_rules.catalog.constraints import counted
from pricing_rules.catalog.records import Catalog
from pricing_rules.cli.audit_unknown import amount_of, not_known
from pricing_rules.cli.command import UNREADABLE
from pricing_rules.cli.terminal import indented, show, styled, table_of

WORST = 5
MOST_MODELS = 30
LONGEST = 40  # characters of an example


def show_report(catalog: Catalog, report: AuditReport, code: int, held: tuple[Check, ...] = ()) -> None:
    """Print a report, and what was held against limits, where there are some."""
    show(*_parts(catalog, report, code, held))


def _parts(catalog: Catalog, report: AuditReport, code: int, held: tuple[Check, ...]) -> Iterator[RenderableType]:
    yield styled(f"Audit of {catalog.title} by the catalog of {report.catalog_version}", "bold")
    yield styled(f"{', '.join(report.sources[:WORST])}{' …' if len(report.sources) > WORST else ''}{_period(report)}")
    yield styled("")
    yield styled(_rows(report))
    yield styled("")
    yield indented(_money(report))
    yield styled("")
    yield from map(styled, _sentences(report))
    if report.by_model:
        yield styled("")
        yield indented(_models(report))
    if report.counts:
        yield styled("")
        yield indented(_findings(report))
    for name, extra in report.tasks.rows.items():
        charged, are = amount_of(report.tasks.charged[name]), "is" if extra == 1 else "are"
        yield styled(f"{counted(extra, 'extra row')} ({name}) with {charged} credits {are} in no sum of what is owed.")
    yield from not_known(report)
    if report.not_checked:
        yield styled("")
        yield styled("Not checked", "bold")
        yield from (styled(f"  {each.name}: {each.why}") for each in report.not_checked)
    yield from _worst(report)
    yield styled("")
    yield from (styled(f"Beyond a limit: {check.name}: {check.beyond}", "red") for check in held if check.beyond)
    yield styled(result(report, code, limited=bool(held)), "green" if code == 0 else "red")


def _period(report: AuditReport) -> str:
    days = [day for day in report.by_day if day is not None]
    return f", {min(days)} to {max(days)}" if days else ""


def _rows(report: AuditReport) -> str:
    left = ", ".join(("", *listed_rows(report)))
    return f"{counted(report.rows_read, 'row')} read, {report.rows_judged:,} judged{left}"


def _money(report: AuditReport) -> Table:
    headings = ("", "rows", "charged", "expected", "difference")
    table = table_of(headings, headings[1:])
    for name, title in PARTS.items():
        sums = report.totals[name]
        if sums.rows:
            table.add_row(
                title, f"{sums.rows:,}", amount_of(sums.charged), _expected(name, sums), _signed(sums.difference)
            )
    every = report.totals["all"]
    table.add_row("refunds", "", amount_of(every.refunded), "", _signed(every.refund_difference))
    return table


def _models(report: AuditReport) -> Table:
    """Return what was charged and expected by model, most rows first."""
    headings = ("model", "rows", "charged", "expected", "difference", "refunds", "findings")
    table = table_of(headings, headings[1:])
    each = sorted(report.by_model.items(), key=lambda each: (-each[1].rows, each[0] or "~"))
    for model, sums in each[:MOST_MODELS]:
        low, high = amount_of(sums.low), amount_of(sums.high)
        found = f"{sums.findings:,}" if sums.findings else ""
        table.add_row(
            styled(_short(model or "unknown models")),
            f"{sums.rows:,}",
            amount_of(sums.charged),
            low if low == high else f"{low} to {high}",
            _signed(sums.difference),
            _signed(sums.refund_difference),
            found,
        )
    if len(each) > MOST_MODELS:
        table.add_row(f"and {len(each) - MOST_MODELS:,} more")
    return table


def _expected(name: str, sums: Money) -> str:
    if name in ("documented", "inferred"):
        return amount_of(sums.charged - sums.difference)
    return f"{amount_of(sums.low)} to {amount_of(sums.high)}" if name in ("possible", "beyond") else ""


def _sentences(report: AuditReport) -> Iterator[str]:
    yield report.sentence
    if report.unjudged:
        yield "Say --status WORD=STATE, or --suggest for a mapping to start from."
    questions = report.totals["inferred"].difference
    if questions:
        yield f"{_signed(questions)} credits of it rest on inferred prices: questions, not losses."
    if report.pending_refunds:
        were = "was" if report.pending_refunds == 1 else "were"
        yield f"{counted(report.pending_refunds, 'pending task')} {were} refunded already."
    several, as_one = report.flat_charges
    if as_one:
        were = "was" if as_one == 1 else "were"
        yield f"{as_one:,} of {counted(several, 'request')} for several outputs {were} charged as one."


def _findings(report: AuditReport) -> Table:
    table = table_of(("finding", "rows", "credits", "in words", "example"), ("rows", "credits"))
    for kind, each in sorted(report.by_kind.items(), key=lambda each: -each[1].rows):
        moved = amount_of(each.charged) if kind in LEDGER_FINDINGS else ""
        amount = moved if each.delta is None else _signed(each.delta)
        table.add_row(kind, f"{each.rows:,}", amount, WORDS[kind], styled(_short(each.example or "")))
    return table


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _worst(report: AuditReport) -> Iterator[RenderableType]:
    days = sorted(
        ((day, sums) for day, sums in report.by_day.items() if sums.findings), key=lambda each: -each[1].findings
    )
    if days:
        yield styled("")
        yield styled("Days with most findings", "bold")
        yield from (styled(f"  {day or 'undated'}: {sums.findings:,}") for day, sums in days[:WORST])
    accounts = [each for each in report.by_account if each.account is not None]
    if accounts:
        yield styled("")
        yield styled("Accounts with most findings", "bold")
        for each in accounts[:WORST]:
            sides = (("owed", each.owed), ("lost", each.lost))
            told = [f"{side} {amount_of(amount)}" for side, amount in sides if amount or not each.rows_not_known]
            told += [f"{each.rows_not_known:,} of an unknown status"] if each.rows_not_known else []
            name = _short(each.account or "no account")
            yield styled(f"  {name}: {', '.join((counted(each.rows, 'row'), *told))}")


def _signed(amount: Decimal) -> str:
    return f"{amount:+,f}" if amount else ""


def result(report: AuditReport, code: int, *, limited: bool = False) -> str:
    """Return what came of an audit, in a sentence that says no more than was judged and checked."""
    lacking = tuple(_lacking(report, code))
    words = [_found(report, code, limited=limited), *([f"but {' and '.join(lacking)}"] if lacking else [])]
    return f"{', '.join(words)}. Exit code {code}."


def listed_rows(report: AuditReport) -> Iterator[str]:
    """Yield how many rows were not judged, and why."""
    for name, counts in (("malformed", report.malformed), ("filtered", report.filtered)):
        if counts:
            reasons = ", ".join(f"{reason} {rows:,}" for reason, rows in counts.items())
            yield f"{sum(counts.values()):,} {name} ({reasons})"


def _found(report: AuditReport, code: int, *, limited: bool) -> str:
    accepted = ", all of them accepted" if limited else ", of no kind that --fail-on names"
    found = sum(report.counts.values())
    if found:
        return counted(found, "finding") + ("" if code in (1, UNREADABLE) else accepted)
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
