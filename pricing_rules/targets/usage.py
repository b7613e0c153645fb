"""The usage record as JSON Schema: what a log may say of a task in our own names, the same for every service."""

from typing import Any, assert_never

from pricing_rules.catalog.columns import COLUMNS, MAX_COUNT, MAX_CREDITS, Column

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NUMBER = {"type": "string", "pattern": "^[0-9]{1,12}([.][0-9]{1,6}0{0,12})?$"}


def usage_schema() -> dict[str, Any]:
    """Return the schema of a usage record; a column that the request left empty is null."""
    return {
        "$schema": DIALECT,
        "$id": "urn:pricing-rules:usage-record",
        "title": "Usage record",
        "description": "What a log says of a task. The service's own names are taken as well: [usage] in its catalog.",
        "type": "object",
        "properties": {name: _property(column) for name, column in COLUMNS.items()},
        "required": [name for name, column in COLUMNS.items() if column.needed],
        "additionalProperties": True,
    }


def _property(column: Column) -> dict[str, Any]:
    match column.kind:
        case "amount":
            kinds: list[dict[str, Any]] = [{"type": "number", "minimum": 0, "maximum": MAX_CREDITS}, NUMBER]
        case "refund":
            kinds = [
                {"type": ["boolean", "null"]}, {"type": "number", "minimum": 0, "maximum": MAX_CREDITS}, NUMBER
            ]  # fmt: skip
        case "time":
            kinds = [{"type": ["string", "null"]}, {"type": "number", "minimum": 0}]
        case "count":
            most = {"maximum": MAX_COUNT} if column.name == "refund_count" else {}
            kinds = [{"type": ["integer", "null"], "minimum": 0, **most}, NUMBER]
        case "text" | "tier":
            kinds = [
                {"type": ["string", "number", "boolean"] if column.needed else ["string", "number", "boolean", "null"]}
            ]
        case _:
            assert_never(column.kind)
    return {"description": column.about, **(kinds[0] if len(kinds) == 1 else {"anyOf": kinds})}
