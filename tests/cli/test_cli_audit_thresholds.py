"""Limits of what an audit finds: it fails only beyond them, and JUnit tells the same."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from support.command import run

HEADER = "taskId,model,status,creditsUsed,creditsRefunded,createdAt,numOutputs,account"
SERVICE = ("--service", "gptimage2api")


@pytest.fixture
def usage(tmp_path) -> str:
    """Return a log of 8 tasks: 2 charged 2 credits too much, 1 that failed and kept its 3, 5 right."""
    charges = ("5", "5", "3", "3", "3", "3", "3", "3")
    states = ("1", "1", "2", "1", "1", "1", "1", "1")
    rows = [
        f"t{number},gpt-image-2,{state},{charge},false,2026-10-01T00:00:00Z,1,ann"
        for number, (charge, state) in enumerate(zip(charges, states, strict=True))
    ]
    path = tmp_path / "usage.csv"
    path.write_text("\n".join((HEADER, *rows, "")))
    return str(path)


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        ((), 1),
        (("--max-owed", "7"), 0),
        (("--max-owed", "6.99"), 1),
        (("--max-findings", "overcharged=2"), 0),
        (("--max-findings", "overcharged=1"), 1),
        (("--max-findings", "overcharged=2", "--max-findings", "missing_refund=0"), 1),
        (("--max-share", "overcharged=0.25"), 0),
        (("--max-share", "overcharged=0.2"), 1),
        (("--max-share", "overcharged=1/4", "--max-findings", "overcharged=1"), 1),
        (("--max-findings", "overcharged=2", "--fail-on", "missing_refund"), 1),
        (("--max-findings", "overcharged=2", "--fail-on", "unpriced"), 0),
        (("--max-findings", "overcharged=2", "--fail-on", "overcharged"), 0),
        (("--fail-on", "unpriced"), 0),
    ],
)
def test_an_audit_fails_only_beyond_its_limits(usage, tmp_path, limits, code):
    out = tmp_path / "junit.xml"
    told = run("audit", usage, *SERVICE, *limits, "--junit", str(out))
    assert told.code == code
    suite = ET.parse(out).getroot()  # noqa: S314 -- our own
    failures = suite.findall("testcase/failure")
    assert (bool(failures), int(suite.get("failures"))) == (code == 1, len(failures))
    assert int(suite.get("tests")) == len(suite.findall("testcase"))


def test_what_is_beyond_a_limit_is_told(usage):
    told = run("audit", usage, *SERVICE, "--max-owed", "5", "--max-findings", "overcharged=9", COLUMNS="200")
    assert "Beyond a limit: owed: customers are owed 7 credits; at most 5 accepted" in told.out
    within = run("audit", usage, *SERVICE, "--max-owed", "50", COLUMNS="200")
    assert "3 findings, all of them accepted. Exit code 0." in within.out
    assert '"beyond": ["customers are owed 7 credits; at most 5 accepted"]' in run(
        "audit", usage, *SERVICE, "--max-owed", "5", "--json"
    ).out.replace("\n", "").replace("    ", "").replace("  ", "")


def test_while_a_status_is_not_known_no_limit_and_no_test_says_that_nothing_is_owed(tmp_path):
    path, out = tmp_path / "usage.csv", tmp_path / "out.xml"
    row = "t{},gpt-image-2,{},{},false,2026-10-01T00:00:00Z,1,ann"
    path.write_text("\n".join((HEADER, row.format(1, "lost", 3), row.format(2, "1", 3), "")))
    limits = ("--max-owed", "5", "--max-findings", "missing_refund=0", "--junit", str(out))
    told = run("audit", str(path), *SERVICE, *limits, COLUMNS="200")
    unknown = "on 1 row it is not known what customers are owed"
    assert (told.code, f"Beyond a limit: owed: {unknown}; at most 5 accepted" in told.out) == (1, True)
    suite = ET.parse(out).getroot()  # noqa: S314 -- our own
    said = {case.get("name"): case.findtext("system-out") for case in suite.findall("testcase")}
    refunds = "0 findings in 2 rows: failed, charged and never refunded; the status of 1 row is not known"
    assert (said["missing_refund"], "status" in said["overcharged"]) == (refunds, False)
    assert "owed 0" not in out.read_text()
    path.write_text("\n".join((path.read_text(), row.format(3, "1", 5), "")))
    both = f"customers are owed 2 credits, and {unknown}"
    assert both in run("audit", str(path), *SERVICE, *limits, COLUMNS="200").out


def test_a_check_that_could_not_be_made_is_an_error_of_junit(tmp_path):
    path = tmp_path / "usage.csv"
    path.write_text("taskId,model,status\nt,gpt-image-2,1\n")
    told = run("audit", str(path), *SERVICE, "--max-owed", "5", "--junit", str(tmp_path / "out.xml"))
    assert told.code == 2
    (error,) = ET.parse(tmp_path / "out.xml").getroot().findall("testcase/error")  # noqa: S314 -- our own
    assert error.get("message") == "not checked: charge, refunds"


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (("--max-owed", "-1"), "an amount of credits such as 20 or 2.5, not '-1'"),
        (("--max-findings", "overcharged"), "a limit is written KIND=N, not 'overcharged'"),
        (("--max-findings", "overchargd=1"), "Did you mean 'overcharged'?"),
        (("--max-findings", "overcharged=1.5"), "a number of findings, not '1.5'"),
        (("--max-share", "overcharged=2"), "a share of the rows such as 0.001, not '2'"),
        (("--junit", "none/out.xml"), "there is no folder"),
    ],
)
def test_a_limit_that_is_none_is_told(usage, limits, said):
    told = run("audit", usage, *SERVICE, *limits)
    assert (told.code, said in " ".join(told.err.split())) == (2, True)
    assert not Path("none").exists()
