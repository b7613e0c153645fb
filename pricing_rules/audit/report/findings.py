"""What a finding tells, and whoever keeps the findings of an audit."""

from collections.abc import Iterator, Mapping
from os import PathLike
from typing import Any, Protocol

FINDING = {
    "kind": "STRING", "task_id": "STRING", "model": "STRING", "account": "STRING", "status": "STRING",
    "created_at": "BIGINT", "charged": "BIGINT", "expected_low": "BIGINT", "expected_high": "BIGINT",
    "refunded": "BIGINT", "delta": "BIGINT", "detail": "STRING", "file": "STRING",
}  # fmt: skip
AMOUNTS = ("charged", "expected_low", "expected_high", "refunded", "delta")


class Findings(Protocol):
    """The findings of an audit, looked for when they are first asked for and then kept."""

    def listed(self, kind: str | None, limit: int | None) -> Iterator[dict[str, Any]]:
        """Yield findings of one kind or of all, the first ones in order where there is a limit."""

    def write(self, path: str | PathLike[str]) -> None:
        """Write all of them to a file, whole or not at all."""

    def accounts(self, most: int) -> list[tuple[str | None, int, int, int]]:
        """Return the first accounts by their rows with findings, with micros owed and lost; the rest as one, None."""

    def examples(self) -> Mapping[str, str]:
        """Return the least task id of each kind."""
