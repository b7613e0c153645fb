"""Text files as DuckDB reads them: every value stays text, a line that is broken is told or is a row that says so."""

import csv
import re
from io import TextIOWrapper
from zlib import error as ZlibError  # noqa: N812 -- it is an exception

from attrs import evolve

from pricing_rules.audit.engine import Engine
from pricing_rules.audit.log.copies import opened
from pricing_rules.audit.log.dialect import identifier, literal
from pricing_rules.audit.log.files import LogFile
from pricing_rules.audit.log.part import Part
from pricing_rules.audit.mapping.records import Writing
from pricing_rules.errors import UnreadableLog
from pricing_rules.spelling import shown

PARSED = "parsed"
LONGEST_LINE = 2**24  # bytes of a line of JSON; DuckDB keeps 16 times as much in memory for CSV, so half of it there
NO_MARK = "\x01\x02\x03"  # what no line has, so that it is one value


def file_literal(file: LogFile) -> str:
    """Write a path that the engine takes as it is."""
    return literal(re.sub(r"[*?\[]", lambda mark: f"[{mark[0]}]", file.path))


def csv_part(engine: Engine, file: LogFile, writing: Writing) -> Part:
    """Return a CSV file whose lines all have the values of its header."""
    names = _header(engine, file, writing)
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in names)
    nulls = ", ".join(map(literal, ("", *writing.nulls)))
    relation = (
        f"SELECT * FROM READ_CSV({_source(file)}, columns = {{{columns}}}, auto_detect = false, header = true, "
        f"delim = {literal(writing.delimiter)}, quote = '\"', escape = '\"', strict_mode = true, nullstr = [{nulls}], "
        f"max_line_size = {LONGEST_LINE // 2}, buffer_size = {LONGEST_LINE}, null_padding = false, "
        "hive_partitioning = false)"
    )
    values = ", ".join(f"COUNT({identifier(name)})" for name in names)
    same = " AND ".join(f"{identifier(name)} = {literal(name)}" for name in names)
    counted = f"SELECT COUNT(CASE WHEN {same} THEN 1 END), {values} FROM ({relation}) n"
    if engine.rows(counted)[0][0]:
        raise UnreadableLog(file.name, "its header comes again among the rows")
    return Part(file.name, relation, dict.fromkeys(names, "VARCHAR"), {}, file.size)


def _source(file: LogFile) -> str:
    return f"{file_literal(file)}{f', compression = {literal(file.compression)}' if file.compression else ''}"


def _header(engine: Engine, file: LogFile, writing: Writing) -> list[str]:
    try:
        names = _names(engine, file, writing.delimiter)
    except UnicodeDecodeError:
        raise UnreadableLog(file.name, "it is no UTF-8 text") from None
    except (OSError, EOFError, ZlibError, csv.Error) as fault:
        raise UnreadableLog(file.name, f"its header cannot be read: {fault}") from None
    if not names or not all(names):
        raise UnreadableLog(file.name, "its header has a column without a name")
    known = [name.lower() for name in names]
    twice = next((name for name in names if known.count(name.lower()) > 1), None)
    if twice is not None:
        raise UnreadableLog(file.name, f"its header has {shown(twice)} twice")
    return names


def _names(engine: Engine, file: LogFile, delimiter: str) -> list[str]:
    if file.compression == "zstd":
        return next(csv.reader(first_lines(engine, file, 1), strict=True, delimiter=delimiter), [])
    with opened(file) as stream, TextIOWrapper(stream, "utf-8-sig", newline="") as told:
        return next(csv.reader(told, strict=True, delimiter=delimiter), [])


def first_lines(engine: Engine, file: LogFile, most: int) -> list[str]:
    """Return the first lines of a file whose compression only the engine knows."""
    return [str(line) for (line,) in engine.rows(f"SELECT line FROM {as_lines(file)} LIMIT {most}")]


def as_lines(file: LogFile, options: str = "") -> str:
    """Write the lines of a file, each as one value."""
    return (
        f"READ_CSV({_source(file)}, columns = {{'line': 'VARCHAR'}}, auto_detect = false, header = false, "
        f"delim = {literal(NO_MARK)}, quote = '', escape = ''{options})"
    )


def lines_part(engine: Engine, file: LogFile, writing: Writing) -> Part:
    """Return JSON Lines: each line that is no JSON object, or has a key twice, is a row that says so.

    A key is a column by its number, since names that differ in their case alone are one to the engine.
    """
    lines = (
        f"SELECT json FROM READ_NDJSON_OBJECTS({_source(file)}, ignore_errors = true, hive_partitioning = false, "
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
    kinds = f", JSON_TYPE(json, [{paths}]) AS kinds" if writing.decimal == "," else ""
    read = f"SELECT {parsed}, JSON_EXTRACT_STRING(json, [{paths}]) AS told{kinds} FROM ({lines}) j"
    names = {key: f"key_{number}" for number, key in enumerate(keys)}
    values = "".join(f", {_value(number, writing)} AS {name}" for number, name in enumerate(names.values(), 1))
    relation = f"SELECT {PARSED}{values} FROM ({read}) t"
    columns = dict.fromkeys(keys, "VARCHAR")
    return Part(file.name, relation, columns, size=file.size, parsed=f"r.{PARSED}", names=names)


def _value(number: int, writing: Writing) -> str:
    """Write a value of a line; a number of JSON, which has a point, gets the decimal sign that text has."""
    told = f"told[{number}]"
    if writing.decimal == ",":
        told = f"CASE WHEN kinds[{number}] = 'DOUBLE' THEN TRANSLATE({told}, '.,', ',.') ELSE {told} END"
    words = ", ".join(map(literal, writing.nulls))
    return f"CASE WHEN {told} NOT IN ({words}) THEN {told} END" if words else told


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
