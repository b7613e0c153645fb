"""What other programs call the columns and words of a usage log or a ledger; only ever suggested."""

import re
from collections.abc import Mapping

from pricing_rules.spelling import misspelt

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "task_id": ("job", "jobid", "order", "orderid", "task", "request", "requestid", "generation", "generationid"),
    "model": ("engine", "modelid", "modelname", "generator"),
    "status": ("state", "result", "outcome", "taskstatus", "jobstatus"),
    "credits_used": ("price", "credits", "cost", "charge", "charged", "amount", "billed", "debited", "creditscharged"),
    "service": ("provider", "vendor", "platform"),
    "created_at": ("created", "started", "startedat", "submitted", "submittedat", "timestamp", "time", "date", "day"),
    "updated_at": ("updated", "finished", "finishedat", "completed", "ended", "endedat", "modified", "changed"),
    "credits_refunded": ("refund", "refunded", "refundamount", "creditsback", "returned"),
    "refund_count": ("refunds", "refundtimes", "timesrefunded"),
    "mode": ("kind", "type", "inputmode", "tasktype", "workflow"),
    "duration": ("seconds", "secs", "length", "durationseconds", "videolength"),
    "resolution": ("size", "quality", "definition"),
    "outputs": ("images", "numimages", "imagecount", "results", "samples", "quantity", "count"),
    "audio": ("sound", "withaudio", "hasaudio"),
    "references": ("referenceimages", "inputimages", "refs", "numreferences"),
    "aspect_ratio": ("aspect", "ratio", "format", "shape"),
    "prompt_length": ("promptchars", "promptlen", "promptsize"),
    "account": ("customer", "customerid", "user", "userid", "tenant", "client", "team", "organization", "accountid"),
    "custom_multiplier": ("multiplier", "factor", "markup", "margin"),
    "endpoint": ("path", "route", "api"),
}  # fmt: skip
LEDGER: Mapping[str, tuple[str, ...]] = {
    "task_id": ("job", "jobid", "order", "orderid", "request", "requestid", "task", "taskid", "reference"),
    "kind": ("type", "entrytype", "direction", "operation", "reason"),
    "credits": ("amount", "value", "price", "cost"),
    "entry_id": ("entry", "id", "transaction", "transactionid", "uuid", "number"),
    "at": ("time", "timestamp", "date", "created", "createdat", "booked", "bookedat"),
    "account": ("customer", "customerid", "user", "userid", "tenant", "client", "team", "organization", "accountid"),
}
KINDS: Mapping[str, str] = {
    **dict.fromkeys(("charge", "consume", "consumption", "debit", "spend", "usage", "use"), "debit"),
    **dict.fromkeys(("refund", "refunded", "return", "reversal"), "refund"),
    **dict.fromkeys(("allowance", "bonus", "deposit", "grant", "purchase", "subscription", "topup"), "grant"),
}
NULLS = (r"\N", "NULL", "null", "None", "NaN", "nan", "NaT", "<NA>", "N/A", "n/a", "nil")
EXACT, PART = 3, 2


def plain(name: str) -> str:
    """Return the letters and digits of a name, all small."""
    return re.sub("[^a-z0-9]", "", name.lower())


def alike(name: str, wanted: str, known: tuple[str, ...]) -> int:
    """Tell how much a column's name looks like one of ours: 3 where other programs call it so, 2 in part, else 0."""
    own, ours = plain(name), (plain(wanted), *known)
    if own in ours:
        return EXACT
    parts = {plain(part) for part in re.findall("[A-Z]?[a-z0-9]+|[A-Z]+", name)}
    return PART if parts & set(ours) or misspelt(own, ours) else 0
