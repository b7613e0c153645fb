"""Text and keys as TOML has them, for the tables that commands draft."""

import json
import re

BARE = re.compile(r"[A-Za-z0-9_-]+")


def quoted(text: str) -> str:
    """Write a text: as in JSON, but that the character of code 127 is escaped and no other above it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def key_of(name: str) -> str:
    """Write a key, quoted where it has to be."""
    return name if BARE.fullmatch(name) else quoted(name)
