"""The models, typed by hand from credits-and-models.txt, generate-image.txt, generate-video.txt and
aivideoapi-gpt-image-2.txt. A cap that they leave open is DOMAIN.md's, with the reading that says so.

The tables of the documents print title, modes, references and prompt in one row; `place` is that table (and, for
gpt-image-2, the list of its ratios). The ids of endpoints are the catalogs' own.
"""

from typing import NamedTuple

from documents.places import AIV, GPT, IMAGE_MODELS, IMAGE_PROFILE, INPUT, MODEL, VIDEO_MODELS, at, ours

PRINTED = "documented"
ONE = ours("one_reference")  # "others typically 1"
NONE = ours("text_takes_no_reference")

IMAGES = ("text_to_image", "image_to_image")
CLIPS = ("text_to_video", "image_to_video")
TEXT = ("text_to_video",)
FRAME = ("image_to_video",)

# generate-image.txt, GPT Image 2 profile: "auto, 1:1, 16:9, 9:16, 4:3, 3:4, 3:2, 2:3, 4:5, 5:4, and 21:9"
RATIOS = ("auto", "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "4:5", "5:4", "21:9")
# aivideoapi-gpt-image-2.txt, Input Parameters: "auto, 1:1, 5:4, 4:3, 3:2, 16:9, 21:9, 9:16, 4:5, 3:4, 2:3, 2:1, 1:2,
# 9:21"; with 4k "limited to 16:9, 9:16, 2:1, 1:2, 21:9, 9:21"
OTHER_RATIOS = ("auto", "1:1", "5:4", "4:3", "3:2", "16:9", "21:9", "9:16", "4:5", "3:4", "2:3", "2:1", "1:2", "9:21")
OTHER_RATIOS_AT_4K = ("16:9", "9:16", "2:1", "1:2", "21:9", "9:21")


class Model(NamedTuple):
    title: str
    endpoint: str
    modes: tuple[str, ...]
    references: int
    references_basis: str
    prompt: int
    ratios: tuple[str, ...] | None
    place: str


# In the order of pricing.txt. Video prompts: generate-video.txt, Request Body, "1 <= length <= 4000", for all of them.
MODELS = {
    (GPT, "gpt-image-2"): Model(
        "GPT Image 2", "image", IMAGES, 4, PRINTED, 20_000, RATIOS, at(IMAGE_MODELS, IMAGE_PROFILE)
    ),
    (GPT, "google/nano-banana"): Model("Nano Banana", "image", IMAGES, 10, PRINTED, 5_000, None, IMAGE_MODELS),
    (GPT, "nano-banana-2"): Model("Nano Banana 2", "image", IMAGES, 14, PRINTED, 20_000, None, IMAGE_MODELS),
    (GPT, "nano-banana-pro"): Model(
        "Nano Banana Pro (Gemini 3)", "image", IMAGES, 8, PRINTED, 10_000, None, IMAGE_MODELS
    ),
    (GPT, "kling/v2-1-standard"): Model("Kling V2.1 Standard", "video", FRAME, 1, ONE, 4_000, None, VIDEO_MODELS),
    (GPT, "kling/v2-1-pro"): Model("Kling V2.1 Pro", "video", FRAME, 1, ONE, 4_000, None, VIDEO_MODELS),
    (GPT, "kling/v2-1-master-text-to-video"): Model(
        "Kling V2.1 Master", "video", TEXT, 0, NONE, 4_000, None, VIDEO_MODELS
    ),
    (GPT, "sora-2-text-to-video"): Model("Sora 2", "video", TEXT, 0, NONE, 4_000, None, VIDEO_MODELS),
    (GPT, "sora-2-pro-text-to-video"): Model("Sora 2 Pro", "video", TEXT, 0, NONE, 4_000, None, VIDEO_MODELS),
    (GPT, "sora-2-image-to-video"): Model("Sora 2 Image-to-Video", "video", FRAME, 1, ONE, 4_000, None, VIDEO_MODELS),
    (GPT, "hailuo/02-text-to-video-standard"): Model(
        "Hailuo Standard", "video", TEXT, 0, NONE, 4_000, None, VIDEO_MODELS
    ),
    (GPT, "hailuo/02-text-to-video-pro"): Model("Hailuo Pro", "video", TEXT, 0, NONE, 4_000, None, VIDEO_MODELS),
    (GPT, "hailuo/02-image-to-video-standard"): Model(
        "Hailuo I2V Standard", "video", FRAME, 1, ONE, 4_000, None, VIDEO_MODELS
    ),
    (GPT, "hailuo/02-image-to-video-pro"): Model("Hailuo I2V Pro", "video", FRAME, 1, ONE, 4_000, None, VIDEO_MODELS),
    (GPT, "veo3_fast"): Model("Veo 3.1 Fast", "video", CLIPS, 3, PRINTED, 4_000, None, VIDEO_MODELS),
    (GPT, "veo3"): Model("Veo 3.1 Quality", "video", CLIPS, 2, PRINTED, 4_000, None, VIDEO_MODELS),
    (GPT, "veo3_lite"): Model("Veo 3.1 Lite", "video", CLIPS, 2, PRINTED, 4_000, None, VIDEO_MODELS),
    (GPT, "wan/2-6-text-to-video"): Model("Wan 2.6", "video", TEXT, 0, NONE, 4_000, None, VIDEO_MODELS),
    (GPT, "wan/2-6-image-to-video"): Model("Wan 2.6 I2V", "video", FRAME, 1, ONE, 4_000, None, VIDEO_MODELS),
    (GPT, "bytedance/seedance-1.5-pro"): Model("Seedance 1.5 Pro", "video", CLIPS, 1, ONE, 4_000, None, VIDEO_MODELS),
    (AIV, "gpt-image-2"): Model("GPT Image 2", "image", IMAGES, 16, PRINTED, 20_000, OTHER_RATIOS, at(MODEL, INPUT)),
}
