"""Schemathesis against the README's server: what the exported OpenAPI document says is what the server answers."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pricing_rules import Catalog, load_catalog, price
from pricing_rules.targets.openapi import openapi
from pricing_rules.tariffs import load_overlay, overlaid
from support.pages import README
from support.places import TESTS
from support.servers import asgi, environment

DEFAULTS = TESTS / "catalogs" / "defaults.toml"
EXAMPLES = "2000" if os.environ.get("PRICING_RULES_LONG") else "30"
LAID = f'overlaid(load_catalog("gptimage2api"), load_overlay({str(DEFAULTS)!r}))'
CHANGES = {  # under an overlay that settles every default, with an account that does not run out
    'load_catalog("gptimage2api")': LAID,
    "'package-1', 150,": "'package-1', 1000000000000,",
    "from uuid": "from pricing_rules.tariffs import load_overlay, overlaid\nfrom uuid",
}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return overlaid(load_catalog("gptimage2api"), load_overlay(DEFAULTS))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[int]:
    text = README.blocks("python")[0]
    for old, new in CHANGES.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (tmp_path / "server.py").write_text(text)
    with asgi(tmp_path, "server:app") as port:
        yield port


def checked(folder: Path, document: object, port: int, *more: str) -> subprocess.CompletedProcess[str]:
    """Let Schemathesis make requests of a document and judge the answers by all its checks."""
    pytest.importorskip("schemathesis")
    (folder / "openapi.json").write_text(json.dumps(document))
    command = [str(Path(sys.executable).with_name("schemathesis")), "run", "openapi.json"]
    where = ["--url", f"http://127.0.0.1:{port}", "--header", "Authorization: Bearer demo-key"]
    how = ["--include-method", "POST", "--checks", "all", "--seed", "13", "--no-color", *more]
    return subprocess.run(  # noqa: S603 -- installed beside our own interpreter
        [*command, *where, *how], cwd=folder, env=environment(folder), capture_output=True, text=True, check=False
    )


def test_every_model_has_a_price_when_nothing_is_said(catalog: Catalog):
    assert {price(catalog, model).model for model in catalog.models} == catalog.models.keys()


def test_no_check_of_schemathesis_fails(catalog: Catalog, server: int, tmp_path: Path):
    ran = checked(tmp_path, openapi(catalog), server, "--max-examples", EXAMPLES)
    assert ran.returncode == 0, ran.stdout[-5_000:]
    assert "No issues found" in ran.stdout
    assert "Selected: 2/3" in ran.stdout


def test_a_document_of_other_answers_is_told_apart(catalog: Catalog, server: int, tmp_path: Path):
    document = openapi(catalog)
    for path in document["paths"].values():
        for operation in path.values():
            operation["responses"].pop("400", None)
    ran = checked(tmp_path, document, server, "--max-examples", "5", "--phases", "fuzzing")
    assert ran.returncode == 1
    assert "2 failures" in ran.stdout
