"""`pricing-rules export`: every file that front ends take, or whether those in a folder are fresh."""

from pathlib import Path

import click

from pricing_rules.catalog.records import Catalog
from pricing_rules.cli.bodies import UnreadableInput
from pricing_rules.cli.command import REFUSED, with_catalogs
from pricing_rules.cli.terminal import show, show_json, styled
from pricing_rules.errors import Inexpressible
from pricing_rules.export import stale, write


@click.command("export")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Write nothing; name the files that are missing or stale.")
@with_catalogs
def export_command(catalogs: tuple[Catalog, ...], folder: Path, *, check: bool, as_json: bool) -> int:
    """Write schemas, OpenAPI, types and price tables to DIR."""
    try:
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
