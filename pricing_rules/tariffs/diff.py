"""What changes for callers from one tariff to another, compared by meaning, and what is coming in one."""

from collections.abc import Iterator
from datetime import datetime
from typing import get_args

from attrs import evolve

from pricing_rules.catalog.canonical import canonical
from pricing_rules.catalog.records import Catalog
from pricing_rules.catalog.tariff import EARLIEST
from pricing_rules.request.arguments import check_catalog, instant
from pricing_rules.tariffs.change import Change, Effect
from pricing_rules.tariffs.compare import between, change_of, over_time
from pricing_rules.tariffs.service import model_added, model_removed, service_differences
from pricing_rules.tariffs.words import word_differences

ORDER = {effect: place for place, effect in enumerate(get_args(Effect))}


def diff(old: Catalog, new: Catalog, *, words: bool = False) -> tuple[Change, ...]:
    """Tell what changes for callers from one tariff to another; nothing exactly if their fingerprints are equal.

    Catalogs are compared by meaning: by what their rules take and what their price points cost, at every instant.

    Args:
        old: the tariff that callers know.
        new: the one that replaces it.
        words: whether to tell titles, sentences and sources too, which no fingerprint holds.

    Returns:
        The changes, by effect in the order of `Effect`, then by model in file order, those of the service last.

    Raises:
        TypeError: what is given as a catalog is none.
    """
    check_catalog(old)
    check_catalog(new)
    found = list(_model_changes(old, new))
    kinds = {change.kind for change in found}
    told = service_differences(canonical(old).service, canonical(new).service, kinds)
    found += [change_of(each, None, EARLIEST, None) for each in told]
    if words:
        found += [change_of(each, model, EARLIEST, None) for model, each in word_differences(old, new)]
    return tuple(sorted(found, key=lambda change: ORDER[change.effect]))


def upcoming(catalog: Catalog, *, after: datetime) -> tuple[Change, ...]:
    """Tell what a tariff itself will change after an instant: its appended editions, each from the one before.

    Args:
        catalog: the tariff.
        after: an instant with its offset, such as now; what begins at it has begun.

    Returns:
        The changes by instant, then by model in file order.

    Raises:
        TypeError: what is given as a catalog is none, or `after` is no datetime.
        ValueError: `after` has no offset.
    """
    check_catalog(catalog)
    start = instant(after)
    if start is None:
        raise TypeError("after is a datetime with its offset, not None")
    content = canonical(catalog)
    found = [
        change
        for model, facts in content.models.items()
        for since, _ in facts.editions
        if since > max(start, EARLIEST)
        for change in between(catalog, model, facts, since)
    ]
    return tuple(sorted(found, key=lambda change: change.since or EARLIEST))


def _model_changes(old: Catalog, new: Catalog) -> Iterator[Change]:
    before, after = canonical(old).models, canonical(new).models
    for model in dict.fromkeys((*new.models, *old.models)):
        if model not in before:
            yield change_of(model_added(old, new, model), model, EARLIEST, None)
        elif model not in after:
            removed = change_of(model_removed(old, new, model), model, EARLIEST, None)
            yield evolve(removed, rewrites=True)  # its price before the old version is gone
        else:
            yield from over_time(old, new, model, before[model], after[model])
