"""A catalog as OpenAPI 3.1: its endpoints and queries, with every body that the service answers."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, assert_never

from pricing_rules.catalog.protocol import Query, Response, Tasks
from pricing_rules.catalog.records import Catalog, Endpoint
from pricing_rules.errors import Inexpressible
from pricing_rules.spelling import hint, shown
from pricing_rules.targets.types import types_schema

Schema = dict[str, Any]
Answer = tuple[int, str, str]  # status, description, name of the body among the components
METHODS = ("GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE")
KINDS: Mapping[str, Schema] = {
    "string": {"type": "string"},
    "strings": {"type": "array", "items": {"type": "string"}},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "seconds": {"type": "integer", "description": "Seconds since 1970 (UTC)."},
    "time": {"type": "string", "description": "An instant."},
    "credits": {"type": "number", "description": "Credits."},
}
PHRASES: Mapping[int, str] = {2: "The request was taken", 4: "The request was refused", 5: "The service failed"}


def openapi(catalog: Catalog) -> Schema:
    """Return the OpenAPI 3.1 document of a service.

    Raises:
        Inexpressible: the document has no words for a part of the catalog.
    """
    paths: dict[str, dict[str, Schema]] = {}
    for endpoint in catalog.endpoints.values():
        _place(paths, catalog, endpoint, _endpoint_operation(catalog, endpoint))
    for query in catalog.queries.values():
        _place(paths, catalog, query, _query_operation(catalog, query))
    return {
        "openapi": "3.1.0",
        "info": {"title": catalog.title, "version": catalog.version},
        "security": [{"key": []}],
        "paths": paths,
        "components": {
            "schemas": _schemas(catalog),
            "securitySchemes": {"key": _security(catalog)},
        },
    }


def _schemas(catalog: Catalog) -> Schema:
    """Return every body: what endpoints take, what the service answers, what queries tell."""
    return {
        **{_component(endpoint.id, "request"): _request(catalog, endpoint) for endpoint in catalog.endpoints.values()},
        **{_component(response.id, "response"): _body(catalog, response) for response in catalog.responses.values()},
        **{_component(query.id, "answer"): _answer(catalog, query) for query in catalog.queries.values()},
    }


def _place(paths: dict[str, dict[str, Schema]], catalog: Catalog, what: Endpoint | Query, operation: Schema) -> None:
    """Put an operation at its path, which must be one that OpenAPI can name, and free."""
    methods = paths.setdefault(what.path, {})
    if what.method not in METHODS or not what.path.startswith("/") or what.method.lower() in methods:
        reason = f"OpenAPI has no place for {what.method} {what.path}, or it is taken"
        raise Inexpressible(f"{catalog.id}: {what.id}: {reason}")
    methods[what.method.lower()] = operation


def _endpoint_operation(catalog: Catalog, endpoint: Endpoint) -> Schema:
    body = {"application/json": {"schema": {"$ref": f"#/components/schemas/{_component(endpoint.id, 'request')}"}}}
    return {
        **_operation(endpoint),
        "requestBody": {"required": True, "content": body},
        "responses": _responses(map(_answer_of, catalog.responses.values())),
        **_callbacks(catalog, endpoint),
    }


def _query_operation(catalog: Catalog, query: Query) -> Schema:
    """Return a query: any answer of the service that is not about a request, and its own."""
    refused = [response for response in catalog.responses.values() if set(response.outcomes) <= {"internal"}]
    return {**_operation(query), "responses": _responses([_result(query), *map(_answer_of, refused)])}


def _operation(what: Endpoint | Query) -> Schema:
    named = dict.fromkeys(re.findall(r"\{([^{}]+)\}", what.path))
    parameters = [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in named]
    return {
        "operationId": f"{what.method.lower()}_{what.id}",
        "summary": what.title,
        **({"parameters": parameters} if parameters else {}),
    }


def _component(name: str, kind: str) -> str:
    """Write the name of a component with the characters that it may have."""
    return f"{re.sub(r'[^A-Za-z0-9_-]', lambda found: f'.{ord(found[0]):x}.', name)}.{kind}"


def _request(catalog: Catalog, endpoint: Endpoint) -> Schema:
    """Return the types view, which generators of types take best, without the keys of a schema of its own."""
    schema = types_schema(catalog, endpoint)
    opened: Schema = _opened({key: value for key, value in schema.items() if key not in ("$schema", "$id")})
    return opened


def _opened(part: Any) -> Any:  # noqa: ANN401 -- any part of a schema
    """Say that an object of unnamed keys may have any: generators of types take silence as an empty object."""
    if isinstance(part, list):
        return [_opened(inner) for inner in part]
    if not isinstance(part, dict):
        return part
    unnamed = part.get("type") == "object" and not part.keys() & {"properties", "additionalProperties"}
    return {key: _opened(inner) for key, inner in part.items()} | ({"additionalProperties": True} if unnamed else {})


def _responses(answers: Iterable[Answer]) -> Schema:
    """Return the answers by status; those that share one share an entry, which lists them."""
    by_status: dict[int, list[Answer]] = {}
    for answer in answers:
        by_status.setdefault(answer[0], []).append(answer)
    return {str(status): _response(same) for status, same in sorted(by_status.items())}


def _response(answers: list[Answer]) -> Schema:
    said = [description.rstrip(".") for _, description, _ in answers]
    schemas: list[Schema] = [{"$ref": f"#/components/schemas/{name}"} for _, _, name in answers]
    schema = schemas[0] if len(schemas) == 1 else {"anyOf": schemas}
    return {"description": f"{'; '.join(said)}.", "content": {"application/json": {"schema": schema}}}


def _answer_of(response: Response) -> Answer:
    said = response.message or f"{PHRASES.get(response.status // 100, 'An answer')}."
    return response.status, f"{response.id}: {said}", _component(response.id, "response")


def _result(query: Query) -> Answer:
    return 200, query.title, _component(query.id, "answer")


def _body(catalog: Catalog, response: Response) -> Schema:
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


def _answer(catalog: Catalog, query: Query) -> Schema:
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


def _status(tasks: Tasks) -> Schema:
    said = ", ".join(word if word == state else f"{word} ({state})" for word, state in tasks.states.items())
    if all(word.isascii() and word.isdigit() for word in tasks.states):
        return {"type": "integer", "description": f"{said}.", "enum": [int(word) for word in tasks.states]}
    return {"type": "string", "description": f"{said}.", "enum": list(tasks.states)}


def _callbacks(catalog: Catalog, endpoint: Endpoint) -> Schema:
    """Return what the service sends to the address in the request, where there is a field for one."""
    tasks = catalog.tasks
    if tasks.callback is None or tasks.callback not in endpoint.fields:
        return {}
    query = catalog.queries[tasks.query]
    schema = {"$ref": f"#/components/schemas/{_component(query.id, 'answer')}"}
    sent = {"required": True, "content": {"application/json": {"schema": schema}}}
    told = {"requestBody": sent, "responses": {"2XX": {"description": "The address was told."}}, "security": []}
    address = f"{{$request.body#{catalog.fields[tasks.callback].wire}}}"
    return {"callbacks": {"taskEnded": {address: {"post": {"summary": "The task ended", **told}}}}}


def _security(catalog: Catalog) -> Schema:
    authentication = catalog.authentication
    match authentication.scheme:
        case "bearer":
            prefix = authentication.key_prefix
            about = {"description": f"A key that starts with {prefix}"} if prefix else {}
            return {"type": "http", "scheme": "bearer", **about}
        case _:
            assert_never(authentication.scheme)
