"""Keys that an endpoint does not know, each with the nearest name that it does."""

from pathlib import Path

import pytest

from pricing_rules import Catalog, load_catalog, validate
from pricing_rules.request.explanation import explain
from support.cases import GPT, SORA, nested
from support.variants import variant

CLIP = {"engine": "reel-1", "text": "aa", "seconds": 4}
LENS = """
[fields.lens]
wire = "/lens"
type = "object"
title = "Lens"
about = "x"
source = "guide"

[fields.lens_frames]
wire = "/lens/frames"
type = "integer"
title = "Frames"
about = "x"
source = "guide"

"""


def said(catalog: Catalog, request: object, endpoint: str | None = None) -> list[tuple[str, str]]:
    found = validate(catalog, request, endpoint=endpoint)
    assert {one.rule for one in found} <= {"field.unknown", "key.type"}
    return [(one.path, one.message.partition(" here.")[2].strip() or one.message) for one in found]


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("promt", "Did you mean 'prompt'?"),
        ("references", "Did you mean 'inputImageUrls'?"),  # the name that it has at every service
        ("outputs", "Did you mean 'numOutputs'?"),
        ("guidance_scale", "Did you mean 'guidanceScale'?"),
    ],
)
def test_the_nearest_name_is_told_as_it_stands_in_the_body(gptimage2api, key, hint):
    assert said(gptimage2api, GPT | {key: 1}) == [(f"/{key}", hint)]


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("image_urls", "Did you mean '/input/image_urls'?"),
        ("references", "Did you mean '/input/image_urls'?"),
        ("aspectRatio", "Did you mean '/input/aspect_ratio'?"),
        ("callbackUrl", "Did you mean 'callback_url'?"),
    ],
)
def test_a_name_of_another_object_is_told_by_its_pointer(aivideoapi, key, hint):
    assert said(aivideoapi, nested() | {key: 1}) == [(f"/{key}", hint)]


def test_a_field_of_the_body_is_told_by_its_pointer_inside_an_object(aivideoapi):
    assert said(aivideoapi, nested(callback_urls=1)) == [("/input/callback_urls", "Did you mean '/callback_url'?")]


@pytest.fixture
def two_frames(tmp_path: Path) -> Catalog:
    path = tmp_path / "own.toml"
    fields = ('    "outputs", "notify"', '    "lens", "lens_frames", "outputs", "notify"')
    path.write_text(variant(("[fields.job]", f"{LENS}[fields.job]"), fields))
    return load_catalog(path)


def test_a_name_of_two_objects_is_told_of_the_one_where_the_key_stands(two_frames):
    found = said(two_frames, {"job": CLIP | {"options": {"frame": 1}}, "lens": {"frame": 1}})
    assert found == [("/job/options/frame", "Did you mean 'frames'?"), ("/lens/frame", "Did you mean 'frames'?")]


def test_a_key_elsewhere_is_told_the_first_of_several(two_frames):
    assert said(two_frames, {"job": CLIP, "frame": 1}) == [("/frame", "Did you mean '/job/options/frames'?")]


def test_unknown_keys_stand_object_by_object_each_in_the_order_of_the_body(clipworks):
    found = said(clipworks, {"b": 1, "job": CLIP | {"d": 1, "options": {"e": 1}, "c": 1}, "a": 1})
    assert [path for path, _ in found] == ["/b", "/a", "/job/d", "/job/c", "/job/options/e"]


def test_keys_that_are_not_text_are_told_once_for_each_object(clipworks):
    found = said(clipworks, {5: 1, None: 2, "job": CLIP | {(1,): 1}})
    assert found == [
        ("", "the keys of an object are text; got 5."),
        ("/job", "the keys of an object are text; got a tuple."),
    ]


def test_the_inside_of_a_field_that_is_no_object_is_not_looked_at(clipworks):
    found = validate(clipworks, {"job": CLIP | {"options": [{"x": 1}]}})
    assert [one.rule for one in found] == ["options.type"]


def test_without_an_endpoint_no_key_is_unknown(gptimage2api):
    assert [one.rule for one in validate(gptimage2api, {"x": 1})] == ["model.required"]


def test_the_names_that_are_known_are_the_limit(clipworks):
    (found,) = validate(clipworks, {"job": CLIP | {"options": {"zzz": 1}}})
    assert found.limit == ("a/b~c", "frames")
    assert found.message == """there is no field 'zzz' here. Allowed: 'a/b~c' and 'frames'."""


def test_the_twenty_first_unknown_key_is_told_without_a_hint(gptimage2api):
    found = said(gptimage2api, SORA | {f"promp{n}": 1 for n in range(21)})
    expected = ["Did you mean 'prompt'?"] * 20 + ["there is no such field here."]
    assert [message for _, message in found] == expected


@pytest.mark.parametrize(("number", "listed_", "more"), [(999, 999, None), (1_000, 1_000, None), (1_001, 999, 2)])
def test_of_more_than_a_thousand_unknown_keys_the_last_violation_says_how_many_follow(clipworks, number, listed_, more):
    keys = {f"x{place}": 1 for place in range(number)}
    body = {"job": {"engine": "reel-1", "text": "aa", "seconds": 4, **dict(list(keys.items())[:5])}, **keys}
    for place in range(5):
        del body[f"x{place}"]
    found = [one for one in validate(clipworks, body) if one.rule.startswith("field.unknown")]
    assert [one.rule for one in found] == ["field.unknown"] * listed_ + ["field.unknown_more"] * bool(more)
    if more:
        assert (found[-1].path, found[-1].limit, found[-1].message) == ("/job", 2, "there are 2 more unknown fields.")
    assert found == [one for one in explain(clipworks, body) if one.rule.startswith("field.unknown")]
