"""A finding: what it tells of a row and why, and whoever keeps the findings of an audit."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from os import PathLike
from typing import Any, Protocol

from attrs import asdict, frozen

from pricing_rules.audit.meaning.outcomes import FINDINGS
from pricing_rules.audit.meaning.values import EPOCH
from pricing_rules.audit.report.explanation import Explanation
from pricing_rules.audit.report.groups import credits_of
from pricing_rules.audit.report.statement import AccountStatement
from pricing_rules.errors import UnusableLog
from pricing_rules.spelling import brief, hint, shown

FINDING = {
    "kind": "STRING", "why": "STRING", "task_id": "STRING", "file": "STRING", "row": "BIGINT", "model": "STRING",
    "account": "STRING", "status": "STRING", "created_at": "BIGINT", "mode": "STRING", "duration": "STRING",
    "resolution": "STRING", "outputs": "STRING", "references": "BIGINT", "custom_multiplier": "STRING",
    "charged": "BIGINT", "expected_low": "BIGINT", "expected_high": "BIGINT", "refunded": "BIGINT", "delta": "BIGINT",
    "basis": "STRING", "source": "STRING", "rules": "STRING", "column": "STRING", "value": "STRING",
    "entry_id": "STRING",
}  # fmt: skip
AMOUNTS = ("charged", "expected_low", "expected_high", "refunded", "delta")


@frozen(repr=False)
class Finding:
    """One thing that an audit found about a row of a log or an entry of a ledger; None is what it does not tell.

    Attributes:
        kind: such as overcharged.
        why: one sentence.
        task_id: id of the task.
        file: name of the file or table.
        row: its place among the rows of the file, from 1 on, where the format gives one.
        model: as the log has it.
        account: whose credits were charged.
        status: the task's state in the service's word.
        created_at: when the task was accepted, in UTC.
        mode: of the request.
        duration: length asked for, in seconds.
        resolution: size class asked for.
        outputs: results asked for.
        references: how many reference images the request had.
        custom_multiplier: factor of the log's owner.
        charged: credits.
        expected_low: least credits that it could have cost.
        expected_high: most.
        refunded: credits.
        delta: credits against the customer, below 0 against the service.
        basis: whether the expectation is printed in a document or rests on a reading.
        source: document and heading of the expectation; for a reading also its reason.
        rules: ids of the broken rules, with a space between.
        column: of a malformed row, the column that cannot be read; `line` is the whole.
        value: of a malformed row, what stands there, at most 200 characters.
        entry_id: of a ledger's entry.
    """

    kind: str
    why: str
    task_id: str | None
    file: str | None
    row: int | None
    model: str | None
    account: str | None
    status: str | None
    created_at: datetime | None
    mode: str | None
    duration: str | None
    resolution: str | None
    outputs: str | None
    references: int | None
    custom_multiplier: str | None
    charged: Decimal | None
    expected_low: Decimal | None
    expected_high: Decimal | None
    refunded: Decimal | None
    delta: Decimal | None
    basis: str | None
    source: str | None
    rules: str | None
    column: str | None
    value: str | None
    entry_id: str | None

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 -- of any column
        """Return what a column tells, as a row of a file would."""
        return getattr(self, name)

    def __repr__(self) -> str:
        return brief(self, "kind", "task_id", "charged", "expected_low", "delta")

    def as_dict(self) -> dict[str, Any]:
        """Return it JSON-ready: amounts as exact decimal text, the time as ISO text."""
        return {name: _plain(value) for name, value in asdict(self).items()}


def finding_of(row: tuple[Any, ...]) -> Finding:
    """Return a finding from a row of an engine, in micros and UTC microseconds."""
    told = dict(zip(FINDING, row, strict=True))
    told |= {name: None if told[name] is None else credits_of(int(told[name])) for name in AMOUNTS}
    return Finding(**{**told, "created_at": moment(told["created_at"])})


def moment(micros: int | None) -> datetime | None:
    """Return UTC microseconds as an instant."""
    return None if micros is None else EPOCH + timedelta(microseconds=micros)


def _plain(value: object) -> object:
    match value:
        case Decimal():
            return f"{value:f}"
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case _:
            return value


def check_wanted(kind: object, limit: object) -> None:
    """Check what findings are asked for.

    Raises:
        TypeError: the kind is no text, or the limit no whole number.
        UnusableLog: there is no such kind, or the limit is negative.
    """
    if kind is not None and not isinstance(kind, str):
        raise TypeError(f"kind is the name of a finding such as 'overcharged', not {shown(kind)}")
    if kind is not None and kind not in FINDINGS:
        raise UnusableLog(f"there is no finding {shown(kind)}.{hint(kind, FINDINGS)} There are {', '.join(FINDINGS)}")
    if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int)):
        raise TypeError(f"limit is a whole number of findings, not {shown(limit)}")
    if limit is not None and limit < 0:
        raise UnusableLog(f"limit is a number of findings, 0 or more, not {shown(limit)}")


class Findings(Protocol):
    """The findings of an audit, looked for when they are first asked for and then kept."""

    def listed(self, kind: str | None, limit: int | None) -> Iterator[Finding]:
        """Yield findings of one kind or of all, the first ones in order where there is a limit."""

    def write(self, path: str | PathLike[str]) -> None:
        """Write all of them to a file, whole or not at all."""

    def accounts(self, most: int) -> list[tuple[str | None, int, int, int, int]]:
        """Return the first accounts by their rows with findings, the rest as one, None.

        Beside these rows: micros owed and lost, and the rows whose status is not known.
        """

    def kinds(self) -> list[tuple[str, int, int | None, int, str | None]]:
        """Return how many findings each kind has, micros of delta and charge, and the least id of a task or entry."""

    def largest(self, kind: str, most: int) -> list[Finding]:
        """Return the findings of a kind with the largest deltas, then by task; file and row are left out."""

    def explained(self, task: str) -> Explanation:
        """Explain how the rows of a task were judged."""

    def statements(self) -> Iterator[AccountStatement]:
        """Yield the statement of each account."""

    def daily(self) -> list[tuple[str, int | None, int]]:
        """Return how many findings of each kind each day has, the day as UTC microseconds."""
