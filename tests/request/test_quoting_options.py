"""Every price point: in the order of the file, at one output and no multiplier of the caller's."""

import pytest

from pricing_rules import UnknownModel, options, price


def test_the_bundled_services_have_58_and_3_price_points(gptimage2api, aivideoapi):
    assert (len(options(gptimage2api)), len(options(aivideoapi))) == (58, 3)


def test_points_stand_by_resolution_then_duration(gptimage2api):
    found = options(gptimage2api, "wan/2-6-text-to-video")
    assert [(one.parameters.resolution, one.parameters.duration, one.credits) for one in found] == [
        ("720p", 5, 30),
        ("720p", 10, 60),
        ("720p", 15, 90),
        ("1080p", 5, 45),  # 44.1
        ("1080p", 10, 89),  # 88.2
        ("1080p", 15, 133),  # 132.3
    ]


def test_points_stand_by_resolution_then_duration_then_audio(clipworks):
    # 3.3 x (1, 2, 3) x (1, 1.3): 3.3 4.29 6.6 8.58 9.9 12.87; x 7/3: 7.7 10.01 15.4 20.02 23.1 30.03
    charges = ["3.5", "4.5", "6.75", "8.75", "10", "13", "7.75", "10.25", "15.5", "20.25", "23.25", "30.25"]
    asked = [(lines, seconds, sound) for lines in (480, 1080) for seconds in (4, 8, 12) for sound in (False, True)]
    found = options(clipworks, "reel-1")
    assert [(one.parameters.resolution, one.parameters.duration, one.parameters.audio) for one in found] == asked
    assert [str(one.credits) for one in found] == charges


def test_models_stand_in_the_order_of_the_file(clipworks):
    found = dict.fromkeys(one.model for one in options(clipworks))
    assert tuple(found) == ("reel-1", "reel-1-mini", "still/1", "still/2")


def test_the_options_of_the_models_together_are_those_of_the_catalog(gptimage2api):
    assert options(gptimage2api) == tuple(one for model in gptimage2api.models for one in options(gptimage2api, model))


def test_every_point_is_at_one_output_where_there_are_outputs(clipworks):
    found = {(one.model, one.parameters.outputs) for one in options(clipworks)}
    assert found == {("reel-1", 1), ("reel-1-mini", 1), ("still/1", None), ("still/2", None)}


def test_every_point_is_what_price_says_of_its_parameters(clipworks):
    found = options(clipworks, "reel-1")
    asked = [{name: getattr(one.parameters, name) for name in ("duration", "resolution", "audio")} for one in found]
    assert found == tuple(price(clipworks, "reel-1", **values) for values in asked)


def test_an_unknown_model_is_told_with_the_nearest(clipworks):
    with pytest.raises(UnknownModel, match=r"There is no model 'real-1'. Did you mean 'reel-1'"):
        options(clipworks, "real-1")
