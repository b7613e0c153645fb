"""Law 3: a schema accepts a request iff Python does: request and types views as `validate`, the form view as `quote`.

Every request survives JSON text and UTF-8 and has its endpoint given. Each validator gets all of them.
"""

from collections import Counter

import pytest
from jsonschema import Draft202012Validator

from frontend.corpus import ENDPOINTS, SIZE, corpus, planted, schema, schemas
from pricing_rules.export import VIEWS, View
from support.validators import Judge, disagreements, python_jsonschema, rust_jsonschema


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("validator", [python_jsonschema, rust_jsonschema])
def test_a_view_accepts_exactly_what_python_accepts(validator: Judge, view: View):
    assert disagreements(validator, view, corpus())[:3] == []


@pytest.mark.parametrize("view", VIEWS)
def test_one_step_past_every_limit_of_every_model_is_judged_as_python_judges_it(view: View):
    assert disagreements(rust_jsonschema, view, planted())[:3] == []


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
