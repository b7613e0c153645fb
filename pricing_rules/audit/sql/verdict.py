"""The verdict of an audit in SQL: one text for every engine, over the rows of a log and the relations of a catalog.

The row `p` is what was read (`u_` and the column's name; amounts in micros), `m` its model and `t` the price set that
its columns leave. The meaning is that of `audit.row`.
"""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from attrs import frozen

from pricing_rules.audit.meaning.outcomes import (
    CHARGES,
    COMPLETED,
    FAILED,
    FILTERED,
    FILTERS,
    MALFORMED,
    PENDING,
    REFUNDS,
    Charge,
    Refund,
)
from pricing_rules.audit.sql.relations import Relation, models, tariff
from pricing_rules.audit.sql.rules import RuleText, rule_text
from pricing_rules.audit.sql.tariff import instants, tariff_columns
from pricing_rules.audit.sql.text import Dialect, literal
from pricing_rules.catalog.columns import MICROS, is_numeric
from pricing_rules.catalog.records import Catalog

DAY = 86_400 * MICROS


@frozen
class Scope:
    """What of a log is judged: UTC microseconds from `since` to before `until`, one account, and the service's name."""

    since: int | None = None
    until: int | None = None
    account: str | None = None
    service: str | None = None


@frozen
class Query:
    """The text of an audit over one part of a log.

    Attributes:
        rows: a row for each row of the part, with the reason why it is not judged, 0 where it is.
        verdicts: the same rows, judged.
        models: the relation of models, called `models` in the text.
        tariff: the relation of prices, called `tariff`.
        rules: id of the rule of each bit in `rules`.
    """

    rows: str
    verdicts: str
    models: Relation
    tariff: Relation
    rules: tuple[str, ...]


def charge_code(outcome: Charge) -> int:
    """Return the number of an outcome of a charge; findings come last."""
    return CHARGES.index(outcome) + 1


def refund_code(outcome: Refund) -> int:
    """Return the number of an outcome of a refund; findings come last."""
    return REFUNDS.index(outcome) + 1


FIRST_CHARGE_FINDING = charge_code("unknown_model")
FIRST_REFUND_FINDING = refund_code("unknown_status")


def audit_query(
    catalog: Catalog,
    log: str,
    columns: Iterable[str],
    problems: Mapping[str, str],
    customs: Mapping[str, Fraction],
    scope: Scope,
    dialect: Dialect,
    names: tuple[str, str] = ("models", "tariff"),
    history: Callable[[str], str] | None = None,
) -> Query:
    """Write the verdicts on a log.

    Args:
        catalog: the service's catalog.
        log: SQL of a relation with the values that were read.
        columns: canonical names of the columns that the log has.
        problems: by column, when a row cannot be read.
        customs: the custom multipliers in the log, by their text.
        scope: what is judged.
        dialect: of the engine.
        names: what the relations of models and of prices are called.
        history: leaves out the rows that a later one of their task supersedes.
    """
    told = frozenset(columns)
    rules = rule_text(catalog, told, dialect)
    keys = tariff_columns(told, dated=bool(instants(catalog)))
    reason = _reason(catalog, told, problems, scope, dialect)
    edition = _edition(catalog) if "edition" in keys else "-1"
    rows = f"SELECT l.*, {edition} AS edition, {reason} AS reason FROM ({log}) l"
    rows = history(rows) if history else rows
    faults = "".join(f", {text} AS {name}" for name, text in rules.faults.items())
    joined = (
        f"SELECT p.*, m.number, m.first_edition, m.least_outputs, m.most_outputs, {_limits(rules)}"
        f"t.low, t.high, t.traits, t.flat, t.choices{faults} "
        f"FROM ({rows}) p LEFT JOIN {names[0]} m ON m.model = p.u_model "
        f"LEFT JOIN {names[1]} t ON {_tariff_join(catalog, keys)}"
    )
    judged = (
        f"SELECT j.*, {_mask(rules)} AS rules, {_charge(told)} AS charge, {_refund(told)} AS refund FROM ({joined}) j"
    )
    verdicts = f"SELECT v.*, {_net(told)} AS net, {_flagged()} AS flagged FROM ({judged}) v"
    return Query(rows, verdicts, models(catalog, rules), tariff(catalog, keys, customs), rules.names)


def _limits(rules: RuleText) -> str:
    used = [name for name in rules.limits if any(f"m.{name}" in text for text in rules.across)]
    return "".join(f"m.{name} AS {name}, " for name in used)


def _mask(rules: RuleText) -> str:
    across = (text.replace("p.u_", "j.u_").replace("m.limit_", "j.limit_") for text in rules.across)
    terms = [*rules.faults, *across]
    return f"CASE WHEN reason = 0 THEN {' + '.join(terms)} ELSE 0 END" if terms else "0"


def _reason(catalog: Catalog, told: frozenset[str], problems: Mapping[str, str], scope: Scope, dialect: Dialect) -> str:
    """Write why a row is not judged, 0 where it is: the first column that cannot be read, then the scope."""
    cases = [(problems[name], MALFORMED.index(name) + 1) for name in MALFORMED if name in problems]
    wanted = {
        "service": f"u_service <> {literal(scope.service or catalog.id, dialect)}" if "service" in told else None,
        "undated": _undated(told, scope),
        "since": f"u_created_at < {scope.since}" if scope.since is not None and "created_at" in told else None,
        "until": f"u_created_at >= {scope.until}" if scope.until is not None and "created_at" in told else None,
        "account": _elsewhere(told, scope, dialect),
    }
    cases += [(text, FILTERED + FILTERS.index(name)) for name, text in wanted.items() if text]
    written = " ".join(f"WHEN {text} THEN {code}" for text, code in cases)
    return f"CASE {written} ELSE 0 END"


def _undated(told: frozenset[str], scope: Scope) -> str | None:
    if scope.since is None and scope.until is None:
        return None
    return "u_created_at IS NULL" if "created_at" in told else "1 = 1"


def _elsewhere(told: frozenset[str], scope: Scope, dialect: Dialect) -> str | None:
    if scope.account is None:
        return None
    account = literal(scope.account, dialect)
    return f"u_account IS NULL OR u_account <> {account}" if "account" in told else "1 = 1"


def _edition(catalog: Catalog) -> str:
    starts = " ".join(f"WHEN u_created_at < {start} THEN {index}" for index, start in enumerate(instants(catalog)))
    return f"CASE WHEN u_created_at IS NULL THEN -1 {starts} ELSE {len(instants(catalog))} END"


def _tariff_join(catalog: Catalog, keys: tuple[str, ...]) -> str:
    terms = ["t.model = m.number"]
    for key in keys[1:]:
        numeric = is_numeric(catalog, key)
        absent = "-1" if numeric else "''"
        terms.append("t.edition = p.edition" if key == "edition" else f"t.{key} = COALESCE(p.u_{key}, {absent})")
    return " AND ".join(terms)


def _charge(told: frozenset[str]) -> str:
    unknown = f"WHEN number IS NULL THEN {charge_code('unknown_model')}"
    if "credits_used" not in told:
        return f"CASE {unknown} ELSE {charge_code('charge_not_checked')} END"
    listed = "POSITION(CONCAT(',', CAST(u_credits_used AS STRING), ',') IN choices) > 0"
    return (
        f"CASE {unknown} "
        f"WHEN u_status = {FAILED} AND u_credits_used = 0 THEN {charge_code('uncharged_failure')} "
        f"WHEN low IS NULL THEN {charge_code('unpriced')} "
        f"WHEN u_credits_used = low AND u_credits_used = high THEN {charge_code('exact')} "
        f"WHEN u_credits_used > high THEN {charge_code('overcharged')} "
        f"WHEN u_credits_used < low THEN {charge_code('undercharged')} "
        f"WHEN {listed} THEN {charge_code('possible')} ELSE {charge_code('off_tariff')} END"
    )


def _refund(told: frozenset[str]) -> str:
    opening = (
        f"CASE WHEN u_status = 0 THEN {refund_code('unknown_status')} "
        f"WHEN u_status = {PENDING} THEN {refund_code('pending')} "
    )
    if "refunded" not in told:
        return f"{opening} ELSE {refund_code('refund_not_checked')} END"
    once = "u_refunded = u_credits_used AND (u_refunded = 0 OR COALESCE(u_refunds, 0) <= 1)"
    counted = "u_refunds > 1 AND u_refunded >= u_credits_used"
    multiple = "u_refunds IS NULL AND u_refunded > u_credits_used AND u_refunded % NULLIF(u_credits_used, 0) = 0"
    return (
        f"{opening}"
        f"WHEN u_status = {COMPLETED} AND u_refunded = 0 THEN {refund_code('settled')} "
        f"WHEN u_status = {COMPLETED} THEN {refund_code('refund_without_failure')} "
        f"WHEN {once} THEN {refund_code('settled')} "
        f"WHEN u_credits_used > 0 AND u_refunded = 0 THEN {refund_code('missing_refund')} "
        f"WHEN u_credits_used > 0 AND (({counted}) OR ({multiple})) THEN {refund_code('repeated_refund')} "
        f"ELSE {refund_code('wrong_refund')} END"
    )


def _flagged() -> str:
    """Write whether a row that is judged has a finding."""
    found = f"charge >= {FIRST_CHARGE_FINDING} OR refund >= {FIRST_REFUND_FINDING} OR rules <> 0"
    return f"CASE WHEN reason = 0 AND ({found}) THEN 1 ELSE 0 END"


def _net(told: frozenset[str]) -> str:
    """Write what a row is out of balance: micros, positive against the customer.

    A completed row with one price is to cost it; a failed one, and one without a price, is only to be refunded right.
    """
    if "credits_used" not in told:
        return "0"
    refunded = "u_refunded" if "refunded" in told else "0"
    failed = f"WHEN u_status = {FAILED} THEN u_credits_used - u_refunded " if "refunded" in told else ""
    return (
        f"CASE WHEN reason <> 0 OR (charge = {charge_code('exact')} AND refund = {refund_code('settled')}) THEN 0 "
        f"WHEN u_status = {COMPLETED} AND low = high THEN u_credits_used - high - {refunded} {failed}"
        f"WHEN u_status = {COMPLETED} THEN - {refunded} ELSE 0 END"
    )
