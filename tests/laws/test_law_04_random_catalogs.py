"""Law 4 in catalogs made at random: the check and the lister answer as the explanation does, in every edition."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from pricing_rules import is_valid, validate
from pricing_rules.request.explanation import explain
from pricing_rules.request.validate import check_at, faults_of
from support.random_sample import sample

# the catalogs are of 2026-06-01; some have prices since January and since September
INSTANTS = [None, datetime(2025, 6, 1, tzinfo=UTC), datetime(2026, 9, 1, tzinfo=UTC)]


@pytest.mark.parametrize("at", INSTANTS)
def test_the_check_says_yes_exactly_where_the_explanation_is_empty_in_catalogs_made_at_random(at: datetime | None):
    seen: Counter[object] = Counter()
    for catalog, cases in sample():
        check = check_at(catalog, at)
        for endpoint, request, *_ in cases:
            said, told = check(request, endpoint), explain(catalog, request, endpoint, at)
            assert bool(said) == (told == ()), (catalog.id, endpoint, request)
            assert is_valid(catalog, request, endpoint=endpoint, at=at) == (told == ())
            seen["yes" if said else said] += 1
    assert min(seen["yes"], seen[False]) * 5 > seen.total()
    assert seen[None] * 8 < seen.total()  # no model, or the endpoint of another


@pytest.mark.parametrize("at", INSTANTS)
def test_the_lister_tells_what_the_explanation_tells_in_catalogs_made_at_random(at: datetime | None):
    for catalog, cases in sample():
        for endpoint, request, *_ in cases:
            told = explain(catalog, request, endpoint, at)
            assert validate(catalog, request, endpoint=endpoint, at=at) == told, (catalog.id, endpoint, request)
            assert told == () or faults_of(catalog, request, endpoint, at) == told
