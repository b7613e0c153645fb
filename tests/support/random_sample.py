"""The catalogs and requests of laws 3 and 4 that are made at random, with what Python says of each; made once.

The long run is PRICING_RULES_LONG=1: 500 catalogs and 300 requests to each.
"""

import os
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from pricing_rules import Catalog, InvalidRequest, Unpriced, quote, validate
from pricing_rules.errors import Inexpressible
from pricing_rules.export import VIEWS, schema
from support.openapi_bodies import requested
from support.random_catalogs import catalogs
from support.random_requests import requests

SEED = 4
LONG = bool(os.environ.get("PRICING_RULES_LONG"))
CATALOGS, REQUESTS = (500, 300) if LONG else (80, 50)
REFUSED = 0.1  # of the endpoints at most cannot be told as closed shapes


class Case(NamedTuple):
    """A request to an endpoint, and whether Python's `validate` accepts and `quote` prices it."""

    endpoint: str
    request: Any
    valid: bool
    priced: bool

    def accepted(self, view: str) -> bool:
        """Tell whether a view has to accept the request."""
        return self.priced if view == "form" else self.valid


class Drawn(NamedTuple):
    """A catalog made at random, and requests to it."""

    catalog: Catalog
    cases: list[Case]


@cache
def sample() -> list[Drawn]:
    """Make the catalogs and the requests to each."""
    with TemporaryDirectory() as folder:
        drawn = islice(catalogs(SEED, Path(folder)), CATALOGS)
        return [Drawn(catalog, [*_cases(catalog)]) for catalog in drawn]


def _cases(catalog: Catalog) -> Iterator[Case]:
    for endpoint, request in requests(SEED, catalog, REQUESTS):
        valid = validate(catalog, request, endpoint=endpoint) == ()
        yield Case(endpoint, request, valid, _is_priced(catalog, endpoint, request))


def _is_priced(catalog: Catalog, endpoint: str, request: object) -> bool:
    try:
        quote(catalog, request, endpoint=endpoint)
    except (InvalidRequest, Unpriced):
        return False
    return True


def views(catalog: Catalog) -> dict[tuple[str, str], Any]:
    """Return every view of every endpoint, by view and endpoint, without what cannot be told as closed shapes."""
    found: dict[tuple[str, str], Any] = {}
    for endpoint in catalog.endpoints.values():
        for view in VIEWS:
            try:
                found[view, endpoint.id] = schema(catalog, endpoint, view)
            except Inexpressible:
                assert view == "types"
    if all(("types", endpoint) in found for endpoint in catalog.endpoints):
        found |= {("openapi", endpoint): requested(catalog, endpoint) for endpoint in catalog.endpoints}
    return found
