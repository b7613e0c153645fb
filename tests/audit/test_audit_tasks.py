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
