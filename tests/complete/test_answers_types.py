"""The answers as TypeScript: what `as_dict` gives compiles as what answers.d.ts declares, and nothing else does."""

import json
from pathlib import Path

from frontend.tools import type_errors
from pricing_rules.targets.answers import answers_declarations
from support.random_answers import answers


def constants(kind: str, found: list[object]) -> str:
    lines = (f"export const a{number}: {kind} = {json.dumps(answer)};" for number, answer in enumerate(found))
    return "\n".join((f'import type {{ {kind} }} from "./answers";', *lines))


def test_random_answers_compile_and_one_without_a_key_does_not(tmp_path: Path):
    found = list(answers(7, 40))
    quotes = [answer for answer in found if "lines" in answer][:5]
    lacking = [{key: value for key, value in quote.items() if key != "basis"} for quote in quotes]
    (tmp_path / "answers.d.ts").write_text(answers_declarations())
    (tmp_path / "taken.ts").write_text(constants("Answer", found))
    (tmp_path / "refused.ts").write_text(constants("Quote", lacking))
    complaints = type_errors(tmp_path)
    assert [Path(complaint.partition("(")[0]).name for complaint in complaints] == ["refused.ts"] * 5
