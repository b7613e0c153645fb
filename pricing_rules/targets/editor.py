"""The records of a catalog as JSON Schema, draft 2020-12: what an editor checks and suggests while a file is written.

It tells the shape: the keys, which of them must stand there, the type of each value. Whether the parts fit each other,
such as a model that no endpoint has, only loading the file tells.
"""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from inspect import getdoc
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from attrs import NOTHING, Attribute, fields, has

from pricing_rules.catalog.origins import Documented
from pricing_rules.catalog.provenance import Origin, Provenance
from pricing_rules.catalog.records import Catalog
from pricing_rules.catalog.strict import LARGEST, Content, Name, Sentence, Words, key_of_attribute

Schema = dict[str, Any]
DRAFT = "https://json-schema.org/draft/2020-12/schema"
TEXT: Schema = {"type": "string", "minLength": 1}
WHOLE: Schema = {"type": "integer", "minimum": -LARGEST, "maximum": LARGEST}
VALUES: list[Schema] = [{"type": "string"}, {"type": "boolean"}, WHOLE]
SOURCE: Schema = {
    "description": "The document that prints it: the id of a source, or several.",
    "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}],
}
SCALARS: Mapping[Any, Schema] = {
    str: {"type": "string"},
    int: WHOLE,
    bool: {"type": "boolean"},
    Fraction: {"$ref": "#/$defs/amount"},
    datetime: {"$ref": "#/$defs/instant"},
    Origin: {"type": "string", "description": "Id of a reading."},
    Documented: SOURCE,
    Content: {"$ref": "#/$defs/content"},
    Words: {"type": "string"},
    Name: TEXT,
    Sentence: TEXT,
}
SOURCED: Mapping[str, Schema] = {
    "source": SOURCE,
    "reading": {"type": "string", "description": "The reading that it follows: the id of one."},
    "readings": {
        "type": "object",
        "description": "The single values of it that are readings: the id of the reading by the name of the value.",
        "additionalProperties": {"type": "string"},
    },
}
EITHER = [{"required": ["source"]}, {"required": ["reading"]}]


def catalog_schema() -> Schema:
    """Return the schema of a catalog file, from the records that the file is loaded into."""
    return file_schema(Catalog, "catalog", "Catalog of a service", sources=sources(), readings=_readings())


def file_schema(kind: type[Any], name: str, title: str, **tables: Schema) -> Schema:
    """Return the schema of a file from the record that it is loaded into, and the tables that are no part of one."""
    definitions = _definitions()
    found = _record(kind, definitions)
    found["properties"] |= tables
    found["required"] = [part for part in found["required"] if part not in tables]
    return {"$schema": DRAFT, "$id": f"urn:pricing-rules:{name}", "title": title, **found, "$defs": definitions}


def _definitions() -> dict[str, Schema]:
    """Return what is no record of its own; the records are added as they are met."""
    listed = {"type": "array", "items": {"$ref": "#/$defs/content"}}
    tabled = {"type": "object", "additionalProperties": {"$ref": "#/$defs/content"}}
    return {
        "amount": {
            "description": 'An exact amount: a whole number, or text such as "1.47" or "5/3".',
            "anyOf": [
                {**WHOLE, "minimum": 0},
                {"type": "string", "maxLength": 40, "pattern": r"^[0-9]+(\.[0-9]+|/0*[1-9][0-9]*)?$"},
            ],
        },
        "instant": {
            "type": "string",
            "description": "A time with its offset, such as 2027-01-01T00:00:00Z.",
            "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9:.]+([Zz]|[+-][0-9]{2}:[0-9]{2})$",
        },
        "content": {
            "description": "Part of a body: text, an integer, true, false, a list or a table.",
            "anyOf": [*VALUES, listed, tabled],
        },
        "Rule": _rule(),
    }


def _record(kind: Any, definitions: dict[str, Schema], *, named: bool = False) -> Schema:  # noqa: ANN401 -- a class
    """Return the table of a record; one that is `named` has its id as the name of its table."""
    hints = get_type_hints(kind)
    about, parts = _described(kind)
    found: Schema = {"type": "object", "description": about, "properties": {}, "required": []}
    for part in fields(kind):
        if part.metadata.get("in_file", part.init) and not (named and part.name == "id"):
            _add(found, part, hints[part.name], parts.get(part.name), definitions)
    return {**found, "additionalProperties": False}


def _add(
    found: Schema,
    part: "Attribute[Any]",
    hint: Any,  # noqa: ANN401 -- a type
    about: str | None,
    definitions: dict[str, Schema],
) -> None:
    if part.name == "provenance":
        found["properties"] |= SOURCED
        found["oneOf"] = EITHER
        return
    described = {"description": about} if about else {}
    key = key_of_attribute(part.name)
    found["properties"][key] = {**_value(hint, definitions), **described}
    if part.default is NOTHING:
        found["required"].append(key)


def _value(kind: Any, definitions: dict[str, Schema], *, named: bool = False) -> Schema:  # noqa: ANN401 -- a type
    if kind in SCALARS:
        return SCALARS[kind]
    if kind is Provenance:
        return {"type": "object", "properties": SOURCED, "oneOf": EITHER, "additionalProperties": False}
    if has(kind):
        if kind.__name__ not in definitions:
            definitions[kind.__name__] = _record(kind, definitions, named=named)
        return {"$ref": f"#/$defs/{kind.__name__}"}
    return _composed(kind, definitions)


def _composed(kind: Any, definitions: dict[str, Schema]) -> Schema:  # noqa: ANN401 -- a type made of others
    members = [member for member in get_args(kind) if member is not NoneType]
    form = get_origin(kind)
    if form is Literal:
        return {"type": "string", "enum": members}
    if form is tuple:
        return {"type": "array", "items": _value(members[0], definitions)}
    if isinstance(kind, UnionType) or len(members) == 1:
        inner = [_value(member, definitions) for member in members]
        return inner[0] if len(inner) == 1 else {"anyOf": inner}
    key, value = members
    inside = _value(value, definitions, named=True)
    if get_origin(key) is Literal:
        return {"type": "object", "properties": dict.fromkeys(get_args(key), inside), "additionalProperties": False}
    return {"type": "object", "additionalProperties": inside}


def _described(kind: Any) -> tuple[str, dict[str, str]]:  # noqa: ANN401 -- a class
    """Split a docstring into its first sentence and what its Attributes block says of each."""
    about, _, block = (getdoc(kind) or "").partition("\n\nAttributes:\n")
    parts: dict[str, str] = {}
    name = ""
    for line in block.splitlines():
        if line.startswith("    ") and not line.startswith("     "):
            name, _, said = line.strip().partition(": ")
            parts[name] = said[:1].upper() + said[1:]
        else:
            parts[name] += f" {line.strip()}"
    return " ".join(about.split()), parts


def sources() -> Schema:
    """Return the table of the sources of a file."""
    about = "Document and heading of each source, by its id."
    return {"type": "object", "description": about, "additionalProperties": TEXT}


def _readings() -> Schema:
    why = {**TEXT, "description": "One sentence that a user can check."}
    reading = {
        "type": "object",
        "properties": {"source": SOURCED["source"], "why": why},
        "required": ["source", "why"],
        "additionalProperties": False,
    }
    about = "The decisions where the documents are silent, each with its reason, by its id."
    return {"type": "object", "description": about, "additionalProperties": reading}


def _rule() -> Schema:
    """Return the table of a rule across fields: the sugar that `cross_rules.py` expands."""
    values = {"type": "array", "minItems": 1, "items": {"anyOf": VALUES}}
    field = {"type": "string", "description": "Canonical name of a field."}
    claims = (
        {"given": field},
        {"given": field, "one_of": values},
        {"any_given": {"type": "array", "items": TEXT, "minItems": 2}},
        {"not_given": field},
        {"field": field, "one_of": values},
    )
    closed = ({"type": "object", "properties": claim, "required": list(claim)} for claim in claims)
    return {
        "type": "object",
        "description": "A rule across fields: where every condition in `when` holds, the claim in `then` must.",
        "properties": {
            "id": TEXT,
            "when": {
                "type": "object",
                "description": "Values by canonical name of a field, which must have one of them.",
                "additionalProperties": values,
            },
            "then": {
                "description": "given, given with one_of, any_given, not_given, or field with one_of.",
                "anyOf": [{**claim, "additionalProperties": False} for claim in closed],
            },
            **SOURCED,
        },
        "required": ["id", "then"],
        "oneOf": EITHER,
        "additionalProperties": False,
    }
