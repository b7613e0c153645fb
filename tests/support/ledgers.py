"""Logs beside ledgers, both as lines of CSV."""

from pathlib import Path

from pricing_rules import load_catalog
from pricing_rules.audit import AuditReport, audit

GPT = load_catalog("gptimage2api")


LOG = "taskId,model,status,numOutputs,createdAt"


ENTRIES = "task_id,kind,credits,entry_id,at"


def audited(folder: Path, log: str, entries: str, head: str = LOG, ledger_head: str = ENTRIES) -> AuditReport:
    """Audit the lines of a log beside the lines of a ledger."""
    (folder / "log.csv").write_text(f"{head}\n{log}")
    (folder / "ledger.csv").write_text(f"{ledger_head}\n{entries}")
    return audit(GPT, folder / "log.csv", ledger=folder / "ledger.csv")
