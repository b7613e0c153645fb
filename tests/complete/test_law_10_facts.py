"""Law 10 as a whole: each fact of the bundled catalogs, changed alone, fails an expectation from the documents."""

import gc

import pytest

from documents.changed import unnoticed
from documents.places import AIV, GPT


@pytest.fixture
def no_garbage_collection():
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_garbage_collection")
@pytest.mark.parametrize("service", [GPT, AIV])
def test_each_fact_of_the_catalog_changed_alone_is_noticed(service):
    assert unnoticed(service, every=1) == []
