"""`stale` tells which numbers a changed page puts in doubt: those that are lost, and those of sections that changed.

Both lists were typed by hand for each edit of our own pages.
"""

from collections.abc import Iterable

import pytest
from attrs import evolve

from documents.cells import CELLS
from documents.models import MODELS
from documents.places import (
    AIV,
    CODES,
    ERRORS,
    FORMULA,
    GPT,
    IMAGE_BODY,
    IMAGE_MODELS,
    IMAGE_NOTES,
    IMAGE_PRICES,
    IMAGE_PROFILE,
    INPUT,
    MODEL,
    PRICING,
    TOPPING_UP,
    VIDEO_BODY,
    VIDEO_MODELS,
    VIDEO_MODES,
    VIDEO_NOTES,
    VIDEO_PRICES,
)
from documents.reading import pages
from pricing_rules import load_catalog
from pricing_rules.facts import UnreadableDocument, passages, stale
from support.our_pages import cut, doubted, edited, moved, read_from_our_pages, replaced

CREDITS, PRICES = "credits-and-models.txt", "pricing.txt"
IMAGES, VIDEOS, OTHER = "generate-image.txt", "generate-video.txt", "aivideoapi-gpt-image-2.txt"


def under(heading: str, *numbers: str) -> list[str]:
    return [f"{heading}: {number}" for number in numbers]


def cells(endpoint: str) -> list[str]:
    """Name the printed prices of images or videos."""
    found = [row for row in CELLS if row[0] == GPT and MODELS[row[0], row[1]].endpoint == endpoint]
    return [" ".join(str(part) for part in (row[1], row[3], row[2]) if part is not None) for row in found]


def limits(table: str, *names: str) -> list[str]:
    return [f"{table}.{name}" for name in names]


# What rests on each section, by the tables of the pages and the readings of DOMAIN.md
IMAGE_CELLS, VIDEO_CELLS = cells("image"), cells("video")
EIGHT_SECONDS = [f"prices[{index}].default.duration" for index in (10, 11, 12)]
ALL_IMAGE_PRICES = under(IMAGE_PRICES, *IMAGE_CELLS)
ALL_VIDEO_PRICES = under(VIDEO_PRICES, *VIDEO_CELLS, *EIGHT_SECONDS)
OF_GPT = ("max_references", "max_prompt", "aspect_ratios")
OF_THE_OTHERS = [
    f"models.{model}.limits.{name}"
    for model in ("nano-banana-2", "nano-banana-pro", "google/nano-banana")
    for name in ("max_references", "max_prompt")
]
ALL_OF_GPT = limits("models.gpt-image-2.limits", *OF_GPT)
ALL_IMAGE_MODELS = under(IMAGE_MODELS, *ALL_OF_GPT, *OF_THE_OTHERS)
VEO = [f"models.{model}.limits.max_references" for model in ("veo3_fast", "veo3", "veo3_lite")]
ALL_VIDEO_MODELS = under(VIDEO_MODELS, *VEO)
IN_BOTH_BODIES = limits(
    "fields", "prompt.min_length", "negative_prompt.max_length", "width.minimum", "width.maximum", "height.minimum",
    "height.maximum", "guidance_scale.minimum", "guidance_scale.maximum",
)  # fmt: skip
IN_THE_IMAGE_BODY = [
    *IN_BOTH_BODIES,
    *limits("fields", "outputs.minimum", "outputs.maximum", "outputs.default"),
    *limits("fields", "inference_steps.minimum", "inference_steps.maximum"),
    *limits("endpoints.image.limits", "max_prompt", "max_references"),
]
IN_THE_VIDEO_BODY = [
    *IN_BOTH_BODIES,
    *limits("fields", "duration.minimum", "duration.maximum", "fps.minimum", "fps.maximum"),
    *limits("fields", "motion_strength.minimum", "motion_strength.maximum"),
    *limits("endpoints.video.limits", "max_prompt", "max_references"),
]
OPEN_RATIO = "fields.aspect_ratio.min_length"  # a reading
ONE_FRAME = [
    f"models.{model}.limits.max_references"  # a reading: "the rest as a rule 1"
    for model in (
        "kling/v2-1-standard", "kling/v2-1-pro", "sora-2-image-to-video", "hailuo/02-image-to-video-standard",
        "hailuo/02-image-to-video-pro", "wan/2-6-image-to-video", "bytedance/seedance-1.5-pro",
    )
]  # fmt: skip
NO_FRAME = [
    f"models.{model}.limits.max_references"  # a reading: they take text alone
    for model in (
        "kling/v2-1-master-text-to-video", "sora-2-text-to-video", "sora-2-pro-text-to-video",
        "hailuo/02-text-to-video-standard", "hailuo/02-text-to-video-pro", "wan/2-6-text-to-video",
    )
]  # fmt: skip
ALL_IMAGE_BODY = under(IMAGE_BODY, *IN_THE_IMAGE_BODY, OPEN_RATIO)
ALL_VIDEO_BODY = under(VIDEO_BODY, *IN_THE_VIDEO_BODY, OPEN_RATIO, *ONE_FRAME)
SECONDS = [  # readings of the seconds of Sora, Sora Pro, Wan and Seedance
    *(f"prices[{index}].duration.{seconds}" for index in (6, 7) for seconds in (5, 10, 20)),
    *(f"prices[13].duration.{seconds}" for seconds in (5, 10, 15)),
    *(f"prices[14].duration.{seconds}" for seconds in (5, 10)),
]
ALL_VIDEO_NOTES = under(VIDEO_NOTES, *SECONDS, "veo3_fast 8", "veo3 8", "veo3_lite 8", *EIGHT_SECONDS)
MULTIPLIERS = [  # readings: only products are printed
    *(f"prices[1].resolution.{tier}" for tier in ("1K", "2K", "4K")),
    *(f"prices[2].resolution.{tier}" for tier in ("2K", "4K")),
    *(f"prices[{index}].duration.{seconds}" for index in (3, 4, 5, 8, 9) for seconds in (5, 10)),
    *(f"prices[{index}].resolution.{tier}" for index in (6, 7, 13, 14) for tier in ("720p", "1080p")),
    *(f"prices[{index}].duration.8" for index in (10, 11, 12)),
]
THREE = ["gpt-image-2 1k", "gpt-image-2 2k", "gpt-image-2 4k"]
ALL_PRICING = under(
    PRICING, *THREE, "prices[0].default.resolution", *(f"prices[0].resolution.{tier}" for tier in ("1k", "2k", "4k")),
    "credit.unit", "credit.usd",
)  # fmt: skip
INPUTS = [
    *limits("models.gpt-image-2.limits", "max_references", "max_prompt"),
    "endpoints.image.rules[1]",
    *limits("fields", "aspect_ratio.one_of", "aspect_ratio.default", "nsfw_checker.default"),
]
CODED = (
    "ip_not_allowed", "model_not_found", "task_not_found", "rate_limit_exceeded", "spend_limit_exceeded",
    "internal_error",
)  # fmt: skip
STATUSES = [f"responses.{name}.status" for name in CODED]
SHOWN_TWICE = [f"responses.{name}.status" for name in ("invalid_request", "invalid_api_key", "upstream_error")]
POOR = "responses.insufficient_credits.status"

EDITS = {
    # A changed number
    "a limit of credits-and-models.txt": (
        CREDITS,
        replaced("image → image1420 000", "image → image1520 000"),
        under(IMAGE_MODELS, "models.nano-banana-2.limits.max_references"),
        ALL_IMAGE_MODELS,
    ),
    "a price of pricing.txt": (
        PRICES,
        replaced("image-to-video11, 225s = 11, 10s = 22.", "image-to-video12, 225s = 12, 10s = 22."),
        under(VIDEO_PRICES, "kling/v2-1-standard 5"),
        ALL_VIDEO_PRICES,
    ),
    "a limit of generate-image.txt": (
        IMAGES,
        replaced("Range1 <= value <= 10\n", "Range1 <= value <= 12\n"),
        under(IMAGE_BODY, "fields.outputs.maximum"),
        ALL_IMAGE_BODY,
    ),
    "a limit of generate-video.txt": (
        VIDEOS,
        replaced("Kling.\n\nRange1 <= value <= 60", "Kling.\n\nRange1 <= value <= 90"),
        under(VIDEO_BODY, "fields.duration.maximum"),
        ALL_VIDEO_BODY,
    ),
    "a price of the other service": (
        OTHER,
        replaced("2k4.8 credits", "2k4.9 credits"),
        under(PRICING, "gpt-image-2 2k"),
        ALL_PRICING,
    ),
    # A moved row
    "a model of credits-and-models.txt among the others": (
        CREDITS,
        moved(
            "google/nano-bananaNano Bananatext → image, image → image105 000",
            "veo3Veo 3.1 Qualitytext → video, image → video (up to 2 refs)",
        ),
        under(IMAGE_MODELS, *limits("models.google/nano-banana.limits", "max_references", "max_prompt")),
        [*ALL_IMAGE_MODELS, *ALL_VIDEO_MODELS],
    ),
    "a model of pricing.txt among the others": (
        PRICES,
        moved(
            "veo3text-to-video, image-to-video63Any clip of 8 seconds.",
            "google/nano-bananatext-to-image, image-to-image3Always the same, with up to 10 images.",
        ),
        under(VIDEO_PRICES, "veo3 8"),
        [*ALL_IMAGE_PRICES, *ALL_VIDEO_PRICES],
    ),
    "a model of pricing.txt within its table": (
        PRICES,
        moved(
            "veo3text-to-video, image-to-video63Any clip of 8 seconds.",
            "kling/v2-1-standardimage-to-video11, 225s = 11, 10s = 22.",
        ),
        [],
        ALL_VIDEO_PRICES,
    ),
    "a range of generate-image.txt to the next field": (
        IMAGES,
        moved("Lengthlength <= 2000", "seed?string"),
        under(IMAGE_BODY, "fields.negative_prompt.max_length"),
        ALL_IMAGE_BODY,
    ),
    "a range of generate-video.txt to the next field": (
        VIDEOS,
        replaced(
            "motionStrength?number\nRange0 <= value <= 100\ncameraMotion?string\n",
            "motionStrength?number\ncameraMotion?string\nRange0 <= value <= 100\n",
        ),
        under(VIDEO_BODY, *limits("fields", "motion_strength.minimum", "motion_strength.maximum")),
        ALL_VIDEO_BODY,
    ),
    "a price of the other service under another heading": (
        OTHER,
        moved("4k7.2 credits$0.036", "gpt-image-2Image URLsText-to-image, image-to-image"),
        under(PRICING, "gpt-image-2 4k"),
        [*ALL_PRICING, *under(MODEL, *limits("models.gpt-image-2.limits", "max_references", "max_prompt"))],
    ),
    # A renamed heading
    "Video models of credits-and-models.txt": (
        CREDITS,
        replaced("\nVideo models\n", "\nClips\n"),
        [
            *under(IMAGE_MODELS, "models.gpt-image-2.limits.max_prompt", *OF_THE_OTHERS),
            *ALL_VIDEO_MODELS,
        ],
        [*ALL_IMAGE_MODELS, *ALL_VIDEO_MODELS],
    ),
    "Video models of pricing.txt": (
        PRICES,
        replaced("\nVideo models\n", "\nClips\n"),
        [*ALL_IMAGE_PRICES, *under(VIDEO_PRICES, *VIDEO_CELLS)],  # the notes of videos print 8 seconds as well
        [*ALL_IMAGE_PRICES, *ALL_VIDEO_PRICES],
    ),
    "Field notes of generate-image.txt": (
        IMAGES,
        replaced("\nField notes\n", "\nRemarks\n"),
        under(IMAGE_PROFILE, "models.gpt-image-2.limits.aspect_ratios"),  # the other two have a table
        [
            *under(IMAGE_PROFILE, *ALL_OF_GPT),
            *under(IMAGE_NOTES, *limits("endpoints.image.limits", "max_prompt", "max_references")),
        ],
    ),
    "Field notes of generate-video.txt": (
        VIDEOS,
        replaced("\nField notes\n", "\nRemarks\n"),
        [],  # readings, and 8 seconds, which the prices print as well
        [*under(VIDEO_MODES, *NO_FRAME), *ALL_VIDEO_NOTES],
    ),
    "Input Parameters of the other service": (
        OTHER,
        replaced("\nInput Parameters\n", "\nInput\n"),
        under(INPUT, *INPUTS),
        under(INPUT, *INPUTS),
    ),
    # A removed section
    "Topping up credits of credits-and-models.txt": (
        CREDITS,
        cut("Topping up credits", "Polling strategy"),
        ALL_VIDEO_MODELS,  # the table ended there
        [*ALL_VIDEO_MODELS, *under(TOPPING_UP, "credit.unit")],
    ),
    "Image models of pricing.txt": (PRICES, cut("Image models", "Video models"), ALL_IMAGE_PRICES, ALL_IMAGE_PRICES),
    "the fields of generate-image.txt": (
        IMAGES,
        cut("Supported modelsGPT Image 2 profileField notes", None),
        under(IMAGE_BODY, *IN_THE_IMAGE_BODY),
        ALL_IMAGE_BODY,
    ),
    "the input modes of generate-video.txt": (
        VIDEOS,
        cut("Input mode rules", "Field notes"),
        [],
        under(VIDEO_MODES, *NO_FRAME),
    ),
    "Error Reference of the other service": (
        OTHER,
        cut("Error Reference", "Common Scenarios"),
        [*under(ERRORS, *STATUSES, POOR)],  # the scenarios print three of them
        [*under(ERRORS, *STATUSES, *SHOWN_TWICE, POOR), *under(CODES, POOR)],
    ),
}


@pytest.mark.parametrize(("page", "edit", "lost", "changed"), EDITS.values(), ids=EDITS)
def test_a_changed_page_puts_in_doubt_what_rests_on_it(page, edit, lost, changed):
    catalog = read_from_our_pages(load_catalog(AIV if page == OTHER else GPT))
    found = stale(catalog, edited(page, edit))
    assert (doubted(found.lost), doubted(found.changed)) == (sorted(lost), sorted(changed))


@pytest.mark.parametrize("service", [GPT, AIV])
def test_pages_that_read_as_before_put_nothing_in_doubt(service):
    assert stale(read_from_our_pages(load_catalog(service)), pages()) == ((), ())


@pytest.mark.parametrize("service", [GPT, AIV])
def test_spaces_and_line_ends_are_no_change(service):
    other = {name: text.replace(" ", " \u00a0 ").replace("\n", " \r\n") for name, text in pages().items()}
    assert stale(read_from_our_pages(load_catalog(service)), other) == ((), ())


@pytest.mark.parametrize(
    ("page", "edit"),
    [
        (PRICES, replaced("What each model costs.", "Prices.")),
        (CREDITS, replaced("How often to ask for a task.", "Asking.")),
    ],
)
def test_what_no_source_means_may_change(page, edit):
    assert stale(read_from_our_pages(load_catalog(GPT)), edited(page, edit)) == ((), ())


def test_a_sentence_of_a_section_that_changed_is_told_though_every_number_stands():
    found = stale(
        read_from_our_pages(load_catalog(GPT)),
        edited(CREDITS, replaced("the creditsUsed of the answer", "creditsUsed")),
    )
    assert (doubted(found.lost), doubted(found.changed)) == ([], sorted(under(FORMULA, "credit.unit", *MULTIPLIERS)))


def reasons(doubts: Iterable) -> set[str]:
    return {doubt.reason for doubt in doubts}


def test_a_doubt_says_what_is_different():
    catalog = read_from_our_pages(load_catalog(GPT))
    found = stale(catalog, edited(PRICES, replaced("12, 202K = 12, 4K = 20.", "12, 212K = 12, 4K = 21.")))
    assert (reasons(found.lost), reasons(found.changed)) == (
        {"its row prints no '20'"}, {"the section reads differently"}
    )  # fmt: skip
    found = stale(catalog, edited(PRICES, replaced("nano-banana-protext", "nano-banana-maxtext")))
    assert reasons(found.lost) == {"there is no row of it"}
    found = stale(catalog, edited(PRICES, replaced("\nVideo models\n", "\nVideo models\n\nVideo models\n")))
    said = "the line 'Video models' stands there 2 times, first in lines 16 and 18"
    assert reasons(found.lost) == reasons(found.changed) == {said}


def test_a_document_that_is_missing_puts_its_numbers_in_doubt():
    documents = {name: text for name, text in pages().items() if name != PRICES}
    found = stale(read_from_our_pages(load_catalog(GPT)), documents)
    assert doubted(found.changed) == sorted([*ALL_IMAGE_PRICES, *ALL_VIDEO_PRICES])
    assert reasons(found.lost) == {"the document is not there"}


def test_a_section_without_numbers_that_cannot_be_found_is_an_error_never_no_change():
    edit = replaced("\nCallback Notifications\n", "\nCallbacks\n")
    with pytest.raises(UnreadableDocument, match="there is no line 'Callback Notifications'"):
        stale(read_from_our_pages(load_catalog(AIV)), edited(OTHER, edit))


def test_sections_that_are_not_recorded_are_never_taken_for_unchanged():
    catalog = read_from_our_pages(load_catalog(GPT))
    document = catalog.documents[PRICES]
    sections = {name: evolve(section, sha256=None) for name, section in document.sections.items()}
    open_ = evolve(catalog, documents={PRICES: evolve(document, sections=sections)})
    found = stale(open_, pages())
    assert (found.lost, doubted(found.changed)) == ((), sorted([*ALL_IMAGE_PRICES, *ALL_VIDEO_PRICES]))
    assert reasons(found.changed) == {"how the section read is not recorded"}
    assert {passage.is_as_recorded for passage in passages(open_, pages())} == {False}


def test_a_catalog_without_documents_has_nothing_to_be_stale(clipworks):
    assert stale(clipworks, {}) == ((), ())
