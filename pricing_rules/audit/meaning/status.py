"""Which state of a task a status tells."""

from collections.abc import Mapping

from attrs import evolve

from pricing_rules.audit.meaning.values import word
from pricing_rules.catalog.protocol import State
from pricing_rules.catalog.records import Catalog


def state_of(catalog: Catalog, status: object) -> State | None:
    """Return the state of a task by its status as text; None where it is none of the words that are known."""
    return catalog.tasks.states.get(str(word(status))) if isinstance(status, str) else None


def with_statuses(catalog: Catalog, statuses: Mapping[str, State]) -> Catalog:
    """Return a catalog whose tasks have the words of a log before those of the service."""
    states = {**catalog.tasks.states, **statuses}
    return evolve(catalog, tasks=evolve(catalog.tasks, states=states)) if statuses else catalog
