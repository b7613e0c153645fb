"""Arrow tables and streams as logs."""

import pytest

from pricing_rules.audit import audit, rate
from support.command import run
from support.company import FAULTS, records, told, written
from support.strategies import CATALOGS

pyarrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
pyarrow_parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")


def test_an_object_that_streams_arrow_is_a_log():
    table = pyarrow.table({"taskId": ["t"], "model": ["gpt-image-2"], "status": [1], "creditsUsed": [3]})
    assert audit(CATALOGS["gptimage2api"], table).rows_read == 1


def test_arrow_that_can_be_read_once_only_is_a_log():
    table = pyarrow.table({"taskId": ["t"], "model": ["gpt-image-2"], "status": [1], "creditsUsed": [3]})
    report = audit(CATALOGS["gptimage2api"], table.to_reader())
    assert (report.rows_read, report.sources, list(report.findings())) == (1, ("Arrow table",), [])


def test_nanoseconds_with_a_zone_are_floored():
    starts = 1_777_629_600_000_000_000  # 2026-05-01 10:00 UTC, from when 4 s cost 3.3 credits, up to a quarter
    times = pyarrow.array([starts - 1, starts], pyarrow.timestamp("ns", tz="Asia/Tokyo"))
    table = pyarrow.table({
        "task_id": ["a", "b"], "model": ["reel-1"] * 2, "status": ["done"] * 2, "credits_used": ["3.25", "3.5"],
        "duration": [4, 4], "resolution": [480, 480], "audio": [False, False], "outputs": [1, 1], "created_at": times,
    })  # fmt: skip
    assert audit(CATALOGS["clipworks"], table).outcomes["exact"] == 2


def test_arrow_tables_and_readers_are_rated_as_other_logs_are():
    catalog = CATALOGS["gptimage2api"]
    columns = {"task_id": ["t"], "model": ["gpt-image-2"], "status": [1], "credits_used": [4], "outputs": [1]}
    table = pyarrow.table(columns)
    total = rate(catalog, table, table.to_reader()).total
    assert (total.tasks, total.then.low, total.difference.high) == (2, 6, -2)


def test_parquet_with_nullable_whole_numbers_has_the_report_of_the_company_s_csv(tmp_path):
    rows = [told(record) for record in records()]
    kinds = dict.fromkeys(("price", "refund"), pyarrow.float64()) | dict.fromkeys(
        ("seconds", "images"), pyarrow.int64()
    )
    columns = {
        name: pyarrow.array([row[name] for row in rows], pyarrow.string()).cast(
            pyarrow.timestamp("us") if name == "started" else kinds.get(name, pyarrow.string())
        )
        for name in rows[0]
    }
    pyarrow_parquet.write_table(pyarrow.table(columns), tmp_path / "usage.parquet")
    mapping = tmp_path / "mapping.toml"
    assert run("audit", str(written(tmp_path / "usage.csv")), "--suggest", "--out", str(mapping)).code == 0
    figures = [run("audit", str(tmp_path / name), "--map", str(mapping), "--json").document for name in
               ("usage.csv", "usage.parquet")]  # fmt: skip
    assert figures[0]["counts"] == FAULTS
    assert {**figures[0], "sources": None} == {**figures[1], "sources": None}
