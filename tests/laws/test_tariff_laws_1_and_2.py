"""Laws 1 and 2 of a tariff's life, on a few catalogs; tests/complete/test_tariff_diff.py has 300."""

from itertools import islice

import pytest

from pricing_rules import Catalog, load_catalog
from support import diff_laws
from support.edited import FILES
from support.mutants import mutants, parsed

SEED, MUTANTS, REQUESTS = 3, 4, 120
PAIRS = [
    (load_catalog(file), mutant, said)
    for file in FILES.values()
    for said, mutant in islice(mutants(parsed(file), SEED), MUTANTS)
]


@pytest.mark.parametrize(("old", "new"), [pair[:2] for pair in PAIRS], ids=[said for *_, said in PAIRS])
class TestTwoCatalogs:
    def test_the_difference_is_empty_exactly_if_the_fingerprints_are_equal(self, old: Catalog, new: Catalog):
        diff_laws.is_empty_exactly_if_fingerprints_are_equal(old, new)

    def test_swapped_arguments_swap_effects_in_pairs(self, old: Catalog, new: Catalog):
        diff_laws.swapping_swaps_effects(old, new)

    def test_every_example_proves_its_change(self, old: Catalog, new: Catalog):
        diff_laws.every_example_proves_its_change(old, new)

    def test_a_request_whose_verdict_or_product_differs_has_a_change_of_its_model(self, old: Catalog, new: Catalog):
        diff_laws.every_difference_of_a_request_is_named(old, new, SEED, REQUESTS)
