"""Rows of one task: SQL finds copies, histories and contradictions where the reference finds them."""

import json
from collections import Counter
from pathlib import Path

import pytest

from pricing_rules import Catalog
from pricing_rules.audit import audit, check_task
from support.audit_rows import plain
from support.logs import written
from support.strategies import CATALOGS

CATALOG = CATALOGS["gptimage2api"]


def test_a_single_row_is_a_task_of_its_own():
    verdict = check_task(CATALOG, [plain(CATALOG)])
    assert (verdict.kind, verdict.extra, verdict.last) == ("single", 0, 0)


@pytest.mark.parametrize("catalog", CATALOGS.values(), ids=CATALOGS)
def test_rows_beyond_one_are_no_part_of_what_is_owed(catalog: Catalog, tmp_path: Path):
    own = {**plain(catalog), "credits_used": "1000", "account": "ann"}
    again = {**own, "task_id": "u", "credits_used": "2000"}
    rows = [own, own, {**again, "credits_used": "1000"}, again]
    alone = audit(catalog, written([own, again], tmp_path / "alone.csv"))
    found = audit(catalog, written(rows, tmp_path / "log.csv"))
    assert (found.counts["duplicate_task"], found.counts["conflicting_task"]) == (1, 1)
    assert found.owed_to_customers == alone.owed_to_customers
    assert [(each.account, each.rows, each.owed) for each in found.by_account] == [
        ("ann", 4, alone.owed_to_customers[0])
    ]
    extra = Counter({row["kind"]: row["charged"] for row in found.findings() if row["kind"].endswith("_task")})
    assert extra == {"conflicting_task": 1000, "duplicate_task": 1000}
    assert json.loads(json.dumps(found.as_dict()))["extra_rows"] == {
        "conflicting_task": {"rows": 1, "charged": "1000"},
        "duplicate_task": {"rows": 1, "charged": "1000"},
    }


def test_rows_that_cannot_be_read_are_no_rows_of_a_task(tmp_path: Path):
    row = {**plain(CATALOG), "updated_at": "2026-11-01T00:01:00Z"}
    broken = {**row, "credits_used": "x", "updated_at": "2026-11-01T00:02:00Z"}
    report = audit(CATALOG, written([row, broken, {**row, "task_id": "u"}, row], tmp_path / "log.csv"))
    assert (report.malformed, report.counts) == ({"credits_used": 1}, {"malformed": 1, "duplicate_task": 1})
    alone = audit(CATALOG, written([row, broken], tmp_path / "alone.csv"), history=True)
    assert (alone.counts, alone.filtered) == ({"malformed": 1}, {})


def test_ids_that_come_in_several_files_are_compared_across_them(tmp_path: Path):
    row = plain(CATALOG)
    files = [written([{**row, "credits_used": charge}], tmp_path / f"{charge}.csv") for charge in ("3", "5", "4")]
    report = audit(CATALOG, files)
    assert report.counts == {"overcharged": 2, "conflicting_task": 2}
    extra = {each["file"]: each["charged"] for each in report.findings("conflicting_task")}
    assert extra == {"3.csv": 3, "4.csv": 4}  # the largest charge counts
