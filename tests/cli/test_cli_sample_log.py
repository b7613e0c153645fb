"""The command sample-log."""

import json
import sys

import pytest

from pricing_rules.audit.sample.log import FAULTS
from support.command import run


def test_a_log_is_written_and_what_an_audit_finds_in_it_told(tmp_path):
    out = tmp_path / "usage.jsonl"
    told = run(
        "sample-log", "200", "--service", "aivideoapi", "--out", str(out), "--faults", "overcharged=2,malformed=1"
    )
    assert told.code == 0
    assert "200 rows in" in told.out
    assert [line.split() for line in told.out.splitlines()[1:]] == [["overcharged", "2"], ["malformed", "1"]]
    assert len(out.read_text().splitlines()) == 200


def test_json_tells_the_same(tmp_path):
    told = run(
        "sample-log", "100", "--service", "aivideoapi", "--out", str(tmp_path / "u.csv"), "--faults", "none", "--json"
    )
    assert json.loads(told.out) == {"file": str(tmp_path / "u.csv"), "rows": 100, "findings": {}}


def test_wrong_usage_is_told(tmp_path):
    out = str(tmp_path / "u.csv")
    assert run("sample-log", "100", "--out", out).code == 2  # of which service
    assert "written like" in run("sample-log", "100", "--service", "aivideoapi", "--out", out, "--faults", "all").err
    assert (
        "Did you mean"
        in run("sample-log", "100", "--service", "aivideoapi", "--out", out, "--faults", "overchargd=1").err
    )
    assert run("sample-log", "100", "--service", "aivideoapi", "--out", str(tmp_path / "u.txt")).code == 2
    assert all(kind in run("sample-log", "--help").out.replace("\n", " ") for kind in ("overcharged", FAULTS[-1][:11]))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("100", "--faults", "overcharged=²"), "faults are written like"),
        (("100", "--faults", f"overcharged={'9' * 5_000}"), "faults are written like"),
        (("100", "--faults", "overcharged=2,overcharged=3"), "the fault 'overcharged' is named twice"),
        ((f"1{'0' * 22}",), "is not in the range"),
        (("9" * 5_000,), "is not a valid integer range"),
        (("100", "--accounts", f"1{'0' * 40}"), "is not in the range"),
    ],
)
def test_a_number_that_is_none_or_too_large_is_wrong_usage(tmp_path, arguments, said):
    told = run("sample-log", *arguments, "--service", "aivideoapi", "--out", str(tmp_path / "u.csv"))
    assert (told.code, said in " ".join(told.err.split()), list(tmp_path.iterdir())) == (2, True, [])


def test_without_duckdb_it_is_told_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    told = run("sample-log", "100", "--service", "aivideoapi", "--out", str(tmp_path / "u.csv"))
    assert (told.code, "a sample log needs duckdb: pip install 'pricing-rules[audit]'" in told.err) == (2, True)
    assert list(tmp_path.iterdir()) == []
