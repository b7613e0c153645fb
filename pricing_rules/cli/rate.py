"""`pricing-rules rate`: what a log would have cost under another tariff."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from fractions import Fraction
from functools import reduce
from pathlib import Path

import click
from rich.console import RenderableType
from rich.table import Table

from pricing_rules.amounts import decimal
from pricing_rules.answers import written
from pricing_rules.audit import Rating, rate
from pricing_rules.audit.rating.answer import Apart, Rated, Span
from pricing_rules.audit.rating.face import DIMENSIONS
from pricing_rules.catalog.constraints import counted
from pricing_rules.catalog.loading import load_catalog, services
from pricing_rules.catalog.records import Catalog
from pricing_rules.cli.command import at_option, examples, log_errors, with_errors
from pricing_rules.cli.log_options import some_of
from pricing_rules.cli.terminal import indented, show, show_json, styled, table_of
from pricing_rules.tariffs import load_overlay, overlaid

MOST = 200  # lines that a terminal shows
REASONS = {
    "unknown_model": "the tariff has no such model",
    "unknown_plan": "their plan was not given",
    "before_first_price": "before the first price",
    "outputs": "no price for so many outputs",
    "tier": "no such tier",
}


def _plans(_context: click.Context, _parameter: click.Parameter, texts: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in texts:
        name, mark, file = text.rpartition("=")
        if not (name and mark and file):
            raise click.BadParameter(f"a plan is written ACCOUNT=FILE, not {text!r}")
        if name in found:
            raise click.BadParameter(f"{name!r} has two plans")
        found[name] = file
    return found


@click.command("rate", epilog=examples("pricing-rules rate usage.parquet --then gptimage2api --overlay studio.toml"))
@click.argument("logs", metavar="LOG…", nargs=-1, required=True)
@click.option("--then", metavar="TARIFF", required=True, help="The tariff to try: a catalog file or a service's id.")
@click.option("--against", metavar="TARIFF", help="Compare with this one at each task's instant, not with the charges.")
@click.option("--overlay", "overlays", metavar="FILE", multiple=True, help="A plan over --then; repeatable.")
@click.option(
    "--plan",
    "plans",
    metavar="ACCOUNT=FILE",
    multiple=True,
    callback=_plans,
    help="An overlay for an account, over --then.",
)
@click.option("--plan-column", metavar="NAME", help="Column that names the plan of a row, instead of its account.")
@click.option("--by", metavar="NAME,…", callback=some_of(DIMENSIONS), help="Of model, account and day; else by model.")
@at_option
@click.option(
    "--memory-limit", metavar="SIZE", default="2GB", show_default=True, help="What does not fit goes to disk."
)
@with_errors
def rate_command(
    logs: tuple[str, ...],
    then: str,
    against: str | None,
    overlays: tuple[str, ...],
    plans: dict[str, str],
    plan_column: str | None,
    by: frozenset[str],
    at: datetime | None,
    memory_limit: str,
    *,
    as_json: bool,
) -> int:
    """Price every row of usage logs under a tariff: files, folders or patterns of .parquet, .csv and .jsonl.

    Rows without a price and failed tasks are listed apart, and never counted as savings. A log without charges is
    estimated.
    """
    tried = reduce(overlaid, [load_overlay(Path(overlay)) for overlay in overlays], _tariff(then))
    with log_errors("a rating"):
        found = rate(
            tried,
            *logs,
            against=None if against is None else _tariff(against),
            at=at,
            plans={name: overlaid(tried, load_overlay(Path(file))) for name, file in plans.items()},
            plan_column=plan_column,
            by=tuple(by) or ("model",),
            memory_limit=memory_limit,
        )
    if as_json:
        show_json(found.as_dict())
    else:
        show(*_parts(found))
    return 0


def _tariff(name: str) -> Catalog:
    return load_catalog(name if name in services() else Path(name))


def _parts(found: Rating) -> Iterator[RenderableType]:
    compared = {"charges": "beside the charges", "tariff": "beside the other tariff", None: "an estimate"}
    yield styled(f"Rating under {found.service} of {found.version} at {found.at:%Y-%m-%d %H:%M %Z}", "bold")
    yield styled(f"{', '.join(found.sources)}, {compared[found.against]}")
    yield styled("")
    yield indented(_table(found))
    yield styled("")
    yield from map(styled, _sentences(found))


def _table(found: Rating) -> Table:
    numbers = ("tasks", *(("before", "would be", "+/-", "") if found.against else ("would be",)))
    table = table_of((*(found.by or ("",)), *numbers), numbers)
    for line in found.lines[:MOST]:
        names = (getattr(line, name) for name in found.by) if found.by else ("",)
        table.add_row(*(styled(name or "(none)") for name in names), *map(styled, _cells(line)))
    left = ("all", *("" for _ in found.by[1:]))
    table.add_row(*(styled(cell, "bold") for cell in (*left, *_cells(found.total))))
    return table


def _cells(line: Rated) -> tuple[str, ...]:
    tasks, then = f"{line.tasks:,}", _span(line.then)
    if line.before is None or line.difference is None:
        return tasks, then
    return tasks, _span(line.before), then, _span(line.difference, "+"), _share(line.difference, line.before)


def _span(span: Span, sign: str = "") -> str:
    low, high = (f"{amount:{sign if amount else ''},f}" for amount in (span.low, span.high))
    return low if low == high else f"{low} to {high}"


def _share(difference: Span, before: Span) -> str:
    """Write a difference in percent, with one decimal at most; nothing where it is a range."""
    if difference.low != difference.high or before.low != before.high or not before.low:
        return ""
    tenths = round(Fraction(Fraction(difference.low) * 1_000, Fraction(before.low)))
    sign = "+" if tenths > 0 else ""
    return f"{sign}{written(decimal(Fraction(tenths, 10)))}%"


def _sentences(found: Rating) -> Iterator[str]:
    if len(found.lines) > MOST:
        yield f"{len(found.lines) - MOST:,} more lines; --json has them all."
    for each in found.unpriced[:MOST]:
        yield _unpriced(each)
    if found.unpriced[MOST:]:
        yield f"{len(found.unpriced) - MOST:,} more kinds of tasks have no price; --json has them all."
    for each in found.failed:
        yield f"{_tasks(each, 'failed task')} in no sum."
    for column, rows in found.malformed.items():
        yield f"{counted(rows, 'row')} cannot be read ({column})."
    if found.left_out:
        yield f"{counted(found.left_out, 'row')} of other services."
    if found.unused_plans:
        yield f"No row has the plan of {', '.join(found.unused_plans)}."
    if "account" in found.by and found.against and found.lines:
        yield _accounts(found.lines_by("account"))


def _unpriced(each: Apart) -> str:
    which = " before" if each.tariff == "against" else ""
    why = f"{REASONS[each.reason]}{f': {each.asked}' if each.asked else ''}"
    return f"{each.model or '(other models)'}: {_tasks(each)} without a price{which} ({why})."


def _tasks(each: Apart, what: str = "task") -> str:
    tasks = counted(each.tasks, what)
    return f"{tasks} ({_span(each.before)} credits)" if each.before else tasks


def _accounts(lines: Sequence[Rated]) -> str:
    """Say how many accounts pay more and less, and by how much at most; a range that has 0 in it is neither."""
    spans = [line.difference for line in lines if line.difference]
    more, less = [span.high for span in spans if span.low > 0], [-span.low for span in spans if span.high < 0]
    sides = [(some, word) for some, word in ((more, "more"), (less, "less")) if some]
    told = [
        f"{len(some):,} pay {word}, at most {max(some):,f} {'credit' if max(some) == 1 else 'credits'}"
        for some, word in sides
    ]
    return f"Of {counted(len(lines), 'account')}, {' and '.join(told) or 'none pays more or less'}."
