"""breakdown.mjs over catalog.json: lines, exact, rounding, basis, notes and sources of a request, as Python's quote."""

import json
from datetime import timedelta
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from frontend.browser import EPOCH
from frontend.corpus import corpus
from frontend.tools import node
from pricing_rules import Catalog, InvalidRequest, Unpriced, as_dict, quote
from pricing_rules.targets import catalog_json as target
from pricing_rules.targets.catalog_json import catalog_json
from support.overlays import KNOWN, STUDIO, head, over, table
from support.strategies import CATALOGS

MODULE = Path(target.__file__).with_name("breakdown.mjs")
MULTIPLIERS = ("1", "1.1", "1/3", "0")
GPT = CATALOGS["gptimage2api"]
SEEDANCE = {"model": "bytedance/seedance-1.5-pro", "prompt": "a", "inputMode": "text_to_video"}
IMAGE = {"model": "nano-banana-2", "prompt": "a", "resolution": "2K"}
Case = tuple[str, Any, dict[str, Any]]


@cache
def overlays() -> dict[str, Catalog]:
    """Return services under overlays: one that says all, a resale that says the price, one that hides its working."""
    rated = head("product", more='shows = "working"') + table("rates", rate='"0.8"') + table("minimums", credits=5)
    hidden = head("product", more='shows = "price"') + table("rates", rate='"0.8"')
    return {
        "known": over(GPT, KNOWN.read_text()),
        "rated": over(GPT, rated),
        "hidden": over(GPT, hidden),
        "resold": over(GPT, STUDIO.read_text()),
    }


def catalogs() -> dict[str, Catalog]:
    return {**CATALOGS, **overlays()}


def javascript(cases: list[Case]) -> list[dict[str, Any]]:
    documents = {name: json.loads(json.dumps(catalog_json(catalog))) for name, catalog in catalogs().items()}
    lines = [json.dumps(documents), *map(json.dumps, cases)]
    return [json.loads(line) for line in node("breakdown.mjs", str(MODULE), stdin="\n".join(lines)).split("\n")[:-1]]


def python(case: Case) -> dict[str, Any]:
    """Answer a case as Python does, in the form of breakdown.mjs: amounts are text, layers are not told."""
    name, request, terms = case
    at = EPOCH + timedelta(microseconds=int(terms["at"])) if "at" in terms else None
    try:
        found = quote(catalogs()[name], request, custom_multiplier=terms.get("customMultiplier", 1), at=at)
    except Unpriced as unpriced:
        refused = {"credits": None, "units": None, "usd": None, "unknownModel": False}
        return {**refused, "missing": list(unpriced.missing)}
    told = {name: value for name, value in as_dict(found).items() if name != "layers"}
    usd = None if found.usd is None else format(found.usd, "f")
    return {**told, "credits": format(found.credits, "f"), "usd": usd}


def disagreements(cases: list[Case]) -> list[tuple[Case, Any, Any]]:
    answers = zip(cases, javascript(cases), map(python, cases), strict=True)
    return sorted((one for one in answers if one[1] != one[2]), key=lambda one: len(str(one)))[:2]


def test_a_breakdown_is_the_quote_of_every_request():
    requests = [one for one in corpus() if one.valid]
    cases = [
        (one.service, one.request, {"customMultiplier": multiplier}) for one in requests for multiplier in MULTIPLIERS
    ]
    assert len(cases) > 400
    assert disagreements(cases) == []


def test_a_breakdown_is_the_quote_around_every_change_of_a_price():
    catalog = CATALOGS["clipworks"]
    changes = {int((price.since - EPOCH) / timedelta(microseconds=1)) for price in catalog.prices if price.since}
    instants = [str(change + near) for change in sorted(changes) for near in (-1, 0)]
    requests = [one for one in corpus() if one.valid and one.service == catalog.id]
    cases = []
    for one, at in product(requests, instants):
        try:
            quote(catalog, one.request, at=EPOCH + timedelta(microseconds=int(at)))
        except InvalidRequest:
            continue
        except Unpriced:
            pass
        cases.append((catalog.id, one.request, {"at": at}))
    assert len(cases) > 20
    assert disagreements(cases) == []


@pytest.mark.parametrize("name", ["known", "rated"])
def test_a_breakdown_under_an_overlay_that_says_all_is_the_quote(name: str):
    catalog = overlays()[name]
    cases: list[Case] = []
    for one in corpus():
        if one.valid and one.service == GPT.id and one.request["model"] in catalog.models:
            cases += [(name, one.request, {"customMultiplier": multiplier}) for multiplier in ("1", "1/3")]
    more = (IMAGE, {**IMAGE, "numOutputs": 3}, {**SEEDANCE, "resolution": "1080p"})
    cases += [(name, request, {}) for request in more]
    valid = []
    for case in cases:
        try:
            quote(catalog, case[1])
        except InvalidRequest:
            continue
        except Unpriced:
            pass
        valid.append(case)
    assert len(valid) > 20
    assert disagreements(valid) == []


@pytest.mark.parametrize("name", ["hidden", "resold"])
def test_a_catalog_that_hides_its_working_tells_amounts_alone(name: str):
    model = next(iter(overlays()[name].models))
    request = {"model": model, "prompt": "a"}
    [found] = javascript([(name, request, {})])
    assert found["credits"] == format(quote(overlays()[name], request).credits, "f")
    assert set(found) == {"service", "model", "credits", "usd", "parameters", "catalog_version"}


def test_values_that_may_override_the_price_and_notes_are_told():
    request = {"model": "veo3_fast", "prompt": "a", "inputMode": "image_to_video", "providerInput": {"a": 1}}
    request["inputImageUrls"] = ["https://a", "https://b"]
    [found] = javascript([(GPT.id, request, {})])
    assert found == python((GPT.id, request, {}))
    assert found["basis"] == "inferred"
    assert found["notes"][-1] == "Only the first image is used by the provider today."
