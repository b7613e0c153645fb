"""What an audit can find about a row: every outcome of a charge, of a refund and of a row as a whole."""

from collections.abc import Mapping
from typing import Literal, get_args

from pricing_rules.catalog.columns import COLUMNS

Record = Mapping[str, object]

Charge = Literal[  # those that are no finding first
    "charge_not_checked", "uncharged_failure", "exact", "possible",
    "unknown_model", "unpriced", "overcharged", "undercharged", "off_tariff",
]  # fmt: skip
Refund = Literal[
    "refund_not_checked", "pending", "settled",
    "unknown_status", "refund_without_failure", "missing_refund", "repeated_refund", "wrong_refund",
]  # fmt: skip
Unpriced = Literal["tier", "outputs", "before_first_price"]
Filter = Literal["service", "undated", "since", "until", "account", "history"]
TaskKind = Literal["single", "history", "duplicate_task", "conflicting_task"]
CHARGES: tuple[Charge, ...] = get_args(Charge)
REFUNDS: tuple[Refund, ...] = get_args(Refund)
CHARGE_FINDINGS, REFUND_FINDINGS = CHARGES[4:], REFUNDS[3:]
LEDGER_FINDINGS = (
    "charge_mismatch", "repeated_debit", "debit_without_task", "refund_without_task", "refund_without_debit",
    "refund_before_debit", "duplicate_entry",
)  # fmt: skip
TASK_FINDINGS = ("duplicate_task", "conflicting_task")
FINDINGS = (*CHARGE_FINDINGS, *REFUND_FINDINGS, "invalid_request", "malformed", *TASK_FINDINGS, *LEDGER_FINDINGS)
UNPARSED = "line"  # why a row is malformed; else the name of a column
MALFORMED = (UNPARSED, *COLUMNS)
