"""What an audit tells of its verdicts, in SQL: sums that can be added up, findings, and the rows of repeated tasks."""

from pricing_rules.audit.meaning.outcomes import CHARGE_FINDINGS, FAILED, FILTERED, MALFORMED, REFUND_FINDINGS
from pricing_rules.audit.sql.tariff import SEVERAL
from pricing_rules.audit.sql.text import Dialect, literal
from pricing_rules.audit.sql.verdict import (
    DAY,
    FIRST_CHARGE_FINDING,
    FIRST_REFUND_FINDING,
    charge_code,
    refund_code,
)

REFUND, TASK, TRAITS, FLAT, GIVEN, BALANCE, REASON = 16, 256, 1_024, 8_192, 16_384, 32_768, 131_072  # of a code's parts
OWED, LOST = 1, 2  # the parts of a code's balance
INVALID = "invalid_request"
KEYS = ("model", "day", "code", "rules")
SUMS = ("rows_read", "charged", "low", "high", "refunded")
FINDING = {
    "kind": "STRING", "task_id": "STRING", "model": "STRING", "account": "STRING", "status": "STRING",
    "created_at": "BIGINT", "charged": "BIGINT", "expected_low": "BIGINT", "expected_high": "BIGINT",
    "refunded": "BIGINT", "delta": "BIGINT", "detail": "STRING",
}  # fmt: skip


def summary(verdicts: str, told: frozenset[str], dialect: Dialect) -> str:
    """Write the sums of verdicts by model, day, code, rules, and for rows with findings by account.

    The sums of rows that are not judged mean nothing.
    """
    charged, refunded = _given("credits_used", told), _given("refunded", told)
    day = f"u_created_at - u_created_at % {DAY}" if "created_at" in told else "CAST(-1 AS BIGINT)"
    account = "CASE WHEN flagged = 1 THEN COALESCE(u_account, '') ELSE '' END" if "account" in told else "''"
    values = {
        "model": "number",
        "day": day,
        "code": _code(told),
        "rules": "rules",
        "account": account,
        "charged": charged,
        "low": "low",
        "high": "high",
        "refunded": refunded,
        "example": f"CASE WHEN flagged = 1 OR (reason > 0 AND reason < {FILTERED}) THEN u_task_id END",
    }
    rows = f"SELECT {', '.join(f'{text} AS {name}' for name, text in values.items())} FROM ({verdicts}) w"
    sums = ", ".join(_sum(name, name, dialect) for name in ("charged", "low", "high", "refunded"))
    keys = "model, day, code, rules, account"
    counted = "COUNT(*) AS rows_read"
    return f"SELECT {keys}, {counted}, {sums}, MIN(example) AS example FROM ({rows}) s GROUP BY {keys}"


def merged(summaries: str, dialect: Dialect) -> str:
    """Write the sums of several summaries, whatever the account."""
    sums = ", ".join(_sum(name, name, dialect) for name in SUMS)
    return f"SELECT {', '.join(KEYS)}, {sums}, MIN(example) AS example FROM {summaries} GROUP BY {', '.join(KEYS)}"


def by_account(summaries: str, extra: str | None, dialect: Dialect) -> str:
    """Write by account the rows with findings, and the amounts that they owe and lost, most rows first.

    Args:
        summaries: relation of the sums.
        extra: SQL of the rows of repeated tasks, with what is not to be counted; None where they are not looked for.
        dialect: of the engine.
    """
    balance, failed = f"(code % {REASON} - code % {BALANCE})", f"code % {TRAITS} >= {FAILED * TASK}"
    priced = ", ".join(str(charge_code(name)) for name in ("exact", "overcharged", "undercharged"))
    one = f"code % {REFUND} IN ({priced}) AND code % {TRAITS * SEVERAL * 2} < {TRAITS * SEVERAL}"
    net = f"CASE WHEN {failed} THEN charged - refunded WHEN {one} THEN charged - refunded - high ELSE - refunded END"
    owed, lost = (
        f"CASE WHEN {balance} = {side * BALANCE} THEN {net} ELSE 0 END AS {name}"
        for side, name in ((OWED, "owed"), (LOST, "lost"))
    )
    rows = f"SELECT account, rows_read, {owed}, {lost} FROM {summaries} WHERE {_flagged_code()}"
    every = f"{rows} UNION ALL {extra}" if extra else rows
    sums = ", ".join(_sum(name, name, dialect) for name in ("rows_read", "owed", "lost"))
    return f"SELECT account, {sums} FROM ({every}) y GROUP BY account ORDER BY rows_read DESC, account"


def _flagged_code() -> str:
    charge, refund = "code % 16", f"(code % {TASK} - code % 16)"
    found = f"{charge} >= {FIRST_CHARGE_FINDING} OR {refund} >= {FIRST_REFUND_FINDING * REFUND} OR rules <> 0"
    return f"code < {REASON} AND ({found})"


def _given(name: str, told: frozenset[str]) -> str:
    return f"u_{name}" if name in told else "0"


def _sum(value: str, name: str, dialect: Dialect) -> str:
    return f"{dialect.total.format(value)} AS {name}"


def _code(told: frozenset[str]) -> str:
    flat = f" + CASE WHEN u_credits_used = flat THEN {FLAT} ELSE 0 END" if "credits_used" in told else ""
    pending = f"refund = {refund_code('pending')} AND u_refunded > 0"
    given = f" + CASE WHEN {pending} THEN {GIVEN} ELSE 0 END" if "refunded" in told else ""
    balance = f"CASE WHEN net = 0 THEN 0 WHEN net > 0 THEN {OWED * BALANCE} ELSE {LOST * BALANCE} END"
    judged = f"charge + refund * {REFUND} + u_status * {TASK} + COALESCE(traits, 0) * {TRAITS} + {balance}{flat}{given}"
    return f"CASE WHEN reason = 0 THEN {judged} ELSE reason * {REASON} END"


def findings(verdicts: str, told: frozenset[str], rules: tuple[str, ...], dialect: Dialect, kind: str | None) -> str:
    """Write one row for each finding of the verdicts, of one kind or of all."""
    slots = {
        "malformed": f"reason > 0 AND reason < {FILTERED}",
        "charge": f"reason = 0 AND charge >= {FIRST_CHARGE_FINDING}",
        "refund": f"reason = 0 AND refund >= {FIRST_REFUND_FINDING}",
        "request": "reason = 0 AND rules <> 0",
    }
    wanted = " OR ".join(f"({text})" for text in slots.values())
    chosen = " OR ".join(f"(slot = {index} AND {text})" for index, text in enumerate(slots.values()))
    each = " UNION ALL ".join(f"SELECT {index} AS slot" for index in range(len(slots)))
    only = f"SELECT * FROM ({verdicts}) w WHERE {wanted}"
    rows = f"SELECT {_finding(told, rules, dialect)} FROM ({only}) f CROSS JOIN ({each}) e WHERE {chosen}"
    return f"SELECT * FROM ({rows}) k WHERE kind = {literal(kind, dialect)}" if kind else rows


def _finding(told: frozenset[str], rules: tuple[str, ...], dialect: Dialect) -> str:
    charge = _named("charge", {charge_code(name): name for name in CHARGE_FINDINGS})
    refund = _named("refund", {refund_code(name): name for name in REFUND_FINDINGS})
    judged = "reason = 0 AND"
    values = {
        "kind": f"CASE slot WHEN 0 THEN 'malformed' WHEN 1 THEN {charge} WHEN 2 THEN {refund} ELSE '{INVALID}' END",
        "task_id": "u_task_id",
        "model": "u_model",
        "account": "u_account" if "account" in told else None,
        "status": "u_status_text",
        "created_at": "CASE WHEN reason = 0 THEN u_created_at END" if "created_at" in told else None,
        "charged": "CASE WHEN reason = 0 THEN u_credits_used END" if "credits_used" in told else None,
        "expected_low": f"CASE WHEN {judged} slot = 1 THEN low END",
        "expected_high": f"CASE WHEN {judged} slot = 1 THEN high END",
        "refunded": "CASE WHEN reason = 0 THEN u_refunded END" if "refunded" in told else None,
        "delta": f"CASE slot WHEN 1 THEN {_charge_delta(told)} WHEN 2 THEN {_refund_delta(told)} END",
        "detail": _detail(told, rules, dialect),
    }
    return ", ".join(f"CAST({text or 'NULL'} AS {FINDING[name]}) AS {name}" for name, text in values.items())


def _named(code: str, names: dict[int, str]) -> str:
    cases = " ".join(f"WHEN {number} THEN '{name}'" for number, name in names.items())
    return f"CASE {code} {cases} END"


def _charge_delta(told: frozenset[str]) -> str:
    if "credits_used" not in told:
        return "NULL"
    over, under = charge_code("overcharged"), charge_code("undercharged")
    return f"CASE charge WHEN {over} THEN u_credits_used - high WHEN {under} THEN u_credits_used - low END"


def _refund_delta(told: frozenset[str]) -> str:
    if "refunded" not in told:
        return "NULL"
    unasked, unknown = refund_code("refund_without_failure"), refund_code("unknown_status")
    return f"CASE refund WHEN {unknown} THEN NULL WHEN {unasked} THEN - u_refunded ELSE u_credits_used - u_refunded END"


def _detail(told: frozenset[str], rules: tuple[str, ...], dialect: Dialect) -> str:
    reasons = _named("reason", dict(enumerate(MALFORMED, 1)))
    masks = {rule: sum(1 << bit for bit, other in enumerate(rules) if other == rule) for rule in rules}
    broken = ", ".join(
        f"CASE WHEN (rules & {mask}) <> 0 THEN {literal(rule, dialect)} END" for rule, mask in masks.items()
    )
    listed = f"CONCAT_WS(' ', {broken})" if broken else "NULL"
    outputs = "WHEN u_outputs < least_outputs OR u_outputs > most_outputs OR u_outputs % 1000000 <> 0 THEN 'outputs' "
    edition = "WHEN edition >= 0 AND edition < first_edition THEN 'before_first_price' "
    why = f"CASE {edition}{outputs if 'outputs' in told else ''}WHEN 1 = 1 THEN 'tier' END"
    unpriced = f"CASE WHEN charge = {charge_code('unpriced')} THEN {why} END"
    return f"CASE slot WHEN 0 THEN {reasons} WHEN 1 THEN {unpriced} WHEN 3 THEN {listed} END"
