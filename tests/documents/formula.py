"""The credit formula and the price of each model, typed by hand: the first cell of each row of pricing.txt is the base,
the multipliers are those that DOMAIN.md section 1 decided, and nothing but the cells themselves is documented.

Tiers stand in the order of the page, small to large. A default is used where a request names no tier.
"""

from typing import NamedTuple

from documents.places import (
    AIV,
    FORMULA,
    GPT,
    IMAGE_PRICES,
    NOTHING,
    PRICING,
    TOPPING_UP,
    VIDEO_NOTES,
    VIDEO_PRICES,
    at,
    ours,
)

TWICE = {5: "1", 10: "2"}
FOUR_TIMES = {5: "1", 10: "2", 20: "4"}
THREE_TIMES = {5: "1", 10: "2", 15: "3"}
HALF_MORE = {"720p": "1", "1080p": "1.5"}
VEO = {8: "1"}
FIXED = at(VIDEO_PRICES, VIDEO_NOTES)  # "Flat rate per 8-second clip", "Veo is fixed at 8"


class Price(NamedTuple):
    base: str
    duration: dict[int, str]
    resolution: dict[str, str]
    place: str
    default: dict[str, object] = NOTHING
    seconds: str | None = None  # the reading that the seconds of the tiers rest on


PRICES = {
    (GPT, "gpt-image-2"): Price("3", NOTHING, NOTHING, IMAGE_PRICES),
    (GPT, "google/nano-banana"): Price("3", NOTHING, NOTHING, IMAGE_PRICES),
    (GPT, "nano-banana-2"): Price("4", NOTHING, {"1K": "1", "2K": "1.5", "4K": "2"}, IMAGE_PRICES),
    (GPT, "nano-banana-pro"): Price("12", NOTHING, {"2K": "1", "4K": "5/3"}, IMAGE_PRICES),
    (GPT, "kling/v2-1-standard"): Price("11", TWICE, NOTHING, VIDEO_PRICES),
    (GPT, "kling/v2-1-pro"): Price("21", TWICE, NOTHING, VIDEO_PRICES),
    (GPT, "kling/v2-1-master-text-to-video"): Price("67", TWICE, NOTHING, VIDEO_PRICES),
    (GPT, "sora-2-text-to-video"): Price("5", FOUR_TIMES, HALF_MORE, VIDEO_PRICES, seconds="sora_seconds"),
    (GPT, "sora-2-pro-text-to-video"): Price("16", FOUR_TIMES, HALF_MORE, VIDEO_PRICES, seconds="sora_seconds"),
    (GPT, "sora-2-image-to-video"): Price("5", FOUR_TIMES, HALF_MORE, VIDEO_PRICES, seconds="sora_seconds"),
    (GPT, "hailuo/02-text-to-video-standard"): Price("13", {5: "1", 10: "1.6"}, NOTHING, VIDEO_PRICES),
    (GPT, "hailuo/02-text-to-video-pro"): Price("24", TWICE, NOTHING, VIDEO_PRICES),
    (GPT, "hailuo/02-image-to-video-standard"): Price("13", {5: "1", 10: "1.6"}, NOTHING, VIDEO_PRICES),
    (GPT, "hailuo/02-image-to-video-pro"): Price("24", TWICE, NOTHING, VIDEO_PRICES),
    (GPT, "veo3_fast"): Price("9", VEO, NOTHING, FIXED, {"duration": 8}),
    (GPT, "veo3"): Price("63", VEO, NOTHING, FIXED, {"duration": 8}),
    (GPT, "veo3_lite"): Price("5", VEO, NOTHING, FIXED, {"duration": 8}),
    (GPT, "wan/2-6-text-to-video"): Price(
        "30", THREE_TIMES, {"720p": "1", "1080p": "1.47"}, VIDEO_PRICES, seconds="wan_seconds"
    ),
    (GPT, "wan/2-6-image-to-video"): Price(
        "30", THREE_TIMES, {"720p": "1", "1080p": "1.47"}, VIDEO_PRICES, seconds="wan_seconds"
    ),
    (GPT, "bytedance/seedance-1.5-pro"): Price("18", TWICE, HALF_MORE, VIDEO_PRICES, seconds="seedance_seconds"),
    (AIV, "gpt-image-2"): Price("2.4", NOTHING, {"1k": "1", "2k": "2", "4k": "3"}, PRICING, {"resolution": "1k"}),
}

# Where each factor comes from: `base` is in the cells, the formula's multipliers have no printed value.
FACTORS = {
    GPT: {
        "": FORMULA,
        "duration": ours("multipliers"),
        "resolution": ours("multipliers"),
        "outputs": ours("outputs_multiply"),
        "audio": ours("no_audio_price"),
        "custom": ours("caller_multiplier"),
    },
    AIV: {
        "": PRICING,
        "duration": ours("multipliers"),
        "resolution": ours("multipliers"),
        "outputs": ours("one_output"),
        "audio": ours("no_audio_price"),
        "custom": ours("caller_multiplier"),
    },
}


class Credit(NamedTuple):
    unit: str  # "Math.ceil": whole credits; at aivideoapi 2.4, 4.8, 7.2: tenths
    usd: str | None  # $0.012 for 2.4 credits is $0.005 a credit
    grants: tuple[str, ...]  # "Subscription plans", "Daily free credits", "One-time credit packages"
    places: dict[str, str]


CREDITS = {
    GPT: Credit("1", None, ("subscription", "daily", "package"), {"": at(FORMULA, TOPPING_UP)}),
    AIV: Credit("0.1", "0.005", (), {"": PRICING, "unit": ours("tenths"), "usd": ours("half_cent")}),
}
