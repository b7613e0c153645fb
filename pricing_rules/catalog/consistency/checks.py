"""The checks that every part of a catalog makes; each yields its faults with the way to them."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import islice
from string import ascii_letters, digits

from pricing_rules.answers import Value
from pricing_rules.catalog.faults import MAX_TOLD, Fault, Misspelt
from pricing_rules.catalog.protocol import Sample
from pricing_rules.catalog.provenance import Provenance
from pricing_rules.catalog.records import Field
from pricing_rules.spelling import nearest, shown

MAX_FILE_NAME = 100
FILE_CHARS = frozenset(f"{ascii_letters}{digits}_.-")
ENDINGS = (".", ".json", ".mjs", ".mts")  # of files that an export writes
DEVICES = ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))
ALLOWED = "letters, digits, '_', '-' and, inside, '.' can, other than the ending of a file or a name like 'con'"


def unknown(names: Iterable[object], known: Collection[object], kind: str, *path: str | int) -> Iterator[Fault]:
    """Yield the names that are not known, each with the nearest one that is."""
    for name in names:
        if name not in known:
            yield path, Misspelt(f"there is no {kind} {shown(name)}.", name, known)


def misspelt(names: Iterable[str], known: Collection[str]) -> set[str]:
    """Return the known names that names which are not known seem to mean; what they lack is told there."""
    foreign = dict.fromkeys(name for name in names if name not in known)
    return {near for name in islice(foreign, MAX_TOLD) for near in nearest(name, known)[:1]}


def twice(names: Iterable[object], *path: str | int) -> Iterator[Fault]:
    """Yield the names that stand there a second time."""
    seen: set[object] = set()
    for name in names:
        if (type(name), name) in seen:
            yield path, f"{shown(name)} stands there twice"
        seen.add((type(name), name))


def unfileable(names: Iterable[str], *path: str | int) -> Iterator[Fault]:
    """Yield the names that cannot be those of files and folders on every system, or not beside each other."""
    folded: dict[str, str] = {}
    for name in names:
        fold = name.casefold()
        is_plain = name and FILE_CHARS.issuperset(name) and name[0] not in ".-" and len(name) <= MAX_FILE_NAME
        if not is_plain or fold.partition(".")[0] in DEVICES or fold.endswith(ENDINGS):
            yield path, f"{shown(name)} cannot name files; {ALLOWED}"
        if folded.setdefault(fold, name) != name:
            yield path, f"{shown(name)} and {shown(folded[fold])} differ in upper and lower case alone"


def is_date(text: str) -> bool:
    """Tell whether a text is an ISO date such as 2026-11-20."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def misread(provenance: Provenance, parts: Collection[str], *path: str | int) -> Iterator[Fault]:
    """Yield the parts that are called readings and that the record does not have."""
    yield from unknown(provenance.parts, parts, "part", *path, "readings")


def sample_faults(samples: Iterable[Sample], *path: str | int) -> Iterator[Fault]:
    """Yield what is called a reading within a sample, which is one as a whole or not."""
    for index, sample in enumerate(samples):
        yield from misread(sample.provenance, (), *path, "samples", index)


def fits(value: Value, field: Field) -> bool:
    """Tell whether a value has the type of a field and keeps to its own bounds."""
    match field.type:
        case "string" | "url":
            return isinstance(value, str)
        case "boolean":
            return isinstance(value, bool)
        case "integer" | "number" if isinstance(value, int) and not isinstance(value, bool):
            above = field.minimum is None or value >= field.minimum
            return above and (field.maximum is None or value <= field.maximum)
        case _:
            return False
