"""Whether a request is allowed: the first step on the way body, check, parameters, price, quote."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any, assert_never

from pricing_rules.answers import Violation
from pricing_rules.catalog.compiled import per_catalog
from pricing_rules.catalog.constraints import Rule
from pricing_rules.catalog.provenance import Origin
from pricing_rules.catalog.records import Catalog, Field, Model
from pricing_rules.catalog.rulebook import Rulebook, book_of
from pricing_rules.catalog.tariff import moment_of
from pricing_rules.request.arguments import check_catalog, instant
from pricing_rules.request.check import Check, by_model, check_of, current_check
from pricing_rules.request.explanation import broken, broken_item, broken_rule, explain, faulty_items
from pricing_rules.request.faults import About, Broken, Items, Lister, Shared, Unknown, lister_of, once
from pricing_rules.request.unknown_keys import unknown_key


def validate(
    catalog: Catalog, request: object, *, endpoint: str | None = None, at: datetime | None = None
) -> tuple[Violation, ...]:
    """List every rule that a request breaks; an empty tuple means that the service takes it.

    Args:
        catalog: the service's catalog.
        request: the parsed JSON body; any JSON-like value gets an answer.
        endpoint: id of the endpoint that it goes to; without, the one that its model belongs to.
        at: the instant whose tiers and defaults hold, with its offset; without, the catalog's version.

    Raises:
        UnknownEndpoint: the catalog has no such endpoint.
        TypeError: what is given as a catalog is none, or `at` is no datetime.
        ValueError: `at` has no offset.
    """
    try:
        check = catalog.compiled[current_check] if at is None else check_at(catalog, at)
    except (AttributeError, KeyError):
        check = check_at(catalog, at)
    return () if check(request, endpoint) else faults_of(catalog, request, endpoint, at)


def is_valid(catalog: Catalog, request: object, *, endpoint: str | None = None, at: datetime | None = None) -> bool:
    """Tell whether a service takes a request: whether `validate` would list nothing, without writing a message.

    Args:
        catalog: the service's catalog.
        request: the parsed JSON body; any JSON-like value gets an answer.
        endpoint: id of the endpoint that it goes to; without, the one that its model belongs to.
        at: the instant whose tiers and defaults hold, with its offset; without, the catalog's version.

    Raises:
        UnknownEndpoint: the catalog has no such endpoint.
        TypeError: what is given as a catalog is none, or `at` is no datetime.
        ValueError: `at` has no offset.
    """
    try:
        check = catalog.compiled[current_check] if at is None else check_at(catalog, at)
    except (AttributeError, KeyError):
        check = check_at(catalog, at)
    found = check(request, endpoint)
    return not explain(catalog, request, endpoint, at) if found is None else found is not False


def check_at(catalog: Catalog, at: datetime | None) -> Check:
    """Return the check of requests at a caller's instant.

    Raises:
        TypeError: what is given as a catalog is none, or `at` is no datetime.
        ValueError: `at` has no offset.
    """
    check_catalog(catalog)
    return current_check(catalog) if at is None else check_of(catalog, moment_of(catalog, instant(at)))


def faults_of(catalog: Catalog, request: object, endpoint: str | None, at: datetime | None) -> tuple[Violation, ...]:
    """List the faults by the model's lister, and by the explanation where there is none or it gives up."""
    listed = current_lister(catalog) if at is None else lister_from(catalog, moment_of(catalog, at))
    return listed(request, endpoint) or explain(catalog, request, endpoint, at)


@per_catalog
def shared_violations(_: Catalog) -> Shared:
    """Return what was said of short values, by what it is about."""
    return {}


@per_catalog
def current_lister(catalog: Catalog) -> Lister:
    """Return what lists the faults of a request at the catalog's version."""
    return lister_from(catalog, moment_of(catalog))


@per_catalog
def lister_from(catalog: Catalog, moment: datetime) -> Lister:
    """Return what lists the faults of a request to any model from a moment on; None where it gives up."""
    shared = shared_violations(catalog)

    def make(model: Model) -> Lister:
        endpoint, book = catalog.endpoints[model.endpoint], book_of(catalog, model, moment)
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
