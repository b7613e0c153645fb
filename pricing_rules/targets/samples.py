"""Examples of requests and answers for an OpenAPI document: the printed ones, then those made from the rules."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from pricing_rules.answers import Quote
from pricing_rules.catalog.labels import label_of
from pricing_rules.catalog.protocol import Query, Response, Sample
from pricing_rules.catalog.provenance import Origin
from pricing_rules.catalog.records import Catalog, Endpoint
from pricing_rules.errors import Inexpressible, InsufficientCredits, InvalidRequest, Unpriced
from pricing_rules.request.body import value_of
from pricing_rules.request.quote import quote
from pricing_rules.responses import accepted, refusal
from pricing_rules.serialization import amount
from pricing_rules.spelling import listed
from pricing_rules.targets.bodies import is_numbered
from pricing_rules.targets.examples import ADDRESS, examples
from pricing_rules.targets.names import Names

Example = dict[str, Any]
TASK = "task-1"
MADE_UP = "Made up from the kinds of its values"
VALUES: Mapping[str, Any] = {
    "string": "text",
    "strings": [ADDRESS],
    "number": 1,
    "boolean": False,
    "seconds": 1_800_000_000,
}


def request_examples(catalog: Catalog, endpoint: Endpoint) -> dict[str, Example]:
    """Return requests to an endpoint by names of their own: the printed ones first, each with what it costs.

    Raises:
        Inexpressible: the rules of the catalog refuse one of its samples.
    """
    names, field = Names(), catalog.fields["model"]
    printed = [(sample.title, plain(sample.body), sample) for sample in endpoint.samples]
    made = [(label_of(catalog, field, str(value_of(body, field))), body) for body in examples(catalog, endpoint)]
    return {
        **{names.of(title): _example(title, body, _cost(catalog, endpoint, body)) for title, body, _ in printed},
        **{names.of(title): _example(title, body, _cost(catalog, endpoint, body)) for title, body in made},
    }


def _cost(catalog: Catalog, endpoint: Endpoint, body: Example) -> str:
    """Say what a request costs, or what keeps it from having a price."""
    try:
        return f"It costs {quote(catalog, body, endpoint=endpoint.id).credits:,} credits."
    except Unpriced as unpriced:
        names = [catalog.fields[name].name for name in unpriced.missing if name in catalog.fields]
        return f"Its price is open: it depends on {listed(names, 'and')}, which the request leaves out."
    except InvalidRequest as invalid:
        raise Inexpressible(f"{catalog.id}: endpoints.{endpoint.id}.samples: {invalid.violations[0].message}") from None


def first_price(catalog: Catalog) -> Quote | None:
    """Return what the first request costs that can be made from the rules; None where none can."""
    requests = ((name, body) for name, place in catalog.endpoints.items() for body in examples(catalog, place))
    return next((quote(catalog, body, endpoint=name) for name, body in requests), None)


def answer_examples(catalog: Catalog, response: Response, first: Quote | None) -> dict[str, Example]:
    """Return bodies of an answer by names of their own: the printed ones, else one that tells the `first` price."""
    made = None if response.samples else _made(catalog, response, first)
    return _samples(response.samples) if made is None else {Names().of(response.id): _example(response.id, made)}


def query_examples(catalog: Catalog, query: Query, first: Quote | None) -> dict[str, Example]:
    """Return bodies of what a query answers by names of their own: the printed ones, else one made up."""
    made = _example(MADE_UP, _value(query.answer, catalog, first), "Inferred: no document shows one.")
    return _samples(query.samples) or {Names().of(MADE_UP): made}


def _value(shape: object, catalog: Catalog, first: Quote | None) -> Any:  # noqa: ANN401 -- any JSON value
    """Return a value of each kind that an answer names, that of a task which is completed."""
    match shape:
        case Mapping():
            return {name: _value(part, catalog, first) for name, part in shape.items()}
        case "status":
            states = catalog.tasks.states
            ended = next((word for word, state in states.items() if state == "completed"), next(iter(states), ""))
            return int(ended) if is_numbered(catalog.tasks) else ended
        case "credits":
            return amount(first.credits) if first else 1
        case "time":
            return f"{catalog.version}T00:00:00Z"
        case _:
            return VALUES.get(str(shape))


def _samples(samples: Iterable[Sample]) -> dict[str, Example]:
    names = Names()
    return {
        names.of(sample.title): _example(sample.title, plain(sample.body), _doubt(sample.provenance.origin))
        for sample in samples
    }


def _made(catalog: Catalog, response: Response, first: Quote | None) -> Example | None:
    """Return an answer as this library gives it."""
    if "accepted" in response.outcomes:
        return accepted(catalog, first, TASK)[1] if first else None
    if first and "insufficient_credits" in response.outcomes:
        return refusal(catalog, InsufficientCredits(first.credits, Decimal(0)))[1]
    return refusal(catalog, response.id)[1]


def _example(title: str, body: Example, about: str = "") -> Example:
    return {"summary": title, **({"description": about} if about else {}), "value": body}


def _doubt(origin: Origin) -> str:
    return f"Inferred: {origin.source}" if origin.basis == "inferred" else ""


def plain(content: Any) -> Any:  # noqa: ANN401 -- any part of a body
    """Return part of a body as lists and dictionaries."""
    match content:
        case Mapping():
            return {name: plain(part) for name, part in content.items()}
        case tuple():
            return [plain(part) for part in content]
        case _:
            return content
