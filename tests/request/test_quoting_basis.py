"""Documented or inferred: the basis is about the amount; notes say why it is inferred and what else to know."""

import pytest

from pricing_rules import price, quote
from support.cases import GPT, KLING, PRO, SORA, URL, VEO, nested

NANO = {"model": "nano-banana-2", "prompt": "a", "resolution": "2K"}
MINI = {"job": {"engine": "reel-1-mini", "text": "aa", "seconds": 4}}
VEO_FRAMES = VEO | {"inputMode": "image_to_video"}
FIRST_IMAGE = "Only the first image is used by the provider today."
OUTPUTS = "credits-and-models.txt: Credit formula (The formula has an outputs multiplier but no table for it; n outputs"
CUSTOM = "credits-and-models.txt: Credit formula (The formula has a custom multiplier without a value"
OPAQUE = "generate-image.txt: Request Body; generate-video.txt: Request Body (Provider input is passed on unread"
SORA_SECONDS = "generate-video.txt: Field notes (Three prices without seconds; 1:2:4"


def starts(found: tuple[str, ...], expected: tuple[str, ...]) -> bool:
    return len(found) == len(expected) and all(map(str.startswith, found, expected))


@pytest.mark.parametrize(
    "request_",
    [
        GPT,
        GPT | {"numOutputs": 1, "inputImageUrls": [URL] * 2},
        GPT | {"providerInput": {}},
        NANO,  # where resolution stands on the wire is a reading; the amount is printed
        PRO | {"resolution": "4K", "aspectRatio": "x"},
        KLING | {"duration": 5},  # one reference is a reading
        VEO,
        VEO | {"duration": 8},
    ],
)
def test_an_amount_that_the_page_prints_by_name_is_documented_without_a_note(gptimage2api, request_):
    found = quote(gptimage2api, request_)
    assert (found.basis, found.notes) == ("documented", ())


@pytest.mark.parametrize("resolution", ["1k", "2k", "4k"])
def test_the_three_amounts_of_aivideoapi_are_documented(aivideoapi, resolution):
    found = quote(aivideoapi, nested(resolution=resolution, aspect_ratio="16:9"))
    assert (found.basis, found.notes) == ("documented", ())


@pytest.mark.parametrize(
    ("request_", "custom", "notes"),
    [
        (SORA | {"duration": 5, "resolution": "720p"}, 1, (SORA_SECONDS,)),
        (GPT, "1.1", (CUSTOM,)),
        (GPT, 0, (CUSTOM,)),
        (GPT | {"providerInput": {"a": None}}, 1, (OPAQUE,)),
        (KLING | {"duration": 5, "providerInput": {"a": None}}, 2, (CUSTOM, OPAQUE)),
        (SORA | {"duration": 5, "resolution": "720p"}, 2, (SORA_SECONDS, CUSTOM)),
    ],
)
def test_an_amount_that_is_not_printed_by_name_is_inferred_and_says_why(gptimage2api, request_, custom, notes):
    found = quote(gptimage2api, request_, custom_multiplier=custom)
    assert (found.basis, starts(found.notes, notes)) == ("inferred", True), found.notes


@pytest.mark.parametrize(
    ("request_", "custom", "flat"),
    [
        (PRO | {"resolution": "4K", "numOutputs": 5}, 1, "20"),
        (GPT | {"numOutputs": 2}, 1, "3"),
        (NANO | {"numOutputs": 10}, "1.1", "7"),  # 6 x 1.1 = 6.6
    ],
)
def test_several_outputs_are_a_reading_and_the_note_tells_the_flat_one(gptimage2api, request_, custom, flat):
    found = quote(gptimage2api, request_, custom_multiplier=custom)
    said = f"Read as a price of the whole request, whatever the outputs, it would be {flat} credits."
    assert (found.basis, found.notes[0].startswith(OUTPUTS), found.notes[-1]) == ("inferred", True, said)


def test_the_note_on_the_flat_reading_comes_before_those_of_the_request(gptimage2api):
    found = quote(gptimage2api, GPT | {"numOutputs": 2, "providerInput": {"a": 1}})
    expected = (OUTPUTS, "Read as a price of the whole request", OPAQUE)
    assert starts(found.notes, expected), found.notes


def test_a_count_of_outputs_that_a_service_documents_is_inferred_without_a_note(clipworks):
    found = price(clipworks, "reel-1-mini", duration=4, outputs=2)
    assert (found.basis, found.notes) == ("inferred", ())


def test_what_makes_a_request_inferred_is_among_the_sources(gptimage2api):
    found = quote(gptimage2api, GPT | {"providerInput": {"a": 1}})
    assert found.sources[-1].startswith(OPAQUE)


def test_a_reading_of_one_factor_makes_every_amount_of_that_price_inferred(clipworks):
    found = price(clipworks, "reel-1", duration=4, audio=False)
    assert found.notes == ("tariff.txt: Prices (The page prints one price with sound and one without.)",)
    assert [line.factor for line in found.lines if line.basis == "inferred"] == ["audio", "custom"]


@pytest.mark.parametrize(
    ("request_", "notes"),
    [
        (VEO_FRAMES | {"inputImageUrls": [URL]}, ()),
        (VEO_FRAMES | {"inputImageUrls": [URL] * 2}, (FIRST_IMAGE,)),
        (VEO_FRAMES | {"inputImageUrls": [URL] * 3}, (FIRST_IMAGE,)),
        (VEO | {"inputImageUrls": []}, ()),
        (GPT | {"inputImageUrls": [URL] * 4}, ()),
    ],
)
def test_a_video_quote_with_several_references_notes_that_the_first_feeds_the_provider(gptimage2api, request_, notes):
    found = quote(gptimage2api, request_)
    assert (found.basis, found.notes) == ("documented", notes)


def test_a_note_of_the_endpoint_comes_after_the_reasons(gptimage2api):
    request = VEO_FRAMES | {"inputImageUrls": [URL] * 2, "providerInput": {"a": 1}}
    assert starts(quote(gptimage2api, request).notes, (OPAQUE, FIRST_IMAGE))


@pytest.mark.parametrize(
    ("request_", "noted"),
    [(MINI | {"copies": 2}, False), (MINI | {"copies": 3}, True), (MINI | {"copies": 3.0}, True), (MINI, False)],
)
def test_a_note_on_a_number_stands_where_it_is_greater(clipworks, request_, noted):
    found = quote(clipworks, request_)
    assert ("Copies are made one after the other." in found.notes) == noted


@pytest.mark.parametrize(("extra", "inferred"), [({}, False), ({"a": {}}, True)])
def test_an_empty_object_overrides_nothing(clipworks, extra, inferred):
    found = quote(clipworks, MINI | {"extra": extra})
    assert (found.basis == "inferred", len(found.notes)) == (inferred, int(inferred))
