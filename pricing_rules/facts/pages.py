"""Documents as plain text: their lines, and the section that each source of a catalog means."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from attrs import frozen

from pricing_rules.catalog.documents import Section
from pricing_rules.catalog.records import Catalog
from pricing_rules.errors import PricingRulesError
from pricing_rules.spelling import shown

MAX_CHARACTERS = 2_000_000  # of a document
MAX_LINES = 100_000


class UnreadableDocument(PricingRulesError, ValueError):
    """A document cannot be read as text, or a source cannot be found in it.

    Attributes:
        document: name of its file.
        reason: what is wrong.
    """

    def __init__(self, document: str, reason: str) -> None:
        super().__init__(document, reason)
        self.document, self.reason = document, reason

    def __str__(self) -> str:
        return f"{self.document}: {self.reason}"


class Line(NamedTuple):
    """A line of a document: its number, from 1, and its text with spaces folded."""

    number: int
    text: str


@frozen
class Passage:
    """What a source of a catalog means in its document.

    Attributes:
        source: id of the source.
        document: name of the file.
        heading: what the catalog calls the section.
        lines: those with text, between its first and its last line.
        digest: SHA-256 of these lines, in hexadecimal; None where they cannot be found.
        recorded: that of the lines that the catalog was read from; None where it records none.
        fault: why they cannot be found; None where they are.
    """

    source: str
    document: str
    heading: str
    lines: tuple[Line, ...]
    digest: str | None
    recorded: str | None
    fault: str | None = None

    @property
    def is_as_recorded(self) -> bool:
        """Whether it reads as when the catalog was made from it."""
        return self.digest is not None and self.digest == self.recorded


def passages(catalog: Catalog, documents: Mapping[str, str]) -> tuple[Passage, ...]:
    """Return what each source means that the catalog places in a document; what cannot be found has its fault.

    Args:
        catalog: its `documents` say where each source stands.
        documents: the text of each, by the name of its file.

    Raises:
        UnreadableDocument: a document is no text, or has more than 2,000,000 characters or 100,000 lines.
    """
    found = []
    for name, document in catalog.documents.items():
        lines = _lines(name, documents[name]) if name in documents else None
        for source, section in document.sections.items():
            heading = catalog.sources[source].source.removeprefix(f"{name}: ")
            inside, fault = _between(lines, section) if lines is not None else ((), "the document is not there")
            digest = None if fault else _digest(inside)
            found.append(Passage(source, name, heading, tuple(inside), digest, section.sha256, fault))
    return tuple(found)


def _lines(name: str, text: str) -> list[Line]:
    if not isinstance(text, str):
        raise UnreadableDocument(name, f"expected its text, got {shown(text)}")
    if len(text) > MAX_CHARACTERS:
        raise UnreadableDocument(name, f"it has more than {MAX_CHARACTERS:,} characters")
    if "\0" in text:
        raise UnreadableDocument(name, "it is no text: it has a character of code 0")
    parts = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(parts) > MAX_LINES:
        raise UnreadableDocument(name, f"it has more than {MAX_LINES:,} lines")
    return [Line(number, " ".join(part.split())) for number, part in enumerate(parts, 1)]


def _between(lines: Sequence[Line], section: Section) -> tuple[Sequence[Line], str | None]:
    """Return the lines of a section, or none and why they cannot be found."""
    starts, ends = _places(lines, section.from_), _places(lines, section.until)
    if len(starts) != 1:
        return (), _misplaced(section.from_, starts)
    if section.until is not None and len(ends) != 1:
        return (), _misplaced(section.until, ends)
    end = ends[0] if ends else len(lines) + 1
    if end < starts[0]:
        return (), f"the line {shown(section.until)} comes before {shown(section.from_)}"
    return [line for line in lines[starts[0] : end - 1] if line.text], None


def _places(lines: Sequence[Line], wanted: str | None) -> list[int]:
    folded = None if wanted is None else " ".join(wanted.split())
    return [line.number for line in lines if line.text == folded]


def _misplaced(line: str, places: Sequence[int]) -> str:
    if not places:
        return f"there is no line {shown(line)}"
    return f"the line {shown(line)} stands there {len(places):,} times, first in lines {places[0]:,} and {places[1]:,}"


def _digest(lines: Sequence[Line]) -> str:
    from hashlib import sha256

    return sha256("\n".join(line.text for line in lines).encode("utf-8", "surrogatepass")).hexdigest()
