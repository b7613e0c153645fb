"""Which state of a task a status tells."""

from collections.abc import Mapping

from attrs import evolve

from pricing_rules.audit.meaning.values import word
from pricing_rules.catalog.protocol import State
from pricing_rules.catalog.records import Catalog
from pricing_rules.spelling import misspelt

ENDS: frozenset[State | None] = frozenset(("completed", "failed"))
LIKELY: Mapping[str, State] = {  # words that other programs have for a state; only ever suggested
    **dict.fromkeys(("complete", "completed", "done", "finished", "ok", "ready", "succeeded", "success"), "completed"),
    **dict.fromkeys(("aborted", "crashed", "error", "errored", "expired", "failed", "failure", "rejected"), "failed"),
    **dict.fromkeys(("timed_out", "timeout"), "failed"),
    **dict.fromkeys(("accepted", "created", "in_progress", "new", "pending", "processing", "queued"), "pending"),
    **dict.fromkeys(("running", "scheduled", "started", "submitted", "waiting"), "pending"),
}


def state_of(catalog: Catalog, status: object) -> State | None:
    """Return the state of a task by its status as text; None where it is none of the words that are known."""
    return catalog.tasks.states.get(str(word(status))) if isinstance(status, str) else None


def with_statuses(catalog: Catalog, statuses: Mapping[str, State]) -> Catalog:
    """Return a catalog whose tasks have the words of a log before those of the service."""
    states = {**catalog.tasks.states, **statuses}
    return evolve(catalog, tasks=evolve(catalog.tasks, states=states)) if statuses else catalog


def likely_state(catalog: Catalog, status: str) -> State | None:
    """Return the state that a word which is not known most likely tells, None where none is near."""
    known = {**LIKELY, **{name.lower(): state for name, state in catalog.tasks.states.items()}}
    plain = status.strip().lower().replace(" ", "_").replace("-", "_")
    return known.get(plain if plain in known else misspelt(plain, known) or "")
