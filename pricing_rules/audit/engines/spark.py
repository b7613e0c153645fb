"""Spark as an audit knows it: the tables of an audit are checkpointed frames, its findings stay in a frame."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from itertools import islice
from os import PathLike, fspath
from typing import Any
from weakref import finalize

from attrs import field, frozen

from pricing_rules.audit.engines.engine import PAGE, Query, Row, is_query, whole
from pricing_rules.audit.engines.finding import ORDER, Found
from pricing_rules.audit.engines.plan import Job, new_prefix
from pricing_rules.audit.engines.run import audit_parts
from pricing_rules.audit.engines.spark_output import in_credits, write_frame
from pricing_rules.audit.log.dialect import SPARK, Dialect, literal
from pricing_rules.audit.log.part import Part
from pricing_rules.audit.options import Options
from pricing_rules.audit.report.report import AuditReport
from pricing_rules.catalog.records import Catalog
from pricing_rules.errors import UnreadableLog, UnusableLog
from pricing_rules.spelling import shown

FRAME = "data frame"
FEW = 500_000  # rows of a table that each machine gets a copy of
MOST_WORDS = 200
GONE = "CHECKPOINT_RDD_BLOCK_ID_NOT_FOUND"
LOST = "an executor was lost, and with it what it had kept of the audit; audit again, or set a checkpoint folder before"


@frozen(eq=False)
class Spark:
    """A session, and the views that an audit has made in it."""

    session: Any
    views: list[str] = field(factory=list)
    dialect: Dialect = SPARK
    folder: str = ""  # it reads no files

    def table(self, name: str, query: str) -> None:
        """Keep the rows of a query under a name, instead of any that had it."""
        self._keep(name, self.session.sql(query))

    def numbered(self, name: str, query: str, start: int) -> None:
        """Keep the rows of a query, each with a number of its own from `start` on, `gid`, before its columns."""
        self.table(name, f"SELECT MONOTONICALLY_INCREASING_ID() + {start} AS gid, x.* FROM ({query}) x")

    def relation(self, name: str, columns: Mapping[str, str], rows: Iterable[Row]) -> None:
        """Keep rows that Python has, of columns with these types."""
        schema = ", ".join(f"{column} {kind}" for column, kind in columns.items())
        self._keep(name, self.session.createDataFrame(list(rows), schema))

    def rows(self, query: str) -> list[Row]:
        """Return the few rows of a query."""
        return [tuple(row) for row in self.session.sql(query).collect()]

    def pages(self, name: str, query: Query = whole) -> Iterator[list[Row]]:
        """Yield the rows of a numbered table, or what a query makes of some of them; other queries may run between."""
        rows = self.session.sql(query(name)).toLocalIterator()
        while page := [tuple(row) for row in islice(rows, PAGE)]:
            yield page

    def shown(self, name: str) -> AbstractContextManager[None]:
        """Tell what the engine cannot read as an UnreadableLog that names it."""
        return telling(name)

    def view(self, name: str, frame: Any) -> None:  # noqa: ANN401 -- a data frame
        """Let a frame be read under a name."""
        frame.createOrReplaceTempView(name)
        self.views.append(name)

    def _keep(self, name: str, frame: Any) -> None:  # noqa: ANN401 -- a data frame
        """Keep the rows of a frame for good: a number that was given to a row stays with it, or the audit fails."""
        reliable = self.session.sparkContext.getCheckpointDir() is not None
        kept = frame.checkpoint() if reliable else frame.localCheckpoint()
        self.view(name, kept.hint("broadcast") if len(kept.take(FEW + 1)) <= FEW else kept)


class Findings(Found):
    """The findings of an audit as a data frame and as files that Spark writes."""

    def __init__(self, job: Job, engine: Spark) -> None:
        super().__init__(job)
        self.session = engine.session
        finalize(self, _drop, engine.session, engine.views).atexit = False

    def listed(self, kind: str | None, limit: int | None) -> Any:  # noqa: ANN401 -- a data frame
        """Return findings of one kind or of all, the first ones in order where there is a limit."""
        found = in_credits(self._frame())
        chosen = found if kind is None else found.where(f"kind = {literal(kind, SPARK)}")
        return chosen if limit is None else chosen.orderBy(*ORDER).limit(limit)

    def write(self, path: str | PathLike[str]) -> None:
        """Write all of them to a folder, whole or not at all."""
        write_frame(self._frame(), fspath(path))

    def _frame(self) -> Any:  # noqa: ANN401 -- a data frame
        return self.session.sql(self.query(self.table))


def _drop(session: Any, views: list[str]) -> None:  # noqa: ANN401 -- a session
    with suppress(Exception):  # a session that was stopped has no views any more
        for view in views:
            session.catalog.dropTempView(view)


def is_frame(source: object) -> bool:
    """Tell whether a log is a Spark data frame."""
    return type(source).__module__.startswith("pyspark.sql") and hasattr(source, "createOrReplaceTempView")


def is_session(engine: object) -> bool:
    """Tell whether an engine is a Spark session."""
    return type(engine).__module__.startswith("pyspark.sql") and hasattr(engine, "createDataFrame")


def audit_table(catalog: Catalog, session: Any, name: str, options: Options) -> AuditReport:  # noqa: ANN401
    """Audit a table or view of a Spark session, or what a SELECT gives, as `audit_frame` does."""
    with telling(name):
        frame = session.sql(name) if is_query(name) else session.table(name)
    return audit_frame(catalog, frame, options, "the query" if is_query(name) else name)


def audit_frame(catalog: Catalog, frame: Any, options: Options, name: str = FRAME) -> AuditReport:  # noqa: ANN401
    """Audit a Spark data frame; a frame that gives other rows each time it is read is to be cached before.

    Raises:
        UnusableLog: a needed column is missing, or a ledger or a state is given, which only DuckDB keeps.
        UnreadableLog: Spark cannot read it; says why.
    """
    if options.ledger is not None or options.state is not None:
        raise UnusableLog("a ledger and a state to resume from are read by DuckDB only")
    if options.mapping.writing.nulls:
        raise UnusableLog("null words hold in text files; let Spark read them as null, by its option nullValue")
    engine, log = Spark(frame.sparkSession), f"{new_prefix()}log"
    with telling(name):
        engine.view(log, frame)
        part = Part(name, f"SELECT * FROM {log}", *_types(frame.schema))
        return audit_parts(catalog, engine, (part,), options, lambda job: Findings(job, engine))


@contextmanager
def telling(name: str) -> Iterator[None]:
    """Tell what Spark cannot read as an UnreadableLog that names it."""
    from py4j.protocol import Py4JJavaError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JJavaError) as fault:
        said = _first_cause(fault.java_exception) if isinstance(fault, Py4JJavaError) else str(fault)
        raise UnreadableLog(name, LOST if GONE in said else said.strip().split("\n")[0][:MOST_WORDS]) from fault


def _first_cause(fault: Any) -> str:  # noqa: ANN401 -- a Throwable of Java
    """Return what was said first: those around it say little more than that something failed."""
    while fault.getCause() is not None:
        fault = fault.getCause()
    return str(fault.getMessage())


def _types(schema: Any) -> tuple[dict[str, str], dict[str, dict[str, str]]]:  # noqa: ANN401 -- a StructType
    """Return the type of each column, and those of the fields of columns that are objects.

    Raises:
        UnusableLog: two columns have one name, and Spark does not tell names apart by their case.
    """
    names: set[str] = set()
    for column in schema:
        if column.name.lower() in names:
            raise UnusableLog(f"the log has two columns {shown(column.name)}")
        names.add(column.name.lower())
    objects = (each for each in schema if each.dataType.typeName() == "struct")
    nested = {each.name: {inner.name: _type(inner.dataType) for inner in each.dataType} for each in objects}
    return {each.name: _type(each.dataType) for each in schema}, nested


def _type(kind: Any) -> str:  # noqa: ANN401 -- a DataType
    """Return what a type is called; to Spark, a timestamp is one with a zone."""
    return "timestamp with time zone" if kind.typeName() == "timestamp" else str(kind.simpleString())
