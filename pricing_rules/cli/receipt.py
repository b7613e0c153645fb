"""A quote for people: the charge, its factors, their product, the rounding, and where each number comes from."""

from collections.abc import Iterator
from fractions import Fraction

from rich.console import Group
from rich.table import Table
from rich.text import Text

from pricing_rules.answers import Line, Quote
from pricing_rules.catalog.formula import TIERED
from pricing_rules.catalog.records import Catalog
from pricing_rules.cli.price_points import dollars, with_unit, written
from pricing_rules.cli.terminal import BASIS_STYLES, TIMES, indented, styled, table_of
from pricing_rules.serialization import fraction

UNITS = {1: "whole credits", Fraction("0.1"): "tenths of a credit", Fraction("0.01"): "hundredths of a credit"}
HEADINGS = ("factor", "value", "multiplier", "basis", "source")


def receipt(catalog: Catalog, quote: Quote, *, private: bool = False) -> Group:
    """Return what explains a quote; of one that shows the price only the price, unless all of it is asked for."""
    if quote.is_private and not private:
        return Group(title(catalog, quote.model), styled(charge(quote), "bold"))
    numbers = _numbered(quote)
    return Group(
        title(catalog, quote.model),
        styled(charge(quote), "bold"),
        "",
        indented(_factors(quote, numbers)),
        "",
        indented(_working(catalog, quote)),
        indented(_basis(quote, numbers)),
        *(indented(styled(note)) for note in quote.notes if note not in numbers),
        "",
        indented(_sources(numbers)),
        "",
        *map(indented, _sellers(quote, private=private)),
        indented(styled(f"Catalog of {quote.catalog_version}", "dim")),
    )


def _sellers(quote: Quote, *, private: bool) -> Iterator[Text]:
    if quote.cost and private:
        yield styled(f"It costs {quote.service} {charge(quote.cost)} at {quote.cost.service}")
    for layer in quote.layers:
        yield styled(f"Under {layer.id} of {layer.version}, on the {layer.of} below", "dim")


def title(catalog: Catalog, model_id: str) -> Text:
    """Return the name and id of a model and its service, on one line."""
    service = styled(f" at {catalog.id}", "dim")
    return Text.assemble(styled(catalog.models[model_id].title, "bold"), "  ", styled(model_id, "cyan"), service)


def charge(quote: Quote) -> str:
    """Write what a quote charges: "7.2 credits, $0.036"."""
    noun = "credit" if quote.credits == 1 else "credits"
    in_dollars = "" if quote.usd is None else f", {dollars(quote.usd)}"
    return f"{written(quote.credits)} {noun}{in_dollars}"


def _counts(line: Line) -> bool:
    """Tell whether a factor takes part in this price: a tier of the model, or anything but 1."""
    return line.factor == "base" or line.multiplier != 1 or (line.factor in TIERED and line.value is not None)


def _numbered(quote: Quote) -> dict[str, int]:
    """Give a number to each source of a factor that counts, then to those that the notes add."""
    used = [line.source for line in quote.lines if _counts(line)]
    used += [note for note in quote.notes if note in quote.sources]
    return {source: number for number, source in enumerate(dict.fromkeys(used), 1)}


def _factors(quote: Quote, numbers: dict[str, int]) -> Table:
    table = table_of(HEADINGS, ("multiplier",))
    for line in quote.lines:
        number = f" [{numbers[line.source]}]" if line.source in numbers else ""
        documents = styled(_documents(line.source) + number)
        basis = styled(line.basis, BASIS_STYLES[line.basis])
        amounts = (line.factor, with_unit(line.factor, line.value), fraction(line.multiplier))
        table.add_row(*map(styled, amounts), basis, documents, style="" if _counts(line) else "dim")
    return table


def _working(catalog: Catalog, quote: Quote) -> Text:
    factors = f" {TIMES} ".join(fraction(line.multiplier) for line in quote.lines if _counts(line))
    product = fraction(quote.exact)
    unit = UNITS.get(catalog.credit.unit, f"multiples of {fraction(catalog.credit.unit)} credits")
    rounding = f"rounded up by {fraction(quote.rounding)} to {unit}" if quote.rounding else "nothing to round"
    return Text.assemble((factors if factors == product else f"{factors} = {product}", "bold"), f", {rounding}")


def _basis(quote: Quote, numbers: dict[str, int]) -> Text:
    reasons = ", ".join(f"[{number}]" for number in sorted({numbers[note] for note in quote.notes if note in numbers}))
    if quote.basis == "documented":
        return Text.assemble(("documented", BASIS_STYLES["documented"]), ": the price page prints this amount")
    said = f"{reasons and ', see '}{reasons}: the price page does not print this amount by name"
    return Text.assemble(("inferred", BASIS_STYLES["inferred"]), said)


def _sources(numbers: dict[str, int]) -> Table:
    table = Table.grid(padding=(0, 1))
    for source, number in numbers.items():
        place, _, why = source.partition(" (")
        table.add_row(f"[{number}]", Group(styled(place), *([styled(why.removesuffix(")"), "dim")] if why else [])))
    return table


def _documents(source: str) -> str:
    """Return the documents of a source, without headings and reason."""
    places = source.partition(" (")[0].split("; ")
    return ", ".join(dict.fromkeys(place.partition(": ")[0] for place in places))
