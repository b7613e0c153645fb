"""What is valid and what is not, judged by hand; messages."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import partial

import pytest

from pricing_rules import (
    Catalog,
    UnknownEndpoint,
    Violation,
    is_valid,
    load_catalog,
    options,
    price,
    quote,
    validate,
)
from pricing_rules.request.explanation import explain
from support.cases import GPT, INVALID, PRO, SORA, URL, VALID, nested


@pytest.mark.parametrize(("service", "endpoint", "request_", "expected"), INVALID)
def test_an_invalid_request_gets_every_violation_at_its_path(service, endpoint, request_, expected):
    found = validate(load_catalog(service), request_, endpoint=endpoint)
    assert [(violation.path, violation.rule, violation.basis) for violation in found] == expected


@pytest.mark.parametrize(("service", "request_"), VALID)
def test_a_valid_request_gets_none(service, request_):
    assert validate(load_catalog(service), request_) == ()


def only(catalog: Catalog, request: object, endpoint: str | None = None) -> Violation:
    (violation,) = validate(catalog, request, endpoint=endpoint)
    return violation


@pytest.mark.parametrize(
    ("request_", "message", "limit"),
    [
        (SORA | {"duration": 7}, "'duration' must be 5, 10 or 20; got 7.", (5, 10, 20)),
        (SORA | {"duration": None}, "'duration' must be a number; got null.", "number"),
        (SORA | {"duration": 10**400}, "'duration' must be 5, 10 or 20; got an integer of many digits.", (5, 10, 20)),
        (GPT | {"width": Decimal("4096.5")}, "'width' must be an integer; got 4096.5.", "integer"),
        (GPT | {"width": 5000}, "'width' must be at most 4,096; got 5000.", 4096),
        (GPT | {"prompt": "🎬" * 20_001}, "'prompt' must have at most 20,000 characters; got 20,001.", 20_000),
        (GPT | {"seed": {"a": 1}}, "'seed' must be text; got an object.", "string"),
        (GPT | {"seed": (1, 2)}, "'seed' must be text; got a tuple.", "string"),
        (GPT | {"seed": Decimal("1" * 70)}, "'seed' must be text; got a number of many digits.", "string"),
        (PRO | {"resolution": "4k"}, "'resolution' must be '2K' or '4K'; got '4k'. Did you mean '4K'?", ("2K", "4K")),
        (PRO | {"resolution": "\x1b[J\ud800"}, r"'resolution' must be '2K' or '4K'; got '\x1b[J\ud800'.", ("2K", "4K")),
        (
            PRO | {"resolution": "x" * 100_000},
            f"'resolution' must be '2K' or '4K'; got '{'x' * 58}…",
            ("2K", "4K"),
        ),
        (
            GPT | {"inputImageUrls": ["ftp://a"]},
            "'inputImageUrls[0]' must start with http:// or https:// and go on; got 'ftp://a'.",
            ("http://", "https://"),
        ),
        (SORA | {"inputImageUrls": [URL]}, "'inputImageUrls' must be empty for this model; got 1.", 0),
        (SORA | {"prompt": ""}, "'prompt' must have at least 1 character; got 0.", 1),
    ],
)  # fmt: skip
def test_a_message_says_what_is_allowed_what_came_and_the_nearest(gptimage2api, request_, message, limit):
    violation = only(gptimage2api, request_)
    assert violation.message.startswith(message)
    assert violation.limit == limit


def test_an_unknown_field_is_told_with_the_nearest_of_its_object(gptimage2api):
    violation = only(gptimage2api, GPT | {"aspect_ratio": "1:1"})
    assert violation.message == "there is no field 'aspect_ratio' here. Did you mean 'aspectRatio'?"


def test_a_field_of_another_object_is_told_by_its_pointer(aivideoapi):
    violation = only(aivideoapi, nested() | {"prompt": "a"})
    assert violation.message == "there is no field 'prompt' here. Did you mean '/input/prompt'?"


def test_a_field_without_a_near_name_is_told_with_those_that_are_known(aivideoapi):
    violation = only(aivideoapi, nested() | {"zzz": 1})
    assert violation.message == "there is no field 'zzz' here. Allowed: 'model', 'input' and 'callback_url'."


def test_a_rule_across_fields_says_when_it_holds(aivideoapi):
    violation = only(aivideoapi, nested(resolution="4k"))
    ratios = "'16:9', '9:16', '2:1', '1:2', '21:9' or '9:21'"
    when = "when 'input.resolution' is '4k'"
    assert violation.message == f"'input.aspect_ratio' must be given and be {ratios} {when}."
    assert violation.limit == ("16:9", "9:16", "2:1", "1:2", "21:9", "9:21")


def test_a_misspelt_model_is_told_with_the_nearest(gptimage2api):
    violation = only(gptimage2api, GPT | {"model": "nano-bananna-pro"})
    assert violation.message.endswith("got 'nano-bananna-pro'. Did you mean 'nano-banana-pro'?")


def test_a_model_at_another_endpoint_is_told_where_it_belongs(gptimage2api):
    violation = only(gptimage2api, SORA, "image")
    expected = "'model' 'sora-2-text-to-video' belongs to the endpoint 'video'; this is 'image'."
    assert (violation.message, violation.limit) == (
        expected,
        ("gpt-image-2", "google/nano-banana", "nano-banana-2", "nano-banana-pro"),
    )


def test_an_unknown_endpoint_is_an_error_of_the_caller(gptimage2api):
    with pytest.raises(UnknownEndpoint, match=r"There is no endpoint 'vidoe'. Did you mean 'video'\?"):
        validate(gptimage2api, SORA, endpoint="vidoe")


def test_subclasses_of_str_and_dict_are_text_and_objects(gptimage2api):
    class Model(StrEnum):
        GPT = "gpt-image-2"

    class Body(dict[str, object]):
        def get(self, *_: object) -> object:
            raise AssertionError

    assert validate(gptimage2api, Body(model=Model.GPT, prompt="a")) == ()
    assert only(gptimage2api, Body(model=Model.GPT)).rule == "prompt.required"


def test_a_refusal_names_the_document_and_a_reading_its_reason(gptimage2api):
    documented = only(gptimage2api, GPT | {"inputImageUrls": [URL] * 5})
    assert documented.source == "credits-and-models.txt: Image models; generate-image.txt: GPT Image 2 profile"
    inferred = only(gptimage2api, SORA | {"duration": 7})
    assert inferred.source.startswith("generate-video.txt: Field notes (Three prices without seconds")


def test_a_thousand_levels_of_provider_input_are_not_read(gptimage2api):
    deep: dict[str, object] = {}
    for _ in range(1_000):
        deep = {"a": deep, "b": [[deep]]}
    assert validate(gptimage2api, GPT | {"providerInput": deep}) == ()
    assert only(gptimage2api, GPT | {"seed": deep}).rule == "seed.type"


def test_an_object_that_holds_itself_is_judged(gptimage2api):
    body: dict[str, object] = dict(GPT)
    body["providerInput"] = body
    assert validate(gptimage2api, body) == ()


def test_at_most_a_thousand_faulty_items_are_listed(gptimage2api):
    found = validate(gptimage2api, GPT | {"inputImageUrls": [0] * 5_000})
    assert [found[0].rule, len(found), found[-1].path] == ["references.max_items", 1_001, "/inputImageUrls/999"]


def test_at_most_twenty_unknown_fields_are_matched(gptimage2api):
    found = validate(gptimage2api, GPT | {f"promp{n}": 0 for n in range(22)})
    assert ["Did you mean 'prompt'?" in violation.message for violation in found] == [True] * 20 + [False] * 2


class Own(str):
    """Text of a subclass."""

    __slots__ = ()


@pytest.mark.parametrize("item", [Own("http://b"), Own("ftp://b"), Own("")])
def test_items_of_a_subclass_of_text_keep_the_rules_across_fields(gptimage2api: Catalog, item: str):
    request = {"model": "veo3", "prompt": "a", "inputMode": "text_to_video", "inputImageUrls": [item], "width": 1}
    found = validate(gptimage2api, request)
    assert found == explain(gptimage2api, request)
    assert "width.minimum" in [one.rule for one in found]
    assert ("references.not_allowed" in [one.rule for one in found]) == (item == "http://b")


@pytest.mark.parametrize("wrong", ["gptimage2api", None, {}, 5])
def test_what_is_no_catalog_is_told_apart_from_a_request(wrong: object):
    calls = (validate, is_valid, quote)
    for call in (*(partial(one, wrong, GPT) for one in calls), partial(price, wrong, "veo3"), partial(options, wrong)):
        with pytest.raises(TypeError, match="the first argument is a Catalog, as load_catalog returns it, not "):
            call()


@pytest.mark.parametrize("call", [validate, is_valid, quote])
def test_an_instant_without_offset_is_refused(gptimage2api: Catalog, call):
    with pytest.raises(ValueError, match="at needs an offset"):
        call(gptimage2api, GPT, at=datetime(2026, 12, 1))  # noqa: DTZ001 -- that is the point
    with pytest.raises(TypeError, match="at is a datetime"):
        call(gptimage2api, GPT, at="2026-12-01")
