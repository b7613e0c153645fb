"""`pricing-rules models` and `pricing-rules prices`: what there is and what it costs, in every format."""

import csv
import io
from itertools import pairwise
from pathlib import Path

import pytest

from pricing_rules import as_dict, load_catalog, options
from support import overlays
from support.command import CLIPWORKS, changed, run
from support.places import ROOT

AIVIDEOAPI = load_catalog("aivideoapi")
STUDIO = str(overlays.STUDIO)


# models


def test_models_are_listed_by_service_and_endpoint():
    found = run("models")
    assert found.code == 0
    assert [line for line in found.lines if "POST" in line] == [
        "aivideoapi image POST /v1/images/generations",
        "gptimage2api image POST /api/ai/image/generate",
        "gptimage2api video POST /api/ai/video/generate",
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("nano-banana-pro text_to_image 8 10,000 12–20", "Nano Banana Pro (Gemini 3) image_to_image resolution"),
        ("google/nano-banana text_to_image 10 5,000 3", "Nano Banana image_to_image"),
        ("kling/v2-1-standard image_to_video 1 4,000 11–22", "Kling V2.1 Standard duration"),
        ("veo3_fast text_to_video 3 4,000 9", "Veo 3.1 Fast image_to_video duration"),
        ("wan/2-6-text-to-video text_to_video 0 4,000 30–133", "Wan 2.6 duration"),
        ("gpt-image-2 text_to_image 16 20,000 2.4–7.2", "GPT Image 2 image_to_image resolution"),
    ],
)
def test_a_model_is_listed_with_its_modes_limits_and_prices(first, second):
    assert (first, second) in pairwise(run("models").lines)


def test_models_of_one_service_are_listed_alone():
    assert run("models", "--service", "aivideoapi").lines[0] == "aivideoapi image POST /v1/images/generations"
    assert "gptimage2api" not in run("models", "--service", "aivideoapi").out


def test_no_line_of_the_list_is_wider_than_a_terminal():
    assert max(map(len, run("models").out.splitlines())) <= 80


def test_a_model_without_limits_is_listed_with_nothing(tmp_path):
    own = changed(
        tmp_path,
        ("limits = { most_stills = 3 }", ""),
        ("limits = { most_stills = 1, longest_text = 50 }", ""),
        ("limits = { longest_text = 500 }", ""),
    )
    found = run("models", "--catalog", own)
    assert "reel-1-mini text 1" in found.lines


def test_json_lists_every_model():
    found = run("models", "--json").document
    assert len(found) == 21
    assert found[0] == {
        "service": "aivideoapi",
        "endpoint": "image",
        "model": "gpt-image-2",
        "title": "GPT Image 2",
        "modes": ["text_to_image", "image_to_image"],
        "max_references": 16,
        "max_prompt": 20000,
        "priced_by": {"resolution": ["1k", "2k", "4k"]},
        "credits": [2.4, 7.2],
    }


@pytest.mark.parametrize(
    "said",
    [
        "Sora 2 sora-2-text-to-video at gptimage2api",
        "POST /api/ai/video/generate, text_to_video",
        "/inputMode required; text; 'text_to_video'",
        "/duration a number; one of 5, 10, 20",
        "/fps an integer; at least 1; at most 60",
        "'inputImageUrls' must not be given when 'inputMode' is 'text_to_video'.",
        "1080p 20 s 30 inferred 146–150",
    ],
)
def test_one_model_is_told_with_its_fields_rules_and_prices(said):
    assert said in run("models", "sora-2-text-to-video").lines


def test_a_field_that_the_model_does_not_take_is_not_told():
    assert "/resolution" not in run("models", "veo3").out


@pytest.mark.parametrize(
    "said",
    [
        "'9:16', '4:5', '3:4', '2:3', '2:1', '1:2', '9:21'; default 'auto'",
        "an array; at most 16 items; each must start with http:// or https:// and go on",
        "true or false; default true",
    ],
)
def test_every_allowed_value_is_told(said):
    found = run("models", "gpt-image-2", "--service", "aivideoapi", COLUMNS="200")
    assert said in found.words


def test_a_model_of_several_services_is_told_for_each():
    found = run("models", "gpt-image-2")
    assert [line for line in found.lines if line.startswith("GPT Image 2")] == [
        "GPT Image 2 gpt-image-2 at aivideoapi",
        "GPT Image 2 gpt-image-2 at gptimage2api",
    ]


def test_json_of_one_model_has_its_fields_rules_and_prices():
    (found,) = run("models", "gpt-image-2", "--service", "aivideoapi", "--json").document
    assert found["fields"]["/input/resolution"] == ["text", "one of '1k', '2k', '4k'", "default '1k'"]
    assert found["rules"][0] == "at least one of 'input.prompt' and 'input.image_urls' must be given"
    assert found["prices"] == [as_dict(quote) for quote in options(AIVIDEOAPI)]


def wan(*arguments: str) -> list[str]:
    return run("models", "wan/2-6-text-to-video", *arguments).lines


def test_what_the_printed_prices_leave_of_inferred_multipliers_is_told():
    assert [line for line in wan() if line.startswith(("duration", "resolution ")) and line.endswith((")", "]"))] == [
        # the base is of 5 s and 720p; were it free: above 44 : 30 times 89 : 30 by 133 : 30, which is 1958 : 1995
        "duration 5 s 1 (1958/1995, 1]",
        "duration 10 s 2 (59/30, 2]",
        "duration 15 s 3 (89/30, 3]",
        "resolution 720p 1 (1958/1995, 1]",
        "resolution 1080p 1.47 (22/15, 133/89)",
    ]


def test_the_charges_that_a_printed_price_leaves_at_a_multiplier_of_five_are_told():
    # the cell says (88, 89], five times that is (440, 445]
    assert {"resolution duration credits basis at a multiplier of 5", "1080p 10 s 89 inferred 441–445"} <= set(wan())


@pytest.mark.parametrize(
    ("model", "service", "heading", "row"),
    [
        # (19, 20] of one is (95, 100] of five
        ("nano-banana-pro", "gptimage2api", "resolution credits basis at 5 outputs", "4K 20 documented 96–100"),
        # one output alone; (2.3, 2.4] is (11.5, 12], in tenths
        ("gpt-image-2", "aivideoapi", "resolution credits usd basis at a multiplier of 5",
         "1k 2.4 $0.012 documented 11.6–12"),
    ],
)  # fmt: skip
def test_where_outputs_multiply_it_is_five_outputs(model: str, service: str, heading: str, row: str):
    assert {heading, row} <= set(run("models", model, "--service", service).lines)


def test_json_has_spans_and_charges():
    (found,) = run("models", "kling/v2-1-pro", "--json").document
    assert found["multipliers"] == [
        {"parameter": "duration", "value": 5, "multiplier": "1", "above": "20/21", "most": "1", "attained": True},
        {"parameter": "duration", "value": 10, "multiplier": "2", "above": "41/21", "most": "2", "attained": True},
    ]
    assert found["at_five"] == {"by": "custom_multiplier", "charges": [[101, 105], [206, 210]]}


def test_spans_are_told_beside_a_first_multiplier_that_is_not_1(tmp_path: Path):
    bundled = (ROOT / "pricing_rules" / "catalogs" / "gptimage2api.toml").read_text("utf-8")
    kling = '[[prices]]\nmodels = ["kling/v2-1-pro"]\nbase = 21\nduration = { 5 = 1, 10 = 2 }'
    halved = kling.replace("base = 21", "base = 42").replace("5 = 1, 10 = 2", '5 = "0.5", 10 = 1')
    (tmp_path / "own.toml").write_text(bundled.replace(kling, halved), "utf-8")
    (found,) = run("models", "kling/v2-1-pro", "--catalog", str(tmp_path / "own.toml"), "--json").document
    # (20, 21] and (41, 42] of 42
    assert [(span["multiplier"], span["above"], span["most"]) for span in found["multipliers"]] == [
        ("0.5", "10/21", "0.5"),
        ("1", "41/42", "1"),
    ]


def test_a_price_by_three_parameters_has_charges_and_no_spans():
    (found,) = run("models", "reel-1", "--catalog", CLIPWORKS, "--json").document
    assert (found["multipliers"], len(found["at_five"]["charges"])) == ([], len(found["prices"]))


def test_an_overlay_has_no_printed_prices_that_could_leave_anything_open():
    found = run("models", "veo3", "--overlay", STUDIO)
    assert (found.code, "multiplier" in found.out) == (0, False)
    assert "at_five" not in run("models", "veo3", "--overlay", STUDIO, "--json").document[0]


# prices


def test_every_price_is_listed_by_service():
    found = run("prices")
    assert found.code == 0
    assert sum(line.endswith(("documented", "inferred")) for line in found.lines) == 61
    assert found.lines[:4] == ["aivideoapi", "model resolution credits usd basis", "─" * 52,
                               "gpt-image-2 1k 2.4 $0.012 documented"]  # fmt: skip


def test_prices_of_one_model_are_listed_at_each_of_its_services():
    assert run("prices", "gpt-image-2").out == TABLES


TABLES = """\
aivideoapi
model        resolution  credits     usd  basis
────────────────────────────────────────────────────
gpt-image-2  1k              2.4  $0.012  documented
gpt-image-2  2k              4.8  $0.024  documented
gpt-image-2  4k              7.2  $0.036  documented

gptimage2api
model        credits  basis
────────────────────────────────
gpt-image-2        3  documented
"""


def test_an_instant_chooses_the_edition():
    before = run("prices", "reel-1", "--catalog", CLIPWORKS, "--at", "2026-01-01T00:00:00Z")
    assert before.lines[3] == "reel-1 480 4 s false 3.25 $0.065 documented"


def test_no_price_at_an_instant_is_an_empty_list():
    assert run("prices", "still/1", "--catalog", CLIPWORKS, "--at", "2020-01-01T00:00:00Z") == (0, "", "")


def test_csv_has_a_heading_and_plain_numbers():
    found = run("prices", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(found.out)))
    assert len(rows) == 61
    assert rows[0] == {"service": "aivideoapi", "model": "gpt-image-2", "resolution": "1k", "duration": "",
                       "audio": "", "credits": "2.4", "usd": "0.012", "basis": "documented"}  # fmt: skip


def test_csv_has_the_tiers_of_sound():
    found = run("prices", "reel-1", "--catalog", CLIPWORKS, "--format", "csv")
    assert found.out.splitlines()[2] == "clipworks,reel-1,480,4,true,4.5,0.09,inferred"


@pytest.mark.parametrize("mark", ["=", "+", "-", "@", "\\t", "\\r"])
def test_a_spreadsheet_runs_no_cell_of_a_csv(tmp_path, mark):
    own = changed(tmp_path, ('"reel-1-mini"', f'"{mark}cmd()"'), ("models.reel-1-mini", f'models."{mark}cmd()"'))
    rows = list(csv.reader(io.StringIO(run("prices", "--catalog", own, "--format", "csv").out)))
    assert f"'{mark}cmd()" in {row[1] for row in rows}


def test_markdown_is_a_table_with_numbers_at_the_right():
    assert run("prices", "gpt-image-2", "--format", "markdown").out == MARKDOWN


MARKDOWN = """\
| service | model | resolution | credits | usd | basis |
| --- | --- | --- | --: | --: | --- |
| aivideoapi | gpt-image-2 | 1k | 2.4 | $0.012 | documented |
| aivideoapi | gpt-image-2 | 2k | 4.8 | $0.024 | documented |
| aivideoapi | gpt-image-2 | 4k | 7.2 | $0.036 | documented |
| gptimage2api | gpt-image-2 |  | 3 |  | documented |
"""


def test_markdown_keeps_marks_of_a_name_out_of_the_table(tmp_path):
    own = changed(tmp_path, ('"reel-1-mini"', '"a|b\\\\<i>`"'), ("models.reel-1-mini", 'models."a|b\\\\<i>`"'))
    found = run("prices", "--catalog", own, "--format", "markdown")
    assert "| clipworks | a\\|b\\\\\\<i>\\` |" in found.out


@pytest.mark.parametrize("form", [("--json",), ("--format", "json"), ("--json", "--format", "json")])
def test_json_is_a_list_of_quotes(form):
    assert run("prices", "--service", "aivideoapi", *form).document == [as_dict(quote) for quote in options(AIVIDEOAPI)]


@pytest.mark.parametrize("form", [("--json",), ("--format", "json")])
def test_json_of_an_unknown_model_is_an_error(form):
    found = run("prices", "nano-banana-por", *form)
    assert found.code == 1
    assert (found.document["error"], found.document["nearest"][0]) == ("UnknownModel", "nano-banana-pro")
