"""A mapping to start from: what a log calls things, as far as a look at its beginning tells."""

from collections.abc import Iterable, Sequence
from typing import Any

from attrs import evolve, field, frozen

from pricing_rules.audit.dispatch import parts_of
from pricing_rules.audit.engines.duckdb import DuckDB, connected
from pricing_rules.audit.engines.duckdb_files import opened
from pricing_rules.audit.log.files import LogFile, found
from pricing_rules.audit.log.part import Part
from pricing_rules.audit.log.places import NEEDED, Objects, found_columns
from pricing_rules.audit.mapping.records import LogMapping, Writing
from pricing_rules.audit.mapping.tables import Layer, checked, read_mapping
from pricing_rules.audit.meaning.reader import state_of, with_statuses
from pricing_rules.audit.meaning.values import word
from pricing_rules.audit.report.unknown import likely_state
from pricing_rules.audit.suggestion.columns import likely_columns
from pricing_rules.audit.suggestion.contents import looks
from pricing_rules.audit.suggestion.names import COLUMNS, KINDS, LEDGER, plain
from pricing_rules.audit.suggestion.records import LedgerSuggestion, Suggestion, Word
from pricing_rules.audit.suggestion.samples import Sample, sampled
from pricing_rules.audit.suggestion.writing import decimal_of, delimiter_of, encoding_of, formats_of, nulls_of
from pricing_rules.catalog.records import Catalog
from pricing_rules.spelling import nearest

MEMORY = 10**9
TEXT = ("csv", "jsonl")


@frozen
class Look:
    """A part that was looked at: how it is written, the formats of its times, its beginning."""

    part: Part
    writing: Writing
    formats: tuple[str, ...]
    sample: Sample = field(repr=False)


def suggest(
    catalog: Catalog,
    source: Any,  # noqa: ANN401 -- whatever an audit takes for files
    *,
    mapping: Sequence[Layer] = (),
    ledger: Any = None,  # noqa: ANN401 -- as above
    table: str | None = None,
) -> Suggestion:
    """Look at the beginning of a log, and return what it seems to call things; what a mapping says stays.

    Raises:
        UnusableLog: it is nothing that can be read, or a mapping names what it has not.
        UnreadableLog: a file cannot be read; names it.
    """
    tables, engine = checked(*mapping), connected(MEMORY)
    given, said = read_mapping(tables), frozenset(tables)
    look = _log(engine, source, given.writing, table, said)
    kinds = looks(catalog, look.writing)
    known = evolve(given, writing=look.writing)
    there = found_columns(catalog, look.part, Objects(engine.dialect), mapping=known, needed=())
    used = {source.keys[0] for each in there.values() for _, source in each.places}
    wanted = {name: names for name, names in COLUMNS.items() if name not in there}
    columns = {**given.columns, **likely_columns(wanted, look.sample, kinds, used)}
    own = evolve(known, columns=columns)
    every = found_columns(catalog, look.part, Objects(engine.dialect), mapping=own, needed=())
    told = {name: [source.keys[0] for _, source in each.places] for name, each in every.items()}
    models = _words(look.sample, told.get("model", ()))
    taken = {column for each in told.values() for column in each}
    return Suggestion(
        catalog.id,
        look.sample.rows,
        look.writing,
        look.formats,
        columns,
        tuple(name for name in (*NEEDED, "credits_used") if name not in every),
        tuple(column for column in look.sample.words if column not in taken),
        _statuses(catalog, given, _words(look.sample, told.get("status", ()))),
        tuple(Word(name, next(iter(nearest(name, catalog.models)), None), rows)
              for name, rows in models if name not in catalog.models),
        sum(rows for name, rows in models if name in catalog.models),
        None if ledger is None else _ledger(engine, catalog, ledger, given, said),
    )  # fmt: skip


def _log(engine: DuckDB, source: Any, writing: Writing, table: str | None, said: frozenset[str]) -> Look:  # noqa: ANN401
    """Look at the first part of a log."""
    if hasattr(source, "__arrow_c_stream__"):
        return _looked(engine, parts_of(engine, source)[0], writing, said)
    return _file(engine, found(source)[0], writing, table, said)


def _file(engine: DuckDB, file: LogFile, writing: Writing, table: str | None, said: frozenset[str]) -> Look:
    """Look at a file."""
    if file.format in TEXT:
        encoding = writing.encoding if "encoding" in said else encoding_of(file)
        delimiter = writing.delimiter
        if file.format == "csv" and "delimiter" not in said:
            delimiter = delimiter_of(engine, file, encoding)
        writing = evolve(writing, encoding=encoding, delimiter=delimiter)
    first = opened(engine, engine.folder, file, writing, table)
    if file.format not in TEXT:
        return _looked(engine, first, writing, said)
    sample = sampled(engine, first)
    writing = evolve(writing, nulls=writing.nulls or nulls_of(map(sample.values, sample.words)))
    return _looked(engine, opened(engine, engine.folder, file, writing, table), writing, said)


def _looked(engine: DuckDB, part: Part, writing: Writing, said: frozenset[str]) -> Look:
    sample = sampled(engine, part)
    texts = {name: sample.values(name) for name in sample.words if name in sample.texts}
    decimal = writing.decimal if "decimal" in said else decimal_of(texts.values())
    formats = (writing.time,) if writing.time else formats_of(texts, decimal)
    time = formats[0] if len(formats) == 1 else None
    return Look(part, evolve(writing, decimal=decimal, time=time), formats, sample)


def _words(sample: Sample, columns: Iterable[str]) -> list[tuple[str, int]]:
    return [each for column in columns for each in sample.words.get(column, ())]


def _statuses(catalog: Catalog, given: LogMapping, words: Iterable[tuple[str, int]]) -> tuple[Word, ...]:
    """Return the words that tell no state at the service, those that a mapping names among them."""
    spoken = with_statuses(catalog, given.statuses)
    return tuple(
        Word(name, state_of(spoken, name) or likely_state(catalog, name), rows)
        for name, rows in words
        if state_of(catalog, name) is None or word(name) in given.statuses
    )


def _ledger(
    engine: DuckDB,
    catalog: Catalog,
    source: Any,  # noqa: ANN401 -- whatever an audit takes for files
    given: LogMapping,
    said: frozenset[str],
) -> LedgerSuggestion:
    look = _file(engine, found(source)[0], given.ledger.writing, None, said)
    here = {name: given.ledger.columns.get(name, name) for name in LEDGER}
    named = {name: column for name, column in here.items() if column in look.part.columns}
    wanted = {name: names for name, names in LEDGER.items() if name not in named}
    columns = likely_columns(wanted, look.sample, looks(catalog, look.writing), tuple(named.values()))
    told = {**named, **columns}
    kinds = tuple(
        Word(name, given.ledger.kinds.get(name) or KINDS.get(plain(name)), rows)
        for name, rows in _words(look.sample, [told["kind"]] if "kind" in told else [])
        if name not in KINDS.values()
    )
    lacking = tuple(name for name in ("task_id", "kind", "credits") if name not in told)
    return LedgerSuggestion(look.writing, look.formats, {**given.ledger.columns, **columns}, lacking, kinds)
