"""The audit by Spark: the text that DuckDB runs, the same figures, findings that stay in a data frame."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pricing_rules.audit import audit
from pricing_rules.audit.sample.log import FAULTS, sample
from pricing_rules.errors import UnreadableLog, UnusableLog
from support import company
from support.audit_rows import numbered, plain, seeded
from support.identities import holds
from support.identities import told as findings
from support.logs import ROWS, log
from support.logs import written as log_file
from support.pages import AUDIT
from support.places import ROOT
from support.reference import differences
from support.strategies import CATALOGS

pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs a Java runtime"),
    pytest.mark.filterwarnings("ignore"),
]
SEEDED = 6_000
services = pytest.mark.parametrize("catalog", CATALOGS.values(), ids=CATALOGS)


def figures(report) -> dict:
    return {**report.as_dict(), "sources": None}


@services
def test_a_log_has_the_same_figures_as_by_duckdb(session, catalog, tmp_path):
    path = str(tmp_path / "usage.parquet")
    planted = sample(catalog, 2_000, path, seed=4, faults=dict.fromkeys(FAULTS, 2))
    told_by_spark = audit(catalog, session.read.parquet(path), progress=print)
    assert figures(told_by_spark) == figures(audit(catalog, path))
    assert told_by_spark.counts == planted.findings
    holds(told_by_spark, 2_000)
    by_duckdb = audit(catalog, path)
    page = told_by_spark.html().replace("&#x27;data frame&#x27;", "usage.parquet")  # a command quotes it
    page = page.replace("data frame", "usage.parquet")
    assert page == by_duckdb.html()
    task = next(by_duckdb.findings("overcharged")).task_id
    one, other = (report.explain(task).as_dict()["rows"][0] for report in (told_by_spark, by_duckdb))
    assert {**one, "file": None, "row": None} == {**other, "file": None, "row": None}
    with pytest.raises(UnusableLog, match="statements are written by DuckDB only"):
        told_by_spark.statements(tmp_path / "statements")
    kinds = {row["kind"]: row["count"] for row in told_by_spark.findings().groupBy("kind").count().collect()}
    assert kinds == planted.findings


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Tokyo"])
@pytest.mark.parametrize("ansi", ["true", "false"])
def test_figures_do_not_depend_on_the_session(session, tmp_path, zone, ansi):
    catalog = CATALOGS["clipworks"]
    times = ("2026-05-01 09:59:59.999999+00", "2026-05-01 10:00:00+00", "2026-05-02 01:59:59+02")
    values = ", ".join(f"('t{number}', TIMESTAMPTZ '{each}')" for number, each in enumerate(times))
    path = str(tmp_path / "usage.parquet")
    duckdb.execute(
        "COPY (SELECT id AS task_id, 'reel-1' AS model, 'done' AS status, 4.00 AS credits_used, moment AS created_at, "
        "4 AS duration, 480 AS resolution, false AS audio, 0.00 AS credits_refunded, 'text' AS mode, "
        f"CAST(3 AS DOUBLE) AS prompt_length FROM (VALUES {values}) v(id, moment)) TO '{path}' (FORMAT PARQUET)"
    )
    session.conf.set("spark.sql.session.timeZone", zone)
    session.conf.set("spark.sql.ansi.enabled", ansi)
    found = figures(audit(catalog, session.read.parquet(path)))
    session.conf.set("spark.sql.ansi.enabled", "true")
    assert found == figures(audit(catalog, path))
    # 3.1 credits until 10:00 UTC, 3.3 from then on, both up to a quarter: 3.25 + 2 x 3.5
    assert [(day["day"], day["expected_low"], day["charged"]) for day in found["by_day"]] == [
        ("2026-05-01", "10.25", "12")
    ]


@services
def test_figures_and_findings_equal_the_reference(session, catalog, tmp_path):
    records = numbered([*seeded(catalog, SEEDED // len(CATALOGS), 21), *log(catalog, 22, 300)])
    frame = session.read.parquet(str(log_file(records, tmp_path / "log.parquet")))
    assert differences(catalog, records, audit(catalog, frame, duplicates=False)) == []


def test_objects_lists_and_histories_are_read_like_columns(session):
    catalog = CATALOGS["aivideoapi"]
    frame = session.sql(
        "SELECT 'a' AS id, 'gpt-image-2' AS model, status, at AS created_at, at + 5 AS completed_at, "
        "2.4D AS creditsUsed, 0 AS credits_refunded, 'me' AS account, "
        "NAMED_STRUCT('prompt', 'x', 'image_urls', ARRAY('https://a'), 'resolution', '1k') AS input "
        "FROM VALUES ('pending', 1790812800), ('completed', 1790812800) AS v(status, at)"
    )
    plainly = audit(catalog, frame)
    assert (plainly.rows_judged, plainly.counts, plainly.outcomes["exact"]) == (2, {}, 2)
    assert audit(catalog, frame, history=True).filtered == {"history": 1}
    frame.createOrReplaceTempView("tasks")
    assert audit(catalog, "tasks", engine=session, duplicates=False).rows_read == 2


def test_bodies_that_cannot_be_read_are_malformed(session):
    good = '{"model": "gpt-image-2", "input": {"prompt": "a", "resolution": "2k"}}'
    bodies = (good, "{oops", "[]", "5", "{}", None)
    rows = [(str(number), "completed", "gpt-image-2", "4.8", body) for number, body in enumerate(bodies)]
    frame = session.createDataFrame(rows, "id string, status string, model string, credits string, body string")
    report = audit(CATALOGS["aivideoapi"], frame, request_column="body", duplicates=False)
    assert (report.malformed, report.outcomes["exact"], report.rows_judged) == ({"model": 3}, 1, 3)


@pytest.mark.parametrize("ending", ["parquet", "csv", "jsonl"])
def test_findings_are_written_to_a_folder(session, tmp_path, ending):
    catalog = CATALOGS["gptimage2api"]
    frame = session.sql(
        "SELECT '=t' AS taskId, 'gpt-image-2' AS model, 1 AS status, 4 AS creditsUsed, 1 AS numOutputs, "
        "'a\\\\b\\'c' AS account"
    )
    report = audit(catalog, frame)
    out = tmp_path / f"findings.{ending}"
    report.write(out)
    form = {"jsonl": "json"}.get(ending, ending)
    rows = session.read.option("header", "true").format(form).load(str(out)).collect()
    assert [(row["kind"], row["task_id"]) for row in rows] == [("overcharged", "'=t" if ending == "csv" else "=t")]
    assert [path.name for path in tmp_path.iterdir()] == [out.name]
    assert [row["account"] for row in report.findings("overcharged", 5).collect()] == ["a\\b'c"]


def test_the_sums_of_a_report_agree_and_do_not_depend_on_order_or_partitions(session, tmp_path):
    catalog = CATALOGS["clipworks"]
    path = str(log_file(log(catalog, 7), tmp_path / "log.parquet"))
    frame = session.read.parquet(path)
    wanted = audit(catalog, path)
    for given in (frame, frame.orderBy("prompt_length", "task_id").repartition(3)):
        report = audit(catalog, given)
        assert figures(report) == figures(wanted)
        holds(report, ROWS)
    assert report.owed_to_customers == wanted.owed_to_customers


def test_rows_that_contradict_each_other_have_the_same_figures_as_by_duckdb(session, tmp_path):
    catalog = CATALOGS["gptimage2api"]
    row = {**plain(catalog), "account": None, "credits_used": "5"}
    changes = ({}, {"account": "a"}, {"account": "b", "prompt_length": None})
    path = str(log_file([{**row, **change} for change in changes], tmp_path / "log.parquet"))
    told_by_spark, told_by_duckdb = audit(catalog, session.read.parquet(path)), audit(catalog, path)
    assert told_by_spark.counts["conflicting_task"] == 2
    assert figures(told_by_spark) == figures(told_by_duckdb)
    each = [
        sorted(findings(report), key=lambda row: f"{row['account']} {row['kind']}")
        for report in (told_by_spark, told_by_duckdb)
    ]
    unplaced = [[{**row, "file": None, "row": None} for row in rows] for rows in each]
    assert unplaced[0] == unplaced[1]


def test_what_spark_cannot_do_is_told(session):
    frame = session.sql("SELECT 't' AS taskId, 'gpt-image-2' AS model, 1 AS status, 3 AS creditsUsed")
    catalog = CATALOGS["gptimage2api"]
    with pytest.raises(UnusableLog, match="read by DuckDB only"):
        audit(catalog, frame, ledger="ledger.csv")
    with pytest.raises(UnusableLog, match=r"not to .findings\.xlsx"):
        audit(catalog, frame).write("findings.xlsx")


def test_what_spark_cannot_read_is_told(session, tmp_path):
    catalog = CATALOGS["gptimage2api"]
    with pytest.raises(UnreadableLog, match="no_such_table"):
        audit(catalog, "no_such_table", engine=session)
    frame = session.sql("SELECT 't' AS taskId, 'x' AS TASKID, 'gpt-image-2' AS model, 1 AS status, 3 AS creditsUsed")
    with pytest.raises(UnusableLog, match="two columns 'TASKID'"):
        audit(catalog, frame)
    path = str(tmp_path / "broken.parquet")
    session.range(3).selectExpr(
        "CAST(id AS STRING) AS taskId", "'gpt-image-2' AS model", "1 AS status", "3 AS creditsUsed"
    ).coalesce(1).write.parquet(path)
    broken = session.read.parquet(path)
    for file in (tmp_path / "broken.parquet").glob("*.parquet"):
        file.write_bytes(file.read_bytes()[:40])
    with pytest.raises(UnreadableLog, match="data frame"):
        audit(catalog, broken)


def test_what_an_executor_took_with_it_is_told(session):
    frame = session.sql("SELECT 't' AS taskId, 'gpt-image-2' AS model, 1 AS status, 4 AS creditsUsed")
    report = audit(CATALOGS["gptimage2api"], frame, duplicates=False)
    for kept in session.sparkContext._jsc.getPersistentRDDs().values():  # noqa: SLF001 -- as if it had been there
        kept.unpersist(True)  # noqa: FBT003 -- at once
    with pytest.raises(UnreadableLog, match=r"data frame: an executor was lost, .* set a checkpoint folder before$"):
        report.findings()


def test_what_is_there_is_not_written_over(session, tmp_path):
    frame = session.sql("SELECT 't' AS taskId, 'gpt-image-2' AS model, 1 AS status, 4 AS creditsUsed")
    report = audit(CATALOGS["gptimage2api"], frame, duplicates=False)
    (tmp_path / "findings.csv").mkdir()
    with pytest.raises(FileExistsError):
        report.write(tmp_path / "findings.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["findings.csv"]


def test_accounts_beyond_the_first_thousand_are_one_line(session):
    frame = session.range(1_003).selectExpr(
        "CAST(id AS STRING) AS taskId", "'gpt-image-2' AS model", "1 AS status", "5 AS creditsUsed",
        "0 AS refund_count", "CAST(LEAST(id, 1001) AS STRING) AS account", "1 AS numOutputs",
    )  # fmt: skip
    report = audit(CATALOGS["gptimage2api"], frame, duplicates=False)
    assert (report.by_account[0].account, report.by_account[0].rows) == ("1001", 2)
    assert (len(report.by_account), report.by_account[-1].account, report.by_account[-1].rows) == (1_001, None, 2)
    assert report.by_account[-1].owed == 4


def test_a_company_s_frame_has_the_same_report_as_by_duckdb(session):
    rows = [company.told(record) for record in company.records()]
    for row in rows:
        row |= {name: str(row[name]).replace(".", ",") for name in ("price", "refund")}
        row["started"] = "{2}.{1}.{0} {3}".format(*str(row["started"]).replace(" ", "-").split("-"))
    schema = ", ".join(f"{name} string" for name in company.NAMES.values())
    frame = session.createDataFrame([tuple(row.values()) for row in rows], schema)
    frame.createOrReplaceTempView("company")
    mapping = {"columns": company.NAMES, "status": company.STATUSES, "decimal": ",", "time": "%d.%m.%Y %H:%M:%S"}
    catalog, assume = CATALOGS["gptimage2api"], {"prompt_length": "20"}
    found = audit(catalog, frame, mapping=mapping, assume=assume)
    assert (found.counts, found.assumed) == (company.FAULTS, assume)
    by_query = audit(catalog, "SELECT * FROM company", engine=session, mapping=mapping, assume=assume)
    columns = ", ".join(f"NULLIF('{{}}', 'None') AS {name}" for name in company.NAMES.values())
    values = " UNION ALL ".join(f"SELECT {columns.format(*row.values())}" for row in rows)
    by_duckdb = audit(catalog, values, engine=duckdb.connect(), mapping=mapping, assume=assume)
    assert figures(found) == figures(by_query) == figures(by_duckdb)


def test_null_words_are_refused_by_spark_with_what_to_do(session):
    frame = session.sql("SELECT 't' AS taskId, 'gpt-image-2' AS model, 1 AS status, 3 AS creditsUsed")
    with pytest.raises(UnusableLog, match="by its option nullValue"):
        audit(CATALOGS["gptimage2api"], frame, mapping={"nulls": ["-"]})


def test_the_job_of_the_page_about_audits_runs_by_spark_submit(tmp_path):
    sample(CATALOGS["gptimage2api"], 2_000, tmp_path / "usage.parquet", seed=7, faults={"overcharged": 3})
    (tmp_path / "audit_job.py").write_text(AUDIT.file("audit_job.py"))
    command = shlex.split(next(block for block in AUDIT.blocks("sh") if block.startswith("spark-submit")))
    submit = str(Path(sys.executable).with_name(command[0]))
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYSPARK_PYTHON": sys.executable}
    environment["PYSPARK_DRIVER_PYTHON"] = sys.executable
    ran = subprocess.run(  # noqa: S603 -- of our own environment
        [submit, *command[1:]], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, "Customers are owed 3 credits on 3 tasks" in ran.stdout) == (1, True), ran.stderr[-2000:]
    rows = duckdb.execute(f"SELECT kind, why FROM '{tmp_path}/findings.parquet/*.parquet'").fetchall()
    assert {kind for kind, _ in rows} == {"overcharged"}
    assert all(why.endswith(".") for _, why in rows)
    assert "Audit of GPT Image 2 API" in (tmp_path / "report.html").read_text()


def test_what_is_kept_in_a_checkpoint_folder_outlives_the_executors(session, tmp_path):
    session.sparkContext.setCheckpointDir(str(tmp_path / "kept"))
    frame = session.sql("SELECT 't' AS taskId, 'gpt-image-2' AS model, 1 AS status, 4 AS creditsUsed")
    report = audit(CATALOGS["gptimage2api"], frame, duplicates=False)
    for kept in session.sparkContext._jsc.getPersistentRDDs().values():  # noqa: SLF001 -- as if they were lost
        kept.unpersist(True)  # noqa: FBT003 -- at once
    assert [row["kind"] for row in report.findings().collect()] == ["off_tariff"]  # 3 or 6, not 4
