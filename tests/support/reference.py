"""What an audit must say of records: the reference applied to each row, its verdicts added up one by one."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from pricing_rules import Catalog
from pricing_rules.audit import AuditReport
from pricing_rules.audit.meaning.case import Scope
from pricing_rules.audit.meaning.outcomes import CHARGE_FINDINGS, Record
from pricing_rules.audit.meaning.record import read
from pricing_rules.audit.meaning.values import EPOCH
from pricing_rules.audit.meaning.verdict import Verdict, check
from support.identities import told

TOLD = (
    "kind", "task_id", "model", "account", "status", "created_at", "charged", "expected_low", "expected_high",
    "refunded", "delta", "rules", "column",
)  # fmt: skip
Finding = tuple[Any, ...]


def differences(catalog: Catalog, records: list[Record], report: AuditReport, **scope: Any) -> list[str]:
    """Return in what a report on records of different tasks is not the sum of their verdicts."""
    rows = [(record, check(catalog, record, Scope(**scope))) for record in records]
    pairs = {name: (found, wanted) for name, found, wanted in _figures(catalog, rows, report)}
    found = Counter(tuple(row[name] for name in TOLD) for row in told(report))
    wanted = Counter(each for record, verdict in rows for each in _findings(catalog, record, verdict))
    different = [f"{name}: {found}, not {wanted}" for name, (found, wanted) in pairs.items() if found != wanted]
    different += [f"found {finding}" for finding in (found - wanted)][:3]
    return different + [f"missed {finding}" for finding in (wanted - found)][:3]


def _figures(
    catalog: Catalog, rows: list[tuple[Record, Verdict]], report: AuditReport
) -> Iterable[tuple[str, Any, Any]]:
    judged = [(record, verdict) for record, verdict in rows if verdict.state == "judged"]
    verdicts = [verdict for _, verdict in judged]
    yield "rows_read", report.rows_read, len(rows)
    yield "malformed", report.malformed, _reasons(rows, "malformed")
    yield "filtered", report.filtered, _reasons(rows, "filtered")
    yield "counts", report.counts, Counter(kind for _, verdict in rows for kind in verdict.kinds)
    yield "outcomes", report.outcomes, Counter(each for v in verdicts for each in (v.charge, v.refund))
    nets = [_net(verdict) for verdict in verdicts]
    yield "owed", report.owed_to_customers, _side(nets, 1)
    yield "lost", report.lost_by_service, _side(nets, -1)
    given = sum(verdict.refund == "pending" and bool(verdict.refunded) for verdict in verdicts)
    yield "pending_refunds", report.pending_refunds, given
    sums = {day: (money.rows, money.charged, money.refunded) for day, money in report.by_day.items()}
    yield "by_day", sums, _sums(judged, lambda record, _: _day(catalog, record))
    models = {model: (money.rows, money.charged, money.refunded) for model, money in report.by_model.items()}
    known = lambda record, verdict: None if verdict.charge == "unknown_model" else _text(catalog, record, "model")  # noqa: E731
    yield "by_model", models, _sums(judged, known)
    for name, money in report.totals.items():
        own = [verdict for verdict in verdicts if name in ("all", _part(verdict))]
        deltas = sum(verdict.charge_delta or 0 for verdict in own)
        refunds = sum(verdict.refund_delta for verdict in own)
        yield name, (money.rows, money.difference), (len(own), _credits(deltas))
        yield f"{name}: refunds", money.refund_difference, _credits(refunds)
        if name in ("documented", "inferred", "possible", "beyond"):
            low, high = (sum(getattr(verdict, side) for verdict in own) for side in ("low", "high"))
            yield f"{name}: expected", (money.low, money.high), (_credits(low), _credits(high))
    yield "flat", report.flat_charges[1], sum(verdict.flat for verdict in verdicts)
    yield (
        "by_account",
        [(each.account, each.rows, each.owed, each.lost) for each in report.by_account],
        _accounts(catalog, judged),
    )


def _part(verdict: Verdict) -> str:
    match verdict.charge:
        case "exact" | "overcharged" | "undercharged" if verdict.low == verdict.high:
            return "inferred" if verdict.inferred else "documented"
        case "overcharged" | "undercharged":
            return "beyond"
        case "possible":
            return "possible"
        case "charge_not_checked":
            return "not_checked"
        case _:
            return "no_price"


def _net(verdict: Verdict) -> int:
    """Return what a row is out of balance, in micros, as AUDIT.md has it."""
    charged, refunded = verdict.charged, verdict.refunded or 0
    if charged is None or verdict.task not in ("completed", "failed"):
        return 0
    if verdict.task == "failed":
        return charged - refunded if verdict.refunded is not None else 0
    sure = verdict.charge in ("exact", "overcharged", "undercharged") and verdict.low == verdict.high
    return charged - verdict.low - refunded if sure else -refunded


def _side(nets: list[int], side: int) -> tuple[Decimal, int]:
    found = [abs(net) for net in nets if net * side > 0]
    return _credits(sum(found)), len(found)


def _sums(judged: list[tuple[Record, Verdict]], key: Any) -> dict[Any, tuple[int, Decimal, Decimal]]:
    found: dict[Any, list[int]] = {}
    for record, verdict in judged:
        sums = found.setdefault(key(record, verdict), [0, 0, 0])
        for place, value in enumerate((1, verdict.charged or 0, verdict.refunded or 0)):
            sums[place] += value
    return {name: (rows, _credits(charged), _credits(refunded)) for name, (rows, charged, refunded) in found.items()}


def _accounts(catalog: Catalog, judged: list[tuple[Record, Verdict]]) -> list[tuple[str, int, Decimal, Decimal]]:
    if not any("account" in record for record, _ in judged):
        return []
    found: dict[str, list[int]] = {}
    for record, verdict in judged:
        if verdict.kinds:
            sums, net = found.setdefault(_text(catalog, record, "account") or "", [0, 0, 0]), _net(verdict)
            sums[0] += 1
            sums[1] += max(net, 0)
            sums[2] += max(-net, 0)
    listed = [(name, rows, _credits(owed), _credits(lost)) for name, (rows, owed, lost) in found.items()]
    return sorted(listed, key=lambda each: (-each[1], each[0]))


def _reasons(rows: list[tuple[Record, Verdict]], state: str) -> dict[str | None, int]:
    return Counter(verdict.reason for _, verdict in rows if verdict.state == state)


def _findings(catalog: Catalog, record: Record, verdict: Verdict) -> Iterable[Finding]:
    own = (_text(catalog, record, name) for name in ("task_id", "model", "account", "status"))
    task, model, account, status = own
    for kind in verdict.kinds:
        if kind == "malformed":
            yield (kind, task, model, account, status, None, *[None] * 5, None, verdict.reason)
            continue
        is_charge, is_refund = kind in CHARGE_FINDINGS, kind == verdict.refund and kind != "unknown_status"
        expected = (verdict.low, verdict.high) if is_charge else (None, None)
        delta = verdict.charge_delta if is_charge else verdict.refund_delta if is_refund else None
        rules = " ".join(verdict.rules) if kind == "invalid_request" else None
        amounts = (verdict.charged, *expected, verdict.refunded, delta)
        created = read(catalog, record).values.get("created_at")
        moment = None if created is None else EPOCH + timedelta(microseconds=created)
        yield (kind, task, model, account, status, moment, *map(_credits, amounts), rules, None)


def _text(catalog: Catalog, record: Record, name: str) -> str | None:
    value = read(catalog, record).values.get(name)
    return None if value is None else str(value)


def _day(catalog: Catalog, record: Record) -> str | None:
    created = read(catalog, record).values.get("created_at")
    return None if created is None else (EPOCH + timedelta(microseconds=created)).date().isoformat()


def _credits(micros: int | None) -> Decimal | None:
    return None if micros is None else Decimal(micros) / 1_000_000
