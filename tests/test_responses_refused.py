"""Refusals of a request: which status, and where each message stands in the body of the service."""

import pytest

from pricing_rules import InvalidRequest, UnknownModel, Unpriced, Violation, price, quote
from pricing_rules.responses import refusal
from support.cases import GPT, SORA, nested
from support.shapes import coded, invalid, refused

CLIP = {"engine": "reel-1", "text": "aa", "seconds": 4}


def raised(call, *arguments, **named):
    with pytest.raises((InvalidRequest, Unpriced, UnknownModel)) as caught:
        call(*arguments, **named)
    return caught.value


# Requests that break rules


def test_messages_are_sorted_by_field(gptimage2api):
    error = raised(quote, gptimage2api, SORA | {"prompt": "", "inputImageUrls": ["x", 5]})
    assert refusal(gptimage2api, error) == invalid(
        [],
        {
            "prompt": ["'prompt' must have at least 1 character; got 0."],
            "inputImageUrls": [
                "'inputImageUrls' must be empty for this model; got 2.",
                "'inputImageUrls[0]' must start with http:// or https:// and go on; got 'x'.",
                "'inputImageUrls[1]' must be text; got 5.",
            ],
        },
    )


def test_unknown_fields_belong_to_the_form(gptimage2api):
    error = raised(quote, gptimage2api, GPT | {"Prompt": "a"})
    message = "/Prompt: there is no field 'Prompt' here. Did you mean 'prompt'?"
    assert refusal(gptimage2api, error) == invalid([message], {})


def test_a_fault_of_the_whole_body_belongs_to_the_form(gptimage2api):
    error = raised(quote, gptimage2api, None)
    assert refusal(gptimage2api, error) == invalid(["the body must be an object; got null."], {})


def test_keys_that_are_not_text_belong_to_the_form(gptimage2api):
    error = raised(quote, gptimage2api, GPT | {5: 1})
    assert refusal(gptimage2api, error) == invalid(["the keys of an object are text; got 5."], {})


def test_a_nested_fault_stands_under_its_first_key(clipworks):
    error = raised(quote, clipworks, {"job": CLIP | {"text": "a", "options": {"frames": 25}}, "copies": 5})
    fields = {
        "job": [
            "'job.text' must have at least 2 characters; got 1.",
            "'job.options.frames' must be 24 or 30; got 25.",
        ],
        "copies": ["'copies' must be at most 4; got 5."],
    }
    assert refusal(clipworks, error) == refused(fields["job"][0], fields, [])


def test_the_first_key_of_a_path_is_unescaped(gptimage2api):
    error = InvalidRequest((Violation("/a~1b~01/c", "x.type", "odd.", None, "inferred", "guide"),))
    assert refusal(gptimage2api, error) == invalid([], {"a/b~1": ["odd."]})


def test_the_message_of_aivideoapi_is_that_of_the_first_violation(aivideoapi):
    error = raised(quote, aivideoapi, nested(prompt=5, resolution="8k", x=1))
    expected = coded(400, "invalid_request", "invalid_request_error", "'input.prompt' must be text; got 5.")
    assert refusal(aivideoapi, error) == expected


@pytest.mark.parametrize("request_", [{}, {"input": {"prompt": "a"}}, {"input": 5, "x": 1}])
def test_a_missing_model_is_invalid_at_aivideoapi(aivideoapi, request_):
    expected = coded(400, "invalid_request", "invalid_request_error", "'model' is required.")
    assert refusal(aivideoapi, raised(quote, aivideoapi, request_)) == expected


# Unknown models


def test_an_unknown_model_in_a_request_is_not_found_at_aivideoapi(aivideoapi):
    error = raised(quote, aivideoapi, {"model": "gpt-image-1", "input": {}})
    message = "'model' must be 'gpt-image-2'; got 'gpt-image-1'. Did you mean 'gpt-image-2'?"
    assert refusal(aivideoapi, error) == coded(404, "model_not_found", "invalid_request_error", message)


def test_an_unknown_model_as_an_argument_is_not_found_at_aivideoapi(aivideoapi):
    message = "There is no model 'gpt-image-1'. Did you mean 'gpt-image-2'?"
    expected = coded(404, "model_not_found", "invalid_request_error", message)
    assert refusal(aivideoapi, raised(price, aivideoapi, "gpt-image-1")) == expected


def test_an_unknown_model_is_invalid_at_gptimage2api(gptimage2api):
    status, body = refusal(gptimage2api, raised(quote, gptimage2api, GPT | {"model": "veo4"}))
    assert (status, list(body["details"]["fieldErrors"])) == (400, ["model"])


def test_an_unknown_model_as_an_argument_is_a_fault_of_the_field_model(gptimage2api):
    message = "There is no model 'veo4'. Did you mean 'veo3'?"
    assert refusal(gptimage2api, UnknownModel("veo4", ["veo3", "gpt-image-2"])) == invalid([], {"model": [message]})


def test_an_unknown_model_stands_under_the_first_key_of_its_path(clipworks):
    message = "There is no model 'real-1'. Did you mean 'reel-1'?"
    assert refusal(clipworks, UnknownModel("real-1", ["reel-1"])) == refused(message, {"job": [message]}, [])


# Prices that cannot be told


def test_what_a_price_needs_is_said_at_its_field(gptimage2api):
    fields = {
        "duration": ["'duration' is needed to tell the price: 5, 10 or 20."],
        "resolution": ["'resolution' is needed to tell the price: '720p' or '1080p'."],
    }
    assert refusal(gptimage2api, raised(quote, gptimage2api, SORA)) == invalid([], fields)


def test_what_a_price_needs_is_said_in_one_sentence_at_aivideoapi(aivideoapi):
    message = "'gpt-image-2' takes a resolution of '1k', '2k' or '4k'; got '8k'. It could cost 2.4, 4.8 or 7.2 credits."
    expected = coded(400, "invalid_request", "invalid_request_error", message)
    assert refusal(aivideoapi, raised(price, aivideoapi, "gpt-image-2", resolution="8k")) == expected


def test_what_a_nested_price_needs_stands_under_its_first_key(clipworks):
    said = [
        "'job.seconds' is needed to tell the price: 4, 8 or 12.",
        "'job.lines' is needed to tell the price: 480 or 1080.",
    ]
    error = raised(price, clipworks, "reel-1", resolution=720)
    assert refusal(clipworks, error) == refused(str(error), {"job": said}, [])


def test_what_the_endpoint_does_not_take_belongs_to_the_form(gptimage2api):
    error = raised(price, gptimage2api, "kling/v2-1-standard", duration=5, outputs=2)
    message = "'kling/v2-1-standard' is not priced by outputs; got 2. It could cost 11 credits."
    assert refusal(gptimage2api, error) == invalid([message], {})


def test_that_there_is_no_price_yet_belongs_to_the_form(gptimage2api):
    message = "'veo3' has no price at that instant."
    assert refusal(gptimage2api, Unpriced("veo3", (), ())) == invalid([message], {})
