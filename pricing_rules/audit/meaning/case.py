"""What the verdict on a record depends on beside its amounts: what it could cost, which rules it broke."""

from collections.abc import Callable
from typing import TypeVar

from attrs import field, frozen

from pricing_rules.audit.meaning.outcomes import Filter, Record
from pricing_rules.audit.meaning.prices import Prices, priced_by, prices
from pricing_rules.audit.meaning.reader import state_of
from pricing_rules.audit.meaning.record import Reading, read
from pricing_rules.audit.meaning.rules import broken_rules, judged_by
from pricing_rules.catalog.protocol import State
from pricing_rules.catalog.records import Catalog
from pricing_rules.request.body import ABSENT

MOST = 100_000  # values that are kept; more are found out anew
Key = TypeVar("Key")
Value = TypeVar("Value")


@frozen
class Scope:
    """What of a log is judged: UTC microseconds from `since` to before `until`, one account, and the service's name."""

    since: int | None = None
    until: int | None = None
    account: str | None = None
    service: str | None = None


@frozen(eq=False)
class Case:
    """What the verdict on a record depends on beside its amounts; many records share it.

    Attributes:
        reading: what the record says.
        filtered: why it is not judged; None where it is, or where it cannot be read.
        task: the task's state; None where the status tells none.
        prices: what it could have cost; None where the model is not known.
        rules: ids of the rules that the request broke.
    """

    reading: Reading
    filtered: Filter | None = None
    task: State | None = None
    prices: Prices | None = None
    rules: tuple[str, ...] = ()


@frozen
class Kept:
    """Price sets and broken rules by what they depend on, so that each is found out once."""

    prices: dict[tuple[object, ...], Prices] = field(factory=dict)
    rules: dict[tuple[object, ...], tuple[str, ...]] = field(factory=dict)


def case_of(catalog: Catalog, record: Record, scope: Scope, kept: Kept) -> Case:
    """Judge all of a record but its amounts."""
    reading = read(catalog, record)
    if reading.unreadable:
        return Case(reading)
    filtered = left_out(catalog, reading, scope)
    if filtered:
        return Case(reading, filtered)
    task, model = state_of(catalog, reading.get("status")), catalog.models.get(reading.get("model"))
    if model is None:
        return Case(reading, None, task)
    priced = once(kept.prices, priced_by(catalog, model, reading), prices, catalog, model, reading)
    broken = once(kept.rules, judged_by(catalog, model, reading), broken_rules, catalog, model, reading)
    return Case(reading, None, task, priced, broken)


def once(known: dict[Key, Value], key: Key, find: Callable[..., Value], *given: object) -> Value:
    """Return what is known by a key, else find it out and keep it; all is forgotten where that is much."""
    found = known.get(key)
    if found is None:
        if len(known) >= MOST:
            known.clear()
        found = known[key] = find(*given)
    return found


def left_out(catalog: Catalog, reading: Reading, scope: Scope) -> Filter | None:
    """Return why a record is not judged, None where it is."""
    created = reading.get("created_at")
    if reading.get("service") not in (ABSENT, None, scope.service or catalog.id):
        return "service"
    if (scope.since is not None or scope.until is not None) and (created is ABSENT or created is None):
        return "undated"
    if scope.since is not None and created < scope.since:
        return "since"
    if scope.until is not None and created >= scope.until:
        return "until"
    return "account" if scope.account is not None and reading.get("account") != scope.account else None
