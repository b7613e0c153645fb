"""Catalogs that are a given file with some texts replaced and some appended."""

from pathlib import Path

from pricing_rules import Catalog, load_catalog
from pricing_rules.catalog.loading import BUNDLED
from support.places import CLIPWORKS

FILES = {
    "gptimage2api": Path(BUNDLED) / "gptimage2api.toml",
    "aivideoapi": Path(BUNDLED) / "aivideoapi.toml",
    "clipworks": CLIPWORKS,
}


def edited_file(folder: Path, service: str, *changes: tuple[str, str], more: str = "") -> Path:
    """Write a catalog with every occurrence of each text replaced, and more appended."""
    text = FILES[service].read_text()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path = folder / f"{service}-edited.toml"
    path.write_text(text + more)
    return path


def edited(folder: Path, service: str, *changes: tuple[str, str], more: str = "") -> Catalog:
    """Load a catalog with every occurrence of each text replaced, and more appended."""
    return load_catalog(edited_file(folder, service, *changes, more=more))
