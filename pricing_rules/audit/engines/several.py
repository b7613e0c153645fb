"""Tasks with several rows: their ids are found by hash first, then each different task is judged once by the reference.

A task is told by its shape: for each row the number of its distinct row, and the rank in the task of what differs on
every row. Tasks with one shape are one to the meaning.
"""

from collections.abc import Iterator
from typing import Any

from attrs import field, frozen

from pricing_rules.audit.engines.distinct import alike
from pricing_rules.audit.engines.plan import Job, Plan, Shelf
from pricing_rules.audit.engines.summing import differs, unjudged
from pricing_rules.audit.log.dialect import Dialect, literal
from pricing_rules.audit.log.layout import SIZES, TIMES
from pricing_rules.audit.log.records import Row
from pricing_rules.audit.meaning.case import Case
from pricing_rules.audit.meaning.outcomes import TASK_FINDINGS, Record
from pricing_rules.audit.meaning.record import FIRST, Amounts
from pricing_rules.audit.meaning.task import check_task
from pricing_rules.audit.meaning.verdict import Verdict, verdict
from pricing_rules.audit.report.groups import credits_of
from pricing_rules.audit.report.sums import Sums
from pricing_rules.audit.report.tasks import Tasks
from pricing_rules.catalog.columns import MICROS

RANKED = {"account": "STRING", **dict.fromkeys((*TIMES, *SIZES), "BIGINT")}  # what a shape has as ranks
ROLES = {
    "shape_id": "BIGINT", "code": "STRING", "kind": "STRING", "kept": "BIGINT", "model": "STRING", "status": "STRING",
    "charged": "BIGINT", "owed": "BIGINT", "lost": "BIGINT",
}  # fmt: skip
LISTED = 2_000_000  # rows whose tasks are listed in memory at a time
DAY = 86_400 * MICROS


@frozen
class Known:
    """A distinct row of a task: its shelf, record, case and amounts."""

    shelf: Shelf
    record: Record
    case: Case
    amounts: Amounts

    @property
    def verdict(self) -> Verdict:
        """Return the verdict on it."""
        return verdict(self.case, self.amounts)


@frozen
class Counts:
    """What is found of tasks, as it is added up: numbers by kind, micros by kind, and what is out of balance."""

    rows: dict[str, int] = field(factory=dict)
    charged: dict[str, int] = field(factory=dict)
    balance: dict[int, list[int]] = field(factory=lambda: {1: [0, 0], -1: [0, 0]})

    def add(self, kind: str, found: Verdict, tasks: int) -> None:
        """Add a row beyond the first of so many tasks."""
        self.rows[kind] = self.rows.get(kind, 0) + tasks
        self.charged[kind] = self.charged.get(kind, 0) + tasks * (found.charged or 0)
        if found.net:
            side = 1 if found.net > 0 else -1
            self.balance[side][0] += tasks * abs(found.net)
            self.balance[side][1] += tasks

    def tasks(self) -> Tasks:
        """Return them for a report."""
        (owed, owed_rows), (lost, lost_rows) = self.balance[1], self.balance[-1]
        charged = {kind: credits_of(amount) for kind, amount in sorted(self.charged.items())}
        return Tasks(dict(sorted(self.rows.items())), charged, credits_of(owed), owed_rows, credits_of(lost), lost_rows)


def find_tasks(job: Job) -> Tasks:
    """Judge the tasks with several rows; keep what each of their rows is to its task."""
    counts = Counts()
    if _repeated(job):
        _shape(job)
        job.engine.relation(job.name("roles"), ROLES, _roles(job, counts))
        _place(job)
        job.made.add(job.name("placed"))
    return counts.tasks()


def _repeated(job: Job) -> bool:
    """Keep the hashes of ids that come twice; tell whether there are some."""
    number = job.engine.dialect.hash.format("u_task_id")
    ids = " UNION ALL ".join(f"SELECT {number} AS h FROM ({plan.rows}) x" for plan in job.plans)
    job.engine.table(job.name("hashes"), f"SELECT h FROM ({ids}) y GROUP BY h HAVING COUNT(*) > 1")
    return bool(job.engine.rows(f"SELECT COUNT(*) FROM {job.name('hashes')}")[0][0])


def _rows_again(job: Job, shelf: Shelf, plan: Plan, left: str) -> str:
    """Write the rows of a part whose id may come twice, each with the number of its distinct row."""
    number = job.engine.dialect.hash.format("u_task_id")
    twice = f"{number} IN (SELECT h FROM {job.name('hashes')})"
    few = f"SELECT * FROM ({plan.rows}) z WHERE u_task_id IS NOT NULL AND {twice}"
    own = ", ".join(f"CAST({shelf.layout.own(name)} AS {kind}) AS own_{name}" for name, kind in RANKED.items())
    file = literal(plan.part.name, job.engine.dialect)
    return (
        f"SELECT {file} AS file, w.gid, q.u_task_id AS task_id, {own} FROM ({few}) q JOIN {shelf.distinct} w "
        f"ON {alike(shelf.layout.names, 'q', 'w')} WHERE w.gid NOT IN (SELECT gid FROM {left})"
    )


def _shape(job: Job) -> None:
    """Keep the rows of tasks with several, each with its code, and the shape of each task."""
    engine, left = job.engine, unjudged(job)
    again, coded, shaped, shapes = map(job.name, ("again", "coded", "shaped", "shapes"))
    rows = (_rows_again(job, shelf, plan, left) for shelf in job.shelves for plan in shelf.plans)
    engine.table(again, " UNION ALL ".join(rows))
    parts = engine.rows(f"SELECT COUNT(*) FROM {again}")[0][0] // LISTED + 1
    number, joined = engine.dialect.hash.format("task_id"), engine.dialect.joined.format("code")
    for part in range(parts):
        some = f"SELECT * FROM {again} WHERE ABS({number} % {parts}) = {part}"
        engine.table(f"{coded}_{part}", _coded(some, engine.dialect))
        engine.table(f"{shaped}_{part}", f"SELECT task_id, {joined} AS shape FROM {coded}_{part} GROUP BY task_id")
    every = " UNION ALL ".join(f"SELECT * FROM {shaped}_{part}" for part in range(parts))
    engine.numbered(shapes, f"SELECT shape, COUNT(*) AS n FROM ({every}) s GROUP BY shape", 0)
    engine.table(shaped, f"SELECT t.task_id, s.gid AS shape_id FROM ({every}) t JOIN {shapes} s ON s.shape = t.shape")
    engine.table(coded, " UNION ALL ".join(f"SELECT * FROM {coded}_{part}" for part in range(parts)))


def _coded(rows: str, dialect: Dialect) -> str:
    """Write the rows of tasks with several, each with the code of what it is in its task."""
    lists = ", ".join(f"{dialect.ranked.format(f'own_{name}')} AS all_{name}" for name in RANKED)
    several = f"SELECT task_id, {lists} FROM ({rows}) s GROUP BY task_id HAVING COUNT(*) > 1"
    ranks = (f"COALESCE({dialect.rank.format(f'm.all_{name}', f'a.own_{name}')}, 0)" for name in RANKED)
    code = ", ',', ".join(f"CAST({each} AS STRING)" for each in ("a.gid", *ranks))
    return f"SELECT a.*, CONCAT({code}) AS code FROM ({rows}) a JOIN ({several}) m ON m.task_id = a.task_id"


def _roles(job: Job, counts: Counts) -> Iterator[Row]:
    """Yield for each shape what its rows are to the task, and add up what is found."""
    for page in job.engine.pages(job.name("shapes")):
        shapes = [(number, tasks, shape.split(";")) for number, shape, tasks in page]
        known = _known(job, {int(code.partition(",")[0]) for _, _, codes in shapes for code in codes})
        for number, tasks, codes in shapes:
            rows = [known[int(code.partition(",")[0])] for code in codes]
            found = check_task(job.catalog, [_record(row, code) for row, code in zip(rows, codes, strict=True)])
            kept = found.last if found.kind == "history" else found.counted
            for place, row in enumerate(rows):
                if place != kept and found.kind in TASK_FINDINGS:
                    counts.add(found.kind, row.verdict, tasks)
            for code, row in dict(zip(codes, rows, strict=True)).items():
                net, values = row.verdict.net, row.case.reading.values
                told = (values.get("model"), values.get("status"), row.verdict.charged, max(net, 0), max(-net, 0))
                yield number, code, found.kind, int(code == codes[kept]), *told


def _known(job: Job, numbers: set[int]) -> dict[int, Known]:
    wanted = job.name("numbers")
    job.engine.relation(wanted, {"gid": "BIGINT"}, ((number,) for number in sorted(numbers)))
    found: dict[int, Known] = {}
    for shelf in job.shelves:
        for number, *row in job.engine.rows(f"SELECT g.* FROM {shelf.distinct} g JOIN {wanted} w ON w.gid = g.gid"):
            others, own = tuple(row[: shelf.layout.amounts]), tuple(row[shelf.layout.amounts :])
            case = shelf.judge.case(others)
            record = {**shelf.judge.record(others, 0), **shelf.judge.record(own, shelf.layout.amounts)}
            found[number] = Known(shelf, record, case, shelf.judge.charged(own))
    return found


def _record(row: Known, code: str) -> Record:
    """Return the record of a row in its task: what differs on every row has a value by its rank."""
    ranks = dict(zip(RANKED, map(int, code.split(",")[1:]), strict=True))
    known = (name for name in ranks if f"u_{name}" in row.shelf.layout.values)
    told: dict[str, Any] = {name: ranks[name] or None for name in known}
    told |= {name: FIRST + told[name] for name in TIMES if told.get(name)}
    return {**row.record, **told, **({"account": f"{told['account']:09}"} if told.get("account") else {})}


def _place(job: Job) -> None:
    """Keep each row of a task with several, with its role and its place among those of one code."""
    place = "ROW_NUMBER() OVER (PARTITION BY c.task_id, c.code ORDER BY c.gid)"
    roles = ", ".join(f"r.{name}" for name in ROLES if name not in ("shape_id", "code"))
    job.engine.table(
        job.name("placed"),
        f"SELECT c.file, c.gid, c.task_id, c.own_account AS account, c.own_created_at AS created_at, {roles}, "
        f"{place} AS place FROM {job.name('coded')} c JOIN {job.name('shaped')} s ON s.task_id = c.task_id "
        f"JOIN {job.name('roles')} r ON r.shape_id = s.shape_id AND r.code = c.code",
    )


def follow(job: Job, sums: Sums) -> int:
    """Leave out of sums the rows of a task that a later one of its history supersedes.

    Returns:
        How many of them were charged otherwise than a ledger says.
    """
    mismatches = 0
    if job.name("placed") not in job.made:
        return mismatches
    superseded = job.name("superseded")
    day = f"created_at - created_at % {DAY}"
    listed = (
        f"SELECT gid AS distinct_id, {day} AS day, COUNT(*) AS n FROM {job.name('placed')} "
        f"WHERE kind = 'history' AND place > kept GROUP BY gid, {day}"
    )
    job.engine.numbered(superseded, listed, 0)
    for page in job.engine.pages(superseded):
        known = _known(job, {number for _, number, _, _ in page})
        for _, number, day_of, rows in page:
            row = known[number]
            sums.add(sums.one(row.case, row.amounts), day_of, -rows)
            sums.add(sums.left_out(row.case, "history"), None, rows)
            mismatches += rows * (differs(row.case, row.amounts) != 0)
    return mismatches
