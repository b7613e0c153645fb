"""Catalogs that differ from a given one in one to three facts, and what two catalogs say of the same request."""

import random
import tomllib
from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal, NamedTuple

from documents.mutation import one_change
from pricing_rules import Catalog, CatalogError, InvalidRequest, UnknownEndpoint, Unpriced, load_catalog, quote
from pricing_rules.catalog.tariff import EARLIEST
from pricing_rules.tariffs import Change

Verdict = Literal["refused", "unpriced", "priced"]
EFFECTS = {
    ("priced", "unpriced"): ("unprices",),
    ("unpriced", "priced"): ("prices",),
    ("priced", "priced"): ("costs_more", "costs_less"),
}


class Judgment(NamedTuple):
    verdict: Verdict
    product: Fraction | None = None


def parsed(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text())


def mutants(tables: dict[str, Any], seed: int) -> Iterator[tuple[str, Catalog]]:
    """Yield catalogs with one to three facts changed, each with what was changed; only those that load."""
    chance = random.Random(seed)  # noqa: S311 -- the same catalogs every time
    while True:
        changes, changed = [], tables
        for _ in range(chance.choice((1, 1, 2, 3))):
            said, changed = chance.choice([one for one in one_change(changed) if not _is_of_words(one[0])])
            changes.append(said)
        try:
            catalog = load_catalog(changed)
        except CatalogError:
            continue
        yield "; ".join(changes), catalog


def _is_of_words(change: str) -> bool:
    """Tell whether a change is of the sources and readings alone, or takes a whole table away."""
    parts = change.partition(" ")[0].split(".")
    return "source" in parts or parts[0] in ("sources", "readings", "title") or len(parts) == 1


def judged(catalog: Catalog, request: object, endpoint: str | None, at: datetime | None) -> Judgment:
    try:
        return Judgment("priced", quote(catalog, request, endpoint=endpoint, at=at).exact)
    except (InvalidRequest, UnknownEndpoint):
        return Judgment("refused")
    except Unpriced:
        return Judgment("unpriced")


def names(changes: tuple[Change, ...], model: str, at: datetime, before: Judgment, after: Judgment) -> bool:
    """Tell whether some change of a model, or of an endpoint, at an instant has the effect of two judgments."""
    if before.verdict != after.verdict and "refused" in (before.verdict, after.verdict):
        effects: tuple[str, ...] = ("refuses",) if after.verdict == "refused" else ("accepts",)
    else:
        effects = EFFECTS[before.verdict, after.verdict]
    about = [change for change in changes if change.model == model or change.kind.startswith("endpoint.")]
    return any(change.effect in effects and holds(change, at) for change in about)


def holds(change: Change, at: datetime) -> bool:
    return (change.since or EARLIEST) <= at and (change.until is None or at < change.until)
