"""How multipliers are spelled in a catalog: the fewest characters in an interval, and every spelling of a length.

A multiplier is written "3", "1.47" or "5/3"; quotes do not count. Of the spellings of one value the shortest is meant,
a decimal before a ratio.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from attrs import frozen

from pricing_rules.amounts import fraction

MAX_CHARACTERS = 12  # of a multiplier


class Spelling(NamedTuple):
    """A multiplier as it is written; `ratios` is 1 for "5/3", 0 for "3" and "1.47"."""

    characters: int
    ratios: int
    value: Fraction


@frozen
class Interval:
    """The multipliers greater than `above`, up to `most`; `attained` tells whether `most` is one of them."""

    above: Fraction
    most: Fraction
    attained: bool

    @property
    def is_empty(self) -> bool:
        """Whether there is no multiplier in it."""
        return self.above >= self.most

    def __contains__(self, value: Fraction) -> bool:
        return self.above < value and (value < self.most or (self.attained and value == self.most))

    def meet(self, other: "Interval") -> "Interval":
        """Return what two intervals have in common."""
        most, attained = min((self.most, self.attained), (other.most, other.attained))
        return Interval(max(self.above, other.above), most, attained)


def spelled(value: Fraction) -> str:
    """Write a multiplier with the fewest characters."""
    return min(fraction(value), str(value), key=len)


def shortest(interval: Interval, longest: int = MAX_CHARACTERS) -> Spelling | None:
    """Return the spelling with the fewest characters in an interval: a decimal before a ratio, then the larger one.

    Of ratios it is the one with the least numerator and denominator. None has more characters than `longest`.
    """
    if interval.is_empty:
        return None
    numerator, denominator = _simplest(interval)
    characters = len(str(numerator)) + (0 if denominator == 1 else 1 + len(str(denominator)))
    found = _shortest_decimal(interval, min(longest, characters))
    if found is None and characters <= longest:  # a whole number is a decimal
        return Spelling(characters, 1, Fraction(numerator, denominator))
    return found


def spellings(interval: Interval, longest: int) -> Iterator[Spelling]:
    """Yield every spelling in an interval of at most so many characters, in no order."""
    rest = [interval]
    while rest:
        part = rest.pop()
        found = shortest(part, longest)
        if found is not None:
            yield found
            rest.append(Interval(part.above, found.value, attained=False))
            rest.append(Interval(found.value, part.most, part.attained))


def _shortest_decimal(interval: Interval, longest: int) -> Spelling | None:
    """Return the largest of the decimals with the fewest characters: those with the fewest places are equally long."""
    low, below = interval.above.numerator, interval.above.denominator
    high, above = interval.most.numerator, interval.most.denominator
    for places in range(max(1, longest - 1)):
        power = 10**places
        least = low * power // below + 1
        past = least * above - high * power
        if past < 0 or (past == 0 and interval.attained):
            digits = max(len(str(least)), places + 1)
            most, rest = divmod(high * power, above)
            most -= not rest and not interval.attained
            characters = digits + bool(places)
            value = Fraction(min(most, 10**digits - 1), power)
            return Spelling(characters, 0, value) if characters <= longest else None
    return None


def _simplest(interval: Interval) -> tuple[int, int]:
    """Return the fraction with the least numerator and denominator in an interval, by continued fractions."""
    low, below = interval.above.numerator, interval.above.denominator
    high, above = interval.most.numerator, interval.most.denominator
    low_is_in, high_is_in = False, interval.attained
    before, last = (0, 1), (1, 0)
    while True:
        whole, rest = divmod(low, below)
        least = whole if low_is_in and not rest else whole + 1
        past = least * above - high
        if past < 0 or (past == 0 and high_is_in):
            return before[0] + least * last[0], before[1] + least * last[1]
        before, last = last, (before[0] + whole * last[0], before[1] + whole * last[1])
        low, below, high, above = above, high - whole * above, below, rest
        low_is_in, high_is_in = high_is_in, low_is_in
