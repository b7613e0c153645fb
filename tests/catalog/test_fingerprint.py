"""The fingerprint of a catalog: equal for one meaning however it is written, another for each other meaning."""

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from pricing_rules import Catalog, load_catalog, options, price, quote
from pricing_rules.tariffs import diff
from support.places import CLIPWORKS, INVENTED
from support.variants import changed

LATER = '[[prices]]\nmodels = ["reel-1"]\nsince = 2026-05-01T12:00:00+02:00'
FACTOR = 'base = "3.3"\nduration = { 4 = 1, 8 = 2, 12 = 3 }'
HALVED = 'base = "6.6"\nduration = { 4 = "1/2", 8 = 1, 12 = "3/2" }'
REPEATED = INVENTED[INVENTED.index(LATER) : INVENTED.index('[[prices]]\nmodels = ["reel-1-mini"]')]

READ = '[documents."tariff.txt"]\n'
SECTION = '[documents."tariff.txt".sections.tariff]\n'


def test_a_fingerprint_is_a_version_and_sixteen_digits(gptimage2api: Catalog):
    name, digits = gptimage2api.fingerprint.split(":")
    assert (name, len(digits), set(digits) <= set("0123456789abcdef")) == ("pr1", 16, True)


def test_every_quote_carries_the_fingerprint_of_its_catalog(clipworks: Catalog):
    request = {"job": {"engine": "reel-1", "text": "a boat", "seconds": 8}}
    quotes = [quote(clipworks, request), price(clipworks, "still/1", custom_multiplier=3), *options(clipworks)]
    assert {one.fingerprint for one in quotes} == {clipworks.fingerprint}


def test_the_fingerprint_is_the_same_in_another_process_and_after_pickling(clipworks: Catalog):
    code = "import sys; from pricing_rules import load_catalog; print(load_catalog(sys.argv[1]).fingerprint)"
    ran = subprocess.run([sys.executable, "-c", code, str(CLIPWORKS)], capture_output=True, text=True, check=True)  # noqa: S603
    assert ran.stdout.strip() == clipworks.fingerprint == pickle.loads(pickle.dumps(clipworks)).fingerprint  # noqa: S301


SAME = {
    "a title": ('title = "Reel"', 'title = "Rail"'),
    "a sentence": ("Length in seconds.", "Seconds."),
    "a document": ("tariff.txt: Prices", "tariff.txt: Page 2"),
    "a reason": ("The multiplier is the caller's.", "Ours."),
    "the sentence of an answer": ("Not enough credits.", "Pay."),
    "where it is reached": ("https://clips.example:8443", "http://localhost:8080"),
    "when a document was read": ("[fields.job]", f'{READ}read = "2026-06-01"\n\n[fields.job]'),
    "where a source stands in it": (
        "[fields.job]",
        f'{READ}read = "2026-06-01"\n\n{SECTION}from = "Prices"\nuntil = "Notes"\n\n[fields.job]',
    ),
    "the order of tiers": ("{ 4 = 1, 8 = 2, 12 = 3 }", "{ 12 = 3, 4 = 1, 8 = 2 }"),
    "the order of modes": ('modes = ["text", "stills"]', 'modes = ["stills", "text"]'),
    "a number as a ratio": ('base = "0.3"', 'base = "3/10"'),
    "a factor in the tiers": (FACTOR, HALVED),
    "a limit that the endpoint stated for all": ("{ most_stills = 3 }", "{ most_stills = 3, longest_text = 500 }"),
    "an edition that repeats the one before": (LATER, f"{REPEATED}{LATER.replace('05-01', '05-09')}"),
}  # fmt: skip
OTHER = {
    "a wire name": ("/job/seconds", "/job/length"),
    "a maximum": ("maximum = 4", "maximum = 5"),
    "a multiplier": ('"7/3"', "2"),
    "a base": ("base = 1\n", 'base = "1.0001"\n'),
    "the unit": ('unit = "0.25"', 'unit = "0.5"'),
    "the price of a credit": ('usd = "0.02"', 'usd = "0.03"'),
    "a default": ("default = 24", "default = 30"),
    "a status": ("status = 402", "status = 403"),
    "a body": ("need = ", "needs = "),
    "a state": ('done = "completed"', 'finished = "completed"'),
    "the version": ("2026-06-01", "2026-06-02"),
    "what is documented": ('readings = { audio = "loud" }', ""),
    "an instant": ("05-01T12:00:00+02:00", "05-01T12:00:00+01:00"),
    "the service": ('id = "clipworks"', 'id = "clipshop"'),
    "true for one": ("audio = { false = 1, true = ", "audio = { true = 1, false = "),
}


@pytest.mark.parametrize("change", SAME.values(), ids=list(SAME))
def test_words_and_ways_of_writing_leave_the_fingerprint(tmp_path: Path, clipworks: Catalog, change: tuple[str, str]):
    assert changed(tmp_path, change).fingerprint == clipworks.fingerprint


@pytest.mark.parametrize("change", OTHER.values(), ids=list(OTHER))
def test_every_fact_is_in_the_fingerprint(tmp_path: Path, clipworks: Catalog, change: tuple[str, str]):
    assert changed(tmp_path, change).fingerprint != clipworks.fingerprint


def test_what_is_free_is_the_same_by_any_multiplier(tmp_path: Path):
    free = ("base = 1\nduration = { 4 = 1 }", "base = 0\nduration = { 4 = 1, 8 = 2 }")
    first = changed(tmp_path, free)
    second = changed(tmp_path, (free[0], free[1].replace("8 = 2", "8 = 3")))
    assert first.fingerprint == second.fingerprint
    assert diff(first, second) == ()


def test_loading_a_catalog_makes_no_fingerprint():
    assert load_catalog(CLIPWORKS).compiled.keys().isdisjoint({type(load_catalog(CLIPWORKS)).digest})
