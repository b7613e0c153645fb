"""`pricing-rules rate`: the table, what stands below it, and plans."""

import json
from pathlib import Path

import pytest

from pricing_rules.cli import rate as command
from support.command import run
from support.overlays import KNOWN, STUDIO

LOG = """task_id,model,status,credits_used,duration,resolution,outputs,account,created_at
1,veo3,1,63,8,,,ann,2026-11-01T00:00:00Z
2,wan/2-6-text-to-video,1,90,15,,,bob,2026-11-02T00:00:00Z
3,veo3,2,63,8,,,ann,2026-11-02T00:00:00Z
4,veo3_lite,1,5,8,,,bob,2026-11-02T00:00:00Z
5,veo3,1,x,8,,,bob,2026-11-02T00:00:00Z
"""
NEW = ("rate", "log.csv", "--then", "gptimage2api")


@pytest.fixture(autouse=True)
def _log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "log.csv").write_text(LOG)
    (tmp_path / "plain.csv").write_text("model,duration,service\nveo3,8,\nveo3,8,elsewhere\n")
    monkeypatch.chdir(tmp_path)


def test_the_table_and_what_is_in_no_sum():
    found = run(*NEW, "--overlay", str(STUDIO))
    assert (found.code, found.err) == (0, "")
    assert found.lines[0] == "Rating under studio of 2026-11-20 at 2026-11-20 00:00 UTC"
    # 0.72 of 63 is 45.36; 0.78 of 90 is 70.2 and of 133 is 103.74
    assert "veo3 1 63 46 -17 -27%" in found.lines
    assert "wan/2-6-text-to-video 1 90 71 to 104 -19 to +14" in found.lines
    assert "all 2 153 117 to 150 -36 to -3" in found.lines
    assert "veo3_lite: 1 task (5 credits) without a price (the tariff has no such model)." in found.words
    assert "1 failed task (63 credits) in no sum." in found.words
    assert "1 row cannot be read (credits_used)." in found.words


def test_against_another_tariff_accounts_are_told():
    found = run(*NEW, "--against", "gptimage2api", "--overlay", str(STUDIO), "--by", "account")
    assert "ann 1 63 46 -17 -27%" in found.lines
    assert "Of 2 accounts, 2 pay less, at most 29 credits." in found.words
    same = run(*NEW, "--against", "gptimage2api", "--by", "account,model")
    assert "Of 2 accounts, none pays more or less." in same.words
    assert "account model" not in same.words


def test_a_plan_of_an_account_and_one_that_nobody_has():
    found = run(*NEW, "--plan", f"ann={STUDIO}", "--plan", f"eve={KNOWN}", "--by", "account", "--json")
    assert [line["then"]["low"] for line in found.document["lines"]] == ["46", "95"]
    assert found.document["unused_plans"] == ["eve"]
    assert "No row has the plan of eve." in run(*NEW, "--plan", f"eve={KNOWN}").words


def test_a_log_without_charges_is_an_estimate():
    found = run("rate", "plain.csv", "--then", "gptimage2api")
    assert "plain.csv, an estimate" in found.lines
    assert "all 1 63" in found.lines
    assert "1 row of other services." in found.words


def test_long_answers_are_cut_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(command, "MOST", 0)
    found = run(*NEW, "--overlay", str(STUDIO))
    assert "2 more lines; --json has them all." in found.words
    assert "1 more kinds of tasks have no price; --json has them all." in found.words
    assert "all 2 153 117 to 150 -36 to -3" in found.lines


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--plan", "ann"), 2, "a plan is written ACCOUNT=FILE, not 'ann'"),
        (("--plan", "ann=a", "--plan", "ann=b"), 2, "'ann' has two plans"),
        (("--by", "modl"), 2, "there is no 'modl'. Did you mean 'model'?"),
        (("--plan-column", "plan"), 2, "there is no column 'plan' in the log"),
        (("--against", "none.toml"), 3, "none.toml"),
        (("--overlay", "none.toml"), 3, "none.toml"),
    ],
)
def test_misuse_is_told(options: tuple[str, ...], code: int, said: str):
    found = run(*NEW, *options)
    assert (found.code, found.out) == (code, "")
    assert said in " ".join(found.err.split())


def test_json_has_the_whole_answer():
    found = run(*NEW, "--json").document
    assert found["rows_read"] == 5
    assert found["total"]["difference"] == {"low": "0", "high": "43"}
    assert json.dumps(found)
