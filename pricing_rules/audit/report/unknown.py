"""Words of a log that are not known: statuses that tell no state, models that the catalog has not."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from attrs import asdict, frozen

from pricing_rules.audit.meaning.case import Case
from pricing_rules.audit.meaning.verdict import Verdict
from pricing_rules.catalog.protocol import State
from pricing_rules.catalog.records import Catalog
from pricing_rules.request.body import ABSENT
from pricing_rules.spelling import misspelt, nearest

MOST = 1_000  # different words that are named; of more, none is, so that it does not depend on which came first
Of = Literal["status", "model"]
LIKELY: Mapping[str, State] = {  # words that other programs have for a state; only ever suggested
    **dict.fromkeys(("complete", "completed", "done", "finished", "ok", "ready", "succeeded", "success"), "completed"),
    **dict.fromkeys(("aborted", "crashed", "error", "errored", "expired", "failed", "failure", "rejected"), "failed"),
    **dict.fromkeys(("timed_out", "timeout"), "failed"),
    **dict.fromkeys(("accepted", "created", "in_progress", "new", "pending", "processing", "queued"), "pending"),
    **dict.fromkeys(("running", "scheduled", "started", "submitted", "waiting"), "pending"),
}


@frozen
class Unknown:
    """A word of a log that is not known: of a status or a model, the word itself, the nearest state or model."""

    of: Of
    word: str | None
    nearest: str | None = None

    def as_dict(self, rows: int) -> dict[str, Any]:
        """Return it with the number of its rows, JSON-ready."""
        return {**asdict(self), "rows": rows}


def unknown(catalog: Catalog, case: Case, found: Verdict) -> Iterator[Unknown]:
    """Yield the words of a row that are not known."""
    if "unknown_status" in found.kinds:
        word = _word(case, "status")
        yield Unknown("status", word, word and likely_state(catalog, word))
    if "unknown_model" in found.kinds:
        word = _word(case, "model")
        yield Unknown("model", word, word and next(iter(nearest(word, catalog.models)), None))


def most_first(found: Mapping[Unknown, int]) -> dict[Unknown, int]:
    """Order words by their rows, most first, then by themselves."""
    return dict(sorted(found.items(), key=lambda each: (-each[1], each[0].of, each[0].word or "")))


def _word(case: Case, of: Of) -> str | None:
    value = case.reading.get(of)
    return None if value is ABSENT else value


def likely_state(catalog: Catalog, status: str) -> State | None:
    """Return the state that a word which is not known most likely tells, None where none is near."""
    known = {**LIKELY, **{name.lower(): state for name, state in catalog.tasks.states.items()}}
    plain = status.strip().lower().replace(" ", "_").replace("-", "_")
    return known.get(plain if plain in known else misspelt(plain, known) or "")
