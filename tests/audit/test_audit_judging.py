"""What an audit says of rows beyond their outcomes, by hand: bases, balances, dated rules and prices, tasks."""

import json
import re
from decimal import Decimal

import duckdb
import pytest

from pricing_rules import load_catalog
from pricing_rules.audit import audit, check_task
from pricing_rules.audit.meaning.verdict import check
from pricing_rules.errors import UnusableLog
from support import places
from support.edited import edited
from support.ledgers import audited
from support.service_rows import record_of
from usage.by_hand import GONE, Changed, whole

HALF = {"custom_multiplier": "1/2"}
SORA = {"model": "sora-2-text-to-video", "numOutputs": GONE, "resolution": "720p", "inputMode": "text_to_video"}
VEO = {"model": "veo3", "numOutputs": GONE, "inputMode": "text_to_video", "aspectRatio": GONE, "creditsUsed": 63}
# whether the expectation is inferred, and whether the charge is that of one output though there were several
BASES: tuple[tuple[Changed, bool, bool], ...] = (
    ({}, False, False),  # pricing: flat 3
    ({"numOutputs": 2, "creditsUsed": 6}, True, False),  # DOMAIN: inferred when n > 1
    ({"numOutputs": 2, "creditsUsed": 3}, True, True),
    ({"numOutputs": 2, "creditsUsed": 4}, True, False),
    ({"numOutputs": 2, "creditsUsed": 2, **HALF}, True, True),  # 1.5, one ceil, is 2; both are 3
    ({"numOutputs": 2, "creditsUsed": 3, **HALF}, True, False),
    ({"numOutputs": 1, "creditsUsed": 3, "custom_multiplier": 2}, True, False),  # 6: no page prints it
    ({"numOutputs": GONE, "creditsUsed": 6}, True, False),  # some of 3 to 30
    ({"numOutputs": 2, "creditsUsed": 0, "status": 2}, False, False),  # nothing is expected of it
    ({"numOutputs": 2, "creditsUsed": GONE}, False, False),
    ({"numOutputs": 11, "creditsUsed": 3}, False, False),
    ({**SORA, "duration": 10, "creditsUsed": 10}, True, False),  # DOMAIN: its seconds are read into the page
    ({**VEO, "duration": 8}, False, False),
)
# what a row is out of balance, in credits, positive against the customer
BALANCES: tuple[tuple[Changed, str], ...] = (
    ({}, "0"),
    ({"creditsUsed": 4}, "1"),
    ({"creditsUsed": 2}, "-1"),
    ({"creditsUsed": 2, "creditsRefunded": True}, "-3"),  # 2 less 3, and 2 given back
    ({"creditsUsed": 4, "creditsRefunded": True}, "-3"),
    ({"status": 0, "creditsUsed": 4}, "0"),
    ({"status": 9, "creditsUsed": 4}, "0"),
    ({"status": 2}, "3"),
    ({"status": 2, "creditsUsed": 4}, "4"),  # whatever it should have cost
    ({"status": 2, "creditsUsed": 4, "creditsRefunded": True}, "0"),
    ({"status": 2, "refund_count": 2}, "-3"),
    ({"status": 2, "creditsRefunded": GONE}, "0"),  # not known
    ({"status": 2, "creditsUsed": 0}, "0"),
    ({"numOutputs": GONE, "creditsUsed": 31}, "0"),  # beyond several prices
    ({"numOutputs": GONE, "creditsUsed": 31, "creditsRefunded": True}, "-31"),
    ({"model": "x", "creditsRefunded": True}, "-3"),
    ({"numOutputs": 11, "creditsRefunded": True}, "-3"),
    ({"creditsUsed": 4, "creditsRefunded": GONE}, "1"),
)


@pytest.mark.parametrize(("changed", "inferred", "flat"), BASES)
def test_an_expectation_is_documented_or_inferred_as_it_was_by_hand(changed, inferred, flat):
    catalog = load_catalog("gptimage2api")
    verdict = check(catalog, record_of(catalog, whole("gptimage2api", changed)))
    assert (verdict.inferred, verdict.flat) == (inferred, flat)


@pytest.mark.parametrize(("changed", "net"), BALANCES)
def test_a_row_is_out_of_balance_as_it_was_by_hand(changed, net):
    catalog = load_catalog("gptimage2api")
    assert check(catalog, record_of(catalog, whole("gptimage2api", changed))).net == Decimal(net) * 10**6


def test_an_audit_is_out_of_balance_by_what_its_rows_are(tmp_path):
    rows = [(changed, Decimal(net)) for changed, net in BALANCES if GONE not in changed.values()]
    every = logged(
        tmp_path, [{**whole("gptimage2api", changed), "refund_count": None, **changed} for changed, _ in rows]
    )
    report = audit(load_catalog("gptimage2api"), every)
    owed, lost = ([net for _, net in rows if net * side > 0] for side in (1, -1))
    assert report.owed_to_customers == (sum(owed), len(owed))
    assert report.lost_by_service == (-sum(lost), len(lost))


def logged(folder, rows, key="taskId"):
    """Write rows as those of different tasks."""
    path = folder / "log.jsonl"
    path.write_text("\n".join(json.dumps({**row, key: f"t{number}"}) for number, row in enumerate(rows)))
    return path


# Clip Works: 3.1 until 2026-05-01T10:00 in UTC, 3.3 from then on; 8 s is 1.9 times, then 2 times; 12 s 8/3, then 3;
# 1080 lines 7/3; with sound 1.3; up to a quarter. A still is 0.3 since 2026.
BEFORE, FROM = "2026-05-01T09:59:59.999999Z", "2026-05-01T12:00:00+02:00"
CLIP: Changed = {
    "task_id": "t", "model": "reel-1", "status": "done", "credits_used": "3.25", "credits_refunded": "0",
    "mode": "text", "duration": "4", "resolution": "480", "audio": "false", "outputs": "1", "prompt_length": "2",
    "created_at": BEFORE,
}  # fmt: skip
CLIPS: tuple[tuple[Changed, tuple[str, str] | None, tuple[str, ...]], ...] = (
    ({}, ("3.25", "3.25"), ()),
    ({"audio": "true"}, ("4.25", "4.25"), ()),  # 4.03
    ({"audio": "true", "created_at": FROM}, ("4.5", "4.5"), ()),  # 4.29
    ({"audio": "True"}, None, ("audio.type",)),
    ({"audio": None}, ("3.25", "3.25"), ()),  # left out: without
    ({"audio": GONE}, ("3.25", "4.25"), ()),
    ({"created_at": FROM}, ("3.5", "3.5"), ()),
    ({"duration": "8"}, ("6", "6"), ()),  # 5.89
    ({"duration": "8.0", "created_at": FROM}, ("6.75", "6.75"), ()),  # 6.6
    ({"duration": "8", "created_at": None}, ("6", "6.75"), ()),
    ({"duration": "12"}, ("8.5", "8.5"), ()),  # 8.26...
    ({"duration": "12", "created_at": FROM}, ("10", "10"), ()),  # 9.9
    ({"duration": None}, ("3.25", "8.5"), ("duration.required",)),  # no default
    ({"duration": "5"}, None, ("duration.one_of",)),
    ({"resolution": "1080", "created_at": FROM}, ("7.75", "7.75"), ()),  # 7.7
    ({"resolution": "1080", "duration": "12", "created_at": FROM}, ("23.25", "23.25"), ("duration.1080",)),  # 23.1
    ({"resolution": "720"}, None, ("resolution.one_of",)),
    ({"resolution": None}, ("3.25", "3.25"), ()),
    ({"prompt_length": "1"}, ("3.25", "3.25"), ("prompt.min_length",)),
    ({"prompt_length": "500"}, ("3.25", "3.25"), ()),
    ({"prompt_length": "501"}, ("3.25", "3.25"), ("prompt.max_length",)),
    ({"prompt_length": "x"}, ("3.25", "3.25"), ()),  # not known
    ({"mode": "stills"}, ("3.25", "3.25"), ()),  # no column tells its references
    ({"mode": "stills", "references": None}, ("3.25", "3.25"), ("references.stills",)),
    ({"mode": "stills", "references": "3"}, ("3.25", "3.25"), ()),
    ({"mode": "stills", "references": "4"}, ("3.25", "3.25"), ("references.max_items",)),
    ({"endpoint": "clips"}, ("3.25", "3.25"), ()),
    ({"endpoint": "pictures"}, ("3.25", "3.25"), ("model.endpoint",)),
)


@pytest.mark.parametrize(("changed", "priced", "breaks"), CLIPS)
def test_a_row_of_an_invented_service_is_judged_as_it_was_by_hand(changed, priced, breaks):
    record = {name: value for name, value in {**CLIP, **changed}.items() if value is not GONE}
    verdict = check(load_catalog(places.CLIPWORKS), record)
    assert (verdict.low, verdict.high) == (tuple(Decimal(each) * 10**6 for each in priced) if priced else (None, None))
    assert verdict.rules == breaks


def test_an_audit_of_an_invented_service_finds_what_was_found_by_hand(tmp_path):
    told = {"references": "0", "endpoint": None}
    rows = [({**CLIP, **told, **changed}, *judged) for changed, *judged in CLIPS if GONE not in changed.values()]
    rows = [each for each in rows if "mode" not in each[0] or each[0]["mode"] == "text"]
    found = list(
        audit(load_catalog(places.CLIPWORKS), logged(tmp_path, [row for row, *_ in rows], "task_id")).findings()
    )
    invalid = {each.task_id: each.rules for each in found if each.kind == "invalid_request"}
    assert invalid == {f"t{place}": " ".join(breaks) for place, (*_, breaks) in enumerate(rows) if breaks}
    unpriced = {each.task_id for each in found if each.kind == "unpriced"}
    assert unpriced == {f"t{place}" for place, (_, priced, _) in enumerate(rows) if priced is None}
    expected = {each.task_id: str(each.expected_low) for each in found if each.kind == "undercharged"}
    assert expected == {
        f"t{place}": priced[0]
        for place, (_, priced, _) in enumerate(rows)
        if priced and Decimal(priced[0]) > Decimal("3.25")
    }


SHAPE = """
[fields.aspect_ratio]
wire = "/job/shape"
type = "string"
title = "Shape"
about = "Width to height, in any words."
source = "guide"
"""


def test_a_text_is_no_flag_where_any_text_is_taken(tmp_path):
    catalog = edited(tmp_path, "clipworks", ('"frames",\n', '"frames", "aspect_ratio",\n'), more=SHAPE)
    assert check(catalog, {**CLIP, "aspect_ratio": "true"}).rules == ()


def test_a_sound_is_judged_as_the_flag_that_it_is_in_a_request(tmp_path):
    one_tier = ("duration = { 4 = 1 }\n", "duration = { 4 = 1 }\naudio = { false = 1 }\n")
    catalog = edited(tmp_path, "clipworks", one_tier)
    told = {
        sound: check(catalog, {**CLIP, "model": "reel-1-mini", "resolution": None, "audio": sound}).rules
        for sound in ("true", "false")
    }
    assert told == {"true": ("audio.one_of",), "false": ()}


@pytest.mark.parametrize(("length", "breaks"), [("6", ("prompt.min_length",)), ("7", ()), ("20000", ())])
def test_a_prompt_without_a_most_is_judged_by_its_least(tmp_path, length, breaks):
    least = ('min_length = 2\nmax_length = "longest_text"\n', "min_length = 7\n")
    of_endpoints = [(f"limits = {{ longest_text = {most} }}\n", "") for most in (500, 300)]
    catalog = edited(tmp_path, "clipworks", least, *of_endpoints, (", longest_text = 50", ""))
    assert check(catalog, {**CLIP, "prompt_length": length}).rules == breaks


LATER = """
[[prices]]
models = ["veo3"]
since = 2027-01-01T12:00:00Z
base = 63
duration = { 8 = 1, 16 = 2 }
source = "video_prices"
"""
NOON, MORNING = "2027-01-01T12:00:00Z", "2027-01-01T11:59:59.999999Z"


@pytest.mark.parametrize(
    ("created", "duration", "breaks", "priced"),
    [
        (MORNING, 8, (), ("63", "63")),
        (MORNING, 16, ("duration.one_of",), None),
        (NOON, 8, (), ("63", "63")),
        (NOON, 16, (), ("126", "126")),
        (None, 16, (), ("126", "126")),  # one edition takes it
        (None, 8, (), ("63", "63")),
        (None, 5, ("duration.one_of",), None),  # none does
        (GONE, 16, (), ("126", "126")),
        (GONE, None, (), ("63", "126")),
    ],
)
def test_rules_are_those_of_the_edition_in_force(tmp_path, created, duration, breaks, priced):
    catalog = edited(tmp_path, "gptimage2api", more=LATER)
    row = whole("gptimage2api", {**VEO, "createdAt": created, "duration": duration})
    verdict = check(catalog, record_of(catalog, row))
    assert verdict.rules == breaks
    assert (verdict.low, verdict.high) == (tuple(int(each) * 10**6 for each in priced) if priced else (None, None))


@pytest.mark.parametrize(
    ("charges", "counted"),
    [(("3", "4"), 1), (("4", "3"), 0), (("3", "5", "4"), 1), (("3.0", "3"), 0)],
)
def test_of_rows_that_contradict_each_other_the_largest_charge_counts(charges, counted):
    catalog = load_catalog("gptimage2api")
    rows = [{**whole("gptimage2api", {}), "creditsUsed": charge} for charge in charges]
    assert check_task(catalog, [record_of(catalog, row) for row in rows]).counted == counted


def test_rows_whose_own_charges_differ_contradict_each_other_whatever_a_ledger_says(tmp_path):
    ledger = "t1,debit,3,,\n"
    row = "t1,gpt-image-2,1,{},2026-10-01\n"
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    head = "taskId,model,status,creditsUsed,createdAt"
    same = audited(tmp_path / "a", f"{row.format(3)}{row.format('3.0')}", ledger, head)
    other = audited(tmp_path / "b", f"{row.format(3)}{row.format(4)}", ledger, head)
    assert (same.tasks.rows, other.tasks.rows) == ({"duplicate_task": 1}, {"conflicting_task": 1})


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("BOOLEAN", {"true": "true", "false": "false"}),
        ("DOUBLE", {"1": "1", "1.5": "1.5", "0": "0"}),
        ("DECIMAL(9, 2)", {"2": "2", "2.5": "2.50"}),
        ("BIGINT", {"7": "7", "0": "0"}),
        ("DATE", {"2026-11-01": "2026-11-01"}),
    ],
)
def test_an_account_of_any_type_is_told_as_text(kind, told):
    connection = duckdb.connect()
    rows = ", ".join(f"('t{number}', CAST('{value}' AS {kind}))" for number, value in enumerate(told))
    connection.execute(
        "CREATE TABLE log AS SELECT id AS taskId, 'gpt-image-2' AS model, 1 AS status, 4 AS creditsUsed, "
        f"1 AS numOutputs, false AS creditsRefunded, account FROM (VALUES {rows}) r(id, account)"
    )
    found = audit(load_catalog("gptimage2api"), "log", engine=connection).findings()
    assert {each.task_id: each.account for each in found} == {
        f"t{place}": text for place, text in enumerate(told.values())
    }


def test_what_a_log_tells_is_not_assumed(tmp_path):
    log = logged(tmp_path, [whole("gptimage2api", {})])
    report = audit(load_catalog("gptimage2api"), log, assume={"outputs": "2", "account": "ann"})
    assert (report.assumed, report.outcomes) == ({"account": "ann"}, {"exact": 1, "settled": 1})


def test_rows_that_cannot_be_read_are_malformed_beside_a_ledger_as_well(tmp_path):
    log = "t1,t1,1,2026-10-01\nt2,u2,1,2026-10-01\n,,1,2026-10-01\nt4,t4,1,soon\nt5,t5,1,1999-12-31\n"
    entries = "".join(f"t{number},debit,3,,\n" for number in (1, 2, 4, 5))
    report = audited(
        tmp_path, log.replace(",1,", ",gpt-image-2,1,1,"), entries, "taskId,id,model,status,numOutputs,createdAt"
    )
    assert report.malformed == {"task_id": 2, "created_at": 2}
    assert report.outcomes == {"exact": 1, "settled": 1}


def test_entries_that_are_alike_are_each_found(tmp_path):
    report = audited(tmp_path, "t1,gpt-image-2,1,1,2026-10-01\n", "t1,debit,1,,2026-10-01\n" * 3)
    assert report.counts == {"repeated_debit": 2}  # 3 in all, which is the price
    assert len(list(report.findings("repeated_debit"))) == 2


@pytest.mark.parametrize(
    ("absent", "notes"), [("creditsUsed", {"charge", "refunds"}), ("creditsRefunded", {"refunds"})]
)
def test_refunds_are_checked_where_the_log_tells_charges_and_refunds(tmp_path, absent, notes):
    log = logged(tmp_path, [whole("gptimage2api", {absent: GONE})])
    found = {note.name for note in audit(load_catalog("gptimage2api"), log).not_checked}
    assert found & {"charge", "refunds"} == notes


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("creditsUsed", "no column 'creditsUsed'. At gptimage2api that is the credits_used."),
        ("inputMode", "no column 'inputMode'. At gptimage2api that is the mode."),
        ("acount", "no column 'acount'. Did you mean 'account'?"),
    ],
)
def test_a_record_by_other_names_is_refused_with_the_column_that_is_meant(key, said):
    with pytest.raises(UnusableLog, match=re.escape(said)):
        check(load_catalog("gptimage2api"), {"task_id": "t", key: "3"})


@pytest.mark.parametrize("near", ["tsk_id", "ids"])
def test_a_log_without_a_task_s_id_is_refused_with_the_column_that_is_meant(tmp_path, near):
    (tmp_path / "log.csv").write_text(f"{near},model,status,creditsUsed\nt,gpt-image-2,1,3\n")
    with pytest.raises(UnusableLog, match=f"which tells the task_id. Did you mean '{near}'"):
        audit(load_catalog("gptimage2api"), tmp_path / "log.csv")


@pytest.mark.parametrize("line", ["{[1]: 2", '{{"a": 1}: 2', "{1: 2", "{null: 2"])
def test_a_line_whose_key_is_no_text_is_a_finding_like_others(tmp_path, line):
    path = logged(tmp_path, [whole("gptimage2api", {})])
    path.write_text(f"{path.read_text()}\n{line}\n")
    (found,) = audit(load_catalog("gptimage2api"), path).findings()
    assert (found.kind, found.column, found.row) == ("malformed", "line", 2)
    assert found.value.endswith("at column 2")


@pytest.mark.parametrize("folder", ["json=9", "creditsUsed=9", "status=2"])
def test_the_name_of_a_folder_tells_nothing_of_a_row(tmp_path, folder):
    (tmp_path / folder).mkdir()
    log = logged(tmp_path / folder, [whole("gptimage2api", {})])
    (tmp_path / folder / "log.csv").write_text("taskId,model,status,creditsUsed,numOutputs\nt,gpt-image-2,1,3,1\n")
    for path in (log, tmp_path / folder / "log.csv"):
        assert audit(load_catalog("gptimage2api"), path).outcomes["exact"] == 1
