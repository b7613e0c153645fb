"""Rows of one task, drawn: SQL finds copies, histories and contradictions where the reference finds them."""

from collections import Counter
from decimal import Decimal
from itertools import groupby

from hypothesis import given, settings
from hypothesis import strategies as st

from pricing_rules.audit import audit, check_task
from pricing_rules.audit.meaning.verdict import check
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


@settings(max_examples=10)
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


@settings(max_examples=10)
@given(records=logs())
def test_a_history_is_judged_by_the_row_that_the_reference_names(tmp_path_factory, records):
    found = audit(CATALOG, written(records, tmp_path_factory.mktemp("log") / "log.csv"), history=True)
    judged: list[Record] = []
    for rows in by_task(records):
        verdict = check_task(CATALOG, rows)
        ends = [(row["updated_at"] or "", row["status"] in ("1", "2")) for row in rows]
        if verdict.kind == "history" and len(set(ends)) < len(ends):
            return  # two rows are the last, and no rule says which
        judged += [rows[verdict.last]] if verdict.kind == "history" else rows
    verdicts = [check(CATALOG, row) for row in judged]
    assert found.outcomes == Counter(each for v in verdicts for each in (v.charge, v.refund))
    assert found.filtered == ({"history": len(records) - len(judged)} if len(records) > len(judged) else {})
