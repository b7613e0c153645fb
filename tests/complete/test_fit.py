"""`fit` at length: thousands of random tables, each in its time and memory, and small ones beside trying every text."""

import os
from random import Random

import pytest

from support.fit_by_trying import compared
from support.fresh import cost
from support.places import ROOT, TESTS

FITTED = """
from random import Random
from pricing_rules.facts import fit
from support.price_tables import astray, random_table
random, slowest, seen = Random(int(sys.argv[1])), 0, 0
"""
# Every table is fitted, by multipliers that give it; the slowest counts
FIT = """
for most_tiers, count in ((2, 100), (4, 200), (6, 140), (12, 40), (20, 20)):
    for _ in range(count):
        table = random_table(random, most_tiers)
        begun = time.process_time()
        found = fit(table.cells, unit=table.unit, base=table.base)
        slowest = max(slowest, time.process_time() - begun)
        assert (astray(found, table), found.proven) == ([], True), table
        seen += 1
assert seen == 500
start = time.process_time() - slowest
"""


@pytest.mark.parametrize("seed", range(4))
def test_500_random_tables_are_fitted_each_within_two_seconds_and_200_mb(monkeypatch, seed: int):
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(TESTS), str(ROOT))))
    seconds, megabytes = cost(FITTED, FIT, str(seed))
    assert (seconds < 2, megabytes < 200) == (True, True), (seconds, megabytes)


def test_small_tables_are_fitted_as_trying_every_text_of_five_characters_does():
    assert compared(Random(5), tables=500, longest=5) > 200  # noqa: S311 -- no secret
