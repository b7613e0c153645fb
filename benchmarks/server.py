"""Time a FastAPI handler that validates and quotes beside one that answers a constant, both with one response model.

Three servers stand beside each other, each a process of its own:

- constant: the handler reads the body and answers the same quote to each request
- quotes: it validates and quotes, and answers the quote of the request
- ledger: the README's server, which also debits; its one account does not run out

This process sends the valid requests of corpus.py to one of them at a time, over connections that stay open; each
connection sends its next request when it has read the answer. The servers take turns, round by round. Beside the
requests a second stand the slowest of a hundred (p99) and the processor time that a server took for each request, which
other processes disturb less. The ledger's own rate is that of its function alone, called from as many threads.
"""

import argparse
import asyncio
import json
import os
import platform
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import cycle
from pathlib import Path

from corpus import corpus

from pricing_rules import load_catalog

ROOT = Path(__file__).parent.parent
HOST = "127.0.0.1"
CONNECTIONS = 16
CONSTANT, QUOTES, LEDGER = "answers a constant", "validates and quotes", "the README's, with a ledger"
HANDLER = """
from datetime import UTC, datetime

from fastapi import FastAPI, Request

from pricing_rules import as_dict, load_catalog, price, quote
from pricing_rules.serialization import QuoteDict

app = FastAPI()
catalog = load_catalog("gptimage2api")
constant = as_dict(price(catalog, "wan/2-6-text-to-video", duration=15, resolution="1080p"))


@app.post(catalog.endpoints["video"].path, response_model=QuoteDict)
async def show(request: Request):
    body = await request.json()
    return {answer}
"""
RICH = "'package-1', 150,", "'package-1', 1000000000000,"
DIRECT = """
import json, sys, time
from concurrent.futures import ThreadPoolExecutor
import server

bodies = [line.encode() for line in sys.stdin]
start = time.perf_counter()
with ThreadPoolExecutor(16) as pool:
    list(pool.map(lambda body: server.take("demo", "video", body, None), bodies))
print(len(bodies) / (time.perf_counter() - start))
"""


def sources() -> dict[str, str]:
    """Return the text of each server."""
    found = re.search(r"```python\n# server.py\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert found, "the README has no server.py"
    assert RICH[0] in found[1], RICH
    return {
        CONSTANT: HANDLER.format(answer="constant"),
        QUOTES: HANDLER.format(answer='as_dict(quote(catalog, body, endpoint="video", at=datetime.now(UTC)))'),
        LEDGER: found[1].replace(*RICH),
    }


@contextmanager
def serving(folder: Path, text: str) -> Iterator[tuple[int, int]]:
    """Run a server in a process of its own and give its port and its process, once it listens."""
    folder.mkdir()
    (folder / "server.py").write_text(text, encoding="utf-8")
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "server:app", "--port", str(port), "--log-level", "error"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=folder, env=environment) as server:  # noqa: S603 -- our own interpreter
        try:
            _await(port, server)
            yield port, server.pid
        finally:
            server.terminate()


def _await(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert server.poll() is None, "the server ended before it listened"
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the server does not listen")


class Client(asyncio.Protocol):
    """One connection that stays open, and the statuses of what it was answered."""

    def __init__(self, requests: Iterator[bytes]) -> None:
        self.requests = requests
        self.read = b""
        self.answered: list[bytes] = []
        self.took: list[float] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first request."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.send()

    def send(self) -> None:
        """Send the next request, and note when."""
        self.sent = time.perf_counter()
        self.transport.write(next(self.requests))

    def data_received(self, data: bytes) -> None:
        """Send the next request, once the answer is there."""
        self.read += data
        head, ended, body = self.read.partition(b"\r\n\r\n")
        if ended and len(body) == int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0]):
            self.answered.append(head[9:12])
            self.took.append(time.perf_counter() - self.sent)
            self.read = b""
            self.send()


def processor(process: int) -> float:
    """Return the seconds of processor time that a process has taken."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def load(port: int, process: int, requests: Iterator[bytes], seconds: float) -> tuple[float, ...]:
    """Return the requests a second that a server answers, its microseconds for each, and the p99 in milliseconds."""
    loop = asyncio.get_running_loop()
    before, start = processor(process), time.perf_counter()
    opened = [await loop.create_connection(lambda: Client(requests), HOST, port) for _ in range(CONNECTIONS)]
    await asyncio.sleep(seconds)
    taken, worked = time.perf_counter() - start, processor(process) - before
    clients = [client for _, client in opened]
    answers = [status for client in clients for status in client.answered]
    for client in clients:
        client.transport.abort()
    assert {*answers} == {b"200"}, {*answers}
    slowest = statistics.quantiles([took for client in clients for took in client.took], n=100)[98]
    return len(answers) / taken, worked / len(answers) * 1e6, slowest * 1e3


def contents() -> list[str]:
    """Return the valid requests of the endpoint as JSON."""
    catalog = load_catalog("gptimage2api")
    valid, _ = corpus(catalog)
    return [json.dumps(body) for body in valid if catalog.model(body["model"]).endpoint == "video"]


def messages() -> Iterator[bytes]:
    """Give them as HTTP, again and again."""
    endpoint = load_catalog("gptimage2api").endpoints["video"]
    head = f"{endpoint.method} {endpoint.path} HTTP/1.1\r\nHost: {HOST}\r\nAuthorization: Bearer demo-key\r\n"
    bodies = [content.encode() for content in contents()]
    return cycle([f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body for body in bodies])


def direct(folder: Path) -> float:
    """Return the debits a second of the ledger's own function, with 16 threads."""
    folder.mkdir()
    (folder / "server.py").write_text(sources()[LEDGER], encoding="utf-8")
    command, environment = [sys.executable, "-c", DIRECT], os.environ | {"PYTHONPATH": str(ROOT)}
    sent = "\n".join(contents())
    ran = subprocess.run(command, cwd=folder, env=environment, input=sent, capture_output=True, text=True, check=True)  # noqa: S603
    return float(ran.stdout)


def main() -> None:
    """Print one table, with what is left of the requests a second of a constant; then the ledger's own rate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--seconds", type=float, default=1)
    options = parser.parse_args()
    requests = messages()
    found: dict[str, list[tuple[float, ...]]] = {name: [] for name in sources()}
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory()))
        servers = {
            name: running.enter_context(serving(folder / str(number), text))
            for number, (name, text) in enumerate(sources().items())
        }
        for server in servers.values():
            asyncio.run(load(*server, requests, 1))  # each compiles the checks of its models
        for _ in range(options.rounds):
            for name, server in servers.items():
                found[name].append(asyncio.run(load(*server, requests, options.seconds)))
        alone = direct(folder / "direct")
    versions = ", ".join(f"{name} {version(name)}" for name in ("uvicorn", "h11", "fastapi", "starlette"))
    machine = f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    print(f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {machine}")
    print(f"{versions}; {options.rounds} rounds of {options.seconds:g} s, {CONNECTIONS} connections")
    head = f"{'ratio':>8}{'requests a second':>20}{'quartiles':>18}{'p99 ms':>9}{'CPU us each':>13}"
    print(f"\n{'what the handler does':28}{head}")
    base = [rate for rate, *_ in found[CONSTANT]]
    for name, rounds in found.items():
        rates, works, slowest = zip(*rounds, strict=True)
        ratio = statistics.median(one / other for one, other in zip(rates, base, strict=True))
        low, middle, high = statistics.quantiles(rates, n=4)
        spread, p99, work = f"{low:,.0f} to {high:,.0f}", statistics.median(slowest), statistics.median(works)
        print(f"{name:28}{ratio:8.2f}{middle:20,.0f}{spread:>18}{p99:9.1f}{work:13.0f}")
    print(f"\nThe ledger's own function, 16 threads: {alone:,.0f} debits a second, each a durable commit.")


if __name__ == "__main__":
    main()
