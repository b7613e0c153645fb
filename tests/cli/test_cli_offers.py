"""`pricing-rules offers`: what a need costs."""

import pytest

from pricing_rules import load_catalog, quote
from support.command import CLIPWORKS, run

NEED = ("offers", "--mode", "image_to_video", "--duration", "10", "--resolution", "1080p", "--budget", "1000")


def test_offers_are_listed_cheapest_first_then_those_that_cannot():
    found = run(*NEED, COLUMNS="100")
    assert (found.code, found.err) == (0, "")
    assert found.lines[:6] == [
        "gptimage2api",
        "credits times model mode resolution duration",
        found.lines[2],
        "15 66 sora-2-image-to-video image_to_video 1080p 10 s",
        "54 18 bytedance/seedance-1.5-pro image_to_video 1080p 10 s",
        "89 11 wan/2-6-image-to-video image_to_video 1080p 10 s",
    ]
    assert "veo3: 8 seconds, no stated resolution; nearest: 8 s at 63 credits" in found.lines
    assert found.lines[-1] == "3 offers, 17 models cannot."


def test_json_has_whole_requests_that_cost_what_is_said():
    (service,) = run(*NEED, "--json").document
    assert service["service"] == "gptimage2api"
    costs = [quote(load_catalog("gptimage2api"), offer["request"]).credits for offer in service["found"]]
    assert costs == [offer["quote"]["credits"] for offer in service["found"]] == [15, 54, 89]
    assert {one["model"] for one in service["refused"] if one["nearest"]["credits"] == 63} == {"veo3"}


def test_services_without_a_common_price_are_listed_one_by_one():
    found = run("offers", "--mode", "text_to_image", "--outputs", "2")
    assert [line for line in found.lines if line in ("aivideoapi", "gptimage2api")] == ["aivideoapi", "gptimage2api"]
    assert "gpt-image-2: at most 1 output; nearest: 1k at 2.4 credits" in found.lines
    assert "6 gpt-image-2 text_to_image 2" in found.lines


def test_a_resolution_has_the_type_of_its_field_and_a_price_in_dollars_is_shown():
    found = run("offers", "--catalog", CLIPWORKS, "--resolution", "1080", "--mode", "text", "--duration", "4")
    # 3.3 x 7/3 is 7.7, so 7.75 quarters at $0.02
    assert "7.75 $0.155 reel-1 text 1080 4 s" in found.lines


def test_nothing_found_is_1():
    found = run("offers", "--mode", "image_to_video", "--duration", "60")
    assert (found.code, found.lines[-1]) == (1, "0 offers, 20 models cannot.")


def test_an_instant_before_the_first_price_has_none():
    found = run("offers", "--catalog", CLIPWORKS, "--mode", "stills", "--at", "2025-01-01T00:00:00Z")
    assert "still/1: no price at that instant" in found.lines


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--mode", "image_to_vidoe"), "Did you mean 'image_to_video'?"),
        (("--duration", "ten"), "a length is a number of seconds"),
        (("--duration", "nan"), "a length is a number of seconds"),
        (("--duration", "-1"), "a length is a number of seconds"),
        (("--budget", "1,000"), "a budget is a number of credits"),
        (("--outputs", "0"), "0 is not in the range"),
    ],
)
def test_a_need_that_makes_no_sense_is_wrong_usage(arguments: tuple[str, ...], said: str):
    found = run("offers", *arguments)
    assert (found.code, found.out) == (2, "")
    assert said in found.err
