"""Billing audits: whether every charge matched the tariff and every failed task was refunded once.

Start reading at `meaning`, what an audit of one row is. `mapping` is what a log calls things, `log` reads files and
columns, `engines` judge many rows (`engine` is what they have in common, `store` what is kept of files), `evidence` is
what is told of each row, `report` is the answer, `suggestion` looks at a log that nobody has mapped, `rating` prices
logs anew, `sample` makes them up; `auditing` is the face. Import from here alone.
"""

from pricing_rules.audit.auditing import audit
from pricing_rules.audit.checking import check
from pricing_rules.audit.meaning.task import TaskVerdict, check_task
from pricing_rules.audit.rating.answer import Rating
from pricing_rules.audit.rating.face import rate
from pricing_rules.audit.report.explanation import Explanation
from pricing_rules.audit.report.findings import Finding
from pricing_rules.audit.report.report import AuditReport
from pricing_rules.audit.report.verdict import Verdict
from pricing_rules.audit.suggestion.records import Suggestion
from pricing_rules.audit.suggestion.suggesting import suggest

__all__ = [
    "AuditReport",
    "Explanation",
    "Finding",
    "Rating",
    "Suggestion",
    "TaskVerdict",
    "Verdict",
    "audit",
    "check",
    "check_task",
    "rate",
    "suggest",
]
