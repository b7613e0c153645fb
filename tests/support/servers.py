"""Servers of the pages' examples, each a process of its own on a free port, and how they are asked."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from support.places import ROOT

HOST = "127.0.0.1"
VIDEO = "/api/ai/video/generate"
SERVE = """
import sys
from wsgiref.simple_server import make_server
from {module} import app
make_server("127.0.0.1", int(sys.argv[1]), app).serve_forever()
"""


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def environment(folder: Path) -> dict[str, str]:
    """Return what a process needs to import this library and the examples that were saved in a folder."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(folder)))}


@contextmanager
def asgi(folder: Path, app: str) -> Iterator[int]:
    """Serve an application with uvicorn, and give its port."""
    port = free_port()
    with served(["-m", "uvicorn", app, "--port", str(port), "--log-level", "error"], folder, port):
        yield port


@contextmanager
def wsgi(folder: Path, module: str) -> Iterator[int]:
    """Serve an application with the server of the standard library, and give its port."""
    port = free_port()
    with served(["-c", SERVE.format(module=module), str(port)], folder, port):
        yield port


@contextmanager
def served(arguments: list[str], folder: Path, port: int) -> Iterator[None]:
    """Run Python in a folder until its port is listened on, and stop it in the end."""
    with subprocess.Popen(  # noqa: S603 -- our own interpreter
        [sys.executable, *arguments], cwd=folder, env=environment(folder), stderr=subprocess.DEVNULL
    ) as process:
        try:
            _wait_for(port, process)
            yield
        finally:
            process.terminate()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert process.poll() is None, "the server stopped"
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the server did not start")


def post(port: int, body: object, *, path: str = VIDEO, **headers: str) -> tuple[int, dict[str, object]]:
    """Send a body, as JSON or as the text that it is, and return status and answer."""
    connection = HTTPConnection(HOST, port, timeout=30)
    content = body if isinstance(body, str) else json.dumps(body)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request("POST", path, content, {"Content-Type": "application/json", **named})
    response = connection.getresponse()
    answer = response.status, json.loads(response.read())
    connection.close()
    return answer
