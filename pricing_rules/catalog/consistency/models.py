"""Whether models stand at an endpoint, keep to its modes and have a price."""

from collections.abc import Iterator

from pricing_rules.catalog.consistency.endpoints import limit_faults, limits_read
from pricing_rules.catalog.consistency.fault import Fault, misread, twice, unknown
from pricing_rules.catalog.records import Catalog
from pricing_rules.catalog.tariff import in_force


def model_faults(catalog: Catalog) -> Iterator[Fault]:
    """Yield what does not fit in the tables of models."""
    if not catalog.models:
        yield ("models", "there is none")
    homes = {model.endpoint for model in catalog.models.values()}
    for name in catalog.endpoints:
        if name not in homes:
            yield (f"endpoints.{name}", "no model belongs to it")
    read = {endpoint.id: limits_read(catalog, endpoint) for endpoint in catalog.endpoints.values()}
    for model in catalog.models.values():
        key = f"models.{model.id}"
        endpoint = catalog.endpoints[model.endpoint]
        if not model.modes:
            yield (f"{key}.modes", "there is none")
        yield from twice(model.modes, f"{key}.modes")
        if endpoint.modes:
            yield from unknown(model.modes, tuple(endpoint.modes.values()), "mode of its endpoint", f"{key}.modes")
        yield from limit_faults(model.limits, read[endpoint.id], key)
        yield from misread(model.provenance, (*model.limits, "modes", "endpoint"), key)
        if in_force(catalog, model.id) is None:
            yield (key, f"no price holds at the catalog's version, {catalog.version}")
