"""A quote for people: the charge, its factors, their product, the rounding, and where each number comes from."""

from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from pricing_rules.amounts import fraction
from pricing_rules.answers import TIMES, Line, Quote, html_table, with_unit

LINE = "\n"
HEADINGS = ("factor", "value", "multiplier", "basis", "source")
COLUMNS = ("service", "model", "resolution", "duration", "audio", "outputs", "credits", "usd", "basis")


def receipt(quote: Quote, *, width: int = 80, private: bool = False) -> str:
    """Write what explains a quote as lines of text, as the command line prints it.

    Args:
        quote: what is explained.
        width: most characters of a line of prose.
        private: tell all of a quote under overlays, also what it costs the seller; without, of one that shows the
            price only the price.
    """
    head = f"{quote.model} at {quote.service}\n{quote.charge}\n"
    if quote.is_private and not private:
        return head
    numbers = _numbered(quote)
    parts = (
        _grid([HEADINGS, *(_row(line, numbers) for line in quote.lines)], right=2),
        _working(quote, numbers, width),
        _sources(numbers, width),
        (*_sellers(quote, private=private), f"Catalog of {quote.catalog_version}"),
    )
    return head + "".join(f"\n{''.join(f'  {line}'.rstrip() + LINE for line in part)}" for part in parts)


@frozen(repr=False)
class Table:
    """Quotes one under the other, in the columns that say something; text for people, and a table in notebooks."""

    quotes: tuple[Quote, ...]

    def __str__(self) -> str:
        headings, rows = self._cells()
        return "\n".join(_grid([headings, *rows], right=-1)) if rows else "no quotes"

    def __repr__(self) -> str:
        return f"Table({len(self.quotes)} quotes)"

    def _repr_html_(self) -> str:
        return html_table("", *self._cells())

    def _cells(self) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        cells = [tuple(_cell(quote, name) for name in COLUMNS) for quote in self.quotes]
        used = [place for place, column in enumerate(zip(*cells, strict=True)) if any(column)]
        return tuple(COLUMNS[place] for place in used), [tuple(row[place] for place in used) for row in cells]


def table(quotes: Iterable[Quote]) -> Table:
    """Return quotes as a table, such as those of `options`."""
    return Table(tuple(quotes))


def _cell(quote: Quote, name: str) -> str:
    value = getattr(quote.parameters, name) if hasattr(quote.parameters, name) else getattr(quote, name)
    is_hidden = (name == "basis" and quote.is_private) or (name == "outputs" and value == 1)
    return "" if is_hidden else with_unit(name, value)


def _numbered(quote: Quote) -> dict[str, int]:
    """Give a number to each source of a factor that counts, then to those that the notes add."""
    used = [line.source for line in quote.lines if line.counts]
    used += [note for note in quote.notes if note in quote.sources]
    return {source: number for number, source in enumerate(dict.fromkeys(used), 1)}


def _row(line: Line, numbers: dict[str, int]) -> tuple[str, ...]:
    number = f" [{numbers[line.source]}]" if line.source in numbers else ""
    value = with_unit(line.factor, line.value) if line.counts else ""
    return line.factor, value, fraction(line.multiplier), line.basis, _documents(line.source) + number


def _grid(rows: Sequence[Sequence[str]], right: int) -> Iterator[str]:
    """Yield a heading, a rule and rows in columns; one column is aligned at its right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for place, row in enumerate(rows):
        cells = (
            cell.rjust(size) if column == right else cell.ljust(size)
            for column, (cell, size) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()
        if place == 0:
            yield "─" * (sum(widths) + 2 * (len(widths) - 1))


def _working(quote: Quote, numbers: dict[str, int], width: int) -> Iterator[str]:
    used = f" {TIMES} ".join(fraction(line.multiplier) for line in quote.lines if line.counts)
    product = fraction(quote.exact)
    rounded = f"rounded up by {fraction(quote.rounding)}" if quote.rounding else "nothing to round"
    yield f"{used if used == product else f'{used} = {product}'}, {rounded}"
    cited = ", ".join(f"[{number}]" for number in sorted({numbers[note] for note in quote.notes if note in numbers}))
    if quote.basis == "documented":
        yield "documented: the price page prints this amount"
    else:
        said = f"inferred{cited and ', see '}{cited}: the price page does not print this amount by name"
        yield from _wrapped(said, width - 2)
    for note in quote.notes:
        if note not in numbers:
            yield from _wrapped(note, width - 2)


def _sources(numbers: dict[str, int], width: int) -> Iterator[str]:
    for source, number in numbers.items():
        place, _, why = source.partition(" (")
        yield f"[{number}] {place}"
        yield from (f"    {line}" for line in _wrapped(why.removesuffix(")"), width - 6))


def _wrapped(text: str, width: int) -> list[str]:
    from textwrap import wrap

    return wrap(text, width)


def _sellers(quote: Quote, *, private: bool) -> Iterator[str]:
    if quote.cost and private:
        yield f"It costs {quote.service} {quote.cost.charge} at {quote.cost.service}"
    for layer in quote.layers:
        yield f"Under {layer.id} of {layer.version}, on the {layer.of} below"


def _documents(source: str) -> str:
    """Return the documents of a source, without headings and reason."""
    places = source.partition(" (")[0].split("; ")
    return ", ".join(dict.fromkeys(place.partition(": ")[0] for place in places))
