"""Pieces of the interval where a multiplier lies: single spellings, and what is left between them."""

from collections.abc import Sequence
from fractions import Fraction

from attrs import define

from pricing_rules.facts.spellings import Interval, Spelling, shortest

End = tuple[int, int, bool]  # numerator, denominator (0: no end), and whether the end belongs to the piece


@define(eq=False)
class Piece:
    """A part of the line on which an unknown lies: the multiplier of a row, or the inverse of that of a column.

    Attributes:
        tier: index of the unknown's tier.
        is_inverse: whether the unknown is the inverse of the multiplier.
        low: least place.
        high: greatest place.
        spelling: the shortest in it.
        between: the multipliers in it.
        is_single: whether there is one alone, that of the spelling.
        below: the next lower piece of its tier.
    """

    tier: int
    is_inverse: bool
    low: End
    high: End
    spelling: Spelling
    between: Interval
    is_single: bool
    below: "Piece | None" = None


def piece_of(tier: int, between: Interval, *, is_inverse: bool) -> Piece | None:
    """Return an interval of multipliers as one piece; None where none of them is short enough to be written."""
    spelling = shortest(between)
    if spelling is None:
        return None
    low, high = _end(between.above, is_in=False), _end(between.most, is_in=between.attained)
    if is_inverse:
        low, high = _inverse(high), _inverse(low)
    return Piece(tier, is_inverse, low, high, spelling, between, is_single=False)


def parts_of(piece: Piece) -> Sequence[Piece]:
    """Split a piece at its shortest spelling into that and what is left on both sides, from high to low."""
    value, tier, is_inverse = piece.spelling.value, piece.tier, piece.is_inverse
    place = _inverse(_end(value, is_in=True)) if is_inverse else _end(value, is_in=True)
    point = Piece(tier, is_inverse, place, place, piece.spelling, piece.between, is_single=True)
    more = piece_of(tier, Interval(value, piece.between.most, piece.between.attained), is_inverse=is_inverse)
    less = piece_of(tier, Interval(piece.between.above, value, attained=False), is_inverse=is_inverse)
    parts = (less, point, more) if is_inverse else (more, point, less)
    return tuple(part for part in parts if part)


def _end(value: Fraction, *, is_in: bool) -> End:
    return value.numerator, value.denominator, is_in


def _inverse(end: End) -> End:
    return end[1], end[0], end[2]
