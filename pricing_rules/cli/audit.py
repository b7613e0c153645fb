"""`pricing-rules audit`: whether a log's charges match the tariff and failed tasks were refunded once."""

import sys
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from typing import Any, Self, TextIO

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from pricing_rules.audit import AuditReport, audit
from pricing_rules.audit.evidence.files import check_format
from pricing_rules.audit.meaning.outcomes import FINDINGS
from pricing_rules.audit.report.thresholds import Check, checks
from pricing_rules.catalog.records import Catalog
from pricing_rules.cli.audit_report import show_report
from pricing_rules.cli.bodies import STDIN
from pricing_rules.cli.command import REFUSED, UNREADABLE, examples, log_errors, with_catalogs
from pricing_rules.cli.log_options import catalog_of_log, log_options, some_of
from pricing_rules.cli.mapping import with_input
from pricing_rules.cli.outputs import check_outputs, unwritten_outputs
from pricing_rules.cli.suggest import show_suggestion
from pricing_rules.cli.terminal import show_json
from pricing_rules.cli.thresholds import thresholds, with_thresholds
from pricing_rules.errors import UnusableLog
from pricing_rules.spelling import printable

USAGE = 2


def _format(context: click.Context, _parameter: click.Parameter, path: str | None) -> str | None:
    if context.params.get("suggest") or path == STDIN:
        return path
    try:
        return path and check_format(path) and path
    except UnusableLog as fault:
        raise click.BadParameter(str(fault)) from None


@click.command(
    "audit",
    epilog=examples(
        "pricing-rules audit usage.parquet --service gptimage2api",
        "pricing-rules audit usage.csv --service gptimage2api --column task_id=job --out findings.csv",
    ),
)
@click.argument("logs", metavar="LOG…", nargs=-1, required=True)
@click.option("--suggest", is_flag=True, is_eager=True, help="Write a mapping to start from instead, to --out or here.")
@click.option(
    "--out", metavar="FILE", callback=_format, help="Write every finding to a .parquet, .csv or .jsonl file, or to -."
)
@click.option("--format", "form", type=click.Choice(("csv", "jsonl")), help="With --out -: of the findings printed.")
@click.option("--html", metavar="FILE", help="Write the report as a page that stands alone.")
@click.option("--mask-accounts", is_flag=True, help="Call the accounts on the page by numbers.")
@click.option("--statements", metavar="DIR", help="Write a page and a CSV for each account to a new folder.")
@click.option("--junit", metavar="FILE", help="Write what was accepted and what was not as JUnit XML.")
@click.option("--no-duplicates", is_flag=True, help="Do not look for tasks with several rows.")
@click.option(
    "--fail-on", metavar="KIND,…", callback=some_of(FINDINGS), help="Findings that give exit code 1, not all."
)
@with_thresholds
@log_options
@with_catalogs
def audit_command(
    logs: tuple[str, ...],
    fail_on: frozenset[str],
    *,
    suggest: bool,
    catalogs: tuple[Catalog, ...],
    as_json: bool,
    **options: Any,  # noqa: ANN401 -- as click reads them
) -> int:
    """Judge every row of usage logs: files, folders or patterns of .parquet, .csv and .jsonl.

    Exit codes: 0 clean, 1 findings, 2 wrong usage, a needed check that could not be made or no row judged, 3 a file
    that cannot be read or written, 130 interrupted.
    """
    if options["store"] and STDIN in logs:
        raise click.UsageError("standard input cannot be taken up again; audit a file with --store")
    prints_findings = _prints_findings(options, suggest=suggest, as_json=as_json)
    limits = thresholds(options, fail_on)
    with log_errors("an audit"), with_input(logs) as paths, Bar(sys.stderr) as bar:
        check_outputs(options, paths)
        if suggest:
            place = None if options["out"] == STDIN else options["out"]
            return show_suggestion(catalogs, paths, options, place, as_json=as_json)
        catalog = catalog_of_log(catalogs, paths, options)
        report = audited(catalog, paths, bar.told, options)
        document = report.as_dict()  # looks for the findings, which takes a while as well
        held = checks(document, limits)
        failure = unwritten_outputs(report, document, held, options)
    code = UNREADABLE if failure else _code(report, held)
    if as_json:
        beyond = {"beyond": [check.beyond for check in held if check.beyond]} if limits.are_set else {}
        show_json({**document, "exit_code": code, **beyond})
    else:
        with redirect_stdout(sys.stderr if prints_findings else sys.stdout):
            show_report(catalog, report, code, held if limits.are_set else ())
    if failure:
        click.echo(f"Error: {printable(failure)}", err=True)
    return code


def _prints_findings(options: Mapping[str, Any], *, suggest: bool, as_json: bool) -> bool:
    """Tell whether the findings go to standard output, and the report to the other one."""
    prints = options["out"] == STDIN and not suggest
    if prints != (options["form"] is not None):
        raise click.UsageError("--out - and --format csv or jsonl belong together")
    if prints and as_json:
        raise click.UsageError("--json and --out - exclude each other")
    return prints


def audited(
    catalog: Catalog,
    logs: tuple[str, ...],
    progress: Callable[[int, int], None],
    options: dict[str, Any],
) -> AuditReport:
    """Audit logs as the options of a command say."""
    return audit(
        catalog,
        logs,
        mapping=options["mapping"],
        table=options["table"],
        request_column=options["request_column"],
        ledger=options["ledger"] or None,
        since=options["since"],
        until=options["until"],
        account=options["account"],
        history=options["history"],
        duplicates=not options.get("no_duplicates", False),
        memory_limit=options["memory_limit"],
        progress=progress,
        store=options["store"],
        unchecked=options["unchecked"],
    )


def _code(report: AuditReport, held: tuple[Check, ...]) -> int:
    """Return the exit code: of the findings that count, then of what could not be judged or checked."""
    if any(check.beyond for check in held):
        return REFUSED
    return USAGE if report.incomplete else 0


class Bar:
    """A bar on a terminal, nothing elsewhere; rows are counted, or bytes of text."""

    def __init__(self, stream: TextIO) -> None:
        self.progress = Progress(
            TextColumn("audit"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.completed:,.0f} of {task.total:,.0f}"),
            TimeRemainingColumn(),
            console=Console(file=stream),
            disable=not stream.isatty(),
            transient=True,
        )
        self.task = self.progress.add_task("audit", total=1)

    def __enter__(self) -> Self:
        self.progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        if not self.progress.disable:  # rich 14.0 ends a line even so
            self.progress.stop()

    def told(self, done: int, every: int) -> None:
        """Show how far the audit is, in rows or bytes."""
        self.progress.update(self.task, completed=done, total=max(every, 1))
