"""The code that the quote page emits, run: each model in each mode by curl and by Python, TypeScript in one program."""

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from frontend.quote_page import Answer, State, states, used
from frontend.tools import attempt
from pricing_rules import load_catalog, quote
from pricing_rules.export import page
from pricing_rules.tariffs import load_overlay, overlaid
from support.command import run
from support.overlays import STUDIO
from support.places import CLIPWORKS

GPT, AIV, CLIPS = load_catalog("gptimage2api"), load_catalog("aivideoapi"), load_catalog(CLIPWORKS)
RESALE = overlaid(GPT, load_overlay(STUDIO))
CATALOGS = [GPT, AIV, CLIPS, RESALE]
LANGUAGES = ("json", "curl", "python", "typescript", "command")
PROMPT = 'It\'s $HOME `date` \\n "quoted" ${x} \u202e 🎬 </script>'
AMBIENT = """declare function fetch(url: string, init: { method: string; headers: Record<string, string>; body: string }): Promise<{ status: number; json(): Promise<unknown> }>;
declare const process: { env: Record<string, string | undefined> };
declare const console: { log(...values: unknown[]): void };
"""  # noqa: E501


def calls() -> list[State]:
    """Return a state of each model in each mode."""
    every = [one for catalog in CATALOGS for one in states(catalog, ("1",))]
    return list({(one.catalog.id, one.model, one.mode): one for one in reversed(every)}.values())[::-1]


@pytest.fixture(scope="module")
def emitted(tmp_path_factory) -> list[tuple[State, Answer]]:
    """Emit the code of each, with a prompt that a shell and three languages would misread."""
    folder: Path = tmp_path_factory.mktemp("pages")
    jobs, every = [], calls()
    for catalog in CATALOGS:
        file = folder / f"{catalog.id}.html"
        file.write_text(page([catalog]))
        addresses = [one.address for one in every if one.catalog is catalog]
        jobs.append(("states", file, {"addresses": addresses, "typed": {"prompt": PROMPT}, "languages": LANGUAGES}))
    answers = [answer for found in used(*jobs) for answer in found["answer"]]
    return list(zip(every, answers, strict=True))


class Stub(ThreadingHTTPServer):
    """A server that keeps the last request."""

    last: Any = None


class Handler(BaseHTTPRequestHandler):
    """Answers as any service does, and keeps what was sent."""

    server: Stub

    def do_POST(self):
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.last = (self.path, self.headers["Authorization"], self.headers["Content-Type"], json.loads(content))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"ok": true}')

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def stub() -> Iterator[Stub]:
    with Stub(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def sent(command: list[str], stub: Stub) -> Any:
    """Run a command that posts, with the key and, for services without a host, the host in its environment."""
    stub.last = None
    environment = {**os.environ, "API_KEY": "secret", "API_HOST": f"http://127.0.0.1:{stub.server_port}"}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603
    assert ran.returncode == 0, ran.stderr
    return stub.last


def here(state: State, code: str, stub: Stub) -> str:
    """Send what goes to the service to the stub instead."""
    for host in state.catalog.hosts:
        assert host.url in code
        code = code.replace(host.url, f"http://127.0.0.1:{stub.server_port}")
    return code


def wanted(state: State, answer: Answer) -> Any:
    endpoint = state.catalog.endpoints[state.catalog.models[state.model].endpoint]
    return (endpoint.path, "Bearer secret", "application/json", json.loads(answer["body"]))


def code(answer: Answer, language: str) -> str:
    return str(answer["code"][LANGUAGES.index(language)])


def test_curl_posts_the_body_of_each_model_and_mode(emitted, stub: Stub):
    for state, answer in emitted:
        assert sent(["bash", "-c", here(state, code(answer, "curl"), stub)], stub) == wanted(state, answer)
    assert len(emitted) == len(calls()) > 45


def test_python_posts_the_body_of_each_model_and_mode(emitted, stub: Stub):
    for state, answer in emitted:
        assert sent([sys.executable, "-c", here(state, code(answer, "python"), stub)], stub) == wanted(state, answer)


def test_typescript_of_all_models_and_modes_compiles_in_one_program(emitted, tmp_path: Path):
    lines = [AMBIENT]
    for number, (_, answer) in enumerate(emitted):
        lines.append(f"export async function call{number}() {{\n{code(answer, 'typescript')}\n}}")
    (tmp_path / "calls.ts").write_text("\n".join(lines))
    options = {"strict": True, "noEmit": True, "target": "es2022", "module": "es2022", "lib": ["es2022"], "types": []}
    (tmp_path / "tsconfig.json").write_text(json.dumps({"compilerOptions": options, "include": ["calls.ts"]}))
    ran = attempt("node_modules/typescript/bin/tsc", "--pretty", "false", "-p", str(tmp_path))
    assert (ran.returncode, ran.stdout) == (0, "")


def test_the_command_quotes_what_the_page_does(emitted, tmp_path: Path, monkeypatch):
    (tmp_path / "clipworks.toml").write_text(CLIPWORKS.read_text())
    monkeypatch.chdir(tmp_path)
    for state, answer in emitted[::6]:
        said = code(answer, "command")
        if state.catalog is RESALE:
            assert said == "None"  # nobody else has its files
            continue
        first, _, rest = said.partition("\n")
        body, _, end = rest.rpartition("\n")
        program, *arguments = shlex.split(first.removesuffix(" <<'JSON'"))
        assert (program, end) == ("pricing-rules", "JSON")
        ran = run(*arguments, "--json", stdin=body)
        assert json.loads(ran.out)["credits"] == float(answer["credits"])


def test_a_multiplier_and_a_date_are_part_of_the_command(tmp_path: Path):
    file = tmp_path / "quote.html"
    file.write_text(page([CLIPS]))
    at = "#m=reel-1&t=text&d=4&x=1/3&at=2026-04-30"
    (found,) = used(("states", file, {"addresses": [at], "languages": LANGUAGES}))
    said = code(found["answer"][0], "command").partition(" - ")[0]
    assert said == "pricing-rules quote --catalog clipworks.toml --custom-multiplier 1/3 --at 2026-04-30T00:00:00Z"


def test_marks_that_turn_the_direction_of_code_are_escaped(emitted):
    for state, answer in emitted[::9]:
        assert all("\u202e" not in one and "\\u202e" in one for one in answer["code"] if one)
        assert quote(state.catalog, json.loads(answer["body"])).model == state.model
