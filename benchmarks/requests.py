"""Time the way of a request beside a checker written by hand and the validators that a server would use instead.

The corpus: 2,000 requests over all models of gptimage2api from a fixed seed, a fifth of them with one to three faults,
keys in any order, one in 99 with the longest prompt of its model (up to 20,000 characters). Every contender must tell
valid from invalid like the explanation before it is timed. All are timed round by round in one process, those of a
section in an order drawn anew each round, by the calls that a server would make; a ratio is the median of the ratios of
the rounds. Peers are given the same rules: unknown fields and the form of URLs included.
"""

# ruff: noqa: ANN401, PLC0415 -- as in peers.py

import argparse
import json
import platform
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from typing import Any

import limit
from corpus import Request, corpus
from paths import each, paths
from peers import LIMITS, PEERS, decoding

from pricing_rules import Catalog, is_valid, load_catalog, price, quote, validate
from pricing_rules.request.explanation import explain

Loop = Callable[[list[Any]], None]
Row = tuple[str, str, Loop, list[Any]]
OURS, HAND = "pricing_rules", "by hand"
DECIDE, LIST, QUOTE = (
    "is_valid, 20% invalid",
    "list all violations, 20% invalid",
    "validate and quote, valid requests",
)
DISTRIBUTIONS = (
    "pydantic",
    "msgspec",
    "jsonschema-rs",
    "fastjsonschema",
    "jsonschema",
    "cattrs",
    "orjson",
    "genai-prices",
)
STARTED = {
    "bare interpreter": "pass",
    "attrs": "import attrs",
    "attrs and cattrs": "import attrs, cattrs",
    "import, catalog and first quote": (
        "from pricing_rules import load_catalog, quote; "
        "quote(load_catalog('gptimage2api'), {'model': 'veo3', 'prompt': 'a', 'inputMode': 'text_to_video'})"
    ),
}
MEMORY = "; print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmRSS')))"


def table(catalog: Catalog, requests: list[Request]) -> Callable[[Request], Any]:
    """Return the lookup of a price that the contenders without one are given: four values to credits."""
    keys = {key_of(request): quote(catalog, request).credits for request in requests}

    def found(body: Request) -> Any:
        return keys[(body["model"], body.get("duration"), body.get("resolution"), body.get("numOutputs"))]

    return found


def key_of(body: Request) -> tuple[Any, ...]:
    """Return what the price of a request depends on."""
    return (body["model"], body.get("duration"), body.get("resolution"), body.get("numOutputs"))


def rows(catalog: Catalog) -> Iterator[Row]:
    """Yield what is timed: section, contender, the loop of its calls and their inputs."""
    valid, invalid = corpus(catalog)
    mixed = [*valid, *invalid]
    lookup = table(catalog, valid)
    yield from ours(catalog, valid, mixed)
    contenders = [
        (HAND, limit.faults, limit.decide),
        *(contender for peer in PEERS for contender in peer(catalog)),
    ]
    for name, listed, decide in contenders:
        assert all(map(decide, valid)), name
        assert not any(map(decide, invalid)), name
        assert all(map(listed, invalid)), name
        yield DECIDE, name, each(decide), mixed
        yield LIST, name, each(listed), mixed
        yield QUOTE, name, each(pricing(decide, lookup)), valid
    yield from from_bytes(catalog, valid, invalid)
    yield from alone(catalog)
    yield from paths(catalog)


def ours(catalog: Catalog, valid: list[Request], mixed: list[Request]) -> Iterator[Row]:
    """Yield the calls as a server makes them."""

    def decided(inputs: list[Any]) -> None:
        for one in inputs:
            is_valid(catalog, one)

    def validated(inputs: list[Any]) -> None:
        for one in inputs:
            validate(catalog, one)

    def quoted(inputs: list[Any]) -> None:
        for one in inputs:
            quote(catalog, one)

    assert all(is_valid(catalog, one) == (explain(catalog, one) == ()) for one in mixed)
    assert all(validate(catalog, one) == explain(catalog, one) for one in mixed)
    assert not any(validate(catalog, one) for one in valid)
    yield DECIDE, OURS, decided, mixed
    yield LIST, OURS, validated, mixed
    yield QUOTE, OURS, quoted, valid


def pricing(decide: Callable[[Request], bool], lookup: Callable[[Request], Any]) -> Callable[[Request], object]:
    """Return the decision of a contender followed by the lookup of the price."""
    return lambda body: decide(body) and lookup(body)


def from_bytes(catalog: Catalog, valid: list[Request], invalid: list[Request]) -> Iterator[Row]:
    """Yield parsing alone, then with a decision or a quote after it."""
    import orjson

    raw, decode = [orjson.dumps(request) for request in valid], decoding(catalog)
    assert all(map(decode, raw))
    assert not any(map(decode, map(orjson.dumps, invalid)))
    for name, loads in (("orjson", orjson.loads), ("json", json.loads)):
        section = f"from bytes with {name}"
        yield section, f"{name}.loads alone", each(loads), raw
        for contender, loop in parsed(catalog, loads):
            yield section, contender, loop, raw
    yield "from bytes with orjson", "msgspec native decode: decide", each(decode), raw


def parsed(catalog: Catalog, loads: Callable[[bytes], Any]) -> Iterator[tuple[str, Loop]]:
    """Yield the loops that judge or price what a parser gives."""

    def validated(inputs: list[bytes]) -> None:
        for one in inputs:
            validate(catalog, loads(one))

    def quoted(inputs: list[bytes]) -> None:
        for one in inputs:
            quote(catalog, loads(one))

    def by_hand(inputs: list[bytes]) -> None:
        for one in inputs:
            limit.decide(loads(one))

    yield f"{OURS}: validate", validated
    yield f"{OURS}: quote", quoted
    yield f"{HAND}: decide", by_hand


def alone(catalog: Catalog) -> Iterator[Row]:
    """Yield a price without a request, and the nearest product's price of a call to a language model."""
    from genai_prices import Usage, calc_price

    usage = Usage(input_tokens=1_000, output_tokens=100)
    request = {"model": "veo3", "prompt": "a", "inputMode": "text_to_video"}
    hundred = [None] * 100
    section = "one price"
    yield section, f"{OURS}: validate and quote", each(lambda _: quote(catalog, request)), hundred
    yield section, f"{OURS}: price", each(lambda _: price(catalog, "veo3", duration=8)), hundred
    call = partial(calc_price, usage, model_ref="gpt-4o", provider_id="openai")
    yield section, "genai-prices", each(lambda _: call()), hundred


def timed(loop: Loop, inputs: list[Any]) -> float:
    """Return the microseconds that one call takes."""
    start = time.perf_counter()
    loop(inputs)
    return (time.perf_counter() - start) / len(inputs) * 1e6


def ratio(some: list[float], others: list[float]) -> float:
    """Return the median of the ratios of two contenders, round by round: a slow moment of the machine slows both."""
    return statistics.median(one / other for one, other in zip(some, others, strict=True))


def started(rounds: int) -> None:
    """Print what a process pays before its first answer, and the memory that it then has."""
    times: dict[str, list[float]] = {name: [] for name in STARTED}
    memory = {}
    for _ in range(rounds):
        for name, code in STARTED.items():
            start = time.perf_counter()
            ran = subprocess.run([sys.executable, "-c", code + MEMORY], capture_output=True, text=True, check=True)  # noqa: S603
            times[name].append((time.perf_counter() - start) * 1e3)
            memory[name] = int(ran.stdout) / 1024
    print("\nfrom a fresh interpreter")
    for name, found in times.items():
        low, middle, high = statistics.quantiles(found, n=4)
        print(f"  {name:36}{middle:9.1f} ms ({low:.1f} to {high:.1f}) {memory[name]:8.1f} MiB")


def main() -> None:
    """Print one table: ratios to the first contender of each section, then to this package, then microseconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    rounds = parser.parse_args().rounds
    every = list(rows(load_catalog("gptimage2api")))
    sections, chance = list(dict.fromkeys(row[0] for row in every)), random.Random(5)  # noqa: S311
    times: list[list[float]] = [[] for _ in every]
    for _ in range(rounds):
        for place in sorted(range(len(every)), key=lambda place: (sections.index(every[place][0]), chance.random())):
            times[place].append(timed(*every[place][2:]))
    versions = ", ".join(f"{name} {version(name)}" for name in DISTRIBUTIONS)
    print(f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {rounds} rounds; {versions}")
    for section in sections:
        here = [(row[1], found) for row, found in zip(every, times, strict=True) if row[0] == section]
        first = next((found for name, found in here if name == HAND), here[0][1])
        own = next((found for name, found in here if name.startswith(OURS)), first)
        print(f"\n{section:38}{'to limit':>9}{'to ours':>9}{'median':>10}{'quartiles, microseconds':>26}")
        for name, found in here:
            low, middle, high = statistics.quantiles(found, n=4)
            spread = f"{low:.2f} to {high:.2f}"
            ratios = f"{ratio(found, first):9.2f}{ratio(found, own):9.2f}"
            print(f"  {name:36}{ratios}{middle:10.2f}{spread:>26}  {LIMITS.get(name, '')}")
    started(max(5, rounds // 2))


if __name__ == "__main__":
    main()
