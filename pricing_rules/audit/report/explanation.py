"""How an audit came to judge a task: what stood in the log, what it could have cost, which rules decided."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from attrs import asdict, frozen

from pricing_rules.answers import Quote, Violation, html_table, written
from pricing_rules.audit.meaning.outcomes import TaskKind
from pricing_rules.audit.report.verdict import Verdict
from pricing_rules.audit.report.words import REFUNDS, SETTLED
from pricing_rules.request.receipt import receipt, table
from pricing_rules.serialization import as_dict
from pricing_rules.spelling import brief, printable

MOST_PRICES = 20  # of a row that leaves several open
ROWS = {
    "single": "The log has one row of it.",
    "history": "Its rows tell how it went on; none contradicts another.",
    "duplicate_task": "Its rows say the same; one of them counts.",
    "conflicting_task": "Its rows contradict each other; the one with the largest charge counts.",
}


@frozen
class Stated:
    """What a log says of one column at one place.

    Attributes:
        column: by our name.
        place: the keys that lead there in the log.
        value: the text that stands there, at most 200 characters; None where there is nothing.
        read: what it was read as, where that is written otherwise.
    """

    column: str
    place: str
    value: str | None
    read: str | None = None


@frozen
class Entry:
    """An entry of a ledger about a task."""

    kind: str
    credits: Decimal
    entry_id: str | None
    at: datetime | None
    account: str | None


@frozen(repr=False)
class ExplainedRow:
    """A row of a task and how it was judged.

    Attributes:
        file: name of the file or table.
        row: its place among the rows of the file, from 1 on, where the format gives one.
        stated: what stands in it.
        verdict: what the audit says of it.
        findings: the kinds of its findings, those of its task too, each with why.
        quotes: every price that it could have had.
        violations: what its request broke.
        counts: whether it is the row of its task that counts.
    """

    file: str
    row: int | None
    stated: tuple[Stated, ...]
    verdict: Verdict
    findings: tuple[tuple[str, str], ...]
    quotes: tuple[Quote, ...]
    violations: tuple[Violation, ...]
    counts: bool

    def __repr__(self) -> str:
        kinds = tuple(kind for kind, _ in self.findings)
        place = "" if self.row is None else f" row {self.row:,}"
        return f"ExplainedRow({self.file[:60]!r}{place}, {self.verdict.state}, findings={kinds[:3]})"

    @property
    def refund_rule(self) -> str | None:
        """Return in a sentence what decided the outcome of the refund."""
        if self.verdict.refund == "settled":
            return SETTLED[self.verdict.task == "failed"]
        return REFUNDS[self.verdict.refund] if self.verdict.refund else None


@frozen(repr=False)
class Explanation:
    """How an audit came to judge a task.

    Attributes:
        service: id of the service.
        catalog_version: ISO date of the catalog.
        task_id: id of the task.
        task: what its rows are to each other.
        rows: in the order of the log.
        entries: of a ledger, in the order of their times.
    """

    service: str
    catalog_version: str
    task_id: str
    task: TaskKind
    rows: tuple[ExplainedRow, ...]
    entries: tuple[Entry, ...] = ()

    def __repr__(self) -> str:
        return brief(self, "service", "task_id", "task")

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def _repr_html_(self) -> str:
        each = (stated for row in self.rows for stated in row.stated)
        cells = ((one.column, one.place, one.value or "", one.read or "") for one in each)
        return html_table(f"Task {self.task_id} at {self.service}", ("column", "place", "value", "read as"), cells)

    def lines(self, width: int = 80) -> Iterator[str]:
        """Yield it as lines of text for people; what stands in a log is escaped."""
        yield f"Task {printable(self.task_id)} at {self.service}, by the catalog of {self.catalog_version}"
        yield ROWS[self.task]
        for row in self.rows:
            yield ""
            yield from _row(row, width)
        if self.entries:
            yield ""
            yield "Ledger"
            yield from _grid([_entry(entry) for entry in self.entries])

    def as_dict(self) -> dict[str, Any]:
        """Return it JSON-ready; amounts are exact decimal text in credits."""
        entries = (
            {**asdict(each), "credits": f"{each.credits:f}", "at": _iso(each.at) or None} for each in self.entries
        )
        return {
            "service": self.service,
            "catalog_version": self.catalog_version,
            "task_id": self.task_id,
            "task": self.task,
            "rows": [_document(row) for row in self.rows],
            "entries": list(entries),
        }


def _entry(entry: Entry) -> tuple[str, ...]:
    return entry.kind, written(entry.credits), _iso(entry.at), entry.entry_id or "", entry.account or ""


def _row(row: ExplainedRow, width: int) -> Iterator[str]:
    place = "" if row.row is None else f", row {row.row:,}"
    yield f"{printable(row.file)}{place}{'' if row.counts else ' (not the row that counts)'}"
    yield from _grid([_cells(each) for each in row.stated])
    yield ""
    yield from _judged(row)
    if len(row.quotes) == 1:
        yield ""
        yield from (f"  {line}".rstrip() for line in receipt(row.quotes[0], width=width).rstrip("\n").split("\n"))
    elif row.quotes:
        yield ""
        yield f"  It could have cost any of {len(row.quotes):,} prices:"
        yield from (f"    {line}" for line in str(table(row.quotes[:MOST_PRICES])).split("\n"))
        if len(row.quotes) > MOST_PRICES:
            yield f"    and {len(row.quotes) - MOST_PRICES:,} more; --json lists them all"


def _cells(stated: Stated) -> tuple[str, ...]:
    value = "nothing" if stated.value is None else repr(stated.value)
    return stated.column, stated.place, value, stated.read or ""


def _judged(row: ExplainedRow) -> Iterator[str]:
    """Yield the verdict on a row: the charge, the refund, the rules, and why it has its findings."""
    found = row.verdict
    if found.state != "judged":
        yield f"  {found.state}: {found.reason}"
    else:
        yield f"  charge: {found.charge}{_expected(found)}"
        refunded = "" if found.refunded is None else f", refunded {written(found.refunded)}"
        yield f"  refund: {found.refund}{refunded}: {row.refund_rule}"
    for fault in row.violations:
        limit = "" if fault.limit is None else f", allowed is {_limit(fault.limit)}"
        yield f"  rule: {fault.rule} at {fault.path}{limit} ({fault.basis}: {fault.source})"
    yield from (f"  finding: {kind}: {why}" for kind, why in row.findings)
    if not row.findings and found.state == "judged":
        yield "  no finding"


def _expected(found: Verdict) -> str:
    charged = "" if found.charged is None else f", charged {written(found.charged)}"
    if found.low is None or found.high is None:
        return charged
    expected = written(found.low) if found.low == found.high else f"{written(found.low)} to {written(found.high)}"
    return f"{charged}, expected {expected}"


def _limit(limit: object) -> str:
    return ", ".join(map(str, limit)) if isinstance(limit, tuple) else str(limit)


def _grid(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows of text in columns; what they hold is made safe."""
    safe = [[printable(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*safe, strict=True)] if safe else []
    for row in safe:
        yield "  " + "  ".join(cell.ljust(size) for cell, size in zip(row, widths, strict=True)).rstrip()


def _iso(instant: datetime | None) -> str:
    return "" if instant is None else instant.isoformat().replace("+00:00", "Z")


def _document(row: ExplainedRow) -> dict[str, Any]:
    return {
        "file": row.file,
        "row": row.row,
        "counts": row.counts,
        "stated": [asdict(each) for each in row.stated],
        "verdict": row.verdict.as_dict(),
        "refund_rule": row.refund_rule,
        "findings": [{"kind": kind, "why": why} for kind, why in row.findings],
        "quotes": [as_dict(quote) for quote in row.quotes],
        "violations": [as_dict(fault) for fault in row.violations],
    }
