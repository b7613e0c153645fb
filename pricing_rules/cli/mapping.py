"""The options that say what a log calls things and how it is written, and logs from standard input."""

import gzip
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from pricing_rules.cli.bodies import STDIN, UnreadableInput

NAME = "standard-input"
PARQUET, GZIP, ZSTD = b"PAR1", b"\x1f\x8b", b"\x28\xb5\x2f\xfd"  # how such files begin
START = 64


def pairs(what: str) -> Callable[..., dict[str, str]]:
    """Return how an option is read that is written WORD=WORD, each time once."""

    def read(_context: click.Context, _parameter: click.Parameter, texts: tuple[str, ...]) -> dict[str, str]:
        found: dict[str, str] = {}
        for text in texts:
            name, mark, value = text.partition("=")
            if not (name and mark and value):
                raise click.BadParameter(f"{what}, not {text!r}")
            found[name] = value
        return found

    return read


def _delimiter(_context: click.Context, _parameter: click.Parameter, text: str | None) -> str | None:
    return "\t" if text == r"\t" else text


OPTIONS = (
    click.option("--map", "files", metavar="FILE", multiple=True, help="A mapping file; the options below come first."),
    click.option(
        "--column",
        "columns",
        metavar="NAME=SOURCE",
        multiple=True,
        callback=pairs("a column is written name=source"),
        help="A column under another name.",
    ),
    click.option(
        "--status",
        metavar="WORD=STATE",
        multiple=True,
        callback=pairs("a status is written WORD=completed, failed or pending"),
        help="What a status of the log's own says.",
    ),
    click.option(
        "--assume",
        metavar="NAME=VALUE",
        multiple=True,
        callback=pairs("what is assumed is written name=value"),
        help="What a column would have said that the log has not.",
    ),
    click.option(
        "--delimiter", metavar="CHAR", callback=_delimiter, help=r"Between the values of a CSV, such as ; or \t."
    ),
    click.option("--decimal", metavar="SIGN", help="Decimal sign of numbers in text, a point or a comma."),
    click.option("--null", "nulls", metavar="WORD", multiple=True, help="A word of a text file that is no value."),
    click.option("--encoding", metavar="NAME", help="Of text files, such as utf-16 or windows-1252."),
    click.option("--time", metavar="FORMAT", help="How times are written, such as %d.%m.%Y %H:%M."),
    click.option(
        "--ledger-column",
        metavar="NAME=SOURCE",
        multiple=True,
        callback=pairs("a column is written name=source"),
        help="A column of the ledger.",
    ),
    click.option(
        "--ledger-kind",
        metavar="WORD=KIND",
        multiple=True,
        callback=pairs("a kind is written WORD=debit, refund or grant"),
        help="What a kind of entry of the ledger's own says.",
    ),
    click.option("--table", metavar="NAME", help="The table of a .duckdb file, where it has several."),
)


def with_mapping(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command `mapping`, what a log calls things: the files that are named, then what other options say."""

    @wraps(command)
    def found(
        files: tuple[str, ...],
        ledger_column: dict[str, str],
        ledger_kind: dict[str, str],
        **arguments: Any,  # noqa: ANN401 -- as click reads them
    ) -> int:
        names = ("columns", "status", "assume", "delimiter", "decimal", "nulls", "encoding", "time")
        own = {name: arguments.pop(name) for name in names}
        ledger = {"columns": ledger_column, "kinds": ledger_kind}
        own = {name: value for name, value in own.items() if value not in (None, ())}
        return command(mapping=(*files, {**own, "ledger": ledger}), **arguments)

    for option in reversed(OPTIONS):
        found = option(found)
    return found


@contextmanager
def with_input(logs: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Give the paths of logs, with that of a copy of standard input for a dash."""
    if STDIN not in logs:
        yield logs
        return
    with TemporaryDirectory(prefix="pricing-rules-") as folder:
        copy = Path(folder).joinpath(NAME)
        with copy.open("wb") as stream:
            shutil.copyfileobj(sys.stdin.buffer, stream)
        path = str(copy.rename(copy.with_name(NAME + _ending(copy))))
        yield tuple(path if log == STDIN else log for log in logs)


def _ending(copy: Path) -> str:
    """Return how the name of a log would end, by what it begins with.

    Raises:
        UnreadableInput: nothing tells what is inside.
    """
    with copy.open("rb") as stream:
        start = stream.read(START)
    if start.startswith(ZSTD):
        raise UnreadableInput("standard input is compressed by zstd; decompress it before, by zstd -d")
    if start.startswith(GZIP):
        with gzip.open(copy) as inner:
            return f"{_of_text(inner.read(START))}.gz"
    return ".parquet" if start.startswith(PARQUET) else _of_text(start)


def _of_text(start: bytes) -> str:
    return ".jsonl" if start.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"{") else ".csv"
