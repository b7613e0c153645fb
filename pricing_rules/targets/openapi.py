"""A catalog as OpenAPI 3.1: its endpoints and queries, with every body of its answers, and examples."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, assert_never

from attrs import frozen

from pricing_rules.answers import Quote
from pricing_rules.catalog.compiled import models_of
from pricing_rules.catalog.labels import words_of
from pricing_rules.catalog.protocol import Query, Response
from pricing_rules.catalog.provenance import Provenance
from pricing_rules.catalog.records import Catalog, Endpoint
from pricing_rules.errors import Inexpressible
from pricing_rules.targets.bodies import Schema, answer_schema, body_schema
from pricing_rules.targets.names import Names
from pricing_rules.targets.samples import answer_examples, first_price, query_examples, request_examples
from pricing_rules.targets.types import definitions, one_of

METHODS = ("GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE")
PHRASES: Mapping[int, str] = {2: "The request was taken", 4: "The request was refused", 5: "The service failed"}
PRINTED = ("method", "path", "required", "modes")  # the parts of an endpoint that its operation states
ANSWERED = ("status", "body", "message", "answer")  # and those of an answer
COMPONENTS = "#/components/schemas"


@frozen
class Answer:
    """An answer of an operation: its status, what is said of it, its component and examples of it."""

    status: int
    about: str
    component: str
    examples: Mapping[str, Any]


@frozen
class Document:
    """What a document names: the components of requests, responses and answers, operations, and the first price."""

    catalog: Catalog
    requests: Mapping[str, str]
    responses: Mapping[str, str]
    answers: Mapping[str, str]
    operations: Names
    first: Quote | None


def openapi(catalog: Catalog) -> Schema:
    """Return the OpenAPI 3.1 document of a service.

    Raises:
        Inexpressible: the document has no words for a part of the catalog.
    """
    names = Names()
    document = Document(
        catalog,
        {name: names.of(f"{name} request") for name in catalog.endpoints},
        {name: names.of(f"{name} response") for name in catalog.responses},
        {name: names.of(f"{name} answer") for name in catalog.queries},
        Names(),
        first_price(catalog),
    )
    paths: dict[str, dict[str, Schema]] = {}
    for endpoint in catalog.endpoints.values():
        _place(paths, catalog, endpoint, _endpoint_operation(document, endpoint))
    for query in catalog.queries.values():
        _place(paths, catalog, query, _query_operation(document, query))
    return {
        "openapi": "3.1.0",
        "info": {"title": catalog.title, "version": catalog.version, "description": _about(catalog)},
        **({"servers": [{"url": host.url} for host in catalog.hosts]} if catalog.hosts else {}),
        "security": [{"key": []}],
        "tags": [*_tags(catalog)],
        "paths": paths,
        "components": {"schemas": _schemas(document, names), "securitySchemes": {"key": _security(catalog)}},
    }


def _about(catalog: Catalog) -> str:
    documents = dict.fromkeys(origin.source.partition(":")[0] for origin in catalog.sources.values())
    return (
        f"Requests to {catalog.title} and its answers, as of {catalog.version}, "
        f"from these documents: {', '.join(documents)}.\n\n"
        "What is called inferred here no document prints; the reason follows."
    )


def _tags(catalog: Catalog) -> Iterator[Schema]:
    """Yield a tag for each endpoint and for each query that shares its name with none."""
    for endpoint in catalog.endpoints.values():
        models = ", ".join(model.title for model in models_of(catalog, endpoint))
        yield {"name": words_of(endpoint.id), "description": f"{endpoint.title}: {models}."}
    for query in catalog.queries.values():
        if query.id not in catalog.endpoints:
            yield {"name": words_of(query.id), "description": f"{query.title}."}


def _schemas(document: Document, names: Names) -> Schema:
    """Return every body: what endpoints take of each model, what the service answers, what queries tell."""
    catalog = document.catalog
    found: Schema = {}
    for endpoint in catalog.endpoints.values():
        shapes = definitions(catalog, endpoint, names)
        about = {"title": f"{endpoint.title} request", "description": f"{endpoint.method} {endpoint.path}"}
        found[document.requests[endpoint.id]] = {**about, **one_of(shapes, COMPONENTS)}
        found |= {name: _opened(shape) for name, shape in shapes.items()}
    found |= {document.responses[name]: body_schema(catalog, one) for name, one in catalog.responses.items()}
    return found | {document.answers[name]: answer_schema(catalog, query) for name, query in catalog.queries.items()}


def _place(paths: dict[str, dict[str, Schema]], catalog: Catalog, what: Endpoint | Query, operation: Schema) -> None:
    """Put an operation at its path, which must be one that OpenAPI can name, and free."""
    methods = paths.setdefault(what.path, {})
    if what.method not in METHODS or not what.path.startswith("/") or what.method.lower() in methods:
        reason = f"OpenAPI has no place for {what.method} {what.path}, or it is taken"
        raise Inexpressible(f"{catalog.id}: {what.id}: {reason}")
    methods[what.method.lower()] = operation


def _endpoint_operation(document: Document, endpoint: Endpoint) -> Schema:
    catalog = document.catalog
    body = {"schema": _ref(document.requests[endpoint.id]), **_with(request_examples(catalog, endpoint))}
    return {
        **_operation(document, endpoint),
        "requestBody": {"required": True, "content": {"application/json": body}},
        "responses": _responses(_answer_of(document, response) for response in catalog.responses.values()),
        **_callbacks(document, endpoint),
    }


def _query_operation(document: Document, query: Query) -> Schema:
    """Return a query: any answer of the service that is not about a request, and its own."""
    refused = [one for one in document.catalog.responses.values() if set(one.outcomes) <= {"internal"}]
    answers = [_result(document, query), *(_answer_of(document, response) for response in refused)]
    return {**_operation(document, query), "responses": _responses(answers)}


def _operation(document: Document, what: Endpoint | Query) -> Schema:
    named = dict.fromkeys(re.findall(r"\{([^{}]+)\}", what.path))
    parameters = [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in named]
    return {
        "operationId": document.operations.call(what.title, f"{what.method.lower()} {what.id}"),
        "tags": [words_of(what.id)],
        "summary": what.title,
        "description": f"From {what.provenance.origin.source}.{_doubts(what.provenance, *PRINTED)}",
        **({"parameters": parameters} if parameters else {}),
    }


def _doubts(provenance: Provenance, *parts: str) -> str:
    """Say what of a record no document prints, and why it is taken all the same; nothing where all is printed."""
    named = {
        "": provenance.origin,
        **{f" {part}": provenance.parts[part] for part in parts if part in provenance.parts},
    }
    doubted = ((name, origin) for name, origin in named.items() if origin.basis == "inferred")
    return "".join(f"\n\nInferred{name}: {origin.source}" for name, origin in doubted)


def _ref(component: str) -> Schema:
    return {"$ref": f"{COMPONENTS}/{component}"}


def _with(examples: Mapping[str, Any]) -> Schema:
    return {"examples": dict(examples)} if examples else {}


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
        by_status.setdefault(answer.status, []).append(answer)
    return {str(status): _response(same) for status, same in sorted(by_status.items())}


def _response(answers: list[Answer]) -> Schema:
    schemas = [_ref(answer.component) for answer in answers]
    schema = schemas[0] if len(schemas) == 1 else {"anyOf": schemas}
    examples = {name: example for answer in answers for name, example in answer.examples.items()}
    content = {"application/json": {"schema": schema, **_with(examples)}}
    return {"description": "\n\n".join(answer.about for answer in answers), "content": content}


def _answer_of(document: Document, response: Response) -> Answer:
    said = response.message or f"{PHRASES.get(response.status // 100, 'An answer')}."
    about = f"`{response.id}`: {said}{_doubts(response.provenance, *ANSWERED)}"
    shown = answer_examples(document.catalog, response, document.first)
    return Answer(response.status, about, document.responses[response.id], shown)


def _result(document: Document, query: Query) -> Answer:
    about = f"{query.title}.{_doubts(query.provenance, *ANSWERED)}"
    return Answer(200, about, document.answers[query.id], query_examples(document.catalog, query, document.first))


def _callbacks(document: Document, endpoint: Endpoint) -> Schema:
    """Return what the service sends to the address in the request, where there is a field for one."""
    tasks, catalog = document.catalog.tasks, document.catalog
    if tasks.callback is None or tasks.callback not in endpoint.fields:
        return {}
    query = catalog.queries[tasks.query]
    shown = query_examples(catalog, query, document.first)
    content = {"application/json": {"schema": _ref(document.answers[query.id]), **_with(shown)}}
    told = {
        "operationId": document.operations.call(f"{endpoint.title} ended", f"{endpoint.id} ended"),
        "summary": "The task ended",
        "requestBody": {"required": True, "content": content},
        "responses": {
            "2XX": {"description": "The address was told."},
            "4XX": {"description": "What follows then no document says."},
        },
        "security": [],
    }
    return {"callbacks": {"taskEnded": {f"{{$request.body#{catalog.fields[tasks.callback].wire}}}": {"post": told}}}}


def _security(catalog: Catalog) -> Schema:
    authentication = catalog.authentication
    match authentication.scheme:
        case "bearer":
            prefix = authentication.key_prefix
            about = {"description": f"A key that starts with {prefix}"} if prefix else {}
            return {"type": "http", "scheme": "bearer", **about}
        case _:
            assert_never(authentication.scheme)
