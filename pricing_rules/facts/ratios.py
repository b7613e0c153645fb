"""What a table leaves open: the most that the quotient of each two of its unknowns can be, by shortest paths.

A price says low < base x column x row <= high. With the inverse of a column's multiplier and the multiplier of a row as
the unknowns, that bounds their quotient both ways. The bounds along a path multiply to a bound of the quotient of its
ends; where that of an unknown by itself is below 1, there are no multipliers.
"""

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from pricing_rules.facts.spellings import Interval
from pricing_rules.facts.table import Cell, Rounding, Table

Bound = tuple[Fraction, bool]  # the most that a quotient can be, and whether it can be that; the lesser is the tighter
Matrix = list[list[Bound | None]]  # by the unknown above the stroke, then the one below; None is no bound
ONE: Bound = (Fraction(1), True)


@frozen(eq=False)
class Ratios:
    """The bounds of all quotients, with the first column and the first row at 1.

    Attributes:
        columns: how many columns there are; the unknowns of the rows come after theirs.
        most: the bounds.
        first: what is left of the product of the first column and the first row if the base does not fix it.
    """

    columns: int
    most: Matrix
    first: Interval | None

    def narrowed(self, interval: Interval, unknown: int, known: int, value: Fraction) -> Interval:
        """Return what of an interval is left for the multiplier of an unknown if another's has a value."""
        place = value if known >= self.columns else Fraction(1, value)
        above, below = self.most[unknown][known], self.most[known][unknown]
        if unknown < self.columns:
            above, below, place = below, above, Fraction(1, place)
        least = Fraction(0) if below is None else Fraction(place, below[0])
        most = (interval.most, interval.attained) if above is None else (above[0] * place, above[1])
        return interval.meet(Interval(least, *most))

    def span(self, unknown: int) -> Interval | None:
        """Return where the multiplier of an unknown lies; None where it has no greatest."""
        above, below = self.most[unknown][0], self.most[0][unknown]
        return _interval(below, above) if unknown < self.columns else _interval(above, below)


def ratios_of(table: Table, rounding: Rounding = "up") -> Ratios | None:
    """Close the bounds of a table; None where its prices contradict each other, or the base."""
    columns = len(table.columns)
    count = columns + len(table.rows)
    most: Matrix = [[ONE if one == other else None for other in range(count)] for one in range(count)]
    for (column, row), from_above, bound in stated(table, rounding):
        above, below = (columns + row, column) if from_above else (column, columns + row)
        most[above][below] = bound
    for middle in range(count):
        _close(most, middle)
        if any(_is_broken(row[place]) for place, row in enumerate(most)):
            return None
    first = most[columns][0], most[0][columns]
    if any(map(_is_broken, first)):
        return None
    most[columns][0] = most[0][columns] = ONE
    _close(most, 0)
    _close(most, columns)
    return Ratios(columns, most, _interval(*first))


def stated(table: Table, rounding: Rounding = "up") -> Iterator[tuple[Cell, bool, Bound]]:
    """Yield what each price says of row and column: the most of their product, and the most of its inverse."""
    for cell, credit in table.cells.items():
        bounds = table.bounds(credit, rounding)
        yield cell, True, (Fraction(bounds.high, table.base), bounds.high_is_in)
        if bounds.low > 0:
            yield cell, False, (Fraction(table.base, bounds.low), bounds.low_is_in)


def times(one: Bound, other: Bound) -> Bound:
    """Return the bound of a product."""
    return one[0] * other[0], one[1] and other[1]


def _close(most: Matrix, middle: int) -> None:
    """Tighten all bounds by the ways over one unknown."""
    rests = [(end, rest) for end, rest in enumerate(most[middle]) if rest]
    for row in most:
        leg = row[middle]
        if leg:
            for end, rest in rests:
                bound, known = (leg[0] * rest[0], leg[1] and rest[1]), row[end]
                if known is None or bound < known:
                    row[end] = bound


def _is_broken(bound: Bound | None) -> bool:
    """Tell whether a bound of what is 1 excludes it."""
    return bound is not None and bound < ONE


def _interval(above: Bound | None, below: Bound | None) -> Interval | None:
    least = Fraction(0) if below is None else Fraction(1, below[0])
    return None if above is None else Interval(least, *above)
