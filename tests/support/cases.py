"""Requests judged by hand: each with every violation that it must get, as path, rule and basis."""

from typing import Any

URL = "https://example.com/a.png"
SORA = {"model": "sora-2-text-to-video", "prompt": "a", "inputMode": "text_to_video"}
KLING = {"model": "kling/v2-1-standard", "prompt": "a", "inputMode": "image_to_video", "inputImageUrls": [URL]}
VEO = {"model": "veo3_fast", "prompt": "a", "inputMode": "text_to_video"}
GPT = {"model": "gpt-image-2", "prompt": "a"}
PRO = {"model": "nano-banana-pro", "prompt": "a"}

D, I = "documented", "inferred"  # noqa: E741 -- short, for a table


def nested(**values: Any) -> dict[str, Any]:
    """Return a request to the service that nests them."""
    return {"model": "gpt-image-2", "input": {"prompt": "a"} | values}


INVALID: list[tuple[str, str | None, Any, list[tuple[str, str, str]]]] = [
    # bodies
    ("gptimage2api", None, None, [("", "body.type", D)]),
    ("gptimage2api", "image", [GPT], [("", "body.type", D)]),
    ("aivideoapi", None, "{}", [("", "body.type", D)]),
    ("gptimage2api", None, {}, [("/model", "model.required", D)]),
    ("gptimage2api", None, {"prompt": 5}, [("/model", "model.required", D)]),
    ("gptimage2api", "image", {}, [("/prompt", "prompt.required", D), ("/model", "model.required", D)]),
    ("aivideoapi", None, {}, [("/model", "model.required", D), ("/input", "input.required", D)]),
    ("aivideoapi", None, {"model": "gpt-image-2", "input": []}, [("/input", "input.type", D)]),
    ("aivideoapi", None, nested(prompt=None), [("/input/prompt", "prompt.type", D)]),
    # models
    ("gptimage2api", None, GPT | {"model": 5}, [("/model", "model.type", D)]),
    ("gptimage2api", None, GPT | {"model": ["gpt-image-2"]}, [("/model", "model.type", D)]),
    ("gptimage2api", None, GPT | {"model": "gpt-image-3", "x": 1}, [("/model", "model.unknown", D)]),
    ("gptimage2api", "video", SORA | {"model": "sora"}, [("/model", "model.unknown", D)]),
    ("gptimage2api", "image", SORA, [("/model", "model.endpoint", D)]),
    ("gptimage2api", "video", GPT | {"seed": 5}, [("/model", "model.endpoint", D)]),
    ("gptimage2api", "video", {"model": "sora", "prompt": "a" * 4001, "inputMode": "text_to_video"},
     [("/prompt", "prompt.max_length", D), ("/model", "model.unknown", D)]),
    ("gptimage2api", "video",
     {"model": "x", "prompt": "a", "inputMode": "image_to_video", "inputImageUrls": [URL] * 6, "duration": 61},
     [("/model", "model.unknown", D), ("/duration", "duration.maximum", D),
      ("/inputImageUrls", "references.max_items", D)]),
    ("gptimage2api", "image", {"prompt": "a" * 20_001, "inputImageUrls": [URL] * 15, "resolution": "8K"},
     [("/prompt", "prompt.max_length", D), ("/model", "model.required", D), ("/resolution", "resolution.one_of", I),
      ("/inputImageUrls", "references.max_items", D)]),
    ("aivideoapi", None, nested() | {"model": "gpt-image-1"}, [("/model", "model.unknown", D)]),
    # prompts
    ("gptimage2api", None, GPT | {"prompt": ""}, [("/prompt", "prompt.min_length", D)]),
    ("gptimage2api", None, GPT | {"prompt": "🎬" * 20_001}, [("/prompt", "prompt.max_length", D)]),
    ("gptimage2api", None, PRO | {"prompt": "a" * 10_001}, [("/prompt", "prompt.max_length", D)]),
    ("gptimage2api", None, GPT | {"model": "google/nano-banana", "prompt": "a" * 5_001},
     [("/prompt", "prompt.max_length", D)]),
    ("gptimage2api", None, SORA | {"prompt": "a" * 4_001}, [("/prompt", "prompt.max_length", D)]),
    ("aivideoapi", None, nested(prompt="a" * 20_001), [("/input/prompt", "prompt.max_length", D)]),
    # numbers, text, true and false
    ("gptimage2api", None, GPT | {"width": 63}, [("/width", "width.minimum", D)]),
    ("gptimage2api", None, GPT | {"height": 4097}, [("/height", "height.maximum", D)]),
    ("gptimage2api", None, GPT | {"width": True}, [("/width", "width.type", D)]),
    ("gptimage2api", None, GPT | {"width": 64.5}, [("/width", "width.type", D)]),
    ("gptimage2api", None, GPT | {"width": "64"}, [("/width", "width.type", D)]),
    ("gptimage2api", None, GPT | {"numOutputs": 0}, [("/numOutputs", "outputs.minimum", D)]),
    ("gptimage2api", None, GPT | {"numOutputs": 11}, [("/numOutputs", "outputs.maximum", D)]),
    ("gptimage2api", None, GPT | {"numInferenceSteps": 151}, [("/numInferenceSteps", "inference_steps.maximum", D)]),
    ("gptimage2api", None, GPT | {"guidanceScale": float("nan")}, [("/guidanceScale", "guidance_scale.type", D)]),
    ("gptimage2api", None, GPT | {"guidanceScale": 100.1}, [("/guidanceScale", "guidance_scale.maximum", D)]),
    ("gptimage2api", None, GPT | {"guidanceScale": -0.5}, [("/guidanceScale", "guidance_scale.minimum", D)]),
    ("gptimage2api", None, GPT | {"seed": 5}, [("/seed", "seed.type", D)]),
    ("gptimage2api", None, GPT | {"negativePrompt": "a" * 2001},
     [("/negativePrompt", "negative_prompt.max_length", D)]),
    ("gptimage2api", None, SORA | {"fps": 61}, [("/fps", "fps.maximum", D)]),
    ("gptimage2api", None, SORA | {"motionStrength": 101}, [("/motionStrength", "motion_strength.maximum", D)]),
    ("gptimage2api", None, SORA | {"cameraMotion": None}, [("/cameraMotion", "camera_motion.type", D)]),
    ("gptimage2api", None, GPT | {"providerInput": "x"}, [("/providerInput", "provider_input.type", D)]),
    ("aivideoapi", None, nested(nsfw_checker=1), [("/input/nsfw_checker", "nsfw_checker.type", D)]),
    # modes, tiers, aspect ratios
    ("gptimage2api", None, SORA | {"inputMode": "image_to_video"}, [("/inputMode", "mode.one_of", D)]),
    ("gptimage2api", None, {"model": "veo3", "prompt": "a"}, [("/inputMode", "mode.required", D)]),
    ("gptimage2api", None, SORA | {"duration": 7}, [("/duration", "duration.one_of", I)]),
    ("gptimage2api", None, KLING | {"duration": 20}, [("/duration", "duration.one_of", D)]),
    ("gptimage2api", None, KLING | {"duration": "5"}, [("/duration", "duration.type", D)]),
    ("gptimage2api", None, VEO | {"duration": 5}, [("/duration", "duration.one_of", D)]),
    ("gptimage2api", None, VEO | {"resolution": "4k"}, [("/resolution", "resolution.not_allowed", I)]),
    ("gptimage2api", None, KLING | {"resolution": "720p"}, [("/resolution", "resolution.not_allowed", I)]),
    ("gptimage2api", None, PRO | {"resolution": "1K"}, [("/resolution", "resolution.one_of", I)]),
    ("gptimage2api", None, PRO | {"resolution": "2k"}, [("/resolution", "resolution.one_of", I)]),
    ("gptimage2api", None, {"model": "bytedance/seedance-1.5-pro", "prompt": "a", "inputMode": "text_to_video",
                            "resolution": "480p"}, [("/resolution", "resolution.one_of", I)]),
    ("gptimage2api", None, GPT | {"aspectRatio": "2:1"}, [("/aspectRatio", "aspect_ratio.one_of", D)]),
    ("gptimage2api", None, PRO | {"aspectRatio": ""}, [("/aspectRatio", "aspect_ratio.min_length", I)]),
    ("aivideoapi", None, nested(resolution="4K"), [("/input/resolution", "resolution.one_of", D)]),
    ("aivideoapi", None, nested(aspect_ratio="10:1"), [("/input/aspect_ratio", "aspect_ratio.one_of", D)]),
    # references
    ("gptimage2api", None, GPT | {"inputImageUrls": [URL] * 5}, [("/inputImageUrls", "references.max_items", D)]),
    ("gptimage2api", None, GPT | {"inputImageUrls": URL}, [("/inputImageUrls", "references.type", D)]),
    ("gptimage2api", None, GPT | {"inputImageUrls": [URL, "HTTP://a", 5, "https://"]},
     [("/inputImageUrls/1", "references.url", I), ("/inputImageUrls/2", "references.type", I),
      ("/inputImageUrls/3", "references.url", I)]),
    ("gptimage2api", None, GPT | {"inputImageUrls": [URL] * 4 + ["x"]},
     [("/inputImageUrls", "references.max_items", D), ("/inputImageUrls/4", "references.url", I)]),
    ("gptimage2api", None, KLING | {"inputImageUrls": [URL] * 2}, [("/inputImageUrls", "references.max_items", I)]),
    ("gptimage2api", None, KLING | {"inputImageUrls": []}, [("/inputImageUrls", "references.required", D)]),
    ("gptimage2api", None, SORA | {"inputImageUrls": [URL]}, [("/inputImageUrls", "references.max_items", I)]),
    ("gptimage2api", None, VEO | {"inputImageUrls": [URL]}, [("/inputImageUrls", "references.not_allowed", I)]),
    ("gptimage2api", None, VEO | {"inputMode": "image_to_video"}, [("/inputImageUrls", "references.required", D)]),
    ("gptimage2api", None, VEO | {"inputMode": "image_to_video", "inputImageUrls": [URL] * 4},
     [("/inputImageUrls", "references.max_items", D)]),
    ("aivideoapi", None, nested(image_urls=[URL] * 17), [("/input/image_urls", "references.max_items", D)]),
    ("aivideoapi", None, nested(image_urls=["ftp://a"]), [("/input/image_urls/0", "references.url", I)]),
    ("aivideoapi", None, nested() | {"callback_url": "example.com"}, [("/callback_url", "callback_url.url", I)]),
    ("aivideoapi", None, nested() | {"callback_url": None}, [("/callback_url", "callback_url.type", D)]),
    # rules across fields
    ("aivideoapi", None, {"model": "gpt-image-2", "input": {}}, [("/input", "input.prompt_or_references", D)]),
    ("aivideoapi", None, nested(prompt="", image_urls=[]), [("/input", "input.prompt_or_references", I)]),
    ("aivideoapi", None, nested(resolution="4k"), [("/input/aspect_ratio", "aspect_ratio.4k", D)]),
    ("aivideoapi", None, nested(resolution="4k", aspect_ratio="auto"), [("/input/aspect_ratio", "aspect_ratio.4k", D)]),
    ("aivideoapi", None, nested(resolution="4k", aspect_ratio="1:1"), [("/input/aspect_ratio", "aspect_ratio.4k", D)]),
    ("aivideoapi", None, nested(resolution="4k", aspect_ratio=None), [("/input/aspect_ratio", "aspect_ratio.type", D)]),
    # unknown fields and keys
    ("gptimage2api", None, GPT | {"Prompt": "a"}, [("/Prompt", "field.unknown", I)]),
    ("gptimage2api", None, GPT | {"a/b~c": 1, "": 2}, [("/a~1b~0c", "field.unknown", I), ("/", "field.unknown", I)]),
    ("gptimage2api", None, GPT | {"inputMode": "text_to_image"}, [("/inputMode", "field.unknown", I)]),
    ("gptimage2api", None, SORA | {"numOutputs": 1}, [("/numOutputs", "field.unknown", I)]),
    ("gptimage2api", None, GPT | {5: 1, None: 2}, [("", "key.type", I)]),
    ("aivideoapi", None, nested(numOutputs=1), [("/input/numOutputs", "field.unknown", I)]),
    ("aivideoapi", None, nested() | {"prompt": "a"}, [("/prompt", "field.unknown", I)]),
    # several at once, in the order of the fields
    ("gptimage2api", None,
     {"model": "sora-2-text-to-video", "inputMode": "text_to_video", "duration": True, "imageUrl": URL,
      "inputImageUrls": [URL] * 17},
     [("/prompt", "prompt.required", D), ("/duration", "duration.type", D),
      ("/inputImageUrls", "references.max_items", I), ("/imageUrl", "field.unknown", I)]),
]  # fmt: skip

VALID: list[tuple[str, Any]] = [
    ("gptimage2api", GPT),
    ("gptimage2api", GPT | {"prompt": " ", "seed": "", "negativePrompt": "", "inputImageUrls": []}),
    ("gptimage2api", GPT | {"prompt": "🎬" * 20_000, "inputImageUrls": [URL] * 4, "aspectRatio": "21:9"}),
    ("gptimage2api", GPT | {"width": 64, "height": 4096.0, "numOutputs": 10, "guidanceScale": 0.5}),
    ("gptimage2api", GPT | {"providerInput": {"resolution": "4K", "x": [None, {"y": float("nan")}]}}),
    ("gptimage2api", {"model": "nano-banana-2", "prompt": "a", "resolution": "1K", "inputImageUrls": [URL] * 14}),
    ("gptimage2api", PRO | {"aspectRatio": "anything", "inputImageUrls": [URL] * 8}),
    ("gptimage2api", PRO),
    ("gptimage2api", SORA),
    ("gptimage2api", SORA | {"duration": 5.0, "resolution": "1080p", "inputImageUrls": []}),
    ("gptimage2api", KLING | {"duration": 10, "inputImageUrls": ["http://x"]}),
    ("gptimage2api", VEO),
    ("gptimage2api", VEO | {"duration": 8, "inputMode": "image_to_video", "inputImageUrls": [URL] * 3}),
    ("gptimage2api", SORA | {"cameraMotion": "", "motionStrength": 0, "fps": 1}),
    ("aivideoapi", nested()),
    ("aivideoapi", {"model": "gpt-image-2", "input": {"image_urls": [URL] * 16}}),
    ("aivideoapi", {"model": "gpt-image-2", "input": {"prompt": "", "image_urls": ["https://\n"]}}),
    ("aivideoapi", nested(resolution="4k", aspect_ratio="9:21", nsfw_checker=False) | {"callback_url": "http://x"}),
    ("aivideoapi", nested(resolution="2k", aspect_ratio="auto")),
]
REEL = {"engine": "reel-1", "text": "a boat", "seconds": 4}
