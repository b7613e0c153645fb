"""The cheapest choice of a piece from each tier where some exclude each other: a heaviest antichain, by least flow.

One piece excludes another if it lies so far above it that no two multipliers in them fit together. That is an order:
what a piece excludes, the pieces above it exclude too, and exclusion goes on from piece to piece. So all pieces are
covered by streams that run down a tier or from a piece to one that it excludes, each piece by as many as it is worth.
No choice is worth more than there are streams; where they are fewest, the best choice is worth as much (the theorem of
Dilworth, with weights). At first each tier has its own streams; they are joined as long as that is possible, and what
could still be moved then tells all of the best choices.
"""

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from attrs import define, field

from pricing_rules.facts.pieces import Piece, parts_of

Side = tuple[Piece | None, bool]  # where streams enter a piece (False) or leave it; of None: where all end or start
Limit = tuple[int, int, bool]  # the most of a quotient: numerator, denominator, and whether it can be that
Limits = Mapping[tuple[int, int], Limit]  # by two tiers
ENOUGH = 2**20  # more than the pieces of any choice cost
END: Side = (None, False)
START: Side = (None, True)


@define(eq=False)
class Antichain:
    """Pieces and the streams that cover them.

    Attributes:
        tiers: the pieces of each tier, from high to low.
        limits: the most that the quotient of two unknowns can be, where their intervals alone do not say so.
        cost: of a piece, in whole numbers.
        streams: how many there are.
        into: how many run into a piece, by the piece that they come from.
        through: how many run through a piece.
        beside: the tiers whose pieces a piece of a tier can exclude.
        splits: how often a tier was split.
        excluded: the highest piece of a tier that a piece excludes, and how often that tier had been split by then.
        moved: the sides that a stream less at the end would move, each with the one that moves it.
    """

    tiers: Mapping[int, list[Piece]]
    limits: Limits
    cost: Callable[[Piece], int]
    streams: int = field(init=False, default=0)
    into: dict[Piece | None, dict[Piece | None, int]] = field(init=False, factory=dict)
    through: dict[Piece, int] = field(init=False, factory=dict)
    beside: dict[int, list[int]] = field(init=False, factory=dict)
    splits: dict[int, int] = field(init=False, factory=dict)
    excluded: dict[tuple[Piece, int], tuple[Piece | None, int]] = field(init=False, factory=dict)
    moved: dict[Side, Side] = field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        self.into[None] = {}
        for tier, pieces in self.tiers.items():
            self.splits[tier] = 0
            self.beside[tier] = [other for other in self.tiers if (tier, other) in self.limits]
            streams = max(map(self.worth, pieces))
            self.streams += streams
            above: Piece | None = None
            for piece in pieces:
                self.into[piece], self.through[piece] = {above: streams}, streams
                if above:
                    above.below = piece
                above = piece
            self.into[None][above] = streams

    def worth(self, piece: Piece) -> int:
        """Return how many streams a piece needs at least."""
        return ENOUGH - self.cost(piece)

    @property
    def total(self) -> int | None:
        """What the best choice costs; None where no choice has a piece of every tier."""
        cost = len(self.tiers) * ENOUGH - self.streams
        return cost if cost < ENOUGH else None

    def settle(self) -> None:
        """Join streams as long as that is possible."""
        while START in self._look():
            self._join()

    def split(self, piece: Piece) -> None:
        """Put the parts of a piece in its place; the streams through it run through them all."""
        parts, pieces, streams = parts_of(piece), self.tiers[piece.tier], self.through.pop(piece)
        at = pieces.index(piece)
        pieces[at : at + 1] = parts
        if at:
            pieces[at - 1].below = parts[0]
        sources = self.into.pop(piece)
        for part, below in zip(parts, (*parts[1:], piece.below), strict=True):
            self.into[part], self.through[part], part.below = sources, streams, below
            sources = {part: streams}
        for sources in self.into.values():
            if piece in sources:
                sources[parts[-1]] = sources.pop(piece)
        self.splits[piece.tier] += 1

    def onward(self, side: Side, *, across: bool = True) -> Iterator[Side]:
        """Yield the sides that move with one: where a stream comes from, and where it can run; across tiers or not."""
        piece, is_out = side
        if not is_out:
            yield from ((source, True) for source in self.into[piece])
        if piece is None:
            return
        if not is_out:
            yield (piece, True)
            return
        if self.through[piece] > self.worth(piece):
            yield (piece, False)
        if piece.below:
            yield (piece.below, False)
        for tier in self.beside[piece.tier] if across else ():
            other = self._first_excluded(piece, tier)
            if other:
                yield (other, False)

    def _look(self) -> dict[Side, Side]:
        """Find the sides that one stream less at the end would move, as far as the start of all streams."""
        self.moved, rest = {END: END}, deque((END,))
        while rest and START not in self.moved:
            side = rest.popleft()
            entered = side[1] and (side[0], False) in self.moved  # then what it excludes moves anyhow
            for other in self.onward(side, across=not entered):
                if other not in self.moved:
                    self.moved[other] = side
                    rest.append(other)
        return self.moved

    def _first_excluded(self, piece: Piece, tier: int) -> Piece | None:
        """Return the highest piece of a tier that a piece excludes; only a split changes it."""
        found, splits = self.excluded.get((piece, tier), (None, -1))
        if splits != self.splits[tier]:
            limit, pieces = self.limits[piece.tier, tier], self.tiers[tier]
            at = bisect_left(pieces, 1, key=lambda other: excludes(piece, other, limit))
            found = pieces[at] if at < len(pieces) else None
            self.excluded[piece, tier] = found, self.splits[tier]
        return found

    def _join(self) -> None:
        """Move streams along the way that was found from the end to the start, so that there are fewer."""
        way = [START]
        while way[-1] != END:
            way.append(self.moved[way[-1]])
        steps = list(pairwise(reversed(way)))
        room = min(map(self._room, steps))
        for (piece, is_out), (other, _) in steps:
            if piece and piece is other:
                self.through[piece] += -room if is_out else room
            elif is_out:
                self.into[other][piece] = self.into[other].get(piece, 0) + room
            else:
                self.into[piece][other] -= room
                if not self.into[piece][other]:
                    del self.into[piece][other]
        self.streams -= room

    def _room(self, step: tuple[Side, Side]) -> int:
        """Return how many streams can be moved along a step."""
        (piece, is_out), (other, _) = step
        if piece and piece is other:
            return self.through[piece] - self.worth(piece) if is_out else ENOUGH
        return ENOUGH if is_out else self.into[piece][other]


def excludes(high: Piece, low: Piece, limit: Limit) -> bool:
    """Tell whether all multipliers of one piece are too far above all of another."""
    most, by, is_in = limit
    left, right = high.low[0] * low.high[1] * by, most * high.low[1] * low.high[0]
    return left > right or (left == right and not (is_in and high.low[2] and low.high[2]))
