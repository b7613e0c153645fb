"""Types of a log's columns, as far as an audit tells them apart, whatever an engine calls them."""

from typing import Literal

from attrs import frozen

Family = Literal["text", "whole", "double", "decimal", "flag", "moment", "zoned", "day", "list", "object", "other"]
NAMES: dict[str, Family] = {
    **dict.fromkeys(("varchar", "string", "json", "char", "uuid", "enum"), "text"),
    **dict.fromkeys(("tinyint", "smallint", "integer", "int", "bigint", "hugeint"), "whole"),
    **dict.fromkeys(("utinyint", "usmallint", "uinteger", "ubigint", "uhugeint"), "whole"),
    **dict.fromkeys(("double", "float"), "double"),
    **dict.fromkeys(("timestamp_ntz", "timestamp_s", "timestamp_ms", "timestamp_ns", "timestamp"), "moment"),
    "decimal": "decimal",
    "boolean": "flag",
    "timestamp with time zone": "zoned",
    "date": "day",
    "array": "list",
    "struct": "object",
}


@frozen
class Raw:
    """A value in the log: its expression in SQL, its family, a decimal's places, its type as the engine calls it."""

    expression: str
    family: Family
    places: int = 0
    type: str = ""


def raw(expression: str, type_name: str) -> Raw:
    """Return a column by what its engine calls its type."""
    name = type_name.lower().strip('"')
    if name in ("null", "void"):
        return Raw(f"CAST({expression} AS STRING)", "text", 0, type_name)
    places = int(name.partition(",")[2].strip(" )") or 0) if name.startswith("decimal(") else 0
    family = "list" if name.endswith("]") else NAMES.get(name.partition("(")[0].partition("<")[0], "other")
    return Raw(expression, family, places, type_name)
