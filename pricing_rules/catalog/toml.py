"""The text of a catalog file as tables, within bounds that the parser takes in its stride."""

import re
from typing import Any

from pricing_rules.catalog.faults import Refused

MAX_BYTES = 2**20  # some 5,000 models
MAX_VALUES = 100_000
MAX_MESSAGE = 200
MAX_PARTS = 16  # of a dotted key: the parser's time and memory grow with their square
APART = (  # what only looks like keys and values: texts and comments
    r"'''(?:[^']|'{1,2}(?!'))*+'{3,5}"
    r'|"""(?:[^"\\]|\\.|"{1,2}(?!"))*+"{3,5}'
    r'|"(?:[^"\\\n]|\\[^\n])*+"'
    r"|'[^'\n]*+'"
    r"|#[^\n]*+"
)
LONG_KEY = rf"(?<![\w-])(?:[\w-]++[ \t]*+\.[ \t]*+){{{MAX_PARTS}}}"


def parsed(content: bytes) -> dict[str, Any]:
    """Parse the content of a file, or refuse it."""
    import tomllib

    if len(content) > MAX_BYTES:
        raise Refused(f"larger than {MAX_BYTES:,} bytes")
    try:
        text = content.decode()
    except UnicodeDecodeError as fault:
        raise Refused(f"not UTF-8 text at byte {fault.start:,}") from None
    _check_bounds(text)
    try:
        return tomllib.loads(text)
    except ValueError as fault:
        raise Refused(f"not TOML: {_cut(str(fault))}") from None


def _check_bounds(text: str) -> None:
    """Refuse more values and longer keys than the parser should see; most files have none at a glance."""
    if _values(text) > MAX_VALUES or any(line.count(".") >= MAX_PARTS for line in text.split("\n")):
        bare = re.sub(APART, lambda found: "s" + "\n" * found[0].count("\n"), text, flags=re.DOTALL)
        if _values(bare) > MAX_VALUES:
            raise Refused(f"more than {MAX_VALUES:,} keys and values")
        key = re.search(LONG_KEY, bare, re.ASCII)
        if key:
            line = bare.count("\n", 0, key.start()) + 1
            raise Refused(f"line {line:,} has a key of more than {MAX_PARTS} parts")


def _values(text: str) -> int:
    return sum(map(text.count, "=,[."))


def _cut(message: str) -> str:
    return message if len(message) <= MAX_MESSAGE else f"{message[: MAX_MESSAGE // 2]}…{message[-MAX_MESSAGE // 2 :]}"
