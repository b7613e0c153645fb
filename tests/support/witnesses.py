"""398 requests of which each tells one changed keyword of the bundled schemas apart, with what Python says of them.

They stand in witnesses.json by service, endpoint and verdict; {"times": [part, n]} is a part n times over.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple


class Witness(NamedTuple):
    """A request to an endpoint, and whether it is valid and has a price."""

    service: str
    endpoint: str
    request: Any
    valid: bool
    priced: bool

    def accepted(self, view: str) -> bool:
        """Tell whether a view has to accept the request."""
        return self.priced if view == "form" else self.valid


@cache
def witnesses() -> tuple[Witness, ...]:
    """Return all of them."""
    groups = json.loads(Path(__file__).with_suffix(".json").read_text(), object_hook=_unpacked)
    return tuple(one for name, requests in groups.items() for one in _judged(name, requests))


def _judged(name: str, requests: list[Any]) -> Iterator[Witness]:
    service, endpoint, verdict = name.split()
    for request in requests:
        yield Witness(service, endpoint, request, verdict != "refused", verdict == "priced")


def _unpacked(table: dict[str, Any]) -> Any:
    part, number = table.get("times", (table, 1))
    return part * number if "times" in table else table
