"""Names and values that would break SQL, a terminal or a spreadsheet, in a log and in a user's catalog, are text."""

import json
from pathlib import Path
from unittest.mock import MagicMock

import pytest

from pricing_rules.audit.evidence.spark import write_frame
from pricing_rules.audit.log.files import _file
from pricing_rules.errors import UnreadableLog
from support.audit_rows import plain
from support.command import run
from support.strategies import CATALOGS

GPT = CATALOGS["gptimage2api"]


def written(path: Path, rows: list[dict[str, str | None]]) -> Path:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return path


@pytest.mark.parametrize("length", [10_000, 1_000_000])
def test_long_values_are_told_short_and_written_whole(tmp_path, length):
    long = "x" * length
    path = written(tmp_path / "log.jsonl", [{**plain(GPT), "task_id": long, "model": long, "account": long}])
    told = run("audit", str(path), "--service", "gptimage2api", "--out", str(tmp_path / "findings.jsonl"))
    assert len(told.out) < 4_000
    assert json.loads((tmp_path / "findings.jsonl").read_text())["account"] == long


def test_a_file_that_is_gone_is_told():
    with pytest.raises(UnreadableLog, match=r"gone\.csv: No such file"):
        _file("gone.csv")


def test_findings_that_cannot_be_given_their_name_are_not_left_behind():
    frame = MagicMock(columns=[])
    files = frame.sparkSession._jvm.org.apache.hadoop.fs.Path.return_value.getFileSystem.return_value  # noqa: SLF001
    files.exists.return_value = files.rename.return_value = False
    with pytest.raises(OSError, match="cannot be given its name"):
        write_frame(frame, "findings.csv")
    assert files.delete.called


def test_faults_are_planted_unless_they_are_named(tmp_path):
    told = run("sample-log", "100", "--service", "aivideoapi", "--out", str(tmp_path / "log.csv"))
    assert "missing_refund" in told.out
