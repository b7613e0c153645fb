"""What a log is: files, a table of a connection, an Arrow table or a Spark data frame."""

from collections.abc import Iterator, Sequence
from functools import partial
from os import PathLike
from typing import Any

from attrs import evolve, frozen

from pricing_rules.audit.engine import called
from pricing_rules.audit.engines.duckdb import DuckDB, connected
from pricing_rules.audit.engines.duckdb_files import opened, steps, table_part, telling
from pricing_rules.audit.engines.duckdb_text import with_all_keys
from pricing_rules.audit.engines.run import audit_parts
from pricing_rules.audit.engines.spark import Spark, frame_part, is_frame, is_session, named_frame
from pricing_rules.audit.evidence.duckdb import Findings
from pricing_rules.audit.evidence.spark import Findings as SparkFindings
from pricing_rules.audit.log.dialect import identifier
from pricing_rules.audit.log.files import LogFile, found
from pricing_rules.audit.log.part import PLAIN, Part
from pricing_rules.audit.mapping.records import Writing
from pricing_rules.audit.options import Options, memory
from pricing_rules.audit.report.report import AuditReport
from pricing_rules.audit.store import Store, opened_store
from pricing_rules.catalog.records import Catalog
from pricing_rules.errors import UnusableLog

ARROW, RELATION, FRAME = "Arrow table", "DuckDB relation", "data frame"


@frozen
class Stream:
    """A relation of another connection, as an Arrow stream."""

    relation: Any

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Return its rows."""
        return self.relation.__arrow_c_stream__(requested_schema)


def is_relation(source: object) -> bool:
    """Tell whether a log is a relation of DuckDB, which its own connection reads."""
    return type(source).__name__ == "DuckDBPyRelation"


def audit_source(catalog: Catalog, source: Any, engine: Any, options: Options) -> AuditReport:  # noqa: ANN401
    """Audit a log by the engine that has it.

    Raises:
        UnusableLog: it is nothing that an audit can read.
    """
    if is_frame(source):
        return _audit_frame(catalog, source, options, FRAME)
    if is_session(engine):
        name = str(source)
        return _audit_frame(catalog, named_frame(engine, name), options, called(name))
    if options.state is not None and not is_path(source if engine is None else None):
        raise UnusableLog("a store keeps what is known of files, and this log is none; leave it out")
    if engine is not None and not is_relation(source):
        own = DuckDB(engine)
        return audit_parts(catalog, own, (table_part(own, str(source)),), options, Findings)
    own = connected(memory(options.memory_limit))
    store = opened_store(own, catalog, found(source), options) if options.state is not None else None
    parts = parts_of(own, source, options.mapping.writing, options.table, store)
    return audit_parts(catalog, own, parts, options, Findings, store)


def _audit_frame(catalog: Catalog, frame: Any, options: Options, name: str) -> AuditReport:  # noqa: ANN401
    """Audit a Spark data frame.

    Raises:
        UnusableLog: a ledger, a store or null words are given, which only DuckDB reads.
    """
    if options.ledger is not None or options.state is not None:
        raise UnusableLog("a ledger and a state to resume from are read by DuckDB only")
    if options.mapping.writing.nulls:
        raise UnusableLog("null words hold in text files; let Spark read them as null, by its option nullValue")
    own = Spark(frame.sparkSession)
    with own.shown(name):
        parts = (frame_part(own, frame, name),)
        return audit_parts(catalog, own, parts, options, lambda job: SparkFindings(job, own))


def is_path(source: object) -> bool:
    """Tell whether a log is named by its path, or by several."""
    return isinstance(source, str | PathLike | list | tuple)


def opened_logs(engine: Any, sources: Sequence[Any], limit: str) -> tuple[DuckDB, tuple[Part, ...]]:  # noqa: ANN401
    """Return the parts of several logs and the DuckDB that has them: the one given, with them as tables, or a new one.

    Raises:
        UnusableLog: one is nothing that can be read.
        UnreadableLog: a file cannot be read; names it.
    """
    if engine is not None:
        own = DuckDB(engine)
        return own, tuple(table_part(own, str(source)) for source in sources)
    own = connected(memory(limit))
    return own, tuple(_several(own, sources))


def _several(engine: DuckDB, sources: Sequence[Any]) -> Iterator[Part]:
    """Yield the parts of logs; files are looked at together, so that none counts twice."""
    tables = [source for source in sources if hasattr(source, "__arrow_c_stream__")]
    for number, source in enumerate(tables, 1):
        yield _arrow(engine, source, f"{ARROW} {number}")
    files = [source for source in sources if not hasattr(source, "__arrow_c_stream__")]
    if files:
        paths = [path for one in files for path in (one if isinstance(one, list | tuple) else [one])]
        yield from parts_of(engine, paths)


def parts_of(
    engine: DuckDB,
    source: Any,  # noqa: ANN401 -- whatever a caller takes for a log
    writing: Writing = PLAIN,
    table: str | None = None,
    store: Store | None = None,
) -> tuple[Part, ...]:
    """Return the parts of a log that is files, an Arrow table or a relation of DuckDB.

    Raises:
        UnusableLog: it is nothing that can be read.
        UnreadableLog: a file cannot be read; names it.
    """
    if is_relation(source):
        return (_arrow(engine, Stream(source), RELATION),)
    if hasattr(source, "__arrow_c_stream__"):
        return (_arrow(engine, source, ARROW),)
    if not is_path(source):
        raise UnusableLog(f"a log is a file, a table or a data frame, not a {type(source).__name__}")
    files = found(source)
    whole = with_all_keys(tuple(_opened(engine, file, writing, table, store) for file in files))
    in_bytes = any(file.format in ("csv", "jsonl") for file in files)
    each = zip(whole, files, strict=True)
    return tuple(step for part, file in each for step in steps(part, file, in_bytes=in_bytes))


def _opened(engine: DuckDB, file: LogFile, writing: Writing, table: str | None, store: Store | None) -> Part:
    """Return a file as a part of a log; what a store knows of it is not looked for again."""
    opening = partial(opened, engine, engine.folder, file, writing, table)
    return store.part(file, writing, opening) if store and file.format != "duckdb" else opening()


def _arrow(engine: DuckDB, source: Any, name: str) -> Part:  # noqa: ANN401 -- an object that streams Arrow
    with telling(name):
        engine.connection.register(name, source)
        if hasattr(source, "__len__"):
            return table_part(engine, name)
        kept = f"{name} kept"
        engine.table(identifier(kept), f"SELECT * FROM {identifier(name)}")  # it can be read once
    return evolve(table_part(engine, kept), name=name)
