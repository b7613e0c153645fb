"""Where an audit ends: what it refuses with a reason, and what it leaves unchecked and says so."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from pricing_rules import load_catalog
from pricing_rules.audit import audit
from pricing_rules.audit.meaning.verdict import check
from pricing_rules.audit.sample.log import sample
from pricing_rules.errors import UnusableLog
from support import places
from support.audit_rows import numbered, plain, refunds_crossed, seeded
from support.command import run
from support.logs import written
from support.reference import differences
from support.strategies import CATALOGS

GPT = CATALOGS["gptimage2api"]
CLIPWORKS = places.CLIPWORKS


def log(folder: Path, **changes: str | None) -> Path:
    return written([{**plain(GPT), **changes}], folder / "log.csv")


@pytest.mark.parametrize("name", ["since", "until"])
def test_an_instant_without_an_offset_is_refused(tmp_path, name):
    with pytest.raises(ValueError, match="need an offset"):
        audit(GPT, log(tmp_path), **{name: datetime(2026, 1, 1)})  # noqa: DTZ001 -- that is the fault


def test_a_history_without_times_is_not_checked(tmp_path):
    record = {name: value for name, value in plain(GPT).items() if name not in ("updated_at", "credits_refunded")}
    path = written([{**record, "refund_count": None}], tmp_path / "log.csv")
    report = audit(GPT, path, history=True)
    assert report.unmet == ("history",)
    assert (report.exit_code, audit(GPT, path, history=True, unchecked=["history"]).exit_code) == (2, 0)


def test_a_history_is_followed_where_no_refund_is_told(tmp_path):
    untold = ("credits_refunded", "refund_count")
    record = {name: value for name, value in plain(GPT).items() if name not in untold}
    rows = [{**record, "status": "0", "updated_at": "2026-11-01"}, {**record, "updated_at": "2026-11-02"}]
    report = audit(GPT, written(rows, tmp_path / "log.csv"), history=True, unchecked=["refunds"])
    assert (report.filtered, report.counts, report.exit_code) == ({"history": 1}, {}, 0)


def test_findings_are_told_without_looking_for_tasks_with_several_rows(tmp_path):
    rows = [{**plain(GPT), "credits_used": "4"}] * 2
    report = audit(GPT, written(rows, tmp_path / "log.csv"), duplicates=False)
    assert [row["kind"] for row in report.findings()] == ["overcharged", "overcharged"]


def test_any_price_is_compared_exactly(tmp_path):
    dear = CLIPWORKS.read_text().replace('base = "3.1"', "base = 100000000000000")
    path = tmp_path / "dear.toml"
    path.write_text(dear)
    assert audit(load_catalog(path), log(tmp_path)).rows_judged == 0  # of another service


@pytest.mark.parametrize("model", [5.0, Decimal(5), 5, True, Decimal("5.5"), float("nan")])
def test_a_value_that_is_no_text_is_read_as_text(model):
    assert check(GPT, {**plain(GPT), "model": model}).charge == "unknown_model"


@pytest.mark.parametrize(("said", "code"), [("INTERRUPT Error: Interrupted!", 130), ("something else", 1)])
def test_an_interrupt_that_the_engine_tells_is_one(tmp_path, monkeypatch, said, code):
    def stop(*_arguments: object, **_options: object) -> None:
        raise RuntimeError(said)

    monkeypatch.setattr("pricing_rules.cli.audit.audit", stop)
    arguments = ("audit", str(log(tmp_path)), "--service", "gptimage2api")
    if code == 1:
        with pytest.raises(RuntimeError, match=said):
            run(*arguments)
    else:
        assert run(*arguments).code == code


def test_no_faults_are_planted_on_demand(tmp_path):
    out = str(tmp_path / "u.csv")
    arguments = ("sample-log", "100", "--service", "aivideoapi", "--out", out, "--faults", "none")
    assert run(*arguments).out == "100 rows in u.csv; an audit finds nothing\n"


@pytest.mark.parametrize("limit", ["2", "2gb", "0GB", "-1GB", "2GB; DROP TABLE x", "1.5GB", "９GB"])
def test_a_memory_limit_that_is_none_is_told(tmp_path, limit):
    with pytest.raises(UnusableLog, match="written like 2GB or 512MiB"):
        audit(GPT, log(tmp_path), memory_limit=limit)
    assert run("audit", str(log(tmp_path)), "--service", "gptimage2api", "--memory-limit", limit).code == 2


@pytest.mark.parametrize("limit", ["200MB", "1 GiB"])
def test_a_memory_limit_is_kept_and_changes_nothing(tmp_path, limit):
    sample(GPT, 500, tmp_path / "log.parquet", faults={"overcharged": 3})
    assert audit(GPT, tmp_path / "log.parquet", memory_limit=limit).counts == {"overcharged": 3}


@pytest.mark.parametrize("most", [7, 25, 100])  # rows that are told apart by more than amounts, by amounts, few by day
def test_distinct_rows_that_are_many_are_judged_as_they_come_and_alike(tmp_path, monkeypatch, most):
    later = ({**record, "created_at": "2026-11-02T00:00:00Z"} for record in refunds_crossed(GPT))
    records = numbered([*refunds_crossed(GPT), *later, *(seeded(GPT, 300, 4) if most == 7 else ())])
    path = written(records, tmp_path / "log.csv")
    monkeypatch.setattr("pricing_rules.audit.meaning.case.MOST", most)
    monkeypatch.setattr("pricing_rules.audit.engines.summing.MOST", most)
    monkeypatch.setattr("pricing_rules.audit.engines.summing.PAGE", most * 20)
    monkeypatch.setattr("pricing_rules.audit.engines.duckdb.PAGE", 50)
    monkeypatch.setattr("pricing_rules.audit.engines.distinct.FEW", most)
    assert differences(GPT, records, audit(GPT, path, duplicates=False)) == []


def test_groups_of_parts_that_are_many_stay_apart_and_alike(tmp_path, monkeypatch):
    paths = [written(numbered(seeded(GPT, 40, seed)), tmp_path / f"{seed}.csv") for seed in (1, 2)]
    wanted = audit(GPT, paths).as_dict()
    monkeypatch.setattr("pricing_rules.audit.engines.run.MERGED", 3)
    assert audit(GPT, paths).as_dict() == wanted
