"""`pricing-rules schema` and `pricing-rules export`."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from pricing_rules import load_catalog, services
from pricing_rules.errors import Inexpressible
from pricing_rules.export import VIEWS, files
from support.command import CLIPWORKS, changed, run
from support.edited import edited_file

GPTIMAGE2API = load_catalog("gptimage2api")
BUNDLED = [load_catalog(name) for name in services()]


# schema


@pytest.mark.parametrize("view", VIEWS)
def test_a_schema_is_printed_as_it_is_exported(view: str):
    found = run("schema", "video", "--view", view)
    assert (found.code, found.err) == (0, "")
    assert found.out == files([GPTIMAGE2API])[f"gptimage2api/video.{view}.schema.json"]


def test_the_request_view_is_printed_where_none_is_named():
    assert run("schema", "video").out == run("schema", "video", "--view", "request", "--json").out


def test_the_endpoint_of_a_catalog_of_ones_own_is_found():
    assert run("schema", "clips", "--catalog", CLIPWORKS).document["$id"] == "urn:pricing-rules:clipworks:clips:request"


def test_an_endpoint_of_several_services_needs_the_service():
    found = run("schema", "image")
    assert found.code == 2
    assert "the endpoint image is at aivideoapi and gptimage2api; say which with --service" in found.err
    assert (
        run("schema", "image", "--service", "aivideoapi").document["$id"]
        == "urn:pricing-rules:aivideoapi:image:request"
    )


def test_a_misspelt_endpoint_or_view_is_told_the_nearest():
    found = run("schema", "vidoe")
    assert (found.code, "Did you mean 'video'?" in found.err) == (2, True)
    assert run("schema", "video", "--view", "typed").code == 2


def test_a_schema_that_cannot_be_expressed_exits_3(monkeypatch: pytest.MonkeyPatch):
    inexpressible(monkeypatch)
    found = run("schema", "video")
    assert (found.code, found.out, found.err) == (3, "", "Error: no words for it\n")


# export


def test_an_export_lists_what_it_wrote_and_is_fresh(tmp_path: Path):
    found = run("export", str(tmp_path / "schemas"))
    assert (found.code, found.out.splitlines(), found.err) == (0, list(files(BUNDLED)), "")
    checked = run("export", "--check", str(tmp_path / "schemas"))
    assert (checked.code, checked.out, checked.err) == (0, "", "")


def test_a_check_names_what_is_stale_or_missing_and_writes_nothing(tmp_path: Path):
    run("export", str(tmp_path))
    (tmp_path / "prices.mjs").write_text("old")
    (tmp_path / "aivideoapi" / "types.d.ts").unlink()
    found = run("export", str(tmp_path), "--check")
    assert (found.code, found.out.splitlines()) == (1, ["aivideoapi/types.d.ts", "prices.mjs"])
    assert run("export", str(tmp_path), "--check", "--json").document == {
        "stale": ["aivideoapi/types.d.ts", "prices.mjs"]
    }
    assert (tmp_path / "prices.mjs").read_text() == "old"
    assert run("export", str(tmp_path), "--json").document == {"written": list(files(BUNDLED))}
    assert run("export", str(tmp_path), "--check", "--json").document == {"stale": []}


def test_one_service_or_a_catalog_of_ones_own_is_exported_alone(tmp_path: Path):
    assert run("export", str(tmp_path / "one"), "--service", "aivideoapi").out.splitlines() == list(files(BUNDLED[:1]))
    assert run("export", str(tmp_path / "own"), "--catalog", CLIPWORKS).code == 0
    assert sorted(path.name for path in (tmp_path / "own").iterdir()) == [
        "answers.d.ts",
        "answers.schema.json",
        "breakdown.d.mts",
        "breakdown.mjs",
        "catalog.schema.json",
        "clipworks",
        "errors.d.mts",
        "errors.mjs",
        "overlay.schema.json",
        "package.json",
        "prices.d.mts",
        "prices.mjs",
        "usage-record.schema.json",
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('base = "3.1"', 'base = "3,1"'), 'own.toml: prices[0].base: an amount is text like "3", "1.47" or "5/3"'),
        (('title = "Clip Works"', 'titel = "Clip Works"'), "own.toml: titel: unknown key. Did you mean 'title'?"),
        (("[tasks]", "[tasks"), "own.toml: not TOML"),
        (('id = "clipworks"', 'id = "../clipworks"'), "'../clipworks' cannot name files"),
        (('answer = { id = "string"', 'answer = { id = "text"'), "queries.job.answer.id: there is no kind of value"),
    ],
)
def test_a_broken_catalog_writes_nothing_and_says_where(tmp_path: Path, change: tuple[str, str], said: str):
    found = run("export", str(tmp_path / "schemas"), "--catalog", changed(tmp_path, change))
    assert (found.code, found.out) == (3, "")
    assert said in found.err
    assert [path.name for path in tmp_path.iterdir()] == ["own.toml"]


def test_a_folder_that_cannot_be_written_to_exits_3_and_is_left_as_it_was(tmp_path: Path, monkeypatch):
    def full(path: Path, _: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr(Path, "write_bytes", full)
    found = run("export", str(tmp_path / "schemas"))
    assert (found.code, found.out) == (3, "")
    assert found.err.startswith(f"Error: cannot write {tmp_path}/schemas/")
    assert found.err.endswith("No space left on device\n")
    assert list(tmp_path.iterdir()) == []


def test_a_file_instead_of_a_folder_exits_3(tmp_path: Path):
    (tmp_path / "schemas").write_text("mine")
    assert (
        run("export", str(tmp_path / "schemas")).err
        == f"Error: cannot write {tmp_path}/schemas/aivideoapi: Not a directory\n"
    )
    assert run("export", "--check", str(tmp_path / "schemas")).err.startswith("Error: cannot read ")
    assert run("export", "--check", "--json", str(tmp_path / "schemas")).code == 3


def test_an_error_without_a_number_is_told_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def broken(*_: Any) -> None:
        raise OSError("device gone")

    monkeypatch.setattr("pricing_rules.cli.export.write", broken)
    assert run("export", str(tmp_path)).err == f"Error: cannot write {tmp_path}: device gone\n"


def inexpressible(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise Inexpressible("no words for it")

    monkeypatch.setattr("pricing_rules.cli.schema.schema", refuse)


# instants

LATER = """
[[prices]]
models = ["veo3"]
since = 2027-01-01T00:00:00Z
base = 63
duration = { 8 = 1, 16 = 2 }
source = "video_prices"
"""
VEO = '{"model": "veo3", "prompt": "a", "inputMode": "text_to_video", "duration": 16}'


@pytest.fixture
def dated(tmp_path: Path) -> str:
    return str(edited_file(tmp_path, "gptimage2api", more=LATER))


def test_a_schema_is_that_of_an_instant(dated: str):
    texts = [run("schema", "video", "--catalog", dated, "--at", f"{year}-01-01T00:00:00Z").out for year in (2026, 2027)]
    assert [text == run("schema", "video", "--catalog", dated).out for text in texts] == [True, False]


def test_a_folder_is_written_and_checked_as_of_an_instant(tmp_path: Path, dated: str):
    command = ("export", str(tmp_path / "out"), "--catalog", dated)
    at = ("--at", "2027-01-01T00:00:00Z")
    assert run(*command, *at).code == 0
    assert (run(*command, *at, "--check").code, run(*command, "--check").code) == (0, 1)
    assert '"duration"?: 8 | 16;' in (tmp_path / "out" / "gptimage2api" / "types.d.ts").read_text()


def test_prices_that_are_not_public_yet_are_left_out(tmp_path: Path, dated: str):
    run("export", str(tmp_path / "out"), "--catalog", dated, "--until", "2026-12-31T23:59:59Z")
    assert '"since"' not in (tmp_path / "out" / "gptimage2api" / "prices.json").read_text()


def test_a_tariff_without_prices_until_then_is_not_exported(tmp_path: Path):
    later = edited_file(tmp_path, "aivideoapi", ("\nbase", "\nsince = 2026-01-01T00:00:00Z\nbase"))
    found = run("export", str(tmp_path / "out"), "--catalog", str(later), "--until", "2025-01-01T00:00:00Z")
    assert (found.code, (tmp_path / "out").exists()) == (3, False)
    assert "no price begins until" in found.err


@pytest.mark.parametrize(("instant", "code"), [("2026-12-31T23:59:59Z", 1), ("2027-01-01T00:00:00Z", 0)])
def test_requests_are_judged_at_an_instant(dated: str, instant: str, code: int):
    assert run("validate", "-", "--catalog", dated, "--at", instant, stdin=VEO).code == code
    assert run("validate", "-", "--lines", "--catalog", dated, "--at", instant, stdin=VEO).code == code
