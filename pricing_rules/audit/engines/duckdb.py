"""The audit of files and tables by DuckDB: part by part, so that progress is exact and memory bounded."""

from functools import partial
from typing import Any

from attrs import evolve

from pricing_rules.audit.engines.duckdb_files import opened, telling
from pricing_rules.audit.engines.findings import listed, write
from pricing_rules.audit.engines.job import NUMBERS, Run
from pricing_rules.audit.engines.plan import Plan, not_checked, plan
from pricing_rules.audit.engines.resume import opened_state
from pricing_rules.audit.log.files import found
from pricing_rules.audit.log.ledger import Rows, entry_relation, find_faults, read_ledger
from pricing_rules.audit.log.part import Part
from pricing_rules.audit.options import Options, memory
from pricing_rules.audit.report.groups import Group, credits_of, groups
from pricing_rules.audit.report.report import MOST_ACCOUNTS, Account, AuditReport
from pricing_rules.audit.report.tasks import Tasks, tasks_of
from pricing_rules.audit.sql.relations import Relation
from pricing_rules.audit.sql.sums import by_account, merged, summary
from pricing_rules.audit.sql.tasks import extra_accounts, extra_rows, extra_sums, tasks
from pricing_rules.audit.sql.text import DUCKDB, literal
from pricing_rules.catalog.records import Catalog

CHUNK = 1_000


def audit_parts(
    catalog: Catalog,
    connection: Any,  # noqa: ANN401
    parts: tuple[Part, ...],
    options: Options,
    summing: int | None = None,
) -> AuditReport:
    """Audit the parts of a log on a connection, on one of our own with so many bytes for the sums."""
    run = Run(catalog, connection, options, (), f"pricing_rules_{next(NUMBERS)}_", summing)
    if options.ledger is not None:
        run = evolve(run, decided=_read_ledger(run))
    run = evolve(run, plans=_plans(run, parts, None))
    if options.history:
        _find_tasks(run)
        run = evolve(run, plans=_plans(run, parts, run.table("tasks")))
    _allow(run, summing)
    _summarize(run)
    if options.duplicates and not options.history:
        _find_tasks(run)
    if options.ledger is not None:
        with run.telling():
            rows = tuple(map(_told_rows, run.plans))
            run = evolve(run, faults=find_faults(connection, run.ledger, rows, options.scope.account))
    return _report(run)


def limit_memory(connection: Any, limit: int) -> None:  # noqa: ANN401 -- a connection
    """Let a connection of our own keep so many bytes in memory; what does not fit goes to disk."""
    connection.execute(f"SET memory_limit = '{limit}B'")


def _allow(run: Run, limit: int | None) -> None:
    """Let an audit keep at most so many bytes in memory, if the connection is our own."""
    if run.summing and limit:
        limit_memory(run.connection, min(limit, memory(run.options.memory_limit)))


def _read_ledger(run: Run) -> tuple[object, ...]:
    """Read the files of the ledger, and return what tells that they are still the same."""
    files = tuple(opened(run.connection, file) for file in found(run.options.ledger))
    entries = [entry_relation(part.name, part.relation, part.columns) for part in files]
    name = ", ".join(part.name for part in files)
    with telling(name):
        read_ledger(run.connection, run.ledger, entries, name)
    return tuple((part.relation, part.version) for part in files)


def _told_rows(each: Plan) -> Rows:
    return Rows(each.query.rows, "created_at" in each.told, "u_logged" in each.rows.values)


def _report(run: Run) -> AuditReport:
    catalog, options = run.catalog, run.options
    return AuditReport(
        catalog.id,
        catalog.version,
        run.names,
        _groups(run),
        _accounts(run),
        not_checked(catalog, run.plans, options),
        _tasks(run) if options.duplicates else Tasks(),
        run.faults,
        options.unchecked,
        lambda kind, limit: listed(run, kind, limit),
        lambda path: write(run, path),
    )


def _plans(run: Run, parts: tuple[Part, ...], again: str | None) -> tuple[Plan, ...]:
    found = []
    ledger = run.ledger.sums if run.options.ledger is not None else None
    for number, part in enumerate(parts):
        names = (run.table(f"models_{number}"), run.table(f"tariff_{number}"))
        with telling(part.name):
            read = partial(_column, run.connection)
            made = plan(run.catalog, part, run.options, DUCKDB, names, read, again, ledger)
        _create(run.connection, names[0], made.query.models)
        _create(run.connection, names[1], made.query.tariff)
        found.append(made)
    return tuple(found)


def _column(connection: Any, sql: str) -> list[str]:  # noqa: ANN401 -- a connection
    return [row[0] for row in connection.execute(sql).fetchall()]


def _create(connection: Any, name: str, relation: Relation) -> None:  # noqa: ANN401 -- a connection
    columns = ", ".join(f"{column} {kind}" for column, kind in relation.columns.items())
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({columns})")
    for start in range(0, len(relation.rows), CHUNK):
        rows = (f"({', '.join(map(literal, row))})" for row in relation.rows[start : start + CHUNK])
        connection.execute(f"INSERT INTO {name} VALUES {', '.join(rows)}")


def _summarize(run: Run) -> None:
    """Sum up the verdicts of each part; what is done is told before and after each, and kept where there is a state."""
    done, every = 0, sum(each.part.size for each in run.plans)
    texts = [summary(each.query.verdicts, each.told, DUCKDB) for each in run.plans]
    decided = (_decided_by(each, run) for each in run.plans)
    state = opened_state(run.options.state, decided) if run.options.state else None
    _tell(run, done, every)
    for number, (each, text) in enumerate(zip(run.plans, texts, strict=True)):
        rows = f"SELECT {number} AS plan, z.* FROM ({text}) z"
        with telling(each.part.name):
            if state:
                if not state.sums(number).exists():
                    state.keep(run.connection, rows, number)
                rows = f"SELECT * FROM READ_PARQUET({literal(state.sums(number))})"
            name = run.table("summary")
            made = f"CREATE OR REPLACE TEMP TABLE {name} AS" if number == 0 else f"INSERT INTO {name}"
            run.connection.execute(f"{made} {rows}")
        done += each.part.size
        _tell(run, done, every)


def _tell(run: Run, done: int, every: int) -> None:
    if run.options.progress:
        run.options.progress(done, every)


def _decided_by(each: Plan, run: Run) -> tuple[object, ...]:
    """Return all that decides the sums of a part, whatever its tables are called."""
    query = each.query
    text = query.verdicts.replace(run.prefix, "")
    return text, query.models.rows, query.tariff.rows, query.rules, each.part.version, *run.decided


def _groups(run: Run) -> tuple[Group, ...]:
    models = tuple(run.catalog.models)
    found: list[Group] = []
    for number, each in enumerate(run.plans):
        relation = f"(SELECT * FROM {run.table('summary')} WHERE plan = {number}) s"
        found += groups(run.connection.execute(merged(relation, DUCKDB)).fetchall(), models, each.query.rules)
    return tuple(found)


def _accounts(run: Run) -> tuple[Account, ...]:
    if not any("account" in each.told for each in run.plans):
        return ()
    extra = extra_accounts(run.extra) if run.options.duplicates else None
    ranked = by_account(run.table("summary"), extra, DUCKDB)
    first = run.connection.execute(
        f"SELECT account, rows_read, owed, lost FROM ({ranked}) a LIMIT {MOST_ACCOUNTS}"
    ).fetchall()
    rest = run.connection.execute(
        f"SELECT SUM(rows_read), SUM(owed), SUM(lost) FROM (SELECT * FROM ({ranked}) a OFFSET {MOST_ACCOUNTS}) b"
    ).fetchall()[0]
    each = [*first, *([(None, *rest)] if rest[0] else [])]
    return tuple(
        Account(name, int(rows), credits_of(int(owed)), credits_of(-int(lost))) for name, rows, owed, lost in each
    )


def _find_tasks(run: Run) -> None:
    """Keep the rows of tasks with several: first those whose hash comes twice, then exactly."""
    _allow(run, memory(run.options.memory_limit))
    again, several, hashes = map(run.table, ("again", "tasks", "hashes"))
    every = " UNION ALL ".join(
        f"SELECT HASH(u_task_id) AS h FROM ({each.query.rows}) x WHERE reason = 0" for each in run.plans
    )
    columns = run.task_columns
    rows = " UNION ALL ".join(_rows_again(each, columns, hashes) for each in run.plans)
    with run.telling():
        run.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {hashes} AS SELECT h FROM ({every}) y GROUP BY h HAVING COUNT(*) > 1"
        )
        run.connection.execute(f"CREATE OR REPLACE TEMP TABLE {again} AS {rows}")
        run.connection.execute(f"CREATE OR REPLACE TEMP TABLE {several} AS {tasks(again, columns)}")
        run.connection.execute(f"CREATE TEMP TABLE {run.extra} AS {extra_rows(again, several, columns)}")
        for done in (hashes, again):
            run.connection.execute(f"DROP TABLE {done}")
    _allow(run, run.summing)


def _rows_again(each: Plan, columns: tuple[str, ...], hashes: str) -> str:
    values = ", ".join(name if name in each.rows.values else f"NULL AS {name}" for name in columns)
    wanted = f"HASH(u_task_id) IN (SELECT h FROM {hashes})"
    return f"SELECT u_task_id, u_status, net, {values} FROM ({each.query.verdicts}) x WHERE reason = 0 AND {wanted}"


def _tasks(run: Run) -> Tasks:
    return tasks_of(run.connection.execute(extra_sums(run.extra, DUCKDB)).fetchall())
