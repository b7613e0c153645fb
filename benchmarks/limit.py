"""The limit: straight-line checks of gptimage2api's requests, written by hand, and a table of its quotes."""

# ruff: noqa: ANN401, FBT001, FBT003, PLR0912, PLR2004 -- straight-line code by hand, with the numbers where they are compared

from collections.abc import Callable
from typing import Any

Request = dict[str, Any]
Check = Callable[[Request], bool]
Fault = tuple[str, str]
SCHEMES = ("http://", "https://")


def image(most: int, prompt: int, ratios: frozenset[str], sizes: frozenset[str]) -> Check:
    """Return the check of an image model by its limits; no sizes where it does not take a resolution."""

    def check(body: Request) -> bool:
        text = body.get("prompt")
        if type(text) is not str or not 1 <= len(text) <= prompt:
            return False
        known = 2
        if (value := body.get("negativePrompt")) is not None:
            if type(value) is not str or len(value) > 2000:
                return False
            known += 1
        if (value := body.get("width")) is not None:
            if type(value) is not int or not 64 <= value <= 4096:
                return False
            known += 1
        if (value := body.get("height")) is not None:
            if type(value) is not int or not 64 <= value <= 4096:
                return False
            known += 1
        if (value := body.get("aspectRatio")) is not None:
            if type(value) is not str or not value or (ratios and value not in ratios):
                return False
            known += 1
        if (value := body.get("resolution")) is not None:
            if type(value) is not str or value not in sizes:
                return False
            known += 1
        if (value := body.get("numOutputs")) is not None:
            if type(value) is not int or not 1 <= value <= 10:
                return False
            known += 1
        if (value := body.get("seed")) is not None:
            if type(value) is not str:
                return False
            known += 1
        if (value := body.get("guidanceScale")) is not None:
            if (type(value) is not int and type(value) is not float) or not 0 <= value <= 100:
                return False
            known += 1
        if (value := body.get("numInferenceSteps")) is not None:
            if type(value) is not int or not 1 <= value <= 150:
                return False
            known += 1
        if (value := body.get("inputImageUrls")) is not None:
            if type(value) is not list or len(value) > most:
                return False
            for item in value:
                if type(item) is not str or not item.startswith(SCHEMES) or item in SCHEMES:
                    return False
            known += 1
        if (value := body.get("providerInput")) is not None:
            if type(value) is not dict:
                return False
            known += 1
        return known == len(body)

    return check


def video(modes: frozenset[str], most: int, durations: frozenset[int], sizes: frozenset[str]) -> Check:
    """Return the check of a video model by its limits."""

    def check(body: Request) -> bool:
        text = body.get("prompt")
        if type(text) is not str or not 1 <= len(text) <= 4000:
            return False
        mode = body.get("inputMode")
        if type(mode) is not str or mode not in modes:
            return False
        known = 3
        if (value := body.get("negativePrompt")) is not None:
            if type(value) is not str or len(value) > 2000:
                return False
            known += 1
        if (value := body.get("width")) is not None:
            if type(value) is not int or not 64 <= value <= 4096:
                return False
            known += 1
        if (value := body.get("height")) is not None:
            if type(value) is not int or not 64 <= value <= 4096:
                return False
            known += 1
        if (value := body.get("aspectRatio")) is not None:
            if type(value) is not str or not value:
                return False
            known += 1
        if (value := body.get("resolution")) is not None:
            if type(value) is not str or value not in sizes:
                return False
            known += 1
        if (value := body.get("duration")) is not None:
            if (type(value) is not int and type(value) is not float) or value not in durations:
                return False
            known += 1
        if (value := body.get("fps")) is not None:
            if type(value) is not int or not 1 <= value <= 60:
                return False
            known += 1
        if (value := body.get("seed")) is not None:
            if type(value) is not str:
                return False
            known += 1
        if (value := body.get("guidanceScale")) is not None:
            if (type(value) is not int and type(value) is not float) or not 0 <= value <= 100:
                return False
            known += 1
        if (value := body.get("motionStrength")) is not None:
            if (type(value) is not int and type(value) is not float) or not 0 <= value <= 100:
                return False
            known += 1
        if (value := body.get("cameraMotion")) is not None:
            if type(value) is not str:
                return False
            known += 1
        references = body.get("inputImageUrls")
        if references is not None:
            if type(references) is not list or len(references) > most:
                return False
            for item in references:
                if type(item) is not str or not item.startswith(SCHEMES) or item in SCHEMES:
                    return False
            known += 1
        if (value := body.get("providerInput")) is not None:
            if type(value) is not dict:
                return False
            known += 1
        return known == len(body) and (mode == "text_to_video") != bool(references)

    return check


ANY: frozenset[Any] = frozenset()
TEXT = frozenset({"text_to_video"})
PICTURE = frozenset({"image_to_video"})
BOTH = TEXT | PICTURE
SHORT, SORA, WAN, VEO = frozenset({5, 10}), frozenset({5, 10, 20}), frozenset({5, 10, 15}), frozenset({8})
LINES = frozenset({"720p", "1080p"})
GPT_RATIOS = frozenset(["auto", "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "4:5", "5:4", "21:9"])
IMAGE_MODELS = {
    "gpt-image-2": (4, 20_000, GPT_RATIOS, ANY),
    "google/nano-banana": (10, 5_000, ANY, ANY),
    "nano-banana-2": (14, 20_000, ANY, frozenset({"1K", "2K", "4K"})),
    "nano-banana-pro": (8, 10_000, ANY, frozenset({"2K", "4K"})),
}
VIDEO_MODELS = {
    "kling/v2-1-standard": (PICTURE, 1, SHORT, ANY),
    "kling/v2-1-pro": (PICTURE, 1, SHORT, ANY),
    "kling/v2-1-master-text-to-video": (TEXT, 0, SHORT, ANY),
    "sora-2-text-to-video": (TEXT, 0, SORA, LINES),
    "sora-2-pro-text-to-video": (TEXT, 0, SORA, LINES),
    "sora-2-image-to-video": (PICTURE, 1, SORA, LINES),
    "hailuo/02-text-to-video-standard": (TEXT, 0, SHORT, ANY),
    "hailuo/02-text-to-video-pro": (TEXT, 0, SHORT, ANY),
    "hailuo/02-image-to-video-standard": (PICTURE, 1, SHORT, ANY),
    "hailuo/02-image-to-video-pro": (PICTURE, 1, SHORT, ANY),
    "veo3_fast": (BOTH, 3, VEO, ANY),
    "veo3": (BOTH, 2, VEO, ANY),
    "veo3_lite": (BOTH, 2, VEO, ANY),
    "wan/2-6-text-to-video": (TEXT, 0, WAN, LINES),
    "wan/2-6-image-to-video": (PICTURE, 1, WAN, LINES),
    "bytedance/seedance-1.5-pro": (BOTH, 1, SHORT, LINES),
}
CHECKS: dict[object, Check] = {
    **{model: image(*limits) for model, limits in IMAGE_MODELS.items()},
    **{model: video(*limits) for model, limits in VIDEO_MODELS.items()},
}


def decide(body: Request) -> bool:
    """Tell whether a request is valid."""
    check = CHECKS.get(body.get("model"))
    return check is not None and check(body)


def text(least: int = 0, most: int = 10**9, allowed: frozenset[Any] = ANY) -> Callable[[Any], str | None]:
    """Return what names the rule that a text breaks."""

    def judge(value: Any) -> str | None:
        if type(value) is not str:
            return "type"
        if allowed:
            return None if value in allowed else "one_of"
        return "min_length" if len(value) < least else "max_length" if len(value) > most else None

    return judge


def number(low: int, high: int, *types: type) -> Callable[[Any], str | None]:
    """Return what names the rule that a number breaks."""

    def judge(value: Any) -> str | None:
        if type(value) not in types:
            return "type"
        return "minimum" if value < low else "maximum" if value > high else None

    return judge


def seconds(tiers: frozenset[int]) -> Callable[[Any], str | None]:
    """Return what names the rule that a duration breaks."""
    return lambda value: "type" if type(value) not in (int, float) else None if value in tiers else "one_of"


def urls(most: int) -> Callable[[Any], str | None]:
    """Return what names the rule that references break."""
    return lambda value: "type" if type(value) is not list else "max_items" if len(value) > most else None


def judges(
    video_: bool, modes: frozenset[str], most: int, prompt: int, ratios: Any, tiers: Any, sizes: Any
) -> dict[str, Any]:
    """Return what judges each field that a model takes."""
    whole, real = number(64, 4096, int), number(0, 100, int, float)
    found = {
        "prompt": text(1, prompt),
        "model": lambda _value: None,
        "negativePrompt": text(0, 2000),
        "width": whole,
        "height": whole,
        "aspectRatio": text(1, allowed=ratios),
        "resolution": text(allowed=sizes) if sizes else lambda _value: "not_allowed",
        "seed": text(),
        "guidanceScale": real,
        "inputImageUrls": urls(most),
        "providerInput": lambda value: None if type(value) is dict else "type",
    }
    if not video_:
        return found | {"numOutputs": number(1, 10, int), "numInferenceSteps": number(1, 150, int)}
    film = {"inputMode": text(allowed=modes), "duration": seconds(tiers), "fps": number(1, 60, int)}
    return found | film | {"motionStrength": real, "cameraMotion": text()}


JUDGES = {
    **{model: judges(False, ANY, a, b, c, ANY, d) for model, (a, b, c, d) in IMAGE_MODELS.items()},
    **{model: judges(True, a, b, 4_000, ANY, c, d) for model, (a, b, c, d) in VIDEO_MODELS.items()},
}


def faults(body: Request) -> list[Fault]:
    """List the path and the broken rule of every fault, without a message."""
    if decide(body):
        return []
    model: Any = body.get("model")
    known = JUDGES.get(model)
    if known is None:
        return [("/model", "unknown")]
    found: list[Fault] = []
    for key, value in body.items():
        judge = known.get(key)
        if judge is None:
            found.append((f"/{key}", "field.unknown"))
        elif broken := judge(value):
            found.append((f"/{key}", broken))
    references, mode = body.get("inputImageUrls"), body.get("inputMode")
    for index, item in enumerate(references if type(references) is list else ()):
        if type(item) is not str or not item.startswith(SCHEMES) or item in SCHEMES:
            found.append((f"/inputImageUrls/{index}", "url"))
    if "prompt" not in body:
        found.append(("/prompt", "required"))
    if model in VIDEO_MODELS:
        if mode is None:
            found.append(("/inputMode", "required"))
        elif (
            mode in BOTH
            and (mode == "text_to_video") == bool(references)
            and not any("Image" in path for path, _ in found)
        ):
            found.append(("/inputImageUrls", "mode"))
    return found
