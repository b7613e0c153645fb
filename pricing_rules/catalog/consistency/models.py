"""Whether models stand at an endpoint, keep to its modes and have a price."""

from collections.abc import Iterator

from pricing_rules.catalog.compiled import per_catalog
from pricing_rules.catalog.consistency.checks import misread, misspelt, twice, unknown
from pricing_rules.catalog.consistency.endpoints import limit_faults, limits_read
from pricing_rules.catalog.faults import Fault
from pricing_rules.catalog.records import Catalog
from pricing_rules.catalog.tariff import in_force


def model_faults(catalog: Catalog) -> Iterator[Fault]:
    """Yield what does not fit in the tables of models."""
    yield from _home_faults(catalog) if catalog.models else [(("models",), "there is none")]
    read = {endpoint.id: limits_read(catalog, endpoint) for endpoint in catalog.endpoints.values()}
    meant = misspelt((model for price in catalog.prices for model in price.models), catalog.models)
    for model in catalog.models.values():
        path = ("models", model.id)
        if not model.modes:
            yield (*path, "modes"), "there is none"
        yield from twice(model.modes, *path, "modes")
        if model.endpoint in catalog.endpoints:
            modes = dict.fromkeys(catalog.endpoints[model.endpoint].modes.values())
            yield from unknown(model.modes if modes else (), modes, "mode of its endpoint", *path, "modes")
            yield from limit_faults(model.limits, read[model.endpoint], *path, "limits")
        yield from misread(model.provenance, {**model.limits, "modes": 0, "endpoint": 0}, *path)
        if in_force(catalog, model.id) is None and model.id not in meant:
            yield path, f"no price holds at the catalog's version, {catalog.version}"


def _home_faults(catalog: Catalog) -> Iterator[Fault]:
    """Yield the models of no endpoint and the endpoints of no model."""
    homes = {model.endpoint: model.id for model in catalog.models.values()}
    for model in catalog.models.values():
        yield from unknown((model.endpoint,), catalog.endpoints, "endpoint", "models", model.id, "endpoint")
    meant = misspelt(homes, catalog.endpoints)
    for name in catalog.endpoints:
        if name not in homes and name not in meant:
            yield ("endpoints", name), "no model belongs to it"


@per_catalog
def misleads(catalog: Catalog) -> bool:
    """Tell whether a model names no endpoint, or prices are not those of the models that there are."""
    named = [(model, price.since) for price in catalog.prices for model in price.models or ("",)]
    sound = {model for model, _ in named} <= catalog.models.keys() and len({*named}) == len(named)
    homes = {model.endpoint for model in catalog.models.values()}
    return not (sound and homes and homes <= catalog.endpoints.keys())
