"""The prices that a usage record could have had: one where it tells everything, else a set."""

from datetime import timedelta
from fractions import Fraction
from itertools import product
from typing import Any

from attrs import evolve, frozen

from pricing_rules.amounts import decimal
from pricing_rules.answers import Quote
from pricing_rules.audit.meaning.outcomes import Unpriced
from pricing_rules.audit.meaning.record import Reading
from pricing_rules.audit.meaning.values import EPOCH
from pricing_rules.catalog.charge import charge_of
from pricing_rules.catalog.columns import MICROS, PRICED, is_numeric
from pricing_rules.catalog.records import Catalog, Model, Price
from pricing_rules.catalog.rulebook import book_of, output_numbers
from pricing_rules.catalog.tariff import EARLIEST, assumed, editions, in_force, is_sold
from pricing_rules.errors import Unpriced as NoPrice
from pricing_rules.request.body import ABSENT
from pricing_rules.request.quote import price


@frozen
class Prices:
    """What a record could have cost.

    Attributes:
        amounts: micros, each once, small to large; empty where there is no price.
        inferred: whether one of them is.
        flat: what one output costs, where there is one price and it is of several; else None.
        reason: why there is none: before_first_price, outputs or tier.
        sources: where they come from.
    """

    amounts: tuple[int, ...]
    inferred: bool = False
    flat: int | None = None
    reason: Unpriced | None = None
    sources: tuple[str, ...] = ()


def prices(catalog: Catalog, model: Model, reading: Reading) -> Prices:
    """Return every price that fits what a record tells."""
    fits = offers(catalog, model, reading)
    if not fits.found:
        return Prices((), reason=fits.reason)
    quotes = [each.quote for each in fits.found]
    several = len(quotes) == 1 and quotes[0].parameters.outputs not in (None, 1)
    flat = micro(_flat(catalog, fits.found[0], reading.custom)) if several else None
    sources = tuple(dict.fromkeys(line.source for quote in quotes for line in quote.lines if line.counts))
    amounts = tuple(sorted({micro(quote.credits) for quote in quotes}))
    return Prices(amounts, any(quote.basis == "inferred" for quote in quotes), flat, None, sources)


@frozen
class Offer:
    """A price that fits a record: its edition, the way in which the record is read for it, what that costs."""

    edition: Price
    way: tuple[object, ...]
    quote: Quote


@frozen
class Offers:
    """The prices that fit a record; why there are none, and the names of what other prices lack."""

    found: tuple[Offer, ...]
    reason: Unpriced | None
    missing: frozenset[str]


def offers(catalog: Catalog, model: Model, reading: Reading) -> Offers:
    """Return the prices that fit a record, one for each way in which it can be read where it leaves something open."""
    held, missing = _held(catalog, model, reading), set[str]()
    found: list[Offer] = []
    for edition in held:
        open_to = {name: _open(catalog, model, edition, name, reading) for name in PRICED}
        for way in product(*open_to.values()):
            try:
                found.append(Offer(edition, way, _quoted(catalog, model, edition, way, reading.custom)))
            except NoPrice as refused:
                missing.update(refused.missing)
    lacking: Unpriced = "before_first_price" if not held else "outputs" if "outputs" in missing else "tier"
    return Offers(tuple(found), None if found else lacking, frozenset(missing))


def priced_by(catalog: Catalog, model: Model, reading: Reading) -> tuple[object, ...]:
    """Return all that the prices of a record depend on."""
    held = _held(catalog, model, reading)
    return (model.id, tuple(price.since for price in held), *map(reading.get, PRICED), reading.custom)


def starts(catalog: Catalog) -> tuple[int, ...]:
    """Return every instant at which a price of the catalog begins, in UTC microseconds."""
    found = {price.since for price in catalog.prices if price.since}
    return tuple(sorted((since - EPOCH) // timedelta(microseconds=1) for since in found))


def micro(credits: Any) -> int:  # noqa: A002, ANN401 -- credits are what the amount is called; a Decimal or Fraction
    """Return an amount in micros; the services' units are whole numbers of them."""
    return int(Fraction(credits) * MICROS)


def argument(catalog: Catalog, name: str, value: Any) -> Any:  # noqa: ANN401 -- as read, and as a request says it
    """Return a value as a request says it."""
    if is_numeric(catalog, name):
        return decimal(Fraction(value, MICROS)) if value % MICROS else value // MICROS
    field = catalog.fields.get(name)
    return {"true": True, "false": False}.get(value, value) if field and field.type == "boolean" else value


def _held(catalog: Catalog, model: Model, reading: Reading) -> tuple[Price, ...]:
    """Return the price that held as a record was accepted, or each that could have."""
    if reading.accepted is None:
        return tuple(filter(is_sold, editions(catalog, model.id)))
    held = in_force(catalog, model.id, reading.accepted)
    return (held,) if held else ()


def _open(catalog: Catalog, model: Model, held: Price, name: str, reading: Reading) -> tuple[Any, ...]:
    """Return the values that a record leaves open of a parameter; None is one that its request left out."""
    value = reading.get(name)
    if value is not ABSENT and value is not None:
        return (argument(catalog, name, value),)
    if name == "outputs":
        rules = book_of(catalog, model).fields.get(name)
        default = rules.default if rules else None
        is_default = value is None and default is not None
        return (default,) if is_default else tuple(number or 1 for number in output_numbers(catalog, model))
    tiers = tuple(held.tiers(name))
    defaulted = value is None and assumed(held, name, catalog.fields.get(name)) is not None
    return tiers if tiers and not defaulted else (None,)


def _quoted(catalog: Catalog, model: Model, held: Price, way: tuple[Any, ...], custom: Fraction) -> Quote:
    asked = dict(zip(PRICED, way, strict=True))
    return price(catalog, model.id, **asked, custom_multiplier=custom, at=held.since or EARLIEST)


def _flat(catalog: Catalog, offer: Offer, custom: Fraction) -> Fraction:
    """Return what the same request costs where the price is one of the request, whatever its outputs."""
    asked = offer.quote.parameters
    one = evolve(asked, outputs=None if asked.outputs is None else 1)
    return charge_of(catalog, offer.edition, one, custom).credits
