"""Findings that can be defended: each tells why, where it stands and what it rests on; its task can be explained."""

import csv
import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from pricing_rules import load_catalog
from pricing_rules.audit import Finding, audit, check
from pricing_rules.audit.report.findings import FINDING
from pricing_rules.audit.sample.log import FAULTS, sample
from pricing_rules.errors import UnreadableLog, UnusableLog
from support.command import run
from support.logs import written
from support.strategies import CATALOGS

GPT = load_catalog("gptimage2api")
SERVICE = ("--service", "gptimage2api")
HEADER = "taskId,model,status,creditsUsed,creditsRefunded,createdAt,numOutputs,account"
OVER = "t1,gpt-image-2,1,4,false,2026-10-01T00:00:00Z,1,ann"


def log(folder: Path, *rows: str, head: str = HEADER) -> Path:
    path = folder / "usage.csv"
    path.write_text("\n".join((head, *rows, "")))
    return path


def only(path: Path, **options: object) -> Finding:
    (found,) = audit(GPT, path, **options).findings()
    return found


def test_an_overcharge_is_told_with_both_amounts_and_its_instant(tmp_path):
    found = only(log(tmp_path, OVER))
    assert found.why == "4 credits were charged; the tariff says 3."
    assert (found.charged, found.expected_low, found.expected_high, found.delta) == (4, 3, 3, 1)
    assert (found.created_at, found.outputs, found.row) == (datetime(2026, 10, 1, tzinfo=UTC), "1", 1)
    assert (found.basis, found.source) == ("documented", "pricing.txt: Image models")
    assert isinstance(found.delta, Decimal)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("t,nano-bananaa,1,4,false,,1,a", "The catalog has no model 'nano-bananaa'. Did you mean 'nano-banana-2'?"),
        ("t,,1,4,false,,1,a", "The row has no model."),
        ("t,gpt-image-2,lost,3,false,,1,a", "The status 'lost' is no word of the service."),
        ("t,gpt-image-2,,3,false,,1,a", "The row has no status."),
        ("t,gpt-image-2,2,3,false,,1,a", "3 credits were charged for a task that failed, and nothing was refunded."),
        ("t,gpt-image-2,1,3,true,,1,a", "3 credits were refunded though the task completed."),
        ("t,gpt-image-2,1,1,false,,1,a", "1 credit was charged; the tariff says 3."),
    ],
)
def test_the_reason_of_a_finding_is_one_sentence(tmp_path, row, why):
    assert why in [found.why for found in audit(GPT, log(tmp_path, row)).findings()]


@pytest.mark.parametrize(
    ("charged", "why"),
    [
        ("31", "31 credits were charged; the prices that fit are from 3 to 30."),
        ("4", "4 credits were charged; no price that fits is that, from 3 to 30."),
        ("2.5", "2.5 credits were charged; the prices that fit are from 3 to 30."),
    ],
)
def test_the_reason_of_a_charge_that_could_have_been_several_names_their_range(tmp_path, charged, why):
    row = f"t,gpt-image-2,1,{charged},false"
    assert only(log(tmp_path, row, head="taskId,model,status,creditsUsed,creditsRefunded")).why == why


@pytest.mark.parametrize(
    ("row", "column", "value", "why"),
    [
        ("t,gpt-image-2,1,3 cr,false,,1,a", "credits_used", "3 cr", "credits_used cannot be read: '3 cr'."),
        ("t,gpt-image-2,1,,false,,1,a", "credits_used", None, "credits_used is missing."),
        ("t,gpt-image-2,1,3,false,soon,1,a", "created_at", "soon", None),
        (",gpt-image-2,1,3,false,,1,a", "task_id", None, None),
    ],
)
def test_a_malformed_row_tells_the_column_and_the_value_as_read_and_its_place(tmp_path, row, column, value, why):
    fine = "t0,gpt-image-2,1,3,false,2026-10-01T00:00:00Z,1,ann"
    found = only(log(tmp_path, fine, row))
    assert (found.kind, found.column, found.value, found.row) == ("malformed", column, value, 2)
    assert found.why == (why or f"{column} is missing, cannot be read, or is told twice and differently.")


def test_places_that_contradict_each_other_are_both_told(tmp_path):
    found = only(log(tmp_path, f"{OVER},5", head=f"{HEADER},credits_used"))
    assert (found.column, found.value) == ("credits_used", "credits_used: 5; creditsUsed: 4")


FINE = '{"taskId": "t1", "model": "gpt-image-2", "status": 1, "creditsUsed": 3, "numOutputs": 1, "prompt": "a"}'
BEFORE = b'{"taskId": "t9", "prompt": "a secret", "input": {"prompt": "secret"}, "creditsUsed": 3.50, "secret": 1'
TOLD = "taskId: t9; creditsUsed: 3.50"


def lines(folder: Path, *broken: bytes, name: str = "log.jsonl") -> Path:
    """Write lines that are broken among some that are fine and empty ones."""
    content = b"\n".join((FINE.encode(), b"", b" \t", *broken, FINE.replace("t1", "t2").encode(), b""))
    path = folder / name
    compression = {".gz": "gzip", ".zst": "zstd"}.get(path.suffix)
    with pa.output_stream(path, compression) as stream:
        stream.write(content)
    return path


@pytest.mark.parametrize(
    ("line", "value"),
    [
        (b"oops", "Expecting value at column 1"),
        (BEFORE + b" secret}", f"Expecting ',' delimiter at column 104; {TOLD}"),
        (BEFORE + b', "prompt": "cut off', f"Unterminated string starting at column 115; {TOLD}"),
        (BEFORE + b', "prompt": "a \x01"}', f"Invalid control character at column 118; {TOLD}"),
        (BEFORE + b"} {}", f"Extra data at column 105; {TOLD}"),
        (BEFORE + b', "prompt": "\xff"}', f"no UTF-8 text from byte 116 on; {TOLD}"),
        (BEFORE + b', "taskId": true}', f"the key 'taskId' comes twice; {TOLD}; taskId: true"),
        (BEFORE + b', "x": "\\ud800"}', f"no JSON that can be read; {TOLD}"),
        (BEFORE + b', "x": ' + b"[" * 100_000 + b"}", f"lists or objects in each other, too deep to be read; {TOLD}"),
        (b'{"taskId": {"secret": 1}, "model" "secret"}', "Expecting ':' delimiter at column 35"),
        (b'["secret"]', "no JSON object"),
        (b'  "secret"', "no JSON object"),
        (b'{"model": "\\u001b[31m", "model": null}', "the key 'model' comes twice; model: \\x1b[31m; model: null"),
    ],
)
def test_a_line_that_cannot_be_read_tells_where_it_breaks_off_and_no_prompt(tmp_path, line, value):
    found = only(lines(tmp_path, line))
    assert (found.kind, found.column, found.row, found.value) == ("malformed", "line", 2, value)
    assert "secret" not in f"{found.as_dict()}"


def test_what_is_told_of_a_line_has_at_most_200_characters(tmp_path):
    found = only(lines(tmp_path, b'{"taskId": "' + b"t" * 500 + b'"'))
    assert found.value == f"Expecting ',' delimiter at column 514; taskId: {'t' * 500}"[:200]


@pytest.mark.parametrize(
    ("name", "encoding"), [("log.jsonl.gz", "utf-8"), ("log.jsonl.zst", "utf-8"), ("log.jsonl", "utf-16")]
)
def test_a_broken_line_is_told_of_compressed_files_and_copies(tmp_path, name, encoding):
    path = lines(tmp_path, b"oops", BEFORE, name=name)
    if encoding != "utf-8":
        path.write_bytes(path.read_bytes().decode().encode(encoding))
    report = audit(GPT, path, mapping={"encoding": encoding})
    report.write(tmp_path / "findings.csv")
    with (tmp_path / "findings.csv").open() as stream:
        told = sorted((row["row"], row["value"]) for row in csv.DictReader(stream))
    assert told == [
        ("2", "Expecting value at column 1"),
        ("3", f"Expecting ',' delimiter at column {len(BEFORE) + 1}; {TOLD}"),
    ]
    assert "Expecting" not in report.html()


@pytest.mark.parametrize("line", [b"oops\r1", b'{"x": "' + b"y" * 2**23 + b'"'])
def test_a_line_of_a_zst_file_that_the_engine_splits_otherwise_as_text_has_its_place_alone(tmp_path, line):
    found = only(lines(tmp_path, line, name="log.jsonl.zst"))
    assert (found.column, found.row, found.value) == ("line", 2, None)


def test_a_task_of_a_line_with_a_key_twice_is_explained_with_what_stands_there(tmp_path):
    twice = b'{"taskId": "t9", "model": "gpt-image-2", "status": 1, "creditsUsed": 3, "creditsUsed": 4}'
    (row,) = audit(GPT, lines(tmp_path, twice)).explain("t9").rows
    told = {each.column: each.value for each in row.stated}
    assert told["line"].startswith("the key 'creditsUsed' comes twice; taskId: t9;")
    assert row.findings == (("malformed", "The line is no JSON object, or has a key twice."),)


def test_a_file_that_is_gone_before_its_findings_are_asked_for_is_named(tmp_path):
    report = audit(GPT, lines(tmp_path, b"oops"), store=tmp_path / "store")
    report.write(tmp_path / "first.csv")
    again = audit(GPT, tmp_path / "log.jsonl", store=tmp_path / "store")
    (tmp_path / "log.jsonl").unlink()
    with pytest.raises(UnreadableLog, match=r"log\.jsonl: it cannot be read again: .*No such file"):
        again.write(tmp_path / "second.csv")


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_the_place_of_a_finding_is_that_of_its_row_in_every_format(tmp_path, ending):
    records = [{"task_id": f"t{number}", "model": "gpt-image-2", "status": "1", "credits_used": "3", "outputs": "1"}
               for number in range(5_000)]  # fmt: skip
    for number in (7, 2_500, 4_999):
        records[number]["credits_used"] = "4"
    report = audit(GPT, written(records, tmp_path / f"log.{ending}"))
    assert sorted((each.row, each.task_id) for each in report.findings()) == [
        (8, "t7"),
        (2_501, "t2500"),
        (5_000, "t4999"),
    ]


def test_a_record_of_a_finding_is_short_and_has_the_columns_of_a_file(tmp_path):
    found = only(log(tmp_path, OVER.replace("ann", "a" * 5_000)))
    assert len(repr(found)) < 200
    assert list(found.as_dict()) == list(FINDING)
    assert found["why"] == found.why
    assert json.loads(json.dumps(found.as_dict()))["created_at"] == "2026-10-01T00:00:00Z"


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_a_file_of_findings_tells_what_python_tells(tmp_path, ending):
    sample(GPT, 2_000, tmp_path / "usage.parquet", seed=3, faults=dict.fromkeys(FAULTS, 2))
    report = audit(GPT, tmp_path / "usage.parquet")
    out = tmp_path / f"findings.{ending}"
    report.write(out)
    query = duckdb.execute(
        f'SELECT kind, task_id, "row", why, "references", CAST(delta AS DECIMAL(38, 6)) FROM \'{out}\''
    )
    found = [each for each in report.findings() if each.delta is not None]
    told = sorted((each.kind, each.task_id, each.row, each.why, each.references, each.delta) for each in found)
    assert sorted(row for row in query.fetchall() if row[5] is not None) == told
    assert [column[0] for column in duckdb.execute(f"SELECT * FROM '{out}'").description] == list(FINDING)


@pytest.mark.parametrize("catalog", CATALOGS.values(), ids=CATALOGS)
def test_every_finding_is_explained_from_its_own_row_of_the_file(tmp_path, catalog):
    sample(catalog, 1_000, tmp_path / "usage.csv", seed=5, faults=dict.fromkeys(FAULTS, 1))
    report = audit(catalog, tmp_path / "usage.csv")
    report.write(tmp_path / "findings.csv")
    with (tmp_path / "findings.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) >= len(FAULTS)
    for row in rows:
        explained = report.explain(row["task_id"])
        (own,) = [each for each in explained.rows if str(each.row) == row["row"]]
        assert (row["kind"], row["why"]) in own.findings
        assert row["charged"] in ("", str(own.verdict.charged))
        if row["expected_low"]:
            assert [str(quote.credits) for quote in own.quotes] == [row["expected_low"]]


def test_an_explanation_tells_each_value_and_where_it_stood_and_the_receipt(tmp_path):
    found = audit(GPT, log(tmp_path, OVER)).explain("t1")
    (row,) = found.rows
    stated = {each.place: (each.column, each.value, each.read) for each in row.stated}
    assert stated["creditsUsed"] == ("credits_used", "4", None)
    assert stated["createdAt"] == ("created_at", "2026-10-01T00:00:00Z", None)
    assert [(quote.credits, quote.basis) for quote in row.quotes] == [(3, "documented")]
    assert row.verdict.charge_delta == 1
    assert row.refund_rule == "the task completed, and nothing was refunded"
    text = str(found)
    for said in ("usage.csv, row 1", "expected 3", "pricing.txt: Image models", "the tariff says 3"):
        assert said in text
    assert len(repr(found)) < 200
    assert len(repr(row)) < 200
    assert "<td>creditsUsed</td>" in found._repr_html_()


def test_an_explanation_lists_every_price_where_the_row_leaves_several_open(tmp_path):
    found = audit(GPT, log(tmp_path, "t,gpt-image-2,1,6,false", head="taskId,model,status,creditsUsed,creditsRefunded"))
    (row,) = found.explain("t").rows
    assert [quote.credits for quote in row.quotes] == [3 * outputs for outputs in range(1, 11)]
    assert "It could have cost any of 10 prices" in str(found.explain("t"))


def test_an_explanation_names_the_broken_rule_with_its_source(tmp_path):
    row = "t,gpt-image-2,1,3,false,2026-10-01T00:00:00Z,11,ann"
    (own,) = audit(GPT, log(tmp_path, row)).explain("t").rows
    (fault,) = own.violations
    assert (fault.rule, fault.path, fault.limit) == ("outputs.maximum", "/numOutputs", 10)
    assert "generate-image.txt" in fault.source
    assert "rule: outputs.maximum at /numOutputs, allowed is 10" in str(audit(GPT, log(tmp_path, row)).explain("t"))


def test_an_explanation_lists_the_entries_of_a_ledger(tmp_path):
    (tmp_path / "ledger.csv").write_text(
        "task_id,kind,credits,entry_id,at\nt1,debit,4,e1,2026-10-01\nt1,refund,1,e2,2026-10-02\nt2,debit,9,e3,\n"
    )
    found = audit(GPT, log(tmp_path, OVER), ledger=tmp_path / "ledger.csv").explain("t1")
    assert [(each.kind, each.credits, each.entry_id) for each in found.entries] == [
        ("debit", 4, "e1"),
        ("refund", 1, "e2"),
    ]
    assert "Ledger" in str(found)
    assert found.as_dict()["entries"][0] == {
        "kind": "debit", "credits": "4", "entry_id": "e1", "at": "2026-10-01T00:00:00Z", "account": None,
    }  # fmt: skip


def test_an_explanation_of_a_history_says_which_row_counts(tmp_path):
    rows = [f"t,gpt-image-2,{status},3,false,2026-10-01T00:00:00Z,1,ann,2026-10-0{status + 1}" for status in (0, 1)]
    found = audit(GPT, log(tmp_path, *rows, head=f"{HEADER},updated_at"), history=True).explain("t")
    assert (found.task, [row.counts for row in found.rows]) == ("history", [False, True])


def test_a_task_that_the_log_has_not_is_told(tmp_path):
    report = audit(GPT, log(tmp_path, OVER))
    with pytest.raises(UnusableLog, match="the log has no task 't9'"):
        report.explain("t9")
    with pytest.raises(TypeError, match="a task's id is text"):
        report.explain(9)


def test_the_command_explains_a_task_in_words_and_as_json(tmp_path):
    path = str(log(tmp_path, OVER, "t2,gpt-image-2,1,3,false,2026-10-01T00:00:00Z,1,\x1b[31mann"))
    told = run("explain", path, "t1", *SERVICE)
    assert told.code == 1
    assert "finding: overcharged: 4 credits were charged; the tariff says 3." in told.out
    document = json.loads(run("explain", path, "t2", *SERVICE, "--json").out)
    assert (document["rows"][0]["findings"], document["rows"][0]["verdict"]["charged"]) == ([], "3")
    fine = run("explain", path, "t2", *SERVICE)
    assert (fine.code, "\x1b" in fine.out, "no finding" in fine.out) == (0, False, True)
    assert run("explain", path, "t9", *SERVICE).code == 2
    assert run("explain", path, "t9").code == 2


def test_a_public_verdict_has_amounts_in_credits_and_takes_instants():
    record = {"task_id": "t", "model": "gpt-image-2", "status": "1", "credits_used": "3.5", "outputs": "1"}
    found = check(GPT, record)
    assert (found.charge, found.charged, found.low, found.charge_delta) == (
        "overcharged",
        Decimal("3.5"),
        3,
        Decimal("0.5"),
    )
    assert found.as_dict()["net"] == "0.5"
    assert len(repr(found)) < 200
    dated = {**record, "created_at": "2026-01-01"}
    assert check(GPT, dated, since=datetime(2026, 2, 1, tzinfo=UTC)).reason == "since"


def test_places_of_a_time_that_contradict_each_other_are_both_told(tmp_path):
    found = only(log(tmp_path, f"{OVER},2026-10-02", head=f"{HEADER},created_at"))
    assert (found.column, found.value) == ("created_at", "created_at: 2026-10-02; createdAt: 2026-10-01T00:00:00Z")


def test_an_explanation_of_a_row_that_cannot_be_read_says_what_stands_there(tmp_path):
    (row,) = audit(GPT, log(tmp_path, OVER.replace(",4,", ",x,"))).explain("t1").rows
    assert row.findings == (("malformed", "credits_used cannot be read: 'x'."),)
    assert (row.quotes, row.violations, row.refund_rule) == ((), (), None)
    assert "malformed: credits_used" in str(audit(GPT, log(tmp_path, OVER.replace(",4,", ",x,"))).explain("t1"))


def test_an_explanation_shows_some_of_many_prices(tmp_path, monkeypatch):
    monkeypatch.setattr("pricing_rules.audit.report.explanation.MOST_PRICES", 5)
    found = audit(GPT, log(tmp_path, "t,nano-banana-pro,1,6", head="taskId,model,status,creditsUsed")).explain("t")
    assert len(found.rows[0].quotes) == 20
    assert "and 15 more; --json lists them all" in str(found)


def test_an_explanation_says_where_the_log_and_the_ledger_differ(tmp_path):
    (tmp_path / "ledger.csv").write_text("task_id,kind,credits\nt1,debit,3\n")
    (row,) = audit(GPT, log(tmp_path, OVER), ledger=tmp_path / "ledger.csv").explain("t1").rows
    assert row.findings == (("charge_mismatch", "4 credits were charged by the log; the ledger says 3."),)
    assert row.verdict.charge == "exact"


def test_a_report_is_short_in_a_console_and_a_small_table_in_a_notebook(tmp_path):
    report = audit(GPT, log(tmp_path, OVER))
    assert len(repr(report)) < 200
    assert repr(report).startswith("AuditReport(service='gptimage2api', rows_read=1, rows_judged=1, ")
    shown = report._repr_html_()
    assert "<caption>Customers are owed 1 credits on 1 task; the service lost 0 on 0.</caption>" in shown
    assert "<td>overcharged</td><td>1</td>" in shown


def test_whole_numbers_are_ids_of_tasks(tmp_path):
    path = tmp_path / "log.parquet"
    row = "5 AS taskId, 'gpt-image-2' AS model, 1 AS status, 4 AS creditsUsed, 1 AS numOutputs"
    duckdb.execute(
        f"COPY (SELECT {row}, TIMESTAMPTZ '2026-10-01 00:00:00+00' AS createdAt) TO '{path}' (FORMAT PARQUET)"
    )
    report = audit(GPT, path)
    assert next(report.findings()).task_id == "5"
    stated = {each.column: each for each in report.explain("5").rows[0].stated}
    assert (stated["created_at"].value, stated["created_at"].read) == ("1790812800000000", "2026-10-01T00:00:00Z")
