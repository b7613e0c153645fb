"""Whether sources can be looked up: in documents that have the name of a file, between lines that can be found."""

from collections.abc import Iterator

from pricing_rules.catalog.consistency.checks import is_date, unknown
from pricing_rules.catalog.constraints import URL_PREFIXES
from pricing_rules.catalog.documents import Document, Section
from pricing_rules.catalog.faults import Fault, Path
from pricing_rules.catalog.records import Catalog
from pricing_rules.spelling import listed, shown

MAX_NAME = 200  # characters
MARKS = frozenset("/\\:")  # those of a path
HEXADECIMAL = frozenset("0123456789abcdef")
SHA256_DIGITS = 64


def document_faults(catalog: Catalog) -> Iterator[Fault]:
    """Yield what does not fit in the tables of documents."""
    for name, document in catalog.documents.items():
        path = ("documents", name)
        if not (name.strip(". ") and len(name) <= MAX_NAME and name.isprintable() and MARKS.isdisjoint(name)):
            yield path, f"{shown(name)} is no name of a file"
        yield from _document_faults(document, path)
        yield from unknown(document.sections, catalog.sources, "source", *path, "sections")
        for source, section in document.sections.items():
            place = catalog.sources[source].source if source in catalog.sources else f"{name}: "
            if not place.startswith(f"{name}: "):
                yield (*path, "sections", source), f"{shown(place)} is not in {shown(name)}"
            yield from _section_faults(section, (*path, "sections", source))


def _document_faults(document: Document, path: Path) -> Iterator[Fault]:
    if not is_date(document.read):
        yield (*path, "read"), f"expected a date like 2026-11-20, got {shown(document.read)}"
    if document.url is not None and not document.url.startswith(URL_PREFIXES):
        yield (*path, "url"), f"expected an address that starts with {listed(URL_PREFIXES)}, got {shown(document.url)}"


def _section_faults(section: Section, path: Path) -> Iterator[Fault]:
    for key, line in (("from", section.from_), ("until", section.until)):
        if line is not None and not line.strip():
            yield (*path, key), "expected a line of the document, got one without text"
    if section.until is not None and section.until.split() == section.from_.split():
        yield (*path, "until"), "expected another line than the one that the section comes after"
    digest = section.sha256
    if digest is not None and (len(digest) != SHA256_DIGITS or not HEXADECIMAL.issuperset(digest)):
        yield (*path, "sha256"), f"expected {SHA256_DIGITS} hexadecimal digits in lower case, got {shown(digest)}"
