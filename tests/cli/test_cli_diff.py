"""`pricing-rules diff`: reports for people, Markdown, JSON, and exit codes for a pipeline."""

from pathlib import Path

import pytest

from pricing_rules import load_catalog
from support.command import CLIPWORKS, run
from support.edited import edited_file

EDITION = """
[[prices]]
models = ["sora-2-text-to-video"]
since = 2027-01-01T00:00:00Z
base = 6
duration = { 5 = 1, 10 = 2, 20 = 4 }
resolution = { 720p = 1, 1080p = "1.5" }
source = "video_prices"
readings = { duration = "sora_seconds" }
"""
IMAGES = ("gpt-image-2", "google/nano-banana", "nano-banana-2", "nano-banana-pro")
FEWER = ("limits = { max_references = 3 }", "limits = { max_references = 1 }")
DEARER = ("base = 11\n", "base = 12\n")
STEPS = ("maximum = 150", "maximum = 100")


@pytest.fixture
def new(tmp_path: Path) -> str:
    return str(edited_file(tmp_path, "gptimage2api", FEWER, DEARER, STEPS, more=EDITION))


def test_changes_are_told_by_what_they_do_and_models_with_equal_ones_once(new: str):
    found = run("diff", "gptimage2api", new)
    assert (found.code, found.err) == (1, "")
    assert found.lines == [
        "Refused from now on",
        "gpt-image-2, google/nano-banana, nano-banana-2 and 1 more /numInferenceSteps at most 150 -> 100",
        '{"prompt": "…", "model": "gpt-image-2", "numInferenceSteps": 101}',
        "veo3_fast /inputImageUrls at most 3 items -> 1",
        '{"prompt": "…", "model": "veo3_fast", "inputMode": "image_to_video", "inputImageUrls": [2 items]}',
        "Prices",
        "from 2027-01-01 sora-2-text-to-video 5 s 720p 5 -> 6 +20.0%",
        "from 2027-01-01 sora-2-text-to-video 5 s 1080p 8 -> 9 +12.5%",
        "from 2027-01-01 sora-2-text-to-video 10 s 720p 10 -> 12 +20.0%",
        "from 2027-01-01 sora-2-text-to-video 10 s 1080p 15 -> 18 +20.0%",
        "from 2027-01-01 sora-2-text-to-video 20 s 720p 20 -> 24 +20.0%",
        "from 2027-01-01 sora-2-text-to-video 20 s 1080p 30 -> 36 +20.0%",
        "Rewritten past",
        "kling/v2-1-standard 5 s 11 -> 12 +9.1%: logs before 2026-11-20 are judged anew",
        "kling/v2-1-standard 10 s 22 -> 24 +9.1%: logs before 2026-11-20 are judged anew",
        "2 breaking, 2 rewritten, 10 in all. Exit code 1.",
    ]


def test_markdown_is_a_list_under_headings_and_names_every_model(new: str):
    found = run("diff", "gptimage2api", new, "--format", "markdown")
    assert found.lines[:4] == [
        "### Refused from now on",
        "",
        f"- {', '.join(f'`{model}`' for model in IMAGES)} `/numInferenceSteps` at most 150 -> 100",
        '- `{"prompt": "…", "model": "gpt-image-2", "numInferenceSteps": 101}`',
    ]
    assert "### Prices" in found.lines


def test_json_has_both_fingerprints_and_whole_examples(new: str):
    found = run("diff", "gptimage2api", new, "--json").document
    assert found["old"]["fingerprint"] == load_catalog("gptimage2api").fingerprint
    assert found["new"] == {
        "service": "gptimage2api",
        "version": "2026-11-20",
        "fingerprint": load_catalog(new).fingerprint,
    }
    first, last = found["changes"][0], found["changes"][-1]
    assert (first["models"][0], first["old"], first["new"], first["parameters"]) == ("gpt-image-2", 150, 100, None)
    assert '"numInferenceSteps": 101' in first["example"]
    assert last["parameters"] == {"duration": 20, "resolution": "1080p", "outputs": None, "audio": None}
    assert (last["since"], last["until"], last["old"], last["new"]) == ("2027-01-01T00:00:00+00:00", None, 30, 36)
    assert run("diff", "gptimage2api", new, "--format", "json").document == found


def test_json_and_another_format_exclude_each_other(new: str):
    assert run("diff", "gptimage2api", new, "--json", "--format", "table").code == 2


@pytest.mark.parametrize(
    ("fail_on", "code"),
    [
        ((), 1),
        (("--fail-on", "breaking"), 1),
        (("--fail-on", "rewrites"), 1),
        (("--fail-on", "refuses"), 1),
        (("--fail-on", "accepts"), 0),
        (("--fail-on", "accepts,costs_more"), 1),
        (("--fail-on", "unprices", "--fail-on", "answers"), 0),
    ],
)
def test_the_exit_code_is_1_for_a_change_to_fail_on(new: str, fail_on: tuple[str, ...], code: int):
    assert run("diff", "gptimage2api", new, *fail_on).code == code


def test_what_only_accepts_and_costs_more_later_does_not_break(tmp_path: Path):
    later = edited_file(tmp_path, "gptimage2api", (FEWER[0], "limits = { max_references = 4 }"), more=EDITION)
    found = run("diff", "gptimage2api", str(later))
    assert (found.code, found.lines[-1]) == (0, "0 breaking, 0 rewritten, 7 in all. Exit code 0.")


def test_nothing_changes():
    found = run("diff", CLIPWORKS, CLIPWORKS)
    assert (found.code, found.out) == (0, "Nothing changes. Exit code 0.\n")


def test_words_are_told_on_demand(tmp_path: Path):
    renamed = str(edited_file(tmp_path, "gptimage2api", ('title = "Veo 3.1 Fast"', 'title = "Veo [red]"')))
    assert run("diff", "gptimage2api", renamed).lines == ["Nothing changes. Exit code 0."]
    found = run("diff", "gptimage2api", renamed, "--words")
    assert found.lines[0] == "Words"
    assert "Veo [red]" in found.out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("diff", "gptimage2api", "gptimage2app"), 2, "There is no service 'gptimage2app'"),
        (("diff", "gptimage2api"), 2, "Missing argument 'NEW'"),
        (("diff", "gptimage2api", "./missing.toml"), 3, "missing.toml: cannot be read"),
        (("diff", "gptimage2api", "aivideoapi", "--fail-on", "refuse"), 2, "Did you mean 'refuses'?"),
    ],
)
def test_wrong_usage_is_2_and_an_unreadable_catalog_3(arguments: tuple[str, ...], code: int, said: str):
    found = run(*arguments)
    assert (found.code, found.out) == (code, "")
    assert said in found.err


def test_instants_shares_and_lists_are_written_for_people(tmp_path: Path):
    moved = ("since = 2026-05-01T12:00:00+02:00", "since = 2026-05-02T12:00:00+02:00")
    free = ("base = 1\n", "base = 0\n")
    found = run("diff", CLIPWORKS, str(edited_file(tmp_path, "clipworks", moved, free)))
    span = "from 2026-05-01T10:00:00+00:00 until 2026-05-02T10:00:00+00:00"
    assert (
        f"{span} reel-1 4 s 480 false 1 output 3.5 -> 3.25 -7.1%: logs before 2026-06-01 are judged anew" in found.lines
    )
    assert "reel-1-mini 4 s 1 output 1 -> 0 -100.0%: logs before 2026-06-01 are judged anew" in found.lines


def test_a_price_that_was_nothing_has_no_share(tmp_path: Path):
    free = str(edited_file(tmp_path, "clipworks", ("base = 1\n", "base = 0\n")))
    lines = run("diff", free, CLIPWORKS).lines
    assert "reel-1-mini 4 s 1 output 0 -> 1: logs before 2026-06-01 are judged anew" in lines


def test_lists_of_values_are_written_out(tmp_path: Path):
    longer = EDITION.replace("20 = 4 }", "20 = 4, 25 = 5 }").replace("base = 6", "base = 5")
    new = str(edited_file(tmp_path, "gptimage2api", more=longer))
    found = run("diff", "gptimage2api", new)
    assert found.lines[1] == "from 2027-01-01 sora-2-text-to-video /duration 5, 10 or 20 -> 5, 10, 20 or 25"
    change = run("diff", "gptimage2api", new, "--json").document["changes"][0]
    assert (change["old"], change["new"], change["effect"]) == ([5, 10, 20], [5, 10, 20, 25], "accepts")
