"""The options of an audit that say how much of what it finds is accepted."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import click

from pricing_rules.amounts import parse
from pricing_rules.audit.meaning.outcomes import FINDINGS
from pricing_rules.audit.report.thresholds import Thresholds
from pricing_rules.spelling import hint, shown

Pairs = dict[str, Any]
Read = Callable[[str], Any]


def _amount(_context: click.Context, _parameter: click.Parameter, text: str | None) -> Fraction | None:
    return None if text is None else _read(text, parse, "an amount of credits such as 20 or 2.5")


def _of_kinds(reads: Read, what: str) -> Callable[..., Pairs]:
    """Return how an option with a limit for each of some kinds of findings is read."""

    def read(_context: click.Context, _parameter: click.Parameter, texts: tuple[str, ...]) -> Pairs:
        found: Pairs = {}
        for text in texts:
            kind, mark, limit = text.partition("=")
            if not mark:
                raise click.BadParameter(f"a limit is written KIND=N, not {shown(text)}")
            if kind not in FINDINGS:
                known = ", ".join(FINDINGS)
                raise click.BadParameter(f"there is no {shown(kind)}.{hint(kind, FINDINGS)} There are {known}")
            found[kind] = _read(limit, reads, what)
        return found

    return read


def _read(text: str, reads: Read, what: str) -> Any:  # noqa: ANN401 -- what it is read as
    try:
        return reads(text)
    except ValueError:
        raise click.BadParameter(f"it is {what}, not {shown(text)}") from None


def _count(text: str) -> int:
    found = parse(text)
    if found.denominator != 1:
        raise ValueError
    return int(found)


def _share(text: str) -> Fraction:
    found = parse(text)
    if found > 1:
        raise ValueError
    return found


OPTIONS = (
    click.option("--max-owed", metavar="N", callback=_amount, help="Exit 1 only if customers are owed more credits."),
    click.option(
        "--max-findings",
        metavar="KIND=N",
        multiple=True,
        callback=_of_kinds(_count, "a number of findings"),
        help="Exit 1 only if a kind has more findings; repeatable.",
    ),
    click.option(
        "--max-share",
        metavar="KIND=X",
        multiple=True,
        callback=_of_kinds(_share, "a share of the rows such as 0.001"),
        help="Exit 1 only if a larger share of the rows has them; repeatable.",
    ),
)


def with_thresholds(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options that set limits."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def thresholds(options: Pairs, failing: frozenset[str]) -> Thresholds:
    """Return the limits that the options of a command set."""
    return Thresholds(options["max_owed"], options["max_findings"], options["max_share"], failing)
