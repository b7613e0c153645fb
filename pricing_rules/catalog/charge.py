"""What a request is charged: each seller's factors, its minimum, and its one rounding up.

The service's own formula is printed in credits-and-models.txt: Credit formula.
"""

from collections.abc import Iterable
from fractions import Fraction
from math import prod

from attrs import frozen

from pricing_rules.amounts import ceiling
from pricing_rules.answers import Parameters
from pricing_rules.catalog.formula import FACTORS
from pricing_rules.catalog.records import Catalog, Price
from pricing_rules.catalog.sale import Sale
from pricing_rules.catalog.tariff import tier


@frozen(eq=False, repr=False)
class Charge:
    """What the last seller of a catalog charges.

    Attributes:
        factors: in its order: six factors or the debit, its rates, and a minimum that lifts their product.
        exact: their product, in credits.
        credits: rounded up once to the seller's unit.
    """

    factors: tuple[Fraction, ...]
    exact: Fraction
    credits: Fraction


def charge_of(catalog: Catalog, price: Price, parameters: Parameters, custom: Fraction) -> Charge:
    """Evaluate the sellers of a catalog from the service up: the only place that rounds a price.

    Args:
        catalog: the last seller's.
        price: one of its prices.
        parameters: a point of that price.
        custom: the caller's own multiplier, a factor of the service's formula.
    """
    sale = price if isinstance(price, Sale) else None
    factors: tuple[Fraction, ...]
    if sale and sale.debit and sale.resells:
        factors = (charge_of(sale.debit.catalog, sale.debit.price, parameters, custom).credits,)
    else:
        factors = formula_of(price, parameters, custom)
    if sale:
        factors += tuple(rate.multiplier for rate in sale.rates)
    exact = product(factors)
    if sale and sale.minimum and 0 < exact < sale.minimum.credits:
        factors += (Fraction(sale.minimum.credits, exact),)
        exact = sale.minimum.credits
    return Charge(factors, exact, ceiling(exact, catalog.credit.unit))


def product(multipliers: Iterable[Fraction]) -> Fraction:
    """Multiply factors exactly, in credits."""
    return prod(multipliers, start=Fraction(1))


def formula_of(price: Price, parameters: Parameters, custom: Fraction) -> tuple[Fraction, ...]:
    """Return the six factors of a price in the order of the formula."""
    return tuple(_factor(price, name, parameters, custom) for name in FACTORS)


def _factor(price: Price, name: str, parameters: Parameters, custom: Fraction) -> Fraction:
    match name:
        case "base":
            return price.base
        case "custom":
            return custom
        case "outputs":
            once = isinstance(price, Sale) and price.once
            return Fraction(1 if once or parameters.outputs is None else parameters.outputs)
        case _:
            return tier(price.tiers(name), getattr(parameters, name))
