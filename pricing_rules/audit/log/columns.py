"""The SQL that reads the columns of a log into one row of whole numbers and text."""

from collections.abc import Mapping
from itertools import combinations

from attrs import frozen

from pricing_rules.audit.log.expressions import (
    WrongType,
    count,
    count_or_items,
    custom,
    flag,
    instant,
    items,
    micros,
    refund_amount,
    refund_flag,
    text,
)
from pricing_rules.audit.log.places import Found
from pricing_rules.audit.log.types import Raw
from pricing_rules.audit.meaning.outcomes import STATES
from pricing_rules.audit.meaning.record import AFTER, FIRST
from pricing_rules.audit.sql.text import Dialect, literal
from pricing_rules.catalog.columns import COLUMNS, MAX_COUNT, MAX_CREDITS, MEASURES, MICROS, Source, is_numeric
from pricing_rules.catalog.records import Catalog
from pricing_rules.errors import UnusableLog


@frozen
class Prepared:
    """A row of a log in SQL.

    Attributes:
        values: expression of each value, by name: `u_` and the column's name, among others.
        problems: for each column in order, the condition under which a row cannot be read.
        columns: canonical names of the columns that the log has.
    """

    values: dict[str, str]
    problems: dict[str, str]
    columns: tuple[str, ...]


def prepared(catalog: Catalog, columns: Mapping[str, Found], dialect: Dialect) -> Prepared:
    """Write how the columns of a log are read."""
    values: dict[str, str] = {}
    problems: dict[str, str] = {}
    for name in COLUMNS:
        if name in columns:
            try:
                read = _read(catalog, columns[name], dialect)
            except WrongType as wrong:
                raise UnusableLog(f"{name}: {wrong}") from None
            values |= {f"u_{part}": _first(each) for part, each in read.items()}
            differ = [f"{one} <> {other}" for each in read.values() for one, other in combinations(each, 2)]
            differ += dict.fromkeys(place.broken for place, _ in columns[name].places if place.broken)
            if name == "status":
                values["u_status_text"] = _first([text(place) for place, _ in columns[name].places])
            if differ:
                values[f"u_conflict_{name}"] = f"CASE WHEN {' OR '.join(differ)} THEN 1 ELSE 0 END"
            conflicts = [f"u_conflict_{name} = 1"] if differ else []
            problems[name] = " OR ".join(conflicts + _impossible(catalog, name, tuple(read)))
    told = [*columns]
    if "credits_used" in columns and ("credits_refunded" in columns or "refund_count" in columns):
        told.append("refunded")
        values |= {"u_refunds": "CAST(NULL AS BIGINT)"} if "refund_count" not in columns else {}
    return Prepared(values, {name: text for name, text in problems.items() if text}, tuple(told))


def log_relation(rows: Prepared, relation: str) -> str:
    """Write the relation of what was read: values first, then the refund that they make."""
    read = ", ".join(f"{text} AS {name}" for name, text in rows.values.items())
    inner = f"SELECT {read} FROM ({relation}) r"
    if "refunded" not in rows.columns:
        return inner
    counted = (
        f"CASE WHEN u_refund_count BETWEEN 0 AND {MAX_COUNT} AND u_credits_used <= {MAX_CREDITS * MICROS} "
        "THEN u_refund_count * u_credits_used END"
    )
    stated = ["u_refund_amount"] * ("u_refund_amount" in rows.values) + [counted] * ("u_refund_count" in rows.values)
    flagged = ["CASE WHEN u_refund_flag = 1 THEN u_credits_used END"] * ("u_refund_flag" in rows.values)
    refunds = ", u_refund_count AS u_refunds" if "u_refund_count" in rows.values else ""
    return f"SELECT q.*, COALESCE({', '.join([*stated, *flagged, '0'])}) AS u_refunded{refunds} FROM ({inner}) q"


def _first(expressions: list[str]) -> str:
    return expressions[0] if len(expressions) == 1 else f"COALESCE({', '.join(expressions)})"


def _read(catalog: Catalog, column: Found, dialect: Dialect) -> dict[str, list[str]]:
    """Return the expressions of each place of a column; a refund has two, one as a flag and one as an amount."""
    if COLUMNS[column.name].kind != "refund":
        return {column.name: [_expression(catalog, column.name, *place, dialect) for place in column.places]}
    flags = [flag(value) if source.measure == "flag" else refund_flag(value) for value, source in column.places]
    amounts = [refund_amount(value, dialect) for value, source in column.places if source.measure != "flag"]
    found = {"refund_flag": [each for each in flags if each], "refund_amount": [each for each in amounts if each]}
    return {part: each for part, each in found.items() if each}


def _expression(catalog: Catalog, name: str, value: Raw, source: Source, dialect: Dialect) -> str:
    if source.measure == "items":
        return items(value, dialect)
    if source.measure == "characters":
        return f"LENGTH({text(value)})"
    match COLUMNS[name].kind:
        case "amount":
            return micros(value, dialect)
        case "time":
            return instant(value, dialect)
        case "count" if MEASURES.get(name) == "items":
            return count_or_items(value, dialect)
        case "count":
            return count(value, dialect)
        case "tier" if is_numeric(catalog, name):
            return micros(value, dialect)
        case _ if name == "custom_multiplier":
            return custom(value, dialect)
        case _ if name == "status":
            return _state(catalog, value, dialect)
        case _:
            return text(value)


def _state(catalog: Catalog, value: Raw, dialect: Dialect) -> str:
    """Write the number of a task's state, 0 where the status says none; a whole number is compared by value."""
    states = {word: STATES.index(state) for word, state in catalog.tasks.states.items()}
    if value.family == "whole":
        cases = [
            (word, state)
            for word, state in states.items()
            if word.isascii() and word.isdigit() and str(int(word)) == word
        ]
        return _cases(value.expression, cases)
    return _cases(text(value), [(literal(word, dialect), state) for word, state in states.items()])


def _cases(value: str, cases: list[tuple[str, int]]) -> str:
    listed_cases = " ".join(f"WHEN {word} THEN {state}" for word, state in cases)
    return f"CASE {value} {listed_cases} ELSE 0 END" if cases else "0"


def _impossible(catalog: Catalog, name: str, parts: tuple[str, ...]) -> list[str]:
    """Return when a value that was read is none that the column can have."""
    match COLUMNS[name].kind:
        case _ if name == "task_id":
            return ["u_task_id IS NULL"]
        case "amount":
            return [f"u_{name} IS NULL", f"u_{name} < 0", f"u_{name} > {MAX_CREDITS * MICROS}"]
        case "refund":
            most = {"refund_flag": 1, "refund_amount": MAX_CREDITS * MICROS}
            differ = ["(u_refund_flag = 0) = (u_refund_amount > 0)"] if len(parts) > 1 else []
            return [*(f"u_{part} < 0 OR u_{part} > {most[part]}" for part in parts), *differ]
        case "time":
            return [f"u_{name} < {FIRST}", f"u_{name} >= {AFTER}"]
        case "count" if name == "refund_count":
            return [f"u_{name} < 0", f"u_{name} > {MAX_COUNT}"]
        case "tier" if is_numeric(catalog, name):
            return [f"u_{name} < 0"]
        case _:
            return []
