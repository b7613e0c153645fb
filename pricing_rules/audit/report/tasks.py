"""What an audit says of tasks with several rows."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from attrs import frozen

from pricing_rules.audit.report.groups import credits_of


@frozen
class Tasks:
    """Tasks with several rows, by finding: rows beyond the first and their credits, shown apart.

    What these rows are out of balance, `owed` and `lost`, is no part of what a report says is owed and lost.
    """

    rows: Mapping[str, int] = {}
    charged: Mapping[str, Decimal] = {}
    examples: Mapping[str, str] = {}
    owed: Decimal = Decimal(0)
    owed_rows: int = 0
    lost: Decimal = Decimal(0)
    lost_rows: int = 0


def tasks_of(rows: Iterable[tuple[Any, ...]]) -> Tasks:
    """Return tasks by rows of a finding each: kind, number, one task, charges, owed, rows of it, lost, rows of it."""
    each = {kind: (example, [int(total or 0) for total in (number, *sums)]) for kind, number, example, *sums in rows}
    owed, owed_rows, lost, lost_rows = (sum(sums[place] for _, sums in each.values()) for place in range(2, 6))
    return Tasks(
        {kind: sums[0] for kind, (_, sums) in each.items()},
        {kind: credits_of(sums[1]) for kind, (_, sums) in each.items()},
        {kind: example for kind, (example, _) in each.items()},
        credits_of(owed),
        owed_rows,
        credits_of(lost),
        lost_rows,
    )
