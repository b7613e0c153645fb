"""Price tables: those of the bundled models, some made from random multipliers, and what a fit makes of them."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from math import ceil
from random import Random
from typing import NamedTuple

from documents.cells import CELLS
from pricing_rules.answers import Parameters
from pricing_rules.facts import Fit

Cells = Mapping[Parameters, Decimal | int]
MOST_CHARACTERS = 12
# The four different tables of prices with two axes; three models more have the same ones.
TWO_AXES = ("sora-2-text-to-video", "sora-2-pro-text-to-video", "wan/2-6-text-to-video", "bytedance/seedance-1.5-pro")


class Printed(NamedTuple):
    """Prices as they would be printed.

    Attributes:
        cells: the price of one output.
        base: the product before the multipliers.
        unit: charges are whole multiples of this many credits.
        outputs: so many outputs cost as much as so many requests.
    """

    cells: Cells
    base: Fraction
    unit: Fraction = Fraction(1)
    outputs: int = 1


def printed_cells(service: str, model: str) -> dict[Parameters, Decimal]:
    """Return the prices of a model as they were typed from the documents."""
    return {
        Parameters(duration, resolution, None, None): Decimal(amount)
        for owner, name, duration, resolution, amount, _, _ in CELLS
        if (owner, name) == (service, model)
    }


def wide(columns: list[int], rows: Mapping[str, list[int]]) -> dict[Parameters, int]:
    """Return the cells of a table with durations above and resolutions before its prices."""
    return {
        Parameters(seconds, resolution, None, None): price
        for resolution, prices in rows.items()
        for seconds, price in zip(columns, prices, strict=True)
    }


def products(found: Fit) -> Iterator[tuple[Parameters, Fraction]]:
    """Yield every point that the tiers of a fit make, with base x multipliers."""
    spans = {name: {span.value: span.multiplier for span in each} for name, each in found.tiers}
    for seconds, by_seconds in spans.get("duration", {None: Fraction(1)}).items():
        for resolution, by_resolution in spans.get("resolution", {None: Fraction(1)}).items():
            for sound, by_sound in spans.get("audio", {None: Fraction(1)}).items():
                key = Parameters(seconds, resolution, None, sound)
                yield key, found.base * by_seconds * by_resolution * by_sound


def astray(found: Fit, table: Printed) -> list[Parameters]:
    """Return the prices that a fit does not give: one output and all of them, each product rounded up once."""
    exact = dict(products(found))
    return [key for key, price in table.cells.items() if not _gives(exact[key], Fraction(price), table)]


def _gives(exact: Fraction, price: Fraction, table: Printed) -> bool:
    once, all_at_once = _rounded_up(exact, table.unit), _rounded_up(exact * table.outputs, table.unit)
    return (once, all_at_once) == (price, price * table.outputs)


def _rounded_up(exact: Fraction, unit: Fraction) -> Fraction:
    return ceil(exact / unit) * unit


def random_table(random: Random, most_tiers: int) -> Printed:
    """Make a table from random multipliers of up to 12 characters."""
    durations, resolutions = random.randint(1, most_tiers), random.randint(1, most_tiers)
    unit = random.choice((Fraction(1), Fraction(1), Fraction(1, 10)))
    base = random.randint(1, 200) * unit
    across, down = (
        [Fraction(1), *(_multiplier(random) for _ in range(1, count))] for count in (durations, resolutions)
    )
    cells = {
        Parameters(seconds, f"{row}p", None, None): _decimal(_rounded_up(base * one * other, unit))
        for row, other in enumerate(down, 1)
        for seconds, one in enumerate(across, 1)
    }
    return Printed(cells, base, unit)


def _decimal(amount: Fraction) -> Decimal:
    return Decimal(amount.numerator) / amount.denominator


def _multiplier(random: Random) -> Fraction:
    """Return a multiplier that is written with 1 to 12 characters: a whole number, a decimal or a ratio."""
    characters = random.randint(1, MOST_CHARACTERS)
    kind = random.choice(("whole", "decimal", "near", "ratio")) if characters > 2 else "whole"
    while True:
        match kind:
            case "whole":
                text = str(random.randint(1, 10**characters - 1))
            case "decimal":
                places = random.randint(1, characters - 2)
                whole = random.randint(0, 10 ** (characters - 1 - places) - 1)
                text = f"{whole}.{random.randint(0, 10**places - 1):0{places}d}"
            case "near":
                text = f"{random.randint(0, 9)}.{random.randint(0, 10 ** (characters - 2) - 1):0{characters - 2}d}"
            case _:
                below = random.randint(1, characters - 2)
                text = f"{random.randint(1, 10 ** (characters - 1 - below) - 1)}/{random.randint(1, 10**below - 1)}"
        if Fraction(text) > 0:
            return Fraction(text)
