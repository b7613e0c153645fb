"""The price points of a catalog, by model and edition: a price holds from its `since`, inclusive, to the next.

The rules of a model follow its edition: its tiers and defaults are those of the price in force, and before the first
price those of the first.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from fractions import Fraction

from pricing_rules.answers import Parameters, Value
from pricing_rules.catalog.compiled import per_catalog
from pricing_rules.catalog.formula import TIERED
from pricing_rules.catalog.provenance import Origin
from pricing_rules.catalog.records import Catalog, Field, Price, Tiers
from pricing_rules.catalog.sale import Sale, Settled

EARLIEST = datetime.min.replace(tzinfo=UTC)


def editions(catalog: Catalog, model_id: str) -> tuple[Price, ...]:
    """Return the prices of a model, oldest first."""
    return _by_model(catalog).get(model_id, ())


def in_force(catalog: Catalog, model_id: str, at: datetime | None = None) -> Price | None:
    """Return the price of a model at an instant, else at midnight (UTC) of the version; None where there is none."""
    held = _begun(catalog, model_id, at)
    return held if held and is_sold(held) else None


def is_sold(price: Price) -> bool:
    """Tell whether there is a price: under an overlay there is none before the first rate."""
    return not isinstance(price, Sale) or price.is_sold


def edition(catalog: Catalog, model_id: str, at: datetime | None = None) -> Price:
    """Return the price whose tiers and defaults are a model's rules: the one in force, before the first the first."""
    return _begun(catalog, model_id, at) or editions(catalog, model_id)[0]


def _begun(catalog: Catalog, model_id: str, at: datetime | None) -> Price | None:
    every = editions(catalog, model_id)
    begun = bisect_right(every, current_instant(catalog) if at is None else max(at, EARLIEST), key=_since)
    return every[begun - 1] if begun else None


def moment_of(catalog: Catalog, at: datetime | None = None) -> datetime:
    """Return the first instant of the time around an instant in which no price of the catalog changes."""
    every = _moments(catalog)
    return every[max(bisect_right(every, current_instant(catalog) if at is None else at) - 1, 0)]


def points(price: Price, outputs: int | None) -> tuple[Parameters, ...]:
    """Return every point of a price: by resolution, then duration, then audio, each in the order of the file."""
    return tuple(
        Parameters(duration, resolution, outputs, audio)
        for resolution in _choices(price.resolution)
        for duration in _choices(price.duration)
        for audio in _choices(price.audio)
    )


def tier(tiers: Tiers, value: Value | None) -> Fraction:
    """Return the multiplier of a tier, 1 where the price has no such tiers."""
    return Fraction(1) if value is None else tiers[value]


def default_of(price: Price, name: str, field: Field | None) -> Value | None:
    """Return what a request without a parameter counts as in rules: the price's own default, else that of the field."""
    return price.default.get(name, field.default if field else None)


def settled(price: Price, name: str) -> Settled | None:
    """Return what an overlay says that a request without a parameter gets."""
    return price.settled.get(name) if isinstance(price, Sale) else None


def assumed(price: Price, name: str, field: Field | None) -> Value | None:
    """Return the tier that a request without a parameter is priced at: the settled one, else the default if it is left.

    None where the request has to name one.
    """
    known = settled(price, name)
    value = known.value if known else default_of(price, name, field)
    return value if value in price.tiers(name) else None


@per_catalog
def current_instant(catalog: Catalog) -> datetime:
    """Return the instant whose prices hold where a caller names none: midnight (UTC) of the version."""
    return datetime.fromisoformat(catalog.version).replace(tzinfo=UTC)


def origin_of(catalog: Catalog, price: Price, factor: str) -> Origin:
    """Tell where a multiplier comes from; that a flat price has none for a tier is printed with the price."""
    flat = factor in ("duration", "resolution") and not price.tiers(factor)
    if factor == "base" or flat or factor in price.provenance.parts:
        return price.provenance.of(factor)
    return catalog.formula.of(factor)


def readings_of(price: Price) -> Iterator[Origin]:
    """Yield what keeps the amounts of a price from being printed for their tiers by name."""
    if price.provenance.origin.basis == "inferred":
        yield price.provenance.origin
    yield from (price.provenance.parts[factor] for factor in ("base", *TIERED) if factor in price.provenance.parts)


@per_catalog
def _moments(catalog: Catalog) -> tuple[datetime, ...]:
    return tuple(sorted({EARLIEST, *(price.since for price in catalog.prices if price.since)}))


@per_catalog
def _by_model(catalog: Catalog) -> Mapping[str, tuple[Price, ...]]:
    found: dict[str, list[Price]] = {model: [] for model in catalog.models}
    for price in sorted(catalog.prices, key=_since):
        for model in price.models:
            found.setdefault(model, []).append(price)
    return {model: tuple(prices) for model, prices in found.items()}


def _choices(tiers: Tiers) -> tuple[Value | None, ...]:
    return tuple(tiers) or (None,)


def _since(price: Price) -> datetime:
    return price.since or EARLIEST
