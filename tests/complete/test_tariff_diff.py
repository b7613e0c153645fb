"""Laws 1 and 2 of a tariff's life at length: 300 catalogs with one to three facts changed, 4,000 requests each."""

from itertools import islice
from pathlib import Path

import pytest

from pricing_rules import load_catalog
from pricing_rules.catalog.loading import BUNDLED
from support import diff_laws
from support.mutants import mutants, parsed
from support.places import CLIPWORKS

SOURCES = {
    "gptimage2api": Path(BUNDLED) / "gptimage2api.toml",
    "aivideoapi": Path(BUNDLED) / "aivideoapi.toml",
    "clipworks": CLIPWORKS,
}
CATALOGS, REQUESTS, CHUNK = 100, 4_000, 20


@pytest.mark.parametrize("seed", range(CATALOGS // CHUNK))
@pytest.mark.parametrize("service", SOURCES)
def test_no_difference_of_a_verdict_or_a_product_is_left_unnamed(service: str, seed: int):
    old = load_catalog(SOURCES[service])
    differing = proven = 0
    for said, new in islice(mutants(parsed(SOURCES[service]), seed), CHUNK):
        diff_laws.is_empty_exactly_if_fingerprints_are_equal(old, new)
        diff_laws.swapping_swaps_effects(old, new)
        proven += diff_laws.every_example_proves_its_change(old, new)
        differing += diff_laws.every_difference_of_a_request_is_named(old, new, seed, REQUESTS)
    assert differing > 0
    assert proven > 0
