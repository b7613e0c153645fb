"""The sums of an audit: each distinct row is judged once, and counts as often as it stands in the log."""

from collections.abc import Iterator

from attrs import frozen

from pricing_rules.audit.engines.distinct import alike
from pricing_rules.audit.engines.plan import Job, Shelf
from pricing_rules.audit.log.records import Row
from pricing_rules.audit.meaning.case import MOST, Case
from pricing_rules.audit.meaning.record import Amounts
from pricing_rules.audit.meaning.verdict import Verdict, verdict
from pricing_rules.audit.report.sums import Sum, Sums


@frozen
class Judged:
    """A distinct row with its verdict: its number, the columns of its group, case, amounts, what a join tells of it."""

    number: int
    row: Row
    case: Case
    amounts: Amounts
    verdict: Verdict
    told: Row

    @property
    def mismatch(self) -> int:
        """Return what the log says was charged beyond what a ledger says, in micros."""
        return differs(self.case, self.amounts)


def differs(case: Case, amounts: Amounts) -> int:
    """Return what a log says was charged beyond what a ledger says, in micros, on a row that is judged."""
    return 0 if case.filtered or case.reading.unreadable else amounts.mismatch


def summed(job: Job, sums: Sums) -> int:
    """Add up the rows of all groups; return how many were charged otherwise than a ledger says."""
    return sum(_summed(job, shelf, sums) for shelf in job.shelves)


def _summed(job: Job, shelf: Shelf, sums: Sums) -> int:
    known: dict[tuple[Case, Row], tuple[Sum, bool]] = {}
    mismatches = 0
    for day, rows, case, amounts in _each(job, shelf):
        are_few = len(known) < MOST  # where each row has an amount of its own, to remember them takes longer
        found = known.get((case, amounts)) if are_few else None
        if found is None:
            charged = shelf.judge.charged(amounts)
            found = sums.one(case, charged), differs(case, charged) != 0
            if are_few:
                known[case, amounts] = found
        sums.add(found[0], day, rows)
        mismatches += rows * found[1]
    return mismatches


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
    listed, size = ", ".join(("g.*", *told)), len(shelf.layout.names) + 1
    for page in job.engine.pages(shelf.distinct, lambda rows: f"SELECT {listed} FROM {rows} g {joined}"):
        for values in page:
            row = values[1:size]
            case, amounts = (
                shelf.judge.case(row[: shelf.layout.amounts]),
                shelf.judge.charged(row[shelf.layout.amounts :]),
            )
            yield Judged(values[0], row, case, amounts, verdict(case, amounts), values[size:])


def distinguish(job: Job) -> None:
    """Give each distinct row a number, whatever the day, once."""
    for shelf in job.shelves:
        if shelf.distinct in job.made:
            continue
        job.made.add(shelf.distinct)
        listed = ", ".join(shelf.layout.names)
        job.engine.numbered(shelf.distinct, f"SELECT DISTINCT {listed} FROM {shelf.daily}", shelf.start)


def unjudged(job: Job) -> str:
    """Keep the numbers of the distinct rows that are not judged, and which are filtered out; return the table."""
    distinguish(job)
    each = (row for shelf in job.shelves for row in judged(job, shelf) if row.verdict.state != "judged")
    rows = ((row.number, int(row.verdict.state == "filtered")) for row in each)
    job.engine.relation(job.name("unjudged"), {"gid": "BIGINT", "filtered": "BIGINT"}, rows)
    return job.name("unjudged")
