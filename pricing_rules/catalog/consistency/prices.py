"""Whether every price can be asked for, and every amount be written."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from math import prod

from pricing_rules.amounts import terminates
from pricing_rules.catalog.consistency.checks import fits, misread, twice, unknown
from pricing_rules.catalog.consistency.endpoints import known_fields
from pricing_rules.catalog.faults import Fault, Path
from pricing_rules.catalog.formula import FACTORS, TIERED
from pricing_rules.catalog.records import Catalog, Field, Price, Tiers
from pricing_rules.spelling import listed, shown

MAX_POINTS = 10_000  # of one price
Fields = Mapping[str, Mapping[str, object]]  # by endpoint


def price_faults(catalog: Catalog) -> Iterator[Fault]:
    """Yield what does not fit in the credit, the formula and the prices."""
    yield from _credit_faults(catalog)
    yield from misread(catalog.formula, FACTORS, "formula")
    held: set[tuple[str, datetime | None]] = set()
    fields = {endpoint.id: known_fields(catalog, endpoint) for endpoint in catalog.endpoints.values()}
    for index, price in enumerate(catalog.prices):
        path = ("prices", index)
        if not price.models:
            yield (*path, "models"), "there is none"
        yield from unknown(price.models, catalog.models, "model", *path, "models")
        yield from twice(price.models, *path, "models")
        for model in dict.fromkeys(price.models):
            if (model, price.since) in held:
                yield path, f"{shown(model)} has two prices since the same instant"
            held.add((model, price.since))
        yield from _default_faults(catalog, price, (*path, "default"))
        for name in filter(price.tiers, TIERED):
            yield from _tier_faults(price.tiers(name), name, catalog.fields.get(name), (*path, name))
            yield from _untaken_faults(catalog, fields, price, name, (*path, name))
        if prod(len(price.tiers(name)) or 1 for name in TIERED) > MAX_POINTS:
            yield path, f"more than {MAX_POINTS:,} prices for a model"
        yield from misread(price.provenance, ("base", "default", *TIERED), *path)


def _credit_faults(catalog: Catalog) -> Iterator[Fault]:
    credit = catalog.credit
    if credit.unit <= 0 or not terminates(credit.unit):
        yield ("credit", "unit"), "expected a decimal number above 0"
    if credit.usd is not None and not terminates(credit.usd):
        yield ("credit", "usd"), "expected a decimal number"
    yield from twice(credit.grants, "credit", "grants")
    yield from misread(credit.provenance, ("unit", "usd", "grants"), "credit")


def _default_faults(catalog: Catalog, price: Price, path: Path) -> Iterator[Fault]:
    named = {name: price.tiers(name) for name in TIERED if price.tiers(name)}
    yield from unknown(price.default, named, "tier of this price for", *path)
    for name, value in price.default.items():
        tiers = named.get(name)
        if tiers and name in catalog.fields and not any(type(value) is type(tier) and value == tier for tier in tiers):
            yield (*path, name), f"expected {listed(tiers)}, got {shown(value)}"


def _tier_faults(tiers: Tiers, name: str, field: Field | None, path: Path) -> Iterator[Fault]:
    if field is None:
        yield path, f"there is no field {name!r} to ask for a tier"
        return
    for tier in tiers:
        if tier == "" or (isinstance(tier, str) and field.type != "string"):
            yield path, f"{shown(tier)} is no tier of a field of type {field.type}"
        elif not fits(tier, field):
            yield path, f"{shown(tier)} is not a value of the field {name}"
    if field.default is not None and field.default not in tiers:
        yield path, f"the field's default {shown(field.default)} has no price"


def _untaken_faults(catalog: Catalog, fields: Fields, price: Price, name: str, path: Path) -> Iterator[Fault]:
    """Yield the models whose endpoint has no field to ask for a tier."""
    for model in filter(None, map(catalog.models.get, dict.fromkeys(price.models))):
        if name not in fields.get(model.endpoint, catalog.fields) and name in catalog.fields:
            yield path, f"the endpoint of {shown(model.id)} has no field {name}"
