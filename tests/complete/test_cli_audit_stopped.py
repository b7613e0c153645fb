"""The commands audit and sample-log stopped from outside: by signals, and by a full disk."""

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pricing_rules import load_catalog
from pricing_rules.audit.sample.log import sample
from support.command import run
from support.places import ROOT

GPT = load_catalog("gptimage2api")
SERVICE = ("--service", "gptimage2api")


def log(folder: Path) -> str:
    """Write a log of thousands of findings."""
    path = folder / "usage.csv"
    rows = (f"t{number},gpt-image-2,1,{number},false,2026-10-01T00:00:00Z,1,ann" for number in range(9, 3_000))
    path.write_text(
        "\n".join(("taskId,model,status,creditsUsed,creditsRefunded,createdAt,numOutputs,account", *rows, ""))
    )
    return str(path)


def limited(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command that may write files of 4 KB at most, as on a full disk."""
    command = f"ulimit -f 4; exec {sys.executable} -m pricing_rules {shlex.join(arguments)}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    shell = ("/bin/bash", "-c", command)
    return subprocess.run(shell, cwd=folder, env=environment, capture_output=True, text=True, check=False)  # noqa: S603


@pytest.mark.parametrize("ending", ["parquet", "csv", "jsonl"])
def test_where_the_disk_is_full_the_report_is_shown_and_the_file_named(tmp_path, ending):
    path = log(tmp_path)
    told = limited("audit", path, *SERVICE, "--out", f"a.{ending}", folder=tmp_path)
    assert (told.returncode, told.stderr) == (3, f"Error: cannot write a.{ending}: File too large\n")
    last = "2,991 findings, but the file of findings could not be written. Exit code 3."
    assert last in " ".join(told.stdout.split())
    assert [path.name for path in tmp_path.iterdir()] == ["usage.csv"]


@pytest.mark.parametrize(("option", "file"), [("--html", "a.html"), ("--junit", "a.xml")])
def test_where_the_disk_is_full_no_half_a_report_is_left(tmp_path, option, file):
    told = limited("audit", log(tmp_path), *SERVICE, option, file, folder=tmp_path)
    assert told.returncode == (3 if option == "--html" else 1)
    assert (told.stderr == "Error: cannot write a.html: File too large\n") is (option == "--html")
    assert not list(tmp_path.glob("*.partial"))


def test_where_the_disk_is_full_the_file_of_a_store_is_named_and_none_is_half_there(tmp_path):
    told = limited("audit", log(tmp_path), *SERVICE, "--store", "store", folder=tmp_path)
    assert (told.returncode, told.stdout) == (3, "")
    assert told.stderr.startswith("Error: cannot write store/") and told.stderr.endswith(": File too large\n")  # noqa: PT018
    assert not list((tmp_path / "store").glob("*.partial"))


@pytest.mark.parametrize("ending", ["parquet", "csv", "jsonl"])
def test_where_the_disk_is_full_no_log_is_made_up(tmp_path, ending):
    told = limited("sample-log", "20000", *SERVICE, "--out", f"u.{ending}", folder=tmp_path)
    assert (told.returncode, told.stderr) == (3, f"Error: cannot write u.{ending}: File too large\n")
    assert list(tmp_path.iterdir()) == []


def started(*arguments: str, folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pricing_rules", "audit", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # noqa: S603


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    folder = tmp_path_factory.mktemp("large")
    for number in range(4):
        sample(GPT, 300_000, folder / f"usage{number}.parquet", seed=number)
    return folder


def test_an_interrupted_audit_ends_with_130_at_once_and_leaves_no_partial_file(tmp_path, large):
    with started(str(large), *SERVICE, "--out", str(tmp_path / "findings.csv"), folder=tmp_path) as process:
        time.sleep(1.2)
        process.send_signal(signal.SIGINT)
        asked = time.monotonic()
        code = process.wait(timeout=20)
    assert (code, time.monotonic() - asked < 2) == (130, True)
    assert list(tmp_path.iterdir()) == []


def test_a_killed_audit_goes_on_and_finds_the_same(tmp_path, large):
    state = str(tmp_path / "state")
    for delay in (0.9, 1.4, 1.9):
        with started(str(large), *SERVICE, "--resume", state, folder=tmp_path) as process:
            time.sleep(delay)
            process.kill()
    resumed = json.loads(run("audit", str(large), *SERVICE, "--resume", state, "--json").out)
    assert resumed == json.loads(run("audit", str(large), *SERVICE, "--json").out)
    assert len(list(Path(state).glob("*.groups.parquet"))) == 4


def test_an_interrupt_ends_it_with_130_quietly_and_leaves_no_partial_file(tmp_path):
    command = (sys.executable, "-m", "pricing_rules", "sample-log", "100000000", "--service", "aivideoapi")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(  # noqa: S603
        [*command, "--out", str(tmp_path / "u.csv")], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        while not list(tmp_path.iterdir()):
            time.sleep(0.05)
        time.sleep(0.5)  # so that the engine is at work
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err.strip(), list(tmp_path.iterdir())) == (130, b"", b"", [])
