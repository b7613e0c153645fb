"""openapi.json in Swagger UI, Redoc and Scalar: they show the documents' own examples, and call the placeholder one."""

import json
from pathlib import Path

import pytest

from frontend.tools import chromium, node
from pricing_rules import load_catalog
from pricing_rules.targets.openapi import openapi

VIEWERS = ("swagger", "redoc", "scalar")


@pytest.fixture(scope="module")
def shown(tmp_path_factory) -> dict[str, str]:
    """Return what each viewer shows; pictures are left beside each other."""
    pictures: Path = tmp_path_factory.mktemp("viewers")
    document = json.dumps(openapi(load_catalog("gptimage2api")))
    return dict(json.loads(node("viewers.mjs", chromium(), str(pictures), stdin=document)))


@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_viewer_shows_the_printed_request_and_answer(shown: dict[str, str], viewer: str):
    wanted = ("A product picture", '"model": "gpt-image-2"', "4:5", "tsk_01J9XA5M2R9W4QZC4PYJF3N7ND", "Generate image")
    for text in wanted:
        assert text.replace(" ", "") in shown[viewer].replace(" ", "").replace("\n", "")


@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_viewer_calls_the_printed_charge_a_placeholder(shown: dict[str, str], viewer: str):
    assert '"creditsUsed":12' in shown[viewer].replace(" ", "")
    assert "a placeholder, not what a request costs" in shown[viewer]


@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_viewer_says_what_is_inferred_and_invents_no_values(shown: dict[str, str], viewer: str):
    assert "Inferred status: Errors & refunds (The bodies are printed without HTTP status" in shown[viewer]
    assert '"guidanceScale": 100' not in shown[viewer]
    assert '"creditsUsed": 0' not in shown[viewer]
