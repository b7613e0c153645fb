"""The tables that prices.mjs prices with in a browser: whole numbers only, text where JavaScript would round."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import chain, product
from typing import Any, assert_never

from attrs import evolve

from pricing_rules.amounts import decimal
from pricing_rules.answers import Parameters
from pricing_rules.catalog.charge import charge_of
from pricing_rules.catalog.constraints import (
    Maximum,
    MaxItems,
    MaxLength,
    Minimum,
    MinLength,
    NotAllowed,
    OfType,
    OneOf,
    Required,
    Url,
)
from pricing_rules.catalog.formula import PARAMETERS, TIERED
from pricing_rules.catalog.records import Catalog, Price, Tiers
from pricing_rules.catalog.rulebook import FieldRules, book_of, output_numbers
from pricing_rules.catalog.sale import Sale, layers_of, shows_working
from pricing_rules.catalog.strict import LARGEST
from pricing_rules.catalog.tariff import assumed, editions, is_sold, points
from pricing_rules.errors import Inexpressible
from pricing_rules.spelling import shown

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
MAX_CHARGES = 100_000  # of one price


def prices(catalog: Catalog) -> dict[str, Any]:
    """Return the content of a service's prices.json, which `price` and `quote` of prices.mjs take.

    Returns:
        `service` and `version`. `unit` (credits) and `usd` (of a credit, where it is published): [digits, places].
        `wire`: the keys that lead to the model and to each priced parameter in a request. `models`: the places of
        their prices in `editions`, oldest first. `outputs`: the limits of the models that take them. `editions`:
        `since` (microseconds from 1970 in UTC, as text: a number holds them until 2255 only), `base`, the tiers of
        each parameter as [value, numerator, denominator], the `default` tiers; under plans that show their working
        also `rates`, `minimum` (in units) and `once` where the outputs do not multiply. A denominator of 1 is left out.
        Under any other overlay an edition has no base, but each tier as [value, place] and `units`: the charge in whole
        units by "duration,resolution,outputs,audio", a place each or the number of outputs, 1 where there is none. An
        edition without either has no price.

    Raises:
        Inexpressible: a rule of the outputs that prices.mjs does not know, or more charges than a browser should load.
    """
    usd, fields = catalog.credit.usd, catalog.fields
    order = {price: place for place, price in enumerate(catalog.prices)}
    return {
        "service": catalog.id,
        "version": catalog.version,
        "unit": _decimal(catalog.credit.unit),
        **({} if usd is None else {"usd": _decimal(usd)}),
        "wire": {name: list(fields[name].segments) for name in ("model", *PARAMETERS) if name in fields},
        "models": {model: [order[price] for price in editions(catalog, model)] for model in catalog.models},
        "outputs": dict(_outputs(catalog)),
        "editions": [_edition(catalog, price) for price in catalog.prices],
    }


def _edition(catalog: Catalog, price: Price) -> dict[str, Any]:
    tiers = {name: price.tiers(name) for name in TIERED if price.tiers(name)}
    stated = {name: assumed(price, name, catalog.fields[name]) for name in tiers}
    default = {name: value for name, value in stated.items() if value is not None}
    since = {} if price.since is None else {"since": str((price.since - EPOCH) // MICROSECOND)}
    if not is_sold(price):
        return since
    priced = _formula(catalog, price, tiers) if shows_formula(catalog) else _listed(catalog, price, tiers)
    return {**since, **priced, **({"default": default} if default else {})}


def shows_formula(catalog: Catalog) -> bool:
    """Tell whether a browser may know how amounts are made; that of a seller over another's charge may not."""
    return shows_working(catalog) and all(layer.of == "product" for layer in layers_of(catalog))


def _formula(catalog: Catalog, price: Price, tiers: Mapping[str, Tiers]) -> dict[str, Any]:
    found = {"base": _ratio(price.base), **{name: _tiers(multipliers) for name, multipliers in tiers.items()}}
    if not isinstance(price, Sale):
        return found
    least = price.minimum.credits * Fraction(1, catalog.credit.unit) if price.minimum else 0
    return {
        **found,
        **({"rates": [_ratio(rate.multiplier) for rate in price.rates]} if price.rates else {}),
        **({"minimum": _whole(int(least))} if least else {}),
        **({"once": True} if price.once else {}),
    }


def _listed(catalog: Catalog, price: Price, tiers: Mapping[str, Tiers]) -> dict[str, Any]:
    """Return what each point is charged, and nothing of how that comes about."""
    units: dict[str, int | str] = {}
    for key, point in keyed_points(catalog, price):
        charged = charge_of(catalog, price, point, Fraction(1)).credits
        units[key] = _whole(int(charged * Fraction(1, catalog.credit.unit)))
    listed = {name: [[value, place] for place, value in enumerate(known)] for name, known in tiers.items()}
    return {**listed, "units": units}


def keyed_points(catalog: Catalog, price: Price) -> Iterator[tuple[str, Parameters]]:
    """Yield every point of a price at every number of outputs, with its key: a place each or the number, 1 for none.

    Raises:
        Inexpressible: they are more than a browser should load.
    """
    numbers = [output_numbers(catalog, catalog.models[model]) for model in price.models]
    every = points(price, None)
    if len(every) * max(map(len, numbers)) > MAX_CHARGES:
        raise Inexpressible(f"prices.json would list more than {MAX_CHARGES:,} charges for {shown(price.models[0])}")
    places = {name: {value: place for place, value in enumerate(price.tiers(name))} for name in TIERED}
    for point, number in product(every, dict.fromkeys(chain.from_iterable(numbers))):
        key = [
            1 if value is None else places.get(name, {}).get(value, value)
            for name, value in zip(PARAMETERS, (point.duration, point.resolution, number, point.audio), strict=True)
        ]
        yield ",".join(map(str, key)), evolve(point, outputs=number)


def _outputs(catalog: Catalog) -> Iterator[tuple[str, dict[str, Any]]]:
    for model in catalog.models.values():
        rules = book_of(catalog, model).fields.get("outputs")
        if rules:
            yield model.id, dict(_bounds(rules))


def _bounds(rules: FieldRules) -> Iterator[tuple[str, Any]]:
    """Yield the limits of the outputs; that they are a whole number, prices.mjs knows."""
    for constraint in rules.constraints:
        match constraint:
            case Required() | OfType(limit="integer"):
                pass
            case OneOf(limit=values):
                yield "one_of", list(values)
            case Minimum(limit=limit):
                yield "minimum", limit
            case Maximum(limit=limit):
                yield "maximum", limit
            case NotAllowed() | OfType() | MinLength() | MaxLength() | MaxItems() | Url():
                raise Inexpressible(f"prices.mjs has no rule {type(constraint).__name__} for the outputs")
            case _:
                assert_never(constraint)
    if rules.default is not None:
        yield "default", rules.default


def _tiers(tiers: Tiers) -> list[list[Any]]:
    return [[value, *_ratio(multiplier)] for value, multiplier in tiers.items()]


def _ratio(amount: Fraction) -> list[int | str]:
    whole = amount.denominator == 1
    return [_whole(amount.numerator)] if whole else [_whole(amount.numerator), _whole(amount.denominator)]


def _decimal(amount: Fraction) -> list[int | str]:
    before, _, after = format(decimal(amount), "f").partition(".")
    return [_whole(int(before + after)), len(after)]


def _whole(number: int) -> int | str:
    return number if number <= LARGEST else str(number)
