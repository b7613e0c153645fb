"""TypeScript: what json-schema-to-typescript makes of the types view, and the declarations that this library writes."""

import json
import shutil
from typing import Any

import pytest

from frontend.corpus import ENDPOINTS, corpus, schema
from frontend.tools import HERE, generate_types, type_errors
from pricing_rules.targets.typescript import declarations
from support.cases import VALID
from support.strategies import CATALOGS

WAYS = ("generated", "ours")
BUNDLED = ("gptimage2api", "aivideoapi")


def type_name(endpoint: str) -> str:
    return f"{endpoint.title()}Request"


def declared() -> dict[tuple[str, str], str]:
    """Return the types of each service, made in both ways."""
    views = {f"{service} {endpoint}": schema(service, endpoint, "types") for service, endpoint in ENDPOINTS}
    titled = {name: {**view, "title": type_name(name.split()[1])} for name, view in views.items()}
    made = generate_types("schema", titled)
    found = {("ours", service): declarations(catalog) for service, catalog in CATALOGS.items()}
    for service in CATALOGS:
        found["generated", service] = "\n".join(text for name, text in made.items() if name.split()[0] == service)
    return found


def valid_requests() -> list[tuple[str, str, Any]]:
    """Return the valid requests judged by hand and some of the generated ones, with service and endpoint."""
    by_hand = [(service, CATALOGS[service].models[body["model"]].endpoint, body) for service, body in VALID]
    return by_hand + [(one.service, one.endpoint, one.request) for one in corpus()[:400] if one.valid]


def constants() -> str:
    """Write the valid requests as typed constants."""
    lines = [
        f'import type {{ {type_name(endpoint)} as {service}_{endpoint} }} from "./{service}.types";'
        for service, endpoint in ENDPOINTS
    ]
    for number, (service, endpoint, body) in enumerate(valid_requests()):
        lines.append(f"export const r{number}: {service}_{endpoint} = {json.dumps(body)};")
    return "\n".join(lines)


@pytest.fixture(scope="module")
def complaints(tmp_path_factory) -> list[str]:
    """Type-check, in one run, the types and the requests of both ways."""
    directory = tmp_path_factory.mktemp("types")
    for (way, service), text in declared().items():
        (directory / way).mkdir(exist_ok=True)
        (directory / way / f"{service}.types.d.ts").write_text(text, encoding="utf-8")
    for way in WAYS:
        (directory / way / "valid.ts").write_text(constants(), encoding="utf-8")
        for service in BUNDLED:
            shutil.copy(HERE / f"{service}.requests.ts", directory / way)
    return type_errors(directory)


@pytest.mark.parametrize("service", BUNDLED)
@pytest.mark.parametrize("way", WAYS)
def test_requests_compile_and_those_with_one_fault_do_not(complaints: list[str], way: str, service: str):
    assert [line for line in complaints if f"/{way}/{service}.requests.ts" in line] == []


@pytest.mark.parametrize("way", WAYS)
def test_every_valid_request_compiles(complaints: list[str], way: str):
    assert [line for line in complaints if f"/{way}/valid.ts" in line] == []


def test_the_compiler_has_nothing_against_the_types_themselves(complaints: list[str]):
    assert [line for line in complaints if ".requests.ts" not in line and "/valid.ts" not in line] == []
