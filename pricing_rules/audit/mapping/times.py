"""A time that is written in a company's own way, put as ISO text, which every reader of times reads."""

import re
from functools import cache

from attrs import frozen

PARTS = {
    "Y": "([0-9]{4})", "m": "([0-9]{2})", "d": "([0-9]{2})", "H": "([0-9]{2})", "M": "([0-9]{2})", "S": "([0-9]{2})",
    "f": "([0-9]{1,9})", "z": "(Z|[+-][0-9]{2}:?[0-9]{2})",
}  # fmt: skip
AFTER = {"M": "H", "S": "M", "f": "S", "z": "H", "H": "M"}  # what must stand there as well
ISO = (("", "Y"), ("-", "m"), ("-", "d"), ("T", "H"), (":", "M"), (":", "S"), (".", "f"), ("", "z"))
BETWEEN = "-/.,: T_"


@frozen
class TimeFormat:
    """How a time is written: a pattern of the whole text, and the number of its group for each part of ISO text."""

    pattern: str
    groups: tuple[tuple[str, int], ...]

    def replaced(self, group: str) -> str:
        """Write the ISO text in which each group stands as an engine writes it, such as `$1`."""
        return "".join(f"{mark}{group.format(number)}" for mark, number in self.groups)


@cache
def time_format(text: str) -> TimeFormat:
    """Read a format such as %d.%m.%Y %H:%M:%S.

    Raises:
        ValueError: it is not written so; says what is allowed.
    """
    pieces = re.findall("%(.)|(.)", text, re.DOTALL)
    letters = [letter for letter, _ in pieces if letter]
    unknown = [f"%{letter}" for letter in letters if letter not in PARTS]
    unknown += [mark for _, mark in pieces if mark and mark not in BETWEEN]
    if unknown or "%" in text[len(text.rstrip("%")) :]:
        known = ", ".join(f"%{letter}" for letter in PARTS)
        raise ValueError(
            f"a time is written with {known} and {' '.join(BETWEEN.split())}, not with {(*unknown, '%')[0]!r}"
        )
    if len(set(letters)) < len(letters) or not {"Y", "m", "d"}.issubset(letters):
        raise ValueError("a time has %Y, %m and %d, and each part once")
    alone = [f"%{letter} needs %{AFTER[letter]}" for letter in letters if AFTER.get(letter, "Y") not in letters]
    if alone:
        raise ValueError(alone[0])
    pattern = "".join(PARTS[letter] if letter else f"[{mark}]" for letter, mark in pieces)
    return TimeFormat(pattern, tuple((mark, letters.index(part) + 1) for mark, part in ISO if part in letters))


def as_iso(text: str, written: TimeFormat) -> str:
    """Return a time as ISO text; what is not written so stays as it is."""
    return re.sub(rf"^{written.pattern}\Z", written.replaced(r"\g<{}>"), text)
