"""The bodies that a service answers as JSON Schema, from their templates and shapes in the catalog."""

from collections.abc import Mapping
from typing import Any

from pricing_rules.catalog.protocol import Query, Response, Tasks
from pricing_rules.catalog.records import Catalog
from pricing_rules.errors import Inexpressible
from pricing_rules.spelling import hint, shown

Schema = dict[str, Any]
KINDS: Mapping[str, Schema] = {
    "string": {"type": "string"},
    "strings": {"type": "array", "items": {"type": "string"}},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "seconds": {"type": "integer", "description": "Seconds since 1970 (UTC)."},
    "time": {"type": "string", "description": "An instant."},
    "credits": {"type": "number", "description": "Credits."},
}


def body_schema(catalog: Catalog, response: Response) -> Schema:
    """Return the schema of what the service answers: the body as its catalog writes it, values for placeholders."""
    only_poor = response.outcomes == ("insufficient_credits",)
    messages = {"type": "array", "items": {"type": "string"}}
    placeholders: dict[str, Schema] = {
        "$task_id": {"type": "string", "description": "Id of the task."},
        "$credits": {"type": "number", "description": "Credits that were debited."},
        "$required": {
            "type": "number" if only_poor else ["number", "null"],
            "description": "Credits that the request costs.",
        },
        "$field_errors": {
            "type": "object",
            "description": "Sentences by the first key of the path of what is wrong.",
            "additionalProperties": messages,
        },
        "$form_errors": {**messages, "description": "Sentences on what belongs to no key."},
        "$message": {"type": "string", "description": "A sentence for people."},
        "$id": {"type": "string", "const": response.id},
        "$type": {"type": "string", "const": response.type},
    }
    return _filled(catalog.bodies[response.body], placeholders)


def _filled(template: object, placeholders: Mapping[str, Schema]) -> Schema:
    """Return the schema of a body as the catalog writes it: a literal stands for itself."""
    match template:
        case Mapping():
            inner = {name: _filled(part, placeholders) for name, part in template.items()}
            return {"type": "object", "properties": inner, **({"required": list(inner)} if inner else {})}
        case tuple():
            items = [_filled(part, placeholders) for part in template]
            if not items:
                return {"type": "array", "maxItems": 0}
            return {"type": "array", "prefixItems": items, "items": False, "minItems": len(items)}
        case str():
            return placeholders.get(template, {"type": "string", "const": template})
        case bool():
            return {"type": "boolean", "const": template}
        case _:
            return {"type": "integer", "const": template}


def answer_schema(catalog: Catalog, query: Query) -> Schema:
    """Return the schema of what a query answers; any value of it may be absent.

    Raises:
        Inexpressible: there is no such kind of value.
    """
    return _shaped(query.answer, catalog, f"queries.{query.id}.answer")


def _shaped(shape: object, catalog: Catalog, key: str) -> Schema:
    """Return the schema of an answer whose leaves name kinds of values; a value may be absent."""
    match shape:
        case Mapping():
            inner = {name: _shaped(part, catalog, f"{key}.{name}") for name, part in shape.items()}
            return {"type": "object", "properties": inner}
        case "status":
            return _status(catalog.tasks)
        case str() if shape in KINDS:
            return dict(KINDS[shape])
        case _:
            reason = f"there is no kind of value {shown(shape)}.{hint(shape, (*KINDS, 'status'))}"
            raise Inexpressible(f"{catalog.id}: {key}: {reason}")


def is_numbered(tasks: Tasks) -> bool:
    """Tell whether a service writes the states of a task as numbers."""
    return bool(tasks.states) and all(word.isascii() and word.isdigit() for word in tasks.states)


def _status(tasks: Tasks) -> Schema:
    said = ", ".join(word if word == state else f"{word} ({state})" for word, state in tasks.states.items())
    if is_numbered(tasks):
        return {"type": "integer", "description": f"{said}.", "enum": [int(word) for word in tasks.states]}
    return {"type": "string", "description": f"{said}.", "enum": list(tasks.states)}
