"""`pricing-rules catalog`: a bundled catalog file, to start one of your own from."""

from pathlib import Path

import click

from pricing_rules.catalog.loading import BUNDLED, services
from pricing_rules.cli.command import examples
from pricing_rules.cli.completion import complete_service
from pricing_rules.cli.terminal import write
from pricing_rules.errors import UnknownService


@click.command("catalog", epilog=examples("pricing-rules catalog", "pricing-rules catalog gptimage2api > own.toml"))
@click.argument("service", metavar="[ID]", required=False, shell_complete=complete_service)
def catalog_command(service: str | None) -> int:
    """Print the catalog file of a service; without an ID list the services that there are."""
    if service is None:
        write("".join(f"{name}\n" for name in services()))
        return 0
    if service not in services():
        raise click.UsageError(str(UnknownService(service, services())))
    write(Path(BUNDLED, f"{service}.toml").read_text(encoding="utf-8"))
    return 0
