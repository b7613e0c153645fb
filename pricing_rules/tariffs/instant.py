"""A catalog as of an instant: whatever reads catalogs then reads the tariff of that instant."""

from datetime import UTC, datetime, time

from attrs import evolve

from pricing_rules.catalog.records import Catalog
from pricing_rules.errors import Inexpressible
from pricing_rules.request.arguments import check_catalog, instant


def as_of(catalog: Catalog, at: datetime | None = None, *, until: datetime | None = None) -> Catalog:
    """Return a catalog whose version is an instant, so that its rules and prices hold where a caller names none.

    Args:
        catalog: the tariff.
        at: the new version, with its offset; without, it stays.
        until: prices that begin later are left out, and models that have no other, such as those not yet public.

    Raises:
        Inexpressible: no model has a price that begins until then.
        TypeError: what is given as a catalog is none, or an instant is no datetime.
        ValueError: an instant has no offset.
    """
    check_catalog(catalog)
    version, last = instant(at), instant(until)
    prices = tuple(price for price in catalog.prices if last is None or price.since is None or price.since <= last)
    kept = {model for price in prices for model in price.models}
    if not kept:
        raise Inexpressible(f"{catalog.id}: no price begins until {last}")
    models = {name: model for name, model in catalog.models.items() if name in kept}
    homes = {model.endpoint for model in models.values()}
    return evolve(
        catalog,
        version=catalog.version if version is None else _written(version.astimezone(UTC)),
        prices=prices,
        models=models,
        endpoints={name: endpoint for name, endpoint in catalog.endpoints.items() if name in homes},
    )


def _written(instant: datetime) -> str:
    """Write an instant as a version: a date for its midnight."""
    is_midnight = instant.timetz() == time(tzinfo=UTC)
    return instant.date().isoformat() if is_midnight else instant.replace(tzinfo=None).isoformat() + "Z"
