"""Whether a request is allowed: the first step on the way body, check, parameters, price, quote."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, assert_never

from pricing_rules.answers import Violation
from pricing_rules.catalog.compiled import per_catalog
from pricing_rules.catalog.constraints import Rule
from pricing_rules.catalog.provenance import Origin
from pricing_rules.catalog.records import Catalog, Field, Model
from pricing_rules.catalog.rulebook import Rulebook, book_of
from pricing_rules.request.check import Check, by_model, check_of
from pricing_rules.request.explanation import broken, broken_item, broken_rule, explain, faulty_items
from pricing_rules.request.faults import About, Broken, Items, Lister, Shared, Unknown, lister_of, once
from pricing_rules.request.unknown_keys import unknown_key


def validate(catalog: Catalog, request: object, *, endpoint: str | None = None) -> tuple[Violation, ...]:
    """List every rule that a request breaks; an empty tuple means that the service takes it.

    Args:
        catalog: the service's catalog.
        request: the parsed JSON body; any JSON-like value gets an answer.
        endpoint: id of the endpoint that it goes to; without, the one that its model belongs to.

    Raises:
        UnknownEndpoint: the catalog has no such endpoint.
    """
    try:
        check: Check = catalog.compiled[check_of]
    except KeyError:
        check = check_of(catalog)
    return _faults(catalog, request, endpoint) if check(request, endpoint) is None else ()


def _faults(catalog: Catalog, request: object, endpoint: str | None) -> tuple[Violation, ...]:
    """List the faults by the model's lister, and by the explanation where there is none or it gives up."""
    return listers(catalog)(request, endpoint) or explain(catalog, request, endpoint)


@per_catalog
def shared_violations(_: Catalog) -> Shared:
    """Return what was said of short values, by what it is about."""
    return {}


@per_catalog
def listers(catalog: Catalog) -> Lister:
    """Return what lists the faults of a request to any model; None where it gives up."""
    shared = shared_violations(catalog)

    def make(model: Model) -> Lister:
        endpoint, book = catalog.endpoints[model.endpoint], book_of(catalog, model)
        return lister_of(endpoint, book, shared, partial(_saying, book, endpoint.provenance.of("unknown"), shared))

    return by_model(catalog, make)


def _saying(book: Rulebook, origin: Origin, shared: Shared, about: About) -> Callable[[Any], Any]:
    """Return what says a fault, or the faults of items, by its value."""
    match about:
        case Items(field):
            return partial(_items, field, shared)
        case Broken(constraint, field):
            return partial(broken, constraint, field)
        case Unknown(path, known):
            return partial(unknown_key, book, origin, path, known)
        case Rule():
            return partial(broken_rule, book, about)
        case _:
            assert_never(about)


def _items(field: Field, shared: Shared, items: list[object]) -> Iterator[Violation]:
    for index, item in faulty_items(items):
        yield once(shared, partial(broken_item, field, index), (field, index), item)
