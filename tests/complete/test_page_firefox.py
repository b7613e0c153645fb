"""The quote page once in Firefox: every price of a service as `quote` tells it, without a word in the console."""

import json
import shutil
from pathlib import Path

import pytest

from frontend.quote_page import states, told
from frontend.tools import node
from pricing_rules import load_catalog, quote
from pricing_rules.export import page

TOLD = ("credits", "exact", "basis")


def test_firefox_says_what_quote_says(tmp_path: Path):
    firefox = shutil.which("firefox-esr") or shutil.which("firefox")
    if firefox is None:
        pytest.skip("no firefox: apt-get install firefox-esr")
    catalog = load_catalog("gptimage2api")
    file = tmp_path / "quote.html"
    file.write_text(page([catalog]))
    addresses = [one.address for one in states(catalog, ("1",)) if one.outputs == 1]
    found = json.loads(node("firefox.mjs", firefox, str(file), stdin=json.dumps(addresses)))
    assert (found["troubles"], len(found["answers"]) >= 58) == ([], True)
    for answer in found["answers"]:
        expected = told(quote(catalog, json.loads(answer["body"])))
        assert {key: answer[key] for key in TOLD} == {key: expected[key] for key in TOLD}
        assert answer["sideways"] == 0
