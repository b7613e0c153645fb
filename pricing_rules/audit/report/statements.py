"""The statements of all accounts in a folder, whole or not there at all."""

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import StringIO
from pathlib import Path
from shutil import rmtree

from attrs import asdict, astuple, fields

from pricing_rules.audit.report.page.cells import amount, known, number, row, section, table, tag, text
from pricing_rules.audit.report.page.page import side, tile, wrapped
from pricing_rules.audit.report.statement import AccountStatement, Balance, Line
from pricing_rules.catalog.constraints import counted
from pricing_rules.errors import UnusableLog
from pricing_rules.spelling import printable, shown

FORMULA = ("=", "+", "@", "\t", "\r", "-")  # how a formula of a spreadsheet starts; - last, as in a pattern
HEADINGS = ("model", "rows", "charged", "expected", "difference", "refunded", "refund difference", "findings")

INDEX = (
    "account",
    "file",
    "charged",
    "refunded",
    "owed",
    "lost",
    "rows_not_known",
    "opening",
    "granted",
    "debited",
    "given_back",
    "closing",
)


def write_statements(each: Iterable[AccountStatement], folder: str, service: str, about: str) -> int:
    """Write the statements of accounts to a folder, and `index.csv`; return how many there are.

    Raises:
        UnusableLog: the folder holds something.
        OSError: it cannot be written.
    """
    place = Path(folder)
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise UnusableLog(f"{shown(folder)} holds something; name a folder that is not there yet")
    partial = place.with_name(f"{place.name}.{os.getpid()}.partial")
    try:
        partial.mkdir()
        listed = list(_written(each, partial, service, about))
        partial.joinpath("index.csv").write_text(written(INDEX, listed), encoding="utf-8")
        partial.replace(place)
    finally:
        rmtree(partial, ignore_errors=True)
    return len(listed)


def _written(each: Iterable[AccountStatement], folder: Path, service: str, about: str) -> Iterator[tuple[str, ...]]:
    """Write a page and a CSV for each account; yield its line of the index."""
    for statement in each:
        folder.joinpath(f"{statement.name}.html").write_text(as_html(statement, service, about), encoding="utf-8")
        folder.joinpath(f"{statement.name}.csv").write_text(as_csv(statement), encoding="utf-8")
        left = statement.rows_not_known
        sums = [f"{statement.total(name):f}" for name in ("charged", "refunded")]
        sides = ["" if left and not side else f"{side:f}" for side in (statement.owed, statement.lost)]
        balance = [f"{amount:f}" for amount in astuple(statement.balance)] if statement.balance else []
        yield statement.account, statement.name, *sums, *sides, str(left), *balance


def as_csv(statement: AccountStatement) -> str:
    """Write the lines of a statement as CSV, the last one their sum."""
    names = [each.name for each in fields(Line)]
    rows = [[line.model or "unknown model", *_figures(line)] for line in (*statement.lines, statement.sum)]
    return written(names, rows)


def as_html(statement: AccountStatement, service: str, about: str) -> str:
    """Write a statement as one page that stands alone."""
    heading = f"<h1>Statement of {text(statement.account or 'rows without an account')}</h1>"
    left = statement.rows_not_known
    tiles = (
        tile("Charged", statement.total("charged"), "charged", "credits"),
        tile("Refunded", statement.total("refunded"), "refunded", "credits"),
        side("Owed to the account", statement.owed, left, "owed", "credits"),
        side("Lost by the service", statement.lost, left, "lost", "credits"),
    )
    told = [f"{counted(statement.malformed, 'row')} could not be read."] if statement.malformed else []
    told += [f"What is owed on {counted(left, 'row')} of an unknown status cannot be told."] if left else []
    told += [f"{counted(statement.extra, 'extra row')} of a task in no sum."] if statement.extra else []
    notes = "".join(tag("p", note) for note in told)
    first = (heading, tag("p", text(about, 300), class_="about"), tag("div", "".join(tiles), class_="tiles"), notes)
    lines = table("Credits by model", HEADINGS, map(_row, (*statement.lines, statement.sum)), HEADINGS[1:])
    body = tag("section", "".join(first), class_="card first", id="verdict") + section("By model", lines)
    balance = _balance(statement.balance) if statement.balance else ""
    return wrapped(f"Statement of {statement.account} at {service}", body + balance)


def written(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write rows as CSV whose cells no spreadsheet takes for formulas; numbers stay numbers."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows([_plain(first), *rest] for first, *rest in rows)
    return out.getvalue()


def _plain(cell: str) -> str:
    safe = printable(cell)
    return f"'{safe}" if safe.startswith(FORMULA) else safe


def _figures(line: Line) -> list[str]:
    _, *values = astuple(line)
    return [f"{value:f}" if isinstance(value, Decimal) else str(value) for value in values]


def _row(line: Line) -> str:
    low, high = amount(line.expected_low), amount(line.expected_high)
    figure = f"lines.{text(line.model or '')}"
    cells = (
        number(f"{line.rows:,}", f"{figure}.rows"),
        number(amount(line.charged), f"{figure}.charged"),
        tag("td", low if low == high else f"{low} to {high}", class_="num"),
        number(amount(line.difference, signed=True), f"{figure}.difference"),
        number(amount(line.refunded), f"{figure}.refunded"),
        known(line.refund_difference, line.rows_not_known, f"{figure}.refund_difference", signed=True),
        number(f"{line.findings:,}", f"{figure}.findings"),
    )
    return row(cells, text(line.model or "unknown model"))


def _balance(found: Balance) -> str:
    rows = [row((number(amount(value), f"balance.{name}"),), name) for name, value in asdict(found).items()]
    about = "Opening, and what was granted and refunded, less what was debited, is closing."
    return section("Balance by the ledger", table("Credits", ("balance", "credits"), rows, ("credits",)), about)
