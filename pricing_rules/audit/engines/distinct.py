"""The distinct rows of a log in SQL: grouped, numbered, and found again among all rows."""

from collections.abc import Iterable

from pricing_rules.audit.engines.plan import Plan, Shelf
from pricing_rules.audit.log.dialect import Dialect
from pricing_rules.audit.log.evidence import stated
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


def again(shelf: Shelf, plan: Plan, wanted: str, dialect: Dialect) -> str:
    """Write rows of a part as they are read again: all whose group is one of a table's, found by hash, and few others.

    The table has the columns of the group, `{wanted}_hashes` their hashes.
    """
    also = {**plan.evidence, **stated(shelf.layout.stated)}
    return shelf.layout.rows_of(plan.numbered, f"{wanted}_hashes", dialect, also)


def found_again(shelf: Shelf, plan: Plan, wanted: str, dialect: Dialect) -> str:
    """Write those rows of a part whose group is one of a table's, as `q`, with what it says of it, as `w`."""
    rows = again(shelf, plan, wanted, dialect)
    return f"({rows}) q JOIN {wanted} w ON {alike(shelf.layout.names, 'q', 'w')}"


def hashes(shelf: Shelf, wanted: str, dialect: Dialect) -> str:
    """Write the hashes of the groups of a table."""
    return f"SELECT DISTINCT {dialect.hash.format(', '.join(shelf.layout.hashed))} AS h FROM {wanted}"
