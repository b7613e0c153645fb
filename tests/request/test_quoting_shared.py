"""Shared quotes: the finite price points are quoted once; everything else is exact and leaves nothing behind."""

import gc
import os
import tracemalloc
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing_rules import Catalog, InvalidRequest, Quote, UnknownEndpoint, Unpriced, load_catalog, options, quote
from pricing_rules.catalog.loading import BUNDLED
from pricing_rules.request import breakdown
from pricing_rules.request import quote as quoting
from support.cases import GPT, SORA, nested
from support.strategies import CATALOGS, MODELS, valid_requests

MULTIPLIERS = 1_000_000 if os.environ.get("PRICING_RULES_LONG") else 2_000
FILM = SORA | {"duration": 10, "resolution": "720p"}


@pytest.fixture
def fresh() -> Catalog:
    return load_catalog(Path(BUNDLED) / "gptimage2api.toml")


def answer(catalog: Catalog, request: object, at: datetime | None = None) -> Quote | tuple[object, ...]:
    try:
        return quote(catalog, request, at=at)
    except Unpriced as refused:
        return (refused.missing, refused.options)


@pytest.mark.parametrize(("service", "model"), MODELS)
@given(data=st.data())
def test_a_shared_quote_is_the_one_priced_anew(service: str, model: str, data: st.DataObject):
    catalog, request = CATALOGS[service], data.draw(valid_requests(service, model))
    midnight = datetime.fromisoformat(catalog.version).replace(tzinfo=UTC)
    anew = answer(catalog, request, midnight)
    assert [answer(catalog, request), answer(catalog, request)] == [anew, anew]


def test_a_price_point_is_quoted_once(fresh: Catalog):
    assert quote(fresh, FILM) is quote(fresh, FILM | {"duration": 10.0, "prompt": "another"})


@pytest.mark.parametrize(
    ("change", "basis", "notes"),
    [
        ({}, "documented", 0),
        ({"providerInput": {}}, "documented", 0),
        ({"providerInput": {"quality": "high"}}, "inferred", 1),
        ({"numOutputs": 1}, "documented", 0),
        ({"numOutputs": 2}, "inferred", 2),
    ],
)
def test_what_a_request_says_of_its_price_is_never_another_requests(fresh: Catalog, change, basis, notes):
    for other in ({"providerInput": {"a": 1}}, {"numOutputs": 3}, {}):
        quote(fresh, GPT | other)
    found = quote(fresh, GPT | change)
    assert (found.basis, len(found.notes)) == (basis, notes)


@pytest.mark.parametrize("custom", [True, 1.0, False])
def test_what_equals_one_but_is_no_multiplier_is_refused(fresh: Catalog, custom: object):
    quote(fresh, GPT)
    with pytest.raises(TypeError):
        quote(fresh, GPT, custom_multiplier=custom)


@pytest.mark.parametrize("custom", ["1", "1.0", Fraction(1), 1])
def test_every_form_of_one_gives_the_same_quote(fresh: Catalog, custom):
    assert quote(fresh, GPT, custom_multiplier=custom) == quote(fresh, GPT)


def test_a_wrong_argument_is_told_before_a_wrong_request(fresh: Catalog):
    with pytest.raises(TypeError):
        quote(fresh, {}, custom_multiplier=1.5)


def test_an_unknown_endpoint_is_told_of_a_request_quoted_before(fresh: Catalog):
    quote(fresh, GPT)
    with pytest.raises(UnknownEndpoint):
        quote(fresh, GPT, endpoint="nowhere")


def test_a_request_at_another_endpoint_gets_no_shared_quote(fresh: Catalog):
    quote(fresh, GPT)
    with pytest.raises(InvalidRequest):
        quote(fresh, GPT, endpoint="video")


def test_an_unpriced_request_is_told_every_time(fresh: Catalog):
    for _ in range(2):
        with pytest.raises(Unpriced):
            quote(fresh, SORA)


def test_the_shared_quotes_have_a_number_that_they_never_pass(fresh: Catalog, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(quoting, "MAX_SHARED", 3)
    found = [quote(fresh, GPT | {"numOutputs": outputs}).credits for outputs in range(1, 11)]
    assert found == [3 * outputs for outputs in range(1, 11)]
    assert len(quoting.shared_quotes(fresh)) == 3


def test_theshared_points_that_are_kept_have_a_number_that_they_never_pass(
    fresh: Catalog, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(breakdown, "MAX_POINTS", 3)
    assert options(fresh) == options(load_catalog("gptimage2api"))
    assert len(breakdown.shared_points(fresh)) == 3


def test_other_multipliers_and_instants_leave_nothing_behind(aivideoapi: Catalog):
    instant = datetime(2026, 11, 20, tzinfo=UTC)

    def run(first: int, number: int) -> None:
        for custom in range(first, first + number):
            moment = instant.replace(microsecond=custom % 10**6)
            quote(aivideoapi, nested(), custom_multiplier=Fraction(custom, 7), at=moment)

    run(2, 200)
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    run(300, MULTIPLIERS)
    gc.collect()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < 20_000
