"""Prices as overlays make them: what sellers above a catalog make of its prices, one after the other."""

from collections.abc import Mapping
from fractions import Fraction

from attrs import frozen

from pricing_rules.answers import Layer, Value
from pricing_rules.catalog.frozendict import EMPTY
from pricing_rules.catalog.provenance import Origin
from pricing_rules.catalog.records import Catalog, Price


@frozen(eq=False, repr=False)
class Rate:
    """A factor of a seller's own, on the product of the formula or on what the seller below charges."""

    multiplier: Fraction
    origin: Origin


@frozen(eq=False, repr=False)
class Minimum:
    """The least that a request with any price costs, a whole number of the seller's units, in credits."""

    credits: Fraction
    origin: Origin


@frozen(eq=False, repr=False)
class Debit:
    """What the seller is charged by the one below: at its catalog and price.

    Attributes:
        usd: what one credit of the seller below costs this one, in US dollars; None where it does not say.
    """

    catalog: Catalog
    price: Price
    usd: Fraction | None = None


@frozen(eq=False, repr=False)
class Settled:
    """The tier that a request without one gets, where the documents leave it open; it changes no rule."""

    value: Value
    origin: Origin


@frozen(eq=False, repr=False)
class Sale(Price):
    """A price under overlays. Its tiers are those that the sellers leave; its default is the service's own.

    Attributes:
        layers: the overlays, from the bottom up.
        is_sold: whether there is a price: the rules hold all the same where the last seller states none yet.
        is_planned: whether an overlay says how the last seller charges.
        resells: whether the rates multiply the debit; if not, the six factors of this price.
        debit: what the last seller is charged, None where that is the service itself.
        rates: of the last seller.
        minimum: of the last seller; None where there is none.
        settled: by parameter, the tier of a request that names none.
        once: whether the outputs are known not to multiply the price.
    """

    layers: tuple[Layer, ...] = ()
    is_sold: bool = True
    is_planned: bool = False
    resells: bool = False
    debit: Debit | None = None
    rates: tuple[Rate, ...] = ()
    minimum: Minimum | None = None
    settled: Mapping[str, Settled] = EMPTY
    once: bool = False


def layers_of(catalog: Catalog) -> tuple[Layer, ...]:
    """Return the overlays that made a catalog, from the bottom up; none of one that stands in a file."""
    return next((price.layers for price in catalog.prices if isinstance(price, Sale)), ())


def shows_working(catalog: Catalog) -> bool:
    """Tell whether what leaves the house may tell how amounts are made: every layer says so."""
    return all(layer.shows == "working" for layer in layers_of(catalog))
