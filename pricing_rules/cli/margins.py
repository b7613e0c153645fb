"""`pricing-rules margins`: what a seller earns on each price."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

import click
from rich.table import Table

from pricing_rules.amounts import decimal, fraction, parse
from pricing_rules.answers import dollars, with_unit, written
from pricing_rules.catalog.constraints import counted
from pricing_rules.catalog.records import Catalog
from pricing_rules.cli.command import REFUSED, at_option, examples, with_catalogs
from pricing_rules.cli.services import SeveralServices
from pricing_rules.cli.terminal import show, show_json, styled, table_of
from pricing_rules.serialization import as_dict
from pricing_rules.tariffs import Margin, NoMargins, margins

NUMBERS = ("outputs", "debit", "cost", "price", "sold", "margin")
HEADINGS = ("model", "tier", *NUMBERS, "")


def _share(_context: click.Context, _parameter: click.Parameter, text: str | None) -> Fraction | None:
    try:
        return None if text is None else parse(text.removesuffix("%")) * Fraction(1, 100 if text.endswith("%") else 1)
    except ValueError:
        raise click.BadParameter("a margin is written like 20% or 0.2") from None


@click.command(
    "margins",
    epilog=examples(
        "pricing-rules margins --overlay studio.toml --at-least 20%",
    ),
)
@click.option("--at-least", "least", metavar="SHARE", callback=_share, help="Least part of a price that is left: 20%.")
@at_option
@with_catalogs
def margins_command(
    catalogs: tuple[Catalog, ...], least: Fraction | None, at: datetime | None, *, as_json: bool
) -> int:
    """Tell what is left of every price of an --overlay after the debit of the seller below, the least first.

    Exit code 1: a price leaves less than --at-least.
    """
    if len(catalogs) > 1:
        raise SeveralServices("--overlay says whose prices; they could be of", catalogs)
    try:
        every = margins(catalogs[0], at=at)
    except NoMargins as error:
        raise click.UsageError(str(error)) from None
    below = [margin for margin in every if least is not None and _is_below(margin, least)]
    if as_json:
        show_json({"margins": [_document(margin) for margin in every], "below": len(below)})
    else:
        said = "" if least is None else f" below {_percent(least)}"
        show(_table(every, below, said))
        show(styled(_summary(every, below, said)))
    return REFUSED if below else 0


def _is_below(margin: Margin, least: Fraction) -> bool:
    return margin.price_usd - margin.cost_usd < least * margin.price_usd or margin.price_usd < margin.cost_usd


def _table(every: Sequence[Margin], below: Sequence[Margin], said: str) -> Table:
    table = table_of(HEADINGS, NUMBERS)
    for margin in sorted(every, key=lambda margin: -1 if margin.share is None else margin.share):
        mark = said.strip() if margin in below else ""
        table.add_row(*map(styled, _cells(margin)), styled(mark, "bold red"))
    return table


def _cells(margin: Margin) -> tuple[str, ...]:
    quote, cost = margin.quote, margin.quote.cost
    parameters = quote.parameters
    tiers = {"duration": parameters.duration, "resolution": parameters.resolution, "audio": parameters.audio}
    return (
        quote.model,
        " ".join(with_unit(name, value) for name, value in tiers.items() if value is not None),
        written(parameters.outputs or 1),
        written(cost.credits if cost else None),
        dollars(decimal(margin.cost_usd)),
        written(quote.credits),
        dollars(decimal(margin.price_usd)),
        "" if margin.share is None else _percent(margin.share),
    )


def _percent(share: Fraction) -> str:
    """Write a share with one decimal at most, rounded down so that 19.96% is not told as 20%."""
    tenths = share * 1_000 // 1
    return f"{written(decimal(Fraction(tenths, 10)))}%"


def _summary(every: Sequence[Margin], below: Sequence[Margin], said: str) -> str:
    if not said:
        return f"{counted(len(every), 'price')}."
    verb = "is" if len(below) == 1 else "are"
    return f"{len(below):,} of {counted(len(every), 'price')} {verb}{said}."


def _document(margin: Margin) -> dict[str, Any]:
    return {
        "quote": as_dict(margin.quote, private=True),
        "cost_usd": fraction(margin.cost_usd),
        "price_usd": fraction(margin.price_usd),
        "share": None if margin.share is None else fraction(margin.share),
    }
