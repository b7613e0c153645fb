"""OpenAPI 3.1: every body that a service sends or takes is what it says."""

from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from pricing_rules import Catalog, InvalidRequest, Unpriced, load_catalog, quote
from pricing_rules.errors import Inexpressible, InsufficientCredits, PricingRulesError
from pricing_rules.responses import accepted, refusal
from pricing_rules.targets.examples import examples
from pricing_rules.targets.openapi import openapi
from support.command import CLIPWORKS

GPTIMAGE2API, AIVIDEOAPI = load_catalog("gptimage2api"), load_catalog("aivideoapi")
CATALOGS = (GPTIMAGE2API, AIVIDEOAPI, load_catalog(Path(CLIPWORKS)))
SERVICES = pytest.mark.parametrize("catalog", CATALOGS, ids=lambda catalog: catalog.id)
ENDPOINTS = pytest.mark.parametrize(
    ("catalog", "name"), [(catalog, name) for catalog in CATALOGS for name in catalog.endpoints]
)


@cache
def document_of(catalog: Catalog) -> dict[str, Any]:
    return openapi(catalog)


@cache
def judge(catalog: Catalog, pointer: str) -> Draft202012Validator:
    """Return a validator of the schema at a place in a document, which may refer to its components."""
    resource = DRAFT202012.create_resource(document_of(catalog))
    registry = Registry().with_resource("urn:document", resource)
    return Draft202012Validator({"$ref": f"urn:document#{pointer}"}, registry=registry)


def place_of(catalog: Catalog, name: str) -> str:
    place = catalog.endpoints.get(name) or catalog.queries[name]
    return f"/paths/{place.path.replace('/', '~1').replace('{', '%7B').replace('}', '%7D')}/{place.method.lower()}"


def operation(catalog: Catalog, name: str) -> dict[str, Any]:
    place = catalog.endpoints.get(name) or catalog.queries[name]
    return document_of(catalog)["paths"][place.path][place.method.lower()]


def answers(catalog: Catalog, name: str, status: int, body: object) -> bool:
    """Tell whether an operation says that it answers a body with a status."""
    pointer = f"{place_of(catalog, name)}/responses/{status}/content/application~1json/schema"
    return judge(catalog, pointer).is_valid(body)


def takes(catalog: Catalog, name: str, body: object) -> bool:
    return judge(catalog, f"{place_of(catalog, name)}/requestBody/content/application~1json/schema").is_valid(body)


def errors_of(catalog: Catalog) -> list[PricingRulesError | str]:
    """Return one of each error that a server meets, and every documented one by its id."""
    raised: list[PricingRulesError | str] = [
        InsufficientCredits(Decimal("2.4"), Decimal(1)),
        PricingRulesError("broken"),
    ]
    bodies: list[object] = [{}, [], {"model": "none", "x": 1, "prompt": 5, "job": {"engine": "x"}, "input": {}}]
    for endpoint in catalog.endpoints.values():
        for body in bodies:
            try:
                quote(catalog, body, endpoint=endpoint.id)
            except (InvalidRequest, Unpriced) as error:
                raised.append(error)
    named = [name for name, response in catalog.responses.items() if "accepted" not in response.outcomes]
    return [*raised, *(name for name in named if "insufficient_credits" not in catalog.responses[name].outcomes)]


@ENDPOINTS
def test_every_refusal_is_documented(catalog: Catalog, name: str):
    for error in errors_of(catalog):
        status, body = refusal(catalog, error)
        assert answers(catalog, name, status, body), (error, body)


@ENDPOINTS
def test_the_answer_to_an_accepted_request_is_documented(catalog: Catalog, name: str):
    for request in examples(catalog, catalog.endpoints[name]):
        status, body = accepted(catalog, quote(catalog, request, endpoint=name), "tsk_1")
        assert answers(catalog, name, status, body)


@ENDPOINTS
def test_a_request_is_taken_as_the_request_view_takes_it(catalog: Catalog, name: str):
    found = examples(catalog, catalog.endpoints[name])
    assert all(takes(catalog, name, request) for request in found)
    assert not any(takes(catalog, name, {**request, "unknown": 1}) for request in found)


def test_statuses_are_the_documented_ones():
    assert list(operation(GPTIMAGE2API, "video")["responses"]) == ["200", "400", "401", "402", "404", "500"]
    assert list(operation(GPTIMAGE2API, "task")["responses"]) == ["200", "401", "404", "500"]
    errors = ["200", "400", "401", "402", "403", "404", "429", "500", "503"]
    assert list(operation(AIVIDEOAPI, "image")["responses"]) == errors


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, {"taskId": "tsk_01J9XA5M2R9W4QZC4PYJF3N7ND", "status": 0, "creditsUsed": 12}),
        (400, {"error": "Invalid request", "details": {"formErrors": [], "fieldErrors": {"prompt": ["Required"]}}}),
        (401, {"error": "Unauthorized"}),
        (402, {"error": "Insufficient credits", "required": 12}),
        (500, {"error": "string"}),
    ],
)
def test_the_printed_bodies_of_gptimage2api_are_documented(status: int, body: dict[str, Any]):
    assert answers(GPTIMAGE2API, "image", status, body)


def test_two_errors_of_one_status_keep_their_own_code_and_type():
    limits = {"rate_limit_exceeded": "rate_limit_error", "spend_limit_exceeded": "billing_error"}
    for code, kind in limits.items():
        assert answers(AIVIDEOAPI, "image", 429, {"error": {"code": code, "message": "Slow down.", "type": kind}})
        assert not answers(AIVIDEOAPI, "image", 429, {"error": {"code": code, "message": "Slow down.", "type": "x"}})
    assert not answers(
        AIVIDEOAPI, "image", 429, {"error": {"code": "rate_limit_exceeded", "message": "", "type": "billing_error"}}
    )
    said = operation(AIVIDEOAPI, "image")["responses"]["429"]["description"]
    assert said.startswith("`rate_limit_exceeded`: Too many requests.\n\nInferred message: ")
    assert "\n\n`spend_limit_exceeded`: The key has reached its spend limit.\n\nInferred message: " in said


def test_a_task_is_told_with_the_states_of_its_service():
    assert answers(GPTIMAGE2API, "task", 200, {"taskId": "t", "status": 2, "creditsRefunded": True})
    assert not answers(GPTIMAGE2API, "task", 200, {"taskId": "t", "status": 3})
    assert not answers(GPTIMAGE2API, "task", 200, {"taskId": "t", "status": "2"})
    done = {"urls": ["https://x"], "metadata": {"model": "m", "costTime": 9.5}}
    assert answers(AIVIDEOAPI, "task", 200, {"id": "t", "status": "completed", "created_at": 1, "output": done})
    assert not answers(AIVIDEOAPI, "task", 200, {"id": "t", "status": "done"})


def test_the_id_of_a_task_is_a_parameter_of_its_path():
    wanted = {"name": "taskId", "in": "path", "required": True, "schema": {"type": "string"}}
    assert operation(AIVIDEOAPI, "task")["parameters"] == [wanted]


def test_a_callback_carries_what_a_query_answers():
    told = operation(AIVIDEOAPI, "image")["callbacks"]["taskEnded"]["{$request.body#/callback_url}"]["post"]
    queried = operation(AIVIDEOAPI, "task")["responses"]["200"]
    assert told["requestBody"]["content"] == queried["content"]
    assert "callbacks" not in operation(GPTIMAGE2API, "image")
    assert "callbacks" not in operation(CATALOGS[2], "pictures")


def test_a_key_is_a_bearer_token():
    document = openapi(AIVIDEOAPI)
    scheme = {"type": "http", "scheme": "bearer", "description": "A key that starts with sk-"}
    assert document["components"]["securitySchemes"] == {"key": scheme}
    assert document["security"] == [{"key": []}]
    assert openapi(GPTIMAGE2API)["components"]["securitySchemes"]["key"] == {"type": "http", "scheme": "bearer"}


@SERVICES
def test_nothing_has_a_default_which_generators_take_as_required(catalog: Catalog):
    def keys(part: Any) -> set[str]:
        inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
        return {key for value in inner for key in keys(value)} | (set(part) if isinstance(part, dict) else set())

    assert "default" not in keys(openapi(catalog))


def test_an_object_of_unnamed_keys_is_open():
    shape = openapi(GPTIMAGE2API)["components"]["schemas"]["GPTImage2TextToImage"]
    assert shape["properties"]["providerInput"]["additionalProperties"] is True


def changed(catalog: Catalog, **parts: Any) -> Catalog:
    return evolve(catalog, **parts)


def test_an_unknown_kind_of_value_is_inexpressible():
    query = evolve(AIVIDEOAPI.queries["credits"], answer={"code": "nunber"})
    with pytest.raises(Inexpressible, match=r"aivideoapi: queries.credits.answer.code: .* Did you mean 'number'\?"):
        openapi(changed(AIVIDEOAPI, queries={**AIVIDEOAPI.queries, "credits": query}))


@pytest.mark.parametrize(
    "change", [{"method": "SEND"}, {"path": "v1"}, {"path": "/v1/images/generations", "method": "POST"}]
)
def test_a_place_that_openapi_does_not_have_is_inexpressible(change: dict[str, str]):
    query = evolve(AIVIDEOAPI.queries["credits"], **change)
    with pytest.raises(Inexpressible, match="aivideoapi: credits: OpenAPI has no place for"):
        openapi(changed(AIVIDEOAPI, queries={**AIVIDEOAPI.queries, "credits": query}))


def test_operations_and_components_have_the_names_that_a_person_would_choose():
    document = document_of(GPTIMAGE2API)
    operations = [(one["operationId"], one["tags"]) for path in document["paths"].values() for one in path.values()]
    assert operations == [("generateImage", ["Image"]), ("generateVideo", ["Video"]), ("getTaskStatus", ["Task"])]
    assert {"KlingV21ProImageToVideo", "VideoRequest", "AcceptedResponse", "TaskAnswer"} <= {
        *document["components"]["schemas"]
    }
    assert document["servers"] == [{"url": "https://gptimage2api.org"}]


def test_the_printed_requests_stand_first_and_say_what_they_cost():
    content = operation(GPTIMAGE2API, "image")["requestBody"]["content"]["application/json"]
    first = next(iter(content["examples"].values()))
    assert first["description"] == "It costs 3 credits."
    assert (first["value"]["model"], first["value"]["aspectRatio"]) == ("gpt-image-2", "4:5")
    content = operation(GPTIMAGE2API, "video")["requestBody"]["content"]["application/json"]
    first = next(iter(content["examples"].values()))
    assert first["description"] == "Its price is open: it depends on 'resolution', which the request leaves out."


def test_the_printed_charge_is_called_the_placeholder_that_it_is():
    [example] = operation(GPTIMAGE2API, "image")["responses"]["200"]["content"]["application/json"]["examples"].values()
    assert example["value"]["creditsUsed"] == 12
    assert "placeholder" in example["summary"]
    assert example["description"].startswith("Inferred: ")


def test_what_no_document_prints_says_so_and_why():
    found = operation(GPTIMAGE2API, "task")["responses"]["200"]["description"]
    assert found.startswith("Get task status.\n\nInferred answer: Get task status (The snapshot stands on a page")
    assert "Inferred" not in operation(AIVIDEOAPI, "task")["responses"]["200"]["description"]
    assert "\n\nInferred status: " in operation(GPTIMAGE2API, "image")["responses"]["401"]["description"]


@ENDPOINTS
def test_every_example_is_what_its_place_says(catalog: Catalog, name: str):
    for place in (name, catalog.tasks.query):
        for status, response in operation(catalog, place)["responses"].items():
            for example in response["content"]["application/json"].get("examples", {}).values():
                assert answers(catalog, place, int(status), example["value"])
    for example in operation(catalog, name)["requestBody"]["content"]["application/json"]["examples"].values():
        assert takes(catalog, name, example["value"])


def test_a_service_of_which_nothing_can_be_priced_has_no_example_of_a_charge():
    later = tuple(evolve(price, since=datetime(2030, 1, 1, tzinfo=UTC)) for price in AIVIDEOAPI.prices)
    accepted = evolve(AIVIDEOAPI.responses["accepted"], samples=())
    catalog = changed(AIVIDEOAPI, prices=later, responses={**AIVIDEOAPI.responses, "accepted": accepted})
    answers = openapi(catalog)["paths"]["/v1/images/generations"]["post"]["responses"]
    assert "examples" not in answers["200"]["content"]["application/json"]
    assert "examples" in answers["402"]["content"]["application/json"]


def test_a_sample_that_the_rules_refuse_is_inexpressible():
    image = AIVIDEOAPI.endpoints["image"]
    wrong = evolve(image.samples[0], body={"model": "gpt-image-2", "input": {"prompt": "a", "resolution": "8k"}})
    endpoints = {"image": evolve(image, samples=(wrong,))}
    with pytest.raises(Inexpressible, match=r"aivideoapi: endpoints.image.samples: 'input.resolution' must be"):
        openapi(changed(AIVIDEOAPI, endpoints=endpoints))


def test_a_query_named_like_an_endpoint_shares_its_tag():
    query = evolve(AIVIDEOAPI.queries["credits"], id="image")
    tasks = AIVIDEOAPI.queries["task"]
    document = openapi(changed(AIVIDEOAPI, queries={"task": tasks, "image": query}))
    assert [tag["name"] for tag in document["tags"]] == ["Image", "Task"]
    assert document["paths"]["/v1/credits"]["get"]["tags"] == ["Image"]


def test_a_list_in_a_body_and_in_a_sample_stays_a_list():
    accepted = AIVIDEOAPI.responses["accepted"]
    sample = evolve(accepted.samples[0], body={"items": ("a", 1), "done": True})
    responses = {**AIVIDEOAPI.responses, "accepted": evolve(accepted, samples=(sample,))}
    catalog = changed(AIVIDEOAPI, responses=responses, bodies={**AIVIDEOAPI.bodies, "accepted": sample.body})
    told = openapi(catalog)["paths"]["/v1/images/generations"]["post"]["responses"]["200"]["content"][
        "application/json"
    ]
    [example] = told["examples"].values()
    assert example["value"] == {"items": ["a", 1], "done": True}
    schema = openapi(catalog)["components"]["schemas"]["AcceptedResponse"]["properties"]["items"]
    assert (schema["prefixItems"], schema["minItems"]) == (
        [{"type": "string", "const": "a"}, {"type": "integer", "const": 1}],
        2,
    )
