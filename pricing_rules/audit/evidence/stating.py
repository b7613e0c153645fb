"""The statements of all accounts: each distinct row is worth what its verdict says, as often as an account has it."""

from collections.abc import Iterator
from itertools import groupby

from pricing_rules import ledger
from pricing_rules.audit.engines.distinct import alike
from pricing_rules.audit.engines.plan import Job
from pricing_rules.audit.engines.several import EXTRA, SUPERSEDED
from pricing_rules.audit.engines.summing import Judged, distinguish, judged
from pricing_rules.audit.log.dialect import DUCKDB
from pricing_rules.audit.log.records import Row
from pricing_rules.audit.report.groups import credits_of
from pricing_rules.audit.report.statement import SUMS, AccountStatement, Balance, Line
from pricing_rules.errors import UnusableLog

BATCH = 1_000  # accounts whose statements are in Python at a time
WORTH = (
    "charged",
    "low",
    "high",
    "difference",
    "refunded",
    "refund_difference",
    "findings",
    "owed",
    "lost",
    "not_known",
)
COLUMNS = {"gid": "BIGINT", "model": "STRING", "judged": "BIGINT", "malformed": "BIGINT"} | dict.fromkeys(
    WORTH, "BIGINT"
)


def statements(job: Job) -> Iterator[AccountStatement]:
    """Yield the statement of each account, by its id; empty for rows without one.

    Raises:
        UnusableLog: no column tells the account, or the log is one of Spark.
    """
    if job.engine.dialect != DUCKDB:
        raise UnusableLog("statements are written by DuckDB only")
    if not any("account" in shelf.layout.columns for shelf in job.shelves):
        raise UnusableLog("no column tells the account, so there are no statements")
    engine, sums, places = job.engine, job.name("account_sums"), job.name("account_places")
    with job.shown():
        distinguish(job)
        engine.relation(
            job.name("worth"), COLUMNS, (row for shelf in job.shelves for row in map(_worth, judged(job, shelf)))
        )
        engine.table(sums, _sums(job))
        engine.table(
            places, f"SELECT account, ROW_NUMBER() OVER (ORDER BY account) AS place FROM {sums} GROUP BY account"
        )
        if job.options.ledger is not None:
            engine.table(job.name("account_entries"), _entries(job))
        most = engine.rows(f"SELECT COUNT(*) FROM {places}")[0][0]
        for first in range(1, most + 1, BATCH):
            yield from _batch(job, first)


def _worth(each: Judged) -> Row:
    """Return what one row with a verdict adds to a statement, in micros."""
    found = each.verdict
    if found.state != "judged":
        return (each.number, None, 0, int(found.state == "malformed"), *[0] * len(WORTH))
    model = None if found.charge == "unknown_model" else each.case.reading.get("model")
    amounts = (found.charged or 0, found.low or 0, found.high or 0, found.charge_delta or 0, found.refunded or 0)
    balance = (found.refund_delta, len(found.kinds), max(found.net, 0), max(-found.net, 0))
    return each.number, model, 1, 0, *amounts, *balance, int(found.refund == "unknown_status")


def _sums(job: Job) -> str:
    """Write the sums of each account and model; rows that are superseded or extra are taken away again."""
    rows = [
        f"SELECT CAST({shelf.layout.own('account')} AS STRING) AS account, w.gid, 1 AS n, 0 AS extra "
        f"FROM ({plan.rows}) q JOIN {shelf.distinct} w ON {alike(shelf.layout.names, 'q', 'w')}"
        for shelf in job.shelves
        for plan in shelf.plans
    ]
    if job.name("placed") in job.made:
        placed = f"FROM {job.name('placed')} q WHERE"
        rows += [f"SELECT q.u_account, q.gid, -1, 1 {placed} {EXTRA}"] if job.options.duplicates else []
        rows += [f"SELECT q.u_account, q.gid, -1, 0 {placed} {SUPERSEDED}"] if job.options.history else []
    every = " UNION ALL ".join(rows)
    counted = f"SELECT account, gid, SUM(n) AS n, SUM(extra) AS extra FROM ({every}) r GROUP BY account, gid"
    each = ", ".join(f"SUM(CAST(c.n AS HUGEINT) * w.{name}) AS {name}" for name in ("judged", "malformed", *WORTH))
    joined = f"({counted}) c JOIN {job.name('worth')} w ON w.gid = c.gid WHERE w.judged + w.malformed > 0"
    own = "COALESCE(c.account, '')"
    return f"SELECT {own} AS account, w.model, {each}, SUM(c.extra) AS extra FROM {joined} GROUP BY {own}, w.model"


def _batch(job: Job, first: int) -> Iterator[AccountStatement]:
    last = first + BATCH - 1
    some = f"JOIN {job.name('account_places')} p ON p.account = s.account WHERE p.place BETWEEN {first} AND {last}"
    names = ", ".join(f"s.{name}" for name in ("account", "model", "judged", "malformed", *WORTH, "extra"))
    rows = job.engine.rows(
        f"SELECT {names} FROM {job.name('account_sums')} s {some} ORDER BY s.account, s.model NULLS LAST"
    )
    balances = dict(_balances(job, some)) if job.options.ledger is not None else {}
    for account, found in groupby(rows, key=lambda row: str(row[0])):
        each = list(found)
        lines = tuple(_line(row) for row in each if row[2])
        owed, lost = (credits_of(int(sum(row[place] for row in each))) for place in (11, 12))
        malformed, extra = (int(sum(row[place] for row in each)) for place in (3, 14))
        yield AccountStatement(account, lines, owed, lost, malformed, extra, balances.get(account))


def _line(row: Row) -> Line:
    amounts = {name: credits_of(int(value)) for name, value in zip(SUMS, row[4:10], strict=True)}
    return Line(row[1], int(row[2]), **amounts, findings=int(row[10]), rows_not_known=int(row[13]))


def _entries(job: Job) -> str:
    """Write the entries of a ledger by account: their own, else that of their task in the log."""
    tasks = [
        f"SELECT q.u_task_id AS task_id, CAST({shelf.layout.own('account')} AS STRING) AS account FROM ({plan.rows}) q"
        for shelf in job.shelves
        for plan in shelf.plans
    ]
    owners = f"SELECT task_id, MIN(account) AS account FROM ({' UNION ALL '.join(tasks)}) t GROUP BY task_id"
    told = "COALESCE(e.account, t.account, '') AS account, e.kind, e.task_id, e.credits, e.entry_id, e.moment"
    return f"SELECT {told} FROM {job.name('entries')} e LEFT JOIN ({owners}) t ON t.task_id = e.task_id"


def _balances(job: Job, some: str) -> Iterator[tuple[str, Balance]]:
    """Yield the balance of each account: entries before the time asked for open it, those after are left out."""
    told = "s.account, s.kind, s.task_id, s.credits, s.entry_id, s.moment"
    order = "s.account, s.moment NULLS FIRST, CASE s.kind WHEN 'grant' THEN 0 WHEN 'debit' THEN 1 ELSE 2 END, s.credits"
    rows = job.engine.rows(f"SELECT {told} FROM {job.name('account_entries')} s {some} ORDER BY {order}, s.entry_id")
    since, until = job.options.scope.since, job.options.scope.until
    for account, found in groupby(rows, key=lambda row: str(row[0])):
        each = [row for row in found if until is None or row[5] is None or row[5] < until]
        before = [_entry(row) for row in each if since is not None and (row[5] is None or row[5] < since)]
        opening = ledger.replay(before).balance
        closed = ledger.replay([_entry(row) for row in each][len(before) :], opening=opening)
        yield account, Balance(opening, closed.granted, closed.debited, closed.refunded, closed.balance)


def _entry(row: Row) -> ledger.Entry:
    _, kind, task, amount, entry, _ = row
    match kind:
        case "grant":
            return ledger.Grant(credits_of(amount), "ledger", entry_id=entry)
        case "debit":
            return ledger.Debit(task, credits_of(amount), entry_id=entry)
        case _:
            return ledger.Refund(task, credits_of(amount), entry_id=entry)
