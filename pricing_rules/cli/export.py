"""`pricing-rules export`: every file that front ends take, or whether those in a folder are fresh."""

from datetime import datetime
from pathlib import Path

import click

from pricing_rules.catalog.records import Catalog
from pricing_rules.cli.bodies import UnreadableInput
from pricing_rules.cli.command import REFUSED, examples, instant, with_catalogs
from pricing_rules.cli.terminal import show, show_json, styled
from pricing_rules.errors import Inexpressible
from pricing_rules.export import stale, write
from pricing_rules.tariffs import as_of

AT = "Instant whose rules and prices hold, such as 2027-01-01T00:00:00Z; without, the date of the catalog."
UNTIL = "Leave out prices that begin after this instant, and models that have no other."


@click.command(
    "export",
    epilog=examples(
        "pricing-rules export schemas",
        "pricing-rules export schemas --check",
    ),
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Write nothing; name the files that are missing or stale.")
@click.option("--at", metavar="INSTANT", callback=instant, help=AT)
@click.option("--until", metavar="INSTANT", callback=instant, help=UNTIL)
@with_catalogs
def export_command(
    catalogs: tuple[Catalog, ...],
    folder: Path,
    at: datetime | None,
    until: datetime | None,
    *,
    check: bool,
    as_json: bool,
) -> int:
    """Write schemas, OpenAPI, types and price tables to DIR."""
    try:
        if at or until:
            catalogs = tuple(as_of(catalog, at, until=until) for catalog in catalogs)
        names = stale(folder, catalogs) if check else write(folder, catalogs)
    except Inexpressible as error:
        raise UnreadableInput(str(error)) from None
    except OSError as error:
        doing = "read" if check else "write"
        raise UnreadableInput(f"cannot {doing} {error.filename or folder}: {error.strerror or error}") from None
    if as_json:
        show_json({"stale" if check else "written": list(names)})
    elif names:
        show(*map(styled, names))
    return REFUSED if check and names else 0
