"""`pricing-rules quote`: what a request costs, factor by factor."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

import click
from rich.console import RenderableType

from pricing_rules.amounts import MAX_TEXT
from pricing_rules.answers import Quote
from pricing_rules.catalog.records import Catalog
from pricing_rules.cli.bodies import read_body
from pricing_rules.cli.command import (
    REFUSED,
    at_option,
    custom_multiplier_option,
    endpoint_option,
    examples,
    with_catalogs,
)
from pricing_rules.cli.completion import complete_model
from pricing_rules.cli.faults import invalid, unpriced
from pricing_rules.cli.receipt import receipt
from pricing_rules.cli.services import catalog_of_model, catalog_of_request
from pricing_rules.cli.terminal import show, show_json
from pricing_rules.errors import InvalidRequest, Unpriced
from pricing_rules.request.body import ABSENT, value_of
from pricing_rules.request.quote import price, quote
from pricing_rules.serialization import as_dict

Refusal = InvalidRequest | Unpriced
Faults = Iterator[RenderableType]


@click.command(
    "quote",
    epilog=examples(
        "pricing-rules quote request.json",
        "pricing-rules quote --model wan/2-6-text-to-video --duration 15 --resolution 1080p",
        "pricing-rules quote --model veo3 --custom-multiplier 5/3 --json",
    ),
)
@click.argument("request_file", metavar="[REQUEST.json|-]", required=False)
@click.option(
    "--model",
    metavar="ID",
    shell_complete=complete_model,
    help="Price a model with the parameters below, without a request.",
)
@click.option("--duration", metavar="SECONDS", help="Length of the clip.")
@click.option("--resolution", metavar="TIER", help="Size class of the result, such as 1080p.")
@click.option("--outputs", metavar="N", help="How many results.")
@click.option("--audio", metavar="TIER", help="Sound, where a model is priced by it.")
@click.option("--private", is_flag=True, help="Tell all of a price under overlays, also what it costs the seller.")
@endpoint_option
@custom_multiplier_option
@at_option
@with_catalogs
def quote_command(
    catalogs: tuple[Catalog, ...],
    request_file: str | None,
    model: str | None,
    endpoint: str | None,
    custom_multiplier: Fraction,
    at: datetime | None,
    *,
    as_json: bool,
    private: bool,
    **parameters: str | None,
) -> int:
    """Tell what a request costs, and why.

    The request is a JSON file, or - for standard input; or name a --model and what it is priced by.
    """
    texts = {name: text for name, text in parameters.items() if text is not None}
    terms: dict[str, Any] = {"custom_multiplier": custom_multiplier, "at": at}
    if request_file is not None:
        _alone(model=model, **texts)
        body = read_body(request_file)
        catalog = catalog_of_request(catalogs, body, endpoint)
        faults = partial(_request_faults, catalog, body, at)
        return _told(
            catalog, partial(quote, catalog, body, endpoint=endpoint, **terms), faults, as_json=as_json, private=private
        )
    if model is None:
        raise click.UsageError("give a request file, - for standard input, or --model")
    catalog = catalog_of_model(catalogs, model, endpoint)
    asked: dict[str, Any] = typed(catalog, texts)
    faults = partial(unpriced, catalog, asked=asked, said="Not priced")
    answer = partial(price, catalog, model, **asked, **terms)
    return _told(catalog, answer, faults, as_json=as_json, private=private)


def _told(
    catalog: Catalog,
    answer: Callable[[], Quote],
    faults: Callable[[Refusal], Faults],
    *,
    as_json: bool,
    private: bool,
) -> int:
    """Print an answer, or the faults that there are instead; return the exit code."""
    try:
        found = answer()
    except (InvalidRequest, Unpriced) as error:
        if as_json:
            show_json(as_dict(error, private=private))
        else:
            show(*faults(error))
        return REFUSED
    if as_json:
        show_json(as_dict(found, private=private))
    else:
        show(receipt(catalog, found, private=private), wrap=False)
    return 0


def _request_faults(catalog: Catalog, body: object, at: datetime | None, error: Refusal) -> Faults:
    if isinstance(error, InvalidRequest):
        return invalid(catalog, body, error.violations, at)
    values = {name: value_of(body, catalog.fields[name]) for name in error.missing}
    asked = {name: value for name, value in values.items() if value is not ABSENT}
    return unpriced(catalog, error, asked=asked, said="Valid, but not priced")


def _alone(**options: str | None) -> None:
    """Refuse options that a request file excludes."""
    given = [f"--{name}" for name, text in options.items() if text is not None]
    if given:
        raise click.UsageError(f"a request file says what is asked for; leave out {' and '.join(given)}")


USUAL_TYPES = {"duration": "number", "resolution": "string", "outputs": "integer", "audio": "boolean"}
BOOLEANS = {"true": True, "false": False}


def typed(catalog: Catalog, asked: Mapping[str, str]) -> dict[str, object]:
    """Give the text of each parameter the type of its field; what is not written like it stays text."""
    return {name: _value(text, _type(catalog, name)) for name, text in asked.items()}


def _type(catalog: Catalog, name: str) -> str:
    return catalog.fields[name].type if name in catalog.fields else USUAL_TYPES[name]


def _value(text: str, kind: str) -> object:
    if kind in ("integer", "number"):
        return _number(text)
    return BOOLEANS.get(text, text) if kind == "boolean" else text


def _number(text: str) -> object:
    whole, point, part = text.partition(".")
    if len(text) > MAX_TEXT or not text.isascii() or not whole.isdigit() or (point and not part.isdigit()):
        return text
    return Decimal(text) if point else int(text)
