"""The samples of the bundled catalogs are those that the documents print, but for their prompts and addresses."""

from typing import Any

import pytest

from pricing_rules import load_catalog, validate
from pricing_rules.targets.samples import plain

GPT, AIV = load_catalog("gptimage2api"), load_catalog("aivideoapi")
TASK = "397ce9f2-c04e-4244-ac33-3af19a7cc297"
# typed from the pages Generate image, Generate video and GPT Image 2; prompts and addresses are ours
REQUESTS = {
    (GPT, "image"): [{"model": "gpt-image-2", "aspectRatio": "4:5"}],
    (GPT, "video"): [
        {"model": "sora-2-text-to-video", "inputMode": "text_to_video", "aspectRatio": "16:9", "duration": 5}
    ],
    (AIV, "image"): [
        {"model": "gpt-image-2", "input": {"aspect_ratio": "16:9", "nsfw_checker": True}},
        {"model": "gpt-image-2", "input": {"aspect_ratio": "3:2"}},
        {"model": "gpt-image-2", "input": {"aspect_ratio": "1:1", "nsfw_checker": True}},
        {"model": "gpt-image-2", "input": {"aspect_ratio": "16:9", "resolution": "4k"}},
    ],
}
OURS = ("prompt", "image_urls")


def stripped(body: Any) -> Any:
    """Return a body without what is ours in it."""
    return {key: stripped(value) for key, value in body.items() if key not in OURS} if isinstance(body, dict) else body


@pytest.mark.parametrize(("catalog", "endpoint"), REQUESTS)
def test_the_sampled_requests_have_the_printed_values_and_are_taken(catalog, endpoint: str):
    bodies = [plain(sample.body) for sample in catalog.endpoints[endpoint].samples]
    assert [stripped(body) for body in bodies] == REQUESTS[catalog, endpoint]
    assert [validate(catalog, body, endpoint=endpoint) for body in bodies] == [()] * len(bodies)


def test_the_sampled_answers_are_the_printed_ones():
    [accepted] = GPT.responses["accepted"].samples
    assert plain(accepted.body) == {"taskId": "tsk_01J9XA5M2R9W4QZC4PYJF3N7ND", "status": 0, "creditsUsed": 12}
    assert accepted.provenance.origin.basis == "inferred"
    [poor] = GPT.responses["insufficient_credits"].samples
    assert plain(poor.body) == {"error": "Insufficient credits", "required": 12}
    [created] = AIV.responses["accepted"].samples
    assert plain(created.body) == {"code": 200, "msg": "success", "data": {"taskId": TASK}}
    [invalid] = AIV.responses["invalid_request"].samples
    assert plain(invalid.body)["error"] == {
        "code": "invalid_request",
        "message": "'model' is required.",
        "type": "invalid_request_error",
    }


def test_the_sampled_tasks_are_the_printed_ones():
    completed, failed = (plain(sample.body) for sample in AIV.queries["task"].samples)
    assert (completed["id"], completed["created_at"], completed["completed_at"]) == (TASK, 1775383908, 1775383910)
    assert completed["output"]["metadata"] == {"model": "gpt-image-2-image-to-image", "costTime": 70}
    assert failed == {
        "id": "57c8772c-f834-46f3-9b7d-81f92e104050",
        "status": "failed",
        "model": "gpt-image-2",
        "created_at": 1775383908,
        "error": {"code": "upstream_error", "message": "Generation failed"},
    }
