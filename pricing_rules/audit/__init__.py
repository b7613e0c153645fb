"""Billing audits: whether every charge matched the tariff and every failed task was refunded once."""

from pricing_rules.audit.auditing import audit
from pricing_rules.audit.report import AuditReport
from pricing_rules.audit.row import TaskVerdict, Verdict, check, check_task

__all__ = ["AuditReport", "TaskVerdict", "Verdict", "audit", "check", "check_task"]
