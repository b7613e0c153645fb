"""Law 5: k faults planted at different paths, no rule joining two of them, give at least k violations, one at each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing_rules import validate
from pricing_rules.catalog.rulebook import Rulebook
from support.strategies import CATALOGS, MODELS, book_of, plants, put, valid_requests


def joined(book: Rulebook, one: str, other: str) -> bool:
    """Tell whether a rule across fields reads both."""
    return any(one in rule.reads and other in rule.reads for rule in book.rules)


@pytest.mark.parametrize(("service", "model"), MODELS)
@given(data=st.data())
def test_faults_planted_at_different_paths_are_each_listed_at_their_path(service: str, model: str, data: st.DataObject):
    book, request = book_of(service, model), data.draw(valid_requests(service, model))
    every = plants(book)
    chosen: dict[str, str] = {}
    for name, path, plant in data.draw(st.lists(st.sampled_from(every), min_size=1, max_size=6)):
        if not any(name == other or joined(book, name, other) for other in chosen):
            chosen[name] = path
            plant(request)
    found = validate(CATALOGS[service], request)
    assert {violation.path for violation in found} >= set(chosen.values())
    assert len(found) >= len(chosen)


@pytest.mark.parametrize(("service", "model"), MODELS)
def test_every_fault_that_can_be_planted_alone_is_found_at_its_path(service: str, model: str):
    lost = []
    book = book_of(service, model)
    for name, path, plant in plants(book):
        request: dict[str, object] = {}
        for rules in book.fields.values():
            if rules.field.type == "object":
                put(request, rules.field.segments, {})
        put(request, book.fields["model"].field.segments, model)
        plant(request)
        if path not in {violation.path for violation in validate(CATALOGS[service], request)}:
            lost.append((name, path))
    assert not lost
