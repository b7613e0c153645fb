"""The pages of our own writing as documents of the bundled catalogs, and edits of them."""

from collections.abc import Callable, Mapping
from hashlib import sha256

from attrs import evolve

from documents.places import DOCUMENTS
from documents.reading import between, pages
from pricing_rules import Catalog
from pricing_rules.facts import Doubt, Number

Edit = Callable[[str], str]


def read_from_our_pages(catalog: Catalog) -> Catalog:
    """Return a catalog as if it had been made from our pages: their sections are those that it has recorded."""
    documents = {}
    for name, document in catalog.documents.items():
        lines = {source: between(name, *ends) for source, ends in DOCUMENTS[catalog.id][name].items()}
        digests = {source: sha256("\n".join(inside).encode()).hexdigest() for source, inside in lines.items()}
        sections = {source: evolve(section, sha256=digests[source]) for source, section in document.sections.items()}
        documents[name] = evolve(document, sections=sections)
    return evolve(catalog, documents=documents)


def edited(name: str, edit: Edit) -> Mapping[str, str]:
    """Return our pages with one of them edited."""
    return {**pages(), name: edit(pages()[name])}


def replaced(old: str, new: str) -> Edit:
    """Return an edit that replaces a text that stands there once."""

    def edit(page: str) -> str:
        if page.count(old) != 1:
            raise AssertionError(old, page.count(old))
        return page.replace(old, new)

    return edit


def moved(line: str, after: str) -> Edit:
    """Return an edit that moves a line that stands there once behind another."""

    def edit(page: str) -> str:
        return replaced(f"\n{after}\n", f"\n{after}\n{line}\n")(replaced(f"\n{line}\n", "\n")(page))

    return edit


def cut(first: str, last: str | None) -> Edit:
    """Return an edit that removes a line that stands there once, and all lines from there to another one."""

    def edit(page: str) -> str:
        head, found, tail = page.partition(f"\n{first}\n")
        if not found:
            raise AssertionError(first)
        return f"{head}\n" if last is None else f"{head}\n{last}\n{tail.partition(f'{chr(10)}{last}{chr(10)}')[2]}"

    return edit


def named(number: Number) -> str:
    """Name a number: an amount by its model and point, the others by their key."""
    if number.parameters is None:
        return number.key
    point = (number.parameters.resolution, number.parameters.duration)
    return " ".join(str(part) for part in (number.model, *point) if part is not None)


def doubted(doubts: tuple[Doubt, ...]) -> list[str]:
    """Name the numbers that are in doubt, each below the section that it rests on."""
    return sorted(f"{doubt.document}: {doubt.heading}: {named(doubt.number)}" for doubt in doubts)
