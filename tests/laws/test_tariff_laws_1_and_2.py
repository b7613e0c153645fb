"""Laws 1 and 2 of a tariff's life, on a few catalogs; tests/complete/test_tariff_diff.py has 300."""

from functools import cache
from itertools import islice

import pytest

from pricing_rules import Catalog, load_catalog
from support import diff_laws
from support.edited import FILES
from support.mutants import mutants, parsed

SEED, MUTANTS, REQUESTS = 3, 4, 120
Pair = tuple[Catalog, Catalog]


@cache
def pairs(service: str) -> list[Pair]:
    """Return a catalog beside some that were changed in one place."""
    file = FILES[service]
    return [(load_catalog(file), mutant) for _, mutant in islice(mutants(parsed(file), SEED), MUTANTS)]


@pytest.fixture(params=[(service, place) for service in FILES for place in range(MUTANTS)], ids=str)
def pair(request: pytest.FixtureRequest) -> Pair:
    service, place = request.param
    return pairs(service)[place]


@pytest.fixture
def old(pair: Pair) -> Catalog:
    return pair[0]


@pytest.fixture
def new(pair: Pair) -> Catalog:
    return pair[1]


class TestTwoCatalogs:
    def test_the_difference_is_empty_exactly_if_the_fingerprints_are_equal(self, old: Catalog, new: Catalog):
        diff_laws.is_empty_exactly_if_fingerprints_are_equal(old, new)

    def test_swapped_arguments_swap_effects_in_pairs(self, old: Catalog, new: Catalog):
        diff_laws.swapping_swaps_effects(old, new)

    def test_every_example_proves_its_change(self, old: Catalog, new: Catalog):
        diff_laws.every_example_proves_its_change(old, new)

    def test_a_request_whose_verdict_or_product_differs_has_a_change_of_its_model(self, old: Catalog, new: Catalog):
        diff_laws.every_difference_of_a_request_is_named(old, new, SEED, REQUESTS)
