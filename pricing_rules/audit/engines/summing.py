"""The sums of an audit: each distinct row is judged once, and counts as often as it stands in the log."""

from collections.abc import Iterator
from functools import cached_property

from attrs import frozen

from pricing_rules.audit.engine import PAGE
from pricing_rules.audit.engines.distinct import alike
from pricing_rules.audit.engines.plan import Job, Shelf
from pricing_rules.audit.log.records import Row
from pricing_rules.audit.meaning.case import MOST, Case
from pricing_rules.audit.meaning.record import Amounts
from pricing_rules.audit.meaning.verdict import Verdict, verdict
from pricing_rules.audit.report.sums import Sum, Sums

FEW_DAYS = 20  # times as many groups by day as distinct rows are few

Counted = tuple[int | None, int, tuple[Sum, bool]]  # day, rows, what each adds up to, whether a ledger says otherwise


@frozen
class Judged:
    """A distinct row: its number, the columns of its group, case, amounts, what a join tells of it."""

    number: int
    row: Row
    case: Case
    amounts: Amounts
    told: Row

    @cached_property
    def verdict(self) -> Verdict:
        """Return the verdict on the row."""
        return verdict(self.case, self.amounts)

    @property
    def mismatch(self) -> int:
        """Return what the log says was charged beyond what a ledger says, in micros."""
        return differs(self.case, self.amounts)


def differs(case: Case, amounts: Amounts) -> int:
    """Return what a log says was charged beyond what a ledger says, in micros, on a row that is judged."""
    return 0 if case.filtered or case.reading.unreadable else amounts.mismatch


def summed(job: Job, sums: Sums) -> int:
    """Add up the rows of all groups; return how many were charged otherwise than a ledger says."""
    mismatches = 0
    for shelf in job.shelves:
        for day, rows, (one, is_mismatch) in (_counted if _are_few(job, shelf) else _streamed)(job, shelf, sums):
            sums.add(one, day, rows)
            mismatches += rows * is_mismatch
    return mismatches


def _are_few(job: Job, shelf: Shelf) -> bool:
    """Tell whether a shelf has so few distinct rows that all are judged before their days are counted."""
    if job.engine.rows(f"SELECT COUNT(*) FROM {shelf.daily}")[0][0] > MOST * FEW_DAYS:
        return False
    distinguish(job, shelf)
    return bool(job.engine.rows(f"SELECT COUNT(*) FROM {shelf.distinct}")[0][0] <= MOST)


def _counted(job: Job, shelf: Shelf, sums: Sums) -> Iterator[Counted]:
    """Judge each distinct row once; the engine counts by day the rows that add up to the same."""
    found: dict[tuple[Sum, bool], int] = {}
    each = ((row.number, (sums.one(row.case, row.amounts), row.mismatch != 0)) for row in judged(job, shelf))
    rows = ((number, found.setdefault(one, len(found))) for number, one in each)
    table = f"{shelf.distinct}_sums"
    job.engine.relation(table, {"gid": "BIGINT", "sum": "BIGINT"}, rows)
    joined = f"{shelf.daily} d JOIN {shelf.distinct} g ON {alike(shelf.layout.names, 'd', 'g')}"
    counted = (
        f"SELECT d.day, s.sum, CAST(SUM(d.n) AS BIGINT) FROM {joined} JOIN {table} s ON s.gid = g.gid GROUP BY 1, 2"
    )
    ones = tuple(found)
    yield from ((day, rows, ones[number]) for day, number, rows in job.engine.rows(counted))


def _streamed(job: Job, shelf: Shelf, sums: Sums) -> Iterator[Counted]:
    """Judge the groups as they come; where each has an amount of its own, to remember them takes longer."""
    known: dict[tuple[Case, Row], tuple[Sum, bool]] = {}
    for day, rows, case, amounts in _each(job, shelf):
        are_few = len(known) < PAGE
        found = known.get((case, amounts)) if are_few else None
        if found is None:
            charged = shelf.judge.charged(amounts)
            found = sums.one(case, charged), differs(case, charged) != 0
            if are_few:
                known[case, amounts] = found
        yield day, rows, found


def _each(job: Job, shelf: Shelf) -> Iterator[tuple[int | None, int, Case, Row]]:
    """Yield the day, the number of rows, the case and the amounts of each group; cases by number while they are few."""
    names, start = shelf.layout.names, shelf.layout.amounts
    others, own = names[:start], "".join(f", g.{name}" for name in names[start:])
    job.engine.numbered(shelf.cases, f"SELECT DISTINCT {', '.join(others)} FROM {shelf.daily}", 0)
    if job.engine.rows(f"SELECT COUNT(*) FROM {shelf.cases}")[0][0] > MOST:
        listed = ", ".join(f"g.{name}" for name in names)
        for page in job.engine.pages(shelf.daily, lambda rows: f"SELECT g.day, g.n, {listed} FROM {rows} g"):
            yield from ((row[0], row[1], shelf.judge.case(row[2 : start + 2]), row[start + 2 :]) for row in page)
        return
    cases = {row[0]: shelf.judge.case(row[1:]) for page in job.engine.pages(shelf.cases) for row in page}
    joined = f"g JOIN {shelf.cases} c ON {alike(others, 'g', 'c')}"
    for page in job.engine.pages(shelf.daily, lambda rows: f"SELECT g.day, g.n, c.gid{own} FROM {rows} {joined}"):
        yield from ((row[0], row[1], cases[row[2]], row[3:]) for row in page)


def judged(job: Job, shelf: Shelf, joined: str = "", told: tuple[str, ...] = ()) -> Iterator[Judged]:
    """Yield the distinct rows with their verdicts, those that a join leaves, `g`, with what it tells."""
    layout = shelf.layout
    listed, size = ", ".join(("g.gid", *(f"g.{name}" for name in layout.names), *told)), len(layout.names) + 1
    for page in job.engine.pages(shelf.distinct, lambda rows: f"SELECT {listed} FROM {rows} g {joined}"):
        for values in page:
            row = values[1:size]
            case, amounts = shelf.judge.case(row[: layout.amounts]), shelf.judge.charged(row[layout.amounts :])
            yield Judged(values[0], row, case, amounts, values[size:])


def distinguish(job: Job, *shelves: Shelf) -> None:
    """Give each distinct row of some shelves, or of all, a number, whatever the day, once."""
    for shelf in shelves or job.shelves:
        if shelf.distinct not in job.made:
            job.made.add(shelf.distinct)
            listed = ", ".join(shelf.layout.names)
            rows = f"SELECT {listed}, CAST(SUM(n) AS BIGINT) AS n FROM {shelf.daily} GROUP BY {listed}"
            job.engine.numbered(shelf.distinct, rows, shelf.start)


def unjudged(job: Job) -> str:
    """Keep the numbers of the distinct rows that are not judged, and which are filtered out; return the table."""
    distinguish(job)
    each = (row for shelf in job.shelves for row in judged(job, shelf) if row.verdict.state != "judged")
    rows = ((row.number, int(row.verdict.state == "filtered")) for row in each)
    job.engine.relation(job.name("unjudged"), {"gid": "BIGINT", "filtered": "BIGINT"}, rows)
    return job.name("unjudged")
