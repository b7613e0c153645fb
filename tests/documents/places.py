"""Where facts are printed: the document and the heading above them, as one reads them in the documents themselves.

A page that is not among the documents has its name alone (DOMAIN.md section 4). The short names on the left of
`SOURCES` and `READINGS` are the catalogs' own; what they stand for is typed from the documents.
"""

from typing import Any

GPT = "gptimage2api"
AIV = "aivideoapi"
NOTHING: dict[str, Any] = {}

FORMULA = "credits-and-models.txt: Credit formula"
IMAGE_MODELS = "credits-and-models.txt: Image models"
VIDEO_MODELS = "credits-and-models.txt: Video models"
TOPPING_UP = "credits-and-models.txt: Topping up credits"
IMAGE_PRICES = "pricing.txt: Image models"
VIDEO_PRICES = "pricing.txt: Video models"
IMAGE = "generate-image.txt: Generate image"
IMAGE_PROFILE = "generate-image.txt: GPT Image 2 profile"
IMAGE_NOTES = "generate-image.txt: Field notes"
IMAGE_BODY = "generate-image.txt: Request Body"
IMAGE_ANSWERS = "generate-image.txt: Response Body"
AUTHORIZATION = "generate-image.txt: Authorization"
VIDEO = "generate-video.txt: Generate video"
VIDEO_MODES = "generate-video.txt: Input mode rules"
VIDEO_NOTES = "generate-video.txt: Field notes"
VIDEO_BODY = "generate-video.txt: Request Body"
VIDEO_ANSWERS = "generate-video.txt: Response Body"
TASK_LINK = "generate-video.txt: Get task status"
ERROR_PAGE = "Errors & refunds"
TASK_PAGE = "Get task status"

PRICING = "aivideoapi-gpt-image-2.txt: Pricing"
MODEL = "aivideoapi-gpt-image-2.txt: Model"
BODY = "aivideoapi-gpt-image-2.txt: Request Body"
INPUT = "aivideoapi-gpt-image-2.txt: Input Parameters"
CREATE = "aivideoapi-gpt-image-2.txt: Create Task"
RESPONSE = "aivideoapi-gpt-image-2.txt: Response"
QUERY = "aivideoapi-gpt-image-2.txt: Query Task"
CALLBACK = "aivideoapi-gpt-image-2.txt: Callback Notifications"
CODES = "aivideoapi-gpt-image-2.txt: Error Codes"
ERRORS = "aivideoapi-gpt-image-2.txt: Error Reference"
SCENARIOS = "aivideoapi-gpt-image-2.txt: Common Scenarios"
COMPLETED = "aivideoapi-gpt-image-2.txt: Completed"
FAILED = "aivideoapi-gpt-image-2.txt: Failed"
CREDITS_PAGE = "GET /v1/credits"


def at(*places):
    """Join the places of a fact that is printed, or that needs, more than one."""
    return "; ".join(places)


def ours(reading):
    """Name a reading: the documents are silent, DOMAIN.md decides, the basis is `inferred`."""
    return f"reading: {reading}"


BODIES = at(IMAGE_BODY, VIDEO_BODY)
ANSWERS = at(IMAGE_ANSWERS, VIDEO_ANSWERS)

SOURCES = {
    GPT: {
        "formula": FORMULA,
        "image_models": IMAGE_MODELS,
        "video_models": VIDEO_MODELS,
        "topping_up": TOPPING_UP,
        "image_prices": IMAGE_PRICES,
        "video_prices": VIDEO_PRICES,
        "image_endpoint": IMAGE,
        "image_profile": IMAGE_PROFILE,
        "image_notes": IMAGE_NOTES,
        "image_body": IMAGE_BODY,
        "image_answers": IMAGE_ANSWERS,
        "video_endpoint": VIDEO,
        "video_modes": VIDEO_MODES,
        "video_notes": VIDEO_NOTES,
        "video_body": VIDEO_BODY,
        "video_answers": VIDEO_ANSWERS,
        "task_link": TASK_LINK,
        "authorization": AUTHORIZATION,
        "error_page": ERROR_PAGE,
        "task_page": TASK_PAGE,
    },
    AIV: {
        "pricing": PRICING,
        "model": MODEL,
        "body": BODY,
        "input": INPUT,
        "create": CREATE,
        "response": RESPONSE,
        "query": QUERY,
        "callback": CALLBACK,
        "codes": CODES,
        "errors": ERRORS,
        "scenarios": SCENARIOS,
        "completed": COMPLETED,
        "failed": FAILED,
        "credits_page": CREDITS_PAGE,
    },
}

# The lines around each section, as they stand in the documents; a section without a last line goes to the end. A field
# list stands after the table of contents, whose headings are glued.
DOCUMENTS = {
    GPT: {
        "credits-and-models.txt": {
            "formula": ("Credit formula", "Image models"),
            "image_models": ("Image models", "Video models"),
            "video_models": ("Video models", "Topping up credits"),
            "topping_up": ("Topping up credits", "Polling strategy"),
        },
        "pricing.txt": {
            "image_prices": ("Image models", "Video models"),
            "video_prices": ("Video models", "Notes"),
        },
        "generate-image.txt": {
            "image_endpoint": ("Generate image", "Supported models"),
            "image_profile": ("GPT Image 2 profile", "Field notes"),
            "image_notes": ("Field notes", "Authorization"),
            "image_body": ("Supported modelsGPT Image 2 profileField notes", None),
            "image_answers": ("Response Body", "Generate video"),
            "authorization": ("Authorization", "Request Body"),
        },
        "generate-video.txt": {
            "video_endpoint": ("Generate video", "Model families"),
            "video_modes": ("Input mode rules", "Field notes"),
            "video_notes": ("Field notes", "Authorization"),
            "video_body": ("Model familiesInput mode rulesField notes", None),
            "video_answers": ("Response Body", "Generate image"),
            "task_link": ("Get task status", "Model familiesInput mode rulesField notes"),
        },
    },
    AIV: {
        "aivideoapi-gpt-image-2.txt": {
            "pricing": ("Pricing", "Create Task"),
            "model": ("Model", "Pricing"),
            "body": ("Request Body", "Input Parameters"),
            "input": ("Input Parameters", "Example: Text-to-Image"),
            "create": ("Create Task", "Request Body"),
            "response": ("Response", "Query Task"),
            "query": ("Query Task", "Completed"),
            "callback": ("Callback Notifications", "Error Codes"),
            "codes": ("Error Codes", "Error Reference"),
            "errors": ("Error Reference", "Common Scenarios"),
            "scenarios": ("Common Scenarios", None),
            "completed": ("Completed", "Failed"),
            "failed": ("Failed", "Callback Notifications"),
        },
    },
}

# What each decision of DOMAIN.md starts from.
READINGS = {
    GPT: {
        "outputs_multiply": FORMULA,  # "outputsMultiplier", without a value
        "multipliers": FORMULA,  # "durationMultiplier", "resolutionMultiplier", without values
        "no_audio_price": FORMULA,  # "audioMultiplier", without a value
        "caller_multiplier": FORMULA,  # "customMultiplier", without a value
        "resolution_field": at(IMAGE_PRICES, VIDEO_PRICES),  # "Duration and resolution both affect credits."
        "sora_seconds": VIDEO_NOTES,  # "Common allowed values are 5, 10, 15, or 20"
        "wan_seconds": VIDEO_NOTES,
        "seedance_seconds": VIDEO_NOTES,
        "one_reference": VIDEO_BODY,  # "others typically 1"
        "text_takes_no_reference": VIDEO_MODES,  # "-text-to-video require inputMode: text_to_video"
        "open_aspect_ratio": BODIES,  # "Allowed values are model-specific."
        "url_items": BODIES,  # "inputImageUrls?array<>"
        "opaque_override": BODIES,  # "provider-specific fields that override defaults"
        "closed_body": BODIES,
        "status_numbers": ERROR_PAGE,
        "error_details": ERROR_PAGE,
        "decided_outcomes": ERROR_PAGE,
        "plain_errors": ERROR_PAGE,
        "worth_retrying": ERROR_PAGE,
        "placeholder_charge": ANSWERS,  # "creditsUsed": 12, beside a request that costs 3
        "task_states": TASK_PAGE,
        "task_snapshot": TASK_PAGE,
    },
    AIV: {
        "tenths": PRICING,
        "half_cent": PRICING,
        "multipliers": PRICING,
        "one_output": INPUT,
        "no_audio_price": PRICING,
        "caller_multiplier": PRICING,
        "empty_is_absent": INPUT,
        "closed_body": at(BODY, INPUT),
        "url_form": at(BODY, INPUT),
        "error_messages": ERRORS,
        "accepted_status": RESPONSE,  # "code": 200, in the body
        "decided_outcomes": ERRORS,
        "worth_retrying": at(
            ERRORS, SCENARIOS
        ),  # "please slow down", "(hourly/daily/total)", "Unexpected server error"
        "in_progress": QUERY,  # "pending -> processing -> completed or failed"
        "log_keys": QUERY,
        "balance_body": CREDITS_PAGE,
    },
}
