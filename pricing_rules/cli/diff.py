"""`pricing-rules diff`: what changes for callers from one tariff to another, with exit codes for a pipeline."""

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any, Literal, assert_never, get_args

import click
from attr import asdict

from pricing_rules.answers import Limit
from pricing_rules.catalog.loading import load_catalog
from pricing_rules.catalog.records import Catalog
from pricing_rules.cli.command import REFUSED, examples, with_errors
from pricing_rules.cli.diff_report import Told, as_markdown, as_text, told_once
from pricing_rules.cli.terminal import show, show_json, styled, write
from pricing_rules.serialization import amount
from pricing_rules.spelling import hint, listed, shown
from pricing_rules.tariffs import Change, Effect, diff

Format = Literal["table", "markdown", "json"]
BREAKING = ("refuses", "unprices", "rewrites")
REASONS = (*get_args(Effect), "rewrites", "breaking")


def _reasons(_context: click.Context, _parameter: click.Parameter, texts: tuple[str, ...]) -> frozenset[str]:
    """Read what fails: effects, rewrites or breaking, each of its own or joined by commas."""
    named = [name.strip() for text in texts for name in text.split(",")]
    for name in named:
        if name not in REASONS:
            raise click.BadParameter(f"expected {listed(REASONS)}, got {shown(name)}.{hint(name, REASONS)}")
    return frozenset(part for name in named for part in (BREAKING if name == "breaking" else (name,)))


@click.command(
    "diff",
    epilog=examples(
        "pricing-rules diff gptimage2api next.toml --fail-on breaking",
        "pricing-rules diff old.toml new.toml --format markdown",
    ),
)
@click.argument("old")
@click.argument("new")
@click.option("--format", "form", type=click.Choice(get_args(Format)), help="Default: table.")
@click.option(
    "--fail-on",
    "fatal",
    multiple=True,
    default=("breaking",),
    callback=_reasons,
    metavar="EFFECT",
    help="Exit with 1 for such a change: an effect, rewrites, or breaking (refuses, unprices, rewrites: the default).",
)
@click.option("--words", is_flag=True, help="Tell titles, sentences and sources too.")
@with_errors
def diff_command(old: str, new: str, form: Format | None, fatal: frozenset[str], *, words: bool, as_json: bool) -> int:
    """Tell what changes for callers from the tariff OLD to NEW.

    Each is the id of a bundled catalog or the path of a file. Exit codes: 0 nothing of --fail-on, 1 something of it, 2
    wrong usage, 3 a catalog that cannot be read.
    """
    if as_json and form not in (None, "json"):
        raise click.UsageError(f"--json and --format {form} exclude each other")
    before, after = load_catalog(old), load_catalog(new)
    told = told_once(diff(before, after, words=words))
    code = REFUSED if any(is_fatal(each.change, fatal) for each in told) else 0
    _print("json" if as_json else form or "table", before, after, told, code)
    return code


def is_fatal(change: Change, fatal: Collection[str]) -> bool:
    """Tell whether a change is one of those to fail on."""
    return change.effect in fatal or (change.rewrites and "rewrites" in fatal)


def _print(form: Format, old: Catalog, new: Catalog, told: Sequence[Told], code: int) -> None:
    match form:
        case "table":
            show(*map(styled, as_text(old, told, code)), wrap=False)
        case "markdown":
            write(as_markdown(old, told, code))
        case "json":
            show_json(document(old, new, told))
        case _:
            assert_never(form)


def document(old: Catalog, new: Catalog, told: Sequence[Told]) -> dict[str, Any]:
    """Return both tariffs and every change for programs, each once with the models that it is about."""
    sides = {"old": old, "new": new}
    about = {
        name: {"service": side.id, "version": side.version, "fingerprint": side.fingerprint}
        for name, side in sides.items()
    }
    return {**about, "changes": [_change(each) for each in told]}


def _change(told: Told) -> dict[str, Any]:
    change = told.change
    return {
        "kind": change.kind,
        "effect": change.effect,
        "models": list(told.models),
        "path": change.path,
        "parameters": asdict(change.parameters) if change.parameters else None,
        "old": _limit(change.old),
        "new": _limit(change.new),
        "since": change.since.isoformat() if change.since else None,
        "until": change.until.isoformat() if change.until else None,
        "rewrites": change.rewrites,
        "example": change.example,
        "message": change.message,
    }


def _limit(limit: Limit | None) -> Any:  # noqa: ANN401 -- any JSON value
    match limit:
        case Decimal():
            return amount(limit)
        case tuple():
            return list(limit)
        case _:
            return limit
