"""The identities of every audit, and what its figures do not depend on."""

import os
import random
from fractions import Fraction

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pricing_rules import Catalog
from pricing_rules.audit import audit
from pricing_rules.audit.meaning.verdict import check
from pricing_rules.audit.report.groups import credits_of
from pricing_rules.audit.report.words import UNPRICED
from pricing_rules.errors import UnusableLog
from support.audit_rows import Record, plain, times
from support.identities import figures, holds, told, written_findings_are_those_of_the_report
from support.logs import ROWS, log, written
from support.strategies import CATALOGS

services = pytest.mark.parametrize("catalog", CATALOGS.values(), ids=CATALOGS)
seeds = st.integers(0, 2**32 - 1)
ZONES = ("UTC", "America/New_York", "Asia/Tokyo")
some = settings(max_examples=300 if os.environ.get("PRICING_RULES_LONG") else 2)  # a log each


@services
@some
@given(seed=seeds)
def test_the_sums_of_a_report_agree(tmp_path_factory, catalog, seed):
    folder = tmp_path_factory.mktemp("log")
    holds(audit(catalog, written(log(catalog, seed), folder / "log.csv")), ROWS)


@services
def test_a_finding_tells_the_same_reason_as_the_reference(tmp_path, catalog):
    moments = ["2025-12-31T23:59:59Z", *times(catalog)]
    records = [
        {**record, "created_at": moments[number % len(moments)]} for number, record in enumerate(log(catalog, 9, 900))
    ]
    wanted = {}
    for record in records:
        verdict = check(catalog, record)
        wanted |= {
            (record["task_id"], "malformed"): verdict.reason if verdict.state == "malformed" else None,
            (record["task_id"], "unpriced"): verdict.unpriced and UNPRICED[verdict.unpriced],
            (record["task_id"], "invalid_request"): " ".join(sorted(verdict.rules)) or None,
        }
    found = {
        (row.task_id, row.kind): row.rules or row.column or row.why.partition("; ")[2].partition(":")[0].strip(".")
        for row in audit(catalog, written(records, tmp_path / "log.csv")).findings()
        if row.kind in ("malformed", "unpriced", "invalid_request")
    }
    assert found == {key: reason for key, reason in wanted.items() if reason}
    assert (UNPRICED["before_first_price"] in found.values()) is (catalog.id == "clipworks")


@services
@pytest.mark.parametrize("absent", ["credits_refunded", "duration", "created_at", "account"])
def test_the_sums_of_a_report_agree_where_a_column_is_absent(tmp_path, catalog, absent):
    records = [{name: value for name, value in row.items() if name != absent} for row in log(catalog, 5)]
    holds(audit(catalog, written(records, tmp_path / "log.csv")), ROWS)


@services
@some
@given(seed=seeds)
def test_what_is_owed_and_lost_is_the_sum_of_the_rows(tmp_path_factory, catalog, seed):
    records = log(catalog, seed)
    report = audit(catalog, written(records, tmp_path_factory.mktemp("log") / "log.csv"))
    nets = [net(catalog, record) for record in records]
    above, below = [each for each in nets if each > 0], [each for each in nets if each < 0]
    assert report.owed_to_customers == (credits_of(sum(above)), len(above))
    assert report.lost_by_service == (credits_of(-sum(below)), len(below))


def net(catalog: Catalog, record: Record) -> int:
    """Return what a row is out of balance, in micros, from its own verdict."""
    verdict = check(catalog, record)
    if verdict.state != "judged" or verdict.task not in ("completed", "failed"):
        return 0
    charge = int(Fraction(record["credits_used"] or 0) * 10**6)
    refunded = verdict.refunded or 0
    if verdict.task == "failed":
        return charge - refunded
    sure = verdict.charge in ("exact", "overcharged", "undercharged") and verdict.low == verdict.high
    return charge - refunded - verdict.low if sure else -refunded


def test_figures_do_not_depend_on_order_or_files(tmp_path):
    catalog = CATALOGS["aivideoapi"]
    records = log(catalog, 4)
    shuffled = random.Random(4).sample(records, len(records))  # noqa: S311 -- no secret
    parts = [written(shuffled[start::2], tmp_path / f"part{start}.csv") for start in range(2)]
    assert figures(audit(catalog, parts)) == figures(audit(catalog, written(records, tmp_path / "log.csv")))


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("kind", ["TIMESTAMP", "TIMESTAMPTZ", "TIMESTAMP_NS", "VARCHAR"])
def test_a_time_is_before_or_after_an_edition_in_every_session(zone, kind):
    connection = duckdb.connect()
    offset = "" if kind in ("TIMESTAMP", "TIMESTAMP_NS") else "+00"
    moments = ", ".join(
        f"({number}, CAST('2026-05-01 {at}{offset}' AS {kind}))"
        for number, at in enumerate(("09:59:59.999999", "10:00:00", "10:00:00.000001"))
    )
    connection.execute(
        f"SET TimeZone = 'UTC'; CREATE TABLE moments AS SELECT * FROM (VALUES {moments}) v(id, created_at)"
    )
    connection.execute(
        "CREATE TABLE log AS SELECT CAST(id AS VARCHAR) AS task_id, 'reel-1' AS model, 'done' AS status, "
        "4 AS duration, 480 AS resolution, false AS audio, 1 AS outputs, 3.25 AS credits_used, 0 AS credits_refunded, "
        "created_at FROM moments"
    )
    connection.execute(f"SET TimeZone = '{zone}'")
    report = audit(CATALOGS["clipworks"], "log", engine=connection)
    assert report.outcomes["exact"] == 1  # 3.1 up to a quarter, then 3.3
    assert [row["task_id"] for row in sorted(told(report), key=lambda row: row["task_id"])] == ["1", "2"]
    assert [(day, sums.rows, str(sums.low)) for day, sums in report.by_day.items()] == [("2026-05-01", 3, "10.25")]


@services
def test_one_unit_more_on_one_right_row_is_one_unit_more_everywhere(tmp_path, catalog):
    right = {**plain(catalog), "task_id": "t0"}
    more = {**right, "credits_used": str(float(Fraction(right["credits_used"]) + catalog.credit.unit))}
    others = log(catalog, 3)
    before, after = (
        audit(catalog, written([row, *others], tmp_path / f"log{number}.csv"))
        for number, row in enumerate((right, more))
    )
    unit = credits_of(int(catalog.credit.unit * 10**6))
    assert after.totals["all"].charged - before.totals["all"].charged == unit
    assert after.totals["all"].difference - before.totals["all"].difference == unit
    assert after.owed_to_customers[0] - before.owed_to_customers[0] == unit


def test_a_name_that_is_given_to_no_column_is_told(tmp_path):
    catalog = CATALOGS["aivideoapi"]
    path = written(log(catalog, 1), tmp_path / "log.csv")
    with pytest.raises(UnusableLog, match=r"'acount'\. Did you mean 'account'\?"):
        audit(catalog, path, columns={"account": "acount"})


@pytest.mark.parametrize(("catalog", "ending"), list(zip(CATALOGS.values(), ("parquet", "csv", "jsonl"), strict=True)))
def test_written_files_have_the_rows_and_deltas_of_the_findings(tmp_path, catalog, ending):
    report = audit(catalog, written(log(catalog, 11, 200), tmp_path / "log.csv"))
    written_findings_are_those_of_the_report(report, tmp_path / f"findings.{ending}")
