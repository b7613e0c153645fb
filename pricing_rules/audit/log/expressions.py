"""How the values of a log are read in SQL, by the rules of `values`: NULL is none, -1 is what cannot be read."""

from typing import Never

from pricing_rules.audit.log.dialect import Dialect, literal
from pricing_rules.audit.log.types import Raw
from pricing_rules.audit.mapping.times import time_format
from pricing_rules.audit.meaning.values import (
    LARGEST,
    MILLISECONDS_BELOW,
    MOMENT,
    NUMBER,
    PLACES,
    SECONDS,
    SECONDS_BELOW,
)
from pricing_rules.catalog.columns import MICROS

MILLION = f"CAST({MICROS} AS DOUBLE)"
DAY = 86_400 * MICROS


class WrongType(ValueError):
    """A column of the log has a type that cannot hold what it should tell."""


def _wrong(raw: Raw, what: str) -> Never:
    raise WrongType(f"a column of type {raw.type} cannot hold {what}")


def as_it_stands(raw: Raw, what: str) -> str:
    """Write a value that is read later, in Python: text, a number, true or false; both zeros of a double are one."""
    match raw.family:
        case "text" | "whole" | "decimal":
            return raw.expression
        case "flag" if what != "a number":
            return raw.expression
        case "double":
            return f"{raw.expression} + CAST(0 AS DOUBLE)"
        case _ if what == "text":
            return text(raw)
        case _:
            _wrong(raw, what)


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
            rounded = f"CAST({value} AS DECIMAL(38, 6))"
            fine = f" AND {rounded} = {value}" if raw.places > PLACES else ""
            read = f"WHEN {value} >= 0 AND {value} < {LARGEST}{fine} THEN CAST({rounded} * {MICROS} AS BIGINT)"
        case "text":
            told = _dotted(raw)
            number = f"CAST(CAST({told} AS DECIMAL(38, 6)) * {MICROS} AS BIGINT)"
            read = f"WHEN {value} = '' THEN NULL WHEN {_matches(told, NUMBER, dialect)} THEN {number}"
        case _:
            _wrong(raw, "a number")
    return f"CASE WHEN {value} IS NULL THEN NULL {read} ELSE -1 END"


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


def count_or_items(raw: Raw, dialect: Dialect) -> str:
    """Write how a whole number is read, or how many items the list in its place has."""
    match raw.family:
        case "list":
            return items(raw, dialect)
        case "text":
            listed = f"SUBSTR({raw.expression}, 1, 1) = '['"
            return f"CASE WHEN {listed} THEN {items(raw, dialect)} ELSE {count(raw, dialect)} END"
        case _:
            return count(raw, dialect)


def instant(raw: Raw, dialect: Dialect) -> str:
    """Write how a time is read, in UTC microseconds."""
    value = raw.expression
    match raw.family:
        case "whole":
            read = (
                f"WHEN {value} >= {MILLISECONDS_BELOW} AND {value} < {LARGEST * MICROS} THEN CAST({value} AS BIGINT) "
                f"WHEN {value} < 0 OR {value} >= {LARGEST * MICROS} THEN -1 "
                f"WHEN {value} < {SECONDS_BELOW} THEN CAST({value} AS BIGINT) * {MICROS} "
                f"ELSE CAST({value} AS BIGINT) * 1000"
            )
        case "double":
            read = _by_size(value, *(_scaled(value, f"CAST({times} AS DOUBLE)") for times in (MICROS, 1_000, 1)))
        case "decimal":
            number = f"CAST({value} AS DECIMAL(38, 9))"
            read = _by_size(value, *(f"CAST(FLOOR({number} * {times}) AS BIGINT)" for times in (MICROS, 1_000, 1)))
        case "zoned":
            read = f"ELSE COALESCE({dialect.zoned.format(value)}, -1)"
        case "moment":
            read = f"ELSE COALESCE({dialect.moment.format(value)}, -1)"
        case "nanos":
            read = f"ELSE COALESCE({dialect.nanos.format(value)}, -1)"
        case "day":
            far = f"NOT {value} BETWEEN DATE '0001-01-01' AND DATE '9999-12-31'"
            read = f"WHEN {far} THEN -1 ELSE {_midnight(value, dialect)}"
        case "text":
            read = _written(_iso_or_number(raw, dialect), dialect)
        case _:
            _wrong(raw, "a time")
    return f"CASE WHEN {value} IS NULL THEN NULL {read} END"


def _dotted(raw: Raw) -> str:
    """Write a number in text with a point as its decimal sign, as `values.dotted` does."""
    return f"TRANSLATE({raw.expression}, ',.', '.,')" if raw.writing.decimal == "," else raw.expression


def _iso_or_number(raw: Raw, dialect: Dialect) -> str:
    """Write a time in text as `times.as_iso` does, else a number with a point."""
    if raw.writing.time is None:
        return _dotted(raw)
    written = time_format(raw.writing.time)
    iso = literal(written.replaced(dialect.group), dialect)
    return f"REGEXP_REPLACE({raw.expression}, {_whole(written.pattern, dialect)}, {iso})"


def _by_size(value: str, seconds: str, milliseconds: str, microseconds: str) -> str:
    """Write how a number that may have a fraction is read as a time, by its size."""
    return (
        f"WHEN {value} >= 0 AND {value} < {SECONDS_BELOW} THEN {seconds} "
        f"WHEN {value} >= 0 AND {value} < {MILLISECONDS_BELOW} THEN {milliseconds} "
        f"WHEN {value} >= 0 AND {value} < {LARGEST * MICROS} THEN {microseconds} ELSE -1"
    )


def _scaled(value: str, times: str) -> str:
    """Write a double times a number: the whole number that it stands for, else the one below."""
    near, below = (f"CAST({rounded}({value} * {times}) AS BIGINT)" for rounded in ("ROUND", "FLOOR"))
    return f"CASE WHEN {near} / {times} = {value} THEN {near} ELSE {below} END"


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
