"""A leg whose runtime is missing is skipped with the reason; where every leg has to run, each skip is a failure."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from support.places import TESTS

LEGS = {
    "test_calls.py": """
import pytest

@pytest.fixture
def engine():
    pytest.importorskip("no_such_engine", reason="no engine here")

def test_of_a_fixture(engine): pass
def test_of_a_call(): pytest.skip("no node here")
@pytest.mark.skipif(True, reason="no java here")
def test_of_a_mark(): pass
@pytest.mark.may_be_absent
@pytest.mark.skipif(True, reason="no documents here")
def test_of_what_may_be_absent(): pass
@pytest.mark.xfail(reason="known")
def test_that_is_known_to_fail(): assert False
def test_that_runs(): pass
""",
    "test_module.py": """
import pytest
pytest.importorskip("no_such_arrow", reason="no arrow here")
def test_of_a_file(): pass
""",
}
REASONS = ("no documents here", "no engine here", "no node here", "no java here", "no arrow here")


def run(folder: Path, required: str) -> subprocess.CompletedProcess[str]:
    """Run the legs as the project's tests are run, with its conftest."""
    for name, text in LEGS.items():
        (folder / name).write_text(text)
    (folder / "pytest.ini").write_text(
        "[pytest]\nmarkers = may_be_absent\naddopts = -rs --continue-on-collection-errors\n"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
    environment |= {"PYTHONPATH": os.pathsep.join((str(TESTS), str(TESTS.parent))), "COLUMNS": "200"}
    environment |= {"PRICING_RULES_REQUIRE_ALL": required}
    command = [sys.executable, "-m", "pytest", "-p", "conftest", "-p", "no:cacheprovider", "-p", "no:xdist"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)  # noqa: S603


@pytest.mark.parametrize(
    ("required", "code", "counts"),
    [("", 0, "1 passed, 5 skipped, 1 xfailed"), ("1", 1, "1 failed, 1 passed, 1 skipped, 1 xfailed, 3 errors")],
)
def test_a_skip_is_told_and_a_failure_where_every_leg_has_to_run(tmp_path: Path, required: str, code: int, counts: str):
    ran = run(tmp_path, required)
    assert (ran.returncode, counts in ran.stdout) == (code, True), ran.stdout
    assert [reason for reason in REASONS if reason not in ran.stdout] == []
