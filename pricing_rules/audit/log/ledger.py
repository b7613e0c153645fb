"""A ledger beside a log: what was debited and refunded for each task, and entries that should not be there."""

from attrs import evolve, frozen

from pricing_rules.audit.log.dialect import DUCKDB, identifier, literal
from pricing_rules.audit.log.expressions import WrongType, instant, micros, text
from pricing_rules.audit.log.layout import Key, Layout
from pricing_rules.audit.log.part import Part, raw
from pricing_rules.audit.mapping.records import LedgerMapping
from pricing_rules.audit.mapping.tables import LEDGER_COLUMNS, LEDGER_KINDS
from pricing_rules.audit.meaning.record import AMOUNTS, LOGGED
from pricing_rules.catalog.columns import MAX_COUNT, MAX_CREDITS, MICROS
from pricing_rules.errors import UnusableLog
from pricing_rules.spelling import hint, shown

NEEDED = ("task_id", "kind", "credits")
KEPT = {"credits": "BIGINT", "at": "BIGINT"}  # the types of what is kept of columns; others are text
CREDIT = "CAST('0.000001' AS DECIMAL(7, 6))"
UNREADABLE = (
    f"kind IS NULL OR kind NOT IN ({', '.join(map(literal, LEDGER_KINDS))}) OR (task_id IS NULL AND kind <> 'grant') "
    f"OR credits IS NULL OR credits < 0 OR credits > {MAX_CREDITS * MICROS} OR moment < 0"
)


@frozen
class Ledger:
    """What the tables of a ledger are called: its entries, their sums by task."""

    entries: str
    sums: str


def with_ledger(layout: Layout, sums: str) -> Layout:
    """Take the charge and the refunds of each row from the ledger; the log's own charge stays beside."""
    logged = tuple(evolve(key, column=LOGGED) for key in layout.keys if key.column == "credits_used")
    others = tuple(key for key in layout.keys if key.column not in AMOUNTS)
    told = {"k_charged": "charged", "k_refunded": "refunded", "k_refunds": "refunds"}
    keys = (*others, *logged, *map(Key, told, AMOUNTS))
    supplied = {name: f"COALESCE(d.{column}, 0)" for name, column in told.items()}
    assumed = tuple(name for name in layout.assumed if name not in AMOUNTS)
    flags = tuple(tuple(name for name in names if name not in AMOUNTS[1:]) for names in layout.flags)
    reduced = {**layout.reduced, **supplied}
    columns = tuple(dict.fromkeys((*layout.columns, *AMOUNTS)))
    own = evolve(layout, keys=keys, reduced=reduced, flags=flags, columns=columns)
    return evolve(own, assumed=assumed, counts=True, sums=sums)


def entry_relation(part: Part, mapping: LedgerMapping) -> str:
    """Write the entries of a ledger file as they are read: text, micros, UTC microseconds.

    Raises:
        UnusableLog: the file lacks a column.
    """
    try:
        values = {name: _value(part, name, mapping) for name in LEDGER_COLUMNS}
    except WrongType as wrong:
        raise UnusableLog(f"the ledger {shown(part.name)}: {wrong}") from None
    typed = {name: f"CAST({value} AS {KEPT.get(name, 'STRING')})" for name, value in values.items()}
    listed = ", ".join(f"{value} AS {'moment' if name == 'at' else name}" for name, value in typed.items())
    return f"SELECT {listed} FROM ({part.relation}) r"


def _value(part: Part, name: str, mapping: LedgerMapping) -> str:
    """Write the value of a column of a ledger, which has it by its name in the mapping or by ours."""
    column = mapping.columns.get(name, name)
    if column not in part.columns:
        if name not in NEEDED and name not in mapping.columns:
            return "NULL"
        told = f", which tells the {name}" if column != name else ""
        near = hint(column, part.columns)
        raise UnusableLog(f"the ledger {shown(part.name)} has no column {shown(column)}{told}.{near}")
    place = raw(f"r.{identifier(part.names.get(column, column))}", part.columns[column], mapping.writing)
    match name:
        case "kind":
            return _kind(text(place), mapping)
        case "credits":
            return micros(place, DUCKDB)
        case "at":
            return instant(place, DUCKDB)
        case _:
            return text(place)


def _kind(word: str, mapping: LedgerMapping) -> str:
    """Write the kind of an entry by the word that the ledger has for it."""
    cases = " ".join(f"WHEN {literal(said)} THEN {literal(kind)}" for said, kind in mapping.kinds.items())
    return f"CASE {word} {cases} ELSE {word} END" if cases else word


def sums(entries: str) -> str:
    """Write what a ledger says of each task: credits that were charged and refunded, how often, when first debited."""
    return (
        f"SELECT task_id, {_total('debit')} AS charged, {_total('refund')} AS refunded, "
        f"LEAST(SUM(CASE WHEN kind = 'refund' THEN 1 ELSE 0 END), {MAX_COUNT}) AS refunds, "
        "MIN(CASE WHEN kind = 'debit' THEN moment END) AS debited_at, "
        "SUM(CASE WHEN kind = 'debit' THEN 1 ELSE 0 END) AS debits "
        f"FROM {entries} WHERE kind <> 'grant' GROUP BY task_id"
    )


def _total(kind: str) -> str:
    """Write the sum of a task's entries of a kind; one that no row can have is as good as the first of those."""
    summed = f"COALESCE(SUM(CASE WHEN kind = '{kind}' THEN credits END), 0)"
    return f"CAST(LEAST({summed}, {MAX_CREDITS * MICROS + 1}) AS DECIMAL(20, 0)) * {CREDIT}"


def faults(ledger: Ledger, tasks: str, hidden: str | None, window: str, account: str | None) -> str:
    """Write the entries that should not be there, of one account or of all, from the ids of the tasks in the log.

    Entries of tasks that are filtered out there, `hidden`, are left out; the window is of `first_at` and `last_at`.
    """
    own = f"COALESCE(account, {literal(account)}) = {literal(account)}" if account is not None else "1 = 1"
    shown_ = f" AND (task_id IS NULL OR task_id NOT IN ({hidden}))" if hidden else ""
    seen = f"(SELECT * FROM {ledger.entries} WHERE {own}{shown_})"
    order = "ORDER BY COALESCE(moment, 0), credits, COALESCE(entry_id, '')"
    again = f"SELECT *, ROW_NUMBER() OVER (PARTITION BY task_id {order}) AS place FROM {seen} s WHERE kind = 'debit'"
    twice = (
        f"SELECT *, ROW_NUMBER() OVER (PARTITION BY entry_id {order}, kind, task_id) AS place FROM {seen} s "
        "WHERE entry_id IS NOT NULL"
    )
    refunds = f"{seen} e JOIN {ledger.sums} d ON d.task_id = e.task_id WHERE e.kind = 'refund'"
    inside = "(e.moment IS NULL OR n.first_at IS NULL OR (e.moment >= n.first_at AND e.moment <= n.last_at))"
    alone = f"{seen} e, ({window}) n WHERE e.task_id NOT IN ({tasks}) AND {inside}"
    found = [
        _entry("repeated_debit", f"({again}) e WHERE place > 1"),
        _entry("duplicate_entry", f"({twice}) e WHERE place > 1"),
        _entry("refund_without_debit", f"{refunds} AND d.debits = 0"),
        _entry("refund_before_debit", f"{refunds} AND e.moment < d.debited_at"),
        _entry("debit_without_task", f"{alone} AND e.kind = 'debit'"),
        _entry("refund_without_task", f"{alone} AND e.kind = 'refund'"),
    ]
    return " UNION ALL ".join(found)


def _entry(kind: str, relation: str) -> str:
    values = "e.task_id, e.account, e.moment AS created_at, e.credits AS charged, e.entry_id AS detail"
    return f"SELECT '{kind}' AS kind, {values} FROM {relation}"
