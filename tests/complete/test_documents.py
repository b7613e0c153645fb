"""The documents themselves: every number in its place, every section as it was read, no sentence copied.

They are other people's text and no part of the project. PRICING_RULES_DOCUMENTS names the folder, by default
`../shared/documents` beside the project; this leg alone may be absent where every leg has to run.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from documents.cells import CELLS
from documents.places import AIV, DOCUMENTS, GPT
from documents.reading import pages
from pricing_rules import load_catalog
from pricing_rules.facts import places, stale
from support.our_pages import named
from support.places import ROOT

FOLDER = Path(os.environ.get("PRICING_RULES_DOCUMENTS") or ROOT.parent / "shared" / "documents")
WORDS = 7  # in a row, of a sentence
pytestmark = [
    pytest.mark.may_be_absent,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the services' documents are not here: PRICING_RULES_DOCUMENTS"),
]


@pytest.fixture(scope="module")
def documents() -> Mapping[str, str]:
    return {name: (FOLDER / name).read_text("utf-8") for each in DOCUMENTS.values() for name in each}


@pytest.mark.parametrize("service", [GPT, AIV])
def test_the_documents_are_as_they_were_read(documents: Mapping[str, str], service: str):
    assert stale(load_catalog(service), documents) == ((), ())


def test_all_61_prices_stand_in_their_place(documents: Mapping[str, str]):
    found = [place for service in (GPT, AIV) for place in places(load_catalog(service), documents)]
    prices = [(place.number.model, str(place.number.value)) for place in found if place.number.parameters]
    assert sorted(prices) == sorted((model, amount) for _, model, _, _, amount, _, _ in CELLS)


@pytest.mark.parametrize("service", [GPT, AIV])
def test_our_pages_print_what_the_documents_print_under_the_same_headings(documents: Mapping[str, str], service: str):
    catalog = load_catalog(service)
    theirs, ours = ({(named(place.number), place.document, place.heading) for place in places(catalog, each)}
                    for each in (documents, pages()))  # fmt: skip
    assert theirs == ours


def test_our_pages_share_no_sentence_with_the_documents(documents: Mapping[str, str]):
    theirs = set().union(*(sequences(line) for text in documents.values() for line in text.splitlines()))
    shared = [line for text in pages().values() for line in text.splitlines() if sequences(line) & theirs]
    assert [line for line in shared if not is_a_table(line)] == []


def sequences(line: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[A-Za-z]+", line)
    return {tuple(words[start : start + WORDS]) for start in range(len(words) - WORDS + 1)}


def is_a_table(line: str) -> bool:
    """Tell whether a line is a row of a table, of headings or of code: it has ids, arrows or columns that are glued."""
    return bool(re.search(r"[a-z]/|→|-to-| \| ", line))
