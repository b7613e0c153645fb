"""Where a log tells a column: several keys, keys that look alike, objects in text; as the reference has it."""

import json
from pathlib import Path

import pytest

from pricing_rules import Catalog
from pricing_rules.audit import audit
from pricing_rules.audit.meaning.verdict import check
from support.service_rows import record_of
from support.strategies import CATALOGS

GPT, OTHER = CATALOGS["gptimage2api"], CATALOGS["aivideoapi"]
TASK = {"taskId": "t", "model": "gpt-image-2", "status": 1, "creditsUsed": 3, "creditsRefunded": False, "numOutputs": 1}
CLIP = {"id": "t", "model": "gpt-image-2", "status": "completed", "credits": 4.8}
ASKED = {"prompt": "a", "resolution": "2k"}


def lines(folder: Path, *rows: object) -> Path:
    path = folder / "log.jsonl"
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows))
    return path


@pytest.mark.parametrize(
    ("other", "outcome"),
    [
        ({"CREDITSUSED": 99}, "exact"),
        ({"Model": "GPT Image 2"}, "exact"),
        ({"Status": "failed"}, "settled"),
        ({"": 1, " ": 2, "taskid": "u"}, "exact"),
    ],
)
def test_keys_that_differ_in_their_case_are_different_keys(tmp_path, other, outcome):
    report = audit(GPT, lines(tmp_path, {**other, **TASK}, {**TASK, "taskId": "u"}))
    assert (report.outcomes[outcome], report.counts) == (2, {})


def test_files_whose_keys_differ_in_their_case_are_each_read_by_their_own(tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps({**TASK, "STATUS": "x"}))
    (tmp_path / "b.jsonl").write_text(json.dumps({**TASK, "taskId": "u", "CreditsUsed": 9}))
    assert audit(GPT, tmp_path).outcomes == {"exact": 2, "settled": 2}


def test_an_object_with_a_key_twice_is_malformed(tmp_path):
    line = json.dumps(TASK).replace('"creditsUsed": 3', '"creditsUsed": 3, "creditsUsed": 4')
    assert audit(GPT, lines(tmp_path, line, {**TASK, "taskId": "u"})).malformed == {"line": 1}


@pytest.mark.parametrize(
    ("catalog", "row"),
    [
        (GPT, {"task_id": "a", "taskId": None, "id": "b", "model": "gpt-image-2", "status": 1, "creditsUsed": 3}),
        (GPT, {**TASK, "task_id": "t", "id": None}),
        *((GPT, {**TASK, "status": 2, "creditsRefunded": flag, "credits_refunded": amount})
          for flag in (True, False, None) for amount in (0, 3, 6, None)),
        (GPT, {**TASK, "status": 2, "creditsRefunded": True, "creditRefunded": False}),
        (OTHER, {**CLIP, "credits_used": 2.4, "creditsUsed": None, "input": ASKED}),
        *((OTHER, {**CLIP, "input": given}) for given in (ASKED, "bogus", [], 5, "{oops")),
        *((GPT, {**TASK, "references": given}) for given in (0, 99, ["https://a"], ["https://a"] * 99, "[1]", "[1")),
    ],
)  # fmt: skip
def test_a_row_is_judged_like_the_reference_judges_it(tmp_path, catalog: Catalog, row):
    wanted = check(catalog, record_of(catalog, row))
    found = audit(catalog, lines(tmp_path, row), duplicates=False)
    assert found.malformed == ({wanted.reason: 1} if wanted.state == "malformed" else {})
    assert found.outcomes == ({wanted.charge: 1, wanted.refund: 1} if wanted.state == "judged" else {})
    assert set(found.counts) == set(wanted.kinds)


@pytest.mark.parametrize("body", ["{oops", "[]", "5", '"text"'])
def test_a_body_that_cannot_be_read_is_malformed(tmp_path, body):
    good = json.dumps({"model": "gpt-image-2", "input": ASKED})
    rows = [{**CLIP, "body": good}, {**CLIP, "id": "u", "body": body}, {**CLIP, "id": "v", "body": None}]
    report = audit(OTHER, lines(tmp_path, *rows), request_column="body")
    assert report.malformed == {"model": 1}
    assert (report.rows_judged, report.outcomes["exact"]) == (2, 1)


def test_long_prompts_in_objects_take_little_memory(tmp_path):
    row = {**CLIP, "resolution": None, "input": {**ASKED, "prompt": "x" * 12_000}}
    report = audit(
        OTHER, lines(tmp_path, *({**row, "id": f"t{number}"} for number in range(2_100))), memory_limit="1GB"
    )
    assert (report.outcomes["exact"], list(report.findings())) == (2_100, [])


def test_multipliers_that_are_equal_are_no_contradiction(tmp_path):
    again = [{**TASK, "creditsUsed": 5, "custom_multiplier": text} for text in ("3/2", "1.5", "1.50")]
    once = [{**TASK, "taskId": "u", "custom_multiplier": text} for text in ("1", None, "1.0")]
    report = audit(GPT, lines(tmp_path, *again, *once))
    assert (report.counts, report.outcomes["exact"]) == ({"duplicate_task": 4}, 6)
