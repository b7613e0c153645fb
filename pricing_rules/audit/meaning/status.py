"""Which state of a task a status tells."""

from pricing_rules.catalog.protocol import State
from pricing_rules.catalog.records import Catalog

ENDS: frozenset[State | None] = frozenset(("completed", "failed"))


def state_of(catalog: Catalog, status: object) -> State | None:
    """Return the state of a task by its status as text; None where it is none of the service's words."""
    if not isinstance(status, str):
        return None
    whole, point, zeros = status.partition(".")
    integral = whole if point and whole.isdecimal() and zeros and not zeros.strip("0") else status
    states = catalog.tasks.states
    return states.get(status, states.get(integral))
