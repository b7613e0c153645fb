"""Tasks with several rows in SQL: copies, a task's history, or rows that contradict each other.

`again` is the relation of the rows whose task may have another one; its columns are those of `task_columns`.
"""

from collections.abc import Iterable, Iterator

from pricing_rules.audit.meaning.outcomes import COMPLETED, FAILED, FILTERED, FILTERS
from pricing_rules.audit.sql.sums import FINDING
from pricing_rules.audit.sql.text import Dialect

LATER = ("u_status_text", "u_updated_at", "u_refund_flag", "u_refund_amount", "u_refund_count")  # may change later
DERIVED = ("u_task_id", "u_status", "u_refunded", "u_refunds", "u_parsed", "edition")
BALANCES = ((">", "net"), (">", "1"), ("<", "- net"), ("<", "1"))  # owed, its rows, lost, its rows
SIDES = ((">", "owed"), ("<", "lost"))
SUPERSEDED = FILTERED + FILTERS.index("history")


def task_columns(values: Iterable[str]) -> tuple[str, ...]:
    """Return the values of a row that tell whether it is a copy, without those that follow from them."""
    return tuple(name for name in values if name not in DERIVED and not name.startswith("u_conflict_"))


def tasks(again: str, columns: tuple[str, ...]) -> str:
    """Write one row for each task with several rows: what they are to each other."""
    same = " AND ".join(map(_same, columns))
    accepted = " AND ".join(_same(name) for name in columns if name not in LATER) or "1 = 1"
    ends = " + ".join(f"MAX(CASE WHEN u_status = {state} THEN 1 ELSE 0 END)" for state in (COMPLETED, FAILED))
    kind = (
        f"CASE WHEN {same} THEN 'duplicate_task' WHEN {accepted} AND {ends} <= 1 THEN 'history' "
        "ELSE 'conflicting_task' END"
    )
    return f"SELECT u_task_id, {kind} AS kind FROM {again} GROUP BY u_task_id HAVING COUNT(*) > 1"


def _same(column: str) -> str:
    return f"(COUNT({column}) = 0 OR (COUNT({column}) = COUNT(*) AND MIN({column}) = MAX({column})))"


def extra_rows(again: str, tasks_relation: str, columns: tuple[str, ...]) -> str:
    """Write the rows beyond the first of each task that repeats or contradicts itself, as findings with their net."""
    told = {
        "kind": "t.kind",
        "task_id": "a.u_task_id",
        "model": "a.u_model",
        "account": "a.u_account" if "u_account" in columns else "NULL",
        "status": "a.u_status_text",
        "created_at": "a.u_created_at" if "u_created_at" in columns else "NULL",
        "charged": "a.u_credits_used" if "u_credits_used" in columns else "NULL",
    }
    values = ", ".join(f"CAST({told.get(name, 'NULL')} AS {kind}) AS {name}" for name, kind in FINDING.items())
    largest = ("COALESCE(u_credits_used, 0) DESC",) if "u_credits_used" in columns else ()
    order = ", ".join((*largest, *_ordered(columns)))
    ranked = f"SELECT g.*, ROW_NUMBER() OVER (PARTITION BY u_task_id ORDER BY {order}) AS place FROM {again} g"
    join = f"({ranked}) a JOIN {tasks_relation} t ON t.u_task_id = a.u_task_id"
    return f"SELECT {values}, a.net AS net FROM {join} WHERE a.place > 1 AND t.kind <> 'history'"


def extra_sums(extra: str, dialect: Dialect) -> str:
    """Write by finding how many extra rows there are, one task, their charges and balances."""
    cases = (f"CASE WHEN net {side} 0 THEN {value} ELSE 0 END" for side, value in BALANCES)
    sums = ", ".join(map(dialect.total.format, ("charged", *cases)))
    return f"SELECT kind, COUNT(*), MIN(task_id), {sums} FROM {extra} GROUP BY kind"


def extra_accounts(extra: str) -> str:
    """Write extra rows so that they take from each account what they have added to it."""
    owed, lost = (f"CASE WHEN net {side} 0 THEN - net ELSE 0 END AS {name}" for side, name in SIDES)
    return f"SELECT COALESCE(account, '') AS account, 0 AS rows_read, {owed}, {lost} FROM {extra} WHERE net <> 0"


def extra_findings(extra: str) -> str:
    """Write one finding for each extra row."""
    return f"SELECT {', '.join(FINDING)} FROM {extra}"


def _ordered(columns: Iterable[str]) -> Iterator[str]:
    """Yield the columns as an order that engines agree on, wherever they put NULL."""
    for name in sorted(columns):
        yield from (f"CASE WHEN {name} IS NULL THEN 1 ELSE 0 END", name)


def without_history(rows: str, tasks_relation: str, values: tuple[str, ...]) -> str:
    """Write rows of which those are left out that a later one of their task's history supersedes."""
    updated = "COALESCE(u_updated_at, -1) DESC, " if "u_updated_at" in values else ""
    final = f"CASE WHEN u_status IN ({COMPLETED}, {FAILED}) THEN 0 ELSE 1 END"
    order = ", ".join((final, *_ordered(task_columns(values))))
    place = f"ROW_NUMBER() OVER (PARTITION BY u_task_id, reason ORDER BY {updated}{order})"
    having = f"SELECT u_task_id FROM {tasks_relation} WHERE kind = 'history'"
    alone = f"SELECT h.*, 1 AS place FROM ({rows}) h WHERE reason <> 0 OR u_task_id NOT IN ({having})"
    ranked = f"SELECT h.*, {place} AS place FROM ({rows}) h WHERE reason = 0 AND u_task_id IN ({having})"
    names = ", ".join(f"k.{name}" for name in values)
    reason = f"CASE WHEN reason = 0 AND place > 1 THEN {SUPERSEDED} ELSE reason END AS reason"
    return f"SELECT {names}, {reason} FROM ({alone} UNION ALL {ranked}) k"
