"""Catalogs that differ from the invented one: how prices, limits and rules of other shapes are read."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pricing_rules import Catalog, load_catalog, options, price, quote, validate
from support.variants import variant

CLIP = {"engine": "reel-1", "text": "aa", "seconds": 4}
LENS = """
[fields.lens]
wire = "/lens"
type = "object"
title = "Lens"
about = "x"
source = "guide"

[fields.zoom]
wire = "/lens/zoom"
type = "boolean"
title = "Zoom"
about = "x"
source = "guide"

"""
ZOOM_OR_FRAMES = """
[[endpoints.clips.rules]]
id = "zoom_or_frames"
then = { any_given = ["zoom", "frames", "strength"] }
source = "guide"

[[endpoints.clips.notes]]"""
MINI = 'duration = { 4 = 1 }\nsource = "tariff"'


@pytest.fixture
def own(tmp_path: Path):
    def load(*changes: tuple[str, str], more: str = "") -> Catalog:
        path = tmp_path / "own.toml"
        path.write_text(variant(*changes, more=more))
        return load_catalog(path)

    return load


# Prices


def test_a_price_that_is_a_reading_as_a_whole_is_inferred_and_says_why(own):
    found = price(own((MINI, 'duration = { 4 = 1 }\nreading = "loud"')), "reel-1-mini", duration=4)
    assert (found.basis, found.notes) == ("inferred", (found.lines[0].source,))
    assert found.lines[0].basis == "inferred"


@pytest.mark.parametrize("part", ["base", "duration"])
def test_a_price_with_a_part_that_is_a_reading_is_inferred(own, part):
    catalog = own((MINI, f'{MINI}\nreadings = {{ {part} = "loud" }}'))
    found = price(catalog, "reel-1-mini", duration=4)
    assert found.basis == "inferred"
    assert [line.factor for line in found.lines if "with sound" in line.source] == [part]


def test_that_a_default_is_a_reading_does_not_touch_the_amount(own):
    catalog = own((MINI, f'{MINI}\ndefault = {{ duration = 4 }}\nreadings = {{ default = "loud" }}'))
    assert price(catalog, "reel-1-mini").basis == "documented"


def test_a_reading_that_makes_two_parts_inferred_is_noted_once(own):
    catalog = own((MINI, f'{MINI}\nreadings = {{ base = "loud", duration = "loud" }}'))
    found = price(catalog, "reel-1-mini", duration=4)
    assert (len(found.notes), len(found.sources)) == (1, len(set(found.sources)))


def test_editions_may_stand_in_any_order_in_the_file(own):
    later = '\n[[prices]]\nmodels = ["reel-1-mini"]\nsince = {}\nbase = {}\nduration = {{ 4 = 1 }}\nsource = "tariff"\n'
    catalog = own(more=later.format("2026-04-01T00:00:00Z", 5) + later.format("2026-02-01T00:00:00Z", 4))
    months = [datetime(2026, month, 1, tzinfo=UTC) for month in (1, 2, 3, 4, 5)]
    assert [price(catalog, "reel-1-mini", duration=4, at=at).credits for at in months] == [1, 4, 4, 5, 5]


def test_a_tier_of_false_alone_is_asked_for_by_name(own):
    catalog = own((MINI, f"audio = {{ false = 2 }}\n{MINI}"))
    assert [one.parameters.audio for one in options(catalog, "reel-1-mini")] == [False]
    assert price(catalog, "reel-1-mini", duration=4, audio=False).credits == 2


def test_the_default_of_a_field_is_used_where_the_price_has_none(own):
    lines = 'about = "Height of the picture in lines."'
    catalog = own((lines, f"{lines}\ndefault = 1080"), ("default = { resolution = 480, audio", "default = { audio"))
    before_may = datetime(2026, 4, 1, tzinfo=UTC)
    assert price(catalog, "reel-1", duration=4, at=before_may).parameters.resolution == 1080
    assert price(catalog, "reel-1", duration=4).parameters.resolution == 480


def test_outputs_without_a_default_are_missing_and_options_are_at_one(own):
    catalog = own(("maximum = 4\ndefault = 1", "maximum = 4"))
    with pytest.raises(ValueError, match="has no price for these outputs"):
        quote(catalog, {"job": CLIP})


def test_another_default_of_outputs_is_priced(own):
    found = quote(own(("maximum = 4\ndefault = 1", "maximum = 4\ndefault = 2")), {"job": CLIP})
    assert (found.parameters.outputs, str(found.credits)) == (2, "6.75")  # 3.3 x 2 = 6.6


# Limits


def test_a_limit_that_the_field_calls_a_reading_stays_one_for_every_model(own):
    text = 'max_length = "longest_text"'
    catalog = own((text, f'{text}\nreadings = {{ max_length = "loud" }}'))
    (found,) = validate(catalog, {"job": CLIP | {"text": "a" * 501}})
    assert (found.rule, found.limit, found.basis) == ("prompt.max_length", 500, "inferred")


def test_zero_is_a_limit(own):
    none = [(f"most_stills = {most}", "most_stills = 0") for most in (3, 1, 2, 2)]
    catalog = own(("min_length = 2", "min_length = 0"), *none)
    assert validate(catalog, {"job": CLIP | {"text": "", "stills": []}}) == ()


def test_the_most_generous_limit_holds_where_no_model_is_known(clipworks):
    found = validate(clipworks, {"job": CLIP | {"engine": "x", "stills": ["http://a"] * 4}}, endpoint="clips")
    assert [(one.path, one.limit) for one in found if one.rule != "model.unknown"] == [("/job/stills", 3)]


# Rules across fields


@pytest.mark.parametrize(
    ("body", "paths"),
    [
        ({"job": CLIP}, [""]),
        ({"job": CLIP | {"options": {"frames": 24}}}, []),
        ({"job": CLIP, "lens": {"zoom": False}}, []),
        ({"job": CLIP, "lens": {"zoom": 5}}, ["/lens/zoom"]),
        ({"job": CLIP, "lens": {}}, [""]),
    ],
)
def test_a_rule_on_fields_of_several_objects_reports_at_the_one_around_all_of_them(own, body, paths):
    catalog = own(
        ("[fields.job]", f"{LENS}[fields.job]"),
        ('    "outputs", "notify"', '    "lens", "zoom", "outputs", "notify"'),
        ("\n[[endpoints.clips.notes]]", ZOOM_OR_FRAMES),
    )
    assert [one.path for one in validate(catalog, body)] == paths


def test_a_rule_on_several_fields_of_one_object_reports_at_that_object(own):
    catalog = own(("\n[[endpoints.clips.notes]]", ZOOM_OR_FRAMES.replace('"zoom", ', "")))
    (found,) = validate(catalog, {"job": CLIP | {"options": {}}})
    assert (found.path, found.rule) == ("/job/options", "zoom_or_frames")
    message = "at least one of 'job.options.frames' and 'job.options.a/b~c' must be given."
    assert found.message.replace('"', "'") == message
