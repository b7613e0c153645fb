"""`pricing-rules page`: which catalogs the page shows, and whether the one that is there is fresh."""

import json
from pathlib import Path

import pytest

from pricing_rules import load_catalog
from pricing_rules.export import page
from pricing_rules.tariffs import load_overlay, overlaid
from support.command import run
from support.overlays import KNOWN, STUDIO
from support.places import CLIPWORKS

GPT, AIV, CLIPS = load_catalog("gptimage2api"), load_catalog("aivideoapi"), load_catalog(CLIPWORKS)
STUDIO_CATALOG = overlaid(GPT, load_overlay(STUDIO))
CHOICES = {
    "all that are bundled": ([], [AIV, GPT]),
    "a service": (["--service", "gptimage2api"], [GPT]),
    "two services in the order given": (["--service", "gptimage2api", "--service", "aivideoapi"], [GPT, AIV]),
    "a file": (["--catalog", str(CLIPWORKS)], [CLIPS]),
    "a file beside a service": (["--catalog", str(CLIPWORKS), "--service", "aivideoapi"], [AIV, CLIPS]),
    "an overlay over its service": (["--overlay", str(STUDIO)], [STUDIO_CATALOG]),
    "overlays one on the other": (["--overlay", str(KNOWN), "--overlay", str(STUDIO)],
        [overlaid(overlaid(GPT, load_overlay(KNOWN)), load_overlay(STUDIO))]),
    "an overlay beside another service": (
        ["--service", "aivideoapi", "--service", "gptimage2api", "--overlay", str(STUDIO)], [AIV, STUDIO_CATALOG]),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "catalogs"), CHOICES.values(), ids=list(CHOICES))
def test_the_page_shows(tmp_path: Path, arguments, catalogs):
    out = tmp_path / "new" / "quote.html"
    ran = run("page", "--out", str(out), *arguments)
    assert (ran.code, ran.err, ran.out.strip()) == (0, "", str(out))
    assert out.read_text() == page(catalogs)
    assert [path.name for path in out.parent.iterdir()] == ["quote.html"]


def test_at_an_instant_the_prices_are_those_of_that_day(tmp_path: Path):
    out = tmp_path / "quote.html"
    assert run("page", "--out", str(out), "--catalog", str(CLIPWORKS), "--at", "2026-03-01T00:00:00Z").code == 0
    text = out.read_text()
    assert "prices of 2026-03-01" in text
    assert "3.25" in text[text.index("<table>") : text.index("</table>")]  # 3.1 up to quarters, before May


def test_a_check_writes_nothing_and_names_a_page_that_is_missing_or_stale(tmp_path: Path):
    out = tmp_path / "quote.html"
    missing = run("page", "--out", str(out), "--check")
    assert (missing.code, missing.out.strip(), out.exists()) == (1, str(out), False)
    run("page", "--out", str(out))
    assert (run("page", "--out", str(out), "--check").code, run("page", "--out", str(out), "--check").out) == (0, "")
    out.write_text(out.read_text().replace("Copy link", "Copy the link"))
    told = run("page", "--out", str(out), "--check", "--json")
    assert (told.code, json.loads(told.out)) == (1, {"stale": [str(out)]})


def test_json_names_the_file_that_was_written(tmp_path: Path):
    ran = run("page", "--out", str(tmp_path / "quote.html"), "--json")
    assert json.loads(ran.out) == {"written": [str(tmp_path / "quote.html")]}


def test_what_cannot_be_shown_or_written_is_told(tmp_path: Path):
    out = str(tmp_path / "quote.html")
    twice = run("page", "--out", out, "--catalog", str(CLIPWORKS), "--catalog", str(CLIPWORKS))
    assert (twice.code, "clipworks, clipworks" in twice.err) == (3, True)
    other = run("page", "--out", out, "--service", "aivideoapi", "--overlay", str(STUDIO))
    assert (other.code, "gptimage2api" in other.err) == (3, True)
    folder = run("page", "--out", str(tmp_path))
    assert (folder.code, "cannot write" in folder.err) == (3, True)
    assert run("page", "--out", out, "--service", "nobody").code == 2
    assert run("page").code == 2
