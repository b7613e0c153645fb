"""The multipliers with the fewest characters, by pieces that get finer where they are cheap and not yet single."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import islice

from attrs import frozen

from pricing_rules.facts.antichain import Antichain, Limits
from pricing_rules.facts.choices import Choice, any_choice, best_choices
from pricing_rules.facts.pieces import Piece, parts_of, piece_of
from pricing_rules.facts.spellings import Interval, Spelling

Solution = Mapping[int, Spelling]
Tiers = Mapping[int, list[Piece]]
COUNTED = 101  # the best and 100 rivals
PIECES = 12  # n tiers may have n (n + 12) : 2; with more, spellings are tried out instead
SCALE = 64  # a character counts more than a ratio, or a piece that is not yet single, in every tier


@frozen(eq=False)
class Solutions:
    """Multipliers by tier that have the fewest characters.

    Attributes:
        characters: how many.
        best: those with the fewest ratios, of these the ones with the larger value in the first tiers.
        values: of all of them, up to 101 or a few more, in the order of the tiers.
    """

    characters: int
    best: Solution
    values: frozenset[tuple[Fraction, ...]]


def refined(intervals: Mapping[int, Interval], limits: Limits, inverse: int, most: int) -> Solutions | int | None:
    """Find the multipliers with the fewest characters in these intervals.

    Args:
        intervals: where the multiplier of each tier lies, at least one; each has a spelling.
        limits: the most that the quotient of two unknowns can be, where their intervals alone do not say so.
        inverse: so many tiers come first whose unknowns are the inverse of their multipliers.
        most: more characters are of no interest.

    Returns:
        None where there are none with at most so many characters; the least number of characters that they can have
        where a fair number of pieces tells no more.
    """
    whole = (piece_of(tier, interval, is_inverse=tier < inverse) for tier, interval in intervals.items())
    tiers = {piece.tier: list(parts_of(piece)) for piece in whole if piece}
    antichain = Antichain(tiers, limits, _characters_and_gaps)
    antichain.settle()
    while antichain.total is not None and antichain.total < (most + 1) * SCALE:
        gaps = _gaps([any_choice(antichain)])
        if not gaps:
            return _solutions(tiers, limits, antichain.total // SCALE)
        if 2 * sum(map(len, tiers.values())) > len(tiers) * (len(tiers) + PIECES):
            return antichain.total // SCALE
        _split(antichain, gaps)
    return None


def merit(solution: Solution) -> tuple[int, tuple[Fraction, ...]]:
    """Rank multipliers with equally many characters: the greatest is the best."""
    ratios = sum(spelling.ratios for spelling in solution.values())
    return -ratios, tuple(solution[tier].value for tier in sorted(solution))


def _solutions(tiers: Tiers, limits: Limits, characters: int) -> Solutions:
    singles = _singles(tiers, limits)
    order = sorted(tiers)
    found = [dict(zip(order, (piece.spelling for piece in choice), strict=True)) for choice in singles]
    if len(found) >= COUNTED:
        best = _best(tiers, limits)
        found.append(dict(zip(order, (piece.spelling for piece in best), strict=True)))
    values = frozenset(tuple(solution[tier].value for tier in order) for solution in found)
    return Solutions(characters, max(found, key=merit), values)


def _singles(tiers: Tiers, limits: Limits) -> list[Choice]:
    """Return all best choices of single multipliers, but for those beyond 101."""
    antichain = Antichain(tiers, limits, _characters)
    antichain.settle()
    while True:
        choices = list(islice(best_choices(antichain), COUNTED))
        gaps, singles = _gaps(choices), [choice for choice in choices if not _gaps([choice])]
        if not gaps or len(singles) >= COUNTED:
            return singles
        _split(antichain, gaps)


def _best(tiers: Tiers, limits: Limits) -> Choice:
    """Return the best choice of those with the fewest ratios, with the larger multipliers of the first tiers."""
    antichain = Antichain(tiers, limits, _characters_and_ratios)
    antichain.settle()
    while gaps := _gaps([choice := next(best_choices(antichain))]):
        _split(antichain, gaps)
    return choice


def _split(antichain: Antichain, pieces: Iterable[Piece]) -> None:
    for piece in pieces:
        antichain.split(piece)
    antichain.settle()


def _gaps(choices: Iterable[Choice]) -> list[Piece]:
    """Return the pieces of choices that are not single multipliers, each once."""
    return list(dict.fromkeys(piece for choice in choices for piece in choice if not piece.is_single))


def _characters(piece: Piece) -> int:
    return piece.spelling.characters


def _characters_and_ratios(piece: Piece) -> int:
    return piece.spelling.characters * SCALE + piece.spelling.ratios


def _characters_and_gaps(piece: Piece) -> int:
    return piece.spelling.characters * SCALE + (not piece.is_single)
