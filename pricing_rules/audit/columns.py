"""Which columns of a log tell what, and the SQL that reads them into one row of whole numbers and text."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from attrs import frozen

from pricing_rules.audit.expressions import (
    WrongType,
    count,
    custom,
    flag,
    instant,
    items,
    micros,
    refund_amount,
    refund_flag,
    text,
)
from pricing_rules.audit.families import Raw, raw
from pricing_rules.audit.record import AFTER, FIRST
from pricing_rules.catalog import Catalog
from pricing_rules.errors import UnusableLog
from pricing_rules.spelling import hint, listed, shown
from pricing_rules.targets.sql_text import Dialect, identifier, literal
from pricing_rules.usage import (
    COLUMNS,
    MAX_COUNT,
    MAX_CREDITS,
    MICROS,
    STATES,
    Source,
    body_sources,
    is_numeric,
    sources,
)


@frozen
class Found:
    """A column of a usage record in a log: where it stands, one or several times."""

    name: str
    places: tuple[tuple[Raw, Source], ...]


def found_columns(
    catalog: Catalog,
    types: Mapping[str, str],
    dialect: Dialect,
    *,
    chosen: Mapping[str, str] | None = None,
    body: str | None = None,
    nested: Mapping[str, Mapping[str, str]] | None = None,
) -> dict[str, Found]:
    """Return the columns that a log has, by canonical name.

    Args:
        catalog: the service's catalog.
        types: type of each column of the log, as its engine calls it.
        dialect: of the engine.
        chosen: columns of the log that the caller names for ours; then no other place counts.
        body: column with the raw request bodies, as JSON text.
        nested: types of the fields of columns that are objects.

    Raises:
        UnusableLog: a needed column is missing, or a named one.
    """
    wanted = {**sources(catalog)}
    for name, column in (chosen or {}).items():
        _known(name, COLUMNS, "column of a usage record")
        _known(column, types, "column in the log")
        wanted[name] = (Source((column,)),)
    if body is not None:
        _known(body, types, "column in the log")
        told = body_sources(catalog)
        own = {name: (Source((body, *place.keys), place.measure),) for name, place in told.items()}
        wanted |= {name: (*(wanted[name] if name == "model" else ()), *places) for name, places in own.items()}
    columns = {
        name: Found(name, tuple(_places(places, types, dialect, nested or {}))) for name, places in wanted.items()
    }
    for name in (column.name for column in COLUMNS.values() if column.needed):
        if not columns[name].places:
            asked = " or ".join(shown(".".join(place.keys)) for place in wanted[name])
            near = hint(name, types) or hint(wanted[name][-1].keys[0], types)
            raise UnusableLog(
                f"the log has no column {asked}, which tells the {name}.{near} It has {listed(types, 'and')}"
            )
    return {name: column for name, column in columns.items() if column.places}


def _known(name: str, known: Mapping[str, object], what: str) -> None:
    if name not in known:
        raise UnusableLog(f"there is no {what} {shown(name)}.{hint(name, known)}")


def _places(
    wanted: tuple[Source, ...], types: Mapping[str, str], dialect: Dialect, nested: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[Raw, Source]]:
    for source in wanted:
        outer, *inner = source.keys
        if outer in types:
            value = _value(
                raw(f"r.{identifier(outer, dialect)}", types[outer]), tuple(inner), dialect, nested.get(outer, {})
            )
            if value:
                yield value, source


def _value(outer: Raw, inner: tuple[str, ...], dialect: Dialect, fields: Mapping[str, str]) -> Raw | None:
    """Return the value at further keys of a column: a field of an object, or a path in JSON text."""
    if not inner:
        return outer
    if outer.family == "object":
        name = ".".join(inner)
        path = ".".join((outer.expression, *(identifier(key, dialect) for key in inner)))
        return raw(path, fields[name]) if name in fields else None
    if outer.family == "text":
        path = literal("$" + "".join(dialect.key.format(key) for key in inner), dialect)
        return Raw(dialect.nested.format(outer.expression, path), "text", type=outer.type)
    return None


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
        cases = [(word, state) for word, state in states.items() if word.isdigit() and str(int(word)) == word]
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
            return [f"u_{part} < 0 OR u_{part} > {most[part]}" for part in parts]
        case "time":
            return [f"u_{name} < {FIRST}", f"u_{name} >= {AFTER}"]
        case "count" if name == "refund_count":
            return [f"u_{name} < 0", f"u_{name} > {MAX_COUNT}"]
        case "tier" if is_numeric(catalog, name):
            return [f"u_{name} < 0"]
        case _:
            return []
