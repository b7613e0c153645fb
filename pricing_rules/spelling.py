"""How names and values are written in a message: nearest known names, lists in words, any value in few characters."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from operator import itemgetter

MAX_SHOWN = 60
MAX_BRIEF = 200
MAX_LISTED = 12
MAX_MATCHED = 100  # characters of a name that is matched
MAX_COMPARED = 20_000  # comparing takes time with the product of the characters of a name and of all the others
MAX_NAMES = 200  # that are compared
MAX_SEARCHED = 1_000  # names, for those that hold one
MAX_NEAREST = 3
MIN_PART = 3
MIN_TYPED, MAX_TYPED, MOST_TYPED = 4, 40, 2  # characters of a name that may be misspelt, and by how many
CLOSE = 85  # how much alike it is, of a hundred


def nearest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return at most three known names that look like this one, best first, then those that hold it.

    Upper and lower case are alike, and where a name is looked for in others so are "wan 2.6" and "wan/2-6". Of many
    names only those are compared that begin alike, of more than 200 none.
    """
    return () if len(name) > MAX_MATCHED else _nearest(str.__str__(name), tuple(known))


@lru_cache(maxsize=256)
def _nearest(name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    by_fold: dict[str, str] = {}
    for candidate in known[:MAX_SEARCHED]:
        by_fold.setdefault(candidate.casefold(), candidate)
    fold = name.casefold()
    close = _close(fold, by_fold) if len(known) <= MAX_NAMES else ()
    return tuple(by_fold[near] for near in dict.fromkeys((*close, *_holding(_plain(fold), by_fold))))[:MAX_NEAREST]


def _close(name: str, names: Iterable[str]) -> list[str]:
    from difflib import get_close_matches

    likely, room = [*names], MAX_COMPARED // max(len(name), 1)
    if sum(map(len, likely)) > room:
        begin = name[: max(MIN_PART, len(name) // 2)]
        likely = [one for one in likely if one.startswith(begin)]
    while sum(map(len, likely)) > room:
        likely.pop()
    return get_close_matches(name, likely)


def misspelt(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that differs in a letter or so; none of a short or a very long name."""
    from difflib import SequenceMatcher

    if not MIN_TYPED <= len(name) <= MAX_TYPED:
        return None
    near = [one for one in known if abs(len(one) - len(name)) <= MOST_TYPED]
    likely = [(SequenceMatcher(None, name, one).ratio() * 100, one) for one in near]
    return max(((alike, one) for alike, one in likely if alike >= CLOSE), default=(0, None))[1]


def _holding(part: str, names: Iterable[str]) -> list[str]:
    """Return the names that hold a part, those first that hold it earliest."""
    places = ((_plain(name).find(part), name) for name in names) if len(part) >= MIN_PART else ()
    return [name for _, name in sorted((found for found in places if found[0] >= 0), key=itemgetter(0))]


def _plain(name: str) -> str:
    return name.replace("-", "").replace("_", "").replace("/", "").replace(".", "").replace(" ", "")


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


def printable(text: str) -> str:
    """Escape what a terminal would obey or hide: control characters, marks of direction, lone surrogates."""
    return text if text.isprintable() else "".join(map(_escaped, text))


def _escaped(char: str) -> str:
    return char if char.isprintable() else char.encode("unicode_escape").decode()


def ascii_safe(text: str) -> str:
    """Quote text, with control characters and lone surrogates escaped."""
    return repr(text)


def brief(record: object, *names: str) -> str:
    """Write a record by some of its attributes in under 200 characters, each value in few."""
    parts = ", ".join(f"{name}={_brief(getattr(record, name))}" for name in names)
    found = f"{type(record).__name__}({parts})"
    return found if len(found) < MAX_BRIEF else f"{found[: MAX_BRIEF - 3]}…)"


def _brief(value: object) -> str:
    match value:
        case Decimal() | Fraction():
            return str(value)
        case tuple():
            return f"[{', '.join(map(shown, value[:3]))}{', …' if len(value) > 3 else ''}]"  # noqa: PLR2004 -- a few
        case None | bool() | int() | str() | float():
            return shown(value)
        case _:
            return repr(value)
