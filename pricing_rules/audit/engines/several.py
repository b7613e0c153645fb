"""Tasks with several rows: their ids are found by hash first, then their rows are compared as `check_task` has it."""

from collections.abc import Iterator

from pricing_rules.audit.engines.distinct import alike
from pricing_rules.audit.engines.plan import Job, Plan, Shelf
from pricing_rules.audit.engines.summing import differs, distinguish, judged
from pricing_rules.audit.log.dialect import literal
from pricing_rules.audit.log.expressions import DAY
from pricing_rules.audit.log.records import Row
from pricing_rules.audit.meaning.outcomes import TASK_FINDINGS
from pricing_rules.audit.meaning.task import ALONE, content
from pricing_rules.audit.report.groups import credits_of
from pricing_rules.audit.report.sums import Sums
from pricing_rules.audit.report.tasks import Tasks
from pricing_rules.audit.store import repeated

UPDATED, SAME = "u_updated_at", tuple(f"u_{name}" for name in ALONE)
CONTENT = {
    "gid": "BIGINT", "model": "STRING", "status": "STRING", "accepted": "STRING", "later": "STRING", "ended": "BIGINT",
    "charged": "BIGINT", "refunded": "BIGINT", "refunds": "BIGINT", "owed": "BIGINT", "lost": "BIGINT",
}  # fmt: skip
EXTRA = f"kind IN ({', '.join(map(literal, TASK_FINDINGS))}) AND place > 1"  # rows beyond the one that counts
SUPERSEDED = "kind = 'history' AND place > 1"


def find_tasks(job: Job) -> Tasks:
    """Compare the rows of tasks with several; keep what each of them is to its task, as `placed`."""
    engine, placed, again, contents, numbers = job.engine, *map(job.name, ("placed", "again", "contents", "numbers"))
    if not _repeated(job):
        return Tasks()
    distinguish(job)
    marks = _marks(job)
    some = [(shelf, plan) for shelf in job.shelves for plan in shelf.plans if plan.number in marks]
    rows = (_again(job, shelf, plan, marks[plan.number]) for shelf, plan in some)
    engine.table(again, " UNION ALL ".join(rows))
    engine.table(numbers, f"SELECT DISTINCT gid FROM {again}")
    engine.relation(contents, CONTENT, _contents(job, numbers))
    told = ", ".join(f"c.{name}" for name in CONTENT if name != "gid")
    each = f"SELECT a.*, {told} FROM {again} a JOIN {contents} c ON c.gid = a.gid"
    kinds = f"SELECT task_id, {_kind()} AS kind FROM ({each}) r GROUP BY task_id HAVING COUNT(*) > 1"
    place = f"ROW_NUMBER() OVER (PARTITION BY r.task_id ORDER BY {', '.join(_order())})"
    engine.table(
        placed, f"SELECT r.*, k.kind, {place} AS place FROM ({each}) r JOIN ({kinds}) k ON k.task_id = r.task_id"
    )
    job.made.add(placed)
    return _tasks(job, placed)


def _repeated(job: Job) -> bool:
    """Keep the hashes of ids that come twice; tell whether there are some."""
    ids, hashes = [_ids(job, plan) for plan in job.plans], job.name("hashes")
    if job.store:
        job.store.repeated(job.engine, hashes, ids)
    else:
        job.engine.table(hashes, repeated(ids))
    return bool(job.engine.rows(f"SELECT COUNT(*) FROM {hashes}")[0][0])


def _ids(job: Job, plan: Plan) -> str:
    """Write the hashes of the ids in a part."""
    number = job.engine.dialect.hash.format("u_task_id")
    return job.kept(plan, f"SELECT {number} AS h FROM ({plan.rows}) x", "ids")


def _marks(job: Job) -> dict[int, str]:
    """Return the parts that may have an id that comes twice; where a store keeps their rows, a mark of these ids."""
    if job.store is None:
        return dict.fromkeys((plan.number for plan in job.plans), "")
    ids = " UNION ALL ".join(f"SELECT {plan.number} AS part, h FROM ({_ids(job, plan)}) i" for plan in job.plans)
    mark = "MD5(STRING_AGG(CAST(y.h AS STRING), ' ' ORDER BY y.h))"
    return dict(
        job.engine.rows(f"SELECT part, {mark} FROM ({ids}) y JOIN {job.name('hashes')} k ON k.h = y.h GROUP BY 1")
    )


def _again(job: Job, shelf: Shelf, plan: Plan, mark: str) -> str:
    """Write the rows of a part whose id may come twice, each with the number of its distinct row."""
    rows = shelf.layout.rows_by_id(plan.numbered, job.name("hashes"), job.engine.dialect, plan.evidence)
    few = job.kept(plan, rows, f"again_{mark}")
    kinds = {name: "STRING" if name == "account" else "BIGINT" for name in (*ALONE, "updated_at")}
    own = ", ".join(f"CAST({shelf.layout.own(name)} AS {kind}) AS u_{name}" for name, kind in kinds.items())
    told = f"{plan.number} AS file, q.u_row AS row_number, w.gid, q.u_task_id AS task_id, {own}"
    return f"SELECT {told} FROM ({few}) q JOIN {shelf.distinct} w ON {alike(shelf.layout.names, 'q', 'w')}"


def _contents(job: Job, numbers: str) -> Iterator[Row]:
    """Yield what the rows that are judged say to the others of their task, once for each distinct row."""
    for shelf in job.shelves:
        for each in judged(job, shelf, f"JOIN {numbers} n ON n.gid = g.gid"):
            if each.verdict.state == "judged":
                values, net = shelf.judge.values(each.row), each.verdict.net
                found = content(job.catalog, values, each.amounts)
                told = (values.get("model"), values.get("status"), found.accepted, found.later, found.ended)
                amounts = (each.verdict.charged, found.refunded, found.refunds, max(net, 0), max(-net, 0))
                yield each.number, *told, *amounts


def _kind() -> str:
    """Write what the rows of a task are to each other."""
    accepted = " AND ".join(("MIN(accepted) = MAX(accepted)", *map(_same, SAME)))
    copies = f"{accepted} AND MIN(later) = MAX(later) AND {_same(UPDATED)}"
    one_end = "COALESCE(MIN(ended), 0) = COALESCE(MAX(ended), 0)"
    return (
        f"CASE WHEN {copies} THEN 'duplicate_task' WHEN {accepted} AND {one_end} THEN 'history' "
        "ELSE 'conflicting_task' END"
    )


def _same(column: str) -> str:
    return f"(COUNT({column}) = 0 OR (COUNT({column}) = COUNT(*) AND MIN({column}) = MAX({column})))"


def _order() -> Iterator[str]:
    """Yield the order of the rows of a task: the one that counts comes first."""
    for told in (f"COALESCE({UPDATED}, -1)", "CASE WHEN ended IS NULL THEN 0 ELSE 1 END", "refunded"):
        yield f"CASE WHEN kind = 'history' THEN {told} ELSE 0 END DESC"
    yield "COALESCE(charged, 0) DESC"
    yield "CASE WHEN kind = 'history' THEN refunds ELSE 0 END DESC"
    yield "CASE WHEN kind = 'history' THEN later ELSE '' END DESC"
    yield from ("accepted", "later")
    for name in (*SAME, UPDATED):
        yield from (f"CASE WHEN {name} IS NULL THEN 1 ELSE 0 END", name)
    yield from ("file", "row_number")  # nothing else tells rows that are alike apart


def _tasks(job: Job, placed: str) -> Tasks:
    """Add up the rows beyond the one that counts."""
    counted = ", ".join(f"COUNT(CASE WHEN {side} > 0 THEN 1 END)" for side in ("owed", "lost"))
    sums = ", ".join(job.engine.dialect.total.format(name) for name in ("charged", "owed", "lost"))
    extra = f"SELECT kind, COUNT(*), {sums}, {counted} FROM {placed} WHERE {EXTRA} GROUP BY kind ORDER BY kind"
    found = [(kind, *(int(number or 0) for number in numbers)) for kind, *numbers in job.engine.rows(extra)]
    rows, charged = {each[0]: each[1] for each in found}, {each[0]: credits_of(each[2]) for each in found}
    owed, lost, owed_rows, lost_rows = (sum(each[place] for each in found) for place in range(3, 7))
    return Tasks(rows, charged, credits_of(owed), owed_rows, credits_of(lost), lost_rows)


def follow(job: Job, sums: Sums) -> int:
    """Leave out of sums the rows of a task that a later one of its history supersedes.

    Returns:
        How many of them were charged otherwise than a ledger says.
    """
    mismatches, superseded, day = 0, job.name("superseded"), f"u_created_at - u_created_at % {DAY}"
    if job.name("placed") not in job.made:
        return mismatches
    listed = f"SELECT gid, {day} AS day, COUNT(*) AS n FROM {job.name('placed')} WHERE {SUPERSEDED} GROUP BY gid, {day}"
    job.engine.table(superseded, listed)
    for shelf in job.shelves:
        for each in judged(job, shelf, f"JOIN {superseded} s ON s.gid = g.gid", ("s.day", "s.n")):
            accepted, rows = each.told
            sums.add(sums.one(each.case, each.amounts), accepted, -rows)
            sums.add(sums.left_out(each.case, "history"), None, rows)
            mismatches += rows * (differs(each.case, each.amounts) != 0)
    return mismatches
