"""Rows of one task: SQL finds copies, histories and contradictions where the reference finds them."""

import json
from collections import Counter
from decimal import Decimal
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pricing_rules import Catalog
from pricing_rules.audit import audit, check, check_task
from support.audit_rows import Record, plain
from support.logs import written
from support.strategies import CATALOGS

CATALOG = CATALOGS["gptimage2api"]
COLUMNS = {
    "status": ["0", "1", "2", "lost", None],
    "updated_at": ["2026-11-01T00:01:00Z", "2026-11-01T00:02:00Z", None],
    "credits_used": ["3", "3.0", "4"],
    "credits_refunded": ["0", "3", "6"],
    "refund_count": ["0", "1", "2"],
    "created_at": ["2026-11-01T00:00:00Z", "2026-11-01T01:00:00+01:00", "2026-11-01T00:00:01Z", None],
    "prompt_length": ["2", "3"],
    "account": ["ann", "bob", "eve", None],
}
changes = st.dictionaries(st.sampled_from(sorted(COLUMNS)), st.integers(0, 4), max_size=2)


@st.composite
def logs(draw) -> list[Record]:
    """Draw rows of a few tasks, each a copy of the first one but for some columns."""
    return [
        {
            **plain(CATALOG),
            "task_id": f"t{task}",
            **{name: COLUMNS[name][number % len(COLUMNS[name])] for name, number in draw(changes).items()},
        }
        for task in range(draw(st.integers(1, 5)))
        for _ in range(draw(st.integers(1, 3)))
    ]


def by_task(records: list[Record]) -> list[list[Record]]:
    return [
        list(rows) for _, rows in groupby(sorted(records, key=lambda row: row["task_id"]), lambda row: row["task_id"])
    ]


@settings(max_examples=25)
@given(records=logs())
def test_tasks_are_what_the_reference_says(tmp_path_factory, records):
    found = audit(CATALOG, written(records, tmp_path_factory.mktemp("log") / "log.csv"))
    wanted: Counter[str] = Counter()
    for rows in by_task(records):
        verdict = check_task(CATALOG, rows)
        wanted[verdict.kind] += verdict.extra
    kinds = ("duplicate_task", "conflicting_task")
    assert {kind: charged for kind, charged in found.tasks.charged.items() if charged} == +extra_charges(records)
    assert {kind: found.counts.get(kind, 0) for kind in kinds} == {kind: wanted[kind] for kind in kinds}
    assert Counter(row["kind"] for row in found.findings() if row["kind"] in kinds) == +Counter(
        {kind: wanted[kind] for kind in kinds}
    )


def extra_charges(records: list[Record]) -> Counter[str]:
    """Return by finding what the rows beyond the one that counts were charged."""
    found: Counter[str] = Counter()
    for rows in by_task(records):
        verdict = check_task(CATALOG, rows)
        if verdict.extra:
            found[verdict.kind] += sum(Decimal(row["credits_used"]) for row in rows)
            found[verdict.kind] -= Decimal(rows[verdict.counted]["credits_used"])
    return found


@settings(max_examples=25)
@given(records=logs())
def test_a_history_is_judged_by_the_row_that_the_reference_names(tmp_path_factory, records):
    found = audit(CATALOG, written(records, tmp_path_factory.mktemp("log") / "log.csv"), history=True)
    judged: list[Record] = []
    for rows in by_task(records):
        verdict = check_task(CATALOG, rows)
        judged += [rows[verdict.last]] if verdict.kind == "history" else rows
    verdicts = [check(CATALOG, row) for row in judged]
    assert found.outcomes == Counter(each for v in verdicts for each in (v.charge, v.refund))
    assert found.filtered == ({"history": len(records) - len(judged)} if len(records) > len(judged) else {})


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
