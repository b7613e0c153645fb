"""What `fit` has to answer for a small table, found by trying every text: slow, and short enough to be believed.

Every text of a few characters is a multiplier. All combinations that give each price are listed, and the rule is
applied as it is said: the fewest characters in all, then the fewest ratios, then in tier order the larger value.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import product
from math import prod
from random import Random
from typing import NamedTuple

from pricing_rules.facts import fit
from support.price_tables import wide

Spelling = tuple[int, bool]  # characters, and whether it is a ratio; a decimal comes before a ratio of its length
MOST_TRIED = 2_000  # solutions of a table, of rows or of columns; beyond that it is given up


class Tried(NamedTuple):
    """The multipliers of columns, then of rows, without the first ones; and how many others are as short."""

    multipliers: tuple[Fraction, ...]
    rivals: int


@cache
def texts(longest: int) -> tuple[list[Fraction], dict[Fraction, Spelling]]:
    """Return every multiplier that can be written with so many characters, in order, and how."""
    found: dict[Fraction, Spelling] = {}
    for text in _texts(longest):
        value, spelling = Fraction(text), (len(text), "/" in text)
        if value:
            found[value] = min(found.get(value, spelling), spelling)
    return sorted(found), found


def _texts(longest: int) -> Iterator[str]:
    yield from map(str, range(1, 10**longest))
    for whole, part in product(range(1, longest), repeat=2):
        if whole + 1 + part <= longest:
            for left in range(10**whole):
                if len(str(left)) == whole:
                    yield from (f"{left}.{right:0{part}d}" for right in range(10**part))
                    yield from (f"{left}/{right}" for right in range(1, 10**part) if len(str(right)) == part)


def by_trying(table: Sequence[Sequence[int]], base: Fraction, outputs: int, longest: int) -> Tried | None:
    """Find the best multipliers of rows of whole credits by trying all; None where these texts do not tell.

    They tell if some solution is shorter than any with a multiplier of more characters than `longest` can be.
    """
    free = len(table) + len(table[0]) - 2
    step, (_, spelled) = Fraction(1, outputs), texts(longest)
    rows = [_within((row[0] - step) / base, row[0] / base, longest) for row in table[1:]]
    if prod(map(len, rows)) > MOST_TRIED:
        return None
    solutions: list[tuple[Fraction, ...]] = []
    for down in product(*rows):
        columns = _columns(table, base, step, down, longest)
        if len(solutions) + prod(map(len, columns)) > MOST_TRIED:
            return None
        solutions += [(*across, *down) for across in product(*columns)]
    characters = [sum(spelled[value][0] for value in one) for one in solutions]
    least = min(characters, default=None)
    if least is None or least >= longest + 1 + (free - 1):
        return None
    as_short = [one for one, count in zip(solutions, characters, strict=True) if count == least]
    best = min(as_short, key=lambda one: (sum(spelled[value][1] for value in one), [-value for value in one]))
    return Tried(best, min(len(as_short) - 1, 100))


def _columns(
    table: Sequence[Sequence[int]], base: Fraction, step: Fraction, down: tuple[Fraction, ...], longest: int
) -> list[list[Fraction]]:
    """Return the best multipliers of each column with these rows: no column depends on another then."""
    products = [base, *(base * row for row in down)]
    found = []
    for prices in list(zip(*table, strict=True))[1:]:
        above = max((price - step) / one for price, one in zip(prices, products, strict=True))
        most = min(Fraction(price) / one for price, one in zip(prices, products, strict=True))
        found.append(_shortest(_within(above, most, longest), longest))
    return found


def _shortest(values: Sequence[Fraction], longest: int) -> list[Fraction]:
    _, spelled = texts(longest)
    least = min((spelled[value][0] for value in values), default=0)
    return [value for value in values if spelled[value][0] == least]


def _within(above: Fraction, most: Fraction, longest: int) -> list[Fraction]:
    """Return the multipliers greater than one number and at most another."""
    known, _ = texts(longest)
    return known[bisect_right(known, above) : bisect_right(known, most)]


def compared(random: Random, tables: int, longest: int) -> int:
    """Compare random small tables, some with a slip, and return how many could be judged."""
    judged = 0
    for _ in range(tables):
        columns, rows = random.choice(((3, 1), (2, 2), (3, 2), (2, 3), (1, 2), (4, 1)))
        base, outputs = Fraction(random.randint(1, random.choice((6, 60)))), random.choice((1, 1, 1, 10))
        across, down = ([Fraction(1), *(_short(random) for _ in range(1, count))] for count in (columns, rows))
        table = [[-int(-(base * one * other) // 1) for one in across] for other in down]
        if random.random() < 0.3:
            table[-1][-1] = max(1, table[-1][-1] + random.choice((-1, 1)))
        tried = by_trying(table, base, outputs, longest)
        if tried:
            cells = wide(list(range(columns)), {f"{row}p": prices for row, prices in enumerate(table)})
            found = fit(cells, base=base, outputs=outputs)
            chosen = tuple(span.multiplier for _, each in found.tiers for span in each[1:])
            if (chosen, found.rivals, found.proven) != (*tried, True):
                raise AssertionError(table, base, outputs, found, tried)
            judged += 1
    return judged


def _short(random: Random) -> Fraction:
    return Fraction(
        random.choice(
            (str(random.randint(1, 30)), str(random.randint(1, 9)), f"1.{random.randint(1, 9)}", "5/3", "0.5")
        )
    )
