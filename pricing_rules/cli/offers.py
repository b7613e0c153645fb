"""`pricing-rules offers`: which models can make what is needed, and what each costs at least."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import click
from attr import asdict
from rich.console import RenderableType
from rich.table import Table

from pricing_rules.amounts import decimal, multiplier, parse
from pricing_rules.answers import Quote, dollars, with_unit, written
from pricing_rules.catalog.constraints import counted
from pricing_rules.catalog.records import Catalog
from pricing_rules.cli.command import REFUSED, at_option, examples, with_catalogs
from pricing_rules.cli.terminal import indented, show, show_json, styled, table_of
from pricing_rules.serialization import as_dict
from pricing_rules.spelling import hint, shown
from pricing_rules.tariffs import Offer, Offers, Refused, offers

HEADINGS = ("credits", "usd", "times", "model", "mode", "resolution", "duration", "outputs")
NUMBERS = ("credits", "usd", "times", "outputs")


def _seconds(_context: click.Context, _parameter: click.Parameter, text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        return decimal(parse(text))
    except ValueError:
        raise click.BadParameter("a length is a number of seconds") from None


def _budget(_context: click.Context, _parameter: click.Parameter, text: str | None) -> Fraction | None:
    try:
        return None if text is None else multiplier(text)
    except ValueError:
        raise click.BadParameter("a budget is a number of credits, such as 1000 or 2.5") from None


@click.command(
    "offers",
    epilog=examples(
        "pricing-rules offers --mode image_to_video --duration 10 --resolution 1080p --budget 1000",
    ),
)
@click.option("--mode", metavar="MODE", help="Mode of the request, such as image_to_video.")
@click.option("--duration", metavar="SECONDS", callback=_seconds, help="Least length of the clip.")
@click.option("--resolution", metavar="TIER", help="Smallest size among the model's own, such as 1080p.")
@click.option("--references", metavar="N", type=click.IntRange(0), help="Reference images; without, the fewest.")
@click.option("--aspect-ratio", metavar="RATIO", help="Width to height, such as 16:9.")
@click.option("--outputs", metavar="N", type=click.IntRange(1), default=1, help="Results of one request. Default: 1.")
@click.option("--budget", "at_most", metavar="CREDITS", callback=_budget, help="Most that one request may cost.")
@at_option
@with_catalogs
def offers_command(
    catalogs: tuple[Catalog, ...],
    mode: str | None,
    at: datetime | None,
    *,
    as_json: bool,
    **need: Any,  # noqa: ANN401
) -> int:
    """List the models that can make what is needed, the cheapest first, and why the others cannot.

    Services that do not all publish the price of a credit are listed one by one; a budget is in credits of each.
    """
    modes = {catalog: [*dict.fromkeys(_modes(catalog))] for catalog in catalogs}
    able = tuple(catalog for catalog in catalogs if mode is None or mode in modes[catalog])
    if not able:
        known = dict.fromkeys(each for every in modes.values() for each in every)
        raise click.UsageError(f"no model has the mode {shown(mode)}.{hint(mode, known)}")
    found = [offers(catalog, mode=mode, at=at, **_typed(catalog, need)) for catalog in able]
    if as_json:
        show_json([document(catalog, each) for catalog, each in zip(able, found, strict=True)])
    else:
        for catalog, each in zip(able, found, strict=True):
            show(*_report(catalog, each))
    return 0 if any(each.found for each in found) else REFUSED


def document(catalog: Catalog, found: Offers) -> dict[str, Any]:
    """Return the offers of a service for programs."""
    return {
        "service": catalog.id,
        "found": [
            {"quote": as_dict(offer.quote), "request": offer.request, "times": offer.times, "mode": offer.mode}
            for offer in found.found
        ],
        "refused": [
            {"model": one.model, "reason": one.reason, "nearest": as_dict(one.nearest) if one.nearest else None}
            for one in found.refused
        ],
    }


def _modes(catalog: Catalog) -> Iterator[str]:
    return (mode for model in catalog.models.values() for mode in model.modes)


def _typed(catalog: Catalog, need: dict[str, Any]) -> dict[str, Any]:
    """Give a resolution the type of its field."""
    field, text = catalog.fields.get("resolution"), need["resolution"]
    is_number = field is not None and field.type in ("integer", "number") and str(text).isdecimal()
    return {**need, "resolution": int(text)} if is_number else need


def _report(catalog: Catalog, found: Offers) -> Iterator[RenderableType]:
    yield styled(catalog.id, "bold")
    if found.found:
        yield indented(_table(found.found))
    yield from (indented(styled(_refusal(one), "dim")) for one in found.refused)
    yield styled(f"{counted(len(found.found), 'offer')}, {counted(len(found.refused), 'model')} cannot.")


def _table(found: Sequence[Offer]) -> Table:
    rows = [_row(offer) for offer in found]
    columns = [name for name in HEADINGS if any(row[name] for row in rows)]
    table = table_of(columns, NUMBERS)
    for row in rows:
        table.add_row(*(styled(row[name]) for name in columns))
    return table


def _row(offer: Offer) -> dict[str, str]:
    quote, parameters = offer.quote, offer.quote.parameters
    return {
        "credits": written(quote.credits),
        "usd": dollars(quote.usd) if quote.usd is not None else "",
        "times": "" if offer.times is None else f"{offer.times:,}",
        "model": quote.model,
        "mode": offer.mode,
        "resolution": written(parameters.resolution),
        "duration": with_unit("duration", parameters.duration),
        "outputs": "" if parameters.outputs in (None, 1) else written(parameters.outputs),
    }


def _refusal(one: Refused) -> str:
    nearest = f"; nearest: {_point(one.nearest)}" if one.nearest else ""
    return f"{one.model}: {one.reason}{nearest}"


def _point(quote: Quote) -> str:
    named = asdict(quote.parameters)
    said = [with_unit(name, named[name]) for name in ("duration", "resolution", "audio") if named[name] is not None]
    return " ".join((*said, f"at {written(quote.credits)} credits"))
