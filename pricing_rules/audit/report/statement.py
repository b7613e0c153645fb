"""The statement of one account: its charges by model, refunds, differences and, with a ledger, its balances."""

import re
from decimal import Decimal
from hashlib import sha256
from typing import Any

from attrs import frozen

from pricing_rules.spelling import brief

LONGEST = 40  # characters of an account in the name of a file
SUMS = ("charged", "expected_low", "expected_high", "difference", "refunded", "refund_difference")


@frozen
class Line:
    """What an account was charged for a model, in credits; None is the model of rows whose model is not known.

    Whether a refund was due on `rows_not_known`, whose status is not known, cannot be told.
    """

    model: str | None
    rows: int
    charged: Decimal
    expected_low: Decimal
    expected_high: Decimal
    difference: Decimal
    refunded: Decimal
    refund_difference: Decimal
    findings: int
    rows_not_known: int = 0


@frozen
class Balance:
    """The balance of an account by its ledger: opening + granted - debited + refunded is closing."""

    opening: Decimal
    granted: Decimal
    debited: Decimal
    refunded: Decimal
    closing: Decimal


@frozen(repr=False)
class AccountStatement:
    """What an account was charged, and what of it was not as it should be; amounts are credits.

    Attributes:
        account: its id; empty for rows without one.
        lines: by model.
        owed: to the account.
        lost: by the service.
        malformed: rows that could not be read.
        extra: rows beyond the first of a task, which are in no sum.
        balance: by the ledger; None without one.
    """

    account: str
    lines: tuple[Line, ...]
    owed: Decimal
    lost: Decimal
    malformed: int = 0
    extra: int = 0
    balance: Balance | None = None

    def __repr__(self) -> str:
        return brief(self, "account", "owed", "lost", "rows_not_known")

    @property
    def name(self) -> str:
        """Return the name of its files without their ending: readable, and one for each account."""
        plain = re.sub(r"[^A-Za-z0-9_-]+", "-", self.account)[:LONGEST].strip("-") or "no-account"
        return f"{plain}-{sha256(self.account.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"

    @property
    def rows_not_known(self) -> int:
        """Count the rows whose status is not known, of which nothing is said that is owed."""
        return int(self.total("rows_not_known"))

    def total(self, figure: str) -> Any:  # noqa: ANN401 -- a Decimal or a number of rows
        """Add up a figure of its lines."""
        return sum((getattr(line, figure) for line in self.lines), Decimal(0))

    @property
    def sum(self) -> Line:
        """Return the sum of its lines."""
        sums = {name: self.total(name) for name in SUMS}
        rows, findings = int(self.total("rows")), int(self.total("findings"))
        return Line("total", rows, **sums, findings=findings, rows_not_known=self.rows_not_known)
