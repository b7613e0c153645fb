"""Tables and documents that mean harm: `fit`, `places` and `stale` end in bounded time and memory."""

import os

import pytest

from support.fresh import cost
from support.places import ROOT, TESTS

READ = """
from documents.reading import pages
from pricing_rules import load_catalog
from pricing_rules.facts import UnreadableDocument, places, stale
catalog = load_catalog("gptimage2api")
table = "\\nVideo models\\n"
most = 2_000_000 - 10_000
def within(text):
    page = pages()["pricing.txt"]
    return {**pages(), "pricing.txt": page.replace(table, table + text[:most] + "\\n", 1)}
documents = within(DOCUMENT)
"""
DOCUMENTS = {
    "a line of digits": '"1" * most',
    "a row of digits": '"veo3" + "1" * most',
    "a row of numbers": '"veo3" + "63, 9, 5, " * (most // 10)',
    "a row of numbers that touch": '"kling/v2-1-standard" + "1122" * (most // 4)',
    "a row of spaces": '"veo3" + " " * most + "63"',
    "rows of a model": '"veo3 63\\n" * 90_000',
    "rows of every model": '"".join(f"{model} 1\\n" for model in catalog.models) * 4_000',
    "ids in a row": '"".join(catalog.models) * 4_000',
    "points": '"veo3" + "." * most',
    "numerals with points": '"veo3" + "6.3." * (most // 4)',
    "characters of many bytes": '"veo3" + "\U0001f3ac" * (most - 9)',
    "blank lines": '"\\n" * 90_000',
    "half characters": '"veo3" + "\\ud800" * (most - 9)',
}


@pytest.fixture(autouse=True)
def with_our_pages(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(TESTS), str(ROOT))))


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_two_megabytes_of_a_document_take_less_than_10_seconds_and_300_megabytes(document: str):
    seconds, megabytes = cost(
        READ.replace("DOCUMENT", document), "places(catalog, documents); stale(catalog, documents)"
    )
    assert (seconds < 10, megabytes < 300) == (True, True), (seconds, megabytes)


def test_a_document_beyond_its_limit_is_refused_at_once():
    before = READ.replace("DOCUMENT", '""') + "documents['pricing.txt'] = 'x' * 10_000_000"
    call = """
for ask in (places, stale):
    try:
        ask(catalog, documents)
    except UnreadableDocument:
        continue
    raise AssertionError
"""
    seconds, megabytes = cost(before, call)
    assert (seconds < 1, megabytes < 100) == (True, True), (seconds, megabytes)


FIT = """
from fractions import Fraction
from random import Random
from pricing_rules.answers import Parameters
from pricing_rules.facts import NoFit, NoShortFit, fit, possible
random = Random(3)
def table(columns, rows, price):
    return {Parameters(one, f"{row}p", None, None): price(one, row) for row in range(rows) for one in range(columns)}
def multiplier(digits):
    return Fraction(random.randint(1, 10**digits), 10**random.randint(0, digits - 1))
def product(columns, rows, digits):
    across, down = ([Fraction(1), *(multiplier(digits) for _ in range(1, count))] for count in (columns, rows))
    return table(columns, rows, lambda one, row: -int(-7 * across[one] * down[row] // 1))
cells = TABLE
"""
FITTED = """
try:
    fit(cells)
except (NoFit, NoShortFit):
    pass
"""
TABLES = {
    "400 random prices": "table(20, 20, lambda *_: random.randint(1, 10**6))",
    "400 huge random prices": "table(20, 20, lambda *_: random.randint(1, 10**40 - 1))",
    "400 prices of long multipliers": "product(20, 20, 11)",
    "400 prices of longer multipliers": "product(20, 20, 17)",
    "25 prices of long multipliers": "product(5, 5, 11)",
    "400 equal prices": "table(20, 20, lambda *_: 1)",
    "400 huge equal prices": "table(20, 20, lambda *_: 10**39)",
    "400 prices of 1 or 2": "table(20, 20, lambda one, row: 2 - (one * row > 0 and random.random() < 0.1))",
    "a chain of prices": "{key: price for key, price in product(20, 20, 3).items() "
    "if 0 <= key.duration - int(key.resolution[:-1]) <= 1}",
}


@pytest.mark.parametrize("cells", TABLES.values(), ids=TABLES)
def test_no_table_takes_more_than_15_seconds_and_200_megabytes(cells: str):
    seconds, megabytes = cost(FIT.replace("TABLE", cells), FITTED)
    assert (seconds < 15, megabytes < 200) == (True, True), (seconds, megabytes)
