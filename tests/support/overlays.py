"""Overlays written in a test, and laid over a catalog."""

from atexit import register
from functools import reduce
from itertools import count
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from pricing_rules import Catalog
from pricing_rules.tariffs import Overlay, load_overlay, overlaid
from support import places

KNOWN = places.TESTS / "catalogs" / "known.toml"
STUDIO = places.TESTS / "catalogs" / "studio.toml"
HEAD = """
id = "{id}"
version = "2026-11-21"
over = "{over}"
of = "{of}"
{more}
sources = {{ contract = "contract.pdf: 1 Prices" }}
formula = {{ source = "contract" }}
"""
FOLDER = Path(mkdtemp(prefix="overlays"))  # of this process alone: tests run in several
register(rmtree, FOLDER, ignore_errors=True)
_numbers = count()


def written(text: str, folder: Path | None = None) -> Path:
    """Write the text of an overlay to a file of its own."""
    path = (folder or FOLDER) / f"overlay{next(_numbers)}.toml"
    path.write_text(text)
    return path


def overlay(text: str) -> Overlay:
    """Load an overlay from its text."""
    path = written(text)
    try:
        return load_overlay(path)
    finally:
        path.unlink()


def over(catalog: Catalog, *texts: str) -> Catalog:
    """Lay overlays over a catalog, one on the other, from their texts."""
    return reduce(overlaid, map(overlay, texts), catalog)


def head(of: str, over: str = "gptimage2api", name: str = "own", more: str = "") -> str:
    """Write what every overlay begins with."""
    return HEAD.format(id=name, over=over, of=of, more=more)


def table(kind: str, **values: object) -> str:
    """Write a table with its source; a value is written as TOML, text in quotes."""
    lines = "".join(f"{name} = {value}\n" for name, value in values.items())
    return f'[[{kind}]]\n{lines}source = "contract"\n'
