"""Whether the documents print an amount, and what it rests on where they do not."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from pricing_rules.amounts import ceiling
from pricing_rules.answers import Parameters
from pricing_rules.catalog.charge import formula_of, product
from pricing_rules.catalog.formula import FACTORS, TIERED
from pricing_rules.catalog.provenance import Origin
from pricing_rules.catalog.records import Catalog, Price
from pricing_rules.catalog.sale import Sale
from pricing_rules.catalog.tariff import origin_of

OPEN = Origin("inferred", "The printed price leaves its product open between two units, and the rate tells them apart.")


def reasons(catalog: Catalog, price: Price, parameters: Parameters, custom: Fraction) -> Iterator[Origin]:
    """Yield why no document prints this amount for this tier."""
    sale = price if isinstance(price, Sale) else None
    if sale and sale.debit:
        if sale.resells:
            yield from reasons(sale.debit.catalog, sale.debit.price, parameters, custom)
        if catalog.formula.origin.basis == "inferred":
            yield catalog.formula.origin
        return
    found = (*standing(price), *_further(catalog, price, parameters, custom))
    yield from found
    if sale and not found and not _is_determined(catalog, sale, parameters):
        yield OPEN


def standing(price: Price) -> Iterator[Origin]:
    """Yield why the documents print none of the amounts of a price, whatever is asked for."""
    parts = price.provenance.parts
    if price.provenance.origin.basis == "inferred":
        yield price.provenance.origin
    yield from (parts[name] for name in ("base", *TIERED) if name in parts and parts[name].basis == "inferred")


def beyond(catalog: Catalog, price: Price) -> Mapping[str, Origin]:
    """Return why they print none where more is asked for: more than one of the outputs, a custom multiplier but 1."""
    return {name: catalog.formula.of(name) for name in ("outputs", "custom") if name not in price.provenance.parts}


def _further(catalog: Catalog, price: Price, parameters: Parameters, custom: Fraction) -> Iterator[Origin]:
    asked = {"outputs": parameters.outputs is not None and parameters.outputs > 1, "custom": custom != 1}
    yield from (origin for name, origin in beyond(catalog, price).items() if asked[name])


def _is_determined(catalog: Catalog, sale: Sale, parameters: Parameters) -> bool:
    """Tell whether every product that rounds up to the printed price is charged the same under the rates.

    A base is printed as it is; so is a multiplier that a source prints, and 1 is that of the tier of the base.
    """
    factors = formula_of(sale, parameters, Fraction(1))
    origins = (origin_of(catalog, sale, name) for name in FACTORS)
    pairs = tuple(zip(factors, origins, strict=True))
    if all(multiplier == 1 or origin.basis == "documented" for multiplier, origin in pairs):
        return True
    unit, rate = catalog.credit.unit, product(each.multiplier for each in sale.rates)
    printed = ceiling(product(factors), unit)
    below = (printed - unit) * rate  # what is printed for a product is less than a unit above it
    lowest, highest = below // unit * unit + unit, ceiling(printed * rate, unit)
    return lowest == highest or (sale.minimum is not None and highest <= sale.minimum.credits)
