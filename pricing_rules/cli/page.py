"""`pricing-rules page`: the quote page of catalogs in one file, or whether the one that is there is fresh."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from pricing_rules.catalog.loading import load_catalog, services
from pricing_rules.catalog.records import Catalog
from pricing_rules.cli.bodies import UnreadableInput
from pricing_rules.cli.command import REFUSED, at_option, examples, with_errors
from pricing_rules.cli.completion import complete_service
from pricing_rules.cli.services import chosen
from pricing_rules.cli.terminal import show, show_json, styled
from pricing_rules.errors import Inexpressible
from pricing_rules.export import page, save
from pricing_rules.tariffs import as_of, load_overlay, overlaid

OWN = "A catalog file of your own; repeatable, then these and the named services alone."
OVER = "A plan or seller over the catalog that it names; repeatable, from the bottom up."


@click.command(
    "page",
    epilog=examples(
        "pricing-rules page --out quote.html",
        "pricing-rules page --out quote.html --catalog own.toml --check",
    ),
)
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path), required=True, help="The file to write.")
@click.option(
    "--service", "ids", metavar="ID", multiple=True, shell_complete=complete_service, help="A service; repeatable."
)
@click.option("--catalog", "own", metavar="FILE", multiple=True, help=OWN)
@click.option("--overlay", "overlays", metavar="FILE", multiple=True, help=OVER)
@click.option("--check", is_flag=True, help="Write nothing; name the file if it is missing or stale.")
@at_option
@with_errors
def page_command(
    ids: tuple[str, ...],
    own: tuple[str, ...],
    overlays: tuple[str, ...],
    out: Path,
    at: datetime | None,
    *,
    check: bool,
    as_json: bool,
) -> int:
    """Write one HTML file that compares models, explains each price and makes the request, without a server."""
    try:
        text = page(as_of(catalog, at) for catalog in _catalogs(ids, own, overlays))
        is_stale = check and not (out.is_file() and out.read_bytes() == text.encode())
        if not check:
            save(out, text)
    except Inexpressible as error:
        raise UnreadableInput(str(error)) from None
    except OSError as error:
        doing = "read" if check else "write"
        raise UnreadableInput(f"cannot {doing} {error.filename or out}: {error.strerror or error}") from None
    names = [str(out)] if is_stale or not check else []
    if as_json:
        show_json({"stale" if check else "written": names})
    elif names:
        show(*map(styled, names), wrap=False)
    return REFUSED if is_stale else 0


def _catalogs(ids: Sequence[str], own: Sequence[str], overlays: Sequence[str]) -> tuple[Catalog, ...]:
    """Return the named catalogs, else those that the overlays are over, else all that are bundled."""
    layers = [load_overlay(Path(overlay)) for overlay in overlays]
    named = [*(chosen(name, None, ())[0] for name in dict.fromkeys(ids)), *(load_catalog(Path(file)) for file in own)]
    over = dict.fromkeys(layer.over for layer in layers if layer.over in services())
    found = named or [load_catalog(name) for name in over or services()]
    for layer in layers:
        places = [place for place, catalog in enumerate(found) if catalog.id == layer.over] or [0]
        for place in places:
            found[place] = overlaid(found[place], layer)
    return tuple(found)
