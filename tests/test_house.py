"""The house: floors of DESIGN.md, sizes of files and functions, and what may not stand in the code."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

from pricing_rules import services

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "pricing_rules"
MODULES = sorted(PACKAGE.rglob("*.py"))

# A module imports from floors below its own only; the modules of a package from each other too.
FLOORS = {
    0: ("amounts", "answers", "spelling"),
    1: ("errors", "formula", "provenance"),
    2: ("constraints", "protocol"),
    3: ("catalog",),
    4: ("body", "tariff", "strict", "usage"),
    5: ("breakdown", "consistency", "origins", "rulebook"),
    6: ("cross_rules", "unknown_keys", "variants"),
    7: ("explanation", "tables", "targets"),
    8: ("loading", "validation"),
    9: ("quoting", "serialization"),
    10: ("examples", "ledger", "responses"),
    11: ("__init__", "audit", "export"),
    12: ("cli",),
    13: ("__main__",),
}
FLOOR_OF = {module: floor for floor, modules in FLOORS.items() for module in modules}
STANDARD = {"attrs", "attr"}
OPTIONAL = {"cli": {"click", "rich"}}


def room(module: Path) -> str:
    """Return the top-level module or package that a file belongs to."""
    return module.relative_to(PACKAGE).with_suffix("").parts[0]


def tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text())


def own_imports(module: Path) -> set[str]:
    found = {node.module for node in ast.walk(tree(module)) if isinstance(node, ast.ImportFrom) and node.module}
    inside = {
        name.removeprefix("pricing_rules").removeprefix(".") for name in found if name.startswith("pricing_rules")
    }
    return {name.split(".")[0] or "__init__" for name in inside}


def names(module: Path) -> str:
    return str(module.relative_to(PACKAGE))


@pytest.mark.parametrize("module", MODULES, ids=names)
def test_a_module_imports_from_floors_below_its_own_only(module: Path):
    here = room(module)
    assert {name for name in own_imports(module) if name != here and FLOOR_OF[name] >= FLOOR_OF[here]} == set()


@pytest.mark.parametrize("module", MODULES, ids=names)
def test_own_modules_are_imported_at_the_top_of_a_file(module: Path):
    inner = [node for function in functions(module) for node in ast.walk(function) if isinstance(node, ast.ImportFrom)]
    assert not [node.module for node in inner if (node.module or "").startswith("pricing_rules")]


@pytest.mark.parametrize("module", MODULES, ids=names)
def test_other_peoples_modules_but_attrs_are_imported_by_the_function_that_needs_them(module: Path):
    top = [node for node in tree(module).body if isinstance(node, ast.Import | ast.ImportFrom)]
    roots = {alias.name.split(".")[0] for node in top if isinstance(node, ast.Import) for alias in node.names}
    roots |= {(node.module or "").split(".")[0] for node in top if isinstance(node, ast.ImportFrom)}
    allowed = STANDARD | {"pricing_rules"} | OPTIONAL.get(room(module), set())
    assert roots - set(sys.stdlib_module_names) <= allowed


@pytest.mark.parametrize("module", MODULES, ids=names)
def test_a_file_has_fewer_than_250_lines_and_a_function_at_most_40(module: Path):
    assert len(module.read_text().splitlines()) < 250
    assert [function.name for function in functions(module) if length(function) > 40] == []


def functions(module: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef)]


def length(function: ast.FunctionDef) -> int:
    """Count the lines of a function without its docstring."""
    first = function.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


@pytest.mark.parametrize("module", MODULES, ids=names)
def test_no_float_is_written_or_computed(module: Path):
    constants = [node.value for node in ast.walk(tree(module)) if isinstance(node, ast.Constant)]
    divisions = [
        node for node in ast.walk(tree(module)) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
    ]
    assert not [value for value in constants if isinstance(value, float)]
    assert not divisions


@pytest.mark.parametrize("module", MODULES, ids=names)
def test_no_code_knows_a_service_a_model_or_the_type_checker(module: Path):
    text = module.read_text()
    models = [
        model for path in (PACKAGE / "catalogs").glob("*.toml") for model in tomllib.loads(path.read_text())["models"]
    ]
    named = [
        name for name in (*services(), *models, "TYPE_CHECKING") if re.search(rf"['\"]{re.escape(name)}['\"]", text)
    ]
    assert named == []


def test_every_module_stands_on_a_floor():
    assert {room(module) for module in MODULES} == set(FLOOR_OF)


def test_no_module_is_called_utils_or_its_like():
    assert not {room(module) for module in MODULES} & {"utils", "helpers", "base", "manager", "core", "common"}
