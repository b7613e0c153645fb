"""Arguments of an audit that are not what they should be: told at once, with what is allowed."""

import os
from datetime import date
from pathlib import Path

import pytest

from pricing_rules.audit import audit
from pricing_rules.errors import UnreadableLog, UnusableLog
from support.audit_rows import plain
from support.command import run
from support.logs import written
from support.strategies import CATALOGS

GPT = CATALOGS["gptimage2api"]
SERVICE = ("--service", "gptimage2api")
NO_UTF8 = os.fsdecode(b"caf\xe9")


def log(folder: Path, name: str = "log.csv") -> Path:
    return written([plain(GPT)], folder / name)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"memory_limit": 2}, "memory_limit is text such as '2GB' or '512MiB', not 2"),
        ({"ledger": 5}, "a log or ledger is a path or a list of paths, not 5"),
        ({"source": [5]}, "a log or ledger is a path or a list of paths, not 5"),
        ({"since": "2026-01-01"}, "since is a datetime with an offset, not '2026-01-01'"),
        ({"until": date(2026, 1, 1)}, "until is a datetime with an offset, not a date"),
        ({"engine": "duckdb"}, "engine is a DuckDB connection or a Spark session .* not 'duckdb'"),
        ({"catalog": "gptimage2api"}, "the catalog is one that load_catalog returns, not 'gptimage2api'"),
        ({"progress": 5}, "progress is called with two numbers, and 5 cannot be called"),
        ({"columns": "account=user"}, "columns is a mapping such as .* not 'account=user'"),
        ({"columns": {"account": 5}}, "a word of columns is text, not 5"),
        ({"columns": {"account": None}}, "columns is a mapping of text to text, not of or to null"),
        ({"columns": {None: "account"}}, "columns is a mapping of text to text, not of or to null"),
        ({"statuses": "OK"}, "statuses is a mapping such as .*'SUCCEEDED': 'completed'.* not 'OK'"),
        ({"assume": {"mode": 5}}, "a word of assume is text, not 5"),
        ({"table": 5}, "table is text, not 5"),
        ({"request_column": 5}, "request_column is text, not 5"),
        ({"account": 5}, "account is text, not 5"),
        ({"service": 5}, "service is text, not 5"),
        ({"state": 5}, "a store is text, not 5"),
        ({"history": "no"}, "history is True or False, not 'no'"),
        ({"duplicates": 0}, "duplicates is True or False, not 0"),
        ({"unchecked": "charge"}, r"unchecked is a collection of names such as \['charge'\], not 'charge'"),
        ({"unchecked": 5}, "unchecked is a collection of names .* not 5"),
    ],
)
def test_an_argument_of_another_type_is_told_with_what_is_allowed(tmp_path, options, said):
    with pytest.raises(TypeError, match=said):
        audit(**{"catalog": GPT, "source": log(tmp_path), **options})


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"unchecked": ["refund"]}, "no check 'refund'. Did you mean 'refunds'. There are charge, refunds, history"),
        ({"memory_limit": "999999999TB"}, "a memory limit is at most 1000TB, not '999999999TB'"),
        ({"account": NO_UTF8}, "account is no UTF-8 text"),
        ({"state": NO_UTF8}, "a store is no UTF-8 text"),
        ({"columns": {"account": NO_UTF8}}, "a word of columns is no UTF-8 text"),
    ],
)
def test_an_argument_that_no_audit_can_use_is_told(tmp_path, options, said):
    with pytest.raises(UnusableLog, match=said):
        audit(GPT, log(tmp_path), **options)


def test_a_state_is_a_path_of_any_kind(tmp_path):
    assert audit(GPT, log(tmp_path), state=tmp_path / "state").counts == {}
    assert (tmp_path / "state" / "audit.json").exists()


def test_a_memory_limit_of_1000_terabytes_is_taken(tmp_path):
    assert audit(GPT, log(tmp_path), memory_limit="1000TB").counts == {}


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        (("overchraged",), UnusableLog, "no finding 'overchraged'. Did you mean 'overcharged'. There are"),
        ((5,), TypeError, "kind is the name of a finding such as 'overcharged', not 5"),
        ((None, -1), UnusableLog, "limit is a number of findings, 0 or more, not -1"),
        ((None, "1"), TypeError, "limit is a whole number of findings, not '1'"),
        ((None, True), TypeError, "limit is a whole number of findings, not true"),
    ],
)
def test_findings_that_there_are_not_are_told_at_once(tmp_path, arguments, error, said):
    report = audit(GPT, log(tmp_path))
    with pytest.raises(error, match=said):
        report.findings(*arguments)


def test_a_file_name_that_is_no_utf8_is_told(tmp_path):
    with pytest.raises(UnreadableLog, match=r"caf.udce9.csv.: its path is no UTF-8 text"):
        audit(GPT, log(tmp_path, f"{NO_UTF8}.csv"))
    told = run("audit", str(tmp_path / f"{NO_UTF8}.csv"), *SERVICE)
    assert (told.code, "no UTF-8 text" in told.err) == (3, True)


@pytest.mark.parametrize("option", ["--out", "--resume", "--account"])
def test_an_option_that_is_no_utf8_is_wrong_usage(tmp_path, option):
    told = run("audit", str(log(tmp_path)), *SERVICE, option, str(tmp_path / f"{NO_UTF8}.csv"))
    assert (told.code, "is no UTF-8 text" in " ".join(told.err.split())) == (2, True)


def test_a_sample_log_whose_name_is_no_utf8_is_wrong_usage(tmp_path):
    told = run("sample-log", "100", *SERVICE, "--out", str(tmp_path / f"{NO_UTF8}.csv"))
    assert (told.code, "is no UTF-8 text" in told.err, list(tmp_path.iterdir())) == (2, True, [])


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (("feb.csv.bz2",), "'feb.csv.bz2' would be left out"),
        (("x/mar.csv",), "'x' would be left out"),
        (
            ("feb.parquet.gz", "x/y/mar.parquet"),
            "'feb.parquet.gz' and 'x' would be left out: only logs that stand in the folder",
        ),
        (("feb.xlsx",), "'feb.xlsx' would be left out"),
    ],
)
def test_data_in_a_folder_that_would_be_left_out_is_told(tmp_path, left, said):
    log(tmp_path, "jan.csv")
    for name in left:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    with pytest.raises(UnreadableLog, match=said):
        audit(GPT, tmp_path)
    assert audit(GPT, tmp_path / "*.csv").rows_read == 1


def test_what_is_no_data_in_a_folder_is_passed_over(tmp_path):
    log(tmp_path, "jan.csv")
    for name in ("_SUCCESS", ".jan.csv.crc", "notes.txt", "jan.csv.17.partial"):
        (tmp_path / name).touch()
    (tmp_path / "empty").mkdir()
    assert audit(GPT, tmp_path).sources == ("jan.csv",)


@pytest.mark.parametrize("source", [".", "*.csv"])
def test_a_link_to_nothing_is_told(tmp_path, monkeypatch, source):
    monkeypatch.chdir(tmp_path)
    log(tmp_path)
    (tmp_path / "gone.csv").symlink_to("nothing.csv")
    with pytest.raises(UnreadableLog, match=r"gone\.csv: No such file"):
        audit(GPT, source)


def test_an_empty_path_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = log(tmp_path)
    for source in ("", [path, ""]):
        with pytest.raises(UnusableLog, match="an empty path"):
            audit(GPT, source)
    assert run("audit", "", *SERVICE).code == 2


def test_a_file_that_is_named_in_several_ways_is_read_once(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = log(tmp_path)
    (tmp_path / "link.csv").symlink_to(path)
    report = audit(GPT, ["./log.csv", path, tmp_path / "link.csv", f"../{tmp_path.name}/log.csv", "."])
    assert (report.rows_read, report.sources) == (1, ("log.csv",))


def test_a_path_that_cannot_be_looked_at_is_told(tmp_path, monkeypatch):
    def refuse(_folder: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(UnreadableLog, match="cannot be read: Permission denied"):
        audit(GPT, tmp_path)
