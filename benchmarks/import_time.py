"""Time what a process pays before its first answer, beside what attrs and cattrs alone cost it.

The clock inside a fresh interpreter reads `import attrs, cattrs`, then `import pricing_rules`, the first catalog and
the first quote. The clock outside reads whole processes, from their start to their end: each less the bare interpreter,
with the memory that stays resident. Every round starts one of each, in turn. The package is compiled to bytecode first,
as an installed one is.
"""

import argparse
import compileall
import platform
import statistics
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).parent.parent
INSIDE = """
from time import perf_counter
start = perf_counter()
import attrs, cattrs
beside = perf_counter()
import pricing_rules
imported = perf_counter()
catalog = pricing_rules.load_catalog("gptimage2api")
loaded = perf_counter()
assert pricing_rules.quote(catalog, {"model": "veo3", "prompt": "a", "inputMode": "text_to_video"}).credits == 63
quoted = perf_counter()
marks = (start, beside, imported, loaded, quoted)
print(*((after - before) * 1e3 for before, after in zip(marks, marks[1:])), (quoted - start) * 1e3)
"""
STEPS = ("import attrs, cattrs", "import pricing_rules", "first catalog", "first quote", "all of it")
WHOLE = {
    "the bare interpreter": "pass",
    "import attrs": "import attrs",
    "import attrs, cattrs": "import attrs, cattrs",
    "import, catalog and first quote": (
        "from pricing_rules import load_catalog, quote\n"
        "quote(load_catalog('gptimage2api'), {'model': 'veo3', 'prompt': 'a', 'inputMode': 'text_to_video'})"
    ),
}
BARE, _, ALONE, OURS = WHOLE
LIMIT = 1.7  # of a process that imports attrs and cattrs
MEMORY = "\nprint(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmRSS')))"


def printed(code: str) -> list[float]:
    """Run code in a fresh interpreter and return the numbers that it prints."""
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    return [float(word) for word in ran.stdout.split()]


def whole(code: str) -> tuple[float, float]:
    """Return the milliseconds that a process takes from its start to its end, and the MiB that it has at the end."""
    start = perf_counter()
    (kilobytes,) = printed(code + MEMORY)
    return (perf_counter() - start) * 1e3, kilobytes / 1024


def row(name: str, times: list[float], base: float, less: float = 0) -> str:
    """Write the median, the quartiles and the least of one contender, and its ratio to the base."""
    low, middle, high = statistics.quantiles([time - less for time in times], n=4)
    return f"{name:34}{middle / base:8.2f}{middle:10.1f}{low:10.1f}{high:10.1f}{min(times) - less:10.1f}"


def rounds(number: int, measures: dict[str, Callable[[], list[float]]]) -> dict[str, list[tuple[float, ...]]]:
    """Take each measure in turn, round by round, and return what every round gave, column by column."""
    found: dict[str, list[list[float]]] = {name: [] for name in measures}
    for _ in range(number):
        for name, measure in measures.items():
            found[name].append(measure())
    return {name: list(zip(*every, strict=True)) for name, every in found.items()}


def main() -> None:
    """Print two tables: ratios to attrs and cattrs first, then milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    number = parser.parse_args().rounds
    compileall.compile_dir(ROOT / "pricing_rules", quiet=1)
    found = rounds(
        number,
        {"inside": lambda: printed(INSIDE), **{name: lambda code=code: [*whole(code)] for name, code in WHOLE.items()}},
    )
    versions = ", ".join(f"{name} {version(name)}" for name in ("attrs", "cattrs"))
    print(f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {versions}, {number} rounds")
    head = f"{'ratio':>8}{'median':>10}{'quartile':>10}{'quartile':>10}{'least':>10}  ms"
    print(f"\n{'inside one process':34}{head}")
    base = statistics.median(found["inside"][0])
    for name, times in zip(STEPS, found["inside"], strict=True):
        print(row(name, list(times), base))
    print(f"\n{'whole processes':34}{head}  MiB")
    bare = statistics.median(found[BARE][0])
    base = statistics.median(found[ALONE][0]) - bare
    for name in WHOLE:
        times, sizes = found[name]
        less = 0 if name == BARE else bare
        print(f"{row(name if name == BARE else f'{name}, more', list(times), base, less)}  {sizes[-1]:6.1f}")
    ours, alone = (statistics.median(found[name][0]) for name in (OURS, ALONE))
    print(f"\nimport to first quote: {ours / alone:.2f} of a process that imports attrs and cattrs (limit: {LIMIT})")


if __name__ == "__main__":
    main()
