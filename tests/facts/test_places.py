"""`places` finds every printed number in its row; a machine reads the same numbers from the pages, without the library.

The pages are our own, with the tables, headings and field lists of the services' documents.
"""

from collections import Counter
from decimal import Decimal

import pytest
from attrs import evolve

from documents.answers import RESPONSES
from documents.cells import CELLS
from documents.fields import ENDPOINTS, FIELDS
from documents.models import MODELS, OTHER_RATIOS, OTHER_RATIOS_AT_4K, PRINTED, RATIOS
from documents.places import (
    AIV,
    ERRORS,
    GPT,
    IMAGE_BODY,
    IMAGE_MODELS,
    IMAGE_PRICES,
    IMAGE_PROFILE,
    INPUT,
    PRICING,
    SCENARIOS,
    VIDEO_BODY,
    VIDEO_MODELS,
    VIDEO_NOTES,
    VIDEO_PRICES,
)
from documents.reading import pages, read_cells, read_fields, read_limits, read_ratios, read_statuses
from pricing_rules import load_catalog, price
from pricing_rules.catalog.documents import Section
from pricing_rules.facts import Place, UnreadableDocument, places, resting
from support.our_pages import edited, named, replaced

# Law 10, the leg that reads


def test_the_prices_that_a_machine_reads_are_those_that_were_typed():
    assert sorted(map(str, read_cells())) == sorted(str(row[:5]) for row in CELLS)


def test_the_prices_that_a_machine_reads_are_charged():
    for service, model, seconds, resolution, charged in read_cells():
        found = price(load_catalog(service), model, duration=seconds, resolution=resolution)
        assert found.credits == Decimal(charged), (model, seconds, resolution)


def test_the_limits_that_a_machine_reads_are_those_that_were_typed():
    printed = {key: row for key, row in MODELS.items() if row.references_basis == PRINTED}
    images = {key for key, row in printed.items() if row.endpoint == "image"}
    assert {(*key, name): value for *key, name, value in read_limits()} == {
        **{(*key, "references"): row.references for key, row in printed.items()},
        **{(*key, "prompt"): row.prompt for key, row in printed.items() if key in images},
    }


def test_the_limits_that_a_machine_reads_are_those_of_the_catalogs():
    keys = {"references": "max_references", "prompt": "max_prompt"}
    for service, model, name, value in read_limits():
        assert load_catalog(service).model(model).limits[keys[name]] == value


def test_the_ratios_that_a_machine_reads_are_those_that_were_typed_and_those_of_the_catalogs():
    assert read_ratios() == {GPT: RATIOS, AIV: OTHER_RATIOS, "4k": OTHER_RATIOS_AT_4K}
    assert load_catalog(GPT).model("gpt-image-2").limits["aspect_ratios"] == read_ratios()[GPT]
    assert load_catalog(AIV).fields["aspect_ratio"].one_of == read_ratios()[AIV]


@pytest.mark.parametrize(("endpoint", "source"), [("image", "generate-image.txt"), ("video", "generate-video.txt")])
def test_the_fields_that_a_machine_reads_are_limited_as_was_typed_and_as_in_the_catalog(endpoint, source):
    found, catalog = read_fields(source, f"{endpoint}_body"), load_catalog(GPT)
    of_endpoint, row = {"max_prompt": "max_length", "max_references": "max_items"}, ENDPOINTS[GPT][endpoint]
    for name in row.fields:
        typed = {key: value for key, value in FIELDS[GPT][name].limits.items() if isinstance(value, int)}
        readings = FIELDS[GPT][name].readings
        by_name = {of_endpoint.get(value): row.limits[value] for value in FIELDS[GPT][name].limits.values()
                   if isinstance(value, str) and value in row.limits}  # fmt: skip
        typed = {**{key: value for key, value in typed.items() if key not in readings}, **by_name}
        assert found.pop(FIELDS[GPT][name].wire.removeprefix("/"), {}) == typed
        field = catalog.fields[name]
        assert {key: value for key, value in typed.items() if key not in by_name} == {
            key: getattr(field, key) for key in typed if key not in by_name
        }
    assert found == {}


def test_the_statuses_that_a_machine_reads_are_those_that_were_typed_and_those_of_the_catalog():
    typed = {name: row.status for name, row in RESPONSES[AIV].items() if name != "accepted"}
    found = {name: response.status for name, response in load_catalog(AIV).responses.items() if name != "accepted"}
    assert read_statuses() == typed == found


# Places


def found_places(service: str) -> tuple[Place, ...]:
    return places(load_catalog(service), pages())


def test_all_61_prices_are_found_in_the_row_of_their_model_under_the_named_heading():
    found = {
        (
            place.number.model,
            place.number.parameters.duration,
            place.number.parameters.resolution,
            place.number.value,
        ): place
        for service in (GPT, AIV)
        for place in found_places(service)
        if place.number.parameters
    }
    for service, model, seconds, resolution, charged, _, _ in CELLS:
        place = found.pop((model, seconds, resolution, Decimal(charged)))
        images = MODELS[service, model].endpoint == "image"
        heading = PRICING if service == AIV else IMAGE_PRICES if images else VIDEO_PRICES
        assert (f"{place.document}: {place.heading}", row_of(place.text)) == (
            heading,
            resolution if service == AIV else model,
        )
    assert found == {}


def row_of(text: str) -> str:
    """Return the longest model, or the tier of the other service, that a row begins with."""
    return max((name for _, name in (*MODELS, ("", "1k"), ("", "2k"), ("", "4k")) if text.startswith(name)), key=len)


def test_a_place_is_a_line_of_its_page():
    for service in (GPT, AIV):
        for place in found_places(service):
            assert " ".join(pages()[place.document].split("\n")[place.line - 1].split()) == place.text


# Every other number that the documents print: where it is found, and how its line begins
LIMITS = {
    GPT: {
        ("models.gpt-image-2.limits.max_references", IMAGE_MODELS): "gpt-image-2GPT Image 2",
        ("models.gpt-image-2.limits.max_references", IMAGE_PROFILE): "• With inputImageUrls",
        ("models.gpt-image-2.limits.max_prompt", IMAGE_MODELS): "gpt-image-2GPT Image 2",
        ("models.gpt-image-2.limits.aspect_ratios", IMAGE_PROFILE): "• Its aspectRatio",
        ("models.nano-banana-2.limits.max_references", IMAGE_MODELS): "nano-banana-2Nano",
        ("models.nano-banana-2.limits.max_prompt", IMAGE_MODELS): "nano-banana-2Nano",
        ("models.nano-banana-pro.limits.max_references", IMAGE_MODELS): "nano-banana-proNano",
        ("models.nano-banana-pro.limits.max_prompt", IMAGE_MODELS): "nano-banana-proNano",
        ("models.google/nano-banana.limits.max_references", IMAGE_MODELS): "google/nano-bananaNano",
        ("models.google/nano-banana.limits.max_prompt", IMAGE_MODELS): "google/nano-bananaNano",
        ("models.veo3_fast.limits.max_references", VIDEO_MODELS): "veo3_fastVeo",
        ("models.veo3.limits.max_references", VIDEO_MODELS): "veo3Veo",
        ("models.veo3_lite.limits.max_references", VIDEO_MODELS): "veo3_liteVeo",
        ("prices[10].default.duration", VIDEO_PRICES): "veo3_fasttext",
        ("prices[10].default.duration", VIDEO_NOTES): "• How long",
        ("prices[11].default.duration", VIDEO_PRICES): "veo3text",
        ("prices[11].default.duration", VIDEO_NOTES): "• How long",
        ("prices[12].default.duration", VIDEO_PRICES): "veo3_litetext",
        ("prices[12].default.duration", VIDEO_NOTES): "• How long",
        ("endpoints.image.limits.max_prompt", IMAGE_BODY): "Length1 <=",
        ("endpoints.image.limits.max_references", IMAGE_BODY): "Pictures to edit",
        ("endpoints.video.limits.max_prompt", VIDEO_BODY): "Length1 <=",
        ("endpoints.video.limits.max_references", VIDEO_BODY): "Needed for",
        ("fields.prompt.min_length", IMAGE_BODY): "Length1 <=",
        ("fields.prompt.min_length", VIDEO_BODY): "Length1 <=",
        ("fields.negative_prompt.max_length", IMAGE_BODY): "Lengthlength",
        ("fields.negative_prompt.max_length", VIDEO_BODY): "Lengthlength",
        ("fields.width.minimum", IMAGE_BODY): "Range64",
        ("fields.width.minimum", VIDEO_BODY): "Range64",
        ("fields.width.maximum", IMAGE_BODY): "Range64",
        ("fields.width.maximum", VIDEO_BODY): "Range64",
        ("fields.height.minimum", IMAGE_BODY): "Range64",
        ("fields.height.minimum", VIDEO_BODY): "Range64",
        ("fields.height.maximum", IMAGE_BODY): "Range64",
        ("fields.height.maximum", VIDEO_BODY): "Range64",
        ("fields.duration.minimum", VIDEO_BODY): "Range1 <=",
        ("fields.duration.maximum", VIDEO_BODY): "Range1 <=",
        ("fields.outputs.minimum", IMAGE_BODY): "Default1",
        ("fields.outputs.default", IMAGE_BODY): "Default1",
        ("fields.outputs.maximum", IMAGE_BODY): "Range1 <=",
        ("fields.fps.minimum", VIDEO_BODY): "Range1 <=",
        ("fields.fps.maximum", VIDEO_BODY): "Range1 <=",
        ("fields.guidance_scale.minimum", IMAGE_BODY): "Range0 <=",
        ("fields.guidance_scale.minimum", VIDEO_BODY): "Range0 <=",
        ("fields.guidance_scale.maximum", IMAGE_BODY): "Range0 <=",
        ("fields.guidance_scale.maximum", VIDEO_BODY): "Range0 <=",
        ("fields.inference_steps.minimum", IMAGE_BODY): "Range1 <=",
        ("fields.inference_steps.maximum", IMAGE_BODY): "Range1 <=",
        ("fields.motion_strength.minimum", VIDEO_BODY): "Range0 <=",
        ("fields.motion_strength.maximum", VIDEO_BODY): "Range0 <=",
    },
    AIV: {
        ("prices[0].default.resolution", PRICING): "1k (default)",
        ("models.gpt-image-2.limits.max_prompt", INPUT): "promptstring",
        ("models.gpt-image-2.limits.max_references", INPUT): "image_urlsstring[]",
        ("endpoints.image.rules[1]", INPUT): "aspect_ratiostring",
        ("fields.aspect_ratio.one_of", INPUT): "aspect_ratiostring",
        ("fields.aspect_ratio.default", INPUT): "aspect_ratiostring",
        ("fields.nsfw_checker.default", INPUT): "nsfw_checkerboolean",
        ("responses.invalid_request.status", ERRORS): "400invalid_request",
        ("responses.invalid_request.status", SCENARIOS): "invalid_request (400)",
        ("responses.invalid_api_key.status", ERRORS): "401invalid_api_key",
        ("responses.invalid_api_key.status", SCENARIOS): "invalid_api_key (401)",
        ("responses.insufficient_credits.status", ERRORS): "402insufficient_credits",
        ("responses.ip_not_allowed.status", ERRORS): "403ip_not_allowed",
        ("responses.model_not_found.status", ERRORS): "404model_not_found",
        ("responses.task_not_found.status", ERRORS): "404task_not_found",
        ("responses.rate_limit_exceeded.status", ERRORS): "429rate_limit_exceeded",
        ("responses.spend_limit_exceeded.status", ERRORS): "429spend_limit_exceeded",
        ("responses.internal_error.status", ERRORS): "500internal_error",
        ("responses.upstream_error.status", ERRORS): "503upstream_error",
        ("responses.upstream_error.status", SCENARIOS): "upstream_error (503)",
    },
}


@pytest.mark.parametrize("service", [GPT, AIV])
def test_every_limit_that_the_documents_print_is_found_in_its_row(service):
    found = [place for place in found_places(service) if place.number.parameters is None]
    lines = {(place.number.key, f"{place.document}: {place.heading}"): place.text for place in found}
    assert len(lines) == len(found)
    assert {key: lines[key][: len(begun)] for key, begun in LIMITS[service].items()} == LIMITS[service]
    assert lines.keys() == LIMITS[service].keys()


@pytest.mark.parametrize("service", [GPT, AIV])
def test_nothing_that_the_documents_print_is_left_without_a_place_but_the_rounding(service):
    found = {place.number for place in found_places(service)}
    numbers = {number for each in resting(load_catalog(service)).values() for number in each}
    assert {number.key for number in numbers - found if number.basis == "documented"} <= {"credit.unit"}


def test_readings_and_multipliers_have_no_place():
    found = {place.number for service in (GPT, AIV) for place in found_places(service)}
    assert {number.basis for number in found} == {"documented"}
    numbers = [number for each in resting(load_catalog(GPT)).values() for number in each]
    tiers = {number.key for number in numbers if number.key.startswith("prices[") and number.parameters is None}
    multipliers = {key for key in tiers if "default" not in key}
    # nano-banana 3 and 2, Kling 2 in each of 3 tables, Sora 3 and 2 twice, Hailuo 2 twice, Veo 1 in each of 3,
    # Wan 3 and 2, Seedance 2 and 2
    assert len(multipliers) == 5 + 6 + 10 + 4 + 3 + 5 + 4
    assert multipliers.isdisjoint(number.key for number in found)


def test_the_numbers_that_rest_on_each_source_are_counted():
    counts = {name: len(each) for name, each in resting(load_catalog(GPT)).items()}
    # 51 prices of videos, three defaults; 7 of images; what the page of errors has is no document
    assert (counts["video_prices"], counts["image_prices"], counts["error_page"]) == (54, 7, 6)


# What a row is


def line_of(service: str, documents: dict, key: str) -> list[str]:
    return [place.text for place in places(load_catalog(service), documents) if named(place.number) == key]


def test_a_row_is_the_line_that_starts_with_the_longest_matching_id():
    # sora-2-pro-text-to-video has a row of its own, nano-banana-2 is no nano-banana
    assert line_of(GPT, pages(), "veo3_fast 8")[0].startswith("veo3_fast")
    assert line_of(GPT, pages(), "veo3 8")[0].startswith("veo3text")
    counted = Counter(place.text for place in found_places(GPT) if place.number.parameters)
    assert counted["veo3_litetext-to-video, image-to-video5Any clip of 8 seconds."] == 1


def test_digits_may_touch_their_neighbours_and_two_numbers_no_digit_of_each_other():
    row = "nano-banana-2Nano Banana 2text → image, image → image1420 000"
    for text, is_there in (
        ("image1420 000", True),
        ("image14, 20,000", True),
        ("image20 000", False),
        ("image1410 000", False),
    ):
        changed = edited("credits-and-models.txt", replaced(row, row.replace("image1420 000", text)))
        found = line_of(GPT, changed, "models.nano-banana-2.limits.max_references")
        both = found and line_of(GPT, changed, "models.nano-banana-2.limits.max_prompt")
        assert bool(both) is is_there, text


def test_a_price_is_not_found_on_the_digits_of_a_tier():
    row = "4, 6, 81K = 4, 2K = 6, 4K = 8."
    assert len(line_of(GPT, pages(), "nano-banana-2 1K")) == 1
    changed = edited("pricing.txt", replaced(row, row.replace("4, 6", "5, 6").replace("= 4", "= 5")))
    assert line_of(GPT, changed, "nano-banana-2 1K") == []


# Lines that cannot be found


def unreadable(documents, catalog=None) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        places(catalog or load_catalog(GPT), documents)
    return str(caught.value)


@pytest.mark.parametrize(
    ("documents", "said"),
    [
        (
            edited("pricing.txt", replaced("\nNotes\n", "\nRemarks\n")),
            "pricing.txt: video_prices: there is no line 'Notes'",
        ),
        (
            edited("pricing.txt", replaced("\nNotes\n", "\nNotes\n\n  Notes \n")),
            "pricing.txt: video_prices: the line 'Notes' stands there 2 times, first in lines 36 and 38",
        ),
        (
            edited("pricing.txt", replaced("\nVideo models\n", "\nImage models\n")),
            "pricing.txt: image_prices: the line 'Image models' stands there 2 times, first in lines 8 and 16",
        ),
        ({name: text for name, text in pages().items() if name != "pricing.txt"}, "the document is not there"),
        ({**pages(), "pricing.txt": b"Notes"}, "pricing.txt: expected its text, got a bytes"),
        ({**pages(), "pricing.txt": "a\0b"}, "pricing.txt: it is no text: it has a character of code 0"),
        ({**pages(), "pricing.txt": "a" * 2_000_001}, "pricing.txt: it has more than 2,000,000 characters"),
        ({**pages(), "pricing.txt": "\n" * 100_000}, "pricing.txt: it has more than 100,000 lines"),
    ],
)  # fmt: skip
def test_a_line_that_is_missing_or_stands_twice_is_an_error_as_is_what_is_no_text(documents, said):
    assert said in unreadable(documents)


def test_a_section_that_ends_before_it_begins_is_an_error():
    catalog = load_catalog(GPT)
    document = catalog.documents["pricing.txt"]
    turned = evolve(document, sections={"video_prices": Section("Notes", "Image models")})
    assert "the line 'Image models' comes before 'Notes'" in unreadable(
        pages(), evolve(catalog, documents={"pricing.txt": turned})
    )


def test_other_line_ends_spaces_and_a_mark_at_the_beginning_change_nothing():
    other = {name: "\ufeff" + text.replace("\n", "\r\n").replace(" = ", "  =\u00a0") for name, text in pages().items()}
    assert [place.number for place in places(load_catalog(GPT), other)] == [place.number for place in found_places(GPT)]
