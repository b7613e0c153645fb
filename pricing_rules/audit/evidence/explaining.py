"""The rows of one task, read again as they stand in the log and judged by the reference."""

from collections.abc import Iterator
from fractions import Fraction
from operator import attrgetter
from typing import Any

from attrs import frozen

from pricing_rules.amounts import fraction
from pricing_rules.audit.engines.plan import Job, Plan, Shelf
from pricing_rules.audit.engines.summing import differs
from pricing_rules.audit.evidence.lines import lines_of
from pricing_rules.audit.evidence.stated import as_stated
from pricing_rules.audit.log.dialect import literal
from pricing_rules.audit.log.records import Row
from pricing_rules.audit.meaning.case import Kept, case_of
from pricing_rules.audit.meaning.outcomes import TASK_FINDINGS, UNPARSED, Record
from pricing_rules.audit.meaning.prices import offers
from pricing_rules.audit.meaning.reader import CONFLICT
from pricing_rules.audit.meaning.record import read_whole
from pricing_rules.audit.meaning.rules import violations
from pricing_rules.audit.meaning.task import TaskVerdict, check_task
from pricing_rules.audit.meaning.verdict import verdict
from pricing_rules.audit.report.explanation import Entry, ExplainedRow, Explanation, Stated
from pricing_rules.audit.report.findings import moment
from pricing_rules.audit.report.groups import credits_of
from pricing_rules.audit.report.verdict import in_credits
from pricing_rules.audit.report.words import TASKS, why, why_malformed, why_mismatch
from pricing_rules.catalog.columns import COLUMNS, MICROS
from pricing_rules.errors import UnusableLog
from pricing_rules.spelling import shown

ALONE = ("account", "created_at", "updated_at", "references", "prompt_length")
ALONE_TYPES = {name: "STRING" if name == "account" else "BIGINT" for name in ALONE}


@frozen
class Again:
    """A row of a task, read again: where it is, the columns of its group, those of its own, what stands there."""

    shelf: Shelf
    plan: Plan
    place: int | None
    group: Row
    own: dict[str, Any]
    stated: tuple[str | None, ...]

    @property
    def record(self) -> Record:
        """Return the record that the row tells, as the reference takes it."""
        judge, start = self.shelf.judge, self.shelf.layout.amounts
        record = {**judge.record(self.group[:start], 0), **judge.record(self.group[start:], start)}
        exact = {name: value for name, value in self.own.items() if value is not None and value != -1}
        return {**record, **{name: value for name, value in exact.items() if record.get(name) is not CONFLICT}}


def explained(job: Job, task: str) -> Explanation:
    """Explain how the rows of a task were judged.

    Raises:
        UnusableLog: the log has no such task.
    """
    with job.shown():
        rows = [row for shelf in job.shelves for plan in shelf.plans for row in _again(job, shelf, plan, task)]
        entries = tuple(_entries(job, task)) if job.options.ledger is not None else ()
    if not rows:
        raise UnusableLog(f"the log has no task {shown(task)}")
    rows.sort(key=lambda row: (row.plan.number, row.place or 0))
    read = [row for row in rows if not _verdict(job, row)[0].reading.unreadable]
    related = check_task(job.catalog, [_comparable(row) for row in read]) if read else TaskVerdict("single", 0, 0)
    counted = read[related.last if related.kind == "history" else related.counted] if read else None
    each = tuple(_explained(job, row, related, counts=row is counted) for row in rows)
    return Explanation(job.catalog.id, job.catalog.version, task, related.kind, each, entries)


def _again(job: Job, shelf: Shelf, plan: Plan, task: str) -> Iterator[Again]:
    layout, dialect = shelf.layout, job.engine.dialect
    places = [as_stated(*place, dialect) for column in layout.found.values() for place in column.places]
    also = {**plan.evidence, **{f"v_{number}": text for number, text in enumerate(places)}}
    own = ", ".join(f"CAST({layout.own(name)} AS {kind}) AS own_{name}" for name, kind in ALONE_TYPES.items())
    told = ", ".join(("u_row", *(f"v_{number}" for number in range(len(places))), *layout.names))
    rows = layout.rows_of_task(plan.numbered, literal(task, dialect), also)
    for place, *values in job.engine.rows(f"SELECT {told}, {own} FROM ({rows}) q"):
        first, after = len(places), len(places) + len(layout.names)
        alone = dict(zip(ALONE, values[after:], strict=True))
        yield Again(shelf, plan, place, tuple(values[first:after]), alone, tuple(values[:first]))


def _comparable(row: Again) -> Record:
    """Return a record with the amounts that its verdict has, which a ledger may tell."""
    return {name: value for name, value in row.record.items() if name in COLUMNS}


def _verdict(job: Job, row: Again) -> tuple[Any, Any]:
    """Return the case of a row and its amounts."""
    case = case_of(job.catalog, row.record, job.options.scope, Kept())
    return case, row.shelf.judge.charged(row.group[row.shelf.layout.amounts :])


def _explained(job: Job, row: Again, related: TaskVerdict, *, counts: bool) -> ExplainedRow:
    case, amounts = _verdict(job, row)
    found, model = verdict(case, amounts), job.catalog.models.get(case.reading.get("model"))
    is_judged = found.state == "judged" and model is not None
    broken = violations(job.catalog, model, case.reading) if is_judged and model else ()
    listed = [(kind, why(job.catalog, kind, case, found, broken)) for kind in found.kinds if kind != "malformed"]
    stated = tuple(_stated(job, row))
    if found.state == "malformed":
        column = str(found.reason)
        values = [each.value for each in stated if each.column == column and each.value is not None]
        listed = [("malformed", why_malformed(column, values))]
    if differs(case, amounts):
        listed.append(("charge_mismatch", why_mismatch(amounts)))
    if related.kind in TASK_FINDINGS and not counts and found.state != "malformed":
        listed.append((related.kind, TASKS[related.kind]))
    fits = offers(job.catalog, model, case.reading).found if is_judged and model else ()
    quotes, place = tuple(sorted((each.quote for each in fits), key=attrgetter("credits"))), row.plan.part.name
    return ExplainedRow(place, row.place, stated, in_credits(found), tuple(listed), quotes, broken, counts)


def _stated(job: Job, row: Again) -> Iterator[Stated]:
    """Yield what stands at each place of each column, and what it was read as."""
    values = read_whole(job.catalog, row.record)
    places = [(name, place) for name, column in row.shelf.layout.found.items() for place in column.names]
    for (name, place), text in zip(places, row.stated, strict=True):
        read = None if text is None or name == "task_id" else _read(name, values.get(name))
        yield Stated(name, place, text, None if read == text else read)
    if row.record.get(UNPARSED) is CONFLICT and row.place:
        for _, text in lines_of(job, row.plan, row.shelf.layout, {row.place}):
            yield Stated(UNPARSED, UNPARSED, text)


def _read(name: str, value: Any) -> str | None:  # noqa: ANN401 -- what a reader returns
    """Write what a value was read as."""
    match COLUMNS[name].kind:
        case _ if value is None or isinstance(value, bool):
            return None if value is None else str(value).lower()
        case "time":
            return str(moment(value)).replace("+00:00", "Z").replace(" ", "T")
        case "amount" | "refund" | "tier" if isinstance(value, int):
            return fraction(Fraction(value, MICROS))
        case _:
            return fraction(value) if isinstance(value, Fraction) else str(value)


def _entries(job: Job, task: str) -> Iterator[Entry]:
    listed = "kind, credits, entry_id, moment, account"
    own = f"SELECT {listed} FROM {job.name('entries')} WHERE task_id = {literal(task, job.engine.dialect)}"
    for kind, amount, entry, at, account in job.engine.rows(
        f"{own} ORDER BY moment NULLS FIRST, kind, credits, entry_id"
    ):
        yield Entry(kind, credits_of(amount), entry, moment(at), account)
