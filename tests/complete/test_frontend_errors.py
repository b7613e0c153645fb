"""Errors a person can act on: for each case judged by hand Ajv has few, and one at the field that Python names."""

from typing import Any

import pytest

from frontend.corpus import ENDPOINTS, as_sent, schemas
from frontend.tools import Verdict, judge
from pricing_rules import validate
from pricing_rules.request.body import pointer
from support.cases import INVALID, VALID
from support.strategies import CATALOGS


def sent(cases: list[tuple[str, str | None, Any]]) -> list[tuple[str, Any]]:
    """Return the requests that survive JSON text, each with the endpoint given or its model's."""
    found = []
    for service, endpoint, request in cases:
        try:
            arrived = as_sent(request)
        except ValueError:
            continue
        models = CATALOGS[service].models
        name = arrived.get("model") if isinstance(arrived, dict) else None
        known = isinstance(name, str) and name in models
        only = [other for of, other in ENDPOINTS if of == service]
        chosen = endpoint or (models[name].endpoint if known else only[0])
        found.append((f"{service} {chosen}", arrived))
    return found


WRONG = sent([(service, endpoint, request) for service, endpoint, request, _ in INVALID])
RIGHT = sent([(service, None, request) for service, request in VALID])


def places(verdict: Verdict) -> set[str]:
    """Return the path of each error, and that of the member that it calls missing or surplus."""
    found = set()
    for error in verdict["errors"]:
        path, params = error["instancePath"], error["params"]
        members = [params[key] for key in ("missingProperty", "additionalProperty") if key in params]
        found |= {path, *(f"{path}{pointer((member,))}" for member in members)}
    return found


def named(where: str, request: object) -> set[str]:
    """Return the paths at which Python finds something wrong."""
    service, endpoint = where.split()
    return {violation.path for violation in validate(CATALOGS[service], request, endpoint=endpoint)}


@pytest.fixture(scope="module")
def verdicts() -> list[Verdict]:
    return judge("ajv", schemas("request"), WRONG)


def test_at_least_forty_wrong_requests_are_compared():
    assert len(WRONG) >= 80


def test_ajv_refuses_every_wrong_request_with_at_most_four_errors_or_two_more_than_it_has_faults(
    verdicts: list[Verdict],
):
    counts = {str(case)[:300]: len(verdict["errors"]) for case, verdict in zip(WRONG, verdicts, strict=True)}
    most = {str(case)[:300]: max(4, len(named(*case)) + 2) for case in WRONG}
    assert {case: count for case, count in counts.items() if not 1 <= count <= most[case]} == {}


def test_ajv_reports_an_error_at_a_field_that_python_names(verdicts: list[Verdict]):
    astray = [
        (str(case)[:300], sorted(places(verdict)), sorted(named(*case)))
        for case, verdict in zip(WRONG, verdicts, strict=True)
        if not places(verdict) & named(*case)
    ]
    assert astray == []


@pytest.mark.parametrize(("tool", "view"), [("ajv", "request"), ("ajv", "types"), ("zod", "types")])
def test_the_cases_judged_by_hand_are_judged_alike(tool: str, view: str):
    judged = judge(tool, schemas(view), WRONG + RIGHT)
    assert [verdict["valid"] for verdict in judged] == [False] * len(WRONG) + [True] * len(RIGHT)
