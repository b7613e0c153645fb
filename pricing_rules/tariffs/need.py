"""What somebody needs made: which price points meet it, how far others are from it, and why a model cannot."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from pricing_rules.answers import Parameters, Quote, Value
from pricing_rules.catalog.constraints import Maximum, MaxItems, OneOf, counted
from pricing_rules.catalog.records import Model, Price
from pricing_rules.catalog.rulebook import FieldRules, Rulebook
from pricing_rules.spelling import listed, shown


@frozen
class Need:
    """What somebody needs made; None is no wish.

    Attributes:
        mode: mode of the request.
        duration: least length in seconds.
        resolution: smallest tier among those of the model.
        references: number of reference images; None is the fewest that the mode needs.
        aspect_ratio: width to height.
        outputs: number of results.
        at_most: most that they may cost, in US dollars where `in_usd`, else in credits.
        in_usd: whether costs are compared in US dollars.
    """

    mode: str | None
    duration: float | Decimal | None
    resolution: Value | None
    references: int | None
    aspect_ratio: str | None
    outputs: int
    at_most: Fraction | None
    in_usd: bool

    def cost(self, quote: Quote) -> Fraction:
        """Return what counts of a quote: its US dollars or its credits."""
        return Fraction(quote.usd if self.in_usd and quote.usd is not None else quote.credits)

    def is_within_budget(self, quote: Quote) -> bool:
        """Tell whether the budget pays a quote at least once."""
        return self.at_most is None or self.cost(quote) <= self.at_most

    def times(self, quote: Quote) -> int | None:
        """Return how often the budget pays a quote, None without a budget and at a price of 0."""
        cost = self.cost(quote)
        return int(self.at_most // cost) if self.at_most is not None and cost else None

    def distance(self, price: Price, point: Parameters) -> tuple[int, Fraction, int]:
        """Return how far a point is below the need: in how many parameters, by how many seconds and how many tiers."""
        short, tiers = Fraction(0), 0
        if self.duration is not None:
            seconds = point.duration if isinstance(point.duration, int) else 0
            short = max(Fraction(0), Fraction(self.duration) - seconds)
        if self.resolution is not None:
            order = list(price.resolution)
            wanted = order.index(self.resolution) if self.resolution in order else len(order)
            tiers = max(0, wanted - (order.index(point.resolution) if point.resolution in order else -1))
        return (short > 0) + (tiers > 0), short, tiers


def reasons(need: Need, book: Rulebook, model: Model, price: Price) -> Iterator[str]:
    """Yield what of a need a model cannot meet."""
    if need.mode is not None and need.mode not in model.modes:
        yield f"no {need.mode}"
    if need.duration is not None and not any(_is_long(seconds, need.duration) for seconds in price.duration):
        yield f"{listed(price.duration)} seconds" if price.duration else "no stated duration"
    if need.resolution is not None and need.resolution not in price.resolution:
        yield (
            f"{listed(price.resolution)}, not {shown(need.resolution)}" if price.resolution else "no stated resolution"
        )
    yield from _too_many(need.outputs, "output", book.fields.get("outputs"), 1)
    yield from _too_many(need.references or 0, "reference", book.fields.get("references"), 0)
    if need.aspect_ratio is not None:
        yield from _ratio(need.aspect_ratio, book.fields.get("aspect_ratio"))


def too_dear(need: Need, quote: Quote) -> str:
    """Say that the cheapest point is beyond the budget."""
    cost = f"{quote.usd} US dollars" if need.in_usd else f"{quote.credits} credits"
    return f"{cost}, beyond the budget"


def _too_many(number: int, noun: str, rules: FieldRules | None, without: int) -> Iterator[str]:
    """Yield the most of something that a request may have; `without` is as many as it has without such a field."""
    limits = (rules.limit(Maximum), rules.limit(MaxItems), *(rules.limit(OneOf) or ())) if rules else (without,)
    most = max((limit for limit in limits if limit is not None), default=number)
    if number > most:
        yield f"at most {counted(most, noun)}" if most else f"no {noun}"


def _ratio(ratio: str, rules: FieldRules | None) -> Iterator[str]:
    if rules is None:
        yield "no aspect ratio"
    elif rules.limit(OneOf) and ratio not in rules.limit(OneOf):
        yield f"{listed(rules.limit(OneOf))}, not {shown(ratio)}"


def _is_long(seconds: Value, least: float | Decimal) -> bool:
    return isinstance(seconds, int) and seconds >= least
