"""Prices that contradict, as few as can be, and in words: what one of them could be beside the others."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil, prod

from attrs import frozen

from pricing_rules.amounts import fraction
from pricing_rules.facts.answers import Cells, NoFit
from pricing_rules.facts.ratios import ONE, Bound, stated, times
from pricing_rules.facts.table import Cell, Table, named


@frozen(eq=False)
class Step:
    """From one unknown to another over a price, which bounds the product of its row and column from above or below."""

    cell: Cell
    from_above: bool
    bound: Bound
    start: int
    end: int


Walks = dict[tuple[int, int], tuple[Bound, tuple[Step, ...]]]  # the tightest, by start and end


def no_fit(table: Table, cells: Cells) -> NoFit:
    """Return the error that names contradicting prices of a table that has some."""
    loop = _loop(table)
    keys = dict.fromkeys(table.keys[step.cell] for step in loop)
    said = [f"{named(key)} = {fraction(Fraction(cells[key]))}" for key in keys]
    if _is_over_base(loop):
        said.append(f"the base {fraction(table.base)}")
        keys = {table.keys[next(iter(table.cells))]: None, **keys}  # without it other tiers would be those of the base
    alone = {key: cells[key] for key in keys}
    return NoFit(alone, f"{', '.join(said[:-1])} and {said[-1]} contradict; {_possible(table, loop)}")


def _loop(table: Table) -> tuple[Step, ...]:
    """Return steps back to their start whose bounds multiply to less than 1, over the fewest prices.

    The first column and the first row are one unknown, by the base. Walks grow by one price at a time.
    """
    onward = _steps(table)
    walks: Walks = {(place, place): (ONE, ()) for place in onward}
    while True:
        walks = _longer(walks, onward)
        loops = [way for (start, end), (bound, way) in walks.items() if start == end and bound < ONE]
        if loops:
            over_base = [way for way in loops if way[0].start == 0]
            return (over_base or loops)[0]


def _steps(table: Table) -> Mapping[int, Sequence[Step]]:
    """Return the steps from each unknown; the first is that of the base."""
    onward = defaultdict(list)
    for (column, row), from_above, bound in stated(table):
        places = (len(table.columns) + row if row else 0, column)
        start, end = places if from_above else places[::-1]
        onward[start].append(Step((column, row), from_above, bound, start, end))
    return onward


def _longer(walks: Walks, onward: Mapping[int, Sequence[Step]]) -> Walks:
    """Return the tightest walks with one more step."""
    longer: Walks = {}
    for (start, middle), (bound, way) in walks.items():
        for step in onward[middle]:
            whole, known = times(bound, step.bound), longer.get((start, step.end))
            if known is None or whole < known[0]:
                longer[start, step.end] = whole, (*way, step)
    return longer


def _is_over_base(loop: Sequence[Step]) -> bool:
    """Tell whether a loop that starts at the base comes by its row and leaves by its column, or the reverse."""
    return loop[0].start == 0 and loop[0].from_above == loop[-1].from_above


def _possible(table: Table, loop: Sequence[Step]) -> str:
    """Say what the last price that is too high can be at most; where none is, what the last one must be at least."""
    product = prod((step.bound[0] for step in loop), start=Fraction(1))
    high = [step.cell for step in loop if not step.from_above]
    cell = high[-1] if high else loop[-1].cell
    bounds = table.bounds(table.cells[cell])
    if high:
        most = bounds.low * product  # what the other prices leave of its product
        credit = (ceil(Fraction(most + bounds.high - bounds.low, table.unit)) - 1) * table.unit
        return f"at most {fraction(credit)} is possible at {named(table.keys[cell])}"
    credit = ceil(Fraction(bounds.high, product * table.unit)) * table.unit
    return f"at least {fraction(credit)} is possible at {named(table.keys[cell])}"
