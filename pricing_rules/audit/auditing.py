"""The audit of a log, wherever it is: files, a table or a data frame."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from os import PathLike, fspath
from typing import Any

from pricing_rules.audit.dispatch import audit_source
from pricing_rules.audit.engines.spark import is_session
from pricing_rules.audit.mapping.records import LogMapping
from pricing_rules.audit.mapping.tables import Layer, check_assumed, read_mapping
from pricing_rules.audit.meaning.case import Scope
from pricing_rules.audit.meaning.reader import with_statuses
from pricing_rules.audit.options import Options, Progress, checks, flag, memory, text, window, words
from pricing_rules.audit.report.report import AuditReport
from pricing_rules.catalog.protocol import State
from pricing_rules.catalog.records import Catalog
from pricing_rules.spelling import shown

Log = str | PathLike[str] | Sequence[str | PathLike[str]] | Any


def audit(
    catalog: Catalog,
    source: Log,
    *,
    engine: Any = None,  # noqa: ANN401 -- a DuckDB connection or a Spark session
    columns: Mapping[str, str] | None = None,
    statuses: Mapping[str, State] | None = None,
    assume: Mapping[str, str] | None = None,
    mapping: Layer | Sequence[Layer] = (),
    table: str | None = None,
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
    store: str | PathLike[str] | None = None,
    unchecked: Collection[str] = (),
) -> AuditReport:
    """Judge every row of a usage log: what was charged, what was refunded, what was asked for.

    Args:
        catalog: the catalog of the service that charged.
        source: a file (.parquet, .csv, .jsonl, text also .gz and .zst, .duckdb), several, a folder or a pattern; with
            `engine` the name of a table or a SELECT; an Arrow table; a DuckDB relation; a Spark DataFrame.
        engine: the DuckDB connection or the Spark session that has the table.
        columns: columns of the log for ours, by our name, where they are called neither ours nor the service's way.
        statuses: states (pending, completed, failed) by words of the log's own, before those of the service.
        assume: what columns would have said that the log has not, by our name; the report names them.
        mapping: a mapping file, its tables as a mapping, or several, the later over the earlier; the arguments above
            come last.
        table: which one of a DuckDB file, where it has several.
        request_column: column with the raw request bodies as JSON, instead of columns of their own.
        ledger: files of grants, debits and refunds: they tell the charges and refunds of each task.
        service: what the log's column `service` calls the service; without, the catalog's id.
        since: first instant of the tasks that are judged, with its offset.
        until: instant before which they were accepted.
        account: the only account that is judged.
        history: judge the last row of a task only, where its rows tell how it went on.
        duplicates: look for tasks with several rows.
        memory_limit: of DuckDB and of Python beside it, such as 2GB; what does not fit goes to disk.
        progress: called with what is done and what there is, in rows, or bytes for text.
        state: the same as `store`, for an audit that was interrupted.
        store: folder that keeps what is found out about each file: an interrupted audit goes on there, and the next
            one reads the files that are new, and again the rows of tasks that appear anew.
        unchecked: needed checks that the log need not allow, such as charge and refunds.

    Raises:
        UnusableLog: a needed column is missing, an option names what the log has not, or `since` is not before `until`.
        UnusableMapping: a key or value of the mapping is none that there is; names it. It is an UnusableLog as well.
        UnreadableLog: a file cannot be read; names it.
        TypeError: an argument is of a type that is not allowed here.
        ValueError: an instant has no offset.
    """
    _check(catalog, engine, progress, memory_limit)
    catalog, own = _spoken(catalog, mapping, columns, statuses, assume)
    options = Options(
        mapping=own,
        request_column=text("request_column", request_column),
        ledger=ledger,
        scope=Scope(*window(since, until), text("account", account), text("service", service)),
        history=flag("history", history),
        duplicates=flag("duplicates", duplicates),
        memory_limit=memory_limit,
        progress=progress,
        state=_folder(state if store is None else store),
        unchecked=checks(unchecked),
        table=text("table", table),
    )
    return audit_source(catalog, source, engine, options)


def _spoken(
    catalog: Catalog, mapping: object, columns: object, statuses: object, assume: object
) -> tuple[Catalog, LogMapping]:
    """Lay the arguments over a mapping; return it, and the catalog with the statuses of the log."""
    arguments = {
        "columns": words("columns", columns, "{'credits_used': 'price'}"),
        "status": words("statuses", statuses, "{'SUCCEEDED': 'completed'}"),
        "assume": words("assume", assume, "{'mode': 'text_to_image'}"),
    }
    layers = mapping if isinstance(mapping, list | tuple) else (mapping,)
    own = read_mapping(*layers, arguments)
    spoken = with_statuses(catalog, own.statuses)
    check_assumed(spoken, own.assumed)
    return spoken, own


def _folder(store: object) -> str | None:
    return text("a store", fspath(store) if isinstance(store, PathLike) else store)


def _check(catalog: object, engine: object, progress: object, memory_limit: object) -> None:
    if not isinstance(catalog, Catalog):
        raise TypeError(f"the catalog is one that load_catalog returns, not {shown(catalog)}")
    if not (engine is None or is_session(engine) or hasattr(engine, "execute")):
        raise TypeError(f"engine is a DuckDB connection or a Spark session that has the table, not {shown(engine)}")
    if not (progress is None or callable(progress)):
        raise TypeError(f"progress is called with two numbers, and {shown(progress)} cannot be called")
    memory(memory_limit)
