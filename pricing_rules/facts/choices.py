"""All best choices of an antichain: below which piece of each tier what can still be moved may end."""

from collections import defaultdict
from collections.abc import Iterator

from attrs import define, field

from pricing_rules.facts.antichain import START, Antichain, Side
from pricing_rules.facts.pieces import Piece

Choice = tuple[Piece, ...]


def any_choice(antichain: Antichain) -> Choice:
    """Return the lowest best choice of settled streams."""
    tiers = (antichain.tiers[tier] for tier in sorted(antichain.tiers))
    return tuple(next(piece for piece in pieces if (piece, True) in antichain.moved) for pieces in tiers)


def best_choices(antichain: Antichain) -> Iterator[Choice]:
    """Yield the best choices of settled streams, those with larger multipliers of the first tiers first.

    A choice is where streams are cut: what is below it moves with the end. Each cut that moves no whole stream is one.
    """
    yield from _choices(_Cuts(antichain), sorted(antichain.tiers), 0, 0, ())


def _choices(cuts: "_Cuts", tiers: list[int], moved: int, kept: int, chosen: Choice) -> Iterator[Choice]:
    if len(chosen) == len(tiers):
        yield chosen
        return
    pieces = cuts.antichain.tiers[tiers[len(chosen)]]
    ends = [(piece, cuts.below(piece)) for piece in reversed(pieces)]  # what moves below a piece moves above it too
    for piece, below in ends if pieces[0].is_inverse else reversed(ends):
        if below is not None:
            now_moved, now_kept = moved | below, kept | cuts.bit((piece, False))
            if not now_moved & now_kept:
                yield from _choices(cuts, tiers, now_moved, now_kept, (*chosen, piece))


@define(eq=False)
class _Cuts:
    """What moves with a cut below a piece, beyond what always moves: a bit for each side.

    Attributes:
        antichain: settled streams.
        onward: what moves with each side that does not always move.
        fixed: the sides with which a whole stream would move.
        bits: the number of a side.
        found: what moves with a side, as far as it was asked.
    """

    antichain: Antichain
    onward: dict[Side, list[Side]] = field(init=False)
    fixed: set[Side] = field(init=False)
    bits: dict[Side, int] = field(init=False, factory=dict)
    found: dict[Side, int] = field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        self.onward = {}
        backward: dict[Side, list[Side]] = defaultdict(list)
        for pieces in self.antichain.tiers.values():
            across: set[Side] = set()  # of the piece below, which moves with the one above
            for side in ((piece, is_out) for piece in reversed(pieces) for is_out in (True, False)):
                if side not in self.antichain.moved:
                    others = [to for to in self.antichain.onward(side) if to not in self.antichain.moved]
                    self.onward[side] = [to for to in others if to not in across]
                    across = {to for to in others if not to[1] and to[0] not in pieces} if side[1] else across
                    for other in self.onward[side]:
                        backward[other].append(side)
        self.fixed, rest = {START}, [START]
        while rest:
            came = [side for side in backward[rest.pop()] if side not in self.fixed]
            self.fixed.update(came)
            rest.extend(came)

    def bit(self, side: Side) -> int:
        """Return the bit of a side."""
        return 1 << self.bits.setdefault(side, len(self.bits))

    def below(self, piece: Piece) -> int | None:
        """Return what moves; None where a whole stream would, or where the piece itself always does."""
        side = (piece, True)
        if (piece, False) in self.antichain.moved or side in self.fixed:
            return None
        if side not in self.found:
            self.found[side] = self._reached(side) if side in self.onward else 0
        return self.found[side]

    def _reached(self, side: Side) -> int:
        seen, rest, found = {side}, [side], 0
        while rest:
            one = rest.pop()
            found |= self.bit(one)
            for other in self.onward[one]:
                found |= self.found.get(other, 0)
                if other not in seen and other not in self.found:
                    seen.add(other)
                    rest.append(other)
        return found
