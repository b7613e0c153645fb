"""The audit of files and tables by DuckDB: part by part, so that progress is exact and memory bounded."""

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import evolve, frozen

from pricing_rules.audit.files import found
from pricing_rules.audit.ledger import FAULTS, entry_relation, find_faults, read_ledger
from pricing_rules.audit.options import Options, memory
from pricing_rules.audit.output import write_findings
from pricing_rules.audit.parts import opened, telling
from pricing_rules.audit.plan import Part, Plan, not_checked, plan
from pricing_rules.audit.report import MOST_ACCOUNTS, Account, AuditReport
from pricing_rules.audit.state import opened_state
from pricing_rules.audit.sums import AMOUNTS, Group, credits_of, groups
from pricing_rules.audit.tasks import Tasks, tasks_of
from pricing_rules.catalog import Catalog
from pricing_rules.targets.sql_relations import Relation
from pricing_rules.targets.sql_report import FINDING, by_account, findings, merged, summary
from pricing_rules.targets.sql_tasks import extra_accounts, extra_rows, task_columns, task_findings, tasks
from pricing_rules.targets.sql_text import DUCKDB, literal

PREFIX = "pricing_rules_"
SUMMARY, AGAIN, TASKS = f"{PREFIX}summary", f"{PREFIX}again", f"{PREFIX}tasks"
CHUNK = 1_000


@frozen
class Run:
    """An audit that has its plans and a connection with their relations."""

    catalog: Catalog
    connection: Any
    options: Options
    plans: tuple[Plan, ...]
    summing: int | None = None
    ledger: Mapping[str, int] = {}


def audit_parts(
    catalog: Catalog,
    connection: Any,  # noqa: ANN401
    parts: tuple[Part, ...],
    options: Options,
    summing: int | None = None,
) -> AuditReport:
    """Audit the parts of a log on a connection, on one of our own with so many bytes for the sums."""
    if options.ledger is not None:
        files = {
            part.name: entry_relation(part.name, part.relation, part.columns) for part in _ledger(connection, options)
        }
        read_ledger(connection, files)
    run = Run(catalog, connection, options, _plans(catalog, connection, parts, options, None), summing)
    if options.history:
        _find_tasks(run)
        run = evolve(run, plans=_plans(catalog, connection, parts, options, TASKS))
    _allow(run, summing)
    _summarize(run)
    if options.duplicates and not options.history:
        _find_tasks(run)
    if options.ledger is not None:
        run = evolve(run, ledger=find_faults(connection, tuple(map(_told_rows, run.plans))))
    return _report(run)


def limit_memory(connection: Any, limit: int) -> None:  # noqa: ANN401 -- a connection
    """Let a connection of our own keep so many bytes in memory; what does not fit goes to disk."""
    connection.execute(f"SET memory_limit = '{limit}B'")


def _allow(run: Run, limit: int | None) -> None:
    """Let an audit keep at most so many bytes in memory, if the connection is our own."""
    if run.summing and limit:
        limit_memory(run.connection, min(limit, memory(run.options.memory_limit)))


def _ledger(connection: Any, options: Options) -> tuple[Part, ...]:  # noqa: ANN401 -- a connection
    return tuple(opened(connection, file) for file in found(options.ledger))


def _told_rows(each: Plan) -> tuple[str, bool, bool]:
    return each.query.rows, "created_at" in each.told, "u_logged" in each.rows.values


def _report(run: Run) -> AuditReport:
    catalog, options = run.catalog, run.options
    return AuditReport(
        catalog.id,
        catalog.version,
        tuple(each.part.name for each in run.plans),
        _groups(run),
        _accounts(run),
        not_checked(catalog, run.plans, options),
        _tasks(run) if options.duplicates else Tasks(),
        run.ledger,
        options.unchecked,
        lambda kind, limit: _findings(run, kind, limit),
        lambda path: write_findings(run.connection, _finding_rows(run, None), path),
    )


def _plans(
    catalog: Catalog,
    connection: Any,  # noqa: ANN401
    parts: tuple[Part, ...],
    options: Options,
    again: str | None,
) -> tuple[Plan, ...]:
    found = []
    for number, part in enumerate(parts):
        names = (f"{PREFIX}models_{number}", f"{PREFIX}tariff_{number}")
        made = plan(catalog, part, options, DUCKDB, names, lambda sql: _column(connection, sql), again)
        _create(connection, names[0], made.query.models)
        _create(connection, names[1], made.query.tariff)
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
    """Sum up the verdicts of each part; what is done is told after each, and kept where the audit has a state."""
    done, every = 0, sum(each.part.size for each in run.plans)
    texts = [summary(each.query.verdicts, each.told, DUCKDB) for each in run.plans]
    state = opened_state(run.options.state, map(_decided_by, run.plans)) if run.options.state else None
    for number, (each, text) in enumerate(zip(run.plans, texts, strict=True)):
        rows = f"SELECT {number} AS plan, z.* FROM ({text}) z"
        with telling(each.part.name):
            if state:
                if not state.sums(number).exists():
                    state.keep(run.connection, rows, number)
                rows = f"SELECT * FROM READ_PARQUET({literal(state.sums(number))})"
            made = f"CREATE OR REPLACE TEMP TABLE {SUMMARY} AS" if number == 0 else f"INSERT INTO {SUMMARY}"
            run.connection.execute(f"{made} {rows}")
        done += each.part.size
        if run.options.progress:
            run.options.progress(done, every)


def _decided_by(each: Plan) -> tuple[object, ...]:
    """Return all that decides the sums of a part."""
    query = each.query
    return query.verdicts, query.models.rows, query.tariff.rows, query.rules, each.part.version


def _groups(run: Run) -> tuple[Group, ...]:
    models = tuple(run.catalog.models)
    found: list[Group] = []
    for number, each in enumerate(run.plans):
        rows = run.connection.execute(merged(f"(SELECT * FROM {SUMMARY} WHERE plan = {number}) s", DUCKDB)).fetchall()
        found += groups(rows, models, each.query.rules)
    return tuple(found)


def _accounts(run: Run) -> tuple[Account, ...]:
    if not any("account" in each.told for each in run.plans):
        return ()
    extra = extra_accounts(AGAIN, TASKS, _task_columns(run)) if run.options.duplicates else None
    ranked = by_account(SUMMARY, extra, DUCKDB)
    first = run.connection.execute(
        f"SELECT account, rows_read, owed, lost FROM ({ranked}) a LIMIT {MOST_ACCOUNTS}"
    ).fetchall()
    rest = run.connection.execute(
        f"SELECT SUM(rows_read), SUM(owed), SUM(lost) FROM (SELECT * FROM ({ranked}) a OFFSET {MOST_ACCOUNTS}) b"
    ).fetchone()
    each = [*first, *([(None, *rest)] if rest[0] else [])]
    return tuple(
        Account(name, int(rows), credits_of(int(owed)), credits_of(-int(lost))) for name, rows, owed, lost in each
    )


def _find_tasks(run: Run) -> None:
    """Keep the rows of tasks with several: first those whose hash comes twice, then exactly."""
    _allow(run, memory(run.options.memory_limit))
    hashes = " UNION ALL ".join(
        f"SELECT HASH(u_task_id) AS h FROM ({each.query.rows}) x WHERE reason = 0" for each in run.plans
    )
    run.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {AGAIN}_hashes AS SELECT h FROM ({hashes}) y GROUP BY h HAVING COUNT(*) > 1"
    )
    columns = _task_columns(run)
    rows = " UNION ALL ".join(_rows_again(each, columns) for each in run.plans)
    run.connection.execute(f"CREATE OR REPLACE TEMP TABLE {AGAIN} AS {rows}")
    run.connection.execute(f"CREATE OR REPLACE TEMP TABLE {TASKS} AS {tasks(AGAIN, columns)}")
    _allow(run, run.summing)


def _task_columns(run: Run) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for each in run.plans for name in task_columns(each.rows.values)))


def _rows_again(each: Plan, columns: tuple[str, ...]) -> str:
    values = ", ".join(name if name in each.rows.values else f"NULL AS {name}" for name in columns)
    wanted = f"HASH(u_task_id) IN (SELECT h FROM {AGAIN}_hashes)"
    return f"SELECT u_task_id, u_status, net, {values} FROM ({each.query.verdicts}) x WHERE reason = 0 AND {wanted}"


def _tasks(run: Run) -> Tasks:
    return tasks_of(run.connection.execute(extra_rows(AGAIN, TASKS, _task_columns(run), DUCKDB)).fetchall())


def _finding_rows(run: Run, kind: str | None) -> str:
    """Write the findings of every part, and those of tasks with several rows."""
    parts = [
        f"SELECT k.*, {literal(each.part.name)} AS file FROM "
        f"({findings(each.query.verdicts, each.told, each.query.rules, DUCKDB, kind)}) k"
        for each in run.plans
    ]
    if run.options.duplicates:
        only = f" WHERE kind = {literal(kind)}" if kind else ""
        again = task_findings(AGAIN, TASKS, _task_columns(run))
        parts.append(f"SELECT t.*, CAST(NULL AS STRING) AS file FROM ({again}) t{only}")
    if run.options.ledger is not None:
        only = f" WHERE kind = {literal(kind)}" if kind else ""
        parts.append(f"SELECT t.*, CAST(NULL AS STRING) AS file FROM {FAULTS} t{only}")
    return " UNION ALL ".join(parts)


def _findings(run: Run, kind: str | None, limit: int | None) -> Iterator[dict[str, Any]]:
    names = [*FINDING, "file"]
    last = f" ORDER BY {', '.join(names)} LIMIT {int(limit)}" if limit is not None else ""
    found = run.connection.execute(f"SELECT {', '.join(names)} FROM ({_finding_rows(run, kind)}) w{last}")
    while rows := found.fetchmany(CHUNK):
        for row in rows:
            finding = dict(zip(names, row, strict=True))
            amounts = {name: credits_of(finding[name]) for name in AMOUNTS if finding[name] is not None}
            yield finding | amounts
