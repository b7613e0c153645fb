"""`pricing-rules schema`: what an endpoint takes, as JSON Schema."""

from datetime import datetime

import click

from pricing_rules.catalog.records import Catalog
from pricing_rules.cli.bodies import UnreadableInput
from pricing_rules.cli.command import at_option, examples, with_catalogs
from pricing_rules.cli.completion import complete_endpoint
from pricing_rules.cli.services import SeveralServices
from pricing_rules.cli.terminal import write
from pricing_rules.errors import Inexpressible, UnknownEndpoint
from pricing_rules.export import VIEWS, View, as_text, schema
from pricing_rules.tariffs import as_of


@click.command(
    "schema",
    epilog=examples(
        "pricing-rules schema video --view form",
    ),
)
@click.argument("endpoint", shell_complete=complete_endpoint)
@click.option("--view", type=click.Choice(VIEWS), default="request", help="What it is for. Default: request.")
@at_option
@with_catalogs
def schema_command(
    catalogs: tuple[Catalog, ...],
    endpoint: str,
    view: View,
    at: datetime | None,
    *,
    as_json: bool,  # noqa: ARG001 -- it is JSON anyway
) -> int:
    """Print what an ENDPOINT takes as JSON Schema.

    The view "request" is for validators, "form" for forms, with labels and all that a price needs, "types" for
    generators of types.
    """
    found = tuple(catalog for catalog in catalogs if endpoint in catalog.endpoints)
    if not found:
        raise UnknownEndpoint(endpoint, dict.fromkeys(name for catalog in catalogs for name in catalog.endpoints))
    if len(found) > 1:
        raise SeveralServices(f"the endpoint {endpoint} is at", found)
    try:
        catalog = as_of(found[0], at)
        write(as_text(schema(catalog, catalog.endpoints[endpoint], view)))
    except Inexpressible as error:
        raise UnreadableInput(str(error)) from None
    return 0
