"""Every example of the sections on tariffs and offers in the README of the catalogs, executed."""

import re
import shlex
from doctest import DocTestParser, DocTestRunner
from pathlib import Path

import pytest

from pricing_rules.tariffs import Effect
from support.command import run
from support.edited import FILES
from support.places import ROOT

README = (ROOT / "pricing_rules" / "catalogs" / "README.md").read_text()
SECTIONS = ("A tariff changes", "What can I get")
TEXT = "\n".join(README.split(f"\n## {name}\n")[1].split("\n## ")[0] for name in SECTIONS)


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


@pytest.fixture(autouse=True)
def _next_tariff(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Stand in a folder with the copy that the README speaks of."""
    (tmp_path / "next.toml").write_text(f"{FILES['gptimage2api'].read_text()}\n{blocks('toml')[0]}")
    monkeypatch.chdir(tmp_path)


def test_the_examples_in_python_print_what_they_say():
    runner = DocTestRunner(verbose=False)
    runner.run(DocTestParser().get_doctest("\n".join(blocks("pycon")), {}, "README.md", "README.md", 0))
    assert (runner.failures, runner.tries > 10) == (0, True)


def test_the_difference_is_printed_as_it_stands_there():
    found = run(*shlex.split(blocks("sh")[0])[1:])
    assert (found.code, found.out) == (0, blocks("text")[0])


def test_the_offers_are_found():
    found = run(*shlex.split(blocks("sh")[1])[1:])
    assert (found.code, found.lines[-1]) == (0, "3 offers, 17 models cannot.")


def test_the_table_names_every_effect():
    named = re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \|", TEXT, re.MULTILINE)))
    assert named == list(Effect.__args__)
