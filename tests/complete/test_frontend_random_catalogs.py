"""Law 3 with the tools of front ends: catalogs made at random, and the requests that tell changed keywords apart."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from frontend.corpus import schemas
from frontend.tools import judge, type_errors
from pricing_rules import Catalog
from pricing_rules.errors import Inexpressible
from pricing_rules.export import VIEWS, View
from pricing_rules.targets.typescript import declarations
from support.presence import APART, with_rule
from support.random_sample import Case, sample, views
from support.witnesses import witnesses


def named(view: str) -> tuple[dict[str, Any], list[tuple[str, Case]]]:
    """Return one view of every endpoint by a name of its own, and every request with the name of its schema."""
    found: dict[str, Any] = {}
    cases: list[tuple[str, Case]] = []
    for catalog, requests in sample():
        own = {f"{catalog.id} {endpoint}": one for (kind, endpoint), one in views(catalog).items() if kind == view}
        found |= own
        of = [(f"{catalog.id} {case.endpoint}", case) for case in requests]
        cases += [(name, case) for name, case in of if name in own]
    return found, cases


def disagreements(tool: str, view: str) -> list[tuple[str, Case]]:
    found, cases = named(view)
    verdicts = judge(tool, found, [(name, case.request) for name, case in cases])
    return [one for one, said in zip(cases, verdicts, strict=True) if said["valid"] != one[1].accepted(view)]


@pytest.mark.parametrize("view", [*VIEWS, "openapi"])
def test_ajv_accepts_exactly_what_python_accepts_in_catalogs_made_at_random(view: str):
    assert disagreements("ajv", view)[:3] == []


def test_zod_accepts_by_the_types_view_exactly_what_python_accepts_in_catalogs_made_at_random():
    assert disagreements("zod", "types")[:3] == []


@pytest.mark.parametrize(("tool", "view"), [*(("ajv", view) for view in VIEWS), ("zod", "types")])
def test_the_requests_that_tell_keywords_apart_are_judged_as_python_judges_them(tool: str, view: View):
    verdicts = judge(tool, schemas(view), [(f"{one.service} {one.endpoint}", one.request) for one in witnesses()])
    wrong = [one for one, said in zip(witnesses(), verdicts, strict=True) if said["valid"] != one.accepted(view)]
    assert wrong == []


def declared(folder: Path) -> Iterator[tuple[Catalog, list[Case]]]:
    """Write the declarations of the first catalogs that have some."""
    for catalog, cases in sample()[:60]:
        try:
            text = declarations(catalog)
        except Inexpressible:
            continue
        (folder / f"{catalog.id}.types.d.ts").write_text(text, encoding="utf-8")
        yield catalog, cases


def test_typescript_takes_every_valid_request_in_catalogs_made_at_random(tmp_path: Path):
    written = 0
    for catalog, cases in declared(tmp_path):
        lines = [f'import type {{ Requests }} from "./{catalog.id}.types";']
        for number, case in enumerate(case for case in cases if case.valid):
            lines.append(f'export const r{number}: Requests["{case.endpoint}"] = {json.dumps(case.request)};')
        (tmp_path / f"{catalog.id}.requests.ts").write_text("\n".join(lines), encoding="utf-8")
        written += len(lines) - 1
    assert written > 500
    assert type_errors(tmp_path) == []


def test_typescript_refuses_what_breaks_a_rule_on_presence_and_takes_what_keeps_it(tmp_path: Path):
    for number, (rule, required, broken, kept) in enumerate(APART):
        (tmp_path / f"c{number}.types.d.ts").write_text(declarations(with_rule(tmp_path, rule, required)))
        job = f'import type {{ ClipsRequest }} from "./c{number}.types";\nexport const a: ClipsRequest = '
        lines = [f"{job}{json.dumps({'job': kept})};"] if kept else [job.partition("export")[0]]
        if "text" not in broken or not kept:  # of the length of a text, a type says nothing
            lines.append(f"// @ts-expect-error\nexport const b: ClipsRequest = {json.dumps({'job': broken})};")
        (tmp_path / f"c{number}.requests.ts").write_text("\n".join(lines))
    assert type_errors(tmp_path) == []
