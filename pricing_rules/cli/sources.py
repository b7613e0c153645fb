"""`pricing-rules sources`: where each number is printed, and what documents that were read again put in doubt."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

import click
from attr import asdict
from rich.console import RenderableType

from pricing_rules.answers import Limit, written
from pricing_rules.catalog.constraints import counted
from pricing_rules.catalog.records import Catalog
from pricing_rules.catalog.sale import layers_of
from pricing_rules.cli.bodies import UnreadableInput, read_text
from pricing_rules.cli.command import REFUSED, examples, with_catalogs
from pricing_rules.cli.terminal import show, show_json, styled, table_of, write
from pricing_rules.cli.toml import key_of, quoted
from pricing_rules.facts import Doubt, Number, Passage, Place, UnreadableDocument, passages, places, resting, stale
from pricing_rules.facts.table import named
from pricing_rules.serialization import amount

MAX_BYTES = 8_000_000
MAX_TEXT = 200  # characters of a line
MAX_LISTED = 6  # numbers of a line or a section
TOLD = ("places", "stale", "toml")


@click.command(
    "sources",
    epilog=examples(
        "pricing-rules sources",
        "pricing-rules sources --documents pages --service gptimage2api",
        "pricing-rules sources --documents pages --stale --json",
    ),
)
@click.option(
    "--documents", metavar="FOLDER", type=click.Path(path_type=Path), help="Where the documents are, as text."
)
@click.option("--stale", "form", flag_value="stale", help="Tell what the documents as they are now put in doubt.")
@click.option("--toml", "form", flag_value="toml", help="Print the documents tables of a catalog as they are now.")
@with_catalogs
def sources_command(catalogs: tuple[Catalog, ...], documents: Path | None, form: str | None, *, as_json: bool) -> int:
    """Tell on which documents a catalog rests, and where --documents print each of its numbers.

    Exit codes: 0 fine, 1 with --stale: a number is lost or a section has changed, 2 wrong usage, 3 a document that
    cannot be read.
    """
    if any(map(layers_of, catalogs)):
        raise click.UsageError("an overlay is no document; leave out --overlay")
    if documents is None:
        if form:
            raise click.UsageError(f"--{form} needs --documents")
        _show_sources(catalogs, as_json=as_json)
        return 0
    try:
        return _told(form or "places", [(catalog, _read(catalog, documents)) for catalog in catalogs], as_json=as_json)
    except UnreadableDocument as error:
        raise UnreadableInput(str(error)) from None


def _read(catalog: Catalog, folder: Path) -> dict[str, str]:
    """Return the text of the documents that are there."""
    files = {name: folder.joinpath(name) for name in catalog.documents}
    return {name: read_text(str(file), MAX_BYTES) for name, file in files.items() if file.exists()}


def _told(form: str, read: Sequence[tuple[Catalog, dict[str, str]]], *, as_json: bool) -> int:
    match form:
        case "toml":
            for catalog, texts in read:
                write(as_toml(catalog, passages(catalog, texts)))
            return 0
        case "stale":
            return _show_stale(read, as_json=as_json)
        case _:
            found = [(catalog, places(catalog, texts)) for catalog, texts in read]
    if as_json:
        show_json([{"service": catalog.id, **_document(place)} for catalog, each in found for place in each])
    else:
        for number, (catalog, each) in enumerate(found):
            show(*[""][:number], styled(catalog.id, "bold"), *_lines(each), wrap=False)
    return 0


def _show_sources(catalogs: Sequence[Catalog], *, as_json: bool) -> None:
    rows = [(catalog, *row) for catalog in catalogs for row in _sources(catalog)]
    if as_json:
        keys = ("document", "read", "source", "heading", "numbers")
        show_json([{"service": catalog.id, **dict(zip(keys, row, strict=True))} for catalog, *row in rows])
        return
    for place, (catalog, each) in enumerate(groupby(rows, lambda row: row[0])):
        table = table_of(("document", "read", "source", "heading", "numbers"), ("numbers",))
        for _, document, read, source, heading, count in each:
            table.add_row(*map(styled, (document or "", read or "", source, heading, f"{count:,}")))
        show(*[""][:place], styled(catalog.id, "bold"), table)


def _sources(catalog: Catalog) -> Iterator[tuple[str | None, str | None, str, str, int]]:
    """Yield each source with its document and how many numbers rest on it; those of other pages at the end."""
    counts = {name: len(each) for name, each in resting(catalog).items()}
    placed = {passage.source: passage for passage in passages(catalog, {})}
    for name, passage in placed.items():
        yield passage.document, catalog.documents[passage.document].read, name, passage.heading, counts[name]
    for name in counts.keys() - placed.keys():
        yield None, None, name, catalog.sources[name].source, counts[name]


def _lines(found: Sequence[Place]) -> Iterator[RenderableType]:
    """Yield each line that prints numbers, below its section."""
    ordered = sorted(found, key=lambda place: (place.document, place.line))
    for (document, heading), section in groupby(ordered, lambda place: (place.document, place.heading)):
        yield styled(f"  {document}: {heading}", "cyan")
        for (line, text), each in groupby(section, lambda place: (place.line, place.text)):
            yield styled(f"    {line:>5,}  {text[:MAX_TEXT]}{'…' if len(text) > MAX_TEXT else ''}", "dim")
            yield styled(f"           {_listed(place.number for place in each)}")


def _show_stale(read: Sequence[tuple[Catalog, dict[str, str]]], *, as_json: bool) -> int:
    found = [(catalog, stale(catalog, texts), passages(catalog, texts)) for catalog, texts in read]
    unlike = [(catalog, one) for catalog, _, each in found for one in each if not one.is_as_recorded]
    lost = [(catalog, doubt) for catalog, each, _ in found for doubt in each.lost]
    changed = [(catalog, doubt) for catalog, each, _ in found for doubt in each.changed]
    if as_json:
        lists = {"lost": lost, "changed": changed}
        told: dict[str, Any] = {
            name: [{"service": catalog.id, **_document(doubt)} for catalog, doubt in each]
            for name, each in lists.items()
        }
        show_json({**told, "sections": [{"service": catalog.id, **_section(one)} for catalog, one in unlike]})
    else:
        show(*map(styled, _stale_lines(lost, changed, unlike)), wrap=False)
    return REFUSED if lost or unlike else 0


def _stale_lines(
    lost: Sequence[tuple[Catalog, Doubt]],
    changed: Sequence[tuple[Catalog, Doubt]],
    unlike: Sequence[tuple[Catalog, Passage]],
) -> Iterator[str]:
    if lost:
        yield f"{counted(len(lost), 'number')} no longer found"
        yield from (f"  {catalog.id}  {_place(doubt)}: {_one(doubt.number)}: {doubt.reason}" for catalog, doubt in lost)
    if unlike:
        yield f"{counted(len(unlike), 'section')} changed, on which {counted(len(changed), 'number')} rest"
    for catalog, one in unlike:
        mine = [doubt for owner, doubt in changed if owner is catalog and _place(doubt) == _place(one)]
        reason = one.fault or ("it reads differently" if one.recorded else "how it read is not recorded")
        yield f"  {catalog.id}  {_place(one)}: {reason}"
        if mine:
            yield f"      {_listed(doubt.number for doubt in mine)}"
    if not lost and not unlike:
        yield "Every printed number stands where it did, and no section has changed."


def as_toml(catalog: Catalog, found: Iterable[Passage]) -> str:
    """Write the tables of documents with the digests of the sections as they are now."""
    lines = []
    for document, each in groupby(found, lambda passage: passage.document):
        known = catalog.documents[document]
        lines += [f"[documents.{key_of(document)}]", f"read = {quoted(known.read)}"]
        lines += [f"url = {quoted(known.url)}"] if known.url else []
        for passage in each:
            if passage.fault:
                raise UnreadableDocument(document, f"{passage.source}: {passage.fault}")
            section = known.sections[passage.source]
            lines += ["", f"[documents.{key_of(document)}.sections.{key_of(passage.source)}]"]
            lines += [f"from = {quoted(section.from_)}"]
            lines += [f"until = {quoted(section.until)}"] if section.until else []
            lines += [f'sha256 = "{passage.digest}"']
        lines.append("")
    return "".join(f"{line}\n" for line in lines)


def _place(one: Doubt | Passage) -> str:
    return f"{one.document}: {one.heading}"


def _listed(found: Iterable[Number]) -> str:
    names = [_one(number) for number in found]
    more = f" and {len(names) - MAX_LISTED:,} more" if len(names) > MAX_LISTED else ""
    return f"{'; '.join(names[:MAX_LISTED])}{more}"


def _one(number: Number) -> str:
    """Name a number: "wan/2-6-text-to-video 1080p 10 s = 89", "fields.width.minimum = 64"."""
    values = number.value if isinstance(number.value, tuple) else (number.value,)
    value = ", ".join(map(written, values))
    if number.parameters is None:
        return f"{number.key} = {value}"
    point = named(number.parameters)
    return f"{number.model}{'' if point == 'the price' else f' {point}'} = {value}"


def _document(one: Place | Doubt) -> dict[str, Any]:
    number = one.number
    told = {"key": number.key, "model": number.model, "value": _value(number.value), "basis": number.basis}
    parameters = asdict(number.parameters) if number.parameters else None
    return {**told, "parameters": parameters, **{key: value for key, value in asdict(one).items() if key != "number"}}


def _section(one: Passage) -> dict[str, Any]:
    return {
        "document": one.document,
        "heading": one.heading,
        "source": one.source,
        "fault": one.fault,
        "recorded": one.recorded,
        "sha256": one.digest,
    }


def _value(value: Limit) -> Any:  # noqa: ANN401 -- any JSON value
    match value:
        case Decimal():
            return amount(value)
        case tuple():
            return list(value)
        case _:
            return value
