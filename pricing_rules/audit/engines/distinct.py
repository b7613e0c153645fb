"""The distinct rows of a log in SQL: grouped, numbered, and found again among all rows."""

from collections.abc import Iterable

from pricing_rules.audit.engines.plan import Shelf
from pricing_rules.audit.log.dialect import Dialect
from pricing_rules.audit.log.layout import Layout


def grouped(layout: Layout, rows: str) -> str:
    """Write the groups of rows by day, with how many rows each has."""
    keys = ", ".join(layout.names)
    spans = ", MIN(u_created_at) AS first_at, MAX(u_created_at) AS last_at" if _spanned(layout) else ""
    days = f"SELECT q.*, {layout.day} AS day FROM ({rows}) q"
    return f"SELECT day, {keys}, COUNT(*) AS n{spans} FROM ({days}) g GROUP BY day, {keys}"


def merged(layout: Layout, groups: str) -> str:
    """Write the groups of several parts as one."""
    keys = ", ".join(layout.names)
    spans = ", MIN(first_at) AS first_at, MAX(last_at) AS last_at" if _spanned(layout) else ""
    return f"SELECT day, {keys}, CAST(SUM(n) AS BIGINT) AS n{spans} FROM ({groups}) g GROUP BY day, {keys}"


def unmerged(layout: Layout, groups: str) -> str:
    """Write the groups of parts side by side."""
    spans = ", first_at, last_at" if _spanned(layout) else ""
    return f"SELECT day, {', '.join(layout.names)}, n{spans} FROM ({groups}) g"


def _spanned(layout: Layout) -> bool:
    return layout.sums is not None and "created_at" in layout.columns


def alike(names: Iterable[str], one: str, other: str) -> str:
    """Write that rows of two relations have the same values in some columns."""
    return " AND ".join(f"{one}.{name} IS NOT DISTINCT FROM {other}.{name}" for name in names)


def hashed(layout: Layout, dialect: Dialect) -> str:
    """Write the hash of what a verdict on a row depends on."""
    return dialect.hash.format(", ".join(layout.names))


def found_again(shelf: Shelf, rows: str, wanted: str, dialect: Dialect) -> str:
    """Write those rows whose group is one of a table's, as `q`, with what it says of it, as `w`: by hash, then exactly.

    The table has the columns of the group; `{wanted}_hashes` has their hashes, as `h`. Spark would compute the hash in
    one method too long to be compiled if it stood in the condition of a semi join.
    """
    every = f"SELECT z.*, {hashed(shelf.layout, dialect)} AS row_hash FROM ({rows}) z"
    few = f"SELECT y.* FROM ({every}) y JOIN {wanted}_hashes k ON k.h = y.row_hash"
    return f"({few}) q JOIN {wanted} w ON {alike(shelf.layout.names, 'q', 'w')}"


def hashes(shelf: Shelf, wanted: str, dialect: Dialect) -> str:
    """Write the hashes of the groups of a table."""
    return f"SELECT DISTINCT {hashed(shelf.layout, dialect)} AS h FROM {wanted}"
