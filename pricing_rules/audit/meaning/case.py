"""What the verdict on a record depends on beside its amounts: what it could cost, which rules it broke."""

from typing import TypeVar

from attrs import field, frozen

from pricing_rules.audit.meaning.outcomes import Filter, Record
from pricing_rules.audit.meaning.prices import Prices, priced_by, prices
from pricing_rules.audit.meaning.record import Reading, read
from pricing_rules.audit.meaning.rules import broken_rules, judged_by
from pricing_rules.audit.meaning.scope import Scope, left_out
from pricing_rules.audit.meaning.status import state_of
from pricing_rules.catalog.protocol import State
from pricing_rules.catalog.records import Catalog

MOST = 100_000  # values that are kept; more are found out anew
Key = TypeVar("Key")
Value = TypeVar("Value")


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
    price_key, rule_key = priced_by(catalog, model, reading), judged_by(catalog, model, reading)
    priced, broken = kept.prices.get(price_key), kept.rules.get(rule_key)
    if priced is None:
        priced = keep(kept.prices, price_key, prices(catalog, model, reading))
    if broken is None:
        broken = keep(kept.rules, rule_key, broken_rules(catalog, model, reading))
    return Case(reading, None, task, priced, broken)


def keep(known: dict[Key, Value], key: Key, value: Value) -> Value:
    """Keep a value, and forget all the others where they are many; return it."""
    if len(known) >= MOST:
        known.clear()
    known[key] = value
    return value
