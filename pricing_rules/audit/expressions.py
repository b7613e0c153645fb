"""How the values of a log are read in SQL, by the rules of `values`: NULL is none, -1 is what cannot be read."""

from typing import Never

from pricing_rules.audit.families import Raw
from pricing_rules.audit.values import (
    LARGEST,
    MILLISECONDS_BELOW,
    MOMENT,
    NUMBER,
    SECONDS,
    SECONDS_BELOW,
)
from pricing_rules.targets.sql_text import Dialect, literal
from pricing_rules.usage import MICROS

PLACES = 6  # of an amount
EXACT = 10**9  # up to here, a double has room for an amount in millionths
MILLION = f"CAST({MICROS} AS DOUBLE)"
DAY = 86_400 * MICROS


class WrongType(ValueError):
    """A column of the log has a type that cannot hold what it should tell."""


def _wrong(raw: Raw, what: str) -> Never:
    raise WrongType(f"a column of type {raw.type} cannot hold {what}")


def text(raw: Raw) -> str:
    """Write how text is read; a whole number is its digits."""
    value = raw.expression
    match raw.family:
        case "text":
            return f"NULLIF({value}, '')"
        case "flag":
            return f"CASE WHEN {value} THEN 'true' WHEN NOT {value} THEN 'false' END"
        case "double" | "decimal":
            whole = (
                f"ABS({value}) < {LARGEST} AND FLOOR({value}) = {value} THEN CAST(CAST({value} AS BIGINT) AS STRING)"
            )
            return f"CASE WHEN {whole} ELSE CAST({value} AS STRING) END"
        case "whole" | "moment" | "nanos" | "zoned" | "day":
            return f"CAST({value} AS STRING)"
        case _:
            _wrong(raw, "text")


def micros(raw: Raw, dialect: Dialect) -> str:
    """Write how a number is read, in millionths."""
    value = raw.expression
    match raw.family:
        case "whole":
            read = f"WHEN {value} >= 0 AND {value} < {LARGEST} THEN CAST({value} AS BIGINT) * {MICROS}"
        case "double":
            near = f"CAST(ROUND({value} * {MILLION}) AS BIGINT)"
            exact = f"CASE WHEN {near} / {MILLION} = {value} THEN {near} ELSE -1 END"
            read = f"WHEN {value} >= 0 AND {value} < {LARGEST} THEN {exact}"
        case "decimal":
            read = _decimal(raw)
        case "text":
            number = f"CAST(CAST({value} AS DECIMAL(38, 6)) * {MICROS} AS BIGINT)"
            read = f"WHEN {value} = '' THEN NULL WHEN {_matches(value, NUMBER, dialect)} THEN {number}"
        case _:
            _wrong(raw, "a number")
    return f"CASE WHEN {value} IS NULL THEN NULL {read} ELSE -1 END"


def _decimal(raw: Raw) -> str:
    value = raw.expression
    rounded = f"CAST({value} AS DECIMAL(38, 6))"
    fine = f" AND {rounded} = {value}" if raw.places > PLACES else ""
    quick = f"CAST(ROUND(CAST({value} AS DOUBLE) * {MILLION}) AS BIGINT)"
    exact = f"CAST({rounded} * {MICROS} AS BIGINT)"
    small = f"WHEN {value} >= 0 AND {value} <= {EXACT} THEN {quick} " if raw.places <= PLACES else ""
    return f"{small}WHEN {value} >= 0 AND {value} < {LARGEST}{fine} THEN {exact}"


def count(raw: Raw, dialect: Dialect) -> str:
    """Write how a whole number from 0 on is read."""
    if raw.family == "whole":
        value = raw.expression
        read = f"WHEN {value} >= 0 AND {value} < {LARGEST} THEN CAST({value} AS BIGINT)"
        return f"CASE WHEN {value} IS NULL THEN NULL {read} ELSE -1 END"
    number = micros(raw, dialect)
    whole = f"CAST(ROUND({number} / {MILLION}) AS BIGINT)"
    return f"CASE WHEN {number} % {MICROS} = 0 THEN {whole} WHEN {number} IS NOT NULL THEN -1 END"


def items(raw: Raw, dialect: Dialect) -> str:
    """Write how many items a list has, or a text that is a JSON array."""
    value = raw.expression
    match raw.family:
        case "list":
            return dialect.size.format(value)
        case "text":
            counted = dialect.items.format(value)
            return f"CASE WHEN {value} IS NULL OR {value} = '' THEN NULL ELSE COALESCE({counted}, -1) END"
        case _:
            return f"CASE WHEN {value} IS NULL THEN NULL ELSE -1 END"


def flag(raw: Raw) -> str:
    """Write how a flag is read: 1 or 0."""
    if raw.family == "flag":
        return f"CASE WHEN {raw.expression} THEN 1 WHEN NOT {raw.expression} THEN 0 END"
    value = text(raw)
    cases = "WHEN 'true' THEN 1 WHEN '1' THEN 1 WHEN 'false' THEN 0 WHEN '0' THEN 0"
    return f"CASE {value} {cases} ELSE CASE WHEN {value} IS NOT NULL THEN -1 END END"


def refund_flag(raw: Raw) -> str | None:
    """Write whether a value that may be an amount is a flag; None where it never is."""
    if raw.family == "flag":
        return flag(raw)
    return f"CASE {raw.expression} WHEN 'true' THEN 1 WHEN 'false' THEN 0 END" if raw.family == "text" else None


def refund_amount(raw: Raw, dialect: Dialect) -> str | None:
    """Write the amount of a value that may be a flag; None where it never is one."""
    if raw.family == "flag":
        return None
    number = micros(raw, dialect)
    return (
        f"CASE WHEN {raw.expression} IN ('true', 'false') THEN NULL ELSE {number} END"
        if raw.family == "text"
        else number
    )


def custom(raw: Raw, dialect: Dialect) -> str:
    """Write the text of a multiplier; '' is none."""
    value = text(raw)
    if raw.family == "double":
        value = f"CONCAT(CAST({micros(raw, dialect)} AS STRING), '/{MICROS}')"
        return f"CASE WHEN {raw.expression} IS NULL THEN '' ELSE {value} END"
    return f"COALESCE({value}, '')"


def instant(raw: Raw, dialect: Dialect) -> str:
    """Write how a time is read, in UTC microseconds."""
    value = raw.expression
    match raw.family:
        case "whole":
            read = (
                f"WHEN {value} < 0 OR {value} >= {LARGEST * MICROS} THEN -1 "
                f"WHEN {value} < {SECONDS_BELOW} THEN CAST({value} AS BIGINT) * {MICROS} "
                f"WHEN {value} < {MILLISECONDS_BELOW} THEN CAST({value} AS BIGINT) * 1000 ELSE CAST({value} AS BIGINT)"
            )
        case "double":
            near = f"CAST(ROUND({value} * {MILLION}) AS BIGINT)"
            floored = f"CAST(FLOOR({value} * {MILLION}) AS BIGINT)"
            exact = f"CASE WHEN {near} / {MILLION} = {value} THEN {near} ELSE {floored} END"
            read = f"WHEN {value} >= 0 AND {value} < {SECONDS_BELOW} THEN {exact} ELSE -1"
        case "decimal":
            floored = f"CAST(FLOOR(CAST({value} AS DECIMAL(38, 9)) * {MICROS}) AS BIGINT)"
            read = f"WHEN {value} >= 0 AND {value} < {SECONDS_BELOW} THEN {floored} ELSE -1"
        case "zoned":
            read = f"ELSE {dialect.zoned.format(value)}"
        case "moment":
            read = f"ELSE {dialect.moment.format(value)}"
        case "nanos":
            read = f"ELSE {dialect.nanos.format(value)}"
        case "day":
            read = f"ELSE {_midnight(value, dialect)}"
        case "text":
            read = _written(value, dialect)
        case _:
            _wrong(raw, "a time")
    return f"CASE WHEN {value} IS NULL THEN NULL {read} END"


def _written(value: str, dialect: Dialect) -> str:
    """Write how a time in text is read: a number, or ISO text whose parts are added up."""
    whole, rest = (_part(value, SECONDS, group, dialect) for group in (1, 3))
    number, fraction = f"CAST({whole} AS BIGINT)", f"CAST(RPAD(SUBSTR({rest}, 1, 6), 6, '0') AS BIGINT)"
    milli = f"CAST(RPAD(SUBSTR({rest}, 1, 3), 3, '0') AS BIGINT)"
    numeric = (
        f"CASE WHEN {number} < {SECONDS_BELOW} THEN {number} * {MICROS} + {fraction} "
        f"WHEN {number} < {MILLISECONDS_BELOW} THEN {number} * 1000 + {milli} ELSE {number} END"
    )
    return (
        f"WHEN {value} = '' THEN NULL WHEN {_matches(value, SECONDS, dialect)} THEN {numeric} "
        f"WHEN {_matches(value, MOMENT, dialect)} THEN COALESCE({_iso(value, dialect)}, -1) ELSE -1"
    )


def _iso(value: str, dialect: Dialect) -> str:
    """Write a time from its parts: the day and the clock stand at fixed places, what follows is looked for."""
    day = _midnight(f"TRY_CAST(SUBSTR({value}, 1, 10) AS DATE)", dialect)
    clock = f"SUBSTR({value}, 11)"
    hour, minute = (f"CAST(CONCAT('0', SUBSTR({value}, {place}, 2)) AS BIGINT)" for place in (12, 15))
    second = f"CAST(CONCAT('0', {_part(clock, '.{6}:([0-9]{2}).*', 1, dialect)}) AS BIGINT)"
    fraction = f"CAST(RPAD(SUBSTR({_part(clock, '.{9}[.,]([0-9]+).*', 1, dialect)}, 1, 6), 6, '0') AS BIGINT)"
    sign, hours, minutes = (_part(clock, ".*([+-])([0-9]{2}):?([0-9]{2})?", group, dialect) for group in (1, 2, 3))
    offset = f"(CAST(CONCAT('0', {hours}) AS BIGINT) * 3600 + CAST(CONCAT('0', {minutes}) AS BIGINT) * 60)"
    seconds = f"{hour} * 3600 + {minute} * 60 + {second} - CASE {sign} WHEN '-' THEN -1 ELSE 1 END * {offset}"
    return f"{day} + ({seconds}) * {MICROS} + {fraction}"


def _midnight(day: str, dialect: Dialect) -> str:
    return f"{dialect.days.format(day)} * {DAY}"


def _matches(value: str, pattern: str, dialect: Dialect) -> str:
    return dialect.matches.format(value, _whole(pattern, dialect))


def _part(value: str, pattern: str, group: int, dialect: Dialect) -> str:
    return f"REGEXP_EXTRACT({value}, {_whole(pattern, dialect)}, {group})"


def _whole(pattern: str, dialect: Dialect) -> str:
    return literal(f"^{pattern}\\z", dialect)
