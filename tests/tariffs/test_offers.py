"""What a need costs, derived by hand from the price page."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing_rules import Catalog, load_catalog, quote
from pricing_rules.tariffs import Offers, offers
from support.edited import FILES, edited

CATALOGS = {name: load_catalog(file) for name, file in FILES.items()}
MODES = sorted({mode for side in CATALOGS.values() for model in side.models.values() for mode in model.modes})


def told(found: Offers) -> list[tuple[str, str]]:
    return [(str(offer.quote.credits), offer.quote.model) for offer in found.found]


def reason(found: Offers, model: str) -> str:
    return next(one.reason for one in found.refused if one.model == model)


def test_image_to_video_of_ten_seconds_at_1080p_is_15_with_sora_54_with_seedance_and_89_with_wan(gptimage2api: Catalog):
    found = offers(gptimage2api, mode="image_to_video", duration=10, resolution="1080p", at_most=1000)
    assert told(found) == [
        ("15", "sora-2-image-to-video"), ("54", "bytedance/seedance-1.5-pro"), ("89", "wan/2-6-image-to-video"),
    ]  # fmt: skip
    assert [offer.times for offer in found.found] == [66, 18, 11]
    assert len(found.found) + len(found.refused) == 20


def test_a_request_is_whole(gptimage2api: Catalog):
    offer = offers(gptimage2api, mode="image_to_video", duration=10, resolution="1080p").found[0]
    assert offer.request.keys() == {"prompt", "model", "inputMode", "resolution", "duration", "inputImageUrls"}
    assert (offer.mode, offer.times, len(offer.request["inputImageUrls"])) == ("image_to_video", None, 1)


def test_a_length_is_a_least(gptimage2api: Catalog):
    found = offers(gptimage2api, mode="text_to_video", duration=11, resolution="720p")
    # Sora 2 and Sora 2 Pro make 20 s, Wan 15 s
    assert told(found) == [
        ("20", "sora-2-text-to-video"),
        ("64", "sora-2-pro-text-to-video"),
        ("90", "wan/2-6-text-to-video"),
    ]
    assert reason(found, "veo3") == "8 seconds, no stated resolution"


def test_a_size_is_a_least_among_the_models_own(gptimage2api: Catalog):
    found = offers(gptimage2api, mode="text_to_image", resolution="2K")
    assert told(found) == [("6", "nano-banana-2"), ("12", "nano-banana-pro")]
    assert reason(found, "gpt-image-2") == "no stated resolution"
    assert told(offers(gptimage2api, mode="text_to_image", resolution="1K")) == [("4", "nano-banana-2")]


def test_one_offer_for_each_mode_of_a_model(gptimage2api: Catalog):
    found = offers(gptimage2api, resolution="4K")
    assert [(offer.quote.model, offer.mode) for offer in found.found] == [
        ("nano-banana-2", "text_to_image"), ("nano-banana-2", "image_to_image"),
        ("nano-banana-pro", "text_to_image"), ("nano-banana-pro", "image_to_image"),
    ]  # fmt: skip


def test_references_are_as_many_as_asked_for(gptimage2api: Catalog):
    found = offers(gptimage2api, mode="image_to_video", references=2)
    assert [len(offer.request["inputImageUrls"]) for offer in found.found] == [2, 2, 2]  # the three of Veo
    assert reason(found, "kling/v2-1-pro") == "at most 1 reference"
    assert reason(found, "sora-2-text-to-video") == "no image_to_video, no reference"
    assert told(offers(gptimage2api, mode="image_to_image", references=0)) == []
    assert reason(offers(gptimage2api, mode="image_to_image", references=0), "gpt-image-2") == "no such request"


def test_outputs_multiply_and_only_images_have_several(gptimage2api: Catalog):
    found = offers(gptimage2api, mode="text_to_image", outputs=5)
    # 3 x 5 twice, 4 x 5, 12 x 5
    assert [(price, model) for price, model in told(found)] == [
        ("15", "gpt-image-2"), ("15", "google/nano-banana"), ("20", "nano-banana-2"), ("60", "nano-banana-pro"),
    ]  # fmt: skip
    assert reason(found, "veo3") == "no text_to_image, at most 1 output"


def test_an_aspect_ratio_is_one_that_the_model_takes(gptimage2api: Catalog, aivideoapi: Catalog):
    found = offers(gptimage2api, mode="text_to_image", aspect_ratio="2:1")
    assert "'16:9'" in reason(found, "gpt-image-2")
    assert {offer.request["aspectRatio"] for offer in found.found} == {"2:1"}
    assert offers(aivideoapi, resolution="4k").found[0].request["input"]["aspect_ratio"] == "16:9"  # a rule demands one


def test_a_model_without_such_a_field_meets_no_wish_for_it(clipworks: Catalog):
    assert reason(offers(clipworks, aspect_ratio="1:1"), "reel-1") == "no aspect ratio"
    assert reason(offers(clipworks, outputs=2, mode="text"), "still/2") == "at most 1 output"


def test_more_outputs_than_a_request_may_have_have_the_price_of_one_nearby(gptimage2api: Catalog):
    refused = next(one for one in offers(gptimage2api, mode="text_to_image", outputs=11).refused)
    assert refused.nearest is not None
    assert (refused.reason, refused.nearest.credits) == ("at most 10 outputs", 3)


def test_fewer_outputs_than_a_request_must_have_are_refused(tmp_path: Path):
    own = edited(
        tmp_path, "clipworks", ("minimum = 1\nmaximum = 4\ndefault = 1", "minimum = 2\nmaximum = 4\ndefault = 2")
    )
    refused = next(one for one in offers(own, mode="text").refused if one.model == "reel-1")
    assert (refused.reason, refused.nearest) == ("no such request", None)
    assert offers(own, mode="text", outputs=3).found[0].request["copies"] == 3


def test_a_catalog_whose_requests_cannot_be_told_as_shapes_has_offers_all_the_same(tmp_path: Path):
    rule = 'id = "frames.sound"\nwhen = { audio = [true], mode = ["stills"] }'
    own = edited(tmp_path, "clipworks", (rule, 'id = "frames.sound"\nwhen = { prompt = ["loud"] }'))
    assert [offer.quote.model for offer in offers(own, mode="text").found] == ["still/2", "reel-1-mini", "reel-1"]


def test_what_is_beyond_the_budget_is_refused_with_its_price(gptimage2api: Catalog):
    found = offers(gptimage2api, mode="image_to_video", duration=10, resolution="1080p", at_most=53)
    assert told(found) == [("15", "sora-2-image-to-video")]
    refused = next(one for one in found.refused if one.model == "bytedance/seedance-1.5-pro")
    assert refused.nearest is not None
    assert (refused.reason, refused.nearest.credits) == ("54 credits, beyond the budget", 54)


def test_the_nearest_point_is_the_longest_of_a_model_that_is_too_short(gptimage2api: Catalog):
    found = offers(gptimage2api, mode="text_to_video", duration=30, resolution="720p")
    points = {one.model: one.nearest.parameters for one in found.refused if one.nearest}
    assert (points["sora-2-text-to-video"].duration, points["sora-2-text-to-video"].resolution) == (20, "720p")
    assert points["wan/2-6-text-to-video"].duration == 15


def test_a_model_without_a_price_at_the_instant_is_refused(clipworks: Catalog):
    found = offers(clipworks, mode="stills", at=datetime(2025, 1, 1, tzinfo=UTC))
    assert [(one.model, one.reason, one.nearest) for one in found.refused if "instant" in one.reason] == [
        ("still/1", "no price at that instant", None), ("still/2", "no price at that instant", None),
    ]  # fmt: skip


def test_services_are_compared_in_dollars_where_all_publish_the_price_of_a_credit(gptimage2api: Catalog):
    aivideoapi, clipworks = CATALOGS["aivideoapi"], CATALOGS["clipworks"]
    found = offers([aivideoapi, clipworks], at_most="0.07")
    # $0.012 an image; still/1: 0.3 up to 0.5 credits at $0.02; reel-1: 3.5 at $0.02; reel-1-mini: 1 at $0.02
    assert [(offer.quote.model, str(offer.quote.usd)) for offer in found.found] == [
        ("still/1", "0.01"), ("still/2", "0.01"), ("gpt-image-2", "0.012"), ("gpt-image-2", "0.012"),
        ("reel-1-mini", "0.02"), ("reel-1", "0.07"), ("reel-1", "0.07"),
    ]  # fmt: skip
    assert [offer.times for offer in found.found] == [7, 7, 5, 5, 3, 1, 1]
    dear = offers([aivideoapi, clipworks], mode="text", at_most="0.05")
    assert reason(dear, "reel-1") == "0.07 US dollars, beyond the budget"
    with pytest.raises(ValueError, match=r"gptimage2api.*no price of a credit is published"):
        offers([aivideoapi, gptimage2api])


def test_nothing_is_paid_how_often_one_likes(tmp_path: Path):
    free = edited(tmp_path, "clipworks", ("base = 1\n", "base = 0\n"))
    offer = offers(free, mode="text", at_most=1).found[0]
    assert (offer.quote.model, offer.quote.credits, offer.times) == ("reel-1-mini", 0, None)


@pytest.mark.parametrize(
    ("need", "error", "said"),
    [
        ({"mode": "image_to_vidoe"}, ValueError, "Did you mean 'image_to_video'"),
        ({"duration": "10"}, TypeError, "duration is a number"),
        ({"duration": True}, TypeError, "duration is a number"),
        ({"duration": Decimal("NaN")}, TypeError, "duration is a number"),
        ({"duration": -1}, ValueError, "duration is at least 0"),
        ({"outputs": None}, TypeError, "outputs is a number"),
        ({"outputs": 0}, ValueError, "outputs is at least 1"),
        ({"references": -1}, ValueError, "references is at least 0"),
        ({"at_most": 0.5}, TypeError, "never a float"),
        ({"at": datetime(2026, 1, 1)}, ValueError, "offset"),  # noqa: DTZ001
    ],
)
def test_a_need_that_makes_no_sense_is_an_error(gptimage2api: Catalog, need: dict, error: type[Exception], said: str):
    with pytest.raises(error, match=said):
        offers(gptimage2api, **need)


@given(
    service=st.sampled_from(sorted(CATALOGS)),
    mode=st.none() | st.sampled_from(MODES),
    duration=st.none() | st.integers(0, 21) | st.just(Decimal("4.5")),
    resolution=st.sampled_from([None, None, "720p", "1080p", "2K", "2k", 480, 1080]),
    references=st.none() | st.integers(0, 3),
    outputs=st.integers(1, 5),
    at_most=st.none() | st.integers(0, 60),
)
def test_the_quote_of_the_request_of_an_offer_is_its_quote(service: str, mode: str | None, **need: object):
    catalog = CATALOGS[service]
    if mode is not None and not any(mode in model.modes for model in catalog.models.values()):
        return
    found = offers(catalog, mode=mode, **need)  # type: ignore[arg-type]
    for offer in found.found:
        assert quote(catalog, offer.request) == offer.quote
        assert need["duration"] is None or offer.quote.parameters.duration >= need["duration"]  # type: ignore[operator]
    costs = [offer.quote.credits for offer in found.found]
    assert costs == sorted(costs)
    assert {one.quote.model for one in found.found}.isdisjoint(one.model for one in found.refused)
    assert {one.quote.model for one in found.found} | {one.model for one in found.refused} == {*catalog.models}
