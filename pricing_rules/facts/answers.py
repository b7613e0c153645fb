"""What `fit` answers with, and what it raises where there is no answer."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from pricing_rules.answers import Parameters, Value
from pricing_rules.errors import PricingRulesError
from pricing_rules.facts.spellings import spelled

Cells = Mapping[Parameters, Decimal | int]


@frozen
class Span:
    """A tier's multiplier, and what else it could be with every printed price as it is.

    The first tiers are those of the base and have the multiplier 1; what else theirs could be is told as if the base
    did not fix it. The others are told with the first tier of their parameter at 1 and all the rest free.

    Attributes:
        value: the tier, such as 10 (seconds) or "1080p".
        multiplier: the one that was chosen.
        above: every multiplier greater than this, up to `most`, can be completed to the table.
        most: the end of the span.
        attained: whether `most` itself can.
    """

    value: Value
    multiplier: Fraction
    above: Fraction
    most: Fraction
    attained: bool

    @property
    def text(self) -> str:
        """The multiplier as a catalog writes it, with the fewest characters."""
        return spelled(self.multiplier)


Spans = tuple[tuple[str, tuple[Span, ...]], ...]


@frozen
class Fit:
    """The multipliers of a printed table whose text in a catalog is the shortest.

    Attributes:
        base: credits before the multipliers; the tiers of the first cell have the multiplier 1.
        tiers: the spans of duration, resolution and audio, of those that the table has, in its order.
        rivals: how many other multipliers give every cell with as few characters, counted up to 100.
        proven: whether all that is shorter was ruled out; only a table of many long multipliers can leave too much.
    """

    base: Fraction
    tiers: Spans
    rivals: int
    proven: bool = True


class UnusableTable(PricingRulesError, ValueError):
    """Prices are not a table that multipliers could be found for; the message says what is wrong."""


class NoFit(PricingRulesError, ValueError):
    """No multipliers of the base, rounded up once, give the table.

    Attributes:
        cells: printed prices that contradict, alone and with the same base.
        reason: the same in words, with the nearest price that is possible.
    """

    def __init__(self, cells: Cells, reason: str) -> None:
        super().__init__(cells, reason)
        self.cells, self.reason = cells, reason

    def __str__(self) -> str:
        return self.reason


class NoShortFit(PricingRulesError, ValueError):
    """There are multipliers, but none with at most 12 characters each.

    Attributes:
        spans: where they lie; the multiplier of each is the greatest, which need not fit those of the others.
        proven: whether all that are so short were ruled out.
    """

    def __init__(self, spans: Spans, *, proven: bool = True) -> None:
        super().__init__(spans)
        self.spans, self.proven = spans, proven

    def __str__(self) -> str:
        said = "there are multipliers that give every price, but none of at most 12 characters each"
        return said if self.proven else f"{said} among those that were tried"
