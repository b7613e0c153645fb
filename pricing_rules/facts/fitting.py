"""`fit`: the base and the multipliers of a printed table, exactly, and how far the table leaves any choice."""

from collections.abc import Mapping
from fractions import Fraction
from typing import get_args

from pricing_rules.answers import Value
from pricing_rules.facts.answers import Cells, Fit, NoShortFit, Span, Spans, UnusableTable
from pricing_rules.facts.contradiction import no_fit
from pricing_rules.facts.ratios import Ratios, ratios_of
from pricing_rules.facts.search import Search
from pricing_rules.facts.spellings import Interval
from pricing_rules.facts.table import Amount, Rounding, Table, table_of
from pricing_rules.spelling import listed, shown

MAX_RIVALS = 100


def fit(cells: Cells, *, unit: Amount = 1, outputs: int = 1, base: Amount | None = None) -> Fit:
    """Find the multipliers that give printed prices, each rounded up once to the unit.

    Args:
        cells: the price of one output in credits, by duration, resolution or audio; at most two of them are priced.
        unit: charges are whole multiples of this many credits.
        outputs: so many outputs cost as much as so many requests, which leaves a product less room below its price.
        base: credits before the multipliers; without it the first price. The tiers of the first price have the
            multiplier 1.

    Returns:
        Of all multipliers with at most 12 characters those whose text in a catalog has the fewest characters in all,
        quotes apart, then the fewest ratios, then in the order of the tiers the larger value.

    Raises:
        NoFit: no multipliers give every price; names prices that contradict.
        NoShortFit: there are multipliers, but none so short; has the spans.
        UnusableTable: the table cannot be used; the message says why.
        TypeError: an amount is a float, a bool or no number.
    """
    table = table_of(cells, unit, outputs, base)
    ratios = _ratios(table, cells)
    intervals = _intervals(table, ratios)
    open_ones = {place: each for place, each in intervals.items() if place not in (0, ratios.columns)}
    search = Search(ratios, open_ones)
    proven = search.run()
    if search.solutions is None:
        raise NoShortFit(_spans(table, intervals, {}), proven=proven)
    multipliers = {place: spelling.value for place, spelling in search.solutions.best.items()}
    rivals = min(len(search.solutions.values) - 1, MAX_RIVALS)
    return Fit(table.base, _spans(table, intervals, multipliers), rivals, proven)


def possible(cells: Cells, rounding: Rounding = "up", *, unit: Amount = 1, base: Amount | None = None) -> bool:
    """Tell whether there are multipliers that give printed prices, however long, if products are rounded so.

    Args:
        cells: as for `fit`.
        rounding: up, down, or to the nearest multiple of the unit, halves up. The library itself only rounds up.
        unit: charges are whole multiples of this many credits.
        base: credits before the multipliers; without it the first price.

    Raises:
        UnusableTable: the table cannot be used; the message says why.
        TypeError: an amount is a float, a bool or no number.
    """
    if rounding not in get_args(Rounding):
        raise UnusableTable(f"rounding is {listed(get_args(Rounding))}, not {shown(rounding)}")
    return ratios_of(table_of(cells, unit, 1, base), rounding) is not None


def spans(cells: Cells, *, unit: Amount = 1, base: Amount | None = None) -> Spans:
    """Return what printed prices leave of each multiplier, whatever its text.

    Raises:
        NoFit, UnusableTable, TypeError: as `fit`.
    """
    table = table_of(cells, unit, 1, base)
    return _spans(table, _intervals(table, _ratios(table, cells)), {})


def _ratios(table: Table, cells: Cells) -> Ratios:
    ratios = ratios_of(table)
    if ratios is None:
        raise no_fit(table, cells)
    return ratios


def _intervals(table: Table, ratios: Ratios) -> dict[int, Interval]:
    """Return where the multiplier of each column, then of each row lies; the first ones as if the base were free."""
    found = {}
    for place, tier in enumerate((*table.columns, *table.rows)):
        interval = ratios.first if place in (0, ratios.columns) else ratios.span(place)
        if interval is None:
            raise UnusableTable(f"no price ties {shown(tier)} to the base: its multiplier could be any great number")
        found[place] = interval
    return found


def _spans(table: Table, intervals: Mapping[int, Interval], multipliers: Mapping[int, Fraction]) -> Spans:
    found = []
    for axis, tiers, start in zip(table.axes, (table.columns, table.rows), (0, len(table.columns)), strict=False):
        known = {place: interval.most for place, interval in intervals.items()} | {start: Fraction(1)} | {**multipliers}
        places = {place: tier for place, tier in enumerate(tiers, start) if tier is not None}
        found.append((axis, tuple(_span(tier, known[place], intervals[place]) for place, tier in places.items())))
    return tuple(found)


def _span(tier: Value, multiplier: Fraction, interval: Interval) -> Span:
    return Span(tier, multiplier, interval.above, interval.most, interval.attained)
