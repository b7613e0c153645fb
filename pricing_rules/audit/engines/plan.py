"""One part of a log, a file or a table, and the SQL that audits it."""

from collections.abc import Callable, Mapping
from fractions import Fraction

from attrs import frozen

from pricing_rules.audit.log.columns import Prepared, log_relation, prepared
from pricing_rules.audit.log.ledger import charged_by_ledger
from pricing_rules.audit.log.part import Part
from pricing_rules.audit.log.places import Objects, found_columns
from pricing_rules.audit.meaning.outcomes import UNPARSED
from pricing_rules.audit.meaning.values import Unreadable, multiplied
from pricing_rules.audit.options import Options
from pricing_rules.audit.report.report import NotChecked
from pricing_rules.audit.sql.tasks import without_history
from pricing_rules.audit.sql.text import Dialect, literal
from pricing_rules.audit.sql.verdict import Query, audit_query
from pricing_rules.catalog.columns import REQUESTED
from pricing_rules.catalog.records import Catalog
from pricing_rules.errors import UnusableLog
from pricing_rules.spelling import listed

MOST_MULTIPLIERS = 10_000


@frozen
class Plan:
    """A part and how it is audited."""

    part: Part
    rows: Prepared
    query: Query

    @property
    def told(self) -> frozenset[str]:
        """Return the canonical names of the columns that the part has."""
        return frozenset(self.rows.columns)


def plan(
    catalog: Catalog,
    part: Part,
    options: Options,
    dialect: Dialect,
    names: tuple[str, str],
    multipliers: Callable[[str], list[str]],
    tasks: str | None = None,
    ledger: str | None = None,
) -> Plan:
    """Plan the audit of a part.

    Args:
        catalog: the service's catalog.
        part: the file or table.
        options: of the audit.
        dialect: of the engine.
        names: of the relations of models and prices.
        multipliers: runs a query for the different custom multipliers of the part.
        tasks: relation of the tasks with several rows; then only the last row of a history is judged.
        ledger: relation of what a ledger says of each task; then the charge is what it says.

    Raises:
        UnusableLog: a needed column is missing, a named one, or one has a type that cannot hold it.
    """
    objects = Objects(dialect)
    found = found_columns(catalog, part, objects, chosen=options.columns, body=options.request_column)
    relation = objects.relation(part.relation)
    rows = prepared(catalog, found, dialect)
    problems = dict(rows.problems)
    if part.parsed:
        rows.values["u_parsed"] = part.parsed
        problems[UNPARSED] = "NOT u_parsed"
    customs = {"": Fraction(1)}
    if "custom_multiplier" in found:
        read = rows.values["u_custom_multiplier"]
        customs |= _customs(f"SELECT DISTINCT {read} FROM ({relation}) r", multipliers)
        rows.values["u_custom_multiplier"] = _by_number(read, customs, dialect)
        customs = {_number(factor): factor for factor in customs.values()}
        known = ", ".join(literal(text, dialect) for text in customs)
        problems["custom_multiplier"] = f"u_custom_multiplier NOT IN ({known})"
    log = log_relation(rows, relation)
    if ledger:
        rows, log, problems = charged_by_ledger(rows, relation, problems, ledger)
    query = audit_query(
        catalog, log, rows.columns, problems, customs, options.scope, dialect, names, _history(rows, tasks)
    )
    return Plan(part, rows, query)


def _customs(every: str, multipliers: Callable[[str], list[str]]) -> dict[str, Fraction]:
    """Return the custom multipliers that can be read, by their text in the log."""
    texts = multipliers(f"{every} LIMIT {MOST_MULTIPLIERS + 1}")
    if len(texts) > MOST_MULTIPLIERS:
        raise UnusableLog(f"the log has more than {MOST_MULTIPLIERS:,} different custom multipliers")
    found = {}
    for text in texts:
        try:
            found[text] = multiplied(text)
        except Unreadable:
            continue
    return found


def _by_number(read: str, customs: Mapping[str, Fraction], dialect: Dialect) -> str:
    """Write a custom multiplier so that the same factor is the same text, however the log spells it."""
    others = {text: _number(factor) for text, factor in customs.items() if text != _number(factor)}
    cases = " ".join(f"WHEN {literal(text, dialect)} THEN {literal(own, dialect)}" for text, own in others.items())
    return f"CASE {read} {cases} ELSE {read} END" if cases else read


def _number(factor: Fraction) -> str:
    return "" if factor == 1 else str(factor)


def _history(rows: Prepared, tasks: str | None) -> Callable[[str], str] | None:
    if tasks is None:
        return None
    names = [*rows.values, "edition"]
    if "refunded" in rows.columns:
        names += dict.fromkeys(("u_refunded", "u_refunds"))
    return lambda text: without_history(text, tasks, tuple(dict.fromkeys(names)))


def not_checked(catalog: Catalog, plans: tuple[Plan, ...], options: Options) -> tuple[NotChecked, ...]:
    """Return what the columns of a log do not let an audit check."""
    told = frozenset.intersection(*(each.told for each in plans))
    found: list[NotChecked] = []
    if "credits_used" not in told:
        found.append(NotChecked("charge", "no column tells the credits that were charged", needed=True))
    if "refunded" not in told:
        found.append(NotChecked("refunds", "no column tells what was refunded", needed=True))
    elif "refund_count" not in told and not any("u_refund_amount" in each.rows.values for each in plans):
        found.append(NotChecked("repeated_refunds", "a flag cannot show a refund that was paid twice"))
    absent = [name for name in REQUESTED if name in catalog.fields or name == "prompt_length" if name not in told]
    if absent:
        found.append(NotChecked("rules", f"no column tells {listed(absent, 'and')}"))
    if "created_at" not in told:
        found.append(NotChecked("editions", "no column tells when a task was accepted; any price that ever held fits"))
    if options.history and "updated_at" not in told:
        found.append(NotChecked("history", "no column tells when a row was last changed", needed=True))
    return tuple(found)
