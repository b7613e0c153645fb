"""A ledger beside a log: its entries are read before the log is grouped, and looked through once that is judged."""

from pricing_rules.audit.engines.distinct import again, alike, exactly, wanted
from pricing_rules.audit.engines.duckdb_files import opened
from pricing_rules.audit.engines.plan import Job
from pricing_rules.audit.engines.summing import unjudged
from pricing_rules.audit.log.files import found
from pricing_rules.audit.log.ledger import UNREADABLE, Ledger, entry_relation, faults, sums
from pricing_rules.errors import UnreadableLog
from pricing_rules.spelling import shown

EMPTY = "SELECT CAST(NULL AS BIGINT) AS first_at, CAST(NULL AS BIGINT) AS last_at"


def read_ledger(job: Job) -> Ledger:
    """Read the entries of a ledger's files, and sum up each task.

    Raises:
        UnreadableLog: an entry cannot be read; says how many, and one of them.
    """
    ledger = Ledger(job.name("entries"), job.name("ledger"))
    mapping, folder = job.options.mapping.ledger, job.engine.folder
    files = tuple(opened(job.engine, folder, file, mapping.writing) for file in found(job.options.ledger))
    name = ", ".join(part.name for part in files)
    with job.engine.shown(name):
        entries = " UNION ALL ".join(entry_relation(part, mapping) for part in files)
        job.engine.table(ledger.entries, entries)
        counted = f"SELECT COUNT(*), MIN(COALESCE(entry_id, task_id)) FROM {ledger.entries} WHERE {UNREADABLE}"
        broken, one = job.engine.rows(counted)[0]
        if broken:
            raise UnreadableLog(name, f"{broken:,} entries of the ledger cannot be read, one of {shown(one)}")
        job.engine.table(ledger.sums, sums(ledger.entries))
    return ledger


def find_faults(job: Job, ledger: Ledger, mismatches: int) -> dict[str, int]:
    """Keep the findings about the entries of a ledger; count them by kind, beside the mismatches of the log's rows."""
    tasks = " UNION ALL ".join(f"SELECT u_task_id AS task_id FROM ({plan.rows}) x" for plan in job.plans)
    named = f"SELECT task_id FROM ({tasks}) y WHERE task_id IS NOT NULL"
    left = unjudged(job)
    filtered = job.engine.rows(f"SELECT COUNT(*) FROM {left} WHERE filtered = 1")[0][0]
    hidden = f"{named} EXCEPT {_visible(job, left)}" if filtered else None
    table = job.name("faults")
    job.engine.table(table, faults(ledger, named, hidden, _window(job, left), job.options.scope.account))
    counted: dict[str, int] = dict(job.engine.rows(f"SELECT kind, COUNT(*) FROM {table} GROUP BY kind ORDER BY kind"))
    return {**({"charge_mismatch": mismatches} if mismatches else {}), **counted}


def _visible(job: Job, left: str) -> str:
    """Write the ids of the tasks with a row that is not filtered out."""
    found: list[str] = []
    for shelf in job.shelves:
        own = f"SELECT * FROM {shelf.distinct} WHERE gid NOT IN (SELECT gid FROM {left} WHERE filtered = 1)"
        seen = wanted(job.engine, shelf, f"{shelf.distinct}_visible", own)
        each = (again(shelf, plan, seen, job.engine.dialect) for plan in shelf.plans)
        found += (f"SELECT q.u_task_id AS task_id FROM {exactly(shelf, rows, seen)}" for rows in each)
    return f"SELECT task_id FROM ({' UNION ALL '.join(found)}) v"


def _window(job: Job, left: str) -> str:
    """Write the first and the last instant at which a task that is judged was accepted."""
    dated = [shelf for shelf in job.shelves if "created_at" in shelf.layout.columns]
    each = (
        f"SELECT d.first_at, d.last_at FROM {shelf.daily} d JOIN {shelf.distinct} g "
        f"ON {alike(shelf.layout.names, 'd', 'g')} WHERE g.gid NOT IN (SELECT gid FROM {left})"
        for shelf in dated
    )
    every = " UNION ALL ".join(each) or EMPTY
    return f"SELECT MIN(first_at) AS first_at, MAX(last_at) AS last_at FROM ({every}) w"
