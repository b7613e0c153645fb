"""`pricing-rules explain`: how an audit came to judge one task."""

import sys
from typing import Any

import click

from pricing_rules.catalog.records import Catalog
from pricing_rules.cli.audit import Bar, audited
from pricing_rules.cli.command import REFUSED, examples, log_errors, with_catalogs
from pricing_rules.cli.log_options import catalog_of_log, log_options
from pricing_rules.cli.mapping import with_input
from pricing_rules.cli.terminal import show, show_json, styled, width


@click.command(
    "explain",
    epilog=examples(
        "pricing-rules explain usage.parquet task_000000000003 --service gptimage2api",
        "pricing-rules explain logs/ task_17 --service gptimage2api --ledger ledger.csv --json",
    ),
)
@click.argument("logs", metavar="LOG…", nargs=-1, required=True)
@click.argument("task", metavar="TASK")
@log_options
@with_catalogs
def explain_command(
    logs: tuple[str, ...],
    task: str,
    *,
    catalogs: tuple[Catalog, ...],
    as_json: bool,
    **options: Any,  # noqa: ANN401 -- as click reads them
) -> int:
    """Tell how an audit came to judge one task.

    Every value that stands in the log and what it was read as, the receipt of its price or every price that it could
    have had, each rule that its request broke, what decided its refund, and the ledger's entries about it.

    Exit codes: 0 no finding, 1 findings, 2 wrong usage or no such task, 3 a file that cannot be read, 130 interrupted.
    """
    with log_errors("an explanation"), with_input(logs) as paths, Bar(sys.stderr) as bar:
        catalog = catalog_of_log(catalogs, paths, options)
        found = audited(catalog, paths, bar.told, options).explain(task)
    if as_json:
        show_json(found.as_dict())
    else:
        show(*map(styled, found.lines(width())))
    return REFUSED if any(row.findings for row in found.rows) else 0
