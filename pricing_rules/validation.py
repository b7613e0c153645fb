"""Whether a request is allowed: the first step on the way body, check, parameters, price, quote."""

from pricing_rules.answers import Violation
from pricing_rules.catalog import Catalog
from pricing_rules.explanation import explain
from pricing_rules.targets.python import Check, check_of


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
    return explain(catalog, request, endpoint) if check(request, endpoint) is None else ()
