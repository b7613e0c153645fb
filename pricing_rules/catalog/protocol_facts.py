"""Facts of a service beside its models: what it charges in, where it takes requests, what it answers and logs."""

from collections.abc import Iterator, Mapping
from typing import Any

from pricing_rules.catalog.protocol import Query, Response
from pricing_rules.catalog.provenance import Provenance
from pricing_rules.catalog.records import Catalog, Endpoint

Fact = tuple[str, str, Any]  # JSON Pointer in the tables of the catalog, name, value
BOUNDS = ("one_of", "minimum", "maximum", "min_length", "max_length", "max_items")


def protocol_facts(catalog: Catalog) -> Iterator[Fact]:
    """Yield the facts of the service itself; the sentences of its answers are none."""
    yield "/id", "service.id", catalog.id
    yield "/version", "version", catalog.version
    yield from _credit_facts(catalog)
    for endpoint in catalog.endpoints.values():
        yield from _endpoint_facts(catalog, endpoint)
    for response in catalog.responses.values():
        yield from _response_facts(catalog, response)
    for query in catalog.queries.values():
        yield from _query_facts(query)
    yield from _task_facts(catalog)


def _credit_facts(catalog: Catalog) -> Iterator[Fact]:
    credit, authentication = catalog.credit, catalog.authentication
    yield "/credit/unit", "credit.unit", str(credit.unit)
    if credit.usd is not None:
        yield "/credit/usd", "credit.usd", str(credit.usd)
    yield "/credit/grants", "credit.grants", tuple(sorted(credit.grants))
    yield from _basis(credit.provenance, "/credit", "credit.basis")
    yield "/authentication", "authentication.scheme", authentication.scheme
    yield "/authentication", "authentication.key_prefix", authentication.key_prefix
    yield from _basis(authentication.provenance, "/authentication", "authentication.basis")


def _endpoint_facts(catalog: Catalog, endpoint: Endpoint) -> Iterator[Fact]:
    """Yield where an endpoint is, and the limits that it states for requests without a known model."""
    place = _pointer("endpoints", endpoint.id)
    yield place, "endpoint.address", f"{endpoint.method} {endpoint.path}"
    yield place, "endpoint.modes", tuple(sorted(endpoint.modes.items()))
    for field in (catalog.fields[name] for name in endpoint.fields):
        for bound in BOUNDS:
            stated = getattr(field, bound)
            limit = endpoint.limits.get(stated) if isinstance(stated, str) else stated
            if limit is not None:
                yield f"{place}/fields{field.wire}", f"{field.id}.{bound}", _sorted(limit)


def _response_facts(catalog: Catalog, response: Response) -> Iterator[Fact]:
    place = _pointer("responses", response.id)
    yield place, "response.status", response.status
    yield place, "response.body", _content(catalog.bodies[response.body])
    yield place, "response.outcomes", tuple(sorted(response.outcomes))
    yield place, "response.type", response.type
    yield place, "response.retry", response.retry
    yield from _basis(response.provenance, place, "response.basis")


def _query_facts(query: Query) -> Iterator[Fact]:
    place = _pointer("queries", query.id)
    yield place, "query.address", f"{query.method} {query.path}"
    yield place, "query.answer", _content(query.answer)
    yield from _basis(query.provenance, place, "query.basis")


def _task_facts(catalog: Catalog) -> Iterator[Fact]:
    tasks, usage = catalog.tasks, catalog.usage
    yield "/tasks/query", "task.query", tasks.query
    yield "/tasks/refunded", "task.refunded", tuple(sorted(tasks.refunded))
    yield "/tasks/error_codes", "task.error_codes", tuple(sorted(tasks.error_codes))
    yield "/tasks/callback", "task.callback", catalog.fields[tasks.callback].wire if tasks.callback else ""
    for word, state in tasks.states.items():
        yield _pointer("tasks/states", word), "task.state", state
    yield from _basis(tasks.provenance, "/tasks", "task.basis")
    if usage:
        for column, keys in usage.columns.items():
            yield _pointer("usage/columns", column), "usage.keys", tuple(keys)
        yield from _basis(usage.provenance, "/usage", "usage.basis")


def _basis(provenance: Provenance, place: str, name: str) -> Iterator[Fact]:
    yield place, name, provenance.origin.basis
    for part, origin in provenance.parts.items():
        yield f"{place}/{_escaped(part)}", name, origin.basis


def _content(part: Any) -> Any:  # noqa: ANN401 -- any part of a body
    """Return a part of a body as one that can be compared: a table has no order, a list has."""
    if isinstance(part, Mapping):
        return ("table", *sorted((name, _content(inner)) for name, inner in part.items()))
    return ("list", *map(_content, part)) if isinstance(part, list | tuple) else part


def _sorted(limit: Any) -> Any:  # noqa: ANN401 -- of a field or a limit
    return tuple(sorted(limit, key=ascii)) if isinstance(limit, tuple) else limit


def _pointer(table: str, name: str) -> str:
    return f"/{table}/{_escaped(name)}"


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
