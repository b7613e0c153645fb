"""Laws 1 and 2 of a tariff's life at length: 300 catalogs with one to three facts changed, 4,000 requests each."""

import os
from itertools import islice
from pathlib import Path

import pytest

from pricing_rules import load_catalog
from support import diff_laws
from support.edited import FILES
from support.mutants import mutants, parsed
from support.random_catalogs import catalogs

CATALOGS, REQUESTS, CHUNK = 100 if os.environ.get("PRICING_RULES_LONG") else 20, 4_000, 20


@pytest.mark.parametrize("seed", range(CATALOGS // CHUNK))
@pytest.mark.parametrize("service", FILES)
def test_no_difference_of_a_verdict_or_a_product_is_left_unnamed(service: str, seed: int):
    old = load_catalog(FILES[service])
    differing = proven = 0
    for _, new in islice(mutants(parsed(FILES[service]), seed), CHUNK):
        diff_laws.is_empty_exactly_if_fingerprints_are_equal(old, new)
        diff_laws.swapping_swaps_effects(old, new)
        proven += diff_laws.every_example_proves_its_change(old, new)
        differing += diff_laws.every_difference_of_a_request_is_named(old, new, seed, REQUESTS)
    assert differing > 0
    assert proven > 0


@pytest.mark.parametrize("seed", range(4))
def test_so_it_is_of_catalogs_made_at_random(seed: int, tmp_path: Path):
    proven = 0
    for old in islice(catalogs(seed, tmp_path), 40):
        for _, new in islice(mutants(parsed(tmp_path / "random.toml"), seed), 3):
            diff_laws.is_empty_exactly_if_fingerprints_are_equal(old, new)
            diff_laws.swapping_swaps_effects(old, new)
            proven += diff_laws.every_example_proves_its_change(old, new)
            diff_laws.every_difference_of_a_request_is_named(old, new, seed, 300)
    assert proven > 0
