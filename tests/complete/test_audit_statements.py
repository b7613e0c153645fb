"""Statements: a page and a CSV for each account, which add up to the report and, with a ledger, to its replay."""

import csv
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from pricing_rules import load_catalog
from pricing_rules.audit import audit
from pricing_rules.audit.sample.log import FAULTS, sample
from pricing_rules.errors import UnusableLog
from support.audit_rows import plain
from support.command import run
from support.logs import written

GPT = load_catalog("gptimage2api")
SERVICE = ("--service", "gptimage2api")


def index(folder) -> dict[str, dict[str, str]]:
    with (folder / "index.csv").open(encoding="utf-8") as stream:
        return {row["account"]: row for row in csv.DictReader(stream)}


@pytest.mark.parametrize("options", [{}, {"history": True}, {"duplicates": False}])
def test_statements_add_up_to_the_report(tmp_path, options):
    sample(GPT, 3_000, tmp_path / "usage.parquet", seed=4, faults=dict.fromkeys(FAULTS, 4), accounts=20)
    report = audit(GPT, tmp_path / "usage.parquet", **options)
    number = report.statements(tmp_path / "out")
    listed = index(tmp_path / "out")
    assert number == len(listed)
    for name, wanted in (("owed", report.owed_to_customers[0]), ("lost", report.lost_by_service[0])):
        assert sum(Decimal(row[name] or 0) for row in listed.values()) == wanted
    extra = sum(report.tasks.charged.values(), Decimal(0))
    assert sum(Decimal(row["charged"]) for row in listed.values()) == report.totals["all"].charged - extra
    files = {path.name for path in (tmp_path / "out").iterdir()}
    assert files == {"index.csv", *(f"{row['file']}.{end}" for row in listed.values() for end in ("html", "csv"))}


def test_a_statement_tells_charges_by_model_and_their_sum(tmp_path):
    rows = [
        {**plain(GPT), "task_id": "a", "account": "ann", "model": "gpt-image-2", "credits_used": "5"},
        {**plain(GPT), "task_id": "b", "account": "ann", "model": "gpt-image-2"},
        {**plain(GPT), "task_id": "c", "account": "ann", "model": "gpt-image-2", "status": "2"},
        {**plain(GPT), "task_id": "d", "account": "ann", "model": "no-model"},
        {**plain(GPT), "task_id": "e", "account": "ann", "credits_used": "x"},
        {**plain(GPT), "task_id": "f", "account": "bob"},
        {**plain(GPT), "task_id": "f", "account": "bob"},
    ]
    for row in rows:
        row |= {"resolution": None, "duration": None}
    audit(GPT, written(rows, tmp_path / "log.csv")).statements(tmp_path / "out")
    with (tmp_path / "out" / f"{index(tmp_path / 'out')['ann']['file']}.csv").open() as stream:
        model, unknown, total = csv.DictReader(stream)
    told = ("model", "rows", "charged", "expected_low", "difference", "refund_difference", "findings")
    assert [model[name] for name in told] == ["gpt-image-2", "3", "11", "9", "2", "3", "2"]
    assert [unknown[name] for name in told] == ["unknown model", "1", "3", "0", "0", "0", "1"]
    assert [total[name] for name in told] == ["total", "4", "14", "9", "2", "3", "3"]
    page = (tmp_path / "out" / f"{index(tmp_path / 'out')['ann']['file']}.html").read_text()
    assert ("Statement of ann" in page, "1 row could not be read" in page) == (True, True)
    page = (tmp_path / "out" / f"{index(tmp_path / 'out')['bob']['file']}.html").read_text()
    assert "1 extra row of a task" in page


def test_a_statement_of_rows_of_an_unknown_status_never_says_that_nothing_is_owed(tmp_path):
    rows = [
        {**plain(GPT), "task_id": "a", "account": "ann", "status": "lost"},
        {**plain(GPT), "task_id": "b", "account": "ben"},
    ]
    audit(GPT, written(rows, tmp_path / "log.csv")).statements(tmp_path / "out")
    listed = index(tmp_path / "out")
    told = {name: (row["owed"], row["lost"], row["rows_not_known"]) for name, row in listed.items()}
    assert told == {"ann": ("", "", "1"), "ben": ("0", "0", "0")}
    page = (tmp_path / "out" / f"{listed['ann']['file']}.html").read_text()
    assert page.count("<strong>not known</strong><small>on 1 rows</small>") == 2
    assert "What is owed on 1 row of an unknown status cannot be told." in page
    assert page.count('<td class="num">not known</td>') == 2
    with (tmp_path / "out" / f"{listed['ann']['file']}.csv").open() as stream:
        assert [row["rows_not_known"] for row in csv.DictReader(stream)] == ["1", "1"]
    assert "not known" not in (tmp_path / "out" / f"{listed['ben']['file']}.html").read_text()


LEDGER = """task_id,kind,credits,entry_id,at,account
,grant,100,g1,2026-01-01,ann
old,debit,10,e0,2026-01-15,ann
t1,debit,3,e1,2026-10-02,
t2,debit,3,e2,2026-10-03,
t2,refund,3,e3,2026-10-04,ann
,grant,50,g2,2026-10-05,ann
later,debit,7,e4,2027-01-01,ann
,grant,9,g3,2026-10-05,bob
"""


def test_a_ledger_gives_each_account_its_opening_and_closing_balance(tmp_path):
    (tmp_path / "ledger.csv").write_text(LEDGER)
    common = {**plain(GPT), "model": "gpt-image-2", "account": "ann", "created_at": "2026-10-02", "duration": None}
    common |= {"resolution": None}
    rows = [{**common, "task_id": task, "status": status} for task, status in (("t1", "1"), ("t2", "2"))]
    since, until = datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
    report = audit(GPT, written(rows, tmp_path / "log.csv"), ledger=tmp_path / "ledger.csv", since=since, until=until)
    assert report.statements(tmp_path / "out") == 1
    (ann,) = index(tmp_path / "out").values()
    wanted = {"opening": "90", "granted": "50", "debited": "6", "given_back": "3", "closing": "137", "charged": "6"}
    assert {name: ann[name] for name in wanted} == wanted
    assert "Balance by the ledger" in (tmp_path / "out" / f"{ann['file']}.html").read_text()


def test_names_of_accounts_never_leave_the_folder_and_stay_text(tmp_path):
    names = ["../../etc/passwd", "a/b", "a?b", "=1+1", "<script>alert(1)</script>", "x" * 300, "A", "a", None]
    rows = [{**plain(GPT), "task_id": str(number), "account": name} for number, name in enumerate(names)]
    assert audit(GPT, written(rows, tmp_path / "log.parquet")).statements(tmp_path / "out") == len(names)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["log.parquet", "out"]
    pages = [path.read_text() for path in (tmp_path / "out").glob("*.html")]
    assert (len(pages), any("<script" in page for page in pages)) == (len(names), False)
    assert {"'=1+1", "../../etc/passwd", ""} <= set(index(tmp_path / "out"))


def test_statements_are_written_all_or_not_at_all(tmp_path, monkeypatch):
    path = written([{**plain(GPT), "account": "a"}], tmp_path / "log.csv")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").touch()
    report = audit(GPT, path)
    with pytest.raises(UnusableLog, match="holds something"):
        report.statements(tmp_path / "out")
    nobody = {name: value for name, value in plain(GPT).items() if name != "account"}
    alone = audit(GPT, written([nobody], tmp_path / "nobody.csv"))
    with pytest.raises(UnusableLog, match="no column tells the account"):
        alone.statements(tmp_path / "other")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_text", full)
    told = run("audit", str(path), *SERVICE, "--statements", str(tmp_path / "new"))
    assert (told.code, "No space left on device" in told.err) == (3, True)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["log.csv", "nobody.csv", "out"]


def test_the_command_writes_statements_to_a_new_folder(tmp_path):
    path = str(written([{**plain(GPT), "account": "a"}], tmp_path / "log.csv"))
    assert run("audit", path, *SERVICE, "--statements", str(tmp_path / "out")).code == 0
    assert list(index(tmp_path / "out")) == ["a"]
    again = run("audit", path, *SERVICE, "--statements", str(tmp_path / "out"))
    nowhere = run("audit", path, *SERVICE, "--statements", str(tmp_path / "none" / "out"))
    assert (again.code, nowhere.code, "no folder around it" in nowhere.err.replace("\n", " ")) == (2, 2, True)


def test_a_statement_is_short_in_a_console(tmp_path):
    report = audit(GPT, written([{**plain(GPT), "account": "a" * 900}], tmp_path / "log.csv"))
    (statement,) = report._findings.statements()  # noqa: SLF001 -- what `statements` writes
    assert len(repr(statement)) < 200
