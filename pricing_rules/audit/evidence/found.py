"""The findings of an audit: distinct rows that have some are found again among all rows, once, and kept.

What is said of a distinct row stands once in a table of its own (`said`); of each row that has it only its number is
kept, beside what differs on every row.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property

from pricing_rules.audit.engines.distinct import again, exactly, wanted
from pricing_rules.audit.engines.plan import Job, Shelf
from pricing_rules.audit.engines.several import EXTRA
from pricing_rules.audit.engines.summing import distinguish
from pricing_rules.audit.evidence.explaining import explained
from pricing_rules.audit.evidence.lines import keep_lines
from pricing_rules.audit.evidence.said import BALANCE, SAID, TOLD, said
from pricing_rules.audit.evidence.stated import stated
from pricing_rules.audit.evidence.stating import statements
from pricing_rules.audit.log.dialect import identifier, literal
from pricing_rules.audit.log.expressions import DAY
from pricing_rules.audit.log.reduction import OWN
from pricing_rules.audit.meaning.outcomes import TASK_FINDINGS, UNPARSED
from pricing_rules.audit.report.explanation import Explanation
from pricing_rules.audit.report.findings import FINDING, Finding, finding_of
from pricing_rules.audit.report.statement import AccountStatement

FOUND = {  # what is kept of each finding
    "sid": "BIGINT", "file": "BIGINT", "row_number": "BIGINT", "task_id": "STRING", "account": "STRING",
    "created_at": "BIGINT", "own_references": "BIGINT", "own_value": "STRING",
}  # fmt: skip


OWN_IN_FULL = {
    "task_id": "f.task_id", "file": "n.name", "row": "f.row_number", "account": "f.account",
    "created_at": "f.created_at", "references": "f.own_references",
    "value": "CASE WHEN s.gid IS NOT NULL THEN COALESCE(f.own_value, s.s_value) END",
    "entry_id": "CASE WHEN s.gid IS NULL THEN f.own_value END",
}  # fmt: skip
LINE = {"value": f"CASE WHEN s.s_column = '{UNPARSED}' THEN l.text ELSE {OWN_IN_FULL['value']} END"}


class Found:
    """The findings of an audit in a table of its engine, looked for when they are first asked for, and then kept."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.repeated = job.name("placed") in job.made
        self.followed = self.repeated and job.options.history
        self.lines: str | None = None  # the table of what is told of lines that are no record

    @cached_property
    def table(self) -> str:
        """Return the table of the findings."""
        engine, found = self.job.engine, self.job.name("found")
        with self.job.shown():
            distinguish(self.job)
            engine.relation(self.job.name("said"), SAID, said(self.job, repeated=self.repeated))
            names = {plan.number: plan.part.name for plan in self.job.plans}
            engine.relation(self.job.name("files"), {"file": "BIGINT", "name": "STRING"}, names.items())
            listed = [text for shelf in self.job.shelves for text in self._of(shelf)]
            listed += [self._extra()] if self.repeated and self.job.options.duplicates else []
            listed += [self._of_ledger()] if self.job.options.ledger is not None else []
            engine.numbered(found, " UNION ALL ".join(listed), 0)
            self.lines = keep_lines(self.job, found)
        return found

    def query(self, rows: str, only: str = "1 = 1") -> str:
        """Write findings in full, from rows of their table as `f` and what is said of them as `s`."""
        quoted = {name: identifier(name, self.job.engine.dialect) for name in FINDING}
        told = {**{name: f"s.s_{name}" for name in TOLD}, **OWN_IN_FULL, **(LINE if self.lines else {})}
        listed = ", ".join(f"{told[name]} AS {quoted[name]}" for name in FINDING)
        lines = f" LEFT JOIN {self.lines} l ON l.file = f.file AND l.row_number = f.row_number" if self.lines else ""
        return f"SELECT {listed} FROM {self.joined(rows)}{lines} WHERE {only}"

    def joined(self, rows: str) -> str:
        """Write rows of the table of findings, `f`, with what is said of them, `s`, and the names of files, `n`."""
        said, files = self.job.name("said"), self.job.name("files")
        return f"{rows} f JOIN {said} s ON s.sid = f.sid LEFT JOIN {files} n ON n.file = f.file"

    def explained(self, task: str) -> Explanation:
        """Explain how the rows of a task were judged."""
        return explained(self.job, task)

    def statements(self) -> Iterator[AccountStatement]:
        """Yield the statement of each account."""
        return statements(self.job)

    def accounts(self, most: int) -> list[tuple[str | None, int, int, int, int]]:
        """Return the first accounts by their rows with findings, the rest as one, None.

        Beside these rows: micros owed and lost, and the rows whose status is not known.
        """
        if not any("account" in shelf.layout.columns for shelf in self.job.shelves):
            return []
        unknown = "s.s_kind = 'unknown_status'"
        told = {**{name: f"s.{name}" for name in BALANCE}, "not_known": f"CASE WHEN {unknown} THEN 1 ELSE 0 END"}
        sums = ", ".join(f"{self.job.engine.dialect.total.format(value)} AS {name}" for name, value in told.items())
        ranked = f"{self.job.name('ranked')}"
        self.job.engine.table(
            ranked,
            f"SELECT COALESCE(f.account, '') AS account, {sums} FROM {self.joined(self.table)} "
            f"WHERE s.first = 1 OR s.owed <> 0 OR s.lost <> 0 OR {unknown} GROUP BY COALESCE(f.account, '')",
        )
        first = self.job.engine.rows(f"SELECT * FROM {ranked} ORDER BY first DESC, account LIMIT {most}")
        every = self.job.engine.rows(f"SELECT {', '.join(f'SUM({name})' for name in told)} FROM {ranked}")[0]
        named = [sum(each[place] for each in first) for place in range(1, len(told) + 1)]
        others = [int(whole or 0) - int(own) for whole, own in zip(every, named, strict=True)]
        listed = [*first, *([(None, *others)] if others[0] else [])]
        return [(name, int(rows), int(owed), int(lost), int(left)) for name, rows, owed, lost, left in listed]

    def kinds(self) -> list[tuple[str, int, int | None, int, str | None]]:
        """Return how many findings each kind has, micros of delta and charge, and the least id of a task or entry."""
        delta, charged = (self.job.engine.dialect.total.format(f"s.s_{name}") for name in ("delta", "charged"))
        example = "COALESCE(MIN(f.task_id), MIN(CASE WHEN s.gid IS NULL THEN f.own_value END))"
        listed = (
            f"SELECT s.s_kind, COUNT(*), {delta}, {charged}, {example} FROM {self.joined(self.table)} GROUP BY s.s_kind"
        )
        rows = self.job.engine.rows(listed)
        return [
            (kind, rows, None if sum_ is None else int(sum_), int(moved or 0), task)
            for kind, rows, sum_, moved, task in rows
        ]

    def largest(self, kind: str, most: int) -> list[Finding]:
        """Return the findings of a kind with the largest deltas, then by task; file and row are left out."""
        quoted = {name: identifier(name, self.job.engine.dialect) for name in FINDING}
        shown = ", ".join(f"NULL AS {quoted[name]}" if name in ("file", "row") else quoted[name] for name in FINDING)
        order = ", ".join(("COALESCE(ABS(delta), -1) DESC", *(f"{quoted[each]} NULLS LAST" for each in LARGEST_BY)))
        own = self.query(self.table, f"s.s_kind = {literal(kind)}")
        rows = self.job.engine.rows(f"SELECT {shown} FROM ({own}) l ORDER BY {order} LIMIT {most}")
        return [finding_of(row) for row in rows]

    def daily(self) -> list[tuple[str, int | None, int]]:
        """Return how many findings of each kind each day has, the day as UTC microseconds."""
        day = f"f.created_at - f.created_at % {DAY}"
        listed = f"SELECT s.s_kind, {day}, COUNT(*) FROM {self.joined(self.table)} GROUP BY s.s_kind, {day}"
        return [(str(kind), day, int(rows)) for kind, day, rows in self.job.engine.rows(listed)]

    def _of(self, shelf: Shelf) -> Iterator[str]:
        """Write the findings of the rows of each part of a shelf."""
        engine, said = self.job.engine, self.job.name("said")
        told = f"SELECT * FROM {said} WHERE s_kind NOT IN ({', '.join(map(literal, TASK_FINDINGS))})"
        own = f"SELECT g.*, s.sid, s.s_kind, s.s_column FROM {shelf.distinct} g JOIN ({told}) s ON s.gid = g.gid"
        accused = wanted(engine, shelf, f"{shelf.distinct}_wanted", own)
        values, also = _own(shelf), stated(shelf.layout.found, engine.dialect)
        for plan in shelf.plans:
            rows = self.job.kept(plan, again(shelf, plan, accused, engine.dialect, also), "rows")
            kept = _kept({**values, "file": str(plan.number)})
            yield f"SELECT {kept} FROM {exactly(shelf, rows, accused)}{self._unless_followed()}"
        if self.followed:
            kept = f"{self.job.name('placed')} q JOIN {accused.table} w ON w.gid = q.gid"
            last = {**values, **PLACED, "own_value": "NULL"}
            yield f"SELECT {_kept(last)} FROM {kept} WHERE q.kind = 'history' AND q.place = 1"

    def _unless_followed(self) -> str:
        """Write that a row is not of a history, of which the last one is told apart."""
        if not self.followed:
            return ""
        histories = f"SELECT 1 FROM {self.job.name('placed')} p WHERE p.kind = 'history' AND p.task_id = q.u_task_id"
        return f" WHERE w.s_kind = 'malformed' OR NOT EXISTS ({histories})"

    def _extra(self) -> str:
        """Write the rows beyond the first of tasks with several."""
        alike = "s.gid = q.gid AND s.s_kind = q.kind"
        placed, own = f"{self.job.name('placed')} q", {"sid": "s.sid", **PLACED}
        return f"SELECT {_kept(own)} FROM {placed} JOIN {self.job.name('said')} s ON {alike} WHERE {EXTRA}"

    def _of_ledger(self) -> str:
        told = {name: f"q.{name}" for name in ("task_id", "account", "created_at")}
        own = {"sid": "s.sid", **told, "own_value": "q.detail"}
        alike = "s.gid IS NULL AND s.s_kind = q.kind AND s.s_charged IS NOT DISTINCT FROM q.charged"
        return f"SELECT {_kept(own)} FROM {self.job.name('faults')} q JOIN {self.job.name('said')} s ON {alike}"


ORDER = ("kind", "task_id", *(name for name in FINDING if name not in ("kind", "why", "task_id")))
LARGEST_BY = ("task_id", *(name for name in FINDING if name not in ("task_id", "file", "row")))
PLACED = {
    "file": "q.file", "row_number": "q.row_number", "task_id": "q.task_id", "account": "q.u_account",
    "created_at": "q.u_created_at", "own_references": "CASE WHEN q.u_references >= 0 THEN q.u_references END",
}  # fmt: skip


def _own(shelf: Shelf) -> dict[str, str]:
    """Return what is kept of each row alone, in SQL."""
    layout = shelf.layout
    count = layout.own("references")
    values = "".join(f"WHEN '{name}' THEN q.v_{name} " for name in OWN if name in layout.found)
    created = f"CASE WHEN w.s_kind <> 'malformed' THEN {layout.own('created_at')} END"
    return {
        "sid": "w.sid",
        "row_number": "q.u_row",
        "task_id": "NULLIF(q.u_task_id, '')",
        "account": layout.own("account"),
        "created_at": created,
        "own_references": f"CASE WHEN {count} >= 0 THEN {count} END",
        "own_value": f"CASE w.s_column {values}END" if values else "NULL",
    }


def _kept(own: Mapping[str, str]) -> str:
    return ", ".join(f"CAST({own.get(name, 'NULL')} AS {kind}) AS {name}" for name, kind in FOUND.items())
