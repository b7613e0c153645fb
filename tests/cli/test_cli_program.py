"""What all commands have: a version, examples, completion, errors as JSON; and `pricing-rules catalog`."""

import tomllib
from pathlib import Path

import pytest

from pricing_rules import services
from pricing_rules.catalog.loading import BUNDLED
from pricing_rules.cli.completion import complete_endpoint, complete_model, complete_service
from pricing_rules.cli.program import program
from support.command import run


def test_the_version_is_told():
    version = tomllib.loads((Path(BUNDLED).parent.parent / "pyproject.toml").read_text())["project"]["version"]
    assert run("--version").out == f"pricing-rules, version {version}\n"


@pytest.mark.parametrize("name", program.commands)
def test_the_help_of_every_command_ends_with_examples_of_it(name: str):
    _, heading, shown = run(name, "--help").out.partition("\n  Examples:\n")
    assert heading
    lines = [line.strip() for line in shown.splitlines() if line]
    assert lines
    assert all(line.startswith(f"pricing-rules {name}") for line in lines)


@pytest.mark.parametrize("name", services())
def test_a_bundled_catalog_is_printed_as_it_stands(name: str):
    assert run("catalog", name).out == (Path(BUNDLED) / f"{name}.toml").read_text()


def test_the_bundled_catalogs_are_listed_and_an_unknown_one_is_told():
    assert run("catalog").lines == list(services())
    found = run("catalog", "gptimageapi")
    assert (found.code, "Did you mean 'gptimage2api'" in found.err) == (2, True)


def test_wrong_usage_is_json_where_json_is_asked_for():
    found = run("quote", "--json")
    assert (found.code, found.err) == (2, "")
    assert found.document == {
        "error": "UsageError",
        "message": "give a request file, - for standard input, or --model",
    }


def test_a_shell_completes_services_models_and_endpoints():
    assert complete_service(None, None, "gpt") == ["gptimage2api"]
    assert complete_model(None, None, "sora-2-pro") == ["sora-2-pro-text-to-video"]
    assert complete_endpoint(None, None, "v") == ["video"]
