"""Time the README's endpoint under uvicorn, with the library's work in its handler and without.

The server is the README's own text; its one account never empties and never fills, so that every request is answered
with 200 and none is slower than the one before it. Three servers stand beside each other, each a process of its own:

- nothing: the handler reads the body and answers with a constant
- at the catalog's version: it validates, quotes, debits and answers, by the prices of the catalog's own date
- the README's: the same with the prices of this instant

This process sends the valid requests of corpus.py to one of them at a time, over connections that stay open; each
connection sends its next request when it has read the answer. The servers take turns, round by round. Beside the
requests a second stands the processor time that a server took for each, which other processes disturb less.
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
NOTHING, DATED, README = "nothing", "at the catalog's version", "the README's"
DEBIT = "debit(balance(entries), task_id, found.credits)"
ENDLESS = {"Grant(150, ": "Grant(1_000_000, ", f"entries.append({DEBIT})": DEBIT}
CHANGES = {
    NOTHING: {
        '        found = quote(catalog, body, endpoint="video", at=datetime.now(UTC))\n': "",
        f"        {DEBIT}\n": "",
        "accepted(catalog, found, task_id)": '200, {"taskId": task_id, "status": 0, "creditsUsed": 5}',
    },
    DATED: {", at=datetime.now(UTC)": ""},
    README: {},
}


def source(changes: dict[str, str]) -> str:
    """Return the README's server with some of its text replaced."""
    found = re.search(r"```python\n# server.py\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert found, "the README has no server.py"
    text = found[1]
    for old, new in (ENDLESS | changes).items():
        assert old in text, old
        text = text.replace(old, new)
    return text


@contextmanager
def serving(folder: Path, changes: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Run a server in a process of its own and give its port and its process, once it listens."""
    folder.mkdir()
    (folder / "server.py").write_text(source(changes), encoding="utf-8")
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

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first request."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(next(self.requests))

    def data_received(self, data: bytes) -> None:
        """Send the next request, once the answer is there."""
        self.read += data
        head, ended, body = self.read.partition(b"\r\n\r\n")
        if ended and len(body) == int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0]):
            self.answered.append(head[9:12])
            self.read = b""
            self.transport.write(next(self.requests))


def processor(process: int) -> float:
    """Return the seconds of processor time that a process has taken."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def load(port: int, process: int, requests: Iterator[bytes], seconds: float) -> tuple[float, float]:
    """Return the requests a second that a server answers over several connections, and its microseconds for each."""
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
    return len(answers) / taken, worked / len(answers) * 1e6


def messages() -> Iterator[bytes]:
    """Give the valid requests of the endpoint as HTTP, again and again."""
    catalog = load_catalog("gptimage2api")
    endpoint = catalog.endpoints["video"]
    valid, _ = corpus(catalog)
    bodies = (json.dumps(body).encode() for body in valid if catalog.model(body["model"]).endpoint == endpoint.id)
    head = f"{endpoint.method} {endpoint.path} HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/json\r\n"
    return cycle([f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body for body in bodies])


def main() -> None:
    """Print one table: what is left of the requests a second without the library, then requests a second."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--seconds", type=float, default=1)
    options = parser.parse_args()
    requests = messages()
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in CHANGES}
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory()))
        servers = {
            name: running.enter_context(serving(folder / str(number), changes))
            for number, (name, changes) in enumerate(CHANGES.items())
        }
        for server in servers.values():
            asyncio.run(load(*server, requests, 1))  # each compiles the checks of its models
        for _ in range(options.rounds):
            for name, server in servers.items():
                found[name].append(asyncio.run(load(*server, requests, options.seconds)))
    versions = ", ".join(f"{name} {version(name)}" for name in ("uvicorn", "h11", "fastapi", "starlette"))
    machine = f"{platform.machine()}, {os.cpu_count()} cores"
    print(f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {machine}")
    print(f"{versions}; {options.rounds} rounds of {options.seconds:g} s, {CONNECTIONS} connections")
    middles = {
        name: [statistics.median(column) for column in zip(*every, strict=True)] for name, every in found.items()
    }
    rate, work = middles[NOTHING]
    head = f"{'ratio':>8}{'requests a second':>20}{'quartiles':>18}{'CPU us each':>14}{'more':>8}"
    print(f"\n{'what the handler does':28}{head}")
    for name, (middle, worked) in middles.items():
        low, _, high = statistics.quantiles([one for one, _ in found[name]], n=4)
        spread = f"{low:,.0f} to {high:,.0f}"
        print(f"{name:28}{middle / rate:8.2f}{middle:20,.0f}{spread:>18}{worked:14.0f}{worked - work:8.0f}")


if __name__ == "__main__":
    main()
