"""Spark as an audit knows it: the tables of an audit are checkpointed frames."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from itertools import islice
from typing import Any

from attrs import field, frozen

from pricing_rules.audit.engine import MOST_WORDS, PAGE, Query, Row, is_query, whole
from pricing_rules.audit.engines.plan import new_prefix
from pricing_rules.audit.log.dialect import SPARK, Dialect
from pricing_rules.audit.log.part import Part
from pricing_rules.errors import UnreadableLog, UnusableLog
from pricing_rules.spelling import shown

FEW = 500_000  # rows of a table that each machine gets a copy of
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


def is_frame(source: object) -> bool:
    """Tell whether a log is a Spark data frame."""
    return type(source).__module__.startswith("pyspark.sql") and hasattr(source, "createOrReplaceTempView")


def is_session(engine: object) -> bool:
    """Tell whether an engine is a Spark session."""
    return type(engine).__module__.startswith("pyspark.sql") and hasattr(engine, "createDataFrame")


def named_frame(session: Any, name: str) -> Any:  # noqa: ANN401 -- a session, a data frame
    """Return a table or view of a Spark session, or what a SELECT gives.

    Raises:
        UnreadableLog: there is none; says why.
    """
    with telling(name):
        return session.sql(name) if is_query(name) else session.table(name)


def frame_part(engine: Spark, frame: Any, name: str) -> Part:  # noqa: ANN401 -- a data frame
    """Return a data frame as a part of a log; one that gives other rows each time is to be cached before.

    Raises:
        UnusableLog: two of its columns have one name.
        UnreadableLog: Spark cannot read it; says why.
    """
    view = f"{new_prefix()}log"
    with telling(name):
        engine.view(view, frame)
        return Part(name, f"SELECT * FROM {view}", *_types(frame.schema))


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
