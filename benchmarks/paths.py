"""The ways beside a priced quote: what each costs, in priced quotes of the same run."""

from collections.abc import Callable, Iterator
from typing import Any

from corpus import Request, corpus

from pricing_rules import Catalog, InvalidRequest, Unpriced, as_dict, is_valid, options, price, quote, validate

Loop = Callable[[list[Any]], None]
PATHS = "ways, in priced quotes"
CUSTOM = ("1.1", "5/3", 2, "0.78")


def paths(catalog: Catalog) -> Iterator[tuple[str, str, Loop, list[Any]]]:
    """Yield each way with its loop and inputs: section, name, loop, inputs; the priced quote first."""
    valid, _ = corpus(catalog)
    open_, mixed = unpriced(catalog, valid), []
    for number, request in enumerate(valid):
        mixed.append(open_[number % len(open_)] if number % 5 == 0 else request)
    faulty = [{**request, "seed": 5} for request in valid]
    assert all(len(validate(catalog, request)) == 1 for request in faulty)
    points = [
        {"model_id": one.model, **{name: getattr(one.parameters, name) for name in ("duration", "resolution")}}
        for one in options(catalog)
    ]
    quotes = [quote(catalog, request) for request in valid]
    multiplied = [(request, CUSTOM[number % len(CUSTOM)]) for number, request in enumerate(valid)]
    priced = each(lambda one: quote(catalog, one[0], custom_multiplier=one[1]))
    yield PATHS, "quote, valid and priced", each(lambda body: quote(catalog, body)), valid
    yield PATHS, "is_valid", each(lambda body: is_valid(catalog, body)), valid
    yield PATHS, "quote, valid and not priced", refused(catalog), open_
    yield PATHS, "quote, a fifth not priced", refused(catalog), mixed
    yield PATHS, "quote, one fault", refused(catalog), faulty
    yield PATHS, "price", each(lambda point: price(catalog, **point)), points
    yield PATHS, "quote, a custom multiplier", priced, multiplied
    yield PATHS, "as_dict", each(as_dict), quotes


def unpriced(catalog: Catalog, valid: list[Request]) -> list[Request]:
    """Return requests that are valid and leave out what their price depends on."""
    found = []
    for request in valid:
        for name in ("duration", "resolution"):
            body = {key: value for key, value in request.items() if key != name}
            if name in request and is_valid(catalog, body) and not is_priced(catalog, body):
                found.append(body)
    return found


def is_priced(catalog: Catalog, body: Request) -> bool:
    """Tell whether a valid request has a price."""
    try:
        quote(catalog, body)
    except Unpriced:
        return False
    return True


def each(call: Callable[[Any], object]) -> Loop:
    """Return the loop of a way's calls."""

    def loop(inputs: list[Any]) -> None:
        for one in inputs:
            call(one)

    return loop


def refused(catalog: Catalog) -> Loop:
    """Return the loop of quotes that may be refused, caught as a server does."""

    def loop(inputs: list[Any]) -> None:
        for one in inputs:
            try:  # noqa: SIM105 -- suppress takes about as long as the refusal
                quote(catalog, one)
            except (InvalidRequest, Unpriced):
                pass

    return loop
