"""Law 3: a schema accepts a request iff Python does: request and types views as `validate`, the form view as `quote`.

Every request survives JSON text and UTF-8 and has its endpoint given. Each validator gets all of them.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

from frontend.corpus import ENDPOINTS, SIZE, Judged, corpus, planted, schema, schemas
from frontend.tools import judge
from pricing_rules.export import VIEWS, View

Judge = Callable[[View, list[Judged]], list[bool]]


def python_jsonschema(view: View, requests: list[Judged]) -> list[bool]:
    return _each(Draft202012Validator, view, requests)


def rust_jsonschema(view: View, requests: list[Judged]) -> list[bool]:
    return _each(jsonschema_rs.Draft202012Validator, view, requests)


def ajv(view: View, requests: list[Judged]) -> list[bool]:
    """Ajv 2020 in its default strict mode; a warning of it fails the test."""
    return _in_node("ajv", view, requests)


def zod(view: View, requests: list[Judged]) -> list[bool]:
    return _in_node("zod", view, requests)


def _each(make: Callable[[Any], Any], view: View, requests: list[Judged]) -> list[bool]:
    validators = {name: make(found) for name, found in schemas(view).items()}
    return [validators[f"{one.service} {one.endpoint}"].is_valid(one.request) for one in requests]


def _in_node(tool: str, view: View, requests: list[Judged]) -> list[bool]:
    cases = [(f"{one.service} {one.endpoint}", one.request) for one in requests]
    return [verdict["valid"] for verdict in judge(tool, schemas(view), cases)]


def disagreements(validator: Judge, view: View, requests: list[Judged]) -> list[Judged]:
    """Return the requests that a validator judges by a view otherwise than Python, the shortest first."""
    verdicts = zip(requests, validator(view, requests), strict=True)
    return sorted((one for one, accepts in verdicts if accepts != one.accepted(view)), key=lambda one: len(str(one)))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("validator", [python_jsonschema, rust_jsonschema, ajv])
def test_a_view_accepts_exactly_what_python_accepts(validator: Judge, view: View):
    assert disagreements(validator, view, corpus())[:3] == []


def test_zod_accepts_by_the_types_view_exactly_what_python_accepts():
    assert disagreements(zod, "types", corpus())[:3] == []


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("validator", [rust_jsonschema, ajv])
def test_one_step_past_every_limit_of_every_model_is_judged_as_python_judges_it(validator: Judge, view: View):
    assert disagreements(validator, view, planted())[:3] == []


def test_zod_judges_one_step_past_every_limit_as_python_does():
    assert disagreements(zod, "types", planted())[:3] == []


@pytest.mark.parametrize("view", VIEWS)
def test_neither_accepted_nor_refused_requests_are_under_a_quarter_of_those_compared(view: View):
    sides = Counter(one.accepted(view) for one in corpus())
    assert min(sides[True], sides[False]) >= sides.total() / 4, sides


def test_hundreds_of_requests_are_compared_and_every_endpoint_gets_some():
    assert len(corpus()) >= SIZE
    assert {(one.service, one.endpoint) for one in corpus()} == set(ENDPOINTS)


def test_some_valid_requests_cannot_be_priced_so_that_the_form_view_differs():
    assert {(one.valid, one.priced) for one in corpus()} == {(True, True), (True, False), (False, False)}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(("service", "endpoint"), ENDPOINTS)
def test_a_view_is_a_schema_of_draft_2020_12_with_an_id_of_its_own(service: str, endpoint: str, view: View):
    found = schema(service, endpoint, view)
    Draft202012Validator.check_schema(found)
    assert [one["$id"] for other in VIEWS for one in schemas(other).values()].count(found["$id"]) == 1
