"""Laws of overlays, as properties over chains made at random: a sample here, 20,000 chains in the complete tier."""

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing_rules import Catalog, Quote, Unpriced, options, quote, validate
from pricing_rules.tariffs import margins
from support.chains import BELOW, INSTANTS, RATES, Chain, chains
from support.overlay_laws import broken
from support.overlays import head, over, table
from support.strategies import CATALOGS, MODELS, hostile_requests, near_valid_requests, valid_requests


@cache
def sample() -> tuple[Chain, ...]:
    return tuple(chains(Random(1), 60))  # noqa: S311 -- no secret


@cache
def narrower(service: str) -> tuple[Catalog, ...]:
    """Return the tops of chains over a service."""
    return tuple(chain.top for chain in chains(Random(2), 40) if chain.below.id == service)  # noqa: S311 -- no secret


def test_each_seller_rounds_up_once_by_less_than_its_unit_and_lines_multiply_to_exact():
    random = Random(3)  # noqa: S311 -- no secret
    assert [said for chain in sample() for said in broken(chain, random, 12)] == []


def test_the_sample_has_every_length_and_kind_of_chain():
    lengths = {len(chain.layers) for chain in sample()}
    assert lengths == {1, 2, 3, 4}
    assert {layer.of for chain in sample() for layer in chain.layers} == {"product", "charge"}
    assert any(term.base for chain in sample() for layer in chain.layers for term in layer.terms)
    assert any(layer.minimums for chain in sample() for layer in chain.layers)


@given(data=st.data())
def test_what_is_valid_under_an_overlay_is_valid_below(data: st.DataObject):
    service, model = data.draw(st.sampled_from(MODELS))
    kind = data.draw(st.sampled_from((valid_requests, near_valid_requests, hostile_requests)))
    request, at = data.draw(kind(service, model)), data.draw(st.sampled_from(INSTANTS))
    below = CATALOGS[service]
    is_valid_below = validate(below, request, at=at) == ()
    for top in data.draw(st.sampled_from([narrower(service)[start::5] for start in range(5)])):
        assert is_valid_below or validate(top, request, at=at) != ()


def answers(catalog: Catalog, request: Any, at: datetime | None) -> Any:
    """Return what a caller learns of a request: faults, what is missing, or the amounts."""
    faults = validate(catalog, request, at=at)
    if faults:
        return [(fault.path, fault.rule, fault.limit) for fault in faults]
    try:
        found = quote(catalog, request, at=at)
    except Unpriced as refused:
        return refused.missing, [amounts(option) for option in refused.options]
    return amounts(found)


def amounts(found: Quote) -> tuple[Any, ...]:
    return found.credits, found.usd, found.parameters, found.basis


@pytest.mark.parametrize("service", CATALOGS)
@pytest.mark.parametrize("of", ["product", "charge"])
def test_rate_1_with_the_same_unit_changes_no_answer(service: str, of: str):
    below = CATALOGS[service]
    same = over(below, head(of, service) + table("rates", rate=1))
    assert [*map(amounts, options(same))] == [*map(amounts, options(below))]
    again = over(same, head(of, same.id, "again") + table("rates", rate=1))
    assert [*map(amounts, options(again))] == [*map(amounts, options(below))]


@given(data=st.data())
def test_rate_1_changes_no_answer_to_a_request(data: st.DataObject):
    service, model = data.draw(st.sampled_from(MODELS))
    kind = data.draw(st.sampled_from((valid_requests, near_valid_requests)))
    request, at = data.draw(kind(service, model)), data.draw(st.sampled_from(INSTANTS))
    for same in SAME[service]:
        assert answers(same, request, at) == answers(CATALOGS[service], request, at)


SAME = {
    name: [over(below, head(of, name) + table("rates", rate=1)) for of in ("product", "charge")]
    for name, below in CATALOGS.items()
}


@given(rates=st.permutations(RATES).map(lambda rates: rates[:3]), below=st.sampled_from(BELOW))
def test_product_layers_of_rates_commute(rates: list[str], below: Catalog):
    texts = [head("product", below.id, f"p{RATES.index(rate)}") + table("rates", rate=f'"{rate}"') for rate in rates]
    one, other = over(below, *texts), over(below, *reversed(texts))
    assert [found.credits for found in options(one)] == [found.credits for found in options(other)]
    assert [found.exact for found in options(one)] == [found.exact for found in options(other)]


def sold_at_a_loss(chain: Chain) -> Iterator[str]:
    """Yield the points that the last seller sells below its cost, though every rate of its own pays for it.

    Each seller of a chain buys and sells credits for a cent, so a rate of 1 or more always does.
    """
    for margin in margins(chain.top):
        if margin.price_usd < margin.cost_usd:
            yield f"{margin.quote.model} {margin.quote.parameters}: {margin.price_usd} < {margin.cost_usd}"


def test_no_point_is_sold_below_cost_where_every_rate_pays_for_the_debit():
    random = Random(4)  # noqa: S311 -- no secret
    tried = 0
    for chain in chains(random, 25, own=False):
        rate = Fraction(random.choice(("0.78", "1", "5/3", "1.02")))
        cost = random.choice(("0.006", "0.01", "0.0025"))
        usd = next(usd for usd in ("0.01", "0.02", "0.0055") if rate * Fraction(usd) >= Fraction(cost))
        money = f'[credit]\nunit = 1\nusd = "{usd}"\nsource = "contract"\n[cost]\nusd = "{cost}"\nsource = "contract"\n'
        text = head("charge", chain.top.id, "last") + money + table("rates", rate=f'"{rate}"')
        last = Chain(chain.below, chain.layers, over(chain.top, text))
        assert [*sold_at_a_loss(last)] == []
        tried += len(margins(last.top))
    assert tried > 500
