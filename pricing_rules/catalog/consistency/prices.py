"""Whether every price can be asked for, and every amount be written."""

from collections.abc import Iterator
from datetime import date, datetime
from math import prod

from pricing_rules.amounts import terminates
from pricing_rules.catalog.consistency.fault import Fault, fits, misread, twice, unknown
from pricing_rules.catalog.formula import FACTORS, TIERED
from pricing_rules.catalog.records import Catalog, Price
from pricing_rules.spelling import listed, shown

MAX_POINTS = 10_000  # of one price


def price_faults(catalog: Catalog) -> Iterator[Fault]:
    """Yield what does not fit in the version, the credit, the formula and the prices."""
    if not is_date(catalog.version):
        yield ("version", f"expected a date like 2026-11-20, got {shown(catalog.version)}")
    yield from _credit_faults(catalog)
    yield from misread(catalog.formula, FACTORS, "formula")
    held: set[tuple[str, datetime | None]] = set()
    for index, price in enumerate(catalog.prices):
        key = f"prices[{index}]"
        if not price.models:
            yield (f"{key}.models", "there is none")
        yield from unknown(price.models, catalog.models, "model", f"{key}.models")
        yield from twice(price.models, f"{key}.models")
        for model in price.models:
            if (model, price.since) in held:
                yield (key, f"{shown(model)} has two prices since the same instant")
            held.add((model, price.since))
        yield from _tier_faults(catalog, price, key)
        yield from misread(price.provenance, ("base", "default", *TIERED), key)


def is_date(text: str) -> bool:
    """Tell whether a text is an ISO date such as 2026-11-20."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _credit_faults(catalog: Catalog) -> Iterator[Fault]:
    credit = catalog.credit
    if credit.unit <= 0 or not terminates(credit.unit):
        yield ("credit.unit", "expected a decimal number above 0")
    if credit.usd is not None and not terminates(credit.usd):
        yield ("credit.usd", "expected a decimal number")
    yield from twice(credit.grants, "credit.grants")
    yield from misread(credit.provenance, ("unit", "usd", "grants"), "credit")


def _tier_faults(catalog: Catalog, price: Price, key: str) -> Iterator[Fault]:
    named = {name: price.tiers(name) for name in TIERED if price.tiers(name)}
    yield from unknown(price.default, named, "tier of this price for", f"{key}.default")
    for name, value in price.default.items():
        if not any(type(value) is type(tier) and value == tier for tier in named[name]):
            yield (f"{key}.default.{name}", f"expected {listed(named[name])}, got {shown(value)}")
    for name, tiers in named.items():
        field = catalog.fields[name]
        for tier in tiers:
            if not fits(tier, field):
                yield (f"{key}.{name}", f"{shown(tier)} is not a value of the field {name}")
        if field.default is not None and field.default not in tiers:
            yield (f"{key}.{name}", f"the field's default {shown(field.default)} has no price")
        for model in price.models:
            if name not in catalog.endpoints[catalog.models[model].endpoint].fields:
                yield (f"{key}.{name}", f"the endpoint of {shown(model)} has no field {name}")
    if prod(len(tiers) for tiers in named.values()) > MAX_POINTS:
        yield (key, f"more than {MAX_POINTS:,} prices for a model")
