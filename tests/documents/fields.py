"""What a request may hold, typed by hand from the body tables of generate-image.txt, generate-video.txt and
aivideoapi-gpt-image-2.txt; where they are silent from DOMAIN.md section 3, then with the reading that says so.

The names on the left and the order of an endpoint's fields are the catalogs' own. A limit given by name ("max_prompt")
is the model's or, where no model is known, the endpoint's; "models", "modes" and "tiers" are lists of the catalog.
"""

from typing import Any, NamedTuple

from documents.models import OTHER_RATIOS, OTHER_RATIOS_AT_4K
from documents.places import (
    AIV,
    BODIES,
    BODY,
    CREATE,
    GPT,
    IMAGE,
    IMAGE_BODY,
    IMAGE_NOTES,
    INPUT,
    MODEL,
    NOTHING,
    VIDEO,
    VIDEO_BODY,
    VIDEO_MODES,
    VIDEO_NOTES,
    at,
    ours,
)


class Field(NamedTuple):
    wire: str
    type: str
    place: str
    limits: dict[str, Any] = NOTHING
    readings: dict[str, str] = NOTHING


FIELDS = {
    GPT: {
        "prompt": Field("/prompt", "string", BODIES, {"min_length": 1, "max_length": "max_prompt"}),
        "model": Field("/model", "string", BODIES, {"one_of": "models"}),
        "mode": Field("/inputMode", "string", VIDEO_BODY, {"one_of": "modes"}),
        "negative_prompt": Field("/negativePrompt", "string", BODIES, {"max_length": 2_000}),
        "width": Field("/width", "integer", BODIES, {"minimum": 64, "maximum": 4_096}),
        "height": Field("/height", "integer", BODIES, {"minimum": 64, "maximum": 4_096}),
        "aspect_ratio": Field(
            "/aspectRatio",
            "string",
            BODIES,
            {"min_length": 1, "one_of": "aspect_ratios"},
            {"min_length": ours("open_aspect_ratio")},
        ),
        "resolution": Field("/resolution", "string", ours("resolution_field"), {"one_of": "tiers"}),
        "duration": Field("/duration", "number", VIDEO_BODY, {"minimum": 1, "maximum": 60, "one_of": "tiers"}),
        "outputs": Field("/numOutputs", "integer", IMAGE_BODY, {"minimum": 1, "maximum": 10, "default": 1}),
        "fps": Field("/fps", "integer", VIDEO_BODY, {"minimum": 1, "maximum": 60}),
        "seed": Field("/seed", "string", BODIES),
        "guidance_scale": Field("/guidanceScale", "number", BODIES, {"minimum": 0, "maximum": 100}),
        "inference_steps": Field("/numInferenceSteps", "integer", IMAGE_BODY, {"minimum": 1, "maximum": 150}),
        "motion_strength": Field("/motionStrength", "number", VIDEO_BODY, {"minimum": 0, "maximum": 100}),
        "camera_motion": Field("/cameraMotion", "string", VIDEO_BODY),
        "references": Field(
            "/inputImageUrls", "urls", BODIES, {"max_items": "max_references"}, {"url": ours("url_items")}
        ),
        "provider_input": Field("/providerInput", "opaque", BODIES, {"makes_inferred": ours("opaque_override")}),
    },
    AIV: {
        "model": Field("/model", "string", BODY, {"one_of": "models"}),
        "input": Field("/input", "object", BODY),
        "callback_url": Field("/callback_url", "url", BODY, {}, {"url": ours("url_form")}),
        "prompt": Field("/input/prompt", "string", INPUT, {"max_length": "max_prompt"}),
        "references": Field(
            "/input/image_urls", "urls", INPUT, {"max_items": "max_references"}, {"url": ours("url_form")}
        ),
        "aspect_ratio": Field("/input/aspect_ratio", "string", INPUT, {"one_of": OTHER_RATIOS, "default": "auto"}),
        "resolution": Field("/input/resolution", "string", INPUT, {"one_of": "tiers"}),
        "nsfw_checker": Field("/input/nsfw_checker", "boolean", INPUT, {"default": True}),
    },
}


class Rule(NamedTuple):
    id: str
    when: dict[str, tuple[str, ...]]
    then: tuple[tuple[Any, ...], ...]  # ("given", fields), ("not_given", field) or ("one_of", field, values)
    place: str
    empty: str | None = None  # the reading by which an empty value counts as none


class Note(NamedTuple):
    field: str
    above: int
    place: str


class Endpoint(NamedTuple):
    method: str
    path: str
    fields: tuple[str, ...]
    required: tuple[str, ...]
    limits: dict[str, int]
    modes: dict[str, str]
    rules: tuple[Rule, ...]
    notes: tuple[Note, ...]
    place: str
    unknown: str = ours("closed_body")


FROM_REFERENCES = {"without_references": "text_to_image", "with_references": "image_to_image"}

ENDPOINTS = {
    GPT: {
        "image": Endpoint(
            "POST",
            "/api/ai/image/generate",
            ("prompt", "model", "negative_prompt", "width", "height", "aspect_ratio", "resolution", "outputs", "seed",
             "guidance_scale", "inference_steps", "references", "provider_input"),
            ("prompt", "model"),
            {"max_prompt": 20_000, "max_references": 14},
            FROM_REFERENCES,  # "the only field that switches the endpoint from generation to editing"
            (),
            (),
            at(IMAGE, IMAGE_BODY, IMAGE_NOTES),
        ),
        "video": Endpoint(
            "POST",
            "/api/ai/video/generate",
            ("prompt", "model", "mode", "negative_prompt", "width", "height", "aspect_ratio", "resolution", "duration",
             "fps", "seed", "guidance_scale", "motion_strength", "camera_motion", "references", "provider_input"),
            ("prompt", "model", "mode"),
            {"max_prompt": 4_000, "max_references": 5},
            {},
            (
                # Models ending in -image-to-video "require ... at least one inputImageUrls entry".
                Rule(
                    "references.required",
                    {"mode": ("image_to_video",)},
                    (("given", ("references",)),),
                    at(VIDEO_MODES, VIDEO_BODY),
                ),
                Rule(
                    "references.not_allowed",
                    {"mode": ("text_to_video",)},
                    (("not_given", "references"),),
                    ours("text_takes_no_reference"),
                ),
            ),
            (Note("references", 1, VIDEO_NOTES),),  # "currently feeds the first image"
            at(VIDEO, VIDEO_BODY),
        ),
    },
    AIV: {
        "image": Endpoint(
            "POST",
            "/v1/images/generations",
            ("model", "input", "prompt", "references", "aspect_ratio", "resolution", "nsfw_checker", "callback_url"),
            ("model", "input"),
            {},
            FROM_REFERENCES,
            (
                # "At least one of prompt or image_urls must be provided."
                Rule(
                    "input.prompt_or_references",
                    {},
                    (("given", ("prompt", "references")),),
                    INPUT,
                    ours("empty_is_absent"),
                ),
                # With 4k the ratio "must be explicitly set (not auto) and limited to" six.
                Rule(
                    "aspect_ratio.4k",
                    {"resolution": ("4k",)},
                    (("given", ("aspect_ratio",)), ("one_of", "aspect_ratio", OTHER_RATIOS_AT_4K)),
                    INPUT,
                ),
            ),
            (),
            at(CREATE, BODY, MODEL, INPUT),
        ),
    },
}  # fmt: skip
