"""Every example of the README and the other pages that needs node, a server, a process or a larger log, executed."""

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from frontend.browser import node
from frontend.tools import linked, type_errors
from frontend.tools import node as run_script
from support.pages import AUDIT, README, SCHEMAS, SORA, WAN
from support.places import ROOT
from support.servers import asgi, post


def run(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COLUMNS": "80", "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "pricing_rules", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)  # noqa: S603


def example(name: str) -> str:
    """Return an example of the page on schemas, which reads the exported files where they stand."""
    found = SCHEMAS.code(name).replace('"./schemas', f'"{ROOT.as_uri()}/schemas')
    return found.replace('"schemas/', f'"{ROOT}/schemas/').replace("`schemas/", f"`{ROOT}/schemas/")


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        # 30 x 3 x 1.47 = 132.3, so 133; Sora is priced by resolution too
        ("live-price.mjs", "133\nresolution\n"),
        ("why.mjs", "30 x 3 x 1.47 x 1 x 1 x 1 = 132.3 + 0.7 = 133 inferred\n"),
    ],
)
def test_what_the_browser_knows_of_a_price_is_printed_as_the_server_charges_it(name: str, printed: str):
    command = [node(), "--input-type=module", "-e", example(name)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == printed  # noqa: S603


def test_ajv_and_the_module_of_errors_name_the_fields_at_fault(tmp_path: Path):
    script = linked(tmp_path) / "validate.mjs"
    script.write_text(example("validate.mjs"))
    assert run_script(str(script)) == SCHEMAS.blocks("text")[0]


def test_the_form_of_the_page_is_drawn_with_titles(tmp_path: Path):
    for name in ("rjsf-settings.jsx", "video-form.jsx"):
        (tmp_path / name).write_text(SCHEMAS.code(name).replace("./schemas/", f"{ROOT}/schemas/"))
    shown = """
import { renderToString } from "react-dom/server";
import { VideoForm } from "./video-form.jsx";
console.log(renderToString(<VideoForm formData={{ model: "wan/2-6-image-to-video" }} />));
"""
    (linked(tmp_path) / "shown.jsx").write_text(shown)
    bundle = tmp_path / "shown.cjs"
    options = ("--bundle", "--platform=node", "--format=cjs", "--jsx=automatic", "--log-level=error")
    run_script("node_modules/esbuild/bin/esbuild", str(tmp_path / "shown.jsx"), f"--outfile={bundle}", *options)
    html = run_script(str(bundle))
    assert [title for title in ("Wan 2.6 I2V", "Generate video", "Advanced") if title not in html] == []


def test_the_types_take_the_request_and_refuse_a_duration_of_15(tmp_path: Path):
    source = SCHEMAS.blocks("ts")[0].replace(
        "./schemas/gptimage2api/types", str(ROOT / "schemas" / "gptimage2api" / "types")
    )
    (tmp_path / "taken.ts").write_text(source)
    (tmp_path / "refused.ts").write_text(source.replace("duration: 10", "duration: 15"))
    complaints = type_errors(tmp_path)
    assert [complaint.partition("(")[0].endswith("refused.ts") for complaint in complaints] == [True]


@pytest.fixture
def usage(tmp_path: Path) -> Path:
    """Make up the log of the page about audits, and audit it as that page does."""
    arguments = AUDIT.blocks("sh")[0].replace("pricing-rules ", "").splitlines()
    assert run(shlex.split(arguments[0]), tmp_path).returncode == 0
    audited = run(shlex.split(arguments[1]), tmp_path)
    (tmp_path / "printed.txt").write_text(audited.stdout)
    assert (audited.returncode, audited.stderr) == (1, "")
    return tmp_path


def test_the_audit_prints_the_report_below_it(usage: Path):
    printed = [line.rstrip() for line in (usage / "printed.txt").read_text().splitlines()]
    assert printed == AUDIT.blocks("text")[0].splitlines()
    assert len((usage / "findings.csv").read_text().splitlines()) == 1 + 3 + 2 + 1 + 1 + 1


def test_the_audit_in_python_finds_the_same(usage: Path):
    ran = subprocess.run(  # noqa: S603
        [sys.executable, "-c", AUDIT.file("audit.py")], cwd=usage, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    first, *tasks = ran.stdout.splitlines()
    assert first == "3 (Decimal('63'), 5) 1"  # 3 overcharged by 1, 60 not refunded on 2
    assert [line.split()[1] == line.split()[2] for line in tasks] == [True, True]
    assert (usage / "findings.parquet").stat().st_size > 0


@pytest.fixture
def server(tmp_path: Path) -> Iterator[int]:
    """Serve the README's endpoints on a real socket."""
    (tmp_path / "server.py").write_text(README.blocks("python")[0])
    with asgi(tmp_path, "server:app") as port:
        yield port


KEY = {"Authorization": "Bearer demo-key"}


def test_the_server_debits_and_answers_200_400_and_402_as_the_table_says(server: int):
    status, taken = post(server, {**SORA, "resolution": "720p"}, **KEY)
    assert (status, taken | {"taskId": ""}) == (200, {"taskId": "", "status": 0, "creditsUsed": 5})
    invalid = {
        "error": "Invalid request",
        "details": {"formErrors": [], "fieldErrors": {"prompt": ["'prompt' is required."]}},
    }
    assert post(server, {key: value for key, value in SORA.items() if key != "prompt"}, **KEY) == (400, invalid)
    assert post(server, WAN, **KEY)[0] == 200
    assert post(server, WAN, **KEY) == (402, {"error": "Insufficient credits", "required": 133})


@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer demo", "Bearer demo-keys", "Basic demo-key", "demo-key"])
def test_the_server_answers_401_in_the_service_s_words_to_a_key_that_is_none(server: int, sent: str):
    assert post(server, WAN, Authorization=sent) == (401, {"error": "Unauthorized"})
    assert post(server, "{", Authorization=sent)[0] == 401


def test_a_scheme_is_read_in_any_case(server: int):
    assert post(server, WAN, Authorization="bearer demo-key")[0] == 200


def test_a_repeated_key_gets_the_stored_answer_and_with_another_body_409(server: int):
    first = post(server, {**SORA, "resolution": "720p"}, **KEY, Idempotency_Key="1")
    assert first == post(server, {**SORA, "resolution": "720p"}, **KEY, Idempotency_Key="1")
    assert post(server, {**SORA, "resolution": "1080p"}, **KEY, Idempotency_Key="1")[0] == 409
    other = post(server, {**SORA, "resolution": "720p"}, **KEY, Idempotency_Key="2")
    assert (other[0], other != first) == (200, True)


def test_an_image_is_taken_at_its_own_path_alone(server: int):
    image = {"model": "nano-banana-pro", "prompt": "a lighthouse", "resolution": "4K", "numOutputs": 5}
    assert post(server, image, path="/api/ai/image/generate", **KEY)[0] == 200
    assert post(server, image, **KEY)[0] == 400


@pytest.mark.parametrize("body", ["", "{", "[" * 100_000, "[]", "null"])
def test_the_server_answers_400_to_what_is_no_object(server: int, body: str):
    assert post(server, body, **KEY)[0] == 400
