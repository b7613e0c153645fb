"""The house: floors of DESIGN.md, sizes of files and functions, and what may not stand in the code."""

import ast
import re
import sys
import tomllib
from functools import cache
from pathlib import Path

from pricing_rules import services
from support.places import ROOT

PACKAGE = ROOT / "pricing_rules"
MODULES = sorted(PACKAGE.rglob("*.py"))

# A module imports from floors below its own only; the modules of a room from each other too.
FLOORS = (
    ("amounts", "spelling"),
    ("answers",),
    ("errors",),
    ("catalog", "ledger", "serialization"),
    ("request", "responses"),
    ("targets", "__init__"),
    ("tariffs", "facts"),
    ("audit", "export"),
    ("cli",),
    ("__main__",),
)
AUDIT = (
    ("meaning",),
    ("mapping",),
    ("log", "report", "writing"),
    ("engine", "options"),
    ("store",),
    ("engines",),
    ("evidence",),
    ("dispatch", "sample"),
    ("auditing", "checking", "suggestion"),
    ("rating",),
    ("__init__",),
)
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
AUDIT_FLOOR_OF = {room: floor for floor, rooms in enumerate(AUDIT) for room in rooms}
STANDARD = {"attrs", "attr", "cattrs", "typing_extensions"}
OPTIONAL = {"cli": {"click", "rich"}}


def room(module: Path) -> str:
    """Return the top-level module or package that a file belongs to."""
    return module.relative_to(PACKAGE).with_suffix("").parts[0]


@cache
def tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text())


def own_imports(module: Path) -> set[tuple[str, ...]]:
    """Return what a module imports of the package, each as the parts of its name; the package itself as ()."""
    found = [node.module for node in ast.walk(tree(module)) if isinstance(node, ast.ImportFrom) and node.module]
    return {tuple(name.split(".")[1:]) for name in found if name.split(".")[0] == "pricing_rules"}


def names(module: Path) -> str:
    return str(module.relative_to(PACKAGE))


def test_a_module_imports_from_floors_below_its_own_only():
    arrows = [
        (room(module), (name or ("__init__",))[0], names(module)) for module in MODULES for name in own_imports(module)
    ]
    assert [arrow for arrow in arrows if arrow[0] != arrow[1] and FLOOR_OF[arrow[1]] >= FLOOR_OF[arrow[0]]] == []


def test_a_module_of_the_audit_imports_from_floors_below_its_own_only():
    modules = [module for module in MODULES if room(module) == "audit"]
    arrows = [
        (module.relative_to(PACKAGE / "audit").with_suffix("").parts[0], (name[1:] or ("__init__",))[0], names(module))
        for module in modules
        for name in own_imports(module)
        if name[:1] == ("audit",)
    ]
    floors = AUDIT_FLOOR_OF
    assert [arrow for arrow in arrows if arrow[0] != arrow[1] and floors[arrow[1]] >= floors[arrow[0]]] == []


def test_own_modules_are_imported_at_the_top_of_a_file():
    inner = [
        (names(module), node.module)
        for module in MODULES
        for function in functions(module)
        for node in ast.walk(function)
        if isinstance(node, ast.ImportFrom)
    ]
    assert [(module, name) for module, name in inner if (name or "").startswith("pricing_rules")] == []


def test_other_peoples_modules_but_attrs_are_imported_by_the_function_that_needs_them():
    found = []
    for module in MODULES:
        top = [node for node in tree(module).body if isinstance(node, ast.Import | ast.ImportFrom)]
        roots = {alias.name.split(".")[0] for node in top if isinstance(node, ast.Import) for alias in node.names}
        roots |= {(node.module or "").split(".")[0] for node in top if isinstance(node, ast.ImportFrom)}
        allowed = STANDARD | {"pricing_rules"} | OPTIONAL.get(room(module), set()) | set(sys.stdlib_module_names)
        found += [(names(module), root) for root in roots - allowed]
    assert found == []


def test_a_file_has_fewer_than_250_lines_and_a_function_at_most_40():
    assert [names(module) for module in MODULES if len(module.read_text().splitlines()) >= 250] == []
    long = [(names(module), one.name) for module in MODULES for one in functions(module) if length(one) > 40]
    assert long == []


def functions(module: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef)]


def length(function: ast.FunctionDef) -> int:
    """Count the lines of a function without its docstring."""
    first = function.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


def test_no_float_is_written_or_computed():
    nodes = [(names(module), node) for module in MODULES for node in ast.walk(tree(module))]
    constants = [(name, node.value) for name, node in nodes if isinstance(node, ast.Constant)]
    assert [(name, value) for name, value in constants if isinstance(value, float)] == []
    operations = [(name, node.lineno, node.op) for name, node in nodes if isinstance(node, ast.BinOp)]
    assert [(name, line) for name, line, operation in operations if isinstance(operation, ast.Div)] == []


def test_no_code_knows_a_service_a_model_or_the_type_checker():
    tables = [tomllib.loads(path.read_text()) for path in (PACKAGE / "catalogs").glob("*.toml")]
    words = [*services(), *(model for table in tables for model in table["models"]), "TYPE_CHECKING"]
    quoted = re.compile(f"['\"]({'|'.join(map(re.escape, words))})['\"]")
    assert [(names(module), found[1]) for module in MODULES for found in quoted.finditer(module.read_text())] == []


def test_every_module_stands_on_a_floor():
    assert {room(module) for module in MODULES} == set(FLOOR_OF)
    assert {entry.stem for entry in (PACKAGE / "audit").iterdir() if entry.suffix != ".md"} - {"__pycache__"} == set(
        AUDIT_FLOOR_OF
    )


def test_the_package_has_few_entries_and_every_room_says_where_to_start():
    entries = {entry.name for entry in PACKAGE.iterdir()} - {
        "__pycache__",
        "__init__.py",
        "__main__.py",
        "py.typed",
        "catalogs",
    }
    assert len(entries) <= 16
    rooms = [path for path in PACKAGE.rglob("__init__.py") if path.parent != PACKAGE]
    assert [names(path) for path in rooms if "tart reading at" not in (ast.get_docstring(tree(path)) or "")] == []


def test_no_test_file_imports_from_another_test_file():
    found = []
    imported = re.compile(r"^\s*(?:from|import)\b.*\b(?:test_\w+|conftest)\b.*$", re.MULTILINE)
    for file in (*ROOT.glob("tests/test_*.py"), *ROOT.glob("tests/*/test_*.py")):
        found += [f"{file.name}: {line}" for line in imported.findall(file.read_text())]
    assert found == []


def test_no_module_is_called_utils_or_its_like():
    assert not {room(module) for module in MODULES} & {"utils", "helpers", "base", "manager", "core", "common"}


def test_no_file_has_marks_of_a_merge_that_was_not_finished():
    marks = re.compile(r"^(<{7} .*|={7}|>{7} .*)$", re.MULTILINE)
    folders = (ROOT / name for name in ("pricing_rules", "tests", "benchmarks"))
    pages = [*ROOT.glob("*.md"), *ROOT.glob("*.toml"), *(page for folder in folders for page in folder.glob("**/*.md"))]
    files = [*MODULES, *(page for page in pages if "node_modules" not in page.parts)]
    assert [file.name for file in files if marks.search(file.read_text())] == []
