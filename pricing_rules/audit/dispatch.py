"""What a log is: files, a table of a connection, an Arrow table or a Spark data frame."""

import os
from os import PathLike
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any
from weakref import finalize

from attrs import evolve

from pricing_rules.audit.engines.duckdb import audit_parts, limit_memory
from pricing_rules.audit.engines.duckdb_files import opened, steps, table_part, telling, with_all_keys
from pricing_rules.audit.engines.spark import audit_frame, audit_table, is_frame, is_session
from pricing_rules.audit.log.files import found
from pricing_rules.audit.options import Options, memory
from pricing_rules.audit.report.report import AuditReport
from pricing_rules.audit.sql.text import identifier, literal
from pricing_rules.catalog.records import Catalog
from pricing_rules.errors import UnusableLog

MOST_SUMS, OF_A_THREAD = 300_000_000, 75_000_000  # bytes
ARROW = "Arrow table"


def audit_source(catalog: Catalog, source: Any, engine: Any, options: Options) -> AuditReport:  # noqa: ANN401
    """Audit a log by the engine that has it.

    Raises:
        UnusableLog: it is nothing that an audit can read.
    """
    if is_frame(source):
        return audit_frame(catalog, source, options)
    if is_session(engine):
        return audit_table(catalog, engine, str(source), options)
    if engine is not None:
        return audit_parts(catalog, engine, (table_part(engine, str(source)),), options)
    return _audit_files(catalog, source, _connection(options), options)


def _audit_files(catalog: Catalog, source: Any, connection: Any, options: Options) -> AuditReport:  # noqa: ANN401
    if hasattr(source, "__arrow_c_stream__"):
        with telling(ARROW):
            connection.register(ARROW, source)
            if not hasattr(source, "__len__"):  # it can be read once
                connection.execute(f"CREATE TEMP TABLE kept AS SELECT * FROM {identifier(ARROW)}")
        part = table_part(connection, ARROW if hasattr(source, "__len__") else "kept")
        return audit_parts(catalog, connection, (evolve(part, name=ARROW),), options)
    if not isinstance(source, str | PathLike | list | tuple):
        raise UnusableLog(f"a log is a file, a table or a data frame, not a {type(source).__name__}")
    files = found(source)
    whole = with_all_keys(tuple(opened(connection, file) for file in files))
    in_bytes = any(file.format != "parquet" for file in files)
    each = zip(whole, files, strict=True)
    parts = tuple(step for part, file in each for step in steps(part, file, in_bytes=in_bytes))
    return audit_parts(catalog, connection, parts, options, None if in_bytes else _summing())


def _summing() -> int:
    """Return the bytes that summing up takes at most: each thread reads some Parquet, and sums are few or on disk."""
    return max(MOST_SUMS, (os.cpu_count() or 1) * OF_A_THREAD)


def _connection(options: Options) -> Any:  # noqa: ANN401 -- a connection
    """Return a connection of our own, with a folder for what does not fit in memory."""
    import duckdb

    connection, folder = duckdb.connect(), mkdtemp(prefix="pricing-rules-")
    finalize(connection, rmtree, folder, ignore_errors=True)
    limit_memory(connection, memory(options.memory_limit))
    connection.execute(f"SET temp_directory = {literal(folder)}")
    connection.execute("SET preserve_insertion_order = false")
    return connection
