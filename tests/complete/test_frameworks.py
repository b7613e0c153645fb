"""The examples of pricing_rules/request/README.md: each framework over a real socket, pydantic bodies, a reload."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from pricing_rules import CatalogError, load_catalog, options
from pricing_rules.serialization import QuoteDict
from support.pages import SERVERS, SORA, WAN
from support.places import ROOT
from support.servers import HOST, asgi, environment, free_port, post, served, wsgi

FRAMEWORKS = ("fastapi", "flask", "django", "litestar", "aiohttp")
BUNDLED = ROOT / "pricing_rules" / "catalogs" / "gptimage2api.toml"


def saved(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).write_text(SERVERS.file(name))


@contextmanager
def serving(folder: Path, framework: str) -> Iterator[int]:
    """Serve the example of a framework as its users would."""
    saved(folder, "quoting.py", f"{framework}_app.py")
    match framework:
        case "fastapi" | "litestar":
            with asgi(folder, f"{framework}_app:app") as port:
                yield port
        case "flask" | "django":
            with wsgi(folder, f"{framework}_app") as port:
                yield port
        case _:
            port = free_port()
            code = f"from aiohttp import web; from aiohttp_app import app; web.run_app(app, host='{HOST}', port={port})"
            with served(["-c", code], folder, port):
                yield port


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_a_framework_answers_a_quote_and_a_refusal(tmp_path: Path, framework: str):
    pytest.importorskip(framework)
    with serving(tmp_path, framework) as port:
        status, quoted = post(port, WAN)
        refused = post(port, {**WAN, "duration": 7})
        broken = [post(port, body)[0] for body in ("", "{", "[" * 100_000, "null", '{"model": NaN}')]
    # 30 x 3 x 1.47 = 132.3, so 133
    assert (status, quoted["credits"], quoted["exact"]) == (200, 133, "132.3")
    assert quoted.keys() == QuoteDict.__annotations__.keys()
    said = ["'duration' must be 5, 10 or 15; got 7."]
    assert refused == (
        400, {"error": "Invalid request", "details": {"formErrors": [], "fieldErrors": {"duration": said}}}
    )  # fmt: skip
    assert broken == [400] * 5


def test_the_openapi_document_of_fastapi_names_every_key_of_the_answer(tmp_path: Path):
    with serving(tmp_path, "fastapi") as port:
        connection = HTTPConnection(HOST, port, timeout=30)
        connection.request("GET", "/openapi.json")
        document: dict[str, Any] = json.loads(connection.getresponse().read())
        connection.close()
    (operation,) = document["paths"].values()
    reference = operation["post"]["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
    described = document["components"]["schemas"][reference.rpartition("/")[2]]
    assert described["required"] == [*described["properties"]] == [*QuoteDict.__annotations__]
    assert {"LineDict", "ParametersDict", "LayerDict"} <= document["components"]["schemas"].keys()


def test_a_body_that_pydantic_read_is_told_as_the_page_prints(tmp_path: Path):
    saved(tmp_path, "pydantic_body.py")
    ran = subprocess.run(
        [sys.executable, "pydantic_body.py"],
        cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert ran.stdout == SERVERS.blocks("text")[0]


def test_a_catalog_is_replaced_while_requests_are_quoted_and_a_broken_file_changes_nothing(tmp_path: Path):
    """Each handler sees one whole catalog: all its prices old, or all of them new."""
    names: dict[str, Any] = {"__name__": "reloading"}
    exec(SERVERS.file("reloading.py"), names)  # noqa: S102 -- the page's own example
    path, new = tmp_path / "own.toml", tmp_path / "own.toml.new"
    path.write_text(BUNDLED.read_text())
    current = names["Current"](path)
    doubled = load_catalog(path).models.keys()
    seen, done = set[tuple[str, int]](), threading.Event()

    def handle() -> None:
        while not done.is_set():
            catalog = current.catalog
            seen.add((catalog.version, len({one.catalog_version for one in options(catalog)})))

    threads = [threading.Thread(target=handle) for _ in range(8)]
    for thread in threads:
        thread.start()
    for version in ("2026-11-21", "2026-11-22", "broken", "2026-11-23"):
        text = BUNDLED.read_text().replace('version = "2026-11-20"', f'version = "{version}"')
        new.write_text(text if version != "broken" else "version = [")
        new.replace(path)
        told = current.refresh()
        assert told.version == ("2026-11-22" if version == "broken" else version)
    done.set()
    for thread in threads:
        thread.join()
    assert {count for _, count in seen} == {1}
    assert current.refresh().models.keys() == doubled
    new.write_text("version = [")
    with pytest.raises(CatalogError):
        names["Current"](new)


def test_an_unpriced_request_is_answered_by_every_name(tmp_path: Path):
    saved(tmp_path, "quoting.py")
    names: dict[str, Any] = {}
    exec(SERVERS.file("quoting.py"), names)  # noqa: S102 -- the page's own example
    status, body = names["answered"](json.dumps(SORA).encode())
    assert (status, body["details"]["fieldErrors"]["resolution"]) == (
        400, ["'resolution' is needed to tell the price: '720p' or '1080p'."]
    )  # fmt: skip
