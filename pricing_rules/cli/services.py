"""Which service a request is for: by its model, then by the endpoint, then by the shape of its body."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, reduce
from pathlib import Path

import click

from pricing_rules.catalog.loading import load_catalog, services
from pricing_rules.catalog.records import Catalog
from pricing_rules.errors import UnknownEndpoint, UnknownModel, UnknownService
from pricing_rules.request.body import value_of
from pricing_rules.spelling import listed
from pricing_rules.tariffs import Overlay, load_overlay, overlaid


class SeveralServices(click.UsageError):
    """What was asked for fits several services."""

    def __init__(self, what: str, catalogs: Iterable[Catalog]) -> None:
        names = " and ".join(catalog.id for catalog in catalogs)
        super().__init__(f"{what} {names}; say which with --service")


def chosen(service: str | None, file: str | None, overlays: Sequence[str]) -> tuple[Catalog, ...]:
    """Return the catalogs that a command may use: the named one, or all that are bundled; the one under the overlays.

    Raises:
        UsageError: both a service and a file are named.
        UnknownService: no bundled catalog has this id.
        CatalogError: a file cannot be used.
    """
    if service is not None and file is not None:
        raise click.UsageError("--service and --catalog exclude each other")
    if service is not None and service not in services():
        raise UnknownService(service, services())
    layers = [load_overlay(Path(overlay)) for overlay in overlays]
    found = _bundled(service, layers) if file is None else (load_catalog(Path(file)),)
    return (reduce(overlaid, layers, found[0]),) if layers else found


def _bundled(service: str | None, layers: Sequence[Overlay]) -> tuple[Catalog, ...]:
    """Return the named catalog, else the one that the first overlay names, else all."""
    over = layers[0].over if layers and layers[0].over in services() else None
    return tuple(load_catalog(name) for name in services() if (service or over) in (None, name))


def with_model(catalogs: tuple[Catalog, ...], model_id: str) -> tuple[Catalog, ...]:
    """Return the catalogs that have a model.

    Raises:
        UnknownModel: none has; the error names the nearest of them all.
    """
    found = tuple(catalog for catalog in catalogs if model_id in catalog.models)
    if not found:
        raise UnknownModel(model_id, dict.fromkeys(name for catalog in catalogs for name in catalog.models))
    return found


def catalog_of_model(catalogs: tuple[Catalog, ...], model_id: str, endpoint: str | None) -> Catalog:
    """Return the one catalog that has a model, at this endpoint where one is named.

    Raises:
        UnknownModel: none has it.
        UnknownEndpoint: none has the endpoint.
        UsageError: several have it, or it belongs to another endpoint.
    """
    found = with_model(catalogs, model_id)
    if endpoint is not None:
        _known_endpoint(catalogs, endpoint)
        here = tuple(catalog for catalog in found if catalog.models[model_id].endpoint == endpoint)
        if not here:
            raise click.UsageError(f"{model_id} belongs to the endpoint {listed(_endpoints(found, model_id))}")
        found = here
    if len(found) > 1:
        raise SeveralServices(f"{model_id} is at", found)
    return found[0]


def catalog_of_request(catalogs: tuple[Catalog, ...], body: object, endpoint: str | None) -> Catalog:
    """Return the one catalog that a request body is for.

    Raises:
        UnknownEndpoint: none has the endpoint.
        SeveralServices: it fits several equally well.
    """
    fitting = _narrowed(catalogs, lambda catalog: named_model(catalog, body) is not None)
    model_id = named_model(fitting[0], body)
    if endpoint is not None:
        _known_endpoint(catalogs, endpoint)
        fitting = _narrowed(fitting, lambda catalog: endpoint in catalog.endpoints)
    best = max(_known(catalog, body) for catalog in fitting)
    fitting = _narrowed(fitting, lambda catalog: _known(catalog, body) == best)
    if len(fitting) > 1:
        raise SeveralServices("the request fits" if model_id is None else f"{model_id} is at", fitting)
    return fitting[0]


def named_model(catalog: Catalog, body: object) -> str | None:
    """Return the id of the model that a body names, None where it names none that the catalog has."""
    named = value_of(body, catalog.fields["model"])
    return named if isinstance(named, str) and named in catalog.models else None


def _narrowed(catalogs: tuple[Catalog, ...], fits: Callable[[Catalog], bool]) -> tuple[Catalog, ...]:
    """Return the catalogs that fit, all of them where none does."""
    return tuple(filter(fits, catalogs)) or catalogs


def _known(catalog: Catalog, body: object) -> int:
    """Count the keys of a body that the service knows."""
    return len(_top_level_keys(catalog).intersection(body)) if isinstance(body, dict) else 0


@cache
def _top_level_keys(catalog: Catalog) -> frozenset[str]:
    return frozenset(field.segments[0] for field in catalog.fields.values())


def _known_endpoint(catalogs: tuple[Catalog, ...], endpoint: str) -> None:
    known = dict.fromkeys(name for catalog in catalogs for name in catalog.endpoints)
    if endpoint not in known:
        raise UnknownEndpoint(endpoint, known)


def _endpoints(catalogs: tuple[Catalog, ...], model_id: str) -> Iterable[str]:
    return dict.fromkeys(catalog.models[model_id].endpoint for catalog in catalogs)
