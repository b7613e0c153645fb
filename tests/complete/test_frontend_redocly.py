"""openapi.json as redocly lint judges it: no error, and no warning but of the two rules that are turned off."""

import json
from pathlib import Path

import pytest

from frontend.tools import HERE, attempt
from pricing_rules import services
from pricing_rules.export import as_text
from pricing_rules.targets.openapi import openapi
from support.strategies import CATALOGS

CLI = "node_modules/@redocly/cli/bin/cli.js"


def problems(path: Path, config: Path) -> list[str]:
    """Return the rules that a document breaks, errors and warnings alike."""
    ran = attempt(CLI, "lint", str(path), "--config", str(config), "--format", "json")
    return sorted({problem["ruleId"] for problem in json.loads(ran.stdout)["problems"]})


@pytest.mark.parametrize("service", services())
def test_redocly_has_nothing_against_a_document_but_the_two_rules_that_are_off(service: str, tmp_path: Path):
    path = tmp_path / "openapi.json"
    path.write_text(as_text(openapi(CATALOGS[service])))
    every = tmp_path / "redocly.yaml"
    every.write_text("extends: [recommended]\n")
    assert problems(path, HERE / "redocly.yaml") == []
    assert problems(path, every) == ["info-license", "no-illogical-composition-keywords"]
