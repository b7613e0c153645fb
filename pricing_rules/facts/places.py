"""Where each number of a catalog is printed, and what a changed document puts in doubt."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from attrs import evolve, frozen

from pricing_rules.catalog.records import Catalog
from pricing_rules.facts.numbers import Number, Sought, Spelled, numbers
from pricing_rules.facts.pages import Passage, UnreadableDocument, passages
from pricing_rules.facts.rows import Found, names_of, printed, row_of, rows_of
from pricing_rules.spelling import listed


@frozen
class Place:
    """Where a number is printed.

    Attributes:
        number: the number.
        document: name of the file.
        heading: what the catalog calls the section.
        line: number of the line in the file, from 1.
        text: the line, with spaces folded.
    """

    number: Number
    document: str
    heading: str
    line: int
    text: str


@frozen
class Doubt:
    """A number that a document as it is now does not prove.

    Attributes:
        number: the number.
        document: name of the file.
        heading: what the catalog calls the section.
        reason: what is different.
    """

    number: Number
    document: str
    heading: str
    reason: str


class Stale(NamedTuple):
    """What documents as they are now put in doubt.

    Attributes:
        lost: numbers that are no longer found in their row, each with the section that no longer has it.
        changed: numbers that rest on a section that reads differently, or is not found, whether they are or not.
    """

    lost: tuple[Doubt, ...]
    changed: tuple[Doubt, ...]


def resting(catalog: Catalog) -> Mapping[str, tuple[Number, ...]]:
    """Return the numbers of a catalog that rest on each of its sources, by the id of the source."""
    found: dict[str, list[Number]] = {name: [] for name in catalog.sources}
    for sought in numbers(catalog):
        for source in _sources(catalog, sought.number.source):
            found[source].append(sought.number)
    return {name: tuple(each) for name, each in found.items()}


def places(catalog: Catalog, documents: Mapping[str, str]) -> tuple[Place, ...]:
    """Return where the documents print each number of a catalog: one that several print has a place in each.

    Args:
        catalog: its `documents` say where each source stands; what rests on other sources is left out.
        documents: the text of each, by the name of its file.

    Raises:
        UnreadableDocument: a document is missing, is no text or too long, or does not have a line of its `documents`
            table exactly once.
    """
    found = passages(catalog, documents)
    _raise_fault(found)
    return tuple(look.place for looks in _looks(catalog, found) for look in looks if look.place)


def stale(catalog: Catalog, documents: Mapping[str, str]) -> Stale:
    """Return the numbers that documents as they are now put in doubt.

    Args:
        catalog: its `documents` say where each source stands, and how it read.
        documents: the text of each, by the name of its file.

    Raises:
        UnreadableDocument: a document is no text or too long; or no number is in doubt and yet a section cannot be
            found, one on which none rests. A document that is missing, or lacks a section, puts its numbers in doubt.
    """
    found = passages(catalog, documents)
    unlike = [passage for passage in found if not passage.is_as_recorded]
    pairs = [(sought.number, passage) for sought, mine in _resting(catalog, found) for passage in mine]
    changed = [_doubt(number, passage, _difference(passage)) for number, passage in pairs if passage in unlike]
    lost = [doubt for looks in _looks(catalog, found) for doubt in _lost(looks)]
    if not changed and not lost:
        _raise_fault(found)
    return Stale(tuple(lost), tuple(changed))


def _raise_fault(found: Iterable[Passage]) -> None:
    for passage in found:
        if passage.fault:
            raise UnreadableDocument(passage.document, f"{passage.source}: {passage.fault}")


@frozen(eq=False)
class _Look:
    """What came of looking for a number in a section of its sources: its row there, and its place in that."""

    sought: Sought
    passage: Passage
    row: Found | None
    place: Place | None = None


def _looks(catalog: Catalog, found: Sequence[Passage]) -> list[list[_Look]]:
    """Return for each number that is said to be printed what came of looking for it, section by section."""
    names = names_of(catalog)
    rows = {passage.source: rows_of(passage.lines, names) for passage in found}
    wanted = [(sought, mine) for sought, mine in _resting(catalog, found) if sought.number.basis == "documented"]
    looks = [
        [_Look(sought, passage, row_of(sought, rows[passage.source])) for passage in mine]
        for sought, mine in wanted
        if sought.row
    ]
    values = defaultdict[tuple[str, str], set[Spelled]](set)
    for look in (look for each in looks for look in each if look.row):
        values[_key(look)].update((*look.sought.prints, *look.sought.beside))
    read = cache(lambda key, text: printed(text, values[key]))
    return [[evolve(look, place=_place(look, read)) for look in _telling(each)] for each in looks]


def _telling(looks: list[_Look]) -> list[_Look]:
    """Leave out sentences where another section has a row that has to print the number, or may have."""
    has_row = any(look.passage.fault or (look.row and not look.row.are_sentences) for look in looks)
    leave_out = has_row and not any(look.sought.anywhere for look in looks)
    unsaid = [look for look in looks if look.row and look.row.are_sentences and not look.passage.fault]
    return [look for look in looks if look not in unsaid] if leave_out else looks


def _key(look: _Look) -> tuple[str, str]:
    return look.passage.source, look.row.name if look.row else ""


def _place(look: _Look, read: Callable[[tuple[str, str], str], Mapping[Spelled, bool]]) -> Place | None:
    """Return the first line of its row where a number stands alone, else where it touches its neighbours."""
    touching = None
    for line, text in look.row.row if look.row else ():
        found = read(_key(look), text)
        if all(value in found for value in look.sought.prints):
            place = Place(look.sought.number, look.passage.document, look.passage.heading, *line)
            if all(found[value] for value in look.sought.prints):
                return place
            touching = touching or place
    return touching


def _lost(looks: Sequence[_Look]) -> Iterator[Doubt]:
    """Yield where a number that is said to be printed is no longer: nowhere, or not in a row that has to print it."""
    failed = [look for look in looks if not look.place and (look.row or look.passage.fault)]
    if looks and looks[0].sought.everywhere and failed:
        yield from (_doubt(look.sought.number, look.passage, _absence(look)) for look in failed)
    elif looks and not any(look.place for look in looks):
        most = next((look for look in failed if look.passage.fault), (failed or looks)[0])
        yield _doubt(most.sought.number, most.passage, _absence(most))


def _absence(look: _Look) -> str:
    if look.passage.fault:
        return look.passage.fault
    if look.row and look.row.row:
        return f"its row prints no {listed(value[0] for value in look.sought.prints)}"
    return "there is no row of it"


def _difference(passage: Passage) -> str:
    if passage.fault:
        return passage.fault
    return "the section reads differently" if passage.recorded else "how the section read is not recorded"


def _doubt(number: Number, passage: Passage, reason: str) -> Doubt:
    return Doubt(number, passage.document, passage.heading, reason)


def _resting(catalog: Catalog, found: Sequence[Passage]) -> Iterator[tuple[Sought, Sequence[Passage]]]:
    """Yield each number with the sections that it rests on."""
    by_source = {passage.source: passage for passage in found}
    of_origin = cache(lambda text: [by_source[name] for name in _sources(catalog, text) if name in by_source])
    for sought in numbers(catalog):
        mine = of_origin(sought.number.source)
        if mine:
            yield sought, mine


def _sources(catalog: Catalog, text: str) -> list[str]:
    """Return the ids of the sources that an origin is written of, one after the other."""
    known = sorted(catalog.sources.items(), key=lambda source: -len(source[1].source))
    found: list[str] = []
    while text:
        here = [name for name, place in known if _leads(text, place.source)]
        if not here:
            break
        place = catalog.sources[here[0]].source
        found += [name for name in here if catalog.sources[name].source == place]
        text = text[len(place) :].removeprefix("; ")
    return found


def _leads(text: str, place: str) -> bool:
    """Tell whether an origin begins with a place: another follows, or the reason of a reading, or nothing."""
    return text.startswith(place) and text[len(place) :][:2] in ("", "; ", " (")
