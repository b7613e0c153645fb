"""Law 9: nothing that a request or a catalog file holds raises anything but the documented errors.

The long run of this file is PRICING_RULES_LONG=1: 10,000 requests for each model of three services, 250,000 in all.
"""

from collections import Counter

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pricing_rules import InvalidRequest, Quote, Unpriced, as_dict, price, quote, validate
from pricing_rules.responses import refusal
from support.strategies import CATALOGS, MODELS, hostile_requests, json_like, near_valid_requests, valid_requests

KINDS = (valid_requests, valid_requests, near_valid_requests, hostile_requests)


@pytest.mark.parametrize(("service", "model"), MODELS)
@given(data=st.data())
def test_no_request_raises_anything_but_the_documented_errors(service: str, model: str, data: st.DataObject):
    request = data.draw(data.draw(st.sampled_from(KINDS))(service, model))
    catalog = CATALOGS[service]
    violations = validate(catalog, request)
    paths = [violation.path for violation in violations]
    assert len(paths) == len(set(paths))
    try:
        answer: Quote | Exception = quote(catalog, request)
    except (InvalidRequest, Unpriced) as refused:
        answer = refused
        status, _ = refusal(catalog, refused)
        assert 400 <= status < 500
    assert isinstance(answer, InvalidRequest) == bool(violations)
    as_dict(answer)


def test_a_quarter_of_such_requests_is_valid_and_a_quarter_is_not():
    seen: Counter[bool] = Counter()

    @settings(max_examples=max(200, settings().max_examples), phases=[Phase.generate])
    @given(st.data())
    def judge(data: st.DataObject) -> None:
        service, model = data.draw(st.sampled_from(MODELS))
        request = data.draw(data.draw(st.sampled_from(KINDS))(service, model))
        seen[validate(CATALOGS[service], request) == ()] += 1

    judge()
    assert min(seen[True], seen[False]) * 4 >= seen.total(), seen


@pytest.mark.parametrize(("service", "model"), MODELS)
@given(duration=json_like(), resolution=json_like(), outputs=json_like(), audio=json_like())
def test_price_answers_any_argument_with_a_quote_or_unpriced(service: str, model: str, **asked: object):
    try:
        answer: Quote | Unpriced = price(CATALOGS[service], model, **asked)
    except Unpriced as refused:
        answer = refused
    assert isinstance(answer, Quote) or answer.missing
