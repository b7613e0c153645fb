"""Price points as a table, as CSV and as Markdown."""

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import StringIO

from rich.table import Table

from pricing_rules.answers import Quote, Value, with_unit, written
from pricing_rules.cli.terminal import BASIS_STYLES, styled, table_of
from pricing_rules.spelling import printable

COLUMNS = ("service", "model", "resolution", "duration", "audio", "outputs", "credits", "usd", "basis")
CSV_COLUMNS = tuple(name for name in COLUMNS if name != "outputs")  # every price point is one output
NUMBERS = ("duration", "outputs", "credits", "usd")
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")
MARKDOWN_MARKS = str.maketrans({"\\": "\\\\", "|": "\\|", "<": "\\<", "`": "\\`"})

Point = dict[str, Value | Decimal | None]


def point_table(quotes: Sequence[Quote], without: Iterable[str] = (), **beside: Sequence[str]) -> Table:
    """Return a table of the columns that say something, but for those left out; further columns beside them."""
    points = [_point(quote) for quote in quotes]
    columns = [name for name in _telling(points) if name not in without]
    table = table_of((*columns, *beside), (*NUMBERS, *beside))
    for quote, point, *more in zip(quotes, points, *beside.values(), strict=True):
        styles = {"basis": BASIS_STYLES[quote.basis]}
        cells = (styled(with_unit(name, point[name]), styles.get(name, "")) for name in columns)
        table.add_row(*cells, *map(styled, more))
    return table


def as_csv(quotes: Iterable[Quote]) -> str:
    """Write CSV with a heading; text that a spreadsheet would run as a formula starts with an apostrophe."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for quote in quotes:
        point = _point(quote)
        writer.writerow([_harmless(written(point[name])) for name in CSV_COLUMNS])
    return out.getvalue()


def as_markdown(quotes: Iterable[Quote]) -> str:
    """Write a Markdown table of the columns that say something."""
    points = [_point(quote) for quote in quotes]
    columns = _telling(points)
    rows = [[with_unit(name, point[name]) for name in columns] for point in points]
    escaped = [[printable(cell).translate(MARKDOWN_MARKS) for cell in row] for row in rows]
    rule = ["--:" if name in NUMBERS else "---" for name in columns]
    return "".join(f"| {' | '.join(row)} |\n" for row in (columns, rule, *escaped))


def _point(quote: Quote) -> Point:
    parameters = quote.parameters
    return {
        "service": quote.service,
        "model": quote.model,
        "resolution": parameters.resolution,
        "duration": parameters.duration,
        "audio": parameters.audio,
        "outputs": None if parameters.outputs == 1 else parameters.outputs,
        "credits": quote.credits,
        "usd": quote.usd,
        "basis": quote.basis,
    }


def _telling(points: Sequence[Point]) -> list[str]:
    """Return the columns that have a value in some row."""
    return [name for name in COLUMNS if any(point[name] is not None for point in points)]


def _harmless(text: str) -> str:
    return f"'{printable(text)}" if text.startswith(FORMULA_MARKS) else printable(text)
