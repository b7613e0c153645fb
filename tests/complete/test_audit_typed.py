"""Columns of every type that a log can have: DuckDB reads their values as the reference reads them in Python."""

from datetime import datetime
from itertools import product

import duckdb
import pytest

from pricing_rules import Catalog
from pricing_rules.audit import audit
from pricing_rules.audit.log.dialect import identifier, literal
from pricing_rules.errors import UnusableLog
from support.audit_rows import plain
from support.reference import differences
from support.strategies import CATALOGS

GPT, CLIPS = CATALOGS["gptimage2api"], CATALOGS["clipworks"]
AMOUNTS = ("0", "3", "4", "2.4", "0.25", "999999999.5", "1000000000", "NULL")
TYPES = {
    "credits_used": {
        "DOUBLE": (*AMOUNTS, "2.4e0 * 3", "0.1e0 + 0.2e0", "1e-7", "-1", "'NaN'", "'Infinity'", "1e300", "-0.0"),
        "FLOAT": ("0.25", "2.4", "3", "NULL"),
        "DECIMAL(18, 6)": (*AMOUNTS, "-0.000001", "0.000001", "1000000000.000001"),
        "DECIMAL(38, 9)": (*AMOUNTS, "3.000000001", "3.000000000", "-1", "99999999999999999999"),
        "DECIMAL(10, 2)": ("0", "3", "2.25", "NULL"),
        "BIGINT": ("0", "3", "-1", "1000000000", "1000000001", "9223372036854775807", "NULL"),
        "UTINYINT": ("0", "3", "255", "NULL"),
        "HUGEINT": ("0", "3", "99999999999999999999999999", "NULL"),
        "VARCHAR": ("'3'", "'3.0'", "' 3'", "'+3'", "'3e0'", "'03'", "'.5'", "'3.'", "''", "'x'", "NULL"),
    },
    "credits_refunded": {
        "BOOLEAN": ("true", "false", "NULL"),
        "DOUBLE": ("0", "3", "6", "1e-7", "-1", "NULL"),
        "DECIMAL(9, 3)": ("0", "3", "6", "-1", "NULL"),
        "BIGINT": ("0", "1", "3", "NULL"),
        "VARCHAR": ("'true'", "'false'", "'3'", "'1'", "'TRUE'", "'False'", "'tRue'", "''", "NULL"),
    },
    "refund_count": {
        "BIGINT": ("0", "1", "2", "1000", "1001", "-1", "NULL"),
        "DOUBLE": ("0", "1", "1.5", "-1", "NULL"),
        "DECIMAL(9, 3)": ("0", "1", "1.5", "NULL"),
        "VARCHAR": ("'1'", "'1.0'", "'x'", "NULL"),
    },
    "created_at": {
        "TIMESTAMP": ("'2026-05-01 09:59:59.999999'", "'2026-05-01 10:00:00'", "'1999-12-31'", "'2101-01-01'", "NULL"),
        "TIMESTAMPTZ": ("'2026-05-01 11:59:59.999999+02'", "'2026-05-01 12:00:00+02'", "NULL"),
        "TIMESTAMP_S": ("'2026-05-01 10:00:00'", "NULL"),
        "TIMESTAMP_NS": ("'2026-05-01 09:59:59.999999999'", "'2026-05-01 10:00:00.000000001'"),
        "DATE": ("'2026-05-01'", "'2026-05-02'", "'1999-12-31'", "'9999-12-31'", "NULL"),
        "BIGINT": ("1777629599", "1777629600", "1777629599999", "1777629600000000", "-1", "9223372036854775807"),
        "DOUBLE": ("1777629599.999999", "1777629600", "1777629599.9999999", "-1", "'NaN'", "1e12", "NULL",
                   "1777629599999.0", "1777629600000.5", "1777629599999999.0", "1777629600000000.0", "1e18"),
        "DECIMAL(20, 7)": ("1777629599.9999999", "1777629600", "-1", "1000000000000", "NULL",
                           "1777629599999.9999", "1777629600000"),
        "DECIMAL(38, 3)": ("1777629599999999.999", "1777629600000000", "1000000000000000000"),
        "VARCHAR": ("'2026-05-01T10:00:00'", "'1777629600'", "'1777629599.9999999'", "'2026-05-01 12:00+02'", "''"),
    },
    "duration": {
        "BIGINT": ("5", "7", "0", "-1", "NULL"),
        "DOUBLE": ("5", "5.0000001", "5.5", "NULL"),
        "DECIMAL(5, 1)": ("5", "5.5", "NULL"),
        "VARCHAR": ("'5'", "'5.0'", "'5s'", "NULL"),
    },
    "resolution": {"VARCHAR": ("'1k'", "'1K'", "'480'", "''", "NULL"), "BIGINT": ("480", "1080", "481", "NULL")},
    "references": {
        "BIGINT": ("0", "1", "11", "-1", "NULL"),
        "VARCHAR": ("'0'", "'1'", "'x'", "'[]'", "'[\"https://a\", 2]'", "'[1'", "NULL"),
        "VARCHAR[]": ("['https://a']", "[]", "NULL"),
    },
    "prompt_length": {
        "BIGINT": ("0", "1", "20000", "100000000", "NULL"),
        "DOUBLE": ("1", "1.5", "NULL"),
        "DECIMAL(9, 3)": ("1", "1.5", "NULL"),
        "DECIMAL(38, 9)": ("1", "1.0000001", "NULL"),
        "VARCHAR": ("'1'", "'1.0'", "'1.5'", "'x'", "''", "NULL"),
    },
    "outputs": {"BIGINT": ("0", "1", "2", "11", "NULL"), "DOUBLE": ("1", "1.5", "NULL"), "VARCHAR": ("'2'", "NULL")},
    "audio": {"BOOLEAN": ("true", "false", "NULL"), "VARCHAR": ("'true'", "'True'", "NULL")},
    "status": {
        "BIGINT": ("0", "1", "2", "3", "NULL"),
        "DOUBLE": ("1", "1.5", "NULL"),
        "VARCHAR": ("'1'", "'01'", "'done'", "''", "NULL"),
    },
    "custom_multiplier": {
        "DOUBLE": ("1", "1.5", "0.1", "-1", "'NaN'", "1e7", "NULL"),
        "DECIMAL(9, 3)": ("1.500", "2", "NULL"),
        "BIGINT": ("1", "2", "-1", "NULL"),
    },
    "account": {
        "BOOLEAN": ("true", "false", "NULL"),
        "DOUBLE": ("1", "1.5", "NULL"),
        "DECIMAL(9, 3)": ("1", "1.500", "NULL"),
        "BIGINT": ("1", "NULL"),
        "DATE": ("'2026-05-01'", "NULL"),
        "TIMESTAMP": ("'2026-05-01 10:00:00'", "NULL"),
        "HUGEINT": ("1", "NULL"),
    },
    "model": {"BIGINT": ("5", "NULL"), "VARCHAR": ("''", "NULL"), "BOOLEAN": ("true", "NULL")},
}  # fmt: skip
CASES = [(name, kind) for name, kinds in TYPES.items() for kind in kinds]


@pytest.mark.parametrize("catalog", [GPT, CLIPS], ids=["gptimage2api", "clipworks"])
@pytest.mark.parametrize(("name", "kind"), CASES, ids=[f"{name} {kind}" for name, kind in CASES])
def test_a_typed_column_is_read_like_its_values_in_python(catalog: Catalog, name: str, kind: str):
    if name not in catalog.fields and name in ("audio", "outputs"):
        return
    connection = duckdb.connect()
    others = {column: literal(value) for column, value in plain(catalog).items() if column not in (name, "task_id")}
    values = ", ".join(f"('t{number}', CAST({value} AS {kind}))" for number, value in enumerate(TYPES[name][kind]))
    columns = ", ".join(f"CAST({value} AS VARCHAR) AS {identifier(column)}" for column, value in others.items())
    connection.execute(
        f"SET TimeZone = 'Asia/Tokyo'; CREATE TABLE log AS SELECT {columns}, task_id, value AS {identifier(name)} "
        f"FROM (VALUES {values}) v(task_id, value)"
    )
    own = "NULL" if kind == "TIMESTAMPTZ" else identifier(name)
    listed = ", ".join(map(identifier, others))
    read = connection.execute(f"SELECT {listed}, task_id, {own} FROM log ORDER BY CAST(task_id[2:] AS INT)").fetchall()
    records = [dict(zip((*others, "task_id", name), row, strict=True)) for row in read]
    if kind == "TIMESTAMPTZ":  # which DuckDB hands out by the zone of its session
        records = [{**row, name: moment(value)} for row, value in zip(records, TYPES[name][kind], strict=True)]
    report = audit(catalog, "log", engine=connection, duplicates=False)
    assert differences(catalog, records, report) == []


def moment(value: str) -> datetime | None:
    return None if value == "NULL" else datetime.fromisoformat(value.strip("'"))


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("creditsUsed", "[1]", r"credits_used: a column of type .*\[\] cannot hold a number"),
        ("creditsUsed", "DATE '2026-01-01'", "a column of type DATE cannot hold a number"),
        ("taskId", "[1]", "task_id: a column of type .* cannot hold text"),
        ("createdAt", "true", "created_at: a column of type BOOLEAN cannot hold a time"),
        ("creditsRefunded", "{'a': 1}", "credits_refunded: a column of type STRUCT.* cannot hold"),
        ("status", "'x'::BLOB", "status: a column of type BLOB cannot hold text"),
    ],
)
def test_a_column_of_a_type_that_cannot_tell_it_is_refused(column: str, value: str, said: str):
    columns = {"taskId": "'t'", "model": "'gpt-image-2'", "status": "1", "creditsUsed": "3"} | {column: value}
    connection = duckdb.connect()
    listed = ", ".join(f"{text} AS {name}" for name, text in columns.items())
    connection.execute(f"CREATE TABLE log AS SELECT {listed}")
    with pytest.raises(UnusableLog, match=said):
        audit(GPT, "log", engine=connection)


LISTS = {"VARCHAR[]": "['https://a', 'https://b']", "JSON": "'[1, 2]'", "VARCHAR": '\'["https://a", "https://b"]\''}


@pytest.mark.parametrize(("kind", "value"), LISTS.items(), ids=LISTS)
def test_lists_are_counted_whatever_they_are_written_as(kind: str, value: str):
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE log AS SELECT 't' AS taskId, 'gpt-image-2' AS model, 1 AS status, 3 AS creditsUsed, "
        f"CAST({value} AS {kind}) AS inputImageUrls, 'a' AS prompt, NULL AS resolution"
    )
    connection.execute("INSERT INTO log SELECT * REPLACE (NULL AS inputImageUrls, 'u' AS taskId) FROM log")
    report = audit(GPT, "log", engine=connection)
    assert (report.rows_judged, report.malformed, report.counts) == (2, {}, {})


@pytest.mark.parametrize("value", ["'no list'", "'{}'", "5", "true"])
def test_what_is_no_list_leaves_it_unknown(value: str):
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE log AS SELECT 't' AS taskId, 'gpt-image-2' AS model, 1 AS status, 3 AS creditsUsed, "
        f"{value} AS inputImageUrls"
    )
    assert audit(GPT, "log", engine=connection).counts == {}


BODY = '{"prompt": "a", "resolution": "%s", "duration": %s, "inputMode": "text_to_video"}'


@pytest.mark.parametrize("kind", ["VARCHAR", "JSON", "STRUCT"])
def test_request_bodies_are_read_as_text_json_and_objects(kind: str):
    connection = duckdb.connect()
    bodies = [("720p", 5, 30), ("1080p", 15, 133), ("720p", 10, 61)]
    values = ", ".join(
        f"({number}, {charge}, "
        + (
            f"{{'prompt': 'a', 'resolution': '{size}', 'duration': {seconds}, 'inputMode': 'text_to_video'}})"
            if kind == "STRUCT"
            else f"CAST({literal(BODY % (size, seconds))} AS {kind}))"
        )
        for number, (size, seconds, charge) in enumerate(bodies)
    )
    connection.execute(
        "CREATE TABLE log AS SELECT CAST(id AS VARCHAR) AS taskId, 'wan/2-6-text-to-video' AS model, 1 AS status, "
        f"charge AS creditsUsed, false AS creditsRefunded, body FROM (VALUES {values}) v(id, charge, body)"
    )
    report = audit(GPT, "log", engine=connection, request_column="body")
    assert report.outcomes == {"exact": 2, "overcharged": 1, "settled": 3}  # 30, 30 x 3 x 1.47 = 132.3, 60
    assert [row["delta"] for row in report.findings()] == [1]


def test_a_body_that_is_neither_is_refused():
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE log AS SELECT 't' AS taskId, 'gpt-image-2' AS model, 1 AS status, 3 AS creditsUsed, 5 AS body"
    )
    assert audit(GPT, "log", engine=connection, request_column="body").not_checked


@pytest.mark.parametrize(("left", "right"), list(product(("3", "3.0"), ("3", "4"))))
def test_two_columns_for_one_are_compared_by_value(left: str, right: str):
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE log AS SELECT 't' AS taskId, 'gpt-image-2' AS model, 1 AS status, "
        f"'{left}' AS creditsUsed, CAST({right} AS DOUBLE) AS credits_used"
    )
    report = audit(GPT, "log", engine=connection)
    assert report.malformed == ({} if right == "3" else {"credits_used": 1})


@pytest.mark.parametrize(
    ("kind", "value", "reason"),
    [
        ("TIMESTAMP", "'infinity'", "created_at"),
        ("TIMESTAMPTZ", "'-infinity'", "created_at"),
        ("DATE", "'300000-01-01'", "created_at"),
        ("TIMESTAMP", "NULL", None),
    ],
)
def test_a_time_beyond_every_calendar_is_malformed(kind: str, value: str, reason: str | None):
    connection = duckdb.connect()
    connection.execute(
        f"CREATE TABLE log AS SELECT 't' AS taskId, 'gpt-image-2' AS model, 1 AS status, 3 AS creditsUsed, "
        f"1 AS numOutputs, CAST({value} AS {kind}) AS createdAt"
    )
    assert audit(GPT, "log", engine=connection).malformed == ({reason: 1} if reason else {})
