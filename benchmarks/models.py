"""Tell whether a quote costs more where there are more models, and whether loading costs more than in proportion.

The catalogs: gptimage2api's own text, followed by invented models, each one of its models under another name with that
model's prices, until there are 250, 500, 1,000 and 2,000. All are TOML files, loaded by their paths with every check.

The requests: the valid ones of corpus.py, quoted with the bundled catalog, with the one of 2,000 models, and with that
one where each request names another of the invented models, so that their checks do not fit the processor's caches.
All are timed round by round, in an order drawn anew for each, in one process.

Loading is timed in turn too; it compiles nothing, which is asserted, as is that every invented model costs what its
original does.
"""

import argparse
import gc
import json
import platform
import random
import statistics
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count, cycle
from pathlib import Path
from time import perf_counter
from typing import Any

from corpus import Request, corpus

from pricing_rules import Catalog, load_catalog, options, quote, validate
from pricing_rules.catalog.loading import BUNDLED
from pricing_rules.request.check import current_check

SIZES = (250, 500, 1_000, 2_000)
LIMIT = 1.1  # times the bundled catalog's quote
TEXT = (Path(BUNDLED) / "gptimage2api.toml").read_text(encoding="utf-8")
TABLES = tomllib.loads(TEXT)


def renamed(model_id: str, number: int) -> str:
    """Return the id of an invented model."""
    return f"{model_id}.{number}"


def invented(models: int) -> str:
    """Write a catalog of this many models as TOML."""
    return "\n".join((TEXT, *_tables(models - len(TABLES["models"]))))


def _tables(models: int) -> Iterator[str]:
    names = cycle(TABLES["models"])
    for number in range(models):
        original = next(names)
        name = renamed(original, number // len(TABLES["models"]))
        yield f"[models.{json.dumps(name)}]"
        yield from _keys(TABLES["models"][original] | {"title": f"Model {number}"})
        for price in TABLES["prices"]:
            if original in price["models"]:
                yield "[[prices]]"
                yield from _keys(price | {"models": [name]})


def _keys(table: dict[str, Any]) -> Iterator[str]:
    return (f"{json.dumps(key)} = {_value(value)}" for key, value in table.items())


def _value(value: Any) -> str:  # noqa: ANN401 -- whatever TOML holds
    if isinstance(value, dict):
        return "{ " + ", ".join(_keys(value)) + " }"
    return json.dumps(value)


def spread(requests: list[Request], models: int) -> list[Request]:
    """Let each request name another of the invented models."""
    numbers: dict[str, Iterator[int]] = {}
    each = models // len(TABLES["models"]) - 1
    return [
        request | {"model": renamed(request["model"], next(numbers.setdefault(request["model"], count())) % each)}
        for request in requests
    ]


def timed(call: Callable[[Any], object], inputs: list[Any]) -> float:
    """Return the seconds that one call takes, without the collector's own rounds."""
    gc.collect()
    gc.disable()
    start = perf_counter()
    for one in inputs:
        call(one)
    taken = (perf_counter() - start) / len(inputs)
    gc.enable()
    return taken


def quoting(big: Catalog, rounds: int) -> None:
    """Print what a quote costs with the bundled catalog and with the big one."""
    bundled = load_catalog("gptimage2api")
    valid, _ = corpus(bundled)
    others = spread(valid, len(big.models))
    assert [quote(big, request).credits for request in others] == [quote(bundled, request).credits for request in valid]
    few = f"{len(bundled.models)} models"
    contenders = {
        few: (bundled, valid),
        f"{len(big.models):,} models, the same requests": (big, valid),
        f"{len(big.models):,} models, all of them asked for": (big, others),
    }
    times: dict[str, list[float]] = {name: [] for name in contenders}
    chance = random.Random(5)  # noqa: S311 -- what ran before a contender is left in the processor's caches
    for _ in range(rounds):
        for name, (catalog, requests) in chance.sample(list(contenders.items()), len(contenders)):
            times[name].append(timed(lambda body, catalog=catalog: quote(catalog, body), requests) * 1e6)
    base = statistics.median(times[few])
    print(f"\n{'validate and quote':42}{'ratio':>8}{'median':>10}{'quartiles, microseconds':>26}")
    for name, found in times.items():
        print(row(name, found, base))
    for name, found in times.items():
        held = statistics.median(found) <= LIMIT * base
        print(f"  {name}: {'at most' if held else 'MORE THAN'} {LIMIT} times the bundled catalog's")


def loading(files: dict[int, Path], rounds: int) -> None:
    """Print what loading costs by the number of models."""
    times: dict[int, list[float]] = {size: [] for size in files}
    for _ in range(rounds):
        for size, file in files.items():
            times[size].append(timed(load_catalog, [file]) / size * 1e6)
    base = statistics.median(times[SIZES[0]])
    print(f"\n{'loading, for each model':42}{'ratio':>8}{'median':>10}{'quartiles, microseconds':>26}")
    for size, found in times.items():
        print(row(f"{size:,} models, {files[size].stat().st_size:,} bytes", found, base))


def first_uses(file: Path) -> None:
    """Print what the first use of every model costs, by how many were used before."""
    catalog = load_catalog(file)
    bodies = [{"model": model.id, "prompt": "a", "inputMode": model.modes[0]} for model in catalog.models.values()]
    compiled = catalog.compiled
    assert current_check not in compiled
    options(catalog)
    assert current_check not in compiled
    print(f"\n{'first validation with each model':42}{'ratio':>8}{'median':>10}{'quartiles, microseconds':>26}")
    base = 0.0
    for start in range(0, len(bodies), 500):
        found = [timed(lambda body: validate(catalog, body), [body]) * 1e6 for body in bodies[start : start + 500]]
        base = base or statistics.median(found)
        print(row(f"models {start + 1:,} to {start + len(found):,}", found, base))


def row(name: str, found: list[float], base: float) -> str:
    """Write the median and the quartiles of one contender, and its ratio to the first."""
    low, middle, high = statistics.quantiles(found, n=4)
    return f"  {name:40}{middle / base:8.2f}{middle:10.2f}{f'{low:.2f} to {high:.2f}':>26}"


def main() -> None:
    """Print a table for quoting, one for loading, one for first uses: ratios first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    rounds = parser.parse_args().rounds
    print(f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {platform.machine()}, {rounds} rounds")
    with tempfile.TemporaryDirectory() as folder:
        files = {size: Path(folder) / f"{size}.toml" for size in SIZES}
        for size, file in files.items():
            file.write_text(invented(size), encoding="utf-8")
            assert current_check not in load_catalog(file).compiled, "loading compiles nothing"
            assert len(load_catalog(file).models) == size
        quoting(load_catalog(files[SIZES[-1]]), rounds)
        loading(files, max(5, rounds // 8))
        first_uses(files[SIZES[-1]])


if __name__ == "__main__":
    main()
