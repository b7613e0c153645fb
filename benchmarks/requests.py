"""Time the way of a request beside a checker written by hand and the validators that a server would use instead.

The corpus: 2,000 requests over all models of gptimage2api from a fixed seed, a fifth of them with one to three faults,
keys in any order, one in 99 with the longest prompt of its model (up to 20,000 characters). Every contender must tell
valid from invalid like the explanation before it is timed. All are timed in turn, round by round, in one process, each
as one public call; a ratio is the median of the ratios of the rounds. Peers are given the same rules: unknown fields
and the form of URLs included.
"""

# ruff: noqa: ANN401, PLC0415 -- as in peers.py

import argparse
import json
import platform
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
from peers import LIMITS, PEERS, decoding

from pricing_rules import Catalog, load_catalog, price, quote, validate

Row = tuple[str, str, Callable[[Any], object], list[Any]]
OURS, HAND = "pricing_rules", "by hand"
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
    """Yield what is timed: section, contender, call and its inputs."""
    valid, invalid = corpus(catalog)
    mixed = [*valid, *invalid]
    lookup = table(catalog, valid)
    contenders = [
        (HAND, limit.faults, limit.decide),
        (OURS, partial(validate, catalog), lambda body: not validate(catalog, body)),
        *(contender for peer in PEERS for contender in peer(catalog)),
    ]
    for name, listed, decide in contenders:
        assert all(map(decide, valid)), name
        assert not any(map(decide, invalid)), name
        assert all(map(listed, invalid)), name
        yield "decide, valid requests", name, decide if name != OURS else listed, valid
        yield "list all violations, 20% invalid", name, listed, mixed
        priced = partial(quote, catalog) if name == OURS else pricing(decide, lookup)
        yield "validate and quote, valid requests", name, priced, valid
    yield from from_bytes(catalog, valid, invalid)
    yield from alone(catalog)


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
        yield section, f"{name}.loads alone", loads, raw
        yield section, f"{OURS}: validate", lambda body, loads=loads: validate(catalog, loads(body)), raw
        yield section, f"{OURS}: quote", lambda body, loads=loads: quote(catalog, loads(body)), raw
        yield section, f"{HAND}: decide", lambda body, loads=loads: limit.decide(loads(body)), raw
    yield "from bytes with orjson", "msgspec native decode: decide", decode, raw


def alone(catalog: Catalog) -> Iterator[Row]:
    """Yield a price without a request, and the nearest product's price of a call to a language model."""
    from genai_prices import Usage, calc_price

    usage = Usage(input_tokens=1_000, output_tokens=100)
    request = {"model": "veo3", "prompt": "a", "inputMode": "text_to_video"}
    hundred = [None] * 100
    section = "one price"
    yield section, f"{OURS}: validate and quote", lambda _: quote(catalog, request), hundred
    yield section, f"{OURS}: price", lambda _: price(catalog, "veo3", duration=8), hundred
    yield section, "genai-prices", lambda _: calc_price(usage, model_ref="gpt-4o", provider_id="openai"), hundred


def timed(call: Callable[[Any], object], inputs: list[Any]) -> float:
    """Return the microseconds that one call takes."""
    start = time.perf_counter()
    for one in inputs:
        call(one)
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
    times: list[list[float]] = [[] for _ in every]
    for _ in range(rounds):
        for place, (_, _, call, inputs) in enumerate(every):
            times[place].append(timed(call, inputs))
    versions = ", ".join(f"{name} {version(name)}" for name in DISTRIBUTIONS)
    print(f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {rounds} rounds; {versions}")
    for section in dict.fromkeys(row[0] for row in every):
        here = [(row[1], found) for row, found in zip(every, times, strict=True) if row[0] == section]
        own = next(found for name, found in here if name.startswith(OURS))
        print(f"\n{section:38}{'to first':>9}{'to ours':>9}{'median':>10}{'quartiles, microseconds':>26}")
        for name, found in here:
            low, middle, high = statistics.quantiles(found, n=4)
            spread, first = f"{low:.2f} to {high:.2f}", ratio(found, here[0][1])
            print(f"  {name:36}{first:9.2f}{ratio(found, own):9.2f}{middle:10.2f}{spread:>26}  {LIMITS.get(name, '')}")
    started(max(5, rounds // 2))


if __name__ == "__main__":
    main()
