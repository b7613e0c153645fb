"""The generated lister: it lists what the explanation does, and shares what it tells in little memory."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pricing_rules import Catalog, load_catalog, quote, validate
from pricing_rules.catalog.loading import BUNDLED
from pricing_rules.request.check import current_check
from pricing_rules.request.explanation import explain
from pricing_rules.request.validate import current_lister, shared_violations
from support.cases import GPT, REEL, SORA, URL, nested
from support.variants import changed


@pytest.fixture
def fresh() -> Catalog:
    return load_catalog(Path(BUNDLED) / "gptimage2api.toml")


def is_listed(catalog: Catalog, request: object, endpoint: str | None = None) -> bool:
    """Tell whether the lister does without the explanation."""
    validate(catalog, request, endpoint=endpoint)
    return bool(current_lister(catalog)(request, endpoint))


@pytest.mark.parametrize(
    ("request_", "listed"),
    [
        (GPT | {"seed": None, "width": 10**400, "promt": None, "inputImageUrls": ["ftp://a", None, URL]}, True),
        (GPT | {"seed": Decimal(1)}, False),
        (GPT | {"width": 5.5, "inputImageUrls": (URL,)}, False),
        (GPT | {5: 5, "seed": 5}, False),
        (GPT | {f"x{number}": number for number in range(20)}, True),
        (GPT | {f"x{number}": number for number in range(21)}, False),
        (SORA | {"inputMode": "image_to_video", "fps": "x" * 61}, True),
        ({"model": "gpt-image-3"}, False),
        ({"model": "gpt-image-2"}, True),
        (["gpt-image-2"], False),
    ],
)
def test_plain_bodies_are_listed_without_the_explanation(fresh: Catalog, request_: Any, listed):
    assert validate(fresh, request_) == validate(fresh, request_) == explain(fresh, request_)
    assert is_listed(fresh, request_) == listed


def test_unknown_keys_of_all_objects_are_counted_together(aivideoapi: Catalog):
    request = nested(**{f"x{number}": 1 for number in range(15)}) | {f"y{number}": 1 for number in range(15)}
    assert validate(aivideoapi, request) == explain(aivideoapi, request)


@pytest.mark.parametrize("endpoint", [None, "image", "video"])
def test_a_fault_at_another_endpoint_is_listed_as_explained(fresh: Catalog, endpoint: str | None):
    request = GPT | {"seed": 5}
    assert validate(fresh, request, endpoint=endpoint) == explain(fresh, request, endpoint)


def test_of_two_rules_broken_at_one_path_the_first_is_listed(tmp_path: Path):
    rule = 'when = { mode = ["stills"] }\nthen = { given = "references" }'
    again = f'{rule}\nsource = "guide"\n\n[[endpoints.clips.rules]]\nid = "again"\n{rule}'
    catalog, request = changed(tmp_path, (rule, again)), {"job": REEL | {"from": "stills"}}
    assert [one.rule for one in validate(catalog, request)] == ["references.stills"]
    assert validate(catalog, request) == explain(catalog, request)


def test_a_model_is_compiled_when_it_first_has_a_fault(fresh: Catalog):
    validate(fresh, GPT)
    assert current_lister not in fresh.compiled


def test_long_values_are_not_kept(fresh: Catalog):
    for wrong in ({"aspectRatio": "x" * 61}, {"x" * 61: 1}, {"inputImageUrls": ["x" * 61]}, {"width": 1 << 61}):
        validate(fresh, GPT | wrong)
    assert shared_violations(fresh) == {}


class Posing(str):
    """Text that a dictionary takes for other text."""

    __slots__ = ()

    def __hash__(self) -> int:
        return hash("prompt")

    def __eq__(self, other: object) -> bool:
        return other == "prompt"


class PosingNumber(int):
    """A number that a dictionary takes for text."""

    def __hash__(self) -> int:
        return hash("prompt")

    def __eq__(self, other: object) -> bool:
        return other == "prompt"


@pytest.mark.parametrize("key", [Posing("x"), PosingNumber(5)])
@pytest.mark.parametrize("value", ["a boat", "", 5])
def test_a_key_is_the_field_that_the_body_gives_out_by_it(fresh: Catalog, key: Any, value: object):
    request, plain = {"model": "gpt-image-2", key: value}, {"model": "gpt-image-2", "prompt": value}
    assert validate(fresh, request) == explain(fresh, request) == explain(fresh, plain)
    assert (not current_check(fresh)(request, None)) == (explain(fresh, request) != ())


class Hidden(str):
    """Text that a dictionary takes for no other."""

    __slots__ = ()

    def __hash__(self) -> int:
        return 5

    def __eq__(self, other: object) -> bool:
        return self is other


def test_a_key_by_which_the_body_gives_out_no_field_is_unknown(fresh: Catalog):
    request = GPT | {Hidden("seed"): "5"}
    assert [violation.rule for violation in validate(fresh, request)] == ["field.unknown"]
    with pytest.raises(ValueError, match="seed"):
        quote(fresh, request)
