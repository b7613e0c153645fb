"""What must hold of the differences of two catalogs, asserted of one pair."""

import json
import random

from pricing_rules import Catalog, validate
from pricing_rules.catalog.tariff import EARLIEST, current_instant, editions
from pricing_rules.request.body import value_of
from pricing_rules.tariffs import Change, diff
from support.mutants import judged, names
from support.random_requests import requests

SWAPPED = {"refuses": "accepts", "unprices": "prices", "costs_more": "costs_less"}
SWAPPED |= {new: old for old, new in SWAPPED.items()}


def is_empty_exactly_if_fingerprints_are_equal(old: Catalog, new: Catalog) -> None:
    assert (diff(old, new) == ()) == (old.fingerprint == new.fingerprint)
    assert diff(new, new) == ()


def swapping_swaps_effects(old: Catalog, new: Catalog) -> None:
    def told(changes: tuple[Change, ...], *, swapped: bool) -> list[str]:
        effects = ((SWAPPED.get(one.effect, one.effect) if swapped else one.effect, one) for one in changes)
        return sorted(f"{effect} {one.model} {one.parameters} {one.since} {one.until}" for effect, one in effects)

    assert told(diff(old, new), swapped=True) == told(diff(new, old), swapped=False)


def every_example_proves_its_change(old: Catalog, new: Catalog) -> int:
    found = [change for change in diff(old, new) if change.example]
    for change in found:
        at, body = change.since or EARLIEST, json.loads(change.example or "")
        verdicts = [judged(side, body, None, at).verdict for side in (old, new)]
        match change.effect:
            case "refuses":
                assert (validate(old, body, at=at), verdicts[1]) == ((), "refused"), change
            case "accepts":
                assert (verdicts[0], validate(new, body, at=at)) == ("refused", ()), change
            case "unprices":
                assert verdicts == ["priced", "unpriced"], change
            case _:
                assert (change.effect, verdicts) == ("prices", ["unpriced", "priced"]), change
    return len(found)


def every_difference_of_a_request_is_named(old: Catalog, new: Catalog, seed: int, number: int) -> int:
    """Judge requests at the edges of both catalogs, at instants around all of their editions."""
    changes = diff(old, new)
    chance = random.Random(seed)  # noqa: S311 -- the same instants every time
    sinces = {price.since for side in (old, new) for model in side.models for price in editions(side, model)}
    instants = [None, *sorted({EARLIEST, *filter(None, sinces)})]
    differing = 0
    for source in (old, new):
        for endpoint, request in requests(seed, source, number // 2):
            at, given = chance.choice(instants), chance.choice((endpoint, None))
            before, after = (judged(side, request, given, at) for side in (old, new))
            if before != after:
                model = value_of(request, source.fields["model"])
                when = at or current_instant(new)
                assert names(changes, str(model), when, before, after), (request, at, before, after, changes)
                differing += 1
    return differing
