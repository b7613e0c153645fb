"""How names and values are written in a message: nearest known names, lists in words, any value in few characters."""

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

MAX_SHOWN = 60
MAX_LISTED = 12
MAX_MATCHED = 100  # matching takes time with the square of the length


def nearest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return at most three known names that look like this one, best first, upper and lower case alike."""
    return () if len(name) > MAX_MATCHED else _nearest(str.__str__(name), tuple(known))


@lru_cache(maxsize=256)
def _nearest(name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    from difflib import get_close_matches

    by_fold: dict[str, str] = {}
    for candidate in known:
        by_fold.setdefault(candidate.casefold(), candidate)
    return tuple(by_fold[fold] for fold in get_close_matches(name.casefold(), list(by_fold)))


def hint(name: object, known: Iterable[object]) -> str:
    """Return " Did you mean …?" for the nearest known text, or nothing."""
    if not isinstance(name, str):
        return ""
    found = nearest(str.__str__(name), (text for text in known if isinstance(text, str)))
    return f" Did you mean {shown(found[0])}?" if found else ""


def listed(values: Iterable[object], last: str = "or") -> str:
    """Write values as "1, 2 or 3"; a long list stops after twelve and says how many follow."""
    words = [shown(value) for value in values]
    if len(words) > MAX_LISTED:
        return f"{', '.join(words[:MAX_LISTED])} {last} {len(words) - MAX_LISTED} more"
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else "nothing"


def shown(value: object) -> str:
    """Write any value in at most 60 characters that are safe on a terminal, without reading deep into it."""
    match value:
        case None | bool():
            return str(value).lower().replace("none", "null")
        case str():
            text = ascii_safe(str.__getitem__(value, slice(MAX_SHOWN)))
        case int():
            text = f"{int(value):d}" if int.bit_length(value) < MAX_SHOWN * 3 else "an integer of many digits"
        case float():
            text = float.__repr__(value)
        case Decimal():
            text = Decimal.__str__(value) if len(value.as_tuple().digits) < MAX_SHOWN else "a number of many digits"
        case dict():
            text = "an object"
        case list():
            text = f"an array of {list.__len__(value)}"
        case _:
            text = f"a {type(value).__name__}"
    return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"


def ascii_safe(text: str) -> str:
    """Quote text, with control characters and lone surrogates escaped."""
    return repr(text)
