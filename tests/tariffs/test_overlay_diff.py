"""What changes from one overlay to another: `diff`, `upcoming`, `offers` and the fingerprint over resales and plans."""

from datetime import UTC, datetime
from itertools import pairwise
from random import Random

import pytest

from pricing_rules import Catalog, CatalogError, quote
from pricing_rules.tariffs import diff, offers, upcoming
from support.chains import Chain, chains
from support.overlays import head, over, table

SORA = {"model": "sora-2-text-to-video", "prompt": "a", "inputMode": "text_to_video", "duration": 5}


def rate(amount: str, **more: object) -> str:
    return table("rates", rate=f'"{amount}"', **more)


def test_a_settled_tier_gives_a_price_to_requests_that_had_none(gptimage2api: Catalog):
    known = over(
        gptimage2api,
        head("product") + table("settled", models='["sora-2-text-to-video"]', resolution='"720p"'),
    )
    told = [change for change in diff(over(gptimage2api, head("product")), known) if change.effect == "prices"]
    assert [(change.kind, change.model, change.new) for change in told] == [
        ("resolution.default", "sora-2-text-to-video", "720p")
    ]
    assert quote(known, SORA).credits == 5


def test_a_rate_that_rises_costs_more_from_its_instant_on(gptimage2api: Catalog):
    now, later = (
        over(gptimage2api, head("charge") + rate("0.9") + rate("1.8", since="2027-01-01T00:00:00Z")) for _ in range(2)
    )
    assert diff(now, later) == ()
    (veo,) = (change for change in upcoming(now, after=datetime(2026, 12, 1, tzinfo=UTC)) if change.model == "veo3")
    # 63 x 0.9 = 56.7 and 63 x 1.8 = 113.4
    assert (veo.effect, veo.old, veo.new) == ("costs_more", 57, 114)
    assert veo.since == datetime(2027, 1, 1, tzinfo=UTC)


def test_two_rates_and_their_product_are_one_tariff(gptimage2api: Catalog):
    once = over(gptimage2api, head("product") + rate("0.9"))
    twice = over(gptimage2api, head("product") + rate("0.3"), head("product", name="second") + rate("3"))
    assert once.fingerprint == twice.fingerprint
    assert diff(once, twice) == ()


def test_offers_of_a_resale_cost_what_it_charges(gptimage2api: Catalog):
    found = offers([over(gptimage2api, head("charge") + rate("0.9"))], mode="image_to_video", duration=10).found
    assert all(quote(over(gptimage2api, head("charge") + rate("0.9")), one.request) == one.quote for one in found[:2])


def neighbours() -> list[tuple[Chain, Chain]]:
    """Return pairs of chains over the same catalog."""
    every = list(chains(Random(21), 24))  # noqa: S311 -- no secret
    sorted_by_service = sorted(every, key=lambda chain: chain.below.id)
    return [(one, other) for one, other in pairwise(sorted_by_service) if one.below is other.below]


def test_diff_of_overlays_is_empty_exactly_if_the_fingerprints_are_equal():
    for one, other in neighbours():
        assert (diff(one.top, other.top) == ()) == (one.top.fingerprint == other.top.fingerprint)
        assert diff(one.top, one.top) == ()


@pytest.mark.parametrize("of", ["product", "charge"])
def test_an_overlay_may_stand_over_one_content_alone(gptimage2api: Catalog, of: str):
    text = head(of, more=f'fingerprint = "{gptimage2api.fingerprint}"') + rate("0.9")
    assert over(gptimage2api, text)
    with pytest.raises(CatalogError) as refused:
        over(over(gptimage2api, head("product") + rate("2")), text)
    assert [fault.key for fault in refused.value.faults] == ["fingerprint"]
