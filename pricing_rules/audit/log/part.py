"""One part of a log, a file or a table, as an engine reads it, and the types of its columns as an audit knows them."""

from collections.abc import Mapping
from typing import Literal

from attrs import field, frozen

from pricing_rules.audit.mapping.records import Writing

ROW = "pricing_rules_row"
Family = Literal[
    "text", "whole", "double", "decimal", "flag", "moment", "nanos", "zoned", "day", "list", "object", "other"
]
NAMES: dict[str, Family] = {
    **dict.fromkeys(("varchar", "string", "char"), "text"),
    **dict.fromkeys(("tinyint", "smallint", "integer", "int", "bigint"), "whole"),
    **dict.fromkeys(("utinyint", "usmallint", "uinteger", "ubigint"), "whole"),
    **dict.fromkeys(("double", "float"), "double"),
    **dict.fromkeys(("timestamp_ntz", "timestamp_s", "timestamp_ms", "timestamp"), "moment"),
    **dict.fromkeys(("timestamp_ns", "timestamptz_ns"), "nanos"),
    "decimal": "decimal",
    "boolean": "flag",
    "timestamp with time zone": "zoned",
    "date": "day",
    "array": "list",
    "struct": "object",
}

TEXTS = {"null": "CAST({} AS STRING)", "void": "CAST({} AS STRING)", "json": "JSON_EXTRACT_STRING({}, '$')"}
TEXTS |= dict.fromkeys(("uuid", "enum", "hugeint", "uhugeint"), "CAST({} AS STRING)")  # what Parquet has no type for

PLAIN = Writing()


@frozen
class Part:
    """A file or table of a log, or a step of a file.

    Attributes:
        name: for people.
        relation: SQL of its rows.
        columns: type of each column, as the engine calls it.
        nested: types of the fields of columns that are objects.
        size: rows, or bytes where they are not known.
        path: of the file.
        copied: path of the copy that is read instead; the file's own where there is none.
        version: what tells that the file is still the same: its size and when it was changed.
        names: what a column is called in the relation, where it is not called as in the log.
        parsed: column that says whether a line could be parsed; None where every row could.
        numbered: SQL of its rows with the place of each in the file, from 1 on, as `ROW`; empty where none is told.
    """

    name: str
    relation: str
    columns: Mapping[str, str]
    nested: Mapping[str, Mapping[str, str]] = field(factory=dict)
    size: int = 0
    parsed: str | None = None
    path: str = ""
    copied: str = ""
    version: tuple[int, ...] = ()
    names: Mapping[str, str] = field(factory=dict)
    numbered: str = ""


@frozen
class Raw:
    """A value in the log.

    Attributes:
        expression: of it, in SQL.
        family: of its type.
        places: of a decimal.
        type: as the engine calls it.
        broken: when the object around it cannot be read.
        writing: how its text tells numbers and times.
    """

    expression: str
    family: Family
    places: int = 0
    type: str = ""
    broken: str = ""
    writing: Writing = PLAIN


def raw(expression: str, type_name: str, writing: Writing = PLAIN) -> Raw:
    """Return a column by what its engine calls its type."""
    name = type_name.lower().strip('"')
    outer = name.partition("(")[0].partition("<")[0]
    if outer in TEXTS and not name.endswith("]"):
        return Raw(TEXTS[outer].format(expression), "text", 0, type_name, "", writing)
    places = int(name.partition(",")[2].strip(" )") or 0) if name.startswith("decimal(") else 0
    family = "list" if name.endswith("]") else NAMES.get(outer, "other")
    return Raw(expression, family, places, type_name, "", writing)
