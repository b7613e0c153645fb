"""Law 2: one ceil, 0 <= credits - exact < unit, in any order of the factors; a later tier never costs less."""

from fractions import Fraction
from itertools import pairwise, permutations
from math import ceil, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing_rules import Catalog, Quote, options, price
from support.strategies import CATALOGS, MODELS


@st.composite
def quotes(draw: st.DrawFn) -> tuple[Catalog, Quote]:
    service, model = draw(st.sampled_from(MODELS))
    catalog = CATALOGS[service]
    point = draw(st.sampled_from(options(catalog, model))).parameters
    outputs = draw(st.integers(1, 4)) if point.outputs else 1
    custom = draw(
        st.fractions(0, 1_000_000, max_denominator=10**9) | st.sampled_from([Fraction(11, 10), Fraction(1, 3)])
    )
    asked = {"duration": point.duration, "resolution": point.resolution, "audio": point.audio, "outputs": outputs}
    return catalog, price(catalog, model, custom_multiplier=custom, **asked)


@given(quotes())
def test_one_ceil_lifts_the_exact_product_to_a_whole_number_of_units_and_by_less_than_one(case: tuple[Catalog, Quote]):
    catalog, quote = case
    unit = catalog.credit.unit
    assert (Fraction(quote.credits) / unit).denominator == 1
    assert 0 <= Fraction(quote.credits) - quote.exact < unit
    assert quote.exact + quote.rounding == Fraction(quote.credits)


@given(quotes())
def test_the_charge_is_the_same_in_any_order_of_the_factors(case: tuple[Catalog, Quote]):
    catalog, quote = case
    multipliers = [line.multiplier for line in quote.lines]
    charges = {ceil(prod(order) / catalog.credit.unit) * catalog.credit.unit for order in permutations(multipliers)}
    assert charges == {Fraction(quote.credits)}


@pytest.mark.parametrize("service", CATALOGS)
def test_a_later_tier_never_costs_less(service: str):
    falls = []
    for held in CATALOGS[service].prices:
        for tiers in (held.duration, held.resolution, held.audio):
            falls += [pair for pair in pairwise(tiers.values()) if pair[0] > pair[1]]
    assert not falls


@pytest.mark.parametrize(("service", "model"), MODELS)
def test_one_more_output_never_costs_less(service: str, model: str):
    catalog = CATALOGS[service]
    for option in options(catalog, model):
        asked = {name: getattr(option.parameters, name) for name in ("duration", "resolution", "audio")}
        counts = range(1, 5) if option.parameters.outputs else (1,)
        charges = [price(catalog, model, outputs=count, **asked).credits for count in counts]
        assert charges == sorted(charges)
