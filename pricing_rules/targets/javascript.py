"""The tables that prices.mjs prices with in a browser: whole numbers only, text where JavaScript would round."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any, assert_never

from pricing_rules.amounts import decimal
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
from pricing_rules.catalog.rulebook import FieldRules, book_of
from pricing_rules.catalog.strict import LARGEST
from pricing_rules.catalog.tariff import default_of, editions
from pricing_rules.errors import Inexpressible

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def prices(catalog: Catalog) -> dict[str, Any]:
    """Return the content of a service's prices.json, which `price` and `quote` of prices.mjs take.

    Returns:
        `service` and `version`. `unit` (credits) and `usd` (of a credit, where it is published): [digits, places].
        `wire`: the keys that lead to the model and to each priced parameter in a request. `models`: the places of
        their prices in `editions`, oldest first. `outputs`: the limits of the models that take them. `editions`:
        `since` (microseconds from 1970 in UTC, as text: a number holds them until 2255 only), `base`, the tiers of
        each parameter as [value, numerator, denominator], the `default` tiers. A denominator of 1 is left out.

    Raises:
        Inexpressible: a rule of the outputs that prices.mjs does not know.
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
    stated = {name: default_of(price, name, catalog.fields[name]) for name in tiers}
    default = {name: value for name, value in stated.items() if value is not None}
    return {
        **({} if price.since is None else {"since": str((price.since - EPOCH) // MICROSECOND)}),
        "base": _ratio(price.base),
        **{name: _tiers(multipliers) for name, multipliers in tiers.items()},
        **({"default": default} if default else {}),
    }


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
