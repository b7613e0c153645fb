"""The audit of a log, wherever it is: files, a table or a data frame."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from os import PathLike, fspath
from typing import Any

from pricing_rules.audit.dispatch import audit_source
from pricing_rules.audit.engines.spark import is_session
from pricing_rules.audit.meaning.scope import Scope
from pricing_rules.audit.options import Options, Progress, checks, column_names, flag, memory, text, window
from pricing_rules.audit.report.report import AuditReport
from pricing_rules.catalog.records import Catalog
from pricing_rules.spelling import shown

Log = str | PathLike[str] | Sequence[str | PathLike[str]] | Any


def audit(
    catalog: Catalog,
    source: Log,
    *,
    engine: Any = None,  # noqa: ANN401 -- a DuckDB connection or a Spark session
    columns: Mapping[str, str] | None = None,
    request_column: str | None = None,
    ledger: Log | None = None,
    service: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    account: str | None = None,
    history: bool = False,
    duplicates: bool = True,
    memory_limit: str = "2GB",
    progress: Progress | None = None,
    state: str | PathLike[str] | None = None,
    unchecked: Collection[str] = (),
) -> AuditReport:
    """Judge every row of a usage log: what was charged, what was refunded, what was asked for.

    Args:
        catalog: the catalog of the service that charged.
        source: a file (.parquet, .csv, .jsonl), several, a folder or a pattern; the name of a table, with `engine`; an
            Arrow table; a Spark DataFrame.
        engine: the DuckDB connection or the Spark session that has the table.
        columns: columns of the log for ours, by our name, where they are called neither ours nor the service's way.
        request_column: column with the raw request bodies as JSON, instead of columns of their own.
        ledger: files of grants, debits and refunds: they tell the charges and refunds of each task.
        service: what the log's column `service` calls the service; without, the catalog's id.
        since: first instant of the tasks that are judged, with its offset.
        until: instant before which they were accepted.
        account: the only account that is judged.
        history: judge the last row of a task only, where its rows tell how it went on.
        duplicates: look for tasks with several rows.
        memory_limit: of DuckDB, such as 2GB; what does not fit goes to disk.
        progress: called with what is done and what there is, in rows, or bytes for text.
        state: folder that keeps what is done, so that an interrupted audit goes on where it was.
        unchecked: needed checks that the log need not allow, such as charge and refunds.

    Raises:
        UnusableLog: a needed column is missing, an option names what the log has not, or `since` is not before `until`.
        UnreadableLog: a file cannot be read; names it.
        TypeError: an argument is of a type that is not allowed here.
        ValueError: an instant has no offset.
    """
    _check(catalog, engine, progress, memory_limit)
    options = Options(
        columns=column_names(columns),
        request_column=text("request_column", request_column),
        ledger=ledger,
        scope=Scope(*window(since, until), text("account", account), text("service", service)),
        history=flag("history", history),
        duplicates=flag("duplicates", duplicates),
        memory_limit=memory_limit,
        progress=progress,
        state=text("state", fspath(state) if isinstance(state, PathLike) else state),
        unchecked=checks(unchecked),
    )
    return audit_source(catalog, source, engine, options)


def _check(catalog: object, engine: object, progress: object, memory_limit: object) -> None:
    if not isinstance(catalog, Catalog):
        raise TypeError(f"the catalog is one that load_catalog returns, not {shown(catalog)}")
    if not (engine is None or is_session(engine) or hasattr(engine, "execute")):
        raise TypeError(f"engine is a DuckDB connection or a Spark session that has the table, not {shown(engine)}")
    if not (progress is None or callable(progress)):
        raise TypeError(f"progress is called with two numbers, and {shown(progress)} cannot be called")
    memory(memory_limit)
