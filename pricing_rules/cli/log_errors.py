"""How the commands that read or make logs tell what went wrong."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from pricing_rules.cli.bodies import UnreadableInput
from pricing_rules.errors import UnreadableLog, UnusableLog


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
