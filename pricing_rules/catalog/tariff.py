"""The price points of a catalog, by model and edition: a price holds from its `since`, inclusive, to the next."""

from collections.abc import Mapping
from datetime import UTC, datetime
from fractions import Fraction

from pricing_rules.answers import Parameters, Value
from pricing_rules.catalog.compiled import per_catalog
from pricing_rules.catalog.records import Catalog, Field, Price, Tiers


def editions(catalog: Catalog, model_id: str) -> tuple[Price, ...]:
    """Return the prices of a model, oldest first."""
    return _by_model(catalog).get(model_id, ())


def in_force(catalog: Catalog, model_id: str, at: datetime | None = None) -> Price | None:
    """Return the price of a model at an instant, else at midnight (UTC) of the version; None before the first."""
    instant = datetime.fromisoformat(catalog.version).replace(tzinfo=UTC) if at is None else at
    held = [price for price in editions(catalog, model_id) if price.since is None or price.since <= instant]
    return held[-1] if held else None


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
    """Return what a request without a parameter counts as: the price's own default, else that of the field."""
    return price.default.get(name, field.default if field else None)


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
    return price.since or datetime.min.replace(tzinfo=UTC)
