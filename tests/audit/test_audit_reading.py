"""Values of a log, read by hand from the meaning of an audit: in Python and in DuckDB's SQL they come to the same."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

import duckdb
import pytest

from pricing_rules.audit.log import expressions
from pricing_rules.audit.log.dialect import DUCKDB, literal
from pricing_rules.audit.log.part import raw
from pricing_rules.audit.mapping.records import Writing
from pricing_rules.audit.mapping.times import as_iso, time_format
from pricing_rules.audit.meaning import values

NO = -1  # what cannot be read, as SQL tells it
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def at(*parts: int) -> int:
    """Return the UTC microseconds of an instant."""
    return (datetime(*parts, tzinfo=UTC) - EPOCH) // timedelta(microseconds=1)


NOVEMBER = at(2026, 11, 1)
SECOND, MINUTE, HOUR = 10**6, 60 * 10**6, 3600 * 10**6
TIMES = {
    "": None,
    "2026-11-01": NOVEMBER,
    "2024-02-29": at(2024, 2, 29),
    "2026-12-31": at(2026, 12, 31),
    "2099-09-19": at(2099, 9, 19),
    **dict.fromkeys(("2026-02-29", "2026-04-31", "2026-13-01", "2026-11-00", "2026-11-32", "2026-00-01"), NO),
    **dict.fromkeys(("2026-11-1", "2026-1-01", "26-11-01", "20261101", "2026/11/01", " 2026-11-01", "2026-11-01 "), NO),
    # the clock: hours to 23, minutes and seconds to 59, at most nine digits behind, of which six count
    "2026-11-01T00:00": NOVEMBER,
    "2026-11-01T09:10": NOVEMBER + 9 * HOUR + 10 * MINUTE,
    "2026-11-01 19:59": NOVEMBER + 19 * HOUR + 59 * MINUTE,
    "2026-11-01T20:00:09": NOVEMBER + 20 * HOUR + 9 * SECOND,
    "2026-11-01 23:59:59": NOVEMBER + 24 * HOUR - SECOND,
    "2026-11-01T23:59:59.999999": NOVEMBER + 24 * HOUR - 1,
    "2026-11-01T10:00:00.5": NOVEMBER + 10 * HOUR + 500_000,
    "2026-11-01T10:00:00,25": NOVEMBER + 10 * HOUR + 250_000,
    "2026-11-01T10:00:00.0000019": NOVEMBER + 10 * HOUR + 1,
    "2026-11-01T10:00:00.123456789": NOVEMBER + 10 * HOUR + 123_456,
    "2026-11-01T10:00:00.900000000": NOVEMBER + 10 * HOUR + 900_000,
    **dict.fromkeys(("2026-11-01T24:00", "2026-11-01T29:00", "2026-11-01T23:60", "2026-11-01T23:59:60"), NO),
    **dict.fromkeys(("2026-11-01T10:00:00.1234567890", "2026-11-01T10:00:00.", "2026-11-01T10:00.5"), NO),
    **dict.fromkeys(("2026-11-01T10", "2026-11-01T1:00", "2026-11-01T10:0", "2026-11-01T10:00:0", "2026-11-01T"), NO),
    **dict.fromkeys(("2026-11-01t10:00", "2026-11-01  10:00", "2026-11-01T10:00  Z", "2026-11-01T10.00"), NO),
    # the zone: what is ahead of UTC is earlier there
    **dict.fromkeys((f"2026-11-01T10:00{zone}" for zone in ("Z", "z", "UTC", " UTC", " Z", "+00", "-00:00")),
                    NOVEMBER + 10 * HOUR),
    "2026-11-01T10:00:00+02:00": NOVEMBER + 8 * HOUR,
    "2026-11-01T10:00:00-02:00": NOVEMBER + 12 * HOUR,
    "2026-11-01T10:00:00.5+0130": NOVEMBER + 8 * HOUR + 30 * MINUTE + 500_000,
    "2026-11-01 10:00:00 -09:30": NOVEMBER + 19 * HOUR + 30 * MINUTE,
    "2026-11-01 10:00-19": NOVEMBER + 29 * HOUR,
    "2026-11-01T10:00+23:59": NOVEMBER - 13 * HOUR - 59 * MINUTE,
    "2026-11-01T10:00+20": NOVEMBER - 10 * HOUR,
    **dict.fromkeys((f"2026-11-01T10:00{zone}" for zone in ("+24:00", "+29", "+02:60", "+2", "+02:0", "GMT")), NO),
    "2026-11-01Z": NO,
    "2026-11-01+02:00": NO,
    # seconds, milli- and microseconds since 1970, by their size
    "1793491200": NOVEMBER,
    "1793491200.5": NOVEMBER + 500_000,
    "1793491200.000001": NOVEMBER + 1,
    "1793491200.999999999": NOVEMBER + 999_999,
    "999999999": 999_999_999 * SECOND,
    "099999999": 99_999_999 * SECOND,
    "99999999999": 99_999_999_999 * SECOND,
    "100000000000": 100_000_000_000 * 1_000,
    "1793491200123": NOVEMBER + 123_000,
    "1793491200123.4": NOVEMBER + 123_400,
    "1793491200123.456789": NOVEMBER + 123_456,
    "99999999999999": 99_999_999_999_999 * 1_000,
    "100000000000000": 100_000_000_000_000,
    "1793491200123456": NOVEMBER + 123_456,
    "1793491200123456.9": NOVEMBER + 123_456,
    **dict.fromkeys(("99999999", "17934912001234567", "1793491200.", "1793491200,5", "1793491200.1234567891"), NO),
    **dict.fromkeys(("-1793491200", "+1793491200", "1.793e9", " 1793491200", "now", "0", "1"), NO),
}  # fmt: skip
NUMBERS = {
    "": None,
    "0": 0,
    "3": 3_000_000,
    "03": 3_000_000,
    "3.0": 3_000_000,
    "2.4": 2_400_000,
    "19.99": 19_990_000,
    "0.000001": 1,
    "0.123456": 123_456,
    "1.500000000000000000": 1_500_000,  # six digits that count, and twelve zeros
    "0.123456000000000000": 123_456,
    "999999999999": 999_999_999_999 * 10**6,
    "999999999999.999999": 10**18 - 1,
    **dict.fromkeys(("0.0000001", "0.1234567", "1.5000000000000000000", "1000000000000", "0000000000003"), NO),
    **dict.fromkeys(("3.", ".5", "+3", "-1", "-0", " 3", "3 ", "1e3", "1,5", "1 000", "1_0", "٣", "x", "1.5.0"), NO),
}  # fmt: skip
WITH_COMMA = {"1,5": 1_500_000, "3": 3_000_000, "0,000001": 1, "1.5": NO, "1.000,5": NO, "1,": NO, ",5": NO, "": None}
COUNTS = {"": None, "0": 0, "2": 2, "2.0": 2, "2.000000": 2, "17": 17, "2.5": NO, "0.000001": NO, "-1": NO, "x": NO}
ITEMS = {"": None, "[]": 0, "[1]": 1, '["a", "b"]': 2, "[[1, 2], 3]": 2, "[1": NO, "[": NO}


def in_python(reads, value):
    try:
        return reads(value)
    except values.Unreadable:
        return NO


def in_sql(writes, each, kind: str = "VARCHAR", writing: Writing = Writing()) -> dict[str, int | None]:  # noqa: B008 -- frozen
    """Read values of a type by the SQL that reads the column of a log."""
    rows = ", ".join(f"({number}, CAST({literal(value)} AS {kind}))" for number, value in enumerate(each))
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'Asia/Tokyo'")
    sql = f"SELECT {writes(raw('r.v', kind, writing), DUCKDB)} FROM (VALUES {rows}) r(n, v) ORDER BY n"
    return dict(zip(each, (found for (found,) in connection.execute(sql).fetchall()), strict=True))


@pytest.mark.parametrize(
    ("told", "reads", "writes"),
    [
        (TIMES, values.instant, expressions.instant),
        (NUMBERS, values.micros, expressions.micros),
        (COUNTS, values.count, expressions.count),
        (COUNTS | ITEMS, values.count_or_items, expressions.count_or_items),
        (ITEMS | {"x": NO, "3": NO, '{"a": 1}': NO}, lambda value: values.measured(value, "items"), expressions.items),
    ],
    ids=["times", "numbers", "counts", "counts or lists", "lists"],
)
def test_text_is_read_as_it_was_by_hand(told, reads, writes):
    assert {text: in_python(reads, text) for text in told} == told
    assert in_sql(writes, told) == told


def test_a_comma_is_the_decimal_sign_where_it_is_named():
    assert {text: in_python(values.micros, values.dotted(text, ",")) for text in WITH_COMMA} == WITH_COMMA
    assert in_sql(expressions.micros, WITH_COMMA, writing=Writing(decimal=",")) == WITH_COMMA
    assert values.dotted("1,5", ".") == "1,5"
    assert values.dotted(1.5, ",") == 1.5


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("BIGINT", {"0": 0, "3": 3_000_000, "999999999999": 999_999_999_999 * 10**6, "1000000000000": NO, "-1": NO}),
        ("UTINYINT", {"0": 0, "255": 255_000_000}),
        ("DOUBLE", {"0": 0, "-0.0": 0, "2.4": 2_400_000, "0.000001": 1, "0.3": 300_000, "0.30000000000000004": NO,
                    "1e-7": NO, "-1": NO, "1e11": 10**17, "1e12": NO, "NaN": NO, "Infinity": NO}),
        ("DECIMAL(18, 2)", {"0": 0, "2.25": 2_250_000, "-0.01": NO, "1000000000000": NO,
                            "999999999999.99": 999_999_999_999_990_000}),
        ("DECIMAL(38, 9)", {"0": 0, "3": 3_000_000, "3.000001": 3_000_001, "3.000000001": NO, "-1": NO}),
    ],
)  # fmt: skip
def test_numbers_of_a_type_are_read_as_they_were_by_hand(kind, told):
    assert in_sql(expressions.micros, told, kind) == told
    whole = {text: NO if found % 10**6 else found // 10**6 for text, found in told.items() if found != NO}
    assert in_sql(expressions.count, whole, kind) == whole
    unreadable = [text for text, found in told.items() if found == NO]
    assert set(in_sql(expressions.count, unreadable, kind).values() if unreadable else [NO]) == {NO}


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("BIGINT", {"0": 0, "1793491200": NOVEMBER, "1793491200123": NOVEMBER + 123_000, "-1": NO,
                    "1793491200123456": NOVEMBER + 123_456, "99999999999": 99_999_999_999 * SECOND,
                    "100000000000": 10**14, "99999999999999": 99_999_999_999_999_000, "100000000000000": 10**14,
                    "999999999999999999": 10**18 - 1, "1000000000000000000": NO}),
        ("DOUBLE", {"0": 0, "1793491200": NOVEMBER, "1793491200.5": NOVEMBER + 500_000, "-1": NO, "NaN": NO,
                    "1793491200.9999998": NOVEMBER + 999_999, "1793491200123": NOVEMBER + 123_000,
                    "1793491200123.25": NOVEMBER + 123_250, "1793491200123456": NOVEMBER + 123_456,
                    "1793491200123456.75": NOVEMBER + 123_456, "1793491199.999999": NOVEMBER - 1,
                    "1e11": 10**14, "1e14": 10**14, "1e18": NO}),
        ("DECIMAL(20, 7)", {"0": 0, "1793491200.0000019": NOVEMBER + 1, "1793491200123.4567": NOVEMBER + 123_456,
                            "-1": NO, "100000000000": 10**14}),
        ("DECIMAL(38, 3)", {"1793491200123456.999": NOVEMBER + 123_456, "100000000000000": 10**14,
                            "1000000000000000000": NO}),
        ("DATE", {"2026-11-01": NOVEMBER, "1969-12-31": -24 * HOUR, "300000-01-01": NO}),
        ("TIMESTAMP", {"2026-11-01 10:00:00.000001": NOVEMBER + 10 * HOUR + 1, "infinity": NO}),
        ("TIMESTAMP_NS", {"2026-11-01 00:00:00.000001999": NOVEMBER + 1}),
        ("TIMESTAMP WITH TIME ZONE", {"2026-11-01 10:00:00+02": NOVEMBER + 8 * HOUR, "2026-11-01 09:00": NOVEMBER}),
    ],
)  # fmt: skip
def test_times_of_a_type_are_read_as_they_were_by_hand(kind, told):
    assert in_sql(expressions.instant, told, kind) == told


@pytest.mark.parametrize(
    ("value", "micros", "moment"),
    [
        (None, None, None),
        (0, 0, 0),
        (3, 3_000_000, 3 * SECOND),
        (-1, -1_000_000, NO),
        (True, NO, NO),
        (2.4, 2_400_000, 2_400_000),
        (0.1 + 0.2, NO, 300_000),
        (1e-7, NO, 0),
        (-1.5, -1_500_000, NO),
        (float("nan"), NO, NO),
        (float("inf"), NO, NO),
        (1e12, NO, 10**15),
        (1793491200.9999998, NO, NOVEMBER + 999_999),
        (1793491200123.25, NO, NOVEMBER + 123_250),
        (10**11 - 1, (10**11 - 1) * 10**6, (10**11 - 1) * 10**6),
        (10**11, 10**17, 10**14),
        (10**12 - 1, (10**12 - 1) * 10**6, (10**12 - 1) * 1_000),
        (10**12, NO, 10**15),
        (10**14 - 1, NO, (10**14 - 1) * 1_000),
        (10**14, NO, 10**14),
        (10**18 - 1, NO, 10**18 - 1),
        (10**18, NO, NO),
        (1e18, NO, NO),
        (Decimal("2.40"), 2_400_000, 2_400_000),
        (Decimal("1E+3"), 10**9, 10**9),
        (Decimal("0.0000001"), NO, 0),
        (Decimal("1793491200.0000019"), NO, NOVEMBER + 1),
        (Decimal("100000000000.5"), 10**17 + 500_000, 10**14 + 500),
        (Decimal("NaN"), NO, NO),
        (Decimal(10**12), NO, 10**15),
        (Decimal(10**18), NO, NO),
        ([1], NO, NO),
        (datetime(2026, 11, 1), NO, NOVEMBER),  # noqa: DTZ001 -- without a zone it is UTC
        (datetime(2026, 11, 1, 2, tzinfo=timezone(timedelta(hours=2))), NO, NOVEMBER),
        (date(2026, 11, 1), NO, NOVEMBER),
    ],
    ids=repr,
)
def test_values_of_python_are_read_as_they_were_by_hand(value, micros, moment):
    assert (in_python(values.micros, value), in_python(values.instant, value)) == (micros, moment)


@pytest.mark.parametrize(
    ("value", "text", "word"),
    [
        (None, None, None), ("", None, None), ("a", "a", "a"), (" ", " ", " "), (True, "true", "true"),
        (False, "false", "false"), (1, "1", "1"), (2.0, "2", "2"), (1.5, "1.5", "1.5"), (Decimal("2.00"), "2", "2"),
        (Decimal("2.50"), "2.50", "2.50"), ("1.0", "1.0", "1"), ("1.00", "1.00", "1"), ("0.0", "0.0", "0"),
        ("1.", "1.", "1."), (".0", ".0", ".0"), ("1.10", "1.10", "1.10"), ("1.0.0", "1.0.0", "1.0.0"),
        ("a.0", "a.0", "a.0"), ("-1.0", "-1.0", "-1.0"), (float("nan"), "nan", "nan"),
    ],
)  # fmt: skip
def test_words_are_read_as_they_were_by_hand(value, text, word):
    assert (values.text(value), values.word(value)) == (text, word)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (None, Fraction(1)), ("", Fraction(1)), ("2", Fraction(2)), ("1.5", Fraction(3, 2)), ("5/3", Fraction(5, 3)),
        ("0", Fraction(0)), (0.1, Fraction(1, 10)), (1.5, Fraction(3, 2)), (2, Fraction(2)), (0.0, Fraction(0)),
        (Decimal("1.25"), Fraction(5, 4)), ("1000000", Fraction(10**6)), ("1000000.1", NO), ("-1", NO), (-0.5, NO),
        ("1/0", NO), ("x", NO), (float("nan"), NO), (1e7, NO), (1e-7, NO), ([1], NO),
    ],
)  # fmt: skip
def test_multipliers_are_read_as_they_were_by_hand(value, wanted):
    assert in_python(values.multiplied, value) == wanted


@pytest.mark.parametrize(
    ("told", "measure", "wanted"),
    [
        ("cup", "value", "cup"), ("cup", "characters", 3), ("🎬é", "characters", 2), (12, "characters", 2),
        (["a", "b"], "items", 2), ("[1, 2, 3]", "items", 3), ("{}", "items", NO), (None, "flag", None),
        ("", "items", None), (True, "flag", True), (False, "flag", False), (1, "flag", True), (0, "flag", False),
        ("true", "flag", True), ("True", "flag", True), ("FALSE", "flag", False), ("1.0", "flag", True),
        ("0.0", "flag", False), ("yes", "flag", NO), (2, "flag", NO), ("tRue", "flag", NO), ([], "flag", NO),
    ],
)  # fmt: skip
def test_what_counts_of_a_value_is_what_it_was_by_hand(told, measure, wanted):
    found = in_python(lambda value: values.measured(value, measure), told)
    assert (type(found), found) == (type(wanted), wanted)


COMPANY = [
    ("%d.%m.%Y", "01.11.2026", "2026-11-01"),
    ("%d.%m.%Y %H:%M", "01.11.2026 09:10", "2026-11-01T09:10"),
    ("%d.%m.%Y %H:%M:%S", "29.12.2026 19:58:37", "2026-12-29T19:58:37"),
    ("%m/%d/%Y %H:%M:%S,%f", "11/09/2026 10:00:05,25", "2026-11-09T10:00:05.25"),
    ("%Y-%m-%dT%H:%M:%S.%f%z", "2026-11-01T10:00:05.123456789+0230", "2026-11-01T10:00:05.123456789+0230"),
    ("%d-%m-%Y %H:%M%z", "01-11-2026 10:00Z", "2026-11-01T10:00Z"),
    ("%H:%M_%d/%m/%Y%z", "10:30_01/11/2026-05:30", "2026-11-01T10:30-05:30"),
    ("%H:%M %z %Y%m%d", "10:30 +19:00 20261101", "2026-11-01T10:30+19:00"),
]
NOT_SO = [
    ("%d.%m.%Y", "1.11.2026"), ("%d.%m.%Y", "01.11.26"), ("%d.%m.%Y", "01.11.2026 "), ("%d.%m.%Y", "01a11b2026"),
    ("%d.%m.%Y %H:%M", "01.11.2026"), ("%d.%m.%Y %H:%M:%S", "01.11.2026 10:00"),
    ("%Y-%m-%dT%H:%M:%S.%f%z", "2026-11-01T10:00:05.+02"), ("%d.%m.%Y %H:%M:%S.%f", "01.11.2026 10:00:05.1234567890"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "told", "wanted"), COMPANY)
def test_a_time_in_a_company_s_own_way_is_the_iso_time_that_it_was_by_hand(written, told, wanted):
    instant = values.instant(wanted)
    assert as_iso(told, time_format(written)) == wanted
    assert in_sql(expressions.instant, [told], writing=Writing(time=written)) == {told: instant}


@pytest.mark.parametrize(("written", "told"), NOT_SO)
def test_a_time_that_is_not_written_so_cannot_be_read(written, told):
    assert in_python(values.instant, as_iso(told, time_format(written))) == NO
    assert in_sql(expressions.instant, [told], writing=Writing(time=written)) == {told: NO}


@pytest.mark.parametrize(
    ("names", "family"),
    [
        (("VARCHAR", "string", "char(3)", "JSON", "UUID", "HUGEINT", "ENUM('a', 'b')", "void", '"NULL"'), "text"),
        (("TINYINT", "int", "bigint", "UBIGINT"), "whole"),
        (("DOUBLE", "float"), "double"),
        (("DECIMAL(9,3)", "decimal(38, 0)"), "decimal"),
        (("BOOLEAN",), "flag"),
        (("VARCHAR[]", "JSON[]", "UUID[]", "HUGEINT[]", "INTEGER[3]", "array<string>", "ENUM('a')[]"), "list"),
        (("STRUCT(a INTEGER)", "struct<a:int>"), "object"),
        (("DATE",), "day"),
        (("TIMESTAMP", "timestamp_ntz", "TIMESTAMP_MS"), "moment"),
        (("TIMESTAMP_NS",), "nanos"),
        (("TIMESTAMP WITH TIME ZONE",), "zoned"),
        (("BLOB", "MAP(VARCHAR, INTEGER)", "INTERVAL"), "other"),
    ],
)
def test_types_are_told_apart_as_they_were_by_hand(names, family):
    assert {name: raw("x", name).family for name in names} == dict.fromkeys(names, family)
    assert (raw("x", "DECIMAL(9,3)").places, raw("x", "decimal(38, 0)").places, raw("x", "INTEGER").places) == (3, 0, 0)
