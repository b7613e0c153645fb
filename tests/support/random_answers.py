"""Answers of every kind, made by asking the library at random: quotes below and under overlays, violations, errors."""

from collections.abc import Iterator
from decimal import Decimal
from random import Random
from typing import Any

from pricing_rules import (
    Catalog,
    CatalogError,
    CatalogFault,
    InsufficientCredits,
    PricingRulesError,
    UnknownEndpoint,
    UnknownModel,
    UnknownResponse,
    UnknownService,
    as_dict,
    options,
    quote,
    validate,
)
from pricing_rules.errors import Inexpressible, UnreadableLog, UnusableLog, UnusableMapping
from support.chains import chains
from support.random_requests import requests
from support.strategies import CATALOGS

MULTIPLIERS = (1, 5, "1/3", "1.1", 0)
ERRORS: tuple[PricingRulesError, ...] = (
    PricingRulesError("x"),
    Inexpressible("x"),
    UnreadableLog("log.csv", "x"),
    UnusableLog("x"),
    UnusableMapping("x.toml", "status", "y"),
    UnknownModel(7, ["reel-1"]),
    UnknownService("reel", ["reel-1"]),
    UnknownEndpoint("reel", []),
    UnknownResponse("reel", ["reel-1"]),
    CatalogError("own.toml", (CatalogFault("id", "missing key"),), 3),
    InsufficientCredits(Decimal("7.25"), Decimal("-0.1234567890123456789")),
)


def answers(seed: int, number: int) -> Iterator[dict[str, Any]]:
    """Give what `as_dict` makes of the answers to requests, of prices under overlays, and of each error."""
    random = Random(seed)  # noqa: S311 -- no secret
    yield from map(as_dict, ERRORS)
    for catalog in CATALOGS.values():
        for endpoint, request in requests(seed, catalog, number):
            yield from _asked(catalog, endpoint, request, random)
    for chain in chains(random, number // 10 + 1):
        for found in options(chain.top)[:20]:
            yield as_dict(found)
            yield as_dict(found, private=True)


def _asked(catalog: Catalog, endpoint: str, request: dict[str, Any], random: Random) -> Iterator[dict[str, Any]]:
    yield from map(as_dict, validate(catalog, request, endpoint=endpoint))
    try:
        found = quote(catalog, request, endpoint=endpoint, custom_multiplier=random.choice(MULTIPLIERS))
        yield as_dict(found, private=random.random() < 0.5)
    except PricingRulesError as error:
        yield as_dict(error)
