"""Threads that race for the first use of a bundled catalog, in a process that has not loaded it yet."""

import subprocess
import sys

RACE = """
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from pricing_rules import load_catalog, options, quote

start = Barrier(16)
sys.setswitchinterval(1e-6)

def first_use(_):
    start.wait()
    catalog = load_catalog("gptimage2api")
    credits = quote(catalog, {"model": "veo3", "prompt": "a", "inputMode": "text_to_video"}).credits
    return catalog, credits, len(options(catalog))

with ThreadPoolExecutor(16) as threads:
    catalogs, *answers = zip(*threads.map(first_use, range(16)), strict=True)
print(len({id(catalog) for catalog in catalogs}), *({*found} for found in answers))
"""


def test_sixteen_threads_that_race_for_a_bundled_catalog_get_one_catalog_and_one_answer():
    ran = subprocess.run([sys.executable, "-c", RACE], capture_output=True, text=True, check=True)  # noqa: S603
    assert ran.stdout.split("\n")[0] == "1 {Decimal('63')} {58}"
