"""Types of a log's columns, as far as an audit tells them apart, whatever an engine calls them."""

from typing import Literal

from attrs import frozen

from pricing_rules.audit.mapping.records import Writing

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
