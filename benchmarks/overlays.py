"""Time quotes under overlays beside quotes of the catalog below, on the same requests.

The corpus is that of requests.py: the valid ones. All contenders are timed round by round in one process, in an order
drawn anew each round; a ratio is the median of the ratios of the rounds. Each must charge what its rates say first.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus import Request, corpus

from pricing_rules import Catalog, load_catalog, quote
from pricing_rules.tariffs import load_overlay, overlaid

OVERLAY = """
id = "{name}"
version = "2026-11-21"
over = "{over}"
of = "{of}"
sources = {{ contract = "contract.pdf: 1" }}
formula = {{ source = "contract" }}
[[rates]]
rate = "0.9"
source = "contract"
"""
BELOW = "the catalog below"
LIMIT = Fraction("1.1")


def laid(catalog: Catalog, *kinds: str) -> Catalog:
    """Lay overlays of 0.9 over a catalog, one on the other."""
    over = catalog.id
    with TemporaryDirectory() as folder:
        overlays = []
        for number, kind in enumerate(kinds):
            path = Path(folder) / f"{number}.toml"
            path.write_text(OVERLAY.format(name=f"s{number}", over=over, of=kind))
            overlays.append(load_overlay(path))
            over = f"s{number}" if kind == "charge" else over
    return reduce(overlaid, overlays, catalog)


def contenders(catalog: Catalog, requests: list[Request]) -> dict[str, Catalog]:
    """Return what is timed, by name, once it is known to charge right."""
    found = {
        BELOW: catalog,
        "a plan": laid(catalog, "product"),
        "a seller": laid(catalog, "charge"),
        "four sellers": laid(catalog, *["charge"] * 4),
    }
    for request in requests:
        own = quote(catalog, request)
        assert quote(found["a plan"], request).credits == ceil(own.exact * Fraction("0.9"))
        charge = Fraction(own.credits)
        for name in ("a seller", "four sellers"):
            for _ in range(1 if name == "a seller" else 3):
                charge = Fraction(ceil(charge * Fraction("0.9")))
            assert quote(found[name], request).credits == charge
    return found


def timed(catalog: Catalog, requests: list[Request], multiplier: int | str) -> float:
    """Return the microseconds of one quote."""
    start = time.perf_counter()
    for request in requests:
        quote(catalog, request, custom_multiplier=multiplier)
    return (time.perf_counter() - start) / len(requests) * 1e6


def measure(found: dict[str, Catalog], rounds: int, run: Callable[[Catalog], float]) -> dict[str, list[float]]:
    """Time every contender once a round."""
    times: dict[str, list[float]] = {name: [] for name in found}
    chance = random.Random(5)  # noqa: S311 -- no secret
    for _ in range(rounds):
        for name in sorted(found, key=lambda _: chance.random()):
            times[name].append(run(found[name]))
    return times


def show(heading: str, times: dict[str, list[float]]) -> dict[str, float]:
    """Print one table and return the ratios to the catalog below."""
    print(f"\n{heading:32}{'times below':>12}{'microseconds':>14}")
    ratios = {}
    for name, each in times.items():
        ratios[name] = statistics.median(a / b for a, b in zip(each, times[BELOW], strict=True))
        print(f"  {name:30}{ratios[name]:12.2f}{statistics.median(each):14.2f}")
    return ratios


def main() -> None:
    """Print the ratios of quotes that share a price point, and of those with a custom multiplier, which share none."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    rounds = parser.parse_args().rounds
    catalog = load_catalog("gptimage2api")
    valid, _ = corpus(catalog)
    found = contenders(catalog, valid)
    ratios = show("a quote", measure(found, rounds, lambda one: timed(one, valid, 1)))
    few = valid[:100]
    show("with a custom multiplier", measure(found, rounds // 4, lambda one: timed(one, few, "1.1")))
    met = all(ratio <= LIMIT for ratio in ratios.values())
    print(f"\nat most {float(LIMIT)} times the catalog below: {'yes' if met else 'no'}")


if __name__ == "__main__":
    main()
