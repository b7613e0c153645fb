"""The command sample-log."""

import json

from test_cli_quote import run

from pricing_rules.audit.sample import FAULTS


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
