"""A ledger beside a log: what was debited and refunded for each task, and entries that should not be there."""

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import evolve, frozen

from pricing_rules.audit.log.columns import Prepared, log_relation
from pricing_rules.audit.log.expressions import WrongType, instant, micros, text
from pricing_rules.audit.log.types import raw
from pricing_rules.audit.meaning.outcomes import FILTERED
from pricing_rules.audit.sql.sums import FINDING
from pricing_rules.audit.sql.text import DUCKDB, identifier, literal
from pricing_rules.catalog.columns import MAX_CREDITS, MICROS
from pricing_rules.errors import UnreadableLog, UnusableLog
from pricing_rules.spelling import hint, shown

NEEDED, OPTIONAL = ("task_id", "kind", "credits"), ("entry_id", "at", "account")
OWN = ("u_credits_used", "u_refund_flag", "u_refund_amount", "u_refund_count", "u_refunds")


@frozen
class Ledger:
    """What the tables of a ledger are called: its entries, their sums by task, its faults."""

    entries: str
    sums: str
    faults: str


def charged_by_ledger(
    rows: Prepared, relation: str, problems: Mapping[str, str], sums: str
) -> tuple[Prepared, str, dict[str, str]]:
    """Take the charge and the refunds of each row from the ledger; the log's own charge stays beside, as `u_logged`."""
    values = {name: text for name, text in rows.values.items() if name not in OWN}
    left = {name: text for name, text in problems.items() if name not in ("credits_refunded", "refund_count")}
    logged = rows.values.get("u_credits_used")
    most = MAX_CREDITS * MICROS
    own = f"u_logged IS NULL OR u_logged < 0 OR u_logged > {most} OR " if logged else ""
    left["credits_used"] = f"{own}u_credits_used > {most} OR u_refund_amount > {most}"
    values |= {"u_logged": logged} if logged else {}
    names = ("credits_used", "credits_refunded", "refund_count", "refunded")
    told = (*(name for name in rows.columns if name not in names), *names)
    inner = log_relation(evolve(rows, values=values, columns=()), relation)
    log = (
        "SELECT q.*, COALESCE(d.charged, 0) AS u_credits_used, COALESCE(d.refunded, 0) AS u_refund_amount, "
        "COALESCE(d.refunded, 0) AS u_refunded, COALESCE(d.refunds, 0) AS u_refund_count, "
        f"COALESCE(d.refunds, 0) AS u_refunds FROM ({inner}) q LEFT JOIN {sums} d ON d.task_id = q.u_task_id"
    )
    supplied = dict.fromkeys(("u_credits_used", "u_refund_amount", "u_refund_count"), "")
    return Prepared(values | supplied, left, told), log, left


def entry_relation(name: str, relation: str, types: Mapping[str, str]) -> str:
    """Write the entries of a ledger file as they are read: text, micros, UTC microseconds.

    Raises:
        UnusableLog: the file lacks a column.
    """
    for column in NEEDED:
        if column not in types:
            raise UnusableLog(f"the ledger {shown(name)} has no column {shown(column)}.{hint(column, types)}")
    places = {
        column: raw(f"r.{identifier(column)}", types[column]) for column in (*NEEDED, *OPTIONAL) if column in types
    }
    try:
        values = {
            "task_id": text(places["task_id"]),
            "kind": text(places["kind"]),
            "credits": micros(places["credits"], DUCKDB),
            "entry_id": text(places["entry_id"]) if "entry_id" in places else "NULL",
            "moment": instant(places["at"], DUCKDB) if "at" in places else "NULL",
            "account": text(places["account"]) if "account" in places else "NULL",
        }
    except WrongType as wrong:
        raise UnusableLog(f"the ledger {shown(name)}: {wrong}") from None
    kinds = {"credits": "BIGINT", "moment": "BIGINT"}
    listed = ", ".join(f"CAST({text} AS {kinds.get(name, 'STRING')}) AS {name}" for name, text in values.items())
    return f"SELECT {listed} FROM ({relation}) r"


def read_ledger(connection: Any, ledger: Ledger, entries: Sequence[str], name: str) -> None:  # noqa: ANN401
    """Read the entries of a ledger's files, and sum up each task.

    Raises:
        UnreadableLog: an entry cannot be read; says how many, and one of them.
    """
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {ledger.entries} AS {' UNION ALL '.join(entries)}")
    bad = (
        "kind IS NULL OR kind NOT IN ('debit', 'refund', 'grant') OR credits IS NULL OR credits < 0 OR moment < 0 "
        f"OR credits > {MAX_CREDITS * MICROS} OR (task_id IS NULL AND kind <> 'grant')"
    )
    counted = f"SELECT COUNT(*), MIN(COALESCE(entry_id, task_id)) FROM {ledger.entries} WHERE {bad}"
    broken, one = connection.execute(counted).fetchall()[0]
    if broken:
        raise UnreadableLog(name, f"{broken:,} entries of the ledger cannot be read, one of {shown(one)}")
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {ledger.sums} AS SELECT task_id, "
        f"{_total('debit')} AS charged, "
        f"{_total('refund')} AS refunded, "
        "CAST(SUM(CASE WHEN kind = 'refund' THEN 1 ELSE 0 END) AS BIGINT) AS refunds, "
        "MIN(CASE WHEN kind = 'debit' THEN moment END) AS debited_at, "
        "SUM(CASE WHEN kind = 'debit' THEN 1 ELSE 0 END) AS debits "
        f"FROM {ledger.entries} WHERE kind <> 'grant' GROUP BY task_id"
    )


def _total(kind: str) -> str:
    """Write the sum of a task's entries of a kind; one that no row can have is as good as the first of those."""
    summed = f"COALESCE(SUM(CASE WHEN kind = '{kind}' THEN credits END), 0)"
    return f"CAST(LEAST({summed}, {MAX_CREDITS * MICROS + 1}) AS BIGINT)"


@frozen
class Rows:
    """The rows of a part in SQL, whether they tell when tasks were accepted, and whether what was charged."""

    text: str
    dated: bool
    logged: bool


def find_faults(
    connection: Any,  # noqa: ANN401
    ledger: Ledger,
    parts: tuple[Rows, ...],
    account: str | None,
) -> dict[str, int]:
    """Keep the findings of a ledger, of one account or of all, and count them by kind.

    An entry whose task is in the log but filtered out there is left out as well.
    """
    every = " UNION ALL ".join(f"SELECT u_task_id, reason FROM ({part.text}) x" for part in parts)
    tasks = f"SELECT u_task_id FROM ({every}) y WHERE u_task_id IS NOT NULL"
    seen = f"({_seen(ledger, tasks, account)})"
    times = [f"SELECT u_created_at AS moment FROM ({part.text}) x WHERE reason = 0" for part in parts if part.dated]
    window = (
        f"(SELECT MIN(moment), MAX(moment) FROM ({' UNION ALL '.join(times)}) w)" if times else "(SELECT NULL, NULL)"
    )
    inside = "(e.moment IS NULL OR n.first IS NULL OR (e.moment >= n.first AND e.moment <= n.last))"
    order = "ORDER BY COALESCE(moment, 0), credits, COALESCE(entry_id, '')"
    again = f"SELECT *, ROW_NUMBER() OVER (PARTITION BY task_id {order}) AS place FROM {seen} s WHERE kind = 'debit'"
    twice = (
        f"SELECT *, ROW_NUMBER() OVER (PARTITION BY entry_id {order}, kind, task_id) AS place FROM {seen} s "
        "WHERE entry_id IS NOT NULL"
    )
    refunds = f"{seen} e JOIN {ledger.sums} d ON d.task_id = e.task_id WHERE e.kind = 'refund'"
    alone = f"{seen} e, {window} n(first, last) WHERE e.task_id NOT IN ({tasks}) AND {inside}"
    found = [
        _entry("repeated_debit", f"({again}) e WHERE place > 1"),
        _entry("duplicate_entry", f"({twice}) e WHERE place > 1"),
        _entry("refund_without_debit", f"{refunds} AND d.debits = 0"),
        _entry("refund_before_debit", f"{refunds} AND e.moment < d.debited_at"),
        _entry("debit_without_task", f"{alone} AND e.kind = 'debit'"),
        _entry("refund_without_task", f"{alone} AND e.kind = 'refund'"),
        *(_mismatch(part.text) for part in parts if part.logged),
    ]
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {ledger.faults} AS {' UNION ALL '.join(found)}")
    counted = connection.execute(f"SELECT kind, COUNT(*) FROM {ledger.faults} GROUP BY kind ORDER BY kind").fetchall()
    return dict(counted)


def _seen(ledger: Ledger, tasks: str, account: str | None) -> str:
    """Write the entries of tasks that are not filtered out, of one account or of all."""
    hidden = f"{tasks} GROUP BY u_task_id HAVING MIN(reason) >= {FILTERED}"
    own = f" AND COALESCE(account, {literal(account)}) = {literal(account)}" if account is not None else ""
    return f"SELECT * FROM {ledger.entries} WHERE (task_id IS NULL OR task_id NOT IN ({hidden})){own}"


def _entry(kind: str, relation: str) -> str:
    told = {
        "kind": f"'{kind}'",
        "task_id": "e.task_id",
        "account": "e.account",
        "created_at": "e.moment",
        "charged": "e.credits",
    }
    return _findings({**told, "detail": "e.entry_id"}, relation)


def _mismatch(rows: str) -> str:
    """Write the rows whose charge in the log is not that of the ledger; the delta is the log's less the ledger's."""
    told = {
        "kind": "'charge_mismatch'",
        "task_id": "u_task_id",
        "model": "u_model",
        "status": "u_status_text",
        "charged": "u_logged",
        "expected_low": "u_credits_used",
        "expected_high": "u_credits_used",
        "delta": "u_logged - u_credits_used",
    }
    return _findings(told, f"({rows}) x WHERE reason = 0 AND u_logged <> u_credits_used")


def _findings(told: Mapping[str, str], relation: str) -> str:
    values = ", ".join(f"CAST({told.get(name, 'NULL')} AS {kind}) AS {name}" for name, kind in FINDING.items())
    return f"SELECT {values} FROM {relation}"
