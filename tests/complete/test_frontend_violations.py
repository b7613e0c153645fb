"""errors.mjs: what Ajv says of a request by the request view, told as the paths and rules of Python's violations."""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from frontend.corpus import ENDPOINTS, corpus, planted, schemas
from frontend.tools import node
from pricing_rules import Catalog, export, services, validate
from pricing_rules.request.unknown_keys import MAX_UNKNOWN
from pricing_rules.targets import violations as target
from pricing_rules.targets.violations import violation_table
from support.cases import INVALID
from support.random_sample import sample
from support.strategies import CATALOGS

MODULE = Path(target.__file__).with_name("errors.mjs")
Case = tuple[str, Any]  # "service endpoint" and a request
Told = set[tuple[str, str]]


@cache
def tables() -> dict[str, Any]:
    return {f"{service} {name}": table(CATALOGS[service], name) for service, name in ENDPOINTS}


def table(catalog: Catalog, endpoint: str) -> dict[str, Any]:
    return violation_table(catalog, catalog.endpoints[endpoint])


def told(views: dict[str, Any], tables: dict[str, Any], cases: Iterable[Case]) -> list[list[dict[str, str]]]:
    lines = [json.dumps(views), json.dumps(tables), *map(json.dumps, cases)]
    return [json.loads(line) for line in node("violations.mjs", str(MODULE), stdin="\n".join(lines)).split("\n")[:-1]]


def in_python(catalog: Catalog, endpoint: str, request: object) -> Told:
    return {(one.path, one.rule) for one in validate(catalog, request, endpoint=endpoint)}


def differing(cases: list[Case]) -> list[tuple[Case, Told, Told]]:
    """Return the requests of which JavaScript and Python do not tell the same, the shortest first."""
    found = []
    for case, faults in zip(cases, told(schemas("request"), tables(), cases), strict=True):
        service, endpoint = case[0].split()
        there, here = {(one["path"], one["rule"]) for one in faults}, in_python(CATALOGS[service], endpoint, case[1])
        assert len(there) == len(faults)
        found += [(case, there, here)] if there != here else []
    return sorted(found, key=lambda one: len(str(one)))[:3]


def is_carried(value: Any) -> bool:
    """Tell whether JSON text carries a value into JavaScript, where a number beyond 1.8e308 is none."""
    match value:
        case dict():
            return all(map(is_carried, value.values()))
        case list():
            return all(map(is_carried, value))
        case int():
            return abs(value) < 2**1023
        case _:
            return True


def test_every_request_has_the_paths_and_rules_of_pythons_violations():
    carried = [one for one in corpus() if is_carried(one.request)]
    assert differing([(f"{one.service} {one.endpoint}", one.request) for one in carried]) == []


def test_one_step_past_every_limit_is_told_as_in_python():
    assert differing([(f"{one.service} {one.endpoint}", one.request) for one in planted()]) == []


def test_the_cases_judged_by_hand_are_told_as_in_python():
    cases = []
    for service, endpoint, request, _ in INVALID:
        try:
            arrived = json.loads(json.dumps(request, allow_nan=False))
        except (TypeError, ValueError):
            continue
        cases += [
            (f"{service} {name}", arrived) for of, name in ENDPOINTS if of == service and name == (endpoint or name)
        ]
    assert len(cases) > 80
    assert differing(cases) == []


@pytest.mark.parametrize("more", [0, 1, 500])
def test_many_unknown_fields_and_faulty_items_are_counted_as_in_python(more: int):
    keys = {f"k{number}": number for number in range(MAX_UNKNOWN + more)}
    image = {"model": "gpt-image-2", "input": {"prompt": "a", **keys}, **keys}
    items = {"model": "wan/2-6-image-to-video", "prompt": "a", "inputMode": "image_to_video", "duration": 5}
    many = ["ftp://a", 1] * (MAX_UNKNOWN // 2 + more)
    cases = [image, {**image, "input": 5}, {**keys, "model": "none"}]
    assert differing([("aivideoapi image", case) for case in cases]) == []
    assert differing([("gptimage2api video", {**items, "inputImageUrls": many})]) == []


def test_catalogs_made_at_random_are_told_as_in_python():
    views: dict[str, Any] = {}
    known: dict[str, Any] = {}
    cases: list[Case] = []
    expected: list[Told] = []
    for catalog, requests in sample():
        for endpoint in catalog.endpoints.values():
            views[f"{catalog.id} {endpoint.id}"] = export.schema(catalog, endpoint, "request")
            known[f"{catalog.id} {endpoint.id}"] = table(catalog, endpoint.id)
        cases += [(f"{catalog.id} {case.endpoint}", case.request) for case in requests]
        expected += [in_python(catalog, case.endpoint, case.request) for case in requests]
    answers = [{(one["path"], one["rule"]) for one in faults} for faults in told(views, known, cases)]
    assert sum(map(bool, expected)) > 1_000
    wrong = [(case, got, meant) for case, got, meant in zip(cases, answers, expected, strict=True) if got != meant]
    assert sorted(wrong, key=lambda one: len(str(one)))[:3] == []


def test_a_message_is_a_sentence_for_people():
    request = {"model": "kling/v2-1-pro", "prompt": "a", "inputMode": "image_to_video", "duration": 7}
    request |= {"resolution": "1k", "x": 1}
    [faults] = told(schemas("request"), tables(), [("gptimage2api video", request)])
    assert {one["path"]: one["message"] for one in faults} == {
        "/duration": "must be one of 5, 10",
        "/resolution": "is not taken here",
        "/inputImageUrls": "must have required property 'inputImageUrls'",
        "/x": "is unknown",
    }


@pytest.mark.parametrize(("service", "endpoint"), [one for one in ENDPOINTS if one[0] in services()])
def test_the_module_and_its_table_are_under_3_kb(service: str, endpoint: str):
    contents = export.files([CATALOGS[service]])
    table = contents[f"{service}/{endpoint}.violations.json"]
    assert len(contents["errors.mjs"].encode()) + len(table.encode()) < 3_000
