"""Names and values as SQL text, and what the engines spell in their own way; everything else is one text for all."""

from collections.abc import Mapping

from attrs import frozen


@frozen
class Dialect:
    """The spelling of an engine.

    Attributes:
        quote: mark around a name.
        escapes: whether a backslash in text is an escape.
        total: sum of whole numbers that does not overflow.
        matches: whether a text matches a pattern.
        group: what matched a group of a pattern, in the text that replaces it.
        times: microseconds of a time, by what its type is: with a zone, without one, in nanoseconds, which are floored.
        instant: time without a zone of UTC microseconds.
        days: days of a date since 1970.
        size: number of items of a list.
        items: number of items of a JSON array in text, else NULL.
        opened: texts at some paths of a JSON object in text as an array whose place 1 has the first, else NULL.
        nested: one of these paths.
        key: a key in such a path.
        hash: eight bytes that are the same for the same values.
    """

    quote: str
    escapes: bool
    total: str
    matches: str
    group: str
    times: Mapping[str, str]
    instant: str
    days: str
    size: str
    items: str
    opened: str
    nested: str
    key: str
    hash: str


DUCKDB = Dialect(
    quote='"',
    escapes=False,
    total="SUM({})",
    matches="REGEXP_MATCHES({}, {})",
    group="\\{}",
    times={"zoned": "EPOCH_US({})", "moment": "EPOCH_US(CAST({} AS TIMESTAMP))", "nanos": "EPOCH_NS({}) // 1000"},
    instant="MAKE_TIMESTAMP({})",
    days="DATEDIFF('day', DATE '1970-01-01', {})",
    size="LEN({})",
    items="CASE WHEN JSON_VALID({0}) THEN CASE WHEN JSON_TYPE({0}) = 'ARRAY' THEN JSON_ARRAY_LENGTH({0}) END END",
    opened="CASE WHEN JSON_VALID({0}) AND REGEXP_MATCHES({0}, '^\\s*\\{{') THEN JSON_EXTRACT_STRING({0}, [{1}]) END",
    nested="{1}",
    key='."{}"',
    hash="HASH({})",
)
SPARK = Dialect(
    quote="`",
    escapes=True,
    total="SUM(CAST({} AS DECIMAL(38, 0)))",
    matches="REGEXP_LIKE({}, {})",
    group="${}",
    times={"zoned": "UNIX_MICROS({})", "moment": "TIMESTAMPDIFF(MICROSECOND, TIMESTAMP_NTZ '1970-01-01 00:00:00', {})"},
    instant="TIMESTAMPADD(MICROSECOND, {}, TIMESTAMP_NTZ '1970-01-01 00:00:00')",
    days="UNIX_DATE({})",
    size="ARRAY_SIZE({})",
    items="JSON_ARRAY_LENGTH({})",
    opened="CASE WHEN SUBSTR(GET_JSON_OBJECT({0}, '$'), 1, 1) = '{{' THEN ARRAY(NULL, {1}) END",
    nested="GET_JSON_OBJECT({0}, {1})",
    key="['{}']",
    hash="XXHASH64({})",
)


def identifier(name: str, dialect: Dialect = DUCKDB) -> str:
    """Write the name of a column or table, whatever characters it has."""
    return f"{dialect.quote}{name.replace(dialect.quote, dialect.quote * 2)}{dialect.quote}"


def literal(value: object, dialect: Dialect = DUCKDB) -> str:
    """Write a whole number, text or NULL, whatever characters the text has."""
    match value:
        case None:
            return "NULL"
        case int():
            return str(int(value))
        case _:
            text = str(value)
            escaped = text.replace("\\", "\\\\").replace("'", "\\'") if dialect.escapes else text.replace("'", "''")
            return f"'{escaped}'"
