"""Catalogs that differ from the invented one in a few places."""

from pathlib import Path

from pricing_rules import Catalog, load_catalog
from support.places import INVENTED


def variant(*changes: tuple[str, str], more: str = "") -> str:
    """Replace the first occurrence of each text, and append."""
    text = INVENTED
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text + more


def block(first: str, after: str) -> str:
    """Return what stands from one text up to another."""
    start = INVENTED.index(first)
    return INVENTED[start : INVENTED.index(after, start)]


def changed_file(folder: Path, *changes: tuple[str, str]) -> Path:
    """Write the invented catalog with every occurrence of each text replaced."""
    text = INVENTED
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path = folder / "own.toml"
    path.write_text(text)
    return path


def changed(folder: Path, *changes: tuple[str, str]) -> Catalog:
    """Load the invented catalog with every occurrence of each text replaced."""
    return load_catalog(changed_file(folder, *changes))


FREE = tuple((f'base = "{base}"', "base = 0") for base in ("3.1", "3.3", "0.3"))


OWN = {
    "without a failed state": ((', broken = "failed"', ""),),
    "without a pending state": (('waiting = "pending", ', ""),),
    "with our word for an unknown status": (("waiting =", 'lost = "pending", lost-2 ='),),
    "with our word for an unknown model": (('"reel-1-mini"', '"no-such-model"'), ("reel-1-mini", "no-such-model")),
    "with our length that has no price": (("duration = { 4 = 1 }", "duration = { 4 = 1, 7777 = 1 }"),),
    "with prompts of any length": (
        ('max_length = "longest_text"\n', ""), ("limits = { longest_text = 500 }\n", ""),
        ("limits = { longest_text = 300 }\n", ""), (", longest_text = 50 }", " }"),
    ),
    "with models that are free": FREE,
    "that is free": (*FREE, ("base = 1", "base = 0")),
}  # fmt: skip
