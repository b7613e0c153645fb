"""Requests of all services, valid, near-valid and hostile, with what Python says of each; made once for all tools."""

import json
import os
from contextlib import suppress
from copy import deepcopy
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from pricing_rules import InvalidRequest, Unpriced, export, quote, validate
from pricing_rules.catalog.constraints import NotAllowed
from pricing_rules.catalog.formula import TIERED
from pricing_rules.export import View
from pricing_rules.request.body import value_of
from support.strategies import (
    CATALOGS,
    MODELS,
    book_of,
    hostile_requests,
    limits,
    near_valid_requests,
    plants,
    put,
    valid_requests,
    valid_values,
)

SIZE = 20_000 if os.environ.get("PRICING_RULES_LONG") else 300
ENDPOINTS = [(catalog.id, endpoint) for catalog in CATALOGS.values() for endpoint in catalog.endpoints]


class Judged(NamedTuple):
    """A request to an endpoint, and whether Python's `validate` accepts and `quote` prices it."""

    service: str
    endpoint: str
    request: Any
    valid: bool
    priced: bool

    def accepted(self, view: str) -> bool:
        """Tell whether a view has to accept the request."""
        return self.priced if view == "form" else self.valid


def schema(service: str, endpoint: str, view: View) -> dict[str, Any]:
    """Return one view of an endpoint's requests, as it is exported."""
    return export.schema(CATALOGS[service], CATALOGS[service].endpoints[endpoint], view)


@cache
def schemas(view: View) -> dict[str, Any]:
    """Return one view of every endpoint, by `service endpoint`."""
    return {f"{service} {endpoint}": schema(service, endpoint, view) for service, endpoint in ENDPOINTS}


def as_sent(value: object) -> Any:
    """Return a value as it arrives after JSON text and UTF-8; raise a ValueError where it does not survive them."""
    try:
        return json.loads(json.dumps(value, default=_number, allow_nan=False, ensure_ascii=False).encode())
    except (TypeError, OverflowError) as error:
        raise ValueError(value) from error


def _number(value: object) -> float:
    if isinstance(value, Decimal) and value.is_finite():
        return float(value)
    raise TypeError(value)


def judged(service: str, endpoint: str, request: object) -> Judged:
    """Return a request with what Python says of it."""
    catalog = CATALOGS[service]
    try:
        quote(catalog, request, endpoint=endpoint)
        priced = True
    except (InvalidRequest, Unpriced):
        priced = False
    return Judged(service, endpoint, request, not validate(catalog, request, endpoint=endpoint), priced)


@st.composite
def priced_requests(draw: st.DrawFn, service: str, model_id: str) -> Any:
    """Make a request in which every parameter that the price needs is given; it may break a rule across fields."""
    request = draw(valid_requests(service, model_id))
    for name, rules in book_of(service, model_id).fields.items():
        if name in TIERED and NotAllowed not in limits(rules):
            put(request, rules.field.segments, draw(valid_values(rules)))
    return request


# what is made, how many in a hundred, and whether any endpoint may get it or only that of its model
KINDS = (
    (valid_requests, 20, False),
    (priced_requests, 32, False),
    (near_valid_requests, 25, False),
    (hostile_requests, 15, False),
    (priced_requests, 8, True),
)


@cache
def corpus() -> list[Judged]:
    """Make the requests, of each kind its share."""
    return [
        one
        for kind, share, anywhere in KINDS
        for service, endpoint in ENDPOINTS
        for one in _made(kind, SIZE * share // 100, service, endpoint, anywhere=anywhere)
    ]


def _made(kind: Any, count: int, service: str, endpoint: str, *, anywhere: bool) -> list[Judged]:
    """Make the part of so many requests that falls to the models of an endpoint."""
    made: list[Judged] = []
    catalog = CATALOGS[service]
    models = [model for model in catalog.models.values() if model.endpoint == endpoint]
    endpoints = list(catalog.endpoints) if anywhere else [endpoint]

    @settings(
        max_examples=-(-count * len(models) // len(MODELS)),
        phases=[Phase.generate],
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def make(data: st.DataObject) -> None:
        try:
            request = as_sent(data.draw(kind(service, data.draw(st.sampled_from(models)).id)))
        except ValueError:
            assume(False)  # noqa: FBT003 -- hypothesis counts the others
        made.append(judged(service, data.draw(st.sampled_from(endpoints)), request))

    make()
    return made


@cache
def planted() -> list[Judged]:
    """List every fault that can be planted, one step past each limit of each model, in that model's example."""
    made: list[Judged] = []
    for service, endpoint in ENDPOINTS:
        for example in schema(service, endpoint, "request")["examples"]:
            model = value_of(example, CATALOGS[service].fields["model"])
            for _, _, plant in plants(book_of(service, str(model))):
                request = deepcopy(example)
                plant(request)
                with suppress(ValueError):
                    made.append(judged(service, endpoint, as_sent(request)))
    return made
