"""What the report of an audit says of what is owed, and of words that it does not know."""

from collections.abc import Iterator
from decimal import Decimal

from rich.console import RenderableType

from pricing_rules.audit.report.report import AuditReport
from pricing_rules.catalog.constraints import counted
from pricing_rules.cli.terminal import styled
from pricing_rules.spelling import shown

MOST = 20  # words that are named


def amount_of(amount: Decimal) -> str:
    """Write credits with marks between thousands."""
    return f"{amount:,f}"


def _unknown(report: AuditReport) -> Iterator[str]:
    """Say which statuses and models are not known, each with what is nearest."""
    for each, rows in list(report.unknown.items())[:MOST]:
        near = f" (perhaps {each.nearest})" if each.nearest else ""
        word = "no word" if each.word is None else shown(each.word)
        yield f"  {each.of} {word}: {counted(rows, 'row')}{near}"
    if len(report.unknown) > MOST:
        yield f"  and {len(report.unknown) - MOST:,} more, which --json lists"


def not_known(report: AuditReport) -> Iterator[RenderableType]:
    """Yield the words that are not known, and what was assumed of columns that the log has not."""
    if report.unknown:
        yield styled("")
        yield styled("Not known", "bold")
        yield from map(styled, _unknown(report))
    if report.assumed:
        yield styled("")
        yield styled("Assumed, since the log has no such column; every figure rests on it", "bold")
        yield from (styled(f"  {name}: {value}") for name, value in report.assumed.items())
