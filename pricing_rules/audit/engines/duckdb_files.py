"""Files and tables as DuckDB reads them: text stays text, and what is broken is said or counted, never dropped."""

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import assert_never

from attrs import evolve

from pricing_rules.audit.engines.engine import Engine
from pricing_rules.audit.log.dialect import identifier, literal
from pricing_rules.audit.log.files import LogFile
from pricing_rules.audit.log.part import ROW as PLACE
from pricing_rules.audit.log.part import Part
from pricing_rules.errors import UnreadableLog, UnusableLog
from pricing_rules.spelling import shown

PARSED = "parsed"
LONGEST_LINE = 2**24  # bytes of a line of JSON; DuckDB keeps 16 times as much in memory for CSV, so half of it there
MOST_WORDS = 200
ROW, STEP = "file_row_number", 5_000_000  # a step of a large file takes about a second
NUMBERED = 2**28  # bytes of a text file whose rows are numbered, which one thread has to do


def opened(engine: Engine, file: LogFile) -> Part:
    """Return a file as a part of a log.

    Raises:
        UnreadableLog: it is empty or broken; names it.
    """
    if not file.size:
        raise UnreadableLog(file.name, "it is empty")
    with telling(file.name):
        match file.format:
            case "parquet":
                part = _parquet(engine, file)
            case "csv":
                part = _csv(engine, file)
            case "jsonl":
                part = _lines(engine, file)
            case _:
                assert_never(file.format)
    return evolve(part, path=file.path, version=(file.size, file.modified))


def table_part(engine: Engine, name: str) -> Part:
    """Return a table or view of a connection as a part of a log."""
    with telling(name):
        relation = f"SELECT * FROM {identifier(name)}"
        rows = engine.rows(f"SELECT COUNT(*) FROM {identifier(name)}")[0][0]
        return Part(name, relation, _types(engine, relation), _nested(engine, relation), rows)


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


def _path(file: LogFile) -> str:
    """Write a path that the engine takes as it is."""
    return literal(re.sub(r"[*?\[]", lambda mark: f"[{mark[0]}]", file.path))


def _parquet(engine: Engine, file: LogFile) -> Part:
    relation = f"SELECT * FROM READ_PARQUET({_path(file)}, hive_partitioning = false)"
    rows = engine.rows(f"SELECT COUNT(*) FROM ({relation}) n")[0][0]
    return Part(file.name, relation, _types(engine, relation), _nested(engine, relation), rows)


def steps(part: Part, file: LogFile, *, in_bytes: bool) -> Iterator[Part]:
    """Yield a file in steps whose end is told; Parquet by its rows, text as a whole."""
    if file.format != "parquet":
        in_order = f"SELECT *, ROW_NUMBER() OVER () AS {PLACE} FROM ({part.relation}) o"
        yield evolve(part, size=file.size, numbered=in_order if file.size <= NUMBERED else "")
        return
    has_own = ROW in map(str.lower, part.columns)
    is_one = part.size <= STEP or has_own
    every = f"READ_PARQUET({_path(file)}, {ROW} = true, hive_partitioning = false)"
    for start in range(0, 1 if is_one else part.size, STEP):
        end = part.size if is_one else min(start + STEP, part.size)
        some = "" if is_one else f" WHERE {ROW} >= {start} AND {ROW} < {end}"
        relation = part.relation if is_one else f"SELECT * EXCLUDE ({ROW}) FROM {every}{some}"
        numbered = "" if has_own else f"SELECT * EXCLUDE ({ROW}), {ROW} + 1 AS {PLACE} FROM {every}{some}"
        size = file.size * (end - start) // max(part.size, 1) if in_bytes else end - start
        yield evolve(part, relation=relation, size=size, numbered=numbered)


def _csv(engine: Engine, file: LogFile) -> Part:
    names = _header(file)
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in names)
    relation = (
        f"SELECT * FROM READ_CSV({_path(file)}, columns = {{{columns}}}, auto_detect = false, header = true, "
        f"delim = ',', quote = '\"', escape = '\"', strict_mode = true, max_line_size = {LONGEST_LINE // 2}, "
        f"buffer_size = {LONGEST_LINE}, null_padding = false, hive_partitioning = false)"
    )
    values = ", ".join(f"COUNT({identifier(name)})" for name in names)
    same = " AND ".join(f"{identifier(name)} = {literal(name)}" for name in names)
    counted = f"SELECT COUNT(CASE WHEN {same} THEN 1 END), {values} FROM ({relation}) n"
    if engine.rows(counted)[0][0]:
        raise UnreadableLog(file.name, "its header comes again among the rows")
    return Part(file.name, relation, dict.fromkeys(names, "VARCHAR"), {}, file.size)


def _header(file: LogFile) -> list[str]:
    try:
        with Path(file.path).open(encoding="utf-8-sig", newline="") as stream:
            names = next(csv.reader(stream, strict=True), [])
    except UnicodeDecodeError:
        raise UnreadableLog(file.name, "it is no UTF-8 text") from None
    except (OSError, csv.Error) as fault:
        raise UnreadableLog(file.name, f"its header cannot be read: {fault}") from None
    if not names or not all(names):
        raise UnreadableLog(file.name, "its header has a column without a name")
    known = [name.lower() for name in names]
    twice = next((name for name in names if known.count(name.lower()) > 1), None)
    if twice is not None:
        raise UnreadableLog(file.name, f"its header has {shown(twice)} twice")
    return names


def _lines(engine: Engine, file: LogFile) -> Part:
    """Return JSON Lines: each line that is no JSON object, or has a key twice, is a row that says so.

    A key is a column by its number, since names that differ in their case alone are one to the engine.
    """
    lines = (
        f"SELECT json FROM READ_NDJSON_OBJECTS({_path(file)}, ignore_errors = true, hive_partitioning = false, "
        f"maximum_object_size = {LONGEST_LINE})"
    )
    each = f"SELECT JSON_KEYS(json) AS keys FROM ({lines}) k"
    twice, keys = engine.rows(
        f"SELECT COALESCE(BOOL_OR(LEN(keys) <> LEN(LIST_DISTINCT(keys))), false), "
        f"LIST_SORT(LIST_DISTINCT(FLATTEN(LIST(DISTINCT keys)))) FROM ({each}) d"
    )[0]
    keys = [key for key in keys or () if key]  # an empty one has no path
    if not keys:
        raise UnreadableLog(file.name, "no line of it is a JSON object")
    paths = ", ".join(map(_key, keys))
    once = " AND LEN(JSON_KEYS(json)) = LEN(LIST_DISTINCT(JSON_KEYS(json)))" if twice else ""
    parsed = f"COALESCE(JSON_TYPE(json) = 'OBJECT'{once}, false) AS {PARSED}"
    read = f"SELECT {parsed}, JSON_EXTRACT_STRING(json, [{paths}]) AS told FROM ({lines}) j"
    names = {key: f"key_{number}" for number, key in enumerate(keys)}
    values = "".join(f", told[{number}] AS {name}" for number, name in enumerate(names.values(), 1))
    relation = f"SELECT {PARSED}{values} FROM ({read}) t"
    columns = dict.fromkeys(keys, "VARCHAR")
    return Part(file.name, relation, columns, size=file.size, parsed=f"r.{PARSED}", names=names)


def with_all_keys(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Give all parts of JSON Lines the keys of each other: how lines are split into files says nothing about a row."""
    keys = dict.fromkeys(key for part in parts if part.parsed for key in part.columns)
    return tuple(_with_keys(part, [key for key in keys if key not in part.columns]) for part in parts)


def _with_keys(part: Part, missing: list[str]) -> Part:
    if not part.parsed or not missing:
        return part
    more = {key: f"key_{number}" for number, key in enumerate(missing, len(part.columns))}
    values = "".join(f", CAST(NULL AS VARCHAR) AS {name}" for name in more.values())
    columns = {**part.columns, **dict.fromkeys(missing, "VARCHAR")}
    relation = f"SELECT *{values} FROM ({part.relation}) a"
    return evolve(part, relation=relation, columns=columns, names={**part.names, **more})


def _key(key: str) -> str:
    escaped = key.replace("\\", "\\\\").replace('"', '\\"')
    return literal(f'$."{escaped}"')
