"""The form view: labels for people, a schema for each model alone, and the layout of a form."""

from typing import Any

from attrs import evolve

from frontend.corpus import schema
from pricing_rules.catalog.labels import label_of
from pricing_rules.catalog.strict import Words
from pricing_rules.targets.forms import layout
from support.strategies import CATALOGS

GPT = CATALOGS["gptimage2api"]


def labels(view: dict[str, Any], key: str) -> dict[Any, str]:
    return {one["const"]: one["title"] for one in view["properties"][key]["oneOf"]}


def test_labels_are_titles_and_not_ids():
    video = schema("gptimage2api", "video", "form")
    assert labels(video, "model")["wan/2-6-image-to-video"] == "Wan 2.6 I2V"
    assert labels(video["$defs"]["Veo31Fast"], "inputMode") == {
        "text_to_video": "Text to video",
        "image_to_video": "Image to video",
    }
    assert labels(video["$defs"]["KlingV21Pro"], "duration") == {5: "5 s", 10: "10 s"}
    assert labels(video["$defs"]["Wan26I2V"], "resolution") == {"720p": "720p", "1080p": "1080p"}


def test_models_that_share_a_title_are_told_apart_by_their_ids():
    twin = evolve(GPT.models["veo3_lite"], title=GPT.models["veo3"].title)
    catalog = evolve(GPT, models={**GPT.models, "veo3_lite": twin})
    titles = [label_of(catalog, catalog.fields["model"], name) for name in ("veo3", "veo3_lite", "veo3_fast", "none")]
    assert titles == ["Veo 3.1 Quality (veo3)", "Veo 3.1 Quality (veo3_lite)", "Veo 3.1 Fast", "none"]


def test_a_choice_of_true_or_false_is_labelled_yes_or_no():
    field = CATALOGS["clipworks"].fields["audio"]
    assert [label_of(CATALOGS["clipworks"], field, value) for value in (True, False)] == ["Yes", "No"]


def test_a_form_asks_first_what_every_service_has_and_last_what_few_need():
    look = layout(GPT, GPT.endpoints["video"])
    assert look["ui:order"] == [
        "model", "inputMode", "prompt", "inputImageUrls", "duration", "resolution", "aspectRatio", "negativePrompt",
        "width", "height", "fps", "seed", "guidanceScale", "motionStrength", "cameraMotion", "providerInput",
    ]  # fmt: skip
    assert look["prompt"] == {"ui:widget": "textarea"}
    assert look["negativePrompt"] == {"ui:widget": "textarea", "ui:group": "advanced"}
    assert look["providerInput"] == {"ui:widget": "hidden", "ui:group": "advanced"}
    assert "duration" not in look


def test_an_object_in_a_form_is_laid_out_inside():
    look = layout(CATALOGS["clipworks"], CATALOGS["clipworks"].endpoints["clips"])
    assert look["ui:order"] == ["copies", "job", "notify", "extra"]
    assert look["job"]["ui:order"][:3] == ["engine", "from", "text"]
    assert look["job"]["options"] == {
        "ui:order": ["a/b~c", "frames"],
        "a/b~c": {"ui:group": "advanced"},
        "frames": {"ui:group": "advanced"},
    }


def test_a_short_text_is_one_line():
    title = evolve(GPT.fields["negative_prompt"], max_length=200, title=Words("Name"))
    catalog = evolve(GPT, fields={**GPT.fields, "negative_prompt": title})
    assert layout(catalog, catalog.endpoints["video"])["negativePrompt"] == {"ui:group": "advanced"}
