"""The prices that a usage record could have had: one where it tells everything, else a set."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any, Literal

from attrs import evolve, frozen

from pricing_rules.answers import Quote
from pricing_rules.audit.meaning.outcomes import Unpriced
from pricing_rules.audit.meaning.record import Reading
from pricing_rules.audit.meaning.values import EPOCH
from pricing_rules.catalog.charge import charge_of
from pricing_rules.catalog.columns import MAX_COUNT, MICROS, PRICED, is_numeric
from pricing_rules.catalog.constraints import Maximum, Minimum
from pricing_rules.catalog.records import Catalog, Model, Price
from pricing_rules.catalog.rulebook import rulebook
from pricing_rules.catalog.tariff import assumed, editions, is_sold
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
    missing: set[str] = set()
    held = _held(catalog, model, reading.get("created_at"))
    found = _quoted(catalog, model, held, reading, missing)
    if not found:
        return Prices((), reason=("outputs" if "outputs" in missing else "tier") if held else "before_first_price")
    amounts = tuple(sorted({micro(quote.credits) for _, quote in found}))
    several = len(found) == 1 and found[0][1].parameters.outputs not in (None, 1)
    flat = micro(_flat(catalog, *found[0], reading.custom)) if several else None
    lines = (line for _, quote in found for line in quote.lines if line.counts)
    sources = tuple(dict.fromkeys(line.source for line in lines))
    return Prices(amounts, any(quote.basis == "inferred" for _, quote in found), flat, None, sources)


def quotes(catalog: Catalog, model: Model, reading: Reading) -> tuple[Quote, ...]:
    """Return the quote of every price that fits what a record tells, by its amount."""
    held = _held(catalog, model, reading.get("created_at"))
    return tuple(sorted((quote for _, quote in _quoted(catalog, model, held, reading, set())), key=_amount))


def _amount(quote: Quote) -> Decimal:
    return quote.credits


def _quoted(
    catalog: Catalog, model: Model, held: tuple[Price, ...], reading: Reading, missing: set[str]
) -> list[tuple[Price, Quote]]:
    """Return the quotes that fit a record, each with its edition; add what others miss."""
    found: list[tuple[Price, Quote]] = []
    for edition in held:
        for asked in _choices(catalog, model, edition, reading):
            try:
                found.append((edition, _price(catalog, model, edition, asked, reading.custom)))
            except NoPrice as refused:
                missing.update(refused.missing)
    return found


@frozen
class Ways:
    """What a record could have cost, by the way in which it is read where it leaves something open.

    Attributes:
        editions: of each edition that could have held, the micros of each way that has a price.
        reason: why there is none: unknown_model, before_first_price, outputs or tier; None where there is one.
        asked: what was asked for that has no price, such as "duration 15".
    """

    editions: tuple[Mapping[tuple[object, ...], int], ...]
    reason: Literal["unknown_model"] | Unpriced | None = None
    asked: str = ""


def ways(catalog: Catalog, reading: Reading) -> Ways:
    """Return every way in which a record can be read and has a price, with that price."""
    model = catalog.models.get(reading.get("model"))
    if model is None:
        return Ways((), "unknown_model")
    held = _held(catalog, model, reading.get("created_at"))
    missing: set[str] = set()
    found = tuple(priced for edition in held if (priced := _priced(catalog, model, edition, reading, missing)))
    if found or not held:
        return Ways(found, None if found else "before_first_price")
    asked = ", ".join(_asked(catalog, name, reading.get(name)) for name in sorted(missing))
    return Ways((), "outputs" if "outputs" in missing else "tier", asked)


def _priced(
    catalog: Catalog, model: Model, held: Price, reading: Reading, missing: set[str]
) -> dict[tuple[object, ...], int]:
    """Return the micros of each way to read a record that has a price; add what others miss."""
    found: dict[tuple[object, ...], int] = {}
    for asked in _choices(catalog, model, held, reading):
        try:
            found[tuple(asked.values())] = micro(_price(catalog, model, held, asked, reading.custom).credits)
        except NoPrice as refused:
            missing.update(refused.missing)
    return found


def _asked(catalog: Catalog, name: str, value: Any) -> str:  # noqa: ANN401 -- as read
    return f"no {name}" if value is None or value is ABSENT else f"{name} {_argument(catalog, name, value)}"


def priced_by(catalog: Catalog, model: Model, reading: Reading) -> tuple[object, ...]:
    """Return all that the prices of a record depend on."""
    held = _held(catalog, model, reading.get("created_at"))
    return (model.id, tuple(price.since for price in held), *map(reading.get, PRICED), reading.custom)


def starts(catalog: Catalog) -> tuple[int, ...]:
    """Return every instant at which a price of the catalog begins, in UTC microseconds."""
    found = {price.since for price in catalog.prices if price.since}
    return tuple(sorted((since - EPOCH) // timedelta(microseconds=1) for since in found))


def micro(credits: Any) -> int:  # noqa: A002, ANN401 -- credits are what the amount is called; a Decimal or Fraction
    """Return an amount in micros; the services' units are whole numbers of them."""
    return int(Fraction(credits) * MICROS)


def _held(catalog: Catalog, model: Model, created_at: Any) -> tuple[Price, ...]:  # noqa: ANN401 -- microseconds
    every = editions(catalog, model.id)
    if created_at is not ABSENT and created_at is not None:
        instant = EPOCH + timedelta(microseconds=created_at)
        every = tuple(price for price in every if price.since is None or price.since <= instant)[-1:]
    return tuple(price for price in every if is_sold(price))


def _choices(catalog: Catalog, model: Model, held: Price, reading: Reading) -> Iterator[dict[str, Any]]:
    """Yield the arguments of a price in every way that the record leaves open."""
    open_to = {
        "duration": _open(catalog, held, "duration", reading),
        "resolution": _open(catalog, held, "resolution", reading),
        "audio": _open(catalog, held, "audio", reading),
        "outputs": _open_outputs(catalog, model, reading),
    }
    yield from (dict(zip(open_to, values, strict=True)) for values in product(*open_to.values()))


def _open(catalog: Catalog, held: Price, name: str, reading: Reading) -> tuple[Any, ...]:
    value, tiers = reading.get(name), tuple(held.tiers(name))
    if value is not ABSENT and value is not None:
        return (_argument(catalog, name, value),)
    defaulted = assumed(held, name, catalog.fields.get(name)) is not None
    return (None,) if not tiers or (value is None and defaulted) else tiers


def _open_outputs(catalog: Catalog, model: Model, reading: Reading) -> tuple[Any, ...]:
    value = reading.get("outputs")
    rules = rulebook(catalog, catalog.endpoints[model.endpoint], model).fields.get("outputs")
    if value is not ABSENT and value is not None:
        return (_argument(catalog, "outputs", value),)
    if rules is None:
        return (1,)
    if value is None and rules.default is not None:
        return (rules.default,)
    limits = (each for each in rules.constraints if isinstance(each, Minimum | Maximum))
    bounds: dict[type, int] = {type(each): each.limit for each in limits}
    return tuple(range(bounds.get(Minimum, 1), bounds.get(Maximum, MAX_COUNT) + 1))


def _argument(catalog: Catalog, name: str, value: Any) -> Any:  # noqa: ANN401 -- as read, and as `price` takes it
    if is_numeric(catalog, name):
        return Fraction(value, MICROS) if value % MICROS else value // MICROS
    field = catalog.fields.get(name)
    return {"true": True, "false": False}.get(value, value) if field and field.type == "boolean" else value


def _price(catalog: Catalog, model: Model, held: Price, asked: dict[str, Any], custom: Fraction) -> Quote:
    at = held.since or EPOCH.replace(year=1)
    return price(catalog, model.id, **asked, custom_multiplier=custom, at=at)


def _flat(catalog: Catalog, held: Price, quote: Quote, custom: Fraction) -> Fraction:
    """Return what the same request costs where the price is one of the request, whatever its outputs."""
    outputs = None if quote.parameters.outputs is None else 1
    return charge_of(catalog, held, evolve(quote.parameters, outputs=outputs), custom).credits
