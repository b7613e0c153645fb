"""The exceptions: what they say, the built-in bases that callers already catch, pickling."""

import pickle
from copy import deepcopy
from decimal import Decimal

import pytest

from pricing_rules import (
    CatalogError,
    CatalogFault,
    InsufficientCredits,
    InvalidRequest,
    PricingRulesError,
    UnknownEndpoint,
    UnknownModel,
    UnknownResponse,
    UnknownService,
    Unpriced,
    Violation,
    price,
    quote,
)
from support.cases import GPT

VIOLATION = Violation("/prompt", "prompt.required", "'prompt' is required.", None, "documented", "guide")
BODY = Violation("", "body.type", "the body must be an object; got null.", "object", "documented", "guide")
EVERY = [
    PricingRulesError("x"),
    InvalidRequest((VIOLATION, BODY)),
    Unpriced("veo3", ("resolution",), ()),
    UnknownModel("veo4", ("veo3",)),
    UnknownService("x", ()),
    UnknownEndpoint(5, ("image",)),
    UnknownResponse("y", ()),
    CatalogError("own.toml", (CatalogFault("id", "missing key"),)),
    InsufficientCredits(Decimal("7.2"), Decimal(5)),
]


@pytest.mark.parametrize(
    ("kind", "base"),
    [
        (InvalidRequest, ValueError),
        (Unpriced, ValueError),
        (CatalogError, ValueError),
        (UnknownModel, LookupError),
        (UnknownService, LookupError),
        (UnknownEndpoint, LookupError),
        (UnknownResponse, LookupError),
        (InsufficientCredits, Exception),
    ],
)
def test_an_error_is_of_the_library_and_of_a_built_in_kind(kind, base):
    assert issubclass(kind, PricingRulesError)
    assert issubclass(kind, base)


@pytest.mark.parametrize("error", EVERY, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("copied", [lambda error: pickle.loads(pickle.dumps(error)), deepcopy], ids=["pickle", "copy"])  # noqa: S301
def test_an_error_survives_pickling_and_copying(error, copied):
    found = copied(error)
    assert (type(found), str(found), vars(found)) == (type(error), str(error), vars(error))


def test_a_raised_error_with_its_prices_survives_pickling(gptimage2api):
    with pytest.raises(Unpriced) as caught:
        price(gptimage2api, "nano-banana-pro")
    assert pickle.loads(pickle.dumps(caught.value)).options == caught.value.options  # noqa: S301 -- our own bytes


def test_an_invalid_request_says_every_message_with_its_path():
    expected = "/prompt: 'prompt' is required. body: the body must be an object; got null."
    assert str(InvalidRequest((VIOLATION, BODY))) == expected


def test_an_invalid_request_is_caught_as_a_value_error(gptimage2api):
    with pytest.raises(ValueError, match=r"^/prompt: 'prompt' must have at least 1 character; got 0\.$"):
        quote(gptimage2api, GPT | {"prompt": ""})


@pytest.mark.parametrize(
    ("model", "asked", "said"),
    [
        ("nano-banana-pro", {}, "needs a resolution of '2K' or '4K'. It could cost 12 or 20 credits."),
        (
            "sora-2-text-to-video",
            {},
            (
                "needs a duration of 5, 10 or 20 s, and needs a resolution of '720p' or '1080p'. "
                "It could cost 5, 8, 10, 15, 20 or 30 credits."
            ),
        ),
        (
            "sora-2-text-to-video",
            {"duration": 5, "audio": True},
            (
                "needs a resolution of '720p' or '1080p', and is not priced by audio; got true. "
                "It could cost 5 or 8 credits."
            ),
        ),
        (
            "gpt-image-2",
            {"duration": 5, "audio": True},
            "is not priced by duration; got 5, and is not priced by audio; got true. It could cost 3 credits.",
        ),
        ("gpt-image-2", {"outputs": 0}, "has no price for these outputs; got 0. It could cost 3 credits."),
    ],
)
def test_unpriced_says_what_is_missing_what_is_surplus_and_what_it_could_cost(gptimage2api, model, asked, said):
    with pytest.raises(Unpriced) as caught:
        price(gptimage2api, model, **asked)
    assert str(caught.value) == f"'{model}' {said}"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (Unpriced("veo3", (), ()), "'veo3' has no price at that instant."),
        (UnknownModel("veo4", ("veo3", "sora")), "There is no model 'veo4'. Did you mean 'veo3'?"),
        (UnknownModel("vex", ("veo", "vez")), "There is no model 'vex'. Did you mean 'vez' or 'veo'?"),
        (UnknownModel(None, ("a", "b")), "There is no model null. Known: 'a' and 'b'."),
        (UnknownEndpoint("clip", ("image",)), "There is no endpoint 'clip'. Known: 'image'."),
        (UnknownService("x", ()), "There is no service 'x'. Known: nothing."),
        (UnknownResponse("z", ("busy",)), "There is no documented response 'z'. Known: 'busy'."),
        (CatalogError("own.toml", (CatalogFault("id", "missing key"),)), "own.toml: id: missing key"),
        (CatalogError("own.toml", (CatalogFault("", "not TOML"),)), "own.toml: not TOML"),
        (InsufficientCredits(Decimal("7.20"), Decimal("1E+1")), "7.20 credits are required; the balance is 10."),
    ],
)
def test_a_message_says_what_is_wrong_and_what_there_is(error, said):
    assert str(error) == said


def test_an_unknown_name_keeps_what_was_asked_for():
    error = UnknownModel(["veo"], iter(("veo3",)))
    assert (error.name, error.nearest, error.known) == (["veo"], (), ("veo3",))
