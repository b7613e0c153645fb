"""The findings of an audit by DuckDB, as rows or as a file."""

from collections.abc import Iterator
from typing import Any

from pricing_rules.audit.engines.job import NUMBERS, Run
from pricing_rules.audit.engines.output import write_findings
from pricing_rules.audit.meaning.outcomes import LEDGER_FINDINGS, TASK_FINDINGS
from pricing_rules.audit.report.groups import AMOUNTS, credits_of
from pricing_rules.audit.sql.sums import FINDING, findings
from pricing_rules.audit.sql.tasks import extra_findings
from pricing_rules.audit.sql.text import DUCKDB, literal

CHUNK = 1_000
NAMES = (*FINDING, "file")


def write(run: Run, path: str) -> None:
    """Write the findings to a file."""
    with run.telling():
        write_findings(run.connection, _finding_rows(run, None), path)


def _finding_rows(run: Run, kind: str | None) -> str:
    """Write the findings of every part, of tasks with several rows and of the ledger, of one kind or of all."""
    tables: dict[str, tuple[str, ...]] = {run.extra: TASK_FINDINGS} if run.options.duplicates else {}
    tables |= {run.ledger.faults: LEDGER_FINDINGS} if run.options.ledger is not None else {}
    only = f" WHERE kind = {literal(kind)}" if kind else ""
    kept = [
        f"SELECT t.*, CAST(NULL AS STRING) AS file FROM ({extra_findings(table)}) t{only}"
        for table, kinds in tables.items()
        if kind in (None, *kinds)
    ]
    parts = [
        f"SELECT k.*, {literal(each.part.name)} AS file FROM "
        f"({findings(each.query.verdicts, each.told, each.query.rules, DUCKDB, kind)}) k"
        for each in run.plans
    ]
    return " UNION ALL ".join(kept if kind and kept else parts + kept)


def listed(run: Run, kind: str | None, limit: int | None) -> Iterator[dict[str, Any]]:
    """Yield findings: the first ones in order, or all from a table of their own, which holds up nothing else."""
    rows = f"SELECT {', '.join(NAMES)} FROM ({_finding_rows(run, kind)}) w"
    if limit is not None:
        with run.telling():
            first = run.connection.execute(f"{rows} ORDER BY {', '.join(NAMES)} LIMIT {int(limit)}").fetchall()
        yield from map(_finding, first)
        return
    made = run.table(f"findings_{next(NUMBERS)}")
    with run.telling():
        run.connection.execute(f"CREATE TEMP TABLE {made} AS {rows}")
    try:
        start = 0
        while page := run.connection.execute(
            f"SELECT * FROM {made} WHERE rowid >= {start} AND rowid < {start + CHUNK}"
        ).fetchall():
            start += CHUNK
            yield from map(_finding, page)
    finally:
        run.connection.execute(f"DROP TABLE {made}")


def _finding(row: tuple[Any, ...]) -> dict[str, Any]:
    """Return a finding by name, its amounts as credits."""
    finding = dict(zip(NAMES, row, strict=True))
    return finding | {name: credits_of(finding[name]) for name in AMOUNTS if finding[name] is not None}
