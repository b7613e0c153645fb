"""Every difference of a model between two sides, in time: between two catalogs, or within one."""

from collections.abc import Container, Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from attrs import evolve

from pricing_rules.catalog.canonical import Facts, Key, ModelFacts, same
from pricing_rules.catalog.formula import PARAMETERS
from pricing_rules.catalog.records import Catalog
from pricing_rules.catalog.tariff import EARLIEST, current_instant
from pricing_rules.tariffs.change import Change
from pricing_rules.tariffs.difference import Difference
from pricing_rules.tariffs.prices import price_differences
from pricing_rules.tariffs.rules import field_differences, left_out_differences, model_differences, rule_differences
from pricing_rules.tariffs.side import Side


class Stretch(NamedTuple):
    """A stretch of time in which a difference holds, with a request that proves it at its start."""

    since: datetime
    until: datetime | None
    example: str | None


def differences(old: Side, new: Side, before: ModelFacts, after: ModelFacts) -> Iterator[Difference]:
    """Yield every difference of a model between two sides."""
    was, now = before.at(old.at), after.at(new.at)
    dated = {key for facts in (before, after) for _, edition in facts.editions for key in edition}
    keys = [key for key in dict.fromkeys((*was, *now)) if not same(was.get(key), now.get(key))]
    left_out = list(left_out_differences(old, new)) if keys else []
    told = {found.kind for found in left_out}
    for key in keys:
        for found in _of(old, new, key, was, now):
            if found.effect != "none" or found.kind not in told:
                yield evolve(found, is_dated=key in dated)
    yield from (evolve(found, is_dated=True) for found in left_out)
    if Key("price") not in keys and _may_cost_otherwise(old, new, keys):
        yield from (evolve(found, is_dated=True) for found in price_differences(old, new, {}, {}))


def _may_cost_otherwise(old: Side, new: Side, keys: Iterable[Key]) -> bool:
    """Tell whether prices may differ though their products do not: by the unit, or where a parameter is left out."""
    wires = {
        side.book.fields[name].field.wire for side in (old, new) for name in PARAMETERS if name in side.book.fields
    }
    return old.catalog.credit.unit != new.catalog.credit.unit or any(key.place in wires for key in keys)


def _of(old: Side, new: Side, key: Key, was: Facts, now: Facts) -> Iterator[Difference]:
    before, after = was.get(key, ()), now.get(key, ())
    match key.about:
        case "model":
            return model_differences(new.book.fields["model"].field.wire, dict(before), dict(after))
        case "field":
            return field_differences(old, new, key.place, dict(before), dict(after))
        case "rule":
            return rule_differences(old, new, key.place, before, after)
        case _:
            return price_differences(old, new, dict(before), dict(after))


def over_time(old: Catalog, new: Catalog, model_id: str, before: ModelFacts, after: ModelFacts) -> list[Change]:
    """Return how a model differs between two catalogs, from when to when."""
    starts = sorted({EARLIEST, *(since for facts in (before, after) for since, _ in facts.editions)})
    found: dict[Difference, list[Stretch]] = {}
    for since, until in zip(starts, (*starts[1:], None), strict=True):
        for told in _at(old, new, model_id, before, after, (since, since)):
            stretches = found.setdefault(evolve(told, example=None), [])
            if stretches and stretches[-1].until == since:
                stretches[-1] = stretches[-1]._replace(until=until)
            else:
                stretches.append(Stretch(since, until, told.example))
    changes = [
        evolve(
            change_of(told, model_id, stretch.since, stretch.until),
            example=stretch.example,
            rewrites=told.is_dated and stretch.since < current_instant(old),
        )
        for told, stretches in found.items()
        for stretch in stretches
    ]
    if current_instant(old) != current_instant(new):
        changes += _moved(old, new, model_id, before, after, found)
    return changes


def between(catalog: Catalog, model_id: str, facts: ModelFacts, since: datetime) -> list[Change]:
    """Return how a model changes at an instant."""
    until = next((start for start, _ in facts.editions if start > since), None)
    found = _at(catalog, catalog, model_id, facts, facts, (since - timedelta.resolution, since))
    return [change_of(told, model_id, since, until) for told in found]


def _at(
    old: Catalog, new: Catalog, model_id: str, before: ModelFacts, after: ModelFacts, at: tuple[datetime, datetime]
) -> Iterator[Difference]:
    is_charged_alike = old.credit.unit == new.credit.unit
    if not is_charged_alike or not same(sorted(before.at(at[0]).items()), sorted(after.at(at[1]).items())):
        side = Side(old, old.models[model_id], at[0])
        yield from differences(side, Side(new, new.models[model_id], at[1]), before, after)


def _moved(
    old: Catalog, new: Catalog, model_id: str, before: ModelFacts, after: ModelFacts, known: Container[Difference]
) -> Iterator[Change]:
    """Yield what changes for those who name no instant alone, because the version moves."""
    at = current_instant(old), current_instant(new)
    for told in _at(old, new, model_id, before, after, at):
        alone = evolve(told, example=None)
        if alone not in known:
            message = f"Where no instant is given: {told.message}"
            yield change_of(evolve(alone, message=message), model_id, at[1], None)


def change_of(told: Difference, model_id: str | None, since: datetime, until: datetime | None) -> Change:
    """Return a difference as a change of a model, or of the service, in a stretch of time."""
    return Change(
        told.kind,
        told.effect,
        model_id,
        told.path,
        told.parameters,
        told.old,
        told.new,
        None if since == EARLIEST else since,
        until,
        rewrites=False,
        example=told.example,
        message=told.message,
    )
