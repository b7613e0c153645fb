"""DuckDB as an audit knows it: tables of a connection that last as long as it does."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from itertools import islice
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any
from weakref import finalize

from attrs import field, frozen

from pricing_rules.audit.engine import PAGE, Query, Row, whole
from pricing_rules.audit.engines.duckdb_files import telling
from pricing_rules.audit.log.dialect import DUCKDB, Dialect, literal

OURS = 80_000_000  # bytes of the memory that a caller allows, at most a sixth, which Python takes
FREED = 2**24  # bytes that are given back to the system
BATCH = 5_000  # rows that are handed to the engine at a time


@frozen
class DuckDB:
    """A connection; of our own where the memory that it may use is ours to choose.

    Attributes:
        connection: that runs the queries.
        folder: for what does not fit in memory and for copies of files; it goes with this record.
        own: whether the connection is ours.
    """

    connection: Any
    folder: str = field(factory=lambda: mkdtemp(prefix="pricing-rules-"))
    dialect: Dialect = DUCKDB
    own: bool = False

    def __attrs_post_init__(self) -> None:
        finalize(self, rmtree, self.folder, ignore_errors=True)

    def table(self, name: str, query: str) -> None:
        """Keep the rows of a query under a name, instead of any that had it."""
        self.rows(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")

    def numbered(self, name: str, query: str, start: int) -> None:
        """Keep the rows of a query, each with a number of its own from `start` on, `gid`, before its columns."""
        self.table(f"{name}_rows", query)
        self.connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT rowid + {start} AS gid, * FROM {name}_rows"
        )

    def relation(self, name: str, columns: Mapping[str, str], rows: Iterable[Row]) -> None:
        """Keep rows that Python has, of columns with these types."""
        types = ", ".join(f"{column} {kind}" for column, kind in columns.items())
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({types})")
        read = {"BIGINT": "BIGINT", "STRING": "VARCHAR"}
        shape = literal(json.dumps([{column: read[kind] for column, kind in columns.items()}]))
        values = ", ".join(f"v.{column}" for column in columns)
        each = iter(rows)
        while page := list(islice(each, BATCH)):
            listed = json.dumps([dict(zip(columns, row, strict=True)) for row in page])
            opened = f"SELECT UNNEST(FROM_JSON(CAST(? AS JSON), {shape})) AS v"
            self.connection.execute(f"INSERT INTO {name} SELECT {values} FROM ({opened}) o", [listed])

    def rows(self, query: str) -> list[Row]:
        """Return the few rows of a query; where memory is too small for all threads, of our own one has to do."""
        import duckdb

        try:
            found: list[Row] = self.connection.execute(query).fetchall()
        except duckdb.OutOfMemoryException:
            if not self.own or self.connection.execute("SELECT CURRENT_SETTING('threads')").fetchone() == (1,):
                raise
            self.connection.execute("SET threads = 1")
            return self.rows(query)
        return found

    def pages(self, name: str, query: Query = whole) -> Iterator[list[Row]]:
        """Yield the rows of a numbered table, or what a query makes of some of them; other queries may run between."""
        ((start, number),) = self.rows(f"SELECT MIN(gid), COUNT(*) FROM {name}")
        for first in range(0, number, PAGE):
            some = f"SELECT rowid + {start} AS gid, * FROM {name}_rows"
            yield self.rows(query(f"({some} WHERE rowid >= {first} AND rowid < {first + PAGE})"))

    def shown(self, name: str) -> AbstractContextManager[None]:
        """Tell what the engine cannot read as an UnreadableLog that names it."""
        return telling(name)


def connected(limit: int) -> DuckDB:
    """Return a connection of our own, which with Python keeps so many bytes in memory; the rest goes to a folder."""
    import duckdb

    own = DuckDB(duckdb.connect(), own=True)
    own.connection.execute(f"SET memory_limit = '{limit - min(limit // 6, OURS)}B'")
    own.connection.execute(f"SET allocator_flush_threshold = '{FREED}B'")
    own.connection.execute(f"SET allocator_bulk_deallocation_flush_threshold = '{FREED}B'")
    own.connection.execute(f"SET temp_directory = {literal(own.folder)}")
    own.connection.execute("SET preserve_insertion_order = false")
    own.connection.execute("SET enable_progress_bar = false")  # it would stand among what a console prints
    own.connection.execute("SET disable_parquet_prefetching = true")  # it would hold all bodies of a row group at once
    return own
