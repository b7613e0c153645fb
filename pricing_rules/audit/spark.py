"""The audit of a data frame by Spark, with the text that DuckDB runs: findings stay there, only sums are collected."""

import os
from itertools import count
from pathlib import Path
from typing import Any

from attrs import frozen

from pricing_rules.audit.options import Options
from pricing_rules.audit.output import FORMULA
from pricing_rules.audit.plan import Part, Plan, not_checked, plan
from pricing_rules.audit.report import MOST_ACCOUNTS, Account, AuditReport, Tasks
from pricing_rules.audit.sums import AMOUNTS, credits_of, groups
from pricing_rules.catalog import Catalog
from pricing_rules.errors import UnusableLog
from pricing_rules.targets.sql_relations import Relation
from pricing_rules.targets.sql_report import FINDING, by_account, findings, merged, summary
from pricing_rules.targets.sql_tasks import extra_balance, extra_rows, task_columns, task_findings, tasks
from pricing_rules.targets.sql_text import SPARK, identifier, literal

NUMBERS = count()  # of the temporary views of a session


@frozen
class Run:
    """An audit of a frame: its session, its plan and the start of the names of its views."""

    catalog: Catalog
    session: Any
    options: Options
    plan: Plan
    prefix: str


def is_frame(source: object) -> bool:
    """Tell whether a log is a Spark data frame."""
    return type(source).__module__.startswith("pyspark.sql") and hasattr(source, "createOrReplaceTempView")


def is_session(engine: object) -> bool:
    """Tell whether an engine is a Spark session."""
    return type(engine).__module__.startswith("pyspark.sql") and hasattr(engine, "createDataFrame")


def audit_frame(catalog: Catalog, frame: Any, options: Options) -> AuditReport:  # noqa: ANN401 -- a data frame
    """Audit a Spark data frame; its session keeps the views that the report's findings read.

    Raises:
        UnusableLog: a needed column is missing, or a ledger or a state is given, which only DuckDB keeps.
    """
    if options.ledger is not None or options.state is not None:
        raise UnusableLog("a ledger and a state to resume from are read by DuckDB only")
    session = frame.sparkSession
    prefix = f"pricing_rules_{next(NUMBERS)}_"
    frame.createOrReplaceTempView(f"{prefix}log")
    types = {field.name: field.dataType.simpleString() for field in frame.schema}
    nested = {
        field.name: {inner.name: inner.dataType.simpleString() for inner in field.dataType}
        for field in frame.schema
        if field.dataType.typeName() == "struct"
    }
    part = Part("data frame", f"SELECT * FROM {prefix}log", types, nested)
    run = Run(catalog, session, options, _plan(catalog, session, part, options, prefix, None), prefix)
    if options.duplicates or options.history:
        _find_tasks(run)
    if options.history:
        again = f"{prefix}tasks"
        run = Run(catalog, session, options, _plan(catalog, session, part, options, prefix, again), prefix)
    return _report(run)


def _plan(catalog: Catalog, session: Any, part: Part, options: Options, prefix: str, again: str | None) -> Plan:  # noqa: ANN401
    names = (f"{prefix}models", f"{prefix}tariff")
    found = plan(
        catalog, part, options, SPARK, names, lambda sql: [row[0] for row in session.sql(sql).collect()], again
    )
    _create(session, names[0], found.query.models)
    _create(session, names[1], found.query.tariff)
    return found


def _create(session: Any, name: str, relation: Relation) -> None:  # noqa: ANN401 -- a session
    schema = ", ".join(f"{identifier(column, SPARK)} {kind}" for column, kind in relation.columns.items())
    session.createDataFrame(list(relation.rows), schema).createOrReplaceTempView(name)


def _report(run: Run) -> AuditReport:
    catalog, each, options = run.catalog, run.plan, run.options
    summed = run.session.sql(summary(each.query.verdicts, each.told, SPARK)).cache()
    summed.createOrReplaceTempView(f"{run.prefix}summary")
    try:
        rows = run.session.sql(merged(f"{run.prefix}summary", SPARK)).collect()
        accounts = _accounts(run) if "account" in each.told else ()
    finally:
        summed.unpersist()
    found = groups(map(tuple, rows), tuple(catalog.models), each.query.rules)
    if options.progress:
        every = sum(group.rows for group in found)
        options.progress(every, every)
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
        lambda kind, limit: _findings(run, kind, limit),
        lambda path: _write(run, path),
    )


def _accounts(run: Run) -> tuple[Account, ...]:
    ranked = run.session.sql(by_account(f"{run.prefix}summary", SPARK))
    first = ranked.limit(MOST_ACCOUNTS).collect()
    rest = ranked.offset(MOST_ACCOUNTS).selectExpr("SUM(rows_read)", "SUM(owed)", "SUM(lost)").collect()[0]
    each = [*map(tuple, first), *([(None, *rest)] if rest[0] else [])]
    return tuple(
        Account(name, int(rows), credits_of(int(owed)), credits_of(-int(lost))) for name, rows, owed, lost in each
    )


def _find_tasks(run: Run) -> None:
    """Keep the rows whose task has another one, and what they are to each other."""
    rows, columns = run.plan.query.verdicts, task_columns(run.plan.rows.values)
    several = f"SELECT u_task_id FROM ({rows}) x WHERE reason = 0 GROUP BY u_task_id HAVING COUNT(*) > 1"
    values = ", ".join(columns)
    again = f"SELECT u_task_id, u_status, net, {values} FROM ({rows}) x WHERE reason = 0 AND u_task_id IN ({several})"
    run.session.sql(again).createOrReplaceTempView(f"{run.prefix}again")
    run.session.sql(tasks(f"{run.prefix}again", columns)).createOrReplaceTempView(f"{run.prefix}tasks")


def _tasks(run: Run) -> Tasks:
    again, found = f"{run.prefix}again", f"{run.prefix}tasks"
    rows = run.session.sql(extra_rows(found)).collect()
    balance = run.session.sql(extra_balance(again, found, task_columns(run.plan.rows.values))).collect()[0]
    owed, owed_rows, lost, lost_rows = (int(amount or 0) for amount in balance)
    return Tasks(
        {kind: int(extra) for kind, extra, _, _ in rows},
        {kind: credits_of(int(charged)) for kind, _, charged, _ in rows},
        {kind: example for kind, _, _, example in rows},
        credits_of(owed),
        owed_rows,
        credits_of(lost),
        lost_rows,
    )


def _findings(run: Run, kind: str | None, limit: int | None) -> Any:  # noqa: ANN401 -- a data frame
    """Return the findings as a data frame; amounts are DECIMAL(38, 6) credits."""
    each = run.plan
    parts = [findings(each.query.verdicts, each.told, each.query.rules, SPARK, kind)]
    if run.options.duplicates:
        only = f" WHERE kind = {literal(kind, SPARK)}" if kind else ""
        again = task_findings(f"{run.prefix}again", f"{run.prefix}tasks", task_columns(each.rows.values))
        parts.append(f"SELECT * FROM ({again}) t{only}")
    million = "CAST({0} / CAST(1000000 AS DECIMAL(7, 0)) AS DECIMAL(38, 6)) AS {0}"
    values = ", ".join(
        million.format(f"CAST({name} AS DECIMAL(25, 0))").replace(f"AS CAST({name} AS DECIMAL(25, 0))", f"AS {name}")
        if name in AMOUNTS
        else name
        for name in FINDING
    )
    frame = run.session.sql(f"SELECT {values} FROM ({' UNION ALL '.join(parts)}) w")
    return frame.orderBy(*FINDING).limit(limit) if limit is not None else frame


def _write(run: Run, path: str) -> None:
    """Write the findings to a folder of Spark's, under its name only when it is whole."""
    form = {".parquet": "parquet", ".csv": "csv", ".jsonl": "json"}.get(Path(path).suffix.lower())
    if form is None:
        raise UnusableLog("findings go to a folder that ends in .parquet, .csv or .jsonl")
    frame = _findings(run, None, None)
    if form == "csv":
        mark = literal(FORMULA, SPARK)
        texts = [name for name, kind in FINDING.items() if kind == "STRING"]
        frame = frame.selectExpr(
            *(
                f"CASE WHEN REGEXP_LIKE({name}, {mark}) THEN CONCAT('\\'', {name}) ELSE {name} END AS {name}"
                if name in texts
                else name
                for name in FINDING
            )
        )
    partial = f"{path}.{os.getpid()}.partial"
    frame.write.mode("overwrite").format(form).option("header", "true").save(partial)
    Path(partial).replace(path)
