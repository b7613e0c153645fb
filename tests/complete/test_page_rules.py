"""The page's own evaluator of rules, run by node beside `validate`: the same faults at the same paths."""

import json
from collections.abc import Iterator
from copy import deepcopy
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from frontend.corpus import corpus, planted
from frontend.quote_page import states, used
from frontend.tools import node
from pricing_rules import load_catalog, validate
from pricing_rules.catalog.formula import TIERED
from pricing_rules.export import page
from pricing_rules.request.body import value_of
from pricing_rules.targets.examples import examples
from support.strategies import CATALOGS, put

# A page emits values of the right types at fields that there are; the shape of a body is judged elsewhere.
SHAPES = ("type", "unknown", "unknown_more", "endpoint")
LEAST = 150
Case = tuple[str, str, Any]


def judged(text: str, folder: Path, cases: list[Case]) -> list[set[tuple[str, str]]]:
    file = folder / "quote.html"
    file.write_text(text)
    found = json.loads(node("page_rules.mjs", str(file), stdin=json.dumps(cases)))
    return [{(path, rule) for path, rule in faults} for faults in found]


def expected(service: str, body: Any) -> set[tuple[str, str]]:
    return {(violation.path, violation.rule) for violation in validate(CATALOGS[service], body)}


def shaped(cases: list[Any]) -> list[Case]:
    """Return the bodies of known models whose faults are not those of shape."""
    kept = []
    for one in cases:
        catalog = CATALOGS[one.service]
        model = value_of(one.request, catalog.fields["model"])
        if not isinstance(model, str) or model not in catalog.models:
            continue
        rules = [rule.rpartition(".")[2] for _, rule in expected(one.service, one.request)]
        if not set(rules) & {*SHAPES}:
            kept.append((one.service, model, one.request))
    return kept


def test_every_planted_fault_and_every_request_of_the_corpus_is_judged_alike(tmp_path: Path):
    cases = [*shaped(planted()), *shaped(corpus())]
    wanted = [expected(service, body) for service, _, body in cases]
    assert len([faults for faults in wanted if faults]) > LEAST
    assert len([faults for faults in wanted if not faults]) > LEAST
    found = judged(page(CATALOGS.values()), tmp_path, cases)
    assert [one for one in zip(cases, found, wanted, strict=True) if one[1] != one[2]] == []


def crossed() -> Iterator[Case]:
    """Yield the example of each model with each tier of its service."""
    for (service, catalog), name in product(CATALOGS.items(), TIERED):
        values = dict.fromkeys(value for price in catalog.prices for value in price.tiers(name))
        endpoints = [endpoint for endpoint in catalog.endpoints.values() if name in endpoint.fields]
        for endpoint, value in product(endpoints, values):
            for body in deepcopy(examples(catalog, endpoint)):
                put(body, catalog.fields[name].segments, value)
                yield service, str(value_of(body, catalog.fields["model"])), body


def test_every_state_with_each_parameter_of_every_other_model_is_judged_alike(tmp_path: Path):
    cases = list(crossed())
    wanted = [expected(service, body) for service, _, body in cases]
    assert len(cases) > LEAST
    assert judged(page(CATALOGS.values()), tmp_path, cases) == wanted


TYPED = [  # what is typed, what the request is, and the faults that the page shows
    ({"prompt": "🎬" * 4001}, "sora-2-text-to-video", [["/prompt", "prompt.max_length"]]),
    ({"prompt": "🎬" * 4000}, "sora-2-text-to-video", []),
    ({"references": "https://a/b.png\nftp://a"}, "veo3", [["/inputImageUrls/1", "references.url"]]),
    ({"references": "http://a\nhttp://b\nhttp://c"}, "veo3", [["/inputImageUrls", "references.max_items"]]),
    ({"ratio": "2:1"}, "gpt-image-2", [["/aspectRatio", "aspect_ratio.one_of"]]),
    ({"ratio": "16:9"}, "gpt-image-2", []),
]


@pytest.mark.parametrize(("typed", "model", "faults"), TYPED)
def test_what_is_typed_is_judged_while_it_is_typed(tmp_path: Path, typed, model, faults):
    catalog = load_catalog("gptimage2api")
    file = tmp_path / "quote.html"
    file.write_text(page([catalog]))
    every = [one.address for one in states(catalog, ("1",)) if one.model == model and one.outputs == 1]
    (found,) = used(("states", file, {"addresses": [every[-1]], "typed": typed}))
    (answer,) = found["answer"]
    assert answer["faults"] == faults
    assert [[one.path, one.rule] for one in validate(catalog, json.loads(answer["body"]))] == faults
    assert ("Not complete" in answer["refusal"]) == bool(faults)


def test_a_rule_that_the_page_forgets_is_noticed(tmp_path: Path):
    text = page([CATALOGS["aivideoapi"]])
    forgotten = text.replace('"when":{"resolution":["4k"]}', '"when":{"resolution":["8k"]}')
    assert forgotten != text
    body = {"model": "gpt-image-2", "input": {"prompt": "a", "resolution": "4k"}}
    assert judged(forgotten, tmp_path, [("aivideoapi", "gpt-image-2", body)]) != [expected("aivideoapi", body)]
