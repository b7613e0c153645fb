"""The start of a process: what an import, a catalog and a first quote load, and what they leave alone."""

import json
import subprocess
import sys

STANDARD = {
    *("bisect", "contextvars", "datetime", "decimal", "fractions", "hashlib", "math", "numbers", "string", "tomllib")
}
LOADED = """
import json, sys
import attrs, cattrs
before = {*sys.modules}
from pricing_rules import load_catalog, quote
if sys.argv[1] == "quote":
    quote(load_catalog("gptimage2api"), {"model": "veo3", "prompt": "a", "inputMode": "text_to_video"})
print(json.dumps(sorted({*sys.modules} - before)))
"""


def loaded(until: str) -> set[str]:
    """Return the modules that a fresh interpreter loads beyond those of attrs and cattrs."""
    command = [sys.executable, "-c", LOADED, until]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 -- our own interpreter
    return {name.split(".")[0] for name in json.loads(ran.stdout) if not name.startswith("_")}


def test_the_first_quote_loads_nothing_beyond_attrs_and_cattrs_but_the_parser_and_the_exact_numbers():
    assert loaded("quote") - STANDARD == {"pricing_rules"}


def test_the_import_loads_no_parser():
    assert loaded("import") - STANDARD == {"pricing_rules"}
    assert "tomllib" not in loaded("import")


def test_the_import_loads_nothing_of_the_life_of_a_tariff_nor_of_its_proofs():
    rooms = ("pricing_rules.tariffs", "pricing_rules.facts")
    code = f"import sys, pricing_rules; print(*(name for name in sys.modules if name.startswith({rooms})))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 -- our own interpreter
    assert ran.stdout.strip() == ""
