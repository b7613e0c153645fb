"""A ledger beside a log: it supplies charges and refunds, and what should not stand in it is found."""

import gzip
import json
from decimal import Decimal

import duckdb
import pytest

from pricing_rules.audit import audit
from pricing_rules.errors import UnreadableLog, UnusableLog
from support.command import run
from support.ledgers import GPT, LOG, audited


def test_a_ledger_supplies_the_charge_and_the_refunds(tmp_path):
    log = "t1,gpt-image-2,1,1,\nt2,gpt-image-2,2,1,\nt3,gpt-image-2,2,1,\nt4,gpt-image-2,2,1,\nt5,gpt-image-2,1,1,\n"
    entries = "t1,debit,3,,\n,grant,9,,\nt2,debit,3,,\nt2,refund,3,,\nt3,debit,3,,\n"
    entries += "t4,debit,3,,\nt4,refund,3,,\nt4,refund,3,,\n"
    report = audited(tmp_path, log, entries)
    assert report.counts == {"missing_refund": 1, "repeated_refund": 1, "undercharged": 1}  # t3, t4, t5
    assert report.not_checked[0].name == "rules"
    assert report.owed_to_customers == (Decimal(3), 1)
    assert report.lost_by_service == (Decimal(6), 2)  # 3 refunded too much, 3 not charged


@pytest.mark.parametrize(
    ("entries", "kind"),
    [
        ("t1,debit,3,a,\nt1,debit,0,b,\n", "repeated_debit"),
        ("t1,debit,3,a,\nt9,refund,3,b,\nt9,debit,0,c,2030-01-01\n", None),
        ("t1,debit,3,a,\nt1,refund,0,a,\n", "duplicate_entry"),
        ("t1,debit,3,a,2026-10-01T00:00:01Z\nt1,refund,0,b,2026-10-01T00:00:00Z\n", "refund_before_debit"),
        ("t1,debit,3,a,\nt2,debit,3,b,2026-10-01T00:00:00Z\n", "debit_without_task"),
        ("t1,debit,3,a,\nt2,debit,3,b,2026-10-01T00:00:01Z\n", None),
        ("t1,debit,3,a,\nt2,debit,3,b,\n", "debit_without_task"),
    ],
)
def test_an_entry_that_should_not_be_there_is_found(tmp_path, entries, kind):
    report = audited(tmp_path, "t1,gpt-image-2,1,1,2026-10-01T00:00:00Z\n", entries)
    found = {name: rows for name, rows in report.counts.items() if name != "refund_without_task"}
    assert found == ({kind: 1} if kind else {})
    assert [each["kind"] for each in report.findings(kind)] == (
        [kind] if kind else ["refund_without_task"] * report.counts.get("refund_without_task", 0)
    )


def test_files_of_a_ledger_with_one_name_are_all_read(tmp_path):
    (tmp_path / "log.csv").write_text(f"{LOG}\nt1,gpt-image-2,1,1,\nt2,gpt-image-2,1,1,\n")
    for month, task in (("jan", "t1"), ("feb", "t2")):
        (tmp_path / month).mkdir()
        (tmp_path / month / "ledger.csv").write_text(f"task_id,kind,credits\n{task},debit,3\n")
    ledger = [tmp_path / month / "ledger.csv" for month in ("jan", "feb")]
    assert audit(GPT, tmp_path / "log.csv", ledger=ledger).counts == {}


def test_a_state_is_refused_where_the_ledger_has_changed(tmp_path):
    (tmp_path / "log.csv").write_text(f"{LOG}\nt1,gpt-image-2,1,1,\n")
    ledger, options = tmp_path / "ledger.csv", {"state": tmp_path / "state"}
    ledger.write_text("task_id,kind,credits\nt1,debit,3\n")
    for _ in range(2):
        assert audit(GPT, tmp_path / "log.csv", ledger=ledger, **options).counts == {}
    ledger.write_text("task_id,kind,credits\nt1,debit,99\n")
    with pytest.raises(UnusableLog, match="state"):
        audit(GPT, tmp_path / "log.csv", ledger=ledger, **options)


def test_entries_of_tasks_that_are_filtered_out_are_left_out(tmp_path):
    (tmp_path / "log.csv").write_text(f"{LOG},account\nt1,gpt-image-2,1,1,,ann\nt2,gpt-image-2,1,1,,bob\n")
    ledger = tmp_path / "ledger.csv"
    entries = "t1,debit,3,ann\nt2,debit,3,bob\nt2,debit,0,bob\nt8,debit,3,ann\nt9,debit,3,bob\n"
    ledger.write_text(f"task_id,kind,credits,account\n{entries}")
    assert audit(GPT, tmp_path / "log.csv", ledger=ledger, account="ann").counts == {"debit_without_task": 1}
    assert audit(GPT, tmp_path / "log.csv", ledger=ledger).counts == {"debit_without_task": 2, "repeated_debit": 1}
    ledger.write_text("task_id,kind,credits\nt1,debit,3\nt2,debit,3\nt2,debit,0\n")
    assert audit(GPT, tmp_path / "log.csv", ledger=ledger, account="ann").counts == {}


def test_more_credits_than_a_row_can_have_are_malformed(tmp_path):
    report = audited(tmp_path, "t1,gpt-image-2,1,1,\n", "t1,debit,1000000000,,\n" * 9_300)
    assert report.malformed == {"credits_used": 1}


def test_a_ledger_with_a_column_of_a_wrong_type_is_told(tmp_path):
    (tmp_path / "log.csv").write_text(f"{LOG}\nt1,gpt-image-2,1,1,\n")
    ledger = tmp_path / "ledger.parquet"
    duckdb.execute(f"COPY (SELECT 't1' AS task_id, 'debit' AS kind, {{'a': 1}} AS credits) TO '{ledger}'")
    with pytest.raises(UnusableLog, match=r"the ledger 'ledger.parquet': a column of type STRUCT.* cannot"):
        audit(GPT, tmp_path / "log.csv", ledger=ledger)


def test_a_refund_of_a_task_that_was_never_debited_is_found(tmp_path):
    report = audited(tmp_path, "t1,gpt-image-2,2,1,\n", "t1,refund,3,,\n")
    assert report.counts == {"refund_without_debit": 1, "wrong_refund": 1}


def test_a_charge_that_differs_from_the_ledger_is_found_and_the_ledger_judged(tmp_path):
    report = audited(
        tmp_path, "t1,gpt-image-2,1,1,,4\nt2,gpt-image-2,1,1,,3\n", "t1,debit,3,,\nt2,debit,3,,\n", f"{LOG},creditsUsed"
    )
    assert report.counts == {"charge_mismatch": 1}
    assert [(each["task_id"], each["delta"]) for each in report.findings()] == [("t1", Decimal(1))]


def test_a_charge_of_the_log_that_cannot_be_read_stays_malformed(tmp_path):
    report = audited(tmp_path, "t1,gpt-image-2,1,1,,x\n", "t1,debit,3,,\n", f"{LOG},creditsUsed")
    assert report.malformed == {"credits_used": 1}


@pytest.mark.parametrize(
    "entry", ["t1,debit,x,,", "t1,lend,3,,", ",debit,3,,", "t1,debit,-3,,", "t1,debit,3,,yesterday", "t1,,3,,"]
)
def test_an_entry_that_cannot_be_read_is_told(tmp_path, entry):
    with pytest.raises(UnreadableLog, match="1 entries of the ledger cannot be read"):
        audited(tmp_path, "t1,gpt-image-2,1,1,\n", f"{entry}\n")


def test_a_ledger_without_a_needed_column_is_told(tmp_path):
    with pytest.raises(UnusableLog, match=r"no column 'credits'.*Did you mean 'credit'"):
        audited(tmp_path, "t1,gpt-image-2,1,1,\n", "t1,debit,3\n", ledger_head="task_id,kind,credit")


def test_a_ledger_needs_its_three_columns_only(tmp_path):
    report = audited(
        tmp_path, "t1,gpt-image-2,1,1\n", "t1,debit,3\n", "taskId,model,status,numOutputs", "task_id,kind,credits"
    )
    assert report.counts == {}


def test_a_charge_that_differs_counts_once_for_a_history(tmp_path):
    log = "t1,gpt-image-2,0,1,,4,2026-10-01\nt1,gpt-image-2,1,1,,4,2026-10-02\n"
    (tmp_path / "log.csv").write_text(f"{LOG},creditsUsed,updatedAt\n{log}")
    (tmp_path / "ledger.csv").write_text("task_id,kind,credits\nt1,debit,3\n")
    report = audit(GPT, tmp_path / "log.csv", ledger=tmp_path / "ledger.csv", history=True)
    assert (report.filtered, report.counts) == ({"history": 1}, {"charge_mismatch": 1})
    assert [each["kind"] for each in report.findings()] == ["charge_mismatch"]


@pytest.mark.parametrize("kind", ["BIGINT", "HUGEINT", "DOUBLE", "DECIMAL(9, 2)", "DECIMAL(38, 9)", "VARCHAR"])
def test_credits_of_a_ledger_are_read_whatever_their_type(tmp_path, kind):
    (tmp_path / "log.csv").write_text(f"{LOG}\nt1,gpt-image-2,1,1,\nt2,gpt-image-2,1,1,\n")
    ledger = tmp_path / "ledger.parquet"
    entries = "('t1', 3), ('t2', 4)"
    duckdb.execute(
        f"COPY (SELECT task_id, 'debit' AS kind, CAST(credits AS {kind}) AS credits FROM (VALUES {entries}) "
        f"v(task_id, credits)) TO '{ledger}'"
    )
    report = audit(GPT, tmp_path / "log.csv", ledger=ledger)
    assert (report.counts, report.totals["all"].charged) == ({"overcharged": 1}, 7)


ORDERS = "entry;order;type;amount;booked;who\n"
KINDS = {"CHARGE": "debit", "REVERSAL": "refund", "TOPUP": "grant"}
OWN = {"entry_id": "entry", "task_id": "order", "kind": "type", "credits": "amount", "at": "booked", "account": "who"}


@pytest.mark.parametrize("ending", ["csv", "jsonl", "csv.gz"])
def test_a_ledger_in_its_own_words_says_the_same(tmp_path, ending):
    (tmp_path / "log.csv").write_text(f"{LOG}\nt1,gpt-image-2,1,1,2026-10-01\nt2,gpt-image-2,2,1,2026-10-01\n")
    rows = [
        "1;t1;CHARGE;4,5;01.10.2026;-",
        "2;t2;CHARGE;3;01.10.2026;-",
        "3;t2;REVERSAL;3;30.09.2026;-",
        "4;;TOPUP;9;;-",
    ]
    lines = [dict(zip(ORDERS.strip().split(";"), row.split(";"), strict=True)) for row in rows]
    text = ORDERS + "\n".join((*rows, ""))
    text = "\n".join(map(json.dumps, lines)) if ending == "jsonl" else text
    ledger = tmp_path / f"ledger.{ending}"
    ledger.write_bytes(gzip.compress(text.encode()) if ending == "csv.gz" else text.encode())
    own = {"delimiter": ";", "decimal": ",", "nulls": ["-"], "time": "%d.%m.%Y", "columns": OWN, "kinds": KINDS}
    report = audit(GPT, tmp_path / "log.csv", ledger=ledger, mapping={"ledger": own})
    assert report.counts == {"overcharged": 1, "refund_before_debit": 1}
    assert [row["delta"] for row in report.findings("overcharged")] == [Decimal("1.5")]


def test_a_ledger_is_written_as_its_log_where_nothing_else_is_said(tmp_path):
    (tmp_path / "log.csv").write_text(f"{LOG}\nt1,gpt-image-2,1,1,\n".replace(",", ";"))
    (tmp_path / "ledger.csv").write_text("task_id;kind;credits\nt1;debit;4,5\n")
    flags = ("--ledger", str(tmp_path / "ledger.csv"), "--delimiter", ";", "--decimal", ",", "--service", GPT.id)
    told = run("audit", str(tmp_path / "log.csv"), *flags, "--json").document
    assert told["counts"] == {"overcharged": 1}
    (tmp_path / "ledger.csv").write_text("order;type;credits\nt1;USE;4,5\n")
    named = ("--ledger-column", "task_id=order", "--ledger-column", "kind=type", "--ledger-kind", "USE=debit")
    assert run("audit", str(tmp_path / "log.csv"), *flags, *named, "--json").document["counts"] == {"overcharged": 1}


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"kind": "typ"}, "has no column 'typ', which tells the kind. Did you mean 'type'"),
        ({"kind": "type", "at": "when"}, "has no column 'when', which tells the at"),
        ({}, r"has no column 'kind'\."),
    ],
)
def test_a_column_that_a_ledger_has_not_is_told(tmp_path, columns, said):
    (tmp_path / "log.csv").write_text(f"{LOG}\nt1,gpt-image-2,1,1,\n")
    (tmp_path / "ledger.csv").write_text("task_id,type,credits\nt1,debit,3\n")
    with pytest.raises(UnusableLog, match=said):
        audit(GPT, tmp_path / "log.csv", ledger=tmp_path / "ledger.csv", mapping={"ledger": {"columns": columns}})


def test_what_a_ledger_tells_is_not_assumed(tmp_path):
    (tmp_path / "log.csv").write_text(f"{LOG}\nt1,gpt-image-2,2,1,\n")
    (tmp_path / "ledger.csv").write_text("task_id,kind,credits\nt1,debit,3\n")
    given = {"ledger": tmp_path / "ledger.csv", "assume": {"credits_refunded": "true", "mode": "text_to_image"}}
    report = audit(GPT, tmp_path / "log.csv", **given)
    assert (report.assumed, report.counts) == ({"mode": "text_to_image"}, {"missing_refund": 1})
