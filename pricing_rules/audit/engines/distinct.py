"""The distinct rows of a log in SQL: grouped, numbered, and found again among all rows."""

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

from attrs import frozen

from pricing_rules.audit.engine import Engine, Row
from pricing_rules.audit.engines.plan import Plan, Shelf
from pricing_rules.audit.log.dialect import Dialect
from pricing_rules.audit.log.layout import NOTHING, Layout

FEW = 20_000  # distinct rows that are looked through for columns to do without
SHARE = 200  # one row of so many may be read again in vain


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


@frozen
class Wanted:
    """Distinct rows that are looked for among all rows: their table, and the columns by whose hash they are found."""

    table: str
    columns: tuple[str, ...]

    @property
    def hashes(self) -> str:
        """Return the table of the hashes."""
        return f"{self.table}_hashes"


def wanted(engine: Engine, shelf: Shelf, table: str, rows: str) -> Wanted:
    """Keep the distinct rows of a shelf that a query gives, with their numbers, as rows that are looked for."""
    engine.table(table, rows)
    found = Wanted(table, _telling(engine, shelf, table))
    engine.table(
        found.hashes, f"SELECT DISTINCT {engine.dialect.hash.format(', '.join(found.columns))} AS h FROM {table}"
    )
    return found


def _telling(engine: Engine, shelf: Shelf, table: str) -> tuple[str, ...]:
    """Return columns by which hardly more rows are found than by all: a hash of fewer takes less of every row."""
    columns = shelf.layout.hashed
    if engine.rows(f"SELECT COUNT(*) FROM {shelf.distinct}")[0][0] > FEW:
        return columns
    listed = ", ".join(f"g.{name}" for name in columns)
    known = f"{shelf.distinct} g LEFT JOIN (SELECT DISTINCT gid FROM {table}) w ON w.gid = g.gid"
    rows = engine.rows(f"SELECT {listed}, g.n, w.gid FROM {known}")
    places = tuple(range(len(columns)))
    most = _matched(rows, places) + sum(row[-2] for row in rows) // SHARE
    for place in places:
        others = tuple(other for other in places if other != place)
        places = others if others and _matched(rows, others) <= most else places
    return tuple(columns[place] for place in places)


def _matched(rows: Sequence[Row], places: tuple[int, ...]) -> int:
    """Return how many rows of the log are found by some columns of those that are looked for."""
    told = itemgetter(*places)
    looked_for = {told(row) for row in rows if row[-1] is not None}
    return sum(row[-2] for row in rows if told(row) in looked_for)


def again(shelf: Shelf, plan: Plan, wanted: Wanted, dialect: Dialect, also: Mapping[str, str] = NOTHING) -> str:
    """Write rows of a part as they are read again: all that may be wanted, found by hash, and few others."""
    every = {**plan.evidence, **also}
    return shelf.layout.rows_of(plan.numbered, wanted.columns, wanted.hashes, dialect, every)


def exactly(shelf: Shelf, rows: str, wanted: Wanted) -> str:
    """Write those of some rows whose group is wanted, as `q`, with what the table says of it, as `w`."""
    return f"({rows}) q JOIN {wanted.table} w ON {alike(shelf.layout.names, 'q', 'w')}"
