"""The options that say what a log is and what of it is judged: those of `audit` and of `explain`."""

from collections.abc import Callable
from typing import Any

import click

from pricing_rules.audit.mapping.tables import read_mapping
from pricing_rules.audit.options import CHECKS
from pricing_rules.audit.suggestion.service import services_of
from pricing_rules.catalog.records import Catalog
from pricing_rules.cli.command import instant
from pricing_rules.cli.mapping import with_mapping
from pricing_rules.cli.services import SeveralServices
from pricing_rules.spelling import hint, shown


def some_of(known: tuple[str, ...]) -> Callable[..., frozenset[str]]:
    """Return how an option with names is read: each is known, or the nearest is told."""

    def read(_context: click.Context, _parameter: click.Parameter, text: str | None) -> frozenset[str]:
        names = frozenset(filter(None, (text or "").split(",")))
        for name in sorted(names):
            if name not in known:
                raise click.BadParameter(f"there is no {shown(name)}.{hint(name, known)} There are {', '.join(known)}")
        return names

    return read


LOG_OPTIONS = (
    click.option("--ledger", metavar="FILE", multiple=True, help="Grants, debits and refunds, which tell the charges."),
    click.option("--history", is_flag=True, help="Judge the last row of a task only."),
    click.option(
        "--unchecked", metavar="NAME,…", callback=some_of(CHECKS), help="Do without charge, refunds or history."
    ),
    click.option("--since", metavar="INSTANT", callback=instant, help="First instant of the tasks that are judged."),
    click.option("--until", metavar="INSTANT", callback=instant, help="Instant before which they were accepted."),
    click.option("--account", metavar="ID", help="The only account that is judged."),
    click.option("--request-column", metavar="NAME", help="Column with the raw request bodies as JSON."),
    click.option(
        "--memory-limit", metavar="SIZE", default="2GB", show_default=True, help="What does not fit goes to disk."
    ),
    click.option(
        "--store",
        "--resume",
        "store",
        metavar="DIR",
        help="Keep what is found out about each file there, for the next.",
    ),
)


def log_options(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options that say what a log is and what of it is judged."""
    command = with_mapping(command)
    for option in reversed(LOG_OPTIONS):
        command = option(command)
    return command


def catalog_of_log(catalogs: tuple[Catalog, ...], logs: tuple[str, ...], options: dict[str, Any]) -> Catalog:
    """Return the one catalog that a log can be of, by what it says where several are there.

    Raises:
        SeveralServices: it leaves the choice open.
    """
    if len(catalogs) > 1:
        mapping = read_mapping(*options["mapping"])
        catalogs = services_of(catalogs, logs, mapping, options["request_column"], options["table"])
    if len(catalogs) > 1:
        raise SeveralServices("a log can be of", catalogs)
    return catalogs[0]
