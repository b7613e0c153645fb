"""`pricing-rules prices`: every price point."""

from datetime import datetime
from itertools import groupby
from typing import Literal, assert_never

import click

from pricing_rules.answers import Quote
from pricing_rules.catalog.records import Catalog
from pricing_rules.cli.command import at_option, examples, with_catalogs
from pricing_rules.cli.completion import complete_model
from pricing_rules.cli.price_points import as_csv, as_markdown, point_table
from pricing_rules.cli.services import with_model
from pricing_rules.cli.terminal import show, show_json, styled, write
from pricing_rules.request.quote import options
from pricing_rules.serialization import as_dict

Format = Literal["table", "csv", "json", "markdown"]


@click.command(
    "prices",
    epilog=examples(
        "pricing-rules prices --service aivideoapi",
        "pricing-rules prices veo3 --format csv",
    ),
)
@click.argument("model", required=False, shell_complete=complete_model)
@at_option
@click.option("--format", "form", type=click.Choice(("table", "csv", "json", "markdown")), help="Default: table.")
@with_catalogs
def prices_command(
    catalogs: tuple[Catalog, ...], model: str | None, at: datetime | None, form: Format | None, *, as_json: bool
) -> int:
    """List every price, of one MODEL or of all."""
    if as_json and form not in (None, "json"):
        raise click.UsageError(f"--json and --format {form} exclude each other")
    found = catalogs if model is None else with_model(catalogs, model)
    quotes = [quote for catalog in found for quote in options(catalog, model, at=at)]
    _print("json" if as_json else form or "table", quotes)
    return 0


def _print(form: Format, quotes: list[Quote]) -> None:
    match form:
        case "table":
            _print_tables(quotes)
        case "csv":
            write(as_csv(quotes))
        case "json":
            show_json([as_dict(quote) for quote in quotes])
        case "markdown":
            write(as_markdown(quotes))
        case _:
            assert_never(form)


def _print_tables(quotes: list[Quote]) -> None:
    for number, (service, group) in enumerate(groupby(quotes, lambda quote: quote.service)):
        show(*([""] if number else []), styled(service, "bold"), point_table(list(group), ("service",)))
