"""What printed prices leave open: the spans of inferred multipliers, and what five times of a price may cost."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import evolve, frozen
from rich.table import Table

from pricing_rules.amounts import decimal
from pricing_rules.answers import Quote, with_unit, written
from pricing_rules.catalog.records import Catalog, Model
from pricing_rules.catalog.rulebook import book_of
from pricing_rules.catalog.sale import layers_of
from pricing_rules.catalog.tariff import in_force, origin_of
from pricing_rules.cli.fit import interval, span_document
from pricing_rules.cli.terminal import DASH, styled, table_of
from pricing_rules.facts import Span, UnusableTable, spans
from pricing_rules.serialization import amount

TIMES_FIVE = 5


@frozen
class Open:
    """What the printed prices of a model leave open.

    Attributes:
        multipliers: the span of each multiplier that is inferred, with its parameter.
        by: what makes five times of a price: outputs, or the custom multiplier.
        charges: for each price, the least and the most that five times of it may cost.
    """

    multipliers: Sequence[tuple[str, Span]]
    by: str
    charges: Sequence[tuple[Decimal, Decimal]]

    @property
    def heading(self) -> str:
        """The heading of the charges."""
        return f"at {TIMES_FIVE} outputs" if self.by == "outputs" else f"at a multiplier of {TIMES_FIVE}"

    def document(self) -> dict[str, Any]:
        """Return what JSON can hold."""
        charges = [[amount(end) for end in ends] for ends in self.charges]
        multipliers = [{"parameter": name, **span_document(span)} for name, span in self.multipliers]
        return {"multipliers": multipliers, "at_five": {"by": self.by, "charges": charges}}


def left_open(catalog: Catalog, model: Model, quotes: Sequence[Quote]) -> Open | None:
    """Return what the prices of a service leave open; None under overlays, whose prices no page prints."""
    if not quotes or layers_of(catalog):
        return None
    outputs = book_of(catalog, model).fields.get("outputs")
    most = outputs.field.maximum if outputs and outputs.is_taken else None
    by = "outputs" if most is not None and most >= TIMES_FIVE else "custom_multiplier"
    unit = catalog.credit.unit
    charges = [_five_times(Fraction(quote.credits), unit) for quote in quotes]
    return Open(_spans(catalog, model, quotes), by, charges)


def span_table(found: Open) -> Table:
    """Return a table of the spans."""
    table = table_of(("multiplier of", "tier", "is", "could be"), ("is",))
    for name, span in found.multipliers:
        table.add_row(*map(styled, (name, with_unit(name, span.value), span.text, interval(span))))
    return table


def charge_range(ends: tuple[Decimal, Decimal]) -> str:
    """Write the least and the most, or the one charge that there is."""
    return DASH.join(dict.fromkeys(map(written, ends)))


def _spans(catalog: Catalog, model: Model, quotes: Sequence[Quote]) -> Sequence[tuple[str, Span]]:
    """Return the spans of inferred multipliers, none where they cannot be told."""
    price = in_force(catalog, model.id)
    cells = {evolve(quote.parameters, outputs=None): quote.credits for quote in quotes}
    try:
        found = spans(cells, unit=catalog.credit.unit, base=quotes[0].exact)
    except UnusableTable:
        return ()
    named = [(name, span) for name, each in found for span in each]
    return [
        (name, _scaled(span, price.tiers(name)[span.value], next(iter(price.tiers(name).values()))))
        for name, span in named
        if price and origin_of(catalog, price, name).basis == "inferred"
    ]


def _scaled(span: Span, multiplier: Fraction, first: Fraction) -> Span:
    """Tell a span beside a multiplier of the first tier that need not be 1."""
    return Span(span.value, multiplier, span.above * first, span.most * first, span.attained)


def _five_times(credits_: Fraction, unit: Fraction) -> tuple[Decimal, Decimal]:
    """Return the least and the most that five times of a product costs which is rounded up to a price."""
    most = TIMES_FIVE * credits_
    return decimal(max(most - (TIMES_FIVE - 1) * unit, Fraction(0))), decimal(most)
