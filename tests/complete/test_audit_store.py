"""A store: the next audit reads the files that are new, and says what one without a store says."""

import gzip
import json
import os
from pathlib import Path

import pytest

from pricing_rules import load_catalog
from pricing_rules.audit import audit
from pricing_rules.audit.engines import duckdb as engine
from pricing_rules.audit.sample.log import FAULTS, sample
from pricing_rules.errors import UnusableLog
from support import places
from support.audit_rows import plain
from support.command import run
from support.identities import figures
from support.logs import written

GPT = load_catalog("gptimage2api")
SERVICE = ("--service", "gptimage2api")


def told(report) -> tuple:
    return figures(report), sorted(map(repr, (each.as_dict() for each in report.findings())))


@pytest.fixture
def queries(monkeypatch) -> list[str]:
    """Return the queries that are run, as they are."""
    found: list[str] = []
    rows, table = engine.DuckDB.rows, engine.DuckDB.table

    def noted(self, query):
        found.append(query)
        return rows(self, query)

    def kept(self, name, query):
        found.append(query)
        table(self, name, query)

    monkeypatch.setattr(engine.DuckDB, "rows", noted)
    monkeypatch.setattr(engine.DuckDB, "table", kept)
    return found


def days(folder: Path, ending: str, number: int) -> list[Path]:
    for day in range(number):
        if not (folder / f"day{day}.{ending}").exists():
            sample(GPT, 400, folder / f"day{day}.{ending}", seed=day, faults=dict.fromkeys(FAULTS, 1))
    return [folder / f"day{day}.{ending}" for day in range(number)]


@pytest.mark.parametrize("ending", ["parquet", "csv", "jsonl"])
def test_a_store_that_gained_a_file_costs_that_file_and_the_tasks_that_appear_again(tmp_path, queries, ending):
    store = tmp_path / "store"
    rows = [{**plain(GPT), "task_id": f"{part}-{number}", "credits_used": "3" if number else "9"}
            for part in range(3) for number in range(20)]  # fmt: skip
    paths = [written(rows[part * 20 : part * 20 + 20], tmp_path / f"day{part}.{ending}") for part in range(3)]
    audit(GPT, paths[:2], store=store).as_dict()
    queries.clear()
    again = audit(GPT, paths, store=store)
    found = told(again)
    assert [name for name in ("day0", "day1") if any(f"{name}." in query for query in queries)] == []
    assert any("day2." in query for query in queries)
    assert found == told(audit(GPT, paths))
    assert again.counts["overcharged"] == 3


def test_rows_of_a_task_that_appears_again_are_read_again_and_no_others(tmp_path, queries):
    store = tmp_path / "store"
    each = [[{**plain(GPT), "task_id": f"{part}-{number}"} for number in range(5)] for part in range(3)]
    each[2].append({**plain(GPT), "task_id": "1-3"})
    paths = [written(rows, tmp_path / f"day{part}.csv") for part, rows in enumerate(each)]
    assert audit(GPT, paths[:2], store=store).counts == {}
    queries.clear()
    report = audit(GPT, paths, store=store)
    assert report.counts == {"duplicate_task": 1}
    assert [any(f"day{part}." in query for query in queries) for part in range(3)] == [False, True, True]
    assert told(report) == told(audit(GPT, paths))


def test_a_file_whose_tasks_do_not_appear_anew_is_not_read_though_some_appeared_again_before(tmp_path, queries):
    store = tmp_path / "store"
    each = [[{**plain(GPT), "task_id": f"{part}-{number}"} for number in range(5)] for part in range(5)]
    each[1] += [{**plain(GPT), "task_id": task} for task in ("0-3", "1-4")]
    each[3] += [{**plain(GPT), "task_id": task} for task in ("0-3", "2-2")]
    each[4].append({**plain(GPT), "task_id": "0-4"})
    paths = [written(rows, tmp_path / f"day{part}.csv") for part, rows in enumerate(each)]
    read = {2: "01", 3: "2", 4: "23", 5: "04"}  # the new file, and that of a task that appears again for the first time
    for end, days_ in read.items():
        queries.clear()
        report = audit(GPT, paths[:end], store=store)
        assert report.counts == {"duplicate_task": {4: 4, 5: 5}.get(end, 2)}
        assert {day for day in "01234" if any(f"day{day}." in query for query in queries)} == {*days_}
        assert told(report) == told(audit(GPT, paths[:end]))


@pytest.mark.parametrize("options", [{}, {"history": True}, {"duplicates": False}])
def test_a_store_changes_nothing_of_what_an_audit_finds(tmp_path, options):
    paths = days(tmp_path, "parquet", 3)
    for end in (1, 2, 3, 3):
        assert told(audit(GPT, paths[:end], store=tmp_path / "store", **options)) == told(
            audit(GPT, paths[:end], **options)
        )


def test_a_file_that_changed_or_vanished_is_named_and_refused(tmp_path):
    paths, store = days(tmp_path, "csv", 2), tmp_path / "store"
    audit(GPT, paths, store=store)
    with pytest.raises(UnusableLog, match=r"has the file 'day0\.csv', which is not among the logs any more"):
        audit(GPT, paths[1:], store=store)
    os.utime(paths[1], ns=(5, 5))
    with pytest.raises(UnusableLog, match=r"has the file 'day1\.csv', which has changed since"):
        audit(GPT, paths, store=store)


@pytest.mark.parametrize(
    ("options", "what"),
    [
        ({"account": "a"}, "scope"),
        ({"columns": {"account": "model"}}, "mapping"),
        ({"ledger": "ledger.csv"}, "ledger"),
        ({"account": "a", "request_column": "model"}, "mapping' and 'scope"),
    ],
)
def test_a_store_of_another_audit_is_refused(tmp_path, monkeypatch, options, what):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ledger.csv").write_text("task_id,kind,credits\nt,debit,3\n")
    path = written([plain(GPT)], tmp_path / "log.csv")
    assert audit(GPT, path, store="store").counts == {}
    with pytest.raises(UnusableLog, match=f"is of an audit with another '{what}'"):
        audit(GPT, path, store="store", **options)
    dear = places.CLIPWORKS.read_text().replace('base = "3.1"', "base = 4")
    (tmp_path / "dear.toml").write_text(dear)
    catalogs = [load_catalog(places.CLIPWORKS), load_catalog(tmp_path / "dear.toml")]
    audit(catalogs[0], written([plain(catalogs[0])], tmp_path / "clip.csv"), store="clips")
    with pytest.raises(UnusableLog, match="another 'catalog'"):
        audit(catalogs[1], tmp_path / "clip.csv", store="clips")


@pytest.mark.parametrize("broken", ["{", "[]", '{"decided": {}}'])
def test_a_store_that_cannot_be_read_is_refused(tmp_path, broken):
    path, store = written([plain(GPT)], tmp_path / "log.csv"), tmp_path / "store"
    audit(GPT, path, store=store)
    (store / "audit.json").write_text(broken)
    with pytest.raises(UnusableLog, match="is of an audit with another"):
        audit(GPT, path, store=store)


@pytest.mark.parametrize("broken", ["{", "{}", '["SELECT 1 AS h"]', None])
def test_a_store_that_lost_what_it_knows_of_tasks_finds_it_out_anew(tmp_path, broken):
    rows = [{**plain(GPT), "task_id": task} for task in ("a", "b", "a")]
    path, store = written(rows, tmp_path / "log.csv"), tmp_path / "store"
    audit(GPT, path, store=store)
    if broken is None:
        next(store.glob("*.repeated.parquet")).unlink()
    else:
        (store / "repeated.json").write_text(broken)
    assert audit(GPT, path, store=store).counts == {"duplicate_task": 1}


def test_a_store_keeps_files_only(tmp_path):
    import duckdb  # noqa: PLC0415 -- only here

    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE log AS SELECT 't' AS taskId, 'gpt-image-2' AS model, 1 AS status, 3 AS creditsUsed"
    )
    with pytest.raises(UnusableLog, match="a store keeps what is known of files"):
        audit(GPT, "log", engine=connection, store=tmp_path / "store")


def test_resume_is_the_same_store(tmp_path):
    path = str(written([plain(GPT)], tmp_path / "log.csv"))
    for name in ("--store", "--resume"):
        assert run("audit", path, *SERVICE, name, str(tmp_path / "store")).code == 0
    assert json.loads((tmp_path / "store" / "audit.json").read_text())["files"].keys() == {os.path.realpath(path)}
    assert run("audit", path, *SERVICE, "--account", "a", "--store", str(tmp_path / "store")).code == 2


def test_a_compressed_file_is_kept_like_any_other(tmp_path):
    path = written([{**plain(GPT), "credits_used": "9"}], tmp_path / "log.csv")
    with gzip.open(tmp_path / "log.csv.gz", "wb") as stream:
        stream.write(path.read_bytes())
    for _ in range(2):
        report = audit(GPT, tmp_path / "log.csv.gz", store=tmp_path / "store")
        assert report.counts["overcharged"] == 1
    assert len(list((tmp_path / "store").glob("*.groups.parquet"))) == 1
