"""Files, tables and queries as DuckDB reads them: what is broken is said or counted, never dropped."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import assert_never

from attrs import evolve

from pricing_rules.audit.engine import MOST_WORDS, Engine, called, is_query
from pricing_rules.audit.engines.duckdb_text import LONGEST_LINE, csv_part, file_literal, lines_part
from pricing_rules.audit.log.copies import plain
from pricing_rules.audit.log.dialect import identifier, literal
from pricing_rules.audit.log.files import LogFile
from pricing_rules.audit.log.part import ROW as PLACE
from pricing_rules.audit.log.part import Part
from pricing_rules.audit.mapping.records import Writing
from pricing_rules.errors import UnreadableLog, UnusableLog
from pricing_rules.spelling import hint, listed, shown

ROW, STEP = "file_row_number", 5_000_000  # a step of a large file takes about a second
NUMBERED = 2**28  # bytes of a text file whose rows are numbered, which one thread has to do


def opened(engine: Engine, folder: str, file: LogFile, writing: Writing, table: str | None = None) -> Part:
    """Return a file as a part of a log.

    Args:
        engine: that reads it.
        folder: for copies of text files that it cannot read as they are.
        file: its path and format.
        writing: how a text file is written.
        table: of a DuckDB file, where it has several.

    Raises:
        UnreadableLog: it is empty or broken; names it.
        UnusableLog: a DuckDB file has several tables and none is named, or not that one.
    """
    if not file.size:
        raise UnreadableLog(file.name, "it is empty")
    own = plain(file, writing.encoding, folder) if file.format in ("csv", "jsonl") else file
    with telling(file.name):
        match file.format:
            case "parquet":
                part = _parquet(engine, own)
            case "csv":
                part = csv_part(engine, own, writing)
            case "jsonl":
                part = lines_part(engine, own, writing)
            case "duckdb":
                part = _database(engine, own, table)
            case _:
                assert_never(file.format)
    return evolve(part, name=file.name, path=file.path, copied=own.path, version=(file.size, file.modified))


def table_part(engine: Engine, name: str) -> Part:
    """Return a table or view of a connection, or what a SELECT gives, as a part of a log."""
    with telling(name):
        return evolve(_relation(engine, _named(engine, name)), name=called(name))


def _named(engine: Engine, name: str) -> str:
    """Write the rows of a table, with its schema or without, or of a query.

    Raises:
        UnusableLog: the query is no single SELECT.
    """
    import duckdb

    try:
        engine.rows(f"DESCRIBE {identifier(name)}")
    except duckdb.CatalogException:
        if not is_query(name):
            return f"SELECT * FROM {'.'.join(map(identifier, name.split('.')))}"
        statements = duckdb.extract_statements(name)
        if [each.type for each in statements] != [duckdb.StatementType.SELECT]:
            raise UnusableLog(f"a log is a table or one SELECT, not {shown(name)}") from None
        return f"SELECT * FROM (\n{statements[0].query.rstrip().rstrip(';')}\n) q"
    return f"SELECT * FROM {identifier(name)}"


def _relation(engine: Engine, relation: str) -> Part:
    rows = engine.rows(f"SELECT COUNT(*) FROM ({relation}) n")[0][0]
    return Part("", relation, _types(engine, relation), _nested(engine, relation), rows)


def _database(engine: Engine, file: LogFile, table: str | None) -> Part:
    """Return a table or view of a DuckDB file: the one that is named, or the only one."""
    own = f"pricing_rules_file_{sha256(file.path.encode()).hexdigest()}"  # the same in every audit of the file
    engine.rows(f"ATTACH IF NOT EXISTS {literal(file.path)} AS {own} (READ_ONLY)")
    every = " UNION ALL ".join(
        f"SELECT schema_name, {kind}_name FROM DUCKDB_{kind.upper()}S() WHERE database_name = '{own}' AND NOT internal"
        for kind in ("table", "view")
    )
    tables = {(f"{schema}." if schema != "main" else "") + name: (schema, name) for schema, name in engine.rows(every)}
    names = sorted(tables)
    chosen = (table or "").removeprefix("main.") or (names[0] if len(names) == 1 else None)
    if chosen not in tables:
        said = f"has no table {shown(chosen)}.{hint(chosen, names)} It has" if chosen else "has"
        which = "" if chosen or not names else "; say which with table"
        raise UnusableLog(f"{file.name} {said} {'the tables ' if names else ''}{listed(names, 'and')}{which}")
    return _relation(engine, f"SELECT * FROM {'.'.join(map(identifier, (own, *tables[chosen])))}")


@contextmanager
def telling(name: str) -> Iterator[None]:
    """Tell what DuckDB cannot read as an UnreadableLog that names the file."""
    import duckdb

    try:
        yield
    except duckdb.OutOfMemoryException:
        raise UnusableLog(f"to audit {shown(name)} takes more memory than memory_limit allows") from None
    except duckdb.Error as fault:
        raise UnreadableLog(name, _reason(str(fault))) from None


def _reason(said: str) -> str:
    """Return in a few words what an engine's error says, and the line that it names."""
    line = re.search(r"[Ll]ine:? (\d+)", said)
    columns = re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", said)
    if columns:
        words = f"{columns[2]} values where the header has {columns[1]}"
    elif "unterminated quote" in said:
        words = "a quote is not closed"
    elif "not utf-8" in said:
        words = "it is no UTF-8 text"
    elif "Maximum line size" in said:
        words = f"it is longer than {LONGEST_LINE // 2:,} bytes"
    else:
        first = re.sub(r"^[\w ]*Error: ", "", said.strip().split("\n")[0])
        words = re.sub(r"""["'][^"']*[/\\][^"']*["']""", "the file", first)[:MOST_WORDS]
    return f"line {int(line[1]):,}: {words}" if line else words


def _types(engine: Engine, relation: str) -> dict[str, str]:
    return {row[0]: row[1] for row in engine.rows(f"DESCRIBE {relation}")}


def _nested(engine: Engine, relation: str) -> dict[str, dict[str, str]]:
    """Return the types of the fields of columns that are objects."""
    objects = [name for name, kind in _types(engine, relation).items() if kind.startswith("STRUCT(")]
    return {name: _types(engine, f"SELECT UNNEST({identifier(name)}) FROM ({relation}) n") for name in objects}


def _parquet(engine: Engine, file: LogFile) -> Part:
    return _relation(engine, f"SELECT * FROM READ_PARQUET({file_literal(file)}, hive_partitioning = false)")


def steps(part: Part, file: LogFile, *, in_bytes: bool) -> Iterator[Part]:
    """Yield a file in steps whose end is told; Parquet by its rows, text as a whole."""
    if file.format != "parquet":
        is_text = file.format != "duckdb"
        in_order = f"SELECT *, ROW_NUMBER() OVER () AS {PLACE} FROM ({part.relation}) o"
        numbered = in_order if is_text and file.size <= NUMBERED else ""
        yield evolve(part, size=file.size if is_text or in_bytes else part.size, numbered=numbered)
        return
    has_own = ROW in map(str.lower, part.columns)
    is_one = part.size <= STEP or has_own
    every = f"READ_PARQUET({file_literal(file)}, {ROW} = true, hive_partitioning = false)"
    for start in range(0, 1 if is_one else part.size, STEP):
        end = part.size if is_one else min(start + STEP, part.size)
        some = "" if is_one else f" WHERE {ROW} >= {start} AND {ROW} < {end}"
        relation = part.relation if is_one else f"SELECT * EXCLUDE ({ROW}) FROM {every}{some}"
        numbered = "" if has_own else f"SELECT * EXCLUDE ({ROW}), {ROW} + 1 AS {PLACE} FROM {every}{some}"
        size = file.size * (end - start) // max(part.size, 1) if in_bytes else end - start
        yield evolve(part, relation=relation, size=size, numbered=numbered)
