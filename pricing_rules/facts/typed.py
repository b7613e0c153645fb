"""A price table as a person types it: CSV, wide with a tier above each column, or long with a line for each price."""

import csv
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pricing_rules.amounts import parse
from pricing_rules.answers import Parameters, Value
from pricing_rules.catalog.formula import TIERED
from pricing_rules.facts.answers import UnusableTable
from pricing_rules.facts.table import named
from pricing_rules.spelling import hint, shown

MAX_CHARACTERS = 100_000
DELIMITERS = "\t;,"
PRICE = "credits"
SOUND = {"true": True, "false": False}
FORMS = (
    "a wide table has a tier above each column and before each row (,5,10 / 720p,30,60), "
    "a long one a heading with credits (resolution,duration,credits)"
)
Row = Sequence[str]


def read_table(text: str) -> dict[Parameters, Decimal]:
    """Read a table of prices.

    Durations are whole seconds, with or without "s"; true and false are sound; other tiers are resolutions.

    Raises:
        UnusableTable: it is neither wide nor long; names the line.
    """
    if len(text) > MAX_CHARACTERS:
        raise UnusableTable(f"a table has at most {MAX_CHARACTERS:,} characters")
    rows = list(_rows(text))
    if not rows:
        raise UnusableTable(f"there is no line in it: {FORMS}")
    heading = [cell.casefold() for cell in rows[0][1]]
    cells = _long(heading, rows[1:]) if PRICE in heading else _wide(rows[0][1], rows[1:])
    found: dict[Parameters, Decimal] = {}
    for line, key, price in cells:
        if key in found:
            raise UnusableTable(f"line {line}: {named(key)} stands there twice")
        found[key] = _price(line, price)
    return found


def _rows(text: str) -> Iterator[tuple[int, Row]]:
    """Yield the lines that are not blank, each with its number."""
    first = text.lstrip().partition("\n")[0]
    delimiter = next((mark for mark in DELIMITERS if mark in first), ",")
    reader = csv.reader(text.splitlines(), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if not all(map(str.isprintable, cells)):
                raise UnusableTable(f"line {reader.line_num} is no text")
            if any(cells):
                yield reader.line_num, cells
    except csv.Error as fault:
        raise UnusableTable(f"line {reader.line_num}: not CSV: {fault}") from None


def _long(heading: Row, rows: Sequence[tuple[int, Row]]) -> Iterator[tuple[int, Parameters, str]]:
    for name in heading:
        if name not in (*TIERED, PRICE):
            raise UnusableTable(f"there is no column {shown(name)}.{hint(name, (*TIERED, PRICE))}")
    if len(set(heading)) < len(heading):
        raise UnusableTable("a column stands there twice")
    for line, row in rows:
        if len(row) != len(heading):
            raise UnusableTable(f"line {line} has {len(row)} cells, the heading {len(heading)}")
        cells = dict(zip(heading, row, strict=True))
        price = cells.pop(PRICE)
        yield line, _key({name: _tier(line, name, cell) for name, cell in cells.items() if cell}), price


def _wide(heading: Row, rows: Sequence[tuple[int, Row]]) -> Iterator[tuple[int, Parameters, str]]:
    columns, labels = heading[1:], [row[0] for _, row in rows]
    if heading[0].casefold() not in ("", *TIERED) or not all(columns) or not rows:
        raise UnusableTable(f"the first line is no heading: {FORMS}")
    across, down = _axis(columns), _axis(labels) if any(labels) else ""
    if across == down:
        raise UnusableTable(f"columns and rows are both tiers of {across}")
    for line, row in rows:
        if len(row) != len(heading) or (down and not row[0]):
            raise UnusableTable(f"line {line} does not have a tier and {len(columns)} prices")
        own = {down: _tier(line, down, row[0])} if down else {}
        for column, price in zip(columns, row[1:], strict=True):
            if price:
                yield line, _key({across: _tier(line, across, column), **own}), price


def _axis(tiers: Row) -> str:
    """Return the parameter whose tiers these are."""
    if all(_seconds(tier) is not None for tier in tiers):
        return "duration"
    return "audio" if all(tier.casefold() in SOUND for tier in tiers) else "resolution"


def _tier(line: int, name: str, cell: str) -> Value:
    match name:
        case "duration":
            seconds = _seconds(cell)
            if seconds is None:
                raise UnusableTable(f"line {line}: a duration is whole seconds, not {shown(cell)}")
            return seconds
        case "audio":
            return SOUND.get(cell.casefold(), cell)
        case _:
            return cell


def _seconds(tier: str) -> int | None:
    digits = tier.casefold().removesuffix("s").rstrip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 6 else None  # noqa: PLR2004


def _key(tiers: dict[str, Value]) -> Parameters:
    return Parameters(tiers.get("duration"), tiers.get("resolution"), None, tiers.get("audio"))


def _price(line: int, cell: str) -> Decimal:
    try:
        parse(cell)
        return Decimal(cell)
    except (ValueError, ArithmeticError):
        raise UnusableTable(f'line {line}: a price is a number like "30" or "2.4", not {shown(cell)}') from None
