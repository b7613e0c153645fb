"""Every example of the README, executed."""

import json
import os
import re
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from doctest import DocTestParser, DocTestRunner
from http.client import HTTPConnection
from pathlib import Path

import pytest

from frontend.browser import node
from frontend.tools import HERE, type_errors
from frontend.tools import node as run_script
from pricing_rules import Catalog, load_catalog, options, price, quote, validate
from pricing_rules.audit.sample.log import sample
from support.places import ROOT

README = (ROOT / "README.md").read_text()
BLOCKS = [(found[1], found[2]) for found in re.finditer(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)]
COMMANDS = re.findall(r"^\| `(pricing-rules .*?)` \|", README, re.MULTILINE)
SORA = {"model": "sora-2-text-to-video", "prompt": "a wave", "inputMode": "text_to_video", "duration": 5}
WAN = {**SORA, "model": "wan/2-6-text-to-video", "duration": 15, "resolution": "1080p"}


def blocks(language: str) -> list[str]:
    return [text for name, text in BLOCKS if name == language]


def test_the_examples_in_python_print_what_they_say():
    session = "\n".join(blocks("pycon"))
    runner = DocTestRunner(verbose=False)
    runner.run(DocTestParser().get_doctest(session, {}, "README.md", "README.md", 0))
    assert (runner.failures, runner.tries > 10) == (0, True)


def run(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "80", "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "pricing_rules", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)  # noqa: S603


def test_the_first_command_prints_the_breakdown_below_it(tmp_path: Path):
    arguments = shlex.split(blocks("sh")[0].partition("pricing-rules ")[2])
    printed = [line.rstrip() for line in run(arguments, tmp_path).stdout.splitlines()]
    assert printed == blocks("text")[0].splitlines()


def test_the_live_price_is_printed_as_the_server_charges_it():
    source = (
        blocks("js")[1].replace('"./schemas', f'"{ROOT.as_uri()}/schemas').replace('"schemas/', f'"{ROOT}/schemas/')
    )
    ran = subprocess.run([node(), "--input-type=module", "-e", source], capture_output=True, text=True, check=True)  # noqa: S603
    # 30 x 3 x 1.47 = 132.3, so 133; Sora is priced by resolution too
    assert ran.stdout == "133\nresolution\n"


def test_ajv_names_the_field_at_fault(tmp_path: Path):
    schema = ROOT / "schemas" / "gptimage2api" / "video.request.schema.json"
    script = tmp_path / "validate.mjs"
    ajv = (HERE / "node_modules" / "ajv" / "dist" / "2020.js").as_uri()
    source = blocks("js")[0].replace('"ajv/dist/2020.js"', f'"{ajv}"')
    script.write_text(source.replace('"schemas/gptimage2api/video.request.schema.json"', json.dumps(str(schema))))
    assert run_script(str(script)).split() == ["false", "/duration"]


def test_the_types_take_the_request_and_refuse_a_duration_of_15(tmp_path: Path):
    source = blocks("ts")[0].replace("./schemas/gptimage2api/types", str(ROOT / "schemas" / "gptimage2api" / "types"))
    (tmp_path / "taken.ts").write_text(source)
    (tmp_path / "refused.ts").write_text(source.replace("duration: 10", "duration: 15"))
    complaints = type_errors(tmp_path)
    assert [complaint.partition("(")[0].endswith("refused.ts") for complaint in complaints] == [True]


def test_the_test_command_runs_pytest_after_the_same_set_up():
    assert re.fullmatch(
        r"python3 -m venv \.venv && \.venv/bin/pip install .* && \.venv/bin/python -m pytest\n", blocks("sh")[1]
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_table_runs(tmp_path: Path, command: str):
    (tmp_path / "request.json").write_text(json.dumps(WAN))
    (tmp_path / "requests.jsonl").write_text(f"{json.dumps(WAN)}\n{json.dumps(SORA)}\n")
    sample(load_catalog("gptimage2api"), 100, tmp_path / "usage.parquet", faults={})
    ran = run(shlex.split(command)[1:], tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout


def test_the_table_names_every_command():
    assert {shlex.split(command)[1] for command in COMMANDS} == {
        "quote",
        "validate",
        "models",
        "prices",
        "schema",
        "export",
        "audit",
        "sample-log",
    }


@pytest.fixture
def usage(tmp_path: Path) -> Path:
    """Make up the README's log, and audit it as the README does."""
    arguments = blocks("sh")[-1].replace("pricing-rules ", "").splitlines()
    assert run(shlex.split(arguments[0]), tmp_path).returncode == 0
    audited = run(shlex.split(arguments[1]), tmp_path)
    (tmp_path / "printed.txt").write_text(audited.stdout)
    assert (audited.returncode, audited.stderr) == (1, "")
    return tmp_path


def test_the_audit_prints_the_report_below_it(usage: Path):
    printed = [line.rstrip() for line in (usage / "printed.txt").read_text().splitlines()]
    assert printed == blocks("text")[1].splitlines()
    assert len((usage / "findings.csv").read_text().splitlines()) == 1 + 3 + 2 + 1 + 1 + 1


def test_the_audit_in_python_finds_the_same(usage: Path):
    ran = subprocess.run(  # noqa: S603
        [sys.executable, "-c", blocks("python")[1]], cwd=usage, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    first, *tasks = ran.stdout.splitlines()
    assert first == "3 (Decimal('63'), 5) 1"  # 3 overcharged by 1, 60 not refunded on 2
    assert [line.split()[1] == line.split()[2] for line in tasks] == [True, True]
    assert (usage / "findings.parquet").stat().st_size > 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def server(tmp_path: Path) -> Iterator[int]:
    """Serve the README's endpoint on a real socket."""
    (tmp_path / "server.py").write_text(blocks("python")[0])
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "server:app", "--port", str(port), "--log-level", "error"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=tmp_path, env=environment) as process:  # noqa: S603
        try:
            wait_for(port, process)
            yield port
        finally:
            process.terminate()


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert process.poll() is None, "the server stopped"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the server did not start")


def post(port: int, body: object) -> tuple[int, dict[str, object]]:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    content = body if isinstance(body, str) else json.dumps(body)
    connection.request("POST", "/api/ai/video/generate", content, {"Content-Type": "application/json"})
    response = connection.getresponse()
    answer = response.status, json.loads(response.read())
    connection.close()
    return answer


def test_the_endpoint_debits_and_answers_200_400_and_402_as_the_table_says(server: int):
    status, taken = post(server, {**SORA, "resolution": "720p"})
    assert (status, taken | {"taskId": ""}) == (200, {"taskId": "", "status": 0, "creditsUsed": 5})
    invalid = {
        "error": "Invalid request",
        "details": {"formErrors": [], "fieldErrors": {"prompt": ["'prompt' is required."]}},
    }
    assert post(server, {key: value for key, value in SORA.items() if key != "prompt"}) == (400, invalid)
    assert post(server, WAN)[0] == 200
    assert post(server, WAN) == (402, {"error": "Insufficient credits", "required": 133})


@pytest.mark.parametrize("body", ["", "{", "[" * 100_000, "[]", "null"])
def test_the_endpoint_answers_400_to_what_is_no_object(server: int, body: str):
    assert post(server, body)[0] == 400


def test_the_endpoint_has_about_20_lines():
    code = blocks("python")[0].partition("app = ")[2].splitlines()
    assert len([line for line in code if line.strip()]) <= 20


@pytest.fixture
def with_model(tmp_path: Path) -> Catalog:
    bundled = (ROOT / "pricing_rules" / "catalogs" / "gptimage2api.toml").read_text()
    (tmp_path / "own.toml").write_text(f"{bundled}\n{blocks('toml')[0]}")
    return load_catalog(tmp_path / "own.toml")


def test_the_model_that_is_added_is_priced(with_model: Catalog):
    # 7 and 7 x 1.75 = 12.25
    assert [option.credits for option in options(with_model, "acme/film-1")] == [7, 13]


def test_the_service_that_is_added_validates_and_quotes(tmp_path: Path):
    (tmp_path / "acme.toml").write_text(blocks("toml")[1])
    catalog = load_catalog(tmp_path / "acme.toml")
    request = {"engine": "pencil-1", "text": "a cat", "size": {"lines": 1024}}
    # 0.125 x 5/3 = 0.2083..., up to hundredths
    assert (str(quote(catalog, request).credits), str(quote(catalog, request).usd)) == ("0.21", "0.21")
    assert str(price(catalog, "pencil-1").credits) == "0.13"
    assert [violation.path for violation in validate(catalog, {**request, "size": {"line": 512}})] == ["/size/line"]
