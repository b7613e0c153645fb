"""Whether a request is allowed: the first step on the way body, check, parameters, price, quote."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, assert_never, cast

from pricing_rules.answers import Violation
from pricing_rules.body import target
from pricing_rules.catalog import Catalog, Model
from pricing_rules.constraints import Rule
from pricing_rules.explanation import broken, broken_rule, explain, item_faults
from pricing_rules.provenance import Origin
from pricing_rules.rulebook import Rulebook, rulebook
from pricing_rules.targets.python import Check, check_of
from pricing_rules.targets.python_faults import About, Broken, Items, Unknown, lister_of
from pricing_rules.unknown_keys import once, unknown_key

Listing = Callable[[dict[str, Any]], list[Violation] | None]


def validate(catalog: Catalog, request: object, *, endpoint: str | None = None) -> tuple[Violation, ...]:
    """List every rule that a request breaks; an empty tuple means that the service takes it.

    Args:
        catalog: the service's catalog.
        request: the parsed JSON body; any JSON-like value gets an answer.
        endpoint: id of the endpoint that it goes to; without, the one that its model belongs to.

    Raises:
        UnknownEndpoint: the catalog has no such endpoint.
    """
    check: Check = catalog.compiled.get("check") or check_of(catalog)
    return _faults(catalog, request, endpoint) if check(request, endpoint) is None else ()


def _faults(catalog: Catalog, request: object, endpoint: str | None) -> tuple[Violation, ...]:
    """List the faults by the model's lister, and by the explanation where there is none or it gives up."""
    place, model = target(catalog, request, endpoint)
    if type(request) is not dict or model is None or (place and place.id != model.endpoint):
        return explain(catalog, request, endpoint)
    lister: Listing = catalog.compiled.get(("lister", model.id)) or _lister(catalog, model)
    faults = lister(request)
    if not faults:
        return explain(catalog, request, endpoint)
    found: dict[str, Violation] = {}
    for violation in faults:
        found.setdefault(violation.path, violation)
    return tuple(found.values())


def _lister(catalog: Catalog, model: Model) -> Listing:
    """Return the lister of a model's requests, kept with the catalog."""
    endpoint = catalog.endpoints[model.endpoint]
    book, origin = rulebook(catalog, endpoint, model), endpoint.provenance.of("unknown")
    lister, abouts = lister_of(book)
    told = catalog.compiled.setdefault("told", {})
    sayings = [_saying(book, origin, about) for about in abouts]

    def say(number: int, value: object) -> Violation:
        return once(told, sayings[number], (model.id, number), value)

    def tell(number: int, value: object) -> Iterable[Violation]:
        return cast("Iterable[Violation]", sayings[number](value))

    found: Listing = catalog.compiled.setdefault(("lister", model.id), lambda request: lister(request, say, tell))
    return found


def _saying(book: Rulebook, origin: Origin, about: About) -> Callable[[Any], Any]:
    """Return what says a fault, or the faults of items, by its value."""
    match about:
        case Items(field):
            return partial(item_faults, field)
        case Broken(constraint, field):
            return partial(broken, constraint, field)
        case Unknown(path, known):
            return partial(unknown_key, book, origin, path, known)
        case Rule():
            return partial(broken_rule, book, about)
        case _:
            assert_never(about)
