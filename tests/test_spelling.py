"""How messages write names and values: nearest names, lists in words, any value in at most 60 characters."""

from decimal import Decimal

import pytest

from pricing_rules.spelling import hint, listed, nearest, shown

NAMES = ["prompt", "Prompt", "negativePrompt", "aspectRatio", "resolution"]


@pytest.mark.parametrize(
    ("name", "first"),
    [("promt", "prompt"), ("PROMPT", "prompt"), ("aspect_ratio", "aspectRatio"), ("Resolution", "resolution")],
)
def test_the_nearest_name_is_found_whatever_its_case(name, first):
    assert nearest(name, NAMES)[0] == first


def test_at_most_three_names_are_near_best_first():
    assert nearest("name4", ["name1", "name2", "name3", "name4"]) == ("name4", "name3", "name2")


def test_nothing_is_near_a_name_unlike_all_others():
    assert nearest("zzz", NAMES) == ()


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("sora", ("sora-2-text-to-video", "sora-2-pro-text-to-video", "sora-2-image-to-video")),
        ("kling", ("kling/v2-1-standard", "kling/v2-1-pro", "kling/v2-1-master-text-to-video")),
        ("seedance", ("bytedance/seedance-1.5-pro",)),
        ("WAN 2.6", ("wan/2-6-text-to-video", "wan/2-6-image-to-video")),
        ("sora2", ("sora-2-text-to-video", "sora-2-pro-text-to-video", "sora-2-image-to-video")),
        ("banana", ("nano-banana-2", "nano-banana-pro", "google/nano-banana")),
        ("so", ()),
        ("flux", ()),
    ],
)
def test_a_part_of_a_name_finds_the_names_that_hold_it_the_earliest_first(gptimage2api, name, found):
    assert nearest(name, gptimage2api.models) == found


def test_a_name_that_looks_alike_comes_before_one_that_holds_it():
    assert nearest("veo3", ["a-veo3", "veo4", "my-own-big-veo3-model"]) == ("a-veo3", "veo4", "my-own-big-veo3-model")


def test_of_many_names_only_those_that_begin_alike_are_compared():
    names = [f"model-{number}-of-many-text" for number in range(200)]
    assert nearest("model-17-of-many-txet", names) == ("model-17-of-many-text",)
    assert nearest("nodel-17-of-many-txet", names) == ()
    assert nearest("nodel-17-of-many-txet", names[:40])[0] == "model-17-of-many-text"


def test_of_more_than_200_names_those_that_hold_one_are_found():
    names = [f"model-{number}-of-many" for number in range(2_000)]
    assert nearest("17-of-many", names) == ("model-17-of-many", "model-117-of-many", "model-217-of-many")
    assert nearest("model-17-of-mnay", names) == ()
    assert nearest("1999-of-many", names) == ()


def test_long_names_alike_are_compared_as_far_as_the_time_allows():
    names = [f"{'x' * 90}{number}" for number in range(40)]
    assert nearest(f"{'x' * 90}39a", names)[0] == f"{'x' * 90}1"


@pytest.mark.parametrize(("length", "found"), [(100, ("x" * 100,)), (101, ())])
def test_a_name_of_more_than_100_characters_is_not_matched(length, found):
    assert nearest("x" * length, ["x" * 100]) == found


@pytest.mark.parametrize(
    ("name", "known", "said"),
    [
        ("4k", ["2K", "4K"], " Did you mean '4K'?"),
        ("zzz", ["2K", "4K"], ""),
        ("4k", [], ""),
        (4, [4], ""),
        ("ture", [True, "true", 1], " Did you mean 'true'?"),
        (None, ["None"], ""),
    ],
)
def test_a_hint_names_the_nearest_text_if_there_is_one(name, known, said):
    assert hint(name, known) == said


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([], "nothing"),
        ([1], "1"),
        (["a", "b"], "'a' or 'b'"),
        ([5, 10, 20], "5, 10 or 20"),
        ([True, None], "true or null"),
        (range(12), "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 or 11"),
        (range(13), "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 or 1 more"),
        (range(99), "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 or 87 more"),
    ],
)
def test_a_list_is_written_in_words_and_stops_after_twelve(values, words):
    assert listed(values) == words


def test_a_list_may_end_in_another_word():
    assert listed(["a", "b", "c"], "and") == "'a', 'b' and 'c'"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (5, "5"),
        (-5, "-5"),
        (2**179 - 1, str(2**179 - 1)),
        (2**180, "an integer of many digits"),
        (10**5_000, "an integer of many digits"),
        (5.5, "5.5"),
        (1e300, "1e+300"),
        (float("nan"), "nan"),
        (Decimal("5.50"), "5.50"),
        (Decimal("sNaN"), "sNaN"),
        (Decimal("1" * 59), "1" * 59),
        (Decimal("1" * 60), "a number of many digits"),
        ({"a": {}}, "an object"),
        ([[], []], "an array of 2"),
        ((1, 2), "a tuple"),
        (b"x", "a bytes"),
        ("", "''"),
        ("it's", '"it\'s"'),
        ("\x1b[2J\n\ud800", r"'\x1b[2J\n\ud800'"),
        ("x" * 58, f"'{'x' * 58}'"),
        ("x" * 59, f"'{'x' * 58}…"),
        ("x" * 10_000, f"'{'x' * 58}…"),
    ],
    ids=range(25),
)
def test_a_value_is_shown_in_few_safe_characters(value, text):
    assert shown(value) == text


@pytest.mark.parametrize(
    "value", ["x" * 58, "x" * 59, "\ud800" * 60, Decimal("1" * 59 + "E+999999"), -(2**179)], ids=range(5)
)
def test_no_value_takes_more_than_60_characters(value):
    assert len(shown(value)) <= 60
