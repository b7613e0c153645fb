"""credits = base x duration x resolution x outputs x audio x custom, rounded up once.

The formula is printed in credits-and-models.txt: Credit formula.
"""

from collections.abc import Iterable
from fractions import Fraction
from math import prod

from pricing_rules.amounts import ceiling

TIERED = ("duration", "resolution", "audio")
PARAMETERS = ("duration", "resolution", "outputs", "audio")
FACTORS = ("base", *PARAMETERS, "custom")


def product(multipliers: Iterable[Fraction]) -> Fraction:
    """Multiply the factors exactly, in credits."""
    return prod(multipliers, start=Fraction(1))


def charge(exact: Fraction, unit: Fraction) -> Fraction:
    """Round an exact product up to the service's unit, in credits."""
    return ceiling(exact, unit)
