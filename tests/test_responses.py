"""Answers in the shape of the service: status and body, from generate-image.txt and aivideoapi-gpt-image-2.txt.

What stands on pages that are not among the documents is typed from DOMAIN.md section 4.
"""

from decimal import Decimal

import pytest

from pricing_rules import (
    CatalogError,
    CatalogFault,
    InsufficientCredits,
    UnknownEndpoint,
    UnknownResponse,
    UnknownService,
    price,
    quote,
)
from pricing_rules.responses import accepted, refusal
from support.cases import KLING, nested
from support.shapes import coded, refused

TASK = "tsk_01J9XA5M2R9W4QZC4PYJF3N7ND"
POOR = InsufficientCredits(Decimal(133), Decimal(100))

# The ten errors of the Error Reference: HTTP status, code, type.
CODED = [
    (400, "invalid_request", "invalid_request_error"),
    (401, "invalid_api_key", "authentication_error"),
    (402, "insufficient_credits", "billing_error"),
    (403, "ip_not_allowed", "permission_error"),
    (404, "model_not_found", "invalid_request_error"),
    (404, "task_not_found", "invalid_request_error"),
    (429, "rate_limit_exceeded", "rate_limit_error"),
    (429, "spend_limit_exceeded", "billing_error"),
    (500, "internal_error", "api_error"),
    (503, "upstream_error", "upstream_error"),
]
PLAIN = [
    (400, "invalid_request", {"error": "Invalid request", "details": {"formErrors": [], "fieldErrors": {}}}),
    (401, "unauthorized", {"error": "Unauthorized"}),
    (402, "insufficient_credits", {"error": "Insufficient credits", "required": None}),
    (404, "not_found", {"error": "Not found"}),
    (500, "server_error", {"error": "Internal server error"}),
]


# Taken and debited


def test_gptimage2api_answers_with_the_task_and_the_credits(gptimage2api):
    found = accepted(gptimage2api, quote(gptimage2api, KLING | {"duration": 5}), TASK)
    assert found == (200, {"taskId": TASK, "status": 0, "creditsUsed": 11})
    assert type(found[1]["creditsUsed"]) is int


def test_aivideoapi_answers_with_the_task(aivideoapi):
    found = accepted(aivideoapi, quote(aivideoapi, nested()), "397ce9f2-c04e-4244-ac33-3af19a7cc297")
    data = {"taskId": "397ce9f2-c04e-4244-ac33-3af19a7cc297"}
    assert found == (200, {"code": 200, "msg": "success", "data": data})


def test_an_invented_service_answers_in_its_own_shape(clipworks):
    found = accepted(clipworks, price(clipworks, "still/1"), "$credits")  # an id that looks like a placeholder
    assert found == (202, {"ok": True, "job": {"id": "$credits", "price": 0.5}})


# Too few credits


def test_gptimage2api_names_the_full_price_that_is_required(gptimage2api):
    assert refusal(gptimage2api, POOR) == (402, {"error": "Insufficient credits", "required": 133})


def test_aivideoapi_says_to_top_up(aivideoapi):
    expected = coded(402, "insufficient_credits", "billing_error", "Your credit balance is too low. Please top up.")
    assert refusal(aivideoapi, POOR) == expected


def test_a_fraction_of_a_credit_is_required_as_the_number_it_is(clipworks):
    found = refusal(clipworks, InsufficientCredits(Decimal("0.75"), Decimal(0)))
    reasons = ["Not enough credits.", {"fields": {}, "body": []}]
    assert found == (402, {"ok": False, "reasons": reasons, "need": 0.75})


# Documented errors by their id


@pytest.mark.parametrize(("status", "code", "kind"), CODED)
def test_a_documented_error_of_aivideoapi_has_its_status_code_and_type(aivideoapi, status, code, kind):
    found_status, body = refusal(aivideoapi, code)
    message = body["error"].pop("message")
    assert (found_status, body, message.endswith(".")) == (status, {"error": {"code": code, "type": kind}}, True)


@pytest.mark.parametrize(("status", "name", "body"), PLAIN)
def test_a_documented_error_of_gptimage2api_has_its_status_and_body(gptimage2api, status, name, body):
    assert refusal(gptimage2api, name) == (status, body)


@pytest.mark.parametrize("name", ["insufficient_credit", "Insufficient_Credits"])
def test_an_error_that_is_not_documented_is_told_with_the_nearest(aivideoapi, name):
    with pytest.raises(UnknownResponse) as caught:
        refusal(aivideoapi, name)
    assert caught.value.nearest[0] == "insufficient_credits"
    assert caught.value.known == tuple(code for _, code, _ in CODED)


def test_being_accepted_is_no_error(gptimage2api):
    with pytest.raises(UnknownResponse, match="There is no documented response 'accepted'"):
        refusal(gptimage2api, "accepted")


# Faults that are not the caller's


SECRET = CatalogError("/srv/secret.toml", (CatalogFault("prices[0].base", "got 'xyzzy'"),))


@pytest.mark.parametrize("error", [SECRET, UnknownEndpoint("xyzzy", ["image"]), UnknownService("xyzzy", ["secret"])])
def test_gptimage2api_tells_no_more_than_an_internal_error(gptimage2api, error):
    assert refusal(gptimage2api, error) == (500, {"error": "Internal server error"})


def test_aivideoapi_tells_no_more_than_an_internal_error(aivideoapi):
    expected = coded(500, "internal_error", "api_error", "An unexpected error occurred.")
    assert refusal(aivideoapi, SECRET) == expected


def test_an_invented_service_tells_no_more_than_its_own_sentence(clipworks):
    reasons = ["Something broke.", {"fields": {}, "body": []}]
    assert refusal(clipworks, SECRET) == (500, {"ok": False, "reasons": reasons, "need": None})


def test_every_answer_is_the_callers_own(clipworks):
    _, body = refusal(clipworks, "refused")
    body["reasons"].append("mine")
    body["reasons"][1]["body"].append("mine")
    assert refusal(clipworks, "refused") == refused("", {}, [])


def test_credits_that_are_required_may_be_a_plain_integer(gptimage2api):
    assert refusal(gptimage2api, InsufficientCredits(5, 1)) == (402, {"error": "Insufficient credits", "required": 5})
