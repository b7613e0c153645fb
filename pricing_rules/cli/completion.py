"""What a shell completes: services, and the models and endpoints of the bundled catalogs."""

from collections.abc import Iterable

import click

from pricing_rules.catalog.loading import load_catalog, services


def complete_service(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """Return the bundled services that begin so."""
    return _begun(services(), begun)


def complete_model(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """Return the models of the bundled services that begin so."""
    return _begun((model for name in services() for model in load_catalog(name).models), begun)


def complete_endpoint(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[str]:
    """Return the endpoints of the bundled services that begin so."""
    return _begun((place for name in services() for place in load_catalog(name).endpoints), begun)


def _begun(names: Iterable[str], begun: str) -> list[str]:
    return [name for name in dict.fromkeys(names) if name.startswith(begun)]
