"""What a seller earns on each price: the charge, and what the seller below debits for it."""

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction

from attrs import frozen

from pricing_rules.answers import Quote
from pricing_rules.catalog.records import Catalog, Model
from pricing_rules.catalog.rulebook import output_numbers
from pricing_rules.catalog.sale import Debit, Sale
from pricing_rules.catalog.tariff import in_force, points
from pricing_rules.errors import PricingRulesError
from pricing_rules.request.arguments import check_catalog, instant
from pricing_rules.request.breakdown import breakdown


class NoMargins(PricingRulesError, ValueError):
    """A catalog does not say what its last seller pays, or what a credit of it sells for."""


@frozen
class Margin:
    """What is earned on one price.

    Attributes:
        quote: the price; its `cost` is the debit of the seller below.
        cost_usd: what that debit costs, in US dollars.
        price_usd: what is charged, in US dollars.
        share: what is left of the price, as a part of it; None where the price is 0.
    """

    quote: Quote
    cost_usd: Fraction
    price_usd: Fraction
    share: Fraction | None


def margins(catalog: Catalog, *, at: datetime | None = None) -> tuple[Margin, ...]:
    """Return the margin of every price point at every number of outputs, in the order of `options`.

    Args:
        catalog: one whose last seller stands over the charge of another.
        at: the instant whose prices hold, with its offset; without, the version of the service's catalog.

    Raises:
        NoMargins: the last seller has no supplier, no [cost] or no usd of its credit.
        TypeError: what is given as a catalog is none, or `at` is no datetime.
        ValueError: `at` has no offset.
    """
    check_catalog(catalog)
    when = instant(at)
    return tuple(margin for model in catalog.models.values() for margin in _margins(catalog, model, when))


def _margins(catalog: Catalog, model: Model, at: datetime | None) -> Iterator[Margin]:
    held = in_force(catalog, model.id, at)
    if held is None:
        return
    debit = held.debit if isinstance(held, Sale) else None
    for outputs in output_numbers(catalog, model, at):
        for point in points(held, outputs):
            yield _margin(catalog, debit, breakdown(catalog, model.id, held, point, Fraction(1)))


def _margin(catalog: Catalog, debit: Debit | None, quote: Quote) -> Margin:
    if debit is None or quote.cost is None:
        raise NoMargins(f"{catalog.id} stands over the charge of no other seller, so it has no cost")
    if debit.usd is None or quote.usd is None:
        lacking = "[cost], what a credit of the seller below costs" if debit.usd is None else "the usd of its [credit]"
        raise NoMargins(f"the overlay {catalog.id} lacks {lacking}")
    cost, price = Fraction(quote.cost.credits) * debit.usd, Fraction(quote.usd)
    return Margin(quote, cost, price, Fraction(price - cost, price) if price else None)
