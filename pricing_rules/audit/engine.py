"""What an audit asks of an engine: to keep the rows of queries, to hand them out in pages, to take small relations."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any, Protocol

from pricing_rules.audit.log.dialect import Dialect

PAGE = 20_000  # rows that are in Python at a time
MOST_WORDS = 200  # characters of what an engine says of a fault

Row = tuple[Any, ...]
Query = Callable[[str], str]  # writes a query over some rows of a table


def whole(rows: str) -> str:
    """Write the query that gives rows as they are."""
    return f"SELECT * FROM {rows}"


def is_query(name: str) -> bool:
    """Tell whether the name of a table is a query instead."""
    return re.match(r"\s*(SELECT|WITH|FROM)\s", name, re.IGNORECASE) is not None


def called(name: str) -> str:
    """Return what people are told that a table, or a query in its place, is called."""
    return "the query" if is_query(name) else name


class Engine(Protocol):
    """DuckDB or Spark, as far as an audit knows of it; tables go with the session."""

    @property
    def dialect(self) -> Dialect:
        """Return how it spells SQL."""

    @property
    def folder(self) -> str:
        """Return a folder for copies of files, which goes with it."""

    def table(self, name: str, query: str) -> None:
        """Keep the rows of a query under a name, instead of any that had it."""

    def numbered(self, name: str, query: str, start: int) -> None:
        """Keep the rows of a query, each with a number of its own from `start` on, `gid`, before its columns."""

    def relation(self, name: str, columns: Mapping[str, str], rows: Iterable[Row]) -> None:
        """Keep rows that Python has, of columns with these types."""

    def rows(self, query: str) -> list[Row]:
        """Return the few rows of a query."""

    def pages(self, name: str, query: Query = whole) -> Iterator[list[Row]]:
        """Yield the rows of a numbered table, or what a query makes of some of them; other queries may run between."""

    def shown(self, name: str) -> AbstractContextManager[None]:
        """Tell what the engine cannot read as an UnreadableLog that names it."""
