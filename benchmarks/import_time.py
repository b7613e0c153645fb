"""Time `import pricing_rules` beside attrs alone, and the first catalog and quote after it.

Each round starts two fresh interpreters, one after the other, and reads the clock inside them. The package is compiled
to bytecode first, as an installed one is.
"""

import argparse
import compileall
import platform
import statistics
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parent.parent
ALONE = """
from time import perf_counter
start = perf_counter()
import attrs
print((perf_counter() - start) * 1e3)
"""
BESIDE = """
from time import perf_counter
start = perf_counter()
import attrs
attrs_alone = perf_counter()
import pricing_rules
imported = perf_counter()
catalog = pricing_rules.load_catalog("gptimage2api")
loaded = perf_counter()
assert pricing_rules.price(catalog, "veo3").credits == 63
quoted = perf_counter()
marks = (start, attrs_alone, imported, loaded, quoted)
print(*((after - before) * 1e3 for before, after in zip(marks, marks[1:])))
"""
NAMES = ("attrs, beside it", "pricing_rules after attrs", "first catalog", "first quote")


def timed(code: str) -> list[float]:
    """Run code in a fresh interpreter and return the milliseconds that it prints."""
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    return [float(word) for word in ran.stdout.split()]


def row(name: str, times: list[float], base: float) -> str:
    """Write the median and the quartiles of one contender, and its ratio to attrs alone."""
    low, middle, high = statistics.quantiles(times, n=4)
    return f"{name:28}{middle / base:8.2f}{middle:10.1f}{low:10.1f}{high:10.1f}{min(times):10.1f}"


def main() -> None:
    """Print one table: ratios to attrs alone first, then milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    rounds = parser.parse_args().rounds
    compileall.compile_dir(ROOT / "pricing_rules", quiet=1)
    alone, beside = [], []
    for _ in range(rounds):
        alone += timed(ALONE)
        beside.append(timed(BESIDE))
    base = statistics.median(alone)
    print(
        f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, attrs {version('attrs')}, {rounds} rounds"
    )
    print(f"{'':28}{'ratio':>8}{'median':>10}{'quartile':>10}{'quartile':>10}{'least':>10}  ms")
    print(row("attrs alone", alone, base))
    for name, times in zip(NAMES, zip(*beside, strict=True), strict=True):
        print(row(name, list(times), base))


if __name__ == "__main__":
    main()
