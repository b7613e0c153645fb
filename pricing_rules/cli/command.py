"""What every command has: its options for the service and for JSON, and how its errors are told."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from fractions import Fraction
from functools import wraps
from typing import Any

import click

from pricing_rules.amounts import multiplier
from pricing_rules.cli.bodies import UnreadableInput
from pricing_rules.cli.completion import complete_endpoint, complete_service
from pricing_rules.cli.services import chosen
from pricing_rules.cli.terminal import safe_lines, show, show_json, styled
from pricing_rules.errors import (
    CatalogError,
    PricingRulesError,
    UnknownEndpoint,
    UnknownModel,
    UnknownService,
    UnreadableLog,
    UnusableLog,
)
from pricing_rules.serialization import as_dict

REFUSED = 1
EXAMPLES = "\b\nExamples:"
UNREADABLE = 3


def examples(*lines: str) -> str:
    """Write the examples of a command below its help, each on a line of its own."""
    return "\n".join((EXAMPLES, *(f"  {line}" for line in lines)))


def with_catalogs(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command `catalogs`, those that it may use, and `as_json`; tell the errors that it raises."""

    @click.option(
        "--service", metavar="ID", shell_complete=complete_service, help="The service that charges, where several fit."
    )
    @click.option("--catalog", metavar="FILE", help="A catalog file of your own instead of the bundled ones.")
    @click.option("--overlay", "overlays", metavar="FILE", multiple=True, help="A plan or seller over it; repeatable.")
    @with_errors
    @wraps(command)
    def found(
        service: str | None,
        catalog: str | None,
        overlays: tuple[str, ...],
        **arguments: Any,  # noqa: ANN401
    ) -> int:
        return command(catalogs=chosen(service, catalog, overlays), **arguments)

    return found


def with_errors(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command `as_json`; tell the errors that it raises."""

    @click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
    @wraps(command)
    def told(*, as_json: bool, **arguments: Any) -> int:  # noqa: ANN401
        for_programs = as_json or arguments.get("form") == "json"
        try:
            return command(as_json=as_json, **arguments)
        except (UnknownService, UnknownEndpoint) as error:
            raise click.UsageError(str(error)) from None
        except UnknownModel as error:
            _tell(error, as_json=for_programs)
            return REFUSED
        except (CatalogError, UnreadableInput) as error:
            _tell(error, as_json=for_programs, err=True)
            return UNREADABLE

    return told


def endpoint_option(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command `endpoint`, the id of the endpoint that a request goes to."""
    about = "Endpoint that the request goes to; without, the one of its model."
    return click.option("--endpoint", metavar="ID", shell_complete=complete_endpoint, help=about)(command)


def at_option(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command `at`, the instant whose prices hold."""
    about = "Instant whose prices hold, such as 2026-11-20T00:00:00Z; without, the date of the catalog."
    return click.option("--at", metavar="INSTANT", callback=instant, help=about)(command)


def custom_multiplier_option(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command `custom_multiplier`, exact."""
    about = "Your own factor, such as 5, 1.47 or 5/3."
    return click.option("--custom-multiplier", metavar="X", default="1", callback=_multiplier, help=about)(command)


def unwritten(error: OSError) -> str:
    """Say what could not be written and why; without a name it is the output."""
    name = error.filename2 or error.filename
    return f"cannot write{'' if name is None else f' {name}'}: {error.strerror or error}"


def _tell(error: PricingRulesError, *, as_json: bool, err: bool = False) -> None:
    if as_json:
        show_json(as_dict(error))
    elif err:
        click.echo(f"Error: {safe_lines(str(error))}", err=True)
    else:
        show(styled(str(error)))


def instant(_context: click.Context, _parameter: click.Parameter, text: str | None) -> datetime | None:
    """Read an instant with its offset."""
    if text is None:
        return None
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter("an instant is written like 2026-11-20T00:00:00Z") from None
    if instant.utcoffset() is None:
        raise click.BadParameter("the instant needs an offset from UTC, such as 2026-11-20T00:00:00Z or +01:00")
    return instant


def _multiplier(_context: click.Context, _parameter: click.Parameter, text: str) -> Fraction:
    try:
        return multiplier(text)
    except ValueError as fault:
        raise click.BadParameter(str(fault)) from None


@contextmanager
def log_errors(work: str) -> Iterator[None]:
    """Tell the errors of a piece of work on a log, such as "an audit", as a command line does."""
    try:
        yield
    except UnusableLog as fault:
        raise click.UsageError(str(fault)) from None
    except UnreadableLog as fault:
        raise UnreadableInput(str(fault)) from None
    except ModuleNotFoundError as missing:
        raise click.UsageError(f"{work} needs {missing.name}: pip install 'pricing-rules[audit]'") from None
    except RuntimeError as stopped:  # as DuckDB says that it was interrupted
        if "nterrupt" in str(stopped):
            raise KeyboardInterrupt from None
        raise
