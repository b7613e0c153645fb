"""Law 3 in catalogs made at random, with values at their own boundaries; and over requests that tell keywords apart.

In catalogs made at random a fault planted in any of the targets is found.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

from pricing_rules import quote, validate
from pricing_rules.errors import PricingRulesError
from pricing_rules.export import VIEWS, View, schema
from pricing_rules.targets import cross_rules, jsonschema, objects, openapi, shapes, types, variants
from support.random_sample import LONG, REFUSED, Case, Drawn, sample, views
from support.strategies import CATALOGS
from support.witnesses import witnesses

VALIDATORS = pytest.mark.parametrize("make", [Draft202012Validator, jsonschema_rs.Draft202012Validator])
SLOW_STEP = 1 if LONG else 12  # a validator in Python takes milliseconds for a request
Disagreement = tuple[str, str, Case]


def disagreements(make: Callable[[Any], Any], drawn: list[Drawn]) -> Iterator[Disagreement]:
    """Yield the requests that a view judges otherwise than Python, with the view and the catalog."""
    for catalog, cases in drawn:
        for (view, endpoint), found in views(catalog).items():
            accepts = make(found).is_valid
            for case in cases:
                if case.endpoint == endpoint and accepts(case.request) != case.accepted(view):
                    yield view, catalog.id, case


@pytest.mark.parametrize(("make", "step"), [(Draft202012Validator, SLOW_STEP), (jsonschema_rs.Draft202012Validator, 1)])
def test_every_view_accepts_exactly_what_python_accepts_in_catalogs_made_at_random(
    make: Callable[[Any], Any], step: int
):
    assert [*disagreements(make, sample()[::step])][:3] == []


def test_few_endpoints_cannot_be_told_as_closed_shapes():
    made = [view for catalog, _ in sample() for view, _ in views(catalog)]
    refused = made.count("request") - made.count("types")
    assert 0 < refused <= REFUSED * made.count("request")


def test_requests_at_random_stand_on_both_sides_and_many_break_rules_across_fields_alone():
    cases = [(catalog, case) for catalog, cases in sample() for case in cases]
    seen = Counter((case.valid, case.priced) for _, case in cases)
    assert min(seen[True, True], seen[False, False]) * 5 > len(cases)
    assert seen[True, False] * 20 > len(cases)
    told = [validate(catalog, case.request, endpoint=case.endpoint) for catalog, case in cases if not case.valid]
    assert sum(all(one.rule.startswith("rule.") for one in found) for found in told) * 8 > len(cases)


def without(*keys: str) -> Callable[[Any], Any]:
    """Return what changes a function so that its answer lacks some keywords."""
    return lambda real: (
        lambda *arguments, **named: {key: value for key, value in real(*arguments, **named).items() if key not in keys}
    )


def answering(answer: object) -> Callable[[Any], Any]:
    """Return what changes a function so that it gives one answer to all."""
    return lambda _: lambda *_, **__: answer


YES, NO = answering(answer=True), answering(answer=False)


def first(_: Any) -> Callable[..., Any]:
    """Change a function so that it returns its first argument."""
    return lambda value, *_, **__: value


def opened(part: Any) -> Any:
    """Open every object of a schema."""
    match part:
        case list():
            return [*map(opened, part)]
        case dict():
            return {key: key == "additionalProperties" or opened(inner) for key, inner in part.items()}
        case _:
            return part


# where a fault is planted, what it does, and a view that it makes wrong
PLANTED = [
    (jsonschema, "value_schema", without("minLength"), "request"),
    (jsonschema, "value_schema", without("pattern", "items"), "form"),
    (jsonschema, "needed", answering([]), "form"),
    (jsonschema, "_within", YES, "request"),
    (jsonschema, "shared_rule", answering({}), "request"),
    (jsonschema, "rule_schema", answering({}), "form"),
    (jsonschema, "_is_shared", YES, "form"),
    (objects, "inside", NO, "request"),
    (cross_rules, "_is_demanding", YES, "request"),
    (cross_rules, "_is_never_given", YES, "request"),
    (cross_rules, "_can_be", NO, "form"),
    (cross_rules, "sized", without("maxLength"), "request"),
    (cross_rules, "_inside_of", without("required"), "form"),
    (types, "value_schema", without("maximum"), "types"),
    (types, "sized", without("minItems"), "types"),
    (types, "object_schema", without("required"), "types"),
    (shapes, "_empty", first, "types"),
    (shapes, "_filled", lambda _: shapes.present, "types"),
    (variants, "keeping", lambda _: lambda _, shape: [shape], "types"),
    (variants, "_settled", first, "types"),
    (openapi, "_opened", lambda _: opened, "openapi"),
    (openapi, "one_of", answering({}), "openapi"),
]


@pytest.mark.parametrize(
    ("module", "name", "change", "view"), PLANTED, ids=[f"{module.__name__}.{name}" for module, name, _, _ in PLANTED]
)
def test_a_fault_planted_in_a_target_is_found(
    monkeypatch: pytest.MonkeyPatch, module: Any, name: str, change: Callable[[Any], Any], view: str
):
    monkeypatch.setattr(module, name, change(getattr(module, name)))
    found = (view for view, _, _ in disagreements(jsonschema_rs.Draft202012Validator, sample()))
    assert view in found


# Requests that each tell one changed keyword of the bundled schemas apart


@VALIDATORS
@pytest.mark.parametrize("view", VIEWS)
def test_a_view_accepts_exactly_what_python_accepts_of_the_requests_that_tell_keywords_apart(
    make: Callable[[Any], Any], view: View
):
    kept = {
        (service, endpoint.id): make(schema(catalog, endpoint, view)).is_valid
        for service, catalog in CATALOGS.items()
        for endpoint in catalog.endpoints.values()
    }
    wrong = [one for one in witnesses() if kept[one.service, one.endpoint](one.request) != one.accepted(view)]
    assert wrong == []


def test_python_judges_the_requests_that_tell_keywords_apart_as_is_written_beside_them():
    assert len(witnesses()) == 398
    for one in witnesses():
        catalog = CATALOGS[one.service]
        assert (validate(catalog, one.request, endpoint=one.endpoint) == ()) == one.valid
        try:
            priced = quote(catalog, one.request, endpoint=one.endpoint).credits > 0
        except PricingRulesError:
            priced = False
        assert priced == one.priced
