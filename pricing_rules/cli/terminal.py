"""How commands print: any text in any encoding, nothing in it interpreted, and JSON."""

import codecs
import json
import sys
from collections.abc import Collection, Iterable
from io import TextIOWrapper
from typing import TextIO

import click
from rich.box import SIMPLE_HEAD, Box
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pricing_rules.answers import TIMES
from pricing_rules.spelling import printable

DASH = "\N{EN DASH}"
PLAIN = {TIMES: "x", DASH: "-", "─": "-", "…": "..."}
RULED = Box(str(SIMPLE_HEAD), ascii=True)  # or rich would draw a full frame where the encoding lacks the rule
SHORT = 48  # characters of an id or a number, which a table never breaks
MAX_WIDTH = 10_000
BASIS_STYLES = {"documented": "green", "inferred": "yellow"}


def show(*parts: RenderableType, wrap: bool = True) -> None:
    """Print on standard output, in colour where that is a terminal; `wrap` breaks long lines at its width."""
    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    with console.capture() as captured:
        console.print(*parts, sep="\n", soft_wrap=not wrap, crop=False)
    write("\n".join(line.rstrip(" ") for line in captured.get().split("\n")))


def width() -> int:
    """Return the columns of the terminal, 80 where there is none."""
    return Console(file=sys.stdout).width


def write(text: str) -> None:
    """Write text on standard output at once."""
    # the stream itself, or click would open another in place of an ASCII one; colour is decided by the console
    click.echo(text, sys.stdout, nl=False, color=True)


def show_json(document: object, *, indent: int | None = 2) -> None:
    """Print one JSON document, in ASCII."""
    write(f"{json.dumps(document, indent=indent)}\n")


def safe_lines(text: str) -> str:
    """Escape each line of a text."""
    return "\n".join(map(printable, text.split("\n")))


def styled(text: str, style: str = "") -> Text:
    """Return text for the console, made safe."""
    return Text(printable(text), style)


class WholeTable(Table):
    """A table that breaks its long columns only, and is wider than the terminal where that does not do."""

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        for column in self.columns:
            sizes = [Measurement.get(console, options, cell) for cell in column.cells]
            longest = max((size.maximum for size in sizes), default=0)
            column.no_wrap = longest <= SHORT
            if column.no_wrap and any(size.minimum < size.maximum for size in sizes):
                column.min_width = longest
        return super().__rich_measure__(console, options)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        return super().__rich_console__(console, _widened(console, options, self))


class WholePadding(Padding):
    """Such a table, moved to the right."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        return super().__rich_console__(console, _widened(console, options, self))


def _widened(console: Console, options: ConsoleOptions, part: RenderableType) -> ConsoleOptions:
    least = Measurement.get(console, options.update(max_width=MAX_WIDTH), part).minimum
    return options.update(max_width=max(least, options.max_width))


def indented(part: RenderableType, columns: int = 2) -> Padding:
    """Return a part moved to the right."""
    kind = WholePadding if isinstance(part, Table) else Padding
    return kind(part, (0, 0, 0, columns))


def table_of(headings: Iterable[str], numbers: Collection[str] = ()) -> Table:
    """Return an empty table; columns of numbers are aligned at the right, nothing is ever cut off or broken."""
    table = WholeTable(
        box=RULED, header_style="dim", border_style="dim", padding=(0, 1, 0, 0), pad_edge=False, show_edge=False
    )
    for heading in headings:
        table.add_column(heading, justify="right" if heading in numbers else "left", overflow="fold")
    return table


def encode_anything(stream: TextIO) -> None:
    """Let a stream whose encoding lacks a character write a plain one, or its escape, instead of failing."""
    if isinstance(stream, TextIOWrapper):
        codecs.register_error("pricing_rules.plain", _plain)
        stream.reconfigure(errors="pricing_rules.plain")


def _plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(PLAIN.get(char) or char.encode("ascii", "backslashreplace").decode() for char in lost), error.end
