"""The findings of an audit: distinct rows that have some are found again among all rows, once, and kept."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from pricing_rules.audit.engines.distinct import found_again, hashes
from pricing_rules.audit.engines.plan import Job, Plan, Shelf
from pricing_rules.audit.engines.several import EXTRA
from pricing_rules.audit.engines.summing import Judged, distinguish, judged
from pricing_rules.audit.log.dialect import literal
from pricing_rules.audit.log.records import Row
from pricing_rules.audit.meaning.outcomes import CHARGE_FINDINGS
from pricing_rules.audit.report.findings import FINDING

BALANCE = {"first": "BIGINT", "owed": "BIGINT", "lost": "BIGINT"}  # told once of a row, whatever its findings
SAID = {  # of a distinct row
    **{name: kind for name, kind in FINDING.items() if name not in ("task_id", "account", "created_at", "file")},
    **BALANCE,
}
FOUND = (*FINDING, *BALANCE)


class Found:
    """The findings of an audit in a table of its engine, looked for when they are first asked for, and then kept."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.repeated = job.name("placed") in job.made
        self.followed = self.repeated and job.options.history

    @cached_property
    def table(self) -> str:
        """Return the table of the findings."""
        with self.job.shown():
            distinguish(self.job)
            listed = [text for shelf in self.job.shelves for text in self._of(shelf)]
            listed += [_extra(self.job)] if self.repeated and self.job.options.duplicates else []
            listed += [_of_ledger(self.job)] if self.job.options.ledger is not None else []
            self.job.engine.numbered(self.job.name("found"), " UNION ALL ".join(listed), 0)
        return self.job.name("found")

    def accounts(self, most: int) -> list[tuple[str | None, int, int, int]]:
        """Return the first accounts by their rows with findings, with micros owed and lost; the rest as one, None."""
        if not any("account" in shelf.layout.columns for shelf in self.job.shelves):
            return []
        sums = ", ".join(f"{self.job.engine.dialect.total.format(name)} AS {name}" for name in BALANCE)
        ranked = f"{self.job.name('ranked')}"
        self.job.engine.table(
            ranked,
            f"SELECT COALESCE(account, '') AS account, {sums} FROM {self.table} "
            "WHERE first = 1 OR owed <> 0 OR lost <> 0 GROUP BY COALESCE(account, '')",
        )
        first = self.job.engine.rows(f"SELECT * FROM {ranked} ORDER BY first DESC, account LIMIT {most}")
        found = [(str(name), int(rows), int(owed), int(lost)) for name, rows, owed, lost in first]
        every = self.job.engine.rows(f"SELECT SUM(first), SUM(owed), SUM(lost) FROM {ranked}")[0]
        told = [sum(each[place] for each in first) for place in range(1, len(BALANCE) + 1)]
        rows, owed, lost = (int(whole or 0) - int(own) for whole, own in zip(every, told, strict=True))
        return [*found, *([(None, rows, owed, lost)] if rows else [])]

    def examples(self) -> Mapping[str, str]:
        """Return the least task id of each kind."""
        listed = f"SELECT kind, MIN(task_id) FROM {self.table} WHERE task_id IS NOT NULL GROUP BY kind"
        return dict(self.job.engine.rows(listed))

    def _of(self, shelf: Shelf) -> Iterator[str]:
        """Write the findings of the rows of each part of a shelf."""
        engine, said, wanted = self.job.engine, f"{shelf.distinct}_said", f"{shelf.distinct}_wanted"
        rows = (row for each in judged(self.job, shelf) for row in _said(each))
        engine.relation(said, {"gid": "BIGINT", **SAID}, rows)
        told = ", ".join(f"s.{name}" for name in SAID)
        engine.table(wanted, f"SELECT g.*, {told} FROM {shelf.distinct} g JOIN {said} s ON s.gid = g.gid")
        engine.table(f"{wanted}_hashes", hashes(shelf, wanted, engine.dialect))
        own = {"task_id": "NULLIF(q.u_task_id, '')", "account": f"CAST({shelf.layout.own('account')} AS STRING)"}
        created = shelf.layout.own("created_at")
        own["created_at"] = f"CASE WHEN w.kind <> 'malformed' THEN CAST({created} AS BIGINT) END"
        for plan in shelf.plans:
            again = found_again(shelf, plan, wanted, engine.dialect)
            yield f"SELECT {_listed(own, self._file(plan))} FROM {again}{self._unless_followed()}"
        if self.followed:
            kept = f"{self.job.name('placed')} q JOIN {said} w ON w.gid = q.gid"
            own = {"task_id": "q.task_id", "account": "q.u_account", "created_at": "q.u_created_at"}
            yield f"SELECT {_listed(own, 'q.file')} FROM {kept} WHERE q.kind = 'history' AND q.place = 1"

    def _unless_followed(self) -> str:
        """Write that a row is not of a history, of which the last one is told apart."""
        if not self.followed:
            return ""
        histories = f"SELECT 1 FROM {self.job.name('placed')} p WHERE p.kind = 'history' AND p.task_id = q.u_task_id"
        return f" WHERE w.kind = 'malformed' OR NOT EXISTS ({histories})"

    def _file(self, plan: Plan) -> str:
        return literal(plan.part.name, self.job.engine.dialect)


def _listed(own: Mapping[str, str], file: str) -> str:
    return ", ".join(f"{own.get(name) or (file if name == 'file' else f'w.{name}')} AS {name}" for name in FOUND)


def _said(each: Judged) -> Iterator[Row]:
    """Yield what is said of a distinct row, once for each of its findings."""
    found, values = each.verdict, each.case.reading.values
    kinds = [*found.kinds, *(["charge_mismatch"] if each.mismatch else [])]
    for place, kind in enumerate(kinds):
        is_first = place == 0 and found.kinds and found.state == "judged"
        balance = (1, max(found.net, 0), max(-found.net, 0)) if is_first else (0, 0, 0)
        told = (kind, values.get("model"), values.get("status"), *_amounts(each, kind), _detail(each, kind))
        yield each.number, *told, *balance


def _amounts(each: Judged, kind: str) -> tuple[int | None, ...]:
    """Return what was charged, the least and most that was expected, what was refunded, and the delta."""
    found = each.verdict
    if kind == "malformed":
        return (None,) * 5
    if kind == "charge_mismatch":
        return each.amounts.logged, found.charged, found.charged, None, each.mismatch
    if kind in CHARGE_FINDINGS:
        return found.charged, found.low, found.high, found.refunded, found.charge_delta
    is_refund = kind not in ("invalid_request", "unknown_status")
    return found.charged, None, None, found.refunded, found.refund_delta if is_refund else None


def _detail(each: Judged, kind: str) -> str | None:
    match kind:
        case "malformed":
            return each.verdict.reason
        case "unpriced":
            return each.verdict.unpriced
        case "invalid_request":
            return " ".join(each.verdict.rules)
        case _:
            return None


def _extra(job: Job) -> str:
    """Write the rows beyond the first of tasks with several, which take from an account what they have added to it."""
    own = {name: f"q.{name}" for name in ("kind", "task_id", "model", "status", "charged", "file")}
    own |= {"account": "q.u_account", "created_at": "q.u_created_at"}
    own |= {"first": "0", "owed": "- q.owed", "lost": "- q.lost"}
    return f"SELECT {_typed(own)} FROM {job.name('placed')} q WHERE {EXTRA}"


def _of_ledger(job: Job) -> str:
    told = ("kind", "task_id", "account", "created_at", "charged", "detail")
    own = {name: f"q.{name}" for name in told} | dict.fromkeys(BALANCE, "0")
    return f"SELECT {_typed(own)} FROM {job.name('faults')} q"


def _typed(own: Mapping[str, str]) -> str:
    kinds = {**FINDING, **BALANCE}
    return ", ".join(f"CAST({own.get(name, 'NULL')} AS {kinds[name]}) AS {name}" for name in FOUND)
