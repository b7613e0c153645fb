"""The JavaScript legs: what they install is pinned, and one that cannot run says why."""

import json
import re

import pytest

from frontend import tools
from frontend.tools import HERE


def test_every_package_is_pinned_to_one_version():
    wanted = json.loads((HERE / "package.json").read_text())["dependencies"]
    assert [version for version in wanted.values() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []


def test_the_lock_file_holds_the_pinned_versions():
    wanted = json.loads((HERE / "package.json").read_text())["dependencies"]
    locked = json.loads((HERE / "package-lock.json").read_text())["packages"]
    assert {name: locked[f"node_modules/{name}"]["version"] for name in wanted} == wanted


def test_the_lock_file_records_no_addresses():
    lock = (HERE / "package-lock.json").read_text()
    assert re.findall(r'"resolved"|https?:', lock) == []


def test_a_leg_without_its_runtime_is_skipped_with_the_reason(monkeypatch):
    monkeypatch.setattr(tools, "_install", lambda: "no node here")
    with pytest.raises(pytest.skip.Exception, match="no node here"):
        tools.node("judge.mjs")


def test_a_browser_that_is_not_there_is_the_reason_that_is_given(monkeypatch):
    monkeypatch.setattr(tools, "BROWSERS", ("no-such-browser",))
    with pytest.raises(pytest.skip.Exception, match="apt-get install chromium"):
        tools.chromium.__wrapped__()


def test_a_script_that_fails_fails_the_test_with_what_it_said():
    with pytest.raises(AssertionError, match="no-such-script"):
        tools.node("no-such-script.mjs")
