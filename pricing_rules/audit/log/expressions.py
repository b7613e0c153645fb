"""How the values of a log are read in SQL, by the rules of `values`: NULL is none, -1 is what cannot be read."""

from collections.abc import Callable
from typing import Never

from pricing_rules.audit.log.dialect import Dialect, literal
from pricing_rules.audit.log.part import Raw
from pricing_rules.audit.mapping.times import time_format
from pricing_rules.audit.meaning.values import LARGEST, MOMENT, NUMBER, PLACES, SECONDS, UNITS
from pricing_rules.catalog.columns import MICROS

WHOLE = "[0-9]{1,12}([.]0{1,18})?"
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
    return _number(raw, PLACES, NUMBER, dialect)


def count(raw: Raw, dialect: Dialect) -> str:
    """Write how a whole number from 0 on is read."""
    return _number(raw, 0, WHOLE, dialect)


def _number(raw: Raw, places: int, pattern: str, dialect: Dialect) -> str:
    """Write how a number from 0 on with so many decimals at most is read, as a whole number of the last of them."""
    value, times = raw.expression, 10**places
    missing, fits = f"{value} IS NULL", f"{value} >= 0 AND {value} < {LARGEST}"
    match raw.family:
        case "whole":
            read = f"CAST({value} AS BIGINT) * {times}"
        case "double":
            read = f"TRY_CAST(ROUND({value} * CAST({times} AS DOUBLE)) AS BIGINT)"
            fits += f" AND {read} / CAST({times} AS DOUBLE) = {value}"
        case "decimal":
            rounded = f"CAST({value} AS DECIMAL(38, {places}))"
            read = f"CAST({rounded} * {times} AS BIGINT)"
            fits += f" AND {rounded} = {value}" if raw.places > places else ""
        case "text":
            told = _dotted(raw)
            missing, fits = f"{value} IS NULL OR {value} = ''", _matches(told, pattern, dialect)
            read = f"CAST(CAST({told} AS DECIMAL(38, {places})) * {times} AS BIGINT)"
        case _:
            _wrong(raw, "a number")
    return f"CASE WHEN {missing} THEN NULL WHEN {fits} THEN {read} ELSE -1 END"


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
            read = _by_size(value, lambda times: f"CAST({value} AS BIGINT) * {times}")
        case "double":
            read = _by_size(value, lambda times: _doubled(value, times))
        case "decimal":
            read = _by_size(value, lambda times: _floored(value, times))
        case "zoned" | "moment" | "nanos":
            read = f"ELSE COALESCE({dialect.times[raw.family].format(value)}, -1)"
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


def _by_size(value: str, read: Callable[[int], str]) -> str:
    """Write how a number is read as a time: by its size, as so many microseconds."""
    cases = (f"WHEN {value} >= {least} AND {value} < {below} THEN {read(times)}" for times, least, below in UNITS)
    return f"{' '.join(cases)} ELSE -1"


def _doubled(value: str, times: int) -> str:
    """Write a double times a number: the whole number that it stands for, else the one below."""
    near, below = (f"CAST({way}({value} * CAST({times} AS DOUBLE)) AS BIGINT)" for way in ("ROUND", "FLOOR"))
    return f"CASE WHEN {near} / CAST({times} AS DOUBLE) = {value} THEN {near} ELSE {below} END"


def _floored(value: str, times: int) -> str:
    """Write the whole number below a decimal, or a text that is one, times a number; so few digits are exact."""
    return f"CAST(FLOOR(CAST({value} AS DECIMAL(27, 9)) * {times}) AS BIGINT)"


def _written(value: str, dialect: Dialect) -> str:
    """Write how a time in text is read: a number, or ISO text whose parts are added up."""
    number = _by_size(f"CAST({value} AS DECIMAL(27, 9))", lambda times: _floored(value, times))
    return (
        f"WHEN {value} = '' THEN NULL WHEN {_matches(value, SECONDS, dialect)} THEN CASE {number} END "
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
