"""The audit of a data frame by Spark, with the text that DuckDB runs: findings stay there, only sums are collected."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from attrs import evolve, frozen

from pricing_rules.audit.engines.plan import Plan, not_checked, plan
from pricing_rules.audit.engines.spark_output import in_credits, write_frame
from pricing_rules.audit.log.part import Part
from pricing_rules.audit.options import Options
from pricing_rules.audit.report.groups import Group, credits_of, groups
from pricing_rules.audit.report.report import MOST_ACCOUNTS, Account, AuditReport
from pricing_rules.audit.report.tasks import Tasks, tasks_of
from pricing_rules.audit.sql.relations import Relation
from pricing_rules.audit.sql.sums import by_account, findings, merged, summary
from pricing_rules.audit.sql.tasks import extra_accounts, extra_findings, extra_rows, extra_sums, task_columns, tasks
from pricing_rules.audit.sql.text import SPARK, identifier, literal
from pricing_rules.catalog.records import Catalog
from pricing_rules.errors import UnreadableLog, UnusableLog
from pricing_rules.spelling import shown

NUMBERS = count()  # of the audits of a session, whose views stand side by side
VIEWS = ("log", "models", "tariff", "summary", "again", "tasks", "extra")
FRAME = "data frame"
MOST_WORDS = 200


@frozen
class Run:
    """An audit of a frame: its session, its plan and how the names of its views begin."""

    catalog: Catalog
    session: Any
    options: Options
    plan: Plan
    prefix: str

    def frame(self, sql: str) -> Any:  # noqa: ANN401 -- a data frame
        """Return what a query gives, which Spark works out when it is asked for rows."""
        return self.session.sql(sql)

    def view(self, name: str, frame: Any) -> str:  # noqa: ANN401 -- a data frame
        """Let a frame be read under a name; return it."""
        frame.createOrReplaceTempView(f"{self.prefix}{name}")
        return f"{self.prefix}{name}"


def is_frame(source: object) -> bool:
    """Tell whether a log is a Spark data frame."""
    return type(source).__module__.startswith("pyspark.sql") and hasattr(source, "createOrReplaceTempView")


def is_session(engine: object) -> bool:
    """Tell whether an engine is a Spark session."""
    return type(engine).__module__.startswith("pyspark.sql") and hasattr(engine, "createDataFrame")


def audit_table(catalog: Catalog, session: Any, name: str, options: Options) -> AuditReport:  # noqa: ANN401
    """Audit a table or view of a Spark session, as `audit_frame` does."""
    with telling(name):
        frame = session.table(name)
    return audit_frame(catalog, frame, options, name)


def audit_frame(catalog: Catalog, frame: Any, options: Options, name: str = FRAME) -> AuditReport:  # noqa: ANN401
    """Audit a Spark data frame; a frame that gives other rows each time it is read is to be cached before.

    Raises:
        UnusableLog: a needed column is missing, or a ledger or a state is given, which only DuckDB keeps.
        UnreadableLog: Spark cannot read it; says why.
    """
    if options.ledger is not None or options.state is not None:
        raise UnusableLog("a ledger and a state to resume from are read by DuckDB only")
    session, prefix = frame.sparkSession, f"pricing_rules_{next(NUMBERS)}_"
    try:
        with telling(name):
            frame.createOrReplaceTempView(f"{prefix}log")
            part = Part(name, f"SELECT * FROM {prefix}log", *_types(frame.schema))
            run = Run(catalog, session, options, _plan(catalog, session, part, options, prefix, None), prefix)
            if options.duplicates or options.history:
                _find_tasks(run)
            if options.history:
                run = evolve(run, plan=_plan(catalog, session, part, options, prefix, f"{prefix}tasks"))
            return _report(run)
    finally:
        for view in VIEWS:
            session.catalog.dropTempView(f"{prefix}{view}")


@contextmanager
def telling(name: str) -> Iterator[None]:
    """Tell what Spark cannot read as an UnreadableLog that names it."""
    from py4j.protocol import Py4JJavaError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JJavaError) as fault:
        said = fault.java_exception.getMessage() if isinstance(fault, Py4JJavaError) else str(fault)
        raise UnreadableLog(name, str(said).strip().split("\n")[0][:MOST_WORDS]) from fault


def _types(schema: Any) -> tuple[dict[str, str], dict[str, dict[str, str]]]:  # noqa: ANN401 -- a StructType
    """Return the type of each column, and those of the fields of columns that are objects.

    Raises:
        UnusableLog: two columns have one name, and Spark does not tell names apart by their case.
    """
    names: set[str] = set()
    for field in schema:
        if field.name.lower() in names:
            raise UnusableLog(f"the log has two columns {shown(field.name)}")
        names.add(field.name.lower())
    objects = (field for field in schema if field.dataType.typeName() == "struct")
    nested = {field.name: {inner.name: _type(inner.dataType) for inner in field.dataType} for field in objects}
    return {field.name: _type(field.dataType) for field in schema}, nested


def _type(kind: Any) -> str:  # noqa: ANN401 -- a DataType
    """Return what a type is called; to Spark, a timestamp is one with a zone."""
    return "timestamp with time zone" if kind.typeName() == "timestamp" else str(kind.simpleString())


def _plan(catalog: Catalog, session: Any, part: Part, options: Options, prefix: str, again: str | None) -> Plan:  # noqa: ANN401
    names = (f"{prefix}models", f"{prefix}tariff")
    found = plan(
        catalog, part, options, SPARK, names, lambda sql: [row[0] for row in session.sql(sql).collect()], again
    )
    create(session, names[0], found.query.models)
    create(session, names[1], found.query.tariff)
    return found


def create(session: Any, name: str, relation: Relation) -> None:  # noqa: ANN401 -- a session
    """Let a small relation be read under a name; each machine that reads the log gets a copy."""
    schema = ", ".join(f"{identifier(column, SPARK)} {kind}" for column, kind in relation.columns.items())
    session.createDataFrame(list(relation.rows), schema).hint("broadcast").createOrReplaceTempView(name)


def _report(run: Run) -> AuditReport:
    catalog, each, options = run.catalog, run.plan, run.options
    found, accounts = _summarized(run)
    if options.progress:
        every = sum(group.rows for group in found)
        options.progress(every, every)
    frame = _finding_rows(run)
    return AuditReport(
        catalog.id,
        catalog.version,
        (each.part.name,),
        found,
        accounts,
        not_checked(catalog, (each,), options),
        _tasks(run) if options.duplicates else Tasks(),
        {},
        options.unchecked,
        lambda kind, limit: _chosen(in_credits(frame), kind, limit),
        lambda path: write_frame(frame, path),
    )


def _summarized(run: Run) -> tuple[tuple[Group, ...], tuple[Account, ...]]:
    each = run.plan
    sums = run.frame(summary(each.query.verdicts, each.told, SPARK)).cache()
    try:
        name = run.view("summary", sums)
        rows = run.frame(merged(name, SPARK)).collect()
        extra = extra_accounts(f"{run.prefix}extra") if run.options.duplicates else None
        accounts = _accounts(run.frame(by_account(name, extra, SPARK))) if "account" in each.told else ()
    finally:
        sums.unpersist()
    return groups(map(tuple, rows), tuple(run.catalog.models), each.query.rules), accounts


def _accounts(ranked: Any) -> tuple[Account, ...]:  # noqa: ANN401 -- a data frame
    """Return the first accounts, and what all the others have together."""
    first = [(name, *map(int, sums)) for name, *sums in ranked.limit(MOST_ACCOUNTS).collect()]
    if len(first) == MOST_ACCOUNTS:
        every = ranked.selectExpr("SUM(rows_read)", "SUM(owed)", "SUM(lost)").collect()[0]
        rest = [int(whole) - sum(row[place] for row in first) for place, whole in enumerate(every, 1)]
        first += [(None, *rest)] if rest[0] else []
    return tuple(Account(name, rows, credits_of(owed), credits_of(-lost)) for name, rows, owed, lost in first)


def _find_tasks(run: Run) -> None:
    """Name the rows whose task has another one, and what they are to each other."""
    query, columns = run.plan.query, _task_columns(run)
    several = f"SELECT u_task_id FROM ({query.rows}) x WHERE reason = 0 GROUP BY u_task_id HAVING COUNT(*) > 1"
    values = ", ".join(("u_task_id", "u_status", "net", *columns))
    rows = f"SELECT {values} FROM ({query.verdicts}) x WHERE reason = 0 AND u_task_id IN ({several})"
    again = run.view("again", run.frame(rows))
    several = run.view("tasks", run.frame(tasks(again, columns)))
    run.view("extra", run.frame(extra_rows(again, several, columns)))


def _task_columns(run: Run) -> tuple[str, ...]:
    return task_columns(run.plan.rows.values)


def _tasks(run: Run) -> Tasks:
    return tasks_of(map(tuple, run.frame(extra_sums(f"{run.prefix}extra", SPARK)).collect()))


def _finding_rows(run: Run) -> Any:  # noqa: ANN401 -- a data frame
    """Return all findings, those of tasks with several rows last; amounts are micros."""
    each, name = run.plan, literal(run.plan.part.name, SPARK)
    found = findings(each.query.verdicts, each.told, each.query.rules, SPARK, None)
    parts = [f"SELECT k.*, {name} AS file FROM ({found}) k"]
    if run.options.duplicates:
        again = extra_findings(f"{run.prefix}extra")
        parts.append(f"SELECT t.*, CAST(NULL AS STRING) AS file FROM ({again}) t")
    return run.frame(" UNION ALL ".join(parts))


def _chosen(frame: Any, kind: str | None, limit: int | None) -> Any:  # noqa: ANN401 -- data frames
    chosen = frame if kind is None else frame.where(f"kind = {literal(kind, SPARK)}")
    return chosen if limit is None else chosen.orderBy(*frame.columns).limit(limit)
