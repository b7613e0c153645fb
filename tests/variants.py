"""Catalogs that differ from the invented one in a few places."""

from pathlib import Path

INVENTED = (Path(__file__).parent / "catalogs" / "clipworks.toml").read_text()


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
