"""Examples of changes of every kind of rule, and what is proven to be noticed by no request."""

import json
from pathlib import Path
from typing import Any

import pytest

from pricing_rules import Catalog, validate
from pricing_rules.catalog.rulebook import book_of
from pricing_rules.targets.shapes import Slot
from pricing_rules.tariffs import Change, diff
from pricing_rules.tariffs.bodies import body_of, possible
from support.edited import edited

SEEDANCE = "bytedance/seedance-1.5-pro"
RATIOS = 'limits.aspect_ratios = ["auto", "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "4:5", "5:4", "21:9"]'
WIDTH = 'minimum = 64\nmaximum = 4096\ntitle = "Width"'
RULES = "[[endpoints.clips.notes]]"


def with_rule(name: str, when: str, then: str) -> tuple[str, str]:
    """Return the change that adds a rule across fields to clips."""
    head = f'[[endpoints.clips.rules]]\nid = "{name}"\nwhen = {{ {when} }}\n'
    return RULES, f'{head}then = {{ {then} }}\nsource = "guide"\n\n{RULES}'


def only(changes: tuple[Change, ...], model: str) -> dict[tuple[str, str], Any]:
    """Return the examples of the changes of a model, by kind and effect."""
    return {
        (one.kind, one.effect): json.loads(one.example) if one.example else None
        for one in changes
        if one.model == model
    }


@pytest.mark.parametrize(
    ("change", "kind", "effect", "field", "example"),
    [
        (('type = "string"\ntitle = "Seed"', 'type = "integer"\ntitle = "Seed"'), "seed.type", "accepts", "seed", 0),
        ((f'type = "integer"\n{WIDTH}', f'type = "number"\n{WIDTH}'),
         "width.type", "accepts", "width", 64.5),
        ((WIDTH, WIDTH.replace("64", "32")),
         "width.minimum", "accepts", "width", 32),
        (('maximum = 4096\ntitle = "Width"', 'title = "Width"'), "width.maximum", "accepts", "width", 4097),
        ((RATIOS, RATIOS.replace(', "21:9"', "")), "aspect_ratio.one_of", "refuses", "aspectRatio", "21:9"),
        ((RATIOS, RATIOS.replace("]", ', "9:21"]')), "aspect_ratio.one_of", "accepts", "aspectRatio", "9:21"),
        (('type = "opaque" # an', 'type = "object" # an'),
         "provider_input.type", "refuses", "providerInput", {"key": "value"}),
    ],
)  # fmt: skip
def test_an_example_has_the_value_that_one_side_alone_takes(
    tmp_path: Path, gptimage2api: Catalog, change: tuple[str, str], kind: str, effect: str, field: str, example: Any
):
    found = only(diff(gptimage2api, edited(tmp_path, "gptimage2api", change)), "gpt-image-2")
    assert found[kind, effect][field] == example


def test_a_text_may_have_to_be_longer(tmp_path: Path, gptimage2api: Catalog):
    new = edited(tmp_path, "gptimage2api", ('min_length = 1\nmax_length = "max', 'min_length = 9\nmax_length = "max'))
    assert len(only(diff(gptimage2api, new), "veo3")["prompt.min_length", "refuses"]["prompt"]) in range(1, 9)


def test_a_text_too_long_to_be_written_leaves_an_effect_without_example(tmp_path: Path, gptimage2api: Catalog):
    cap = ("limits.max_prompt = 20_000", "limits.max_prompt = 200_000")
    old = edited(tmp_path, "gptimage2api", cap)
    (tmp_path / "new").mkdir()
    new = edited(tmp_path / "new", "gptimage2api", (cap[0], "limits.max_prompt = 300_000"))
    assert only(diff(old, new), "gpt-image-2") == {("prompt.max_length", "accepts"): None}
    assert len(only(diff(gptimage2api, old), "gpt-image-2")["prompt.max_length", "accepts"]["prompt"]) > 20_000


def test_addresses_may_need_a_scheme(tmp_path: Path, clipworks: Catalog):
    new = edited(tmp_path, "clipworks", ('type = "url"', 'type = "string"'), ('callback = "notify"\n', ""))
    found = only(diff(clipworks, new), "reel-1")
    assert not found["notify.url", "accepts"]["notify"].startswith("http")
    assert found["notify.type", "none"] is None
    assert only(diff(new, clipworks), "reel-1").keys() >= {("notify.url", "refuses")}


def test_a_field_in_an_object_is_required_where_the_object_is(tmp_path: Path, clipworks: Catalog):
    new = edited(tmp_path, "clipworks", ('"prompt", "duration"]', '"prompt", "duration", "frames"]'))
    example = only(diff(clipworks, new), "reel-1-mini")["frames.required", "refuses"]
    assert example["job"]["options"] == {}
    assert [fault.rule for fault in validate(new, example)] == ["frames.required"]


def test_a_field_that_moves_is_removed_there_and_added_here(tmp_path: Path, clipworks: Catalog):
    new = edited(tmp_path, "clipworks", ("/job/seconds", "/job/length"))
    changes = diff(clipworks, new)
    kinds = {
        (one.kind, one.effect, one.path) for one in changes if one.model == "reel-1" and one.kind.startswith("field.")
    }
    assert kinds == {
        ("field.removed", "refuses", "/job/seconds"), ("field.removed", "accepts", "/job/seconds"),
        ("field.added", "refuses", "/job/length"), ("field.added", "accepts", "/job/length"),
    }  # fmt: skip
    assert all(one.example for one in changes if one.effect != "none")
    # rules that read the duration are judged only where it is there, and no request has it at both places
    assert ("duration.1080", "none") in only(changes, "reel-1")


def test_a_rule_on_fields_that_change_places_is_not_proven(tmp_path: Path, clipworks: Catalog):
    places = ("/job/seconds", "/job/x"), ("/job/lines", "/job/seconds"), ("/job/x", "/job/lines")
    found = only(diff(clipworks, edited(tmp_path, "clipworks", *places)), "reel-1")
    assert found["duration.1080", "refuses"] is found["duration.1080", "accepts"] is None


def test_examples_are_found_where_rules_cannot_be_told_as_shapes(tmp_path: Path):
    rule = with_rule("text.sound", 'prompt = ["loud"]', 'given = "notify"')
    old = edited(tmp_path, "clipworks", rule)
    (tmp_path / "new").mkdir()
    new = edited(tmp_path / "new", "clipworks", rule, ("one_of = [24, 30]", "one_of = [24, 30, 60]"))
    found = only(diff(old, new), "reel-1")
    assert found == {("frames.one_of", "accepts"): found["frames.one_of", "accepts"]}
    assert found["frames.one_of", "accepts"]["job"]["options"]["frames"] == 60


def test_the_model_may_be_named_elsewhere(tmp_path: Path, clipworks: Catalog):
    found = only(diff(clipworks, edited(tmp_path, "clipworks", ("/job/engine", "/job/model"))), "still/1")
    assert found["field.removed", "refuses"]["job"]["engine"] == "still/1"
    assert found["field.added", "accepts"]["job"]["model"] == "still/1"


def test_a_rule_on_a_field_of_another_type_is_not_proven(tmp_path: Path):
    rule = with_rule("strength.sound", "audio = [true]", 'given = "strength"')
    old = edited(tmp_path, "clipworks")
    (tmp_path / "new").mkdir()
    new = edited(
        tmp_path / "new",
        "clipworks",
        rule,
        ('type = "number"\nminimum = -10', 'type = "integer"\nminimum = -10'),
    )
    assert only(diff(old, new), "reel-1")["strength.sound", "refuses"] is None


def test_a_rule_that_forbids_what_is_given(tmp_path: Path, clipworks: Catalog):
    rule = with_rule("notify.sound", "audio = [true]", 'not_given = "notify"')
    new = edited(tmp_path, "clipworks", rule)
    found = only(diff(clipworks, new), "reel-1")["notify.sound", "refuses"]
    assert (found["job"]["sound"], found["notify"]) == (True, "https://example.com/image.png")
    assert only(diff(clipworks, new), "reel-1-mini")["notify.sound", "none"] is None  # it has no sound
    assert only(diff(new, clipworks), "reel-1")["notify.sound", "accepts"] == found


def test_a_rule_on_a_value_that_may_be_left_out_is_broken_where_it_is_there(tmp_path: Path, gptimage2api: Catalog):
    rule = SEED.replace('mode = ["text_to_video", "image_to_video"]', "duration = [20]")
    rule = rule.replace('given = "seed"', 'field = "resolution", one_of = ["720p"]')
    found = only(diff(gptimage2api, edited(tmp_path, "gptimage2api", (VIDEO, rule + VIDEO))), "sora-2-text-to-video")
    example = found["seed.needed", "refuses"]
    assert (example["duration"], example["resolution"]) == (20, "1080p")


def test_what_differs_in_every_edition_is_told_once(tmp_path: Path, clipworks: Catalog):
    new = edited(tmp_path, "clipworks", ("minimum = -10\nmaximum = 10", "minimum = -10\nmaximum = 9"))
    (change,) = (one for one in diff(clipworks, new) if one.model == "reel-1")
    assert (change.kind, change.since, change.until) == ("strength.maximum", None, None)


def test_a_rule_whose_values_the_model_cannot_have_is_noticed_by_none(tmp_path: Path, clipworks: Catalog):
    # 4 seconds are all that reel-1-mini makes
    rule = with_rule("long.notify", "duration = [8, 12]", 'given = "notify"')
    found = diff(clipworks, edited(tmp_path, "clipworks", rule))
    assert only(found, "reel-1-mini") == {("long.notify", "none"): None}
    assert only(found, "reel-1")["long.notify", "refuses"]["job"]["seconds"] in (8, 12)


VIDEO = "[[endpoints.video.notes]]"
SEED = """[[endpoints.video.rules]]
id = "seed.needed"
when = { mode = ["text_to_video", "image_to_video"] }
then = { given = "seed" }
source = "video_modes"

"""


def test_a_rule_on_a_mode_that_is_no_longer_there_is_judged_in_the_others(tmp_path: Path, gptimage2api: Catalog):
    model = 'title = "Seedance 1.5 Pro"\nendpoint = "video"\n'
    modes = (f'{model}modes = ["text_to_video", "image_to_video"]', f'{model}modes = ["text_to_video"]')
    found = only(diff(gptimage2api, edited(tmp_path, "gptimage2api", (VIDEO, SEED + VIDEO), modes)), SEEDANCE)
    assert found["seed.needed", "refuses"]["inputMode"] == "text_to_video"
    assert found["mode.one_of", "refuses"]["inputMode"] == "image_to_video"


def test_a_rule_on_tiers_that_are_all_new_is_noticed_by_no_request_of_before(tmp_path: Path, clipworks: Catalog):
    tiers = ("resolution = { 480 = 1, 1080 =", "resolution = { 720 = 1, 2160 =")
    default = ("default = { resolution = 480,", "default = { resolution = 720,")
    rules = ("when = { resolution = [1080] }", "when = { resolution = [2160] }")
    smooth = ("resolution = [480], frames", "resolution = [720], frames")
    found = only(diff(clipworks, edited(tmp_path, "clipworks", tiers, default, rules, smooth)), "reel-1")
    assert found["resolution.one_of", "refuses"]["job"]["lines"] == 480
    assert ("duration.1080", "refuses") not in found
    # 720 lines count where none are named: 12 seconds with 30 frames are refused as those with 480 lines were
    assert ("duration.smooth", "none") in found


def test_what_a_limit_refuses_already_no_rule_need_refuse(tmp_path: Path, clipworks: Catalog):
    rule = with_rule("stills.sound", "audio = [true]", 'not_given = "references"')
    found = only(diff(clipworks, edited(tmp_path, "clipworks", rule, ("most_stills = 3", "most_stills = 0"))), "reel-1")
    assert found["stills.sound", "none"] is None
    assert len(found["references.max_items", "refuses"]["job"]["stills"]) >= 1


def test_what_a_rule_demands_already_may_as_well_be_required(tmp_path: Path):
    head = '[[endpoints.clips.rules]]\nid = "frames.always"\nthen = { given = "frames" }\nsource = "guide"\n\n'
    old = edited(tmp_path, "clipworks", (RULES, head + RULES))
    (tmp_path / "new").mkdir()
    required = ('"prompt", "duration"]', '"prompt", "duration", "frames"]')
    new = edited(tmp_path / "new", "clipworks", required)
    assert "options" not in (only(diff(old, new), "reel-1-mini")["frames.always", "accepts"])["job"]
    assert ("frames.required", "none") in only(diff(old, new), "reel-1-mini")


def test_an_impossible_value_makes_no_body(clipworks: Catalog):
    rules = book_of(clipworks, clipworks.models["reel-1"]).fields["prompt"]
    assert body_of({"prompt": Slot(rules, None, "demanded", ())}, {}) is None


def test_a_basis_of_a_rule_and_of_a_limit_is_an_answer(tmp_path: Path, gptimage2api: Catalog):
    rule = 'then = { not_given = "references" }\n'
    limit, after = 'readings = { max_references = "one_reference" }\n', '\n[models."kling/v2-1-pro"]'
    unknown = '"image_notes"]\nreadings = { unknown = "closed_body" }'
    new = edited(
        tmp_path,
        "gptimage2api",
        (f'{rule}reading = "text_takes_no_reference"', f'{rule}source = "video_modes"'),
        (f'{limit}source = "video_models"\n{after}', f'source = "video_models"\n{after}'),
        (unknown, '"image_notes"]'),
    )
    found = {(one.kind, one.model): (one.effect, one.old, one.new) for one in diff(gptimage2api, new)}
    printed = ("answers", "inferred", "documented")
    assert found["references.not_allowed.basis", "veo3"] == printed
    assert found["references.max_items.basis", "kling/v2-1-standard"] == printed
    assert found["model.unknown.basis", "gpt-image-2"] == printed


def test_a_field_that_is_refused_either_way_is_noticed_by_none(tmp_path: Path, gptimage2api: Catalog):
    # resolution is no field of video models without such tiers, or one that they do not take
    image = '"seed", "guidance_scale", "inference_steps"'
    without = edited(tmp_path, "gptimage2api", (image, f'"duration", {image}'))
    found = only(diff(gptimage2api, without), "gpt-image-2")
    assert found == {("field.unknown", "none"): None}


def test_what_makes_a_quote_inferred_and_the_modes_of_an_endpoint_are_answers(tmp_path: Path, clipworks: Catalog):
    new = edited(
        tmp_path,
        "clipworks",
        ('makes_inferred = "loud"\n', ""),
        ('without_references = "text"', 'without_references = "words"'),
        ('endpoint = "pictures"\nmodes = ["text"]', 'endpoint = "pictures"\nmodes = ["words"]'),
    )
    found = {(one.kind, one.model): one.effect for one in diff(clipworks, new)}
    assert (found["field.makes_inferred", "reel-1"], found["model.modes", "still/2"]) == ("answers", "answers")


def test_a_finer_unit_is_told_before_and_after_the_first_price(tmp_path: Path, clipworks: Catalog):
    changes = diff(clipworks, edited(tmp_path, "clipworks", ('unit = "0.25"', 'unit = "0.1"')))
    still = [(one.kind, str(one.old), str(one.new), one.since is not None) for one in changes if one.model == "still/1"]
    assert still == [("price.lowered", "0.5", "0.3", True)]


def test_a_version_that_moves_repeats_nothing(tmp_path: Path, gptimage2api: Catalog):
    new = edited(
        tmp_path, "gptimage2api", ("base = 11\n", "base = 12\n"), ('version = "2026-11-20"', 'version = "2026-11-21"')
    )
    assert [one.kind for one in diff(gptimage2api, new)] == ["price.raised", "price.raised", "version"]


def test_values_are_tried_at_the_edges_of_both_sides(clipworks: Catalog):
    book = book_of(clipworks, clipworks.models["reel-1"])
    tried = {
        name: list(possible(Slot(book.fields[name], None, "optional", None)))
        for name in ("strength", "references", "extra", "notify", "audio")
    }
    assert {-10, 10, -9.5, 9.5} <= set(tried["strength"])
    assert not {-10.5, 10.5, -11, 11} & set(tried["strength"])
    assert sorted({len(value) for value in tried["references"]}) == [0, 1, 2, 3]
    assert tried["extra"] == [{"key": "value"}, {}]
    assert all(value.startswith("http") for value in tried["notify"])
    assert tried["audio"] == [True, False]
