"""`pricing-rules sample-log`: a made-up usage log with known faults, to try an audit on."""

from pathlib import Path
from re import fullmatch

import click

from pricing_rules.audit.evidence.files import check_format
from pricing_rules.audit.sample.log import FAULTS, MOST_DAYS, MOST_ROWS, sample
from pricing_rules.catalog.constraints import counted
from pricing_rules.catalog.records import Catalog
from pricing_rules.cli.command import examples, log_errors, with_catalogs
from pricing_rules.cli.services import SeveralServices
from pricing_rules.cli.terminal import show, show_json, styled
from pricing_rules.errors import UnusableLog
from pricing_rules.spelling import shown

ACCOUNTS = click.IntRange(1, MOST_ROWS)


@click.command(
    "sample-log",
    epilog=examples(
        "pricing-rules sample-log 1000 --service gptimage2api --faults none --out log.csv",
    ),
)
@click.argument("rows", type=click.IntRange(1, MOST_ROWS))
@click.option("--out", metavar="FILE", required=True, help="File to write: .parquet, .csv or .jsonl.")
@click.option("--seed", type=int, default=0, show_default=True, help="Another seed makes another log.")
@click.option("--faults", metavar="KIND=N,…", help=f"Faults to plant, or none. Kinds: {', '.join(FAULTS)}.")
@click.option("--accounts", type=ACCOUNTS, default=1_000, show_default=True, help="How many accounts.")
@click.option("--days", type=click.IntRange(1, MOST_DAYS), default=90, show_default=True, help="How many days.")
@with_catalogs
def sample_log_command(
    rows: int,
    out: str,
    seed: int,
    faults: str | None,
    accounts: int,
    days: int,
    *,
    catalogs: tuple[Catalog, ...],
    as_json: bool,
) -> int:
    """Write a log of ROWS made-up tasks in which faults are planted, the same for the same seed."""
    if len(catalogs) > 1:
        raise SeveralServices("a log can be of", catalogs)
    with log_errors("a sample log"):
        check_format(out)
        planted = _faults(faults)
        made = sample(catalogs[0], rows, out, seed=seed, faults=planted, accounts=accounts, days=days)
    if as_json:
        show_json({"file": out, "rows": made.rows, "findings": dict(made.findings)})
        return 0
    finds = "an audit finds:" if made.findings else "an audit finds nothing"
    show(styled(f"{counted(made.rows, 'row')} in {Path(out).name}; {finds}"))
    for kind, number in made.findings.items():
        show(styled(f"  {kind:<24}{number:>10,}"))
    return 0


def _faults(text: str | None) -> dict[str, int] | None:
    """Read kinds with their numbers.

    Raises:
        UnusableLog: it is not written so.
    """
    if text is None:
        return None
    if text == "none":
        return {}
    found: dict[str, int] = {}
    for part in text.split(","):
        kind, _, number = part.partition("=")
        if not fullmatch("[0-9]{1,12}", number):
            raise UnusableLog(f"faults are written like overcharged=10,missing_refund=3, not {shown(part)}")
        if kind in found:
            raise UnusableLog(f"the fault {shown(kind)} is named twice")
        found[kind] = int(number)
    return found
