"""What is made of a catalog once and kept with it, such as its rulebooks and checks."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from pricing_rules.catalog.records import Catalog, Endpoint, Model

Arguments = ParamSpec("Arguments")
Made = TypeVar("Made")


def per_catalog(
    make: Callable[Concatenate[Catalog, Arguments], Made],
) -> Callable[Concatenate[Catalog, Arguments], Made]:
    """Keep with the catalog what a function makes of it and of its other arguments; a race makes the same twice."""

    @wraps(make)
    def kept(catalog: Catalog, /, *others: Arguments.args, **named: Arguments.kwargs) -> Made:
        key = (kept, *others) if others else kept
        found: Made | None = catalog.compiled.get(key)
        return catalog.compiled.setdefault(key, make(catalog, *others, **named)) if found is None else found

    return kept


def models_of(catalog: Catalog, endpoint: Endpoint | None) -> tuple[Model, ...]:
    """Return the models of an endpoint in file order, those of the whole catalog where none is told."""
    return tuple(catalog.models.values()) if endpoint is None else _by_endpoint(catalog).get(endpoint.id, ())


@per_catalog
def _by_endpoint(catalog: Catalog) -> Mapping[str, tuple[Model, ...]]:
    found: dict[str, list[Model]] = {}
    for model in catalog.models.values():
        found.setdefault(model.endpoint, []).append(model)
    return {endpoint: tuple(models) for endpoint, models in found.items()}
