"""What an audit says of tasks with several rows."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from attrs import frozen


@frozen
class Tasks:
    """Tasks with several rows, by finding: rows beyond the first and their credits, shown apart.

    What these rows are out of balance, `owed` and `lost`, is no part of what a report says is owed and lost.
    """

    rows: Mapping[str, int] = {}
    charged: Mapping[str, Decimal] = {}
    owed: Decimal = Decimal(0)
    owed_rows: int = 0
    lost: Decimal = Decimal(0)
    lost_rows: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Return the rows beyond the first by finding, JSON-ready."""
        return {kind: {"rows": rows, "charged": f"{self.charged[kind]:f}"} for kind, rows in self.rows.items()}
