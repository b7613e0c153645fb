"""The multipliers with the fewest characters that give every price of a table, each of at most 12.

Pieces of the intervals tell them, or how many characters there are at least. Where the prices tie tiers so closely that
the pieces get too many, one of the tiers that are in each other's way is tried out: if a solution has e characters more
than the shortest spellings of n such tiers, one of them has at most e : n more than its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from heapq import heappop, heappush
from itertools import combinations, permutations

from attrs import define, field, frozen

from pricing_rules.facts.antichain import Limit, Limits
from pricing_rules.facts.ratios import Ratios, times
from pricing_rules.facts.refinement import Solution, Solutions, merit, refined
from pricing_rules.facts.spellings import MAX_CHARACTERS, Interval, Spelling, shortest, spellings

MAX_EFFORT = 400_000  # spellings that are looked for; some seconds. The pieces of n tiers cost about n^3
FEW = 5_000  # spellings of a tier that are tried out one by one
Tried = list[tuple[int, Spelling, int]]  # a heap: the fewest characters of a whole, the spelling, and its tier


@frozen(eq=False)
class Node:
    """Multipliers that are chosen, and where the others lie then, each with its shortest spelling."""

    chosen: Solution
    intervals: Mapping[int, Interval]
    shortest: Solution

    @property
    def least(self) -> int:
        """The fewest characters of all multipliers, were the others free of each other."""
        return _characters(self.chosen) + _characters(self.shortest)


class TooManySpellings(Exception):
    """More spellings would have to be looked for than is reasonable."""


@define(eq=False)
class Search:
    """A search among the multipliers of a table.

    Attributes:
        ratios: the bounds of the table.
        intervals: where each multiplier lies but those of the first column and the first row.
        solutions: the best so far.
        effort: how many spellings were looked for.
        limits: the bounds that are tighter than the intervals say.
        near: the other tiers of each, those first whose multipliers it determines most.
    """

    ratios: Ratios
    intervals: Mapping[int, Interval]
    solutions: Solutions | None = None
    effort: int = 0
    limits: Limits = field(init=False)
    near: Mapping[int, Sequence[int]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.limits = dict(_limits(self.ratios, tuple(self.intervals)))
        self.near = _near(self.ratios, tuple(self.intervals))

    def run(self) -> bool:
        """Search; tell whether nothing was left out."""
        found = {tier: shortest(interval) for tier, interval in self.intervals.items()}
        known = {tier: spelling for tier, spelling in found.items() if spelling}
        try:
            self._explore(Node({}, self.intervals, known) if len(known) == len(found) else None)
        except TooManySpellings:
            return False
        return True

    @property
    def most(self) -> int:
        """The most characters that are of interest."""
        return self.solutions.characters if self.solutions else MAX_CHARACTERS * len(self.intervals)

    def _explore(self, node: Node | None) -> None:
        """Find the solutions of a node that are as short as any so far; there is none where nothing can be chosen."""
        if node is None:
            return
        characters = _characters(node.chosen)
        if not node.intervals:
            self._add(Solutions(characters, node.chosen, frozenset((merit(node.chosen)[1],))))
            return
        self._spend(len(node.intervals) ** 3)
        found = refined(node.intervals, self.limits, self.ratios.columns, self.most - characters)
        match found:
            case Solutions():
                self._add(_with(found, node.chosen))
            case int():
                self._branch(node)

    def _branch(self, node: Node) -> None:
        """Try out spellings of tiers that are in each other's way: the cheapest to try first, and the best first."""
        tried: Tried = []
        levels = dict.fromkeys(self._to_try(node), 0)  # how many characters more than the shortest were tried
        while True:
            least = node.least + sum(levels.values())  # of a solution without any spelling that was tried
            self._explore_best(node, tried, least)
            tier = min(levels, key=lambda tier: _spellings(node, tier, levels[tier]))
            characters = node.shortest[tier].characters + levels[tier]
            if least > self.most or characters > MAX_CHARACTERS:
                break
            for spelling in spellings(node.intervals[tier], characters):
                child = self._chosen(node, tier, spelling) if spelling.characters == characters else None
                if child is not None:
                    heappush(tried, (child.least, spelling, tier))
            levels[tier] += 1
        self._explore_best(node, tried, self.most)

    def _explore_best(self, node: Node, tried: Tried, least: int) -> None:
        """Explore what was tried and may have so few characters."""
        while tried and tried[0][0] <= min(least, self.most):
            _, spelling, tier = heappop(tried)
            self._explore(self._chosen(node, tier, spelling))

    def _chosen(self, node: Node, tier: int, spelling: Spelling) -> Node | None:
        """Choose the spelling of a tier; None where the rest cannot be, or gets too long."""
        intervals, short = dict[int, Interval](), dict[int, Spelling]()
        room = self.most - node.least + node.shortest[tier].characters - spelling.characters
        for other in self.near[tier] if room >= 0 else ():
            if other in node.intervals:
                self._spend(1)
                intervals[other] = self.ratios.narrowed(node.intervals[other], other, tier, spelling.value)
                found = _shortest(intervals[other], node.shortest[other])
                room -= MAX_CHARACTERS if found is None else found.characters - node.shortest[other].characters
                if found is None or room < 0:
                    return None
                short[other] = found
        return Node({**node.chosen, tier: spelling}, intervals, short) if room >= 0 else None

    def _spend(self, effort: int) -> None:
        self.effort += effort
        if self.effort > MAX_EFFORT:
            raise TooManySpellings

    def _to_try(self, node: Node) -> set[int]:
        """Return a tier alone that has few spellings altogether, else those that are in each other's way."""
        room = self.most - node.least
        longest = {tier: min(MAX_CHARACTERS, short.characters + room) for tier, short in node.shortest.items()}
        count = {tier: _spellings(node, tier, longest[tier] - node.shortest[tier].characters) for tier in longest}
        fewest = min(count, key=count.__getitem__)
        return {fewest} if count[fewest] <= FEW else self._tied(node)

    def _tied(self, node: Node) -> set[int]:
        """Return the tiers whose shortest spellings do not fit each other; all where each fits."""
        tied: set[int] = set()
        for one, other in combinations(node.intervals, 2):
            around = self.ratios.narrowed(node.intervals[one], one, other, node.shortest[other].value)
            if node.shortest[one].value not in around:
                tied |= {one, other}
        return tied or set(node.intervals)

    def _add(self, found: Solutions) -> None:
        if self.solutions is None or found.characters < self.solutions.characters:
            self.solutions = found
        else:  # they are as short: more characters were of no interest
            best = max(self.solutions.best, found.best, key=merit)
            self.solutions = Solutions(found.characters, best, self.solutions.values | found.values)


def _shortest(interval: Interval, known: Spelling) -> Spelling | None:
    """Return the shortest spelling in a part of an interval whose shortest is known."""
    return known if known.value in interval else shortest(interval)


def _spellings(node: Node, tier: int, more: int) -> int:
    """Estimate how many spellings a tier has with so many characters more than the shortest; -1 beyond the longest."""
    characters = node.shortest[tier].characters + more
    return -1 if characters > MAX_CHARACTERS else int(_width(node.intervals[tier]) * 10**characters)


def _width(interval: Interval) -> Fraction:
    """Return how wide an interval is, as a share of its greatest multiplier."""
    return Fraction(interval.most - interval.above, interval.most)


def _limits(ratios: Ratios, tiers: tuple[int, ...]) -> Iterator[tuple[tuple[int, int], Limit]]:
    for one, other in permutations(tiers, 2):
        bound, out, back = ratios.most[one][other], ratios.most[one][0], ratios.most[0][other]
        if bound and (out is None or back is None or bound < times(out, back)):
            yield (one, other), (bound[0].numerator, bound[0].denominator, bound[1])


def _near(ratios: Ratios, tiers: tuple[int, ...]) -> Mapping[int, Sequence[int]]:
    def freedom(one: int, other: int) -> tuple[bool, Fraction]:
        out, back = ratios.most[one][other], ratios.most[other][one]
        return (False, out[0] * back[0]) if out and back else (True, Fraction(0))

    return {tier: sorted((other for other in tiers if other != tier), key=partial(freedom, tier)) for tier in tiers}


def _with(found: Solutions, chosen: Solution) -> Solutions:
    """Put chosen multipliers beside those of the other tiers."""
    order = sorted(found.best)
    fixed = {tier: spelling.value for tier, spelling in chosen.items()}
    wholes = ({**fixed, **dict(zip(order, values, strict=True))} for values in found.values)
    every = frozenset(tuple(whole[tier] for tier in sorted(whole)) for whole in wholes)
    return Solutions(found.characters + _characters(chosen), {**chosen, **found.best}, every)


def _characters(solution: Solution) -> int:
    return sum(spelling.characters for spelling in solution.values())
