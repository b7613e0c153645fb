"""`pricing-rules audit`: whether a log's charges match the tariff and failed tasks were refunded once."""

import os
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, Self, TextIO

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from pricing_rules.audit import AuditReport, audit
from pricing_rules.audit.engines.output import check_format
from pricing_rules.audit.log.files import LogFile, found
from pricing_rules.audit.mapping.tables import read_mapping
from pricing_rules.audit.meaning.outcomes import FINDINGS
from pricing_rules.audit.options import CHECKS
from pricing_rules.audit.suggestion.service import services_of
from pricing_rules.catalog.records import Catalog
from pricing_rules.cli.audit_report import show_report
from pricing_rules.cli.bodies import STDIN
from pricing_rules.cli.command import REFUSED, UNREADABLE, examples, instant, log_errors, unwritten, with_catalogs
from pricing_rules.cli.mapping import with_input, with_mapping
from pricing_rules.cli.services import SeveralServices
from pricing_rules.cli.suggest import show_suggestion
from pricing_rules.cli.terminal import show_json
from pricing_rules.errors import UnreadableLog, UnusableLog
from pricing_rules.spelling import hint, printable, shown

USAGE = 2


def some_of(known: tuple[str, ...]) -> Callable[..., frozenset[str]]:
    """Return how an option with names is read: each is known, or the nearest is told."""

    def read(_context: click.Context, _parameter: click.Parameter, text: str | None) -> frozenset[str]:
        names = frozenset(filter(None, (text or "").split(",")))
        for name in sorted(names):
            if name not in known:
                raise click.BadParameter(f"there is no {shown(name)}.{hint(name, known)} There are {', '.join(known)}")
        return names

    return read


def _format(context: click.Context, _parameter: click.Parameter, path: str | None) -> str | None:
    if context.params.get("suggest"):
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
@click.option("--out", metavar="FILE", callback=_format, help="Write every finding to a .parquet, .csv or .jsonl file.")
@click.option("--ledger", metavar="FILE", multiple=True, help="Grants, debits and refunds, which tell the charges.")
@click.option("--history", is_flag=True, help="Judge the last row of a task only.")
@click.option("--no-duplicates", is_flag=True, help="Do not look for tasks with several rows.")
@click.option("--unchecked", metavar="NAME,…", callback=some_of(CHECKS), help="Do without charge, refunds or history.")
@click.option(
    "--fail-on", metavar="KIND,…", callback=some_of(FINDINGS), help="Findings that give exit code 1, not all."
)
@click.option("--since", metavar="INSTANT", callback=instant, help="First instant of the tasks that are judged.")
@click.option("--until", metavar="INSTANT", callback=instant, help="Instant before which they were accepted.")
@click.option("--account", metavar="ID", help="The only account that is judged.")
@click.option("--request-column", metavar="NAME", help="Column with the raw request bodies as JSON.")
@click.option(
    "--memory-limit", metavar="SIZE", default="2GB", show_default=True, help="What does not fit goes to disk."
)
@click.option("--resume", metavar="STATE", help="Folder that keeps what is done; the same audit goes on there.")
@with_mapping
@with_catalogs
def audit_command(
    logs: tuple[str, ...],
    out: str | None,
    fail_on: frozenset[str],
    since: datetime | None,
    until: datetime | None,
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
    if options["resume"] and STDIN in logs:
        raise click.UsageError("standard input cannot be taken up again; audit a file with --resume")
    with log_errors("an audit"), with_input(logs) as paths, Bar(sys.stderr) as bar:
        if out:
            check_out(out, paths, options["ledger"])
        if suggest:
            return show_suggestion(catalogs, paths, options, out, as_json=as_json)
        catalog = _catalog(catalogs, paths, options)
        report = _audited(catalog, paths, since, until, bar.told, options)
        failure = _unwritten(report, out) if out else None
        document = report.as_dict()  # looks for the findings, which takes a while as well
    code = UNREADABLE if failure else _code(report, fail_on)
    if as_json:
        show_json({**document, "exit_code": code})
    else:
        show_report(catalog, report, code)
    if failure:
        click.echo(f"Error: {printable(failure)}", err=True)
    return code


def _catalog(catalogs: tuple[Catalog, ...], logs: tuple[str, ...], options: dict[str, Any]) -> Catalog:
    """Return the one catalog that a log can be of, by what it says where several are there.

    Raises:
        SeveralServices: it leaves the choice open.
    """
    if len(catalogs) > 1:
        mapping = read_mapping(*options["mapping"])
        catalogs = services_of(catalogs, logs, mapping, options["request_column"], options["table"])
    if len(catalogs) > 1:
        raise SeveralServices("a log can be of", catalogs)
    return catalogs[0]


def _unwritten(report: AuditReport, out: str) -> str | None:
    """Write the findings; return why they could not be."""
    try:
        report.write(out)
    except OSError as fault:
        return unwritten(fault)
    except UnreadableLog as fault:
        return f"cannot write {out}: {fault}"
    return None


def _audited(
    catalog: Catalog,
    logs: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    progress: Callable[[int, int], None],
    options: dict[str, Any],
) -> AuditReport:
    return audit(
        catalog,
        logs,
        mapping=options["mapping"],
        table=options["table"],
        request_column=options["request_column"],
        ledger=options["ledger"] or None,
        since=since,
        until=until,
        account=options["account"],
        history=options["history"],
        duplicates=not options["no_duplicates"],
        memory_limit=options["memory_limit"],
        progress=progress,
        state=options["resume"],
        unchecked=options["unchecked"],
    )


def _code(report: AuditReport, fail_on: frozenset[str]) -> int:
    """Return the exit code: of the findings that count, then of what could not be judged or checked."""
    if any(kind in fail_on or not fail_on for kind in report.counts):
        return REFUSED
    return USAGE if report.incomplete else 0


def check_out(out: str, logs: tuple[str, ...], ledger: tuple[str, ...]) -> None:
    """Check the file of findings before anything is read.

    Raises:
        UnusableLog: it is one of the logs or of the ledger, or its folder is not there or cannot be written.
        UnreadableLog: a log or ledger is not there.
    """
    named = f"--out {shown(out)}"
    if os.path.realpath(out) in set(_places((*found(logs), *(found(ledger) if ledger else ())))):
        raise UnusableLog(f"{named} is a file that is read; name another one")
    folder = Path(out).absolute().parent
    if Path(out).is_dir():
        raise UnusableLog(f"{named} is a folder; name a file")
    if not folder.is_dir():
        raise UnusableLog(f"{named} cannot be written: there is no folder {shown(str(folder))}")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UnusableLog(f"{named} cannot be written: the folder {shown(str(folder))} is not writable")


def _places(files: Iterable[LogFile]) -> Iterable[str]:
    return (os.path.realpath(file.path) for file in files)


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
