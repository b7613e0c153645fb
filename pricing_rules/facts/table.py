"""A printed table of prices, checked: at most two priced parameters, and what each price says of its product."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal, assert_never

from attrs import frozen

from pricing_rules.amounts import fraction
from pricing_rules.answers import Parameters, Value
from pricing_rules.catalog.formula import TIERED
from pricing_rules.facts.answers import Cells, UnusableTable
from pricing_rules.spelling import listed, shown

Amount = Decimal | Fraction | int
Rounding = Literal["up", "down", "nearest"]
Cell = tuple[int, int]  # the column and the row of a price
SIDES = 2  # a table has columns and rows
MAX_TIERS = 20  # of a parameter
MAX_DIGITS = 40  # of an amount


@frozen
class Bounds:
    """Where a product lies that is charged a printed price, and which of the ends it can have."""

    low: Fraction
    low_is_in: bool
    high: Fraction
    high_is_in: bool


@frozen(eq=False)
class Table:
    """Prices by column and row; where fewer than two parameters are priced, there is one row, or one column too.

    Attributes:
        axes: names of the priced parameters: that of the columns, then that of the rows.
        columns: tiers of the first axis, in order of appearance.
        rows: tiers of the second axis.
        cells: each printed price in credits, in the order of the table.
        keys: the parameters of each cell.
        unit: charges are whole multiples of this many credits.
        outputs: so many outputs cost what as many requests cost.
        base: credits before the multipliers; the tiers of the first cell have the multiplier 1.
    """

    axes: tuple[str, ...]
    columns: tuple[Value | None, ...]
    rows: tuple[Value | None, ...]
    cells: Mapping[Cell, Fraction]
    keys: Mapping[Cell, Parameters]
    unit: Fraction
    outputs: int
    base: Fraction

    def bounds(self, credit: Fraction, rounding: Rounding = "up") -> Bounds:
        """Tell where the product of a printed price lies."""
        match rounding:
            case "up":
                low = credit - Fraction(self.unit, self.outputs)
                return Bounds(low, low_is_in=False, high=credit, high_is_in=True)
            case "down":
                return Bounds(credit, low_is_in=True, high=credit + self.unit, high_is_in=False)
            case "nearest":
                half = Fraction(self.unit, 2)
                return Bounds(credit - half, low_is_in=True, high=credit + half, high_is_in=False)
            case _:
                assert_never(rounding)


def table_of(cells: Cells, unit: Amount, outputs: int, base: Amount | None) -> Table:
    """Check printed prices.

    Raises:
        UnusableTable: no price, more than 20 tiers or more than two priced parameters, a cell that names other
            parameters than the first, or an amount that is not above 0, has over 40 digits or is no multiple of the
            unit.
        TypeError: an amount is neither int, Decimal nor Fraction.
    """
    if isinstance(outputs, bool) or not isinstance(outputs, int) or outputs < 1:
        raise UnusableTable(f"outputs are a whole number of at least 1, not {shown(outputs)}")
    step = _amount(unit, "the unit")
    axes = _axes(tuple(cells))
    tiers = [tuple(dict.fromkeys(getattr(key, axis) for key in cells)) for axis in axes]
    for axis, values in zip(axes, tiers, strict=True):
        if len(values) > MAX_TIERS:
            raise UnusableTable(f"{axis} has {len(values)} tiers; at most {MAX_TIERS} can be fitted")
    columns, rows = (*tiers, (None,), (None,))[:SIDES]
    keys = {_cell(key, axes, columns, rows): key for key in cells}
    prices = {cell: _price(cells[key], key, step) for cell, key in keys.items()}
    first = next(iter(prices.values())) if base is None else _amount(base, "the base")
    return Table(axes, columns, rows, prices, keys, step, outputs, first)


def named(key: Parameters) -> str:
    """Name a cell for people: "1080p 10 s"."""
    seconds = None if key.duration is None else f"{key.duration} s"
    sound = {True: "with sound", False: "without sound"}[key.audio] if isinstance(key.audio, bool) else key.audio
    return " ".join(str(part) for part in (key.resolution, seconds, sound) if part is not None) or "the price"


def _axes(keys: tuple[Parameters, ...]) -> tuple[str, ...]:
    if not keys:
        raise UnusableTable("a table has at least one price")
    axes = tuple(name for name in TIERED if getattr(keys[0], name) is not None)
    if len(axes) > SIDES:
        raise UnusableTable(f"prices by {listed(axes, 'and')}: at most two priced parameters can be fitted")
    for key in keys:
        if tuple(name for name in TIERED if getattr(key, name) is not None) != axes:
            raise UnusableTable(f"{named(key)} does not name the parameters of the first price, {named(keys[0])}")
        if key.outputs not in (None, 1):
            raise UnusableTable(f"{named(key)} is the price of {shown(key.outputs)} outputs; a cell is that of one")
    return axes


def _cell(
    key: Parameters, axes: tuple[str, ...], columns: tuple[Value | None, ...], rows: tuple[Value | None, ...]
) -> Cell:
    values = (*(getattr(key, axis) for axis in axes), None, None)
    return columns.index(values[0]), rows.index(values[1])


def _price(amount: object, key: Parameters, unit: Fraction) -> Fraction:
    price = _amount(amount, named(key))
    if price % unit:
        raise UnusableTable(f"{named(key)}: {fraction(price)} is no multiple of the unit, {fraction(unit)}")
    return price


def _amount(amount: object, name: str) -> Fraction:
    if isinstance(amount, bool) or not isinstance(amount, int | Decimal | Fraction):
        raise TypeError(f"{name} is an int, a Decimal or a Fraction, never a {type(amount).__name__}")
    if not isinstance(amount, Decimal) or (amount.is_finite() and abs(amount.adjusted()) <= MAX_DIGITS):
        exact = Fraction(amount)
        if 0 < exact < 10**MAX_DIGITS and exact.denominator < 10**MAX_DIGITS:
            return exact
    raise UnusableTable(f"{name} is {shown(amount)}; an amount is above 0 and has at most {MAX_DIGITS} digits")
