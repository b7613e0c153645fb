"""Law 6 for JavaScript: prices.mjs, run by node, and Python give the same credits or the same refusal.

A number is compared if JSON text carries it into both languages: beyond 2**53 JavaScript rounds whole numbers.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.cells import CELLS
from documents.requests import smallest_request
from frontend.browser import EPOCH, MICROSECOND, Case, disagreements, javascript, python
from pricing_rules import Catalog, InvalidRequest
from pricing_rules.catalog.formula import PARAMETERS
from pricing_rules.catalog.tariff import editions, points
from support.strategies import CATALOGS, INVENTED, MODELS, hostile_requests, near_valid_requests, valid_requests

SERVICES = sorted(CATALOGS)
MULTIPLIERS = ("1", "1.1", "0.8", "1/3", 5, "1000000", "0")


def drawn(strategy: st.SearchStrategy[Case], least: int) -> list[Case]:
    """Draw cases, to be answered together: at least so many, more in the long profile."""
    cases: list[Case] = []

    @settings(max_examples=max(least, settings().max_examples))
    @given(strategy)
    def collect(case: Case) -> None:
        cases.append(case)

    collect()
    return cases


def instants(catalog: Catalog) -> list[str | None]:
    """Return no instant, and those around every change of a price."""
    changes = {(held.since - EPOCH) // MICROSECOND for held in catalog.prices if held.since}
    return [None, *(str(change + near) for change in sorted(changes) for near in (-1, 0, 1))]


def asked_points(catalog: Catalog, model: str) -> list[dict[str, Any]]:
    """Return the tiers of every price point of every edition, as `price` is asked for them."""
    every = (point for held in editions(catalog, model) for point in points(held, None))
    return [
        {"duration": point.duration, "resolution": point.resolution, "audio": point.audio}
        for point in dict.fromkeys(every)
    ]


def grid(service: str) -> Iterator[Case]:
    catalog = CATALOGS[service]
    for model in catalog.models:
        choices = product(asked_points(catalog, model), range(12), MULTIPLIERS, instants(catalog))
        for point, outputs, multiplier, at in choices:
            yield (service, "price", model, {**point, "outputs": outputs, "customMultiplier": multiplier, "at": at})


@pytest.mark.parametrize(("service", "least"), [("aivideoapi", 252), ("clipworks", 8_000), ("gptimage2api", 4_500)])
def test_every_price_point_is_the_same_at_all_outputs_multipliers_and_instants(service: str, least: int):
    cases = list(grid(service))
    assert len(cases) >= least
    assert disagreements(cases) == []


def test_javascript_quotes_every_documented_cell_exactly():
    cells = [(cell, smallest_request(*cell[:4])) for cell in CELLS]
    asked = [(cell[0], "price", cell[1], {"duration": cell[2], "resolution": cell[3]}) for cell in CELLS]
    found = javascript([*asked, *((cell[0], "quote", request, {}) for cell, request in cells)])
    assert [(one["credits"], one["usd"]) for one in found] == [(cell[4], cell[5]) for cell in CELLS] * 2


HOSTILE_NUMBERS = (0, 1, -1, 5, 5.0, -0.0, 5.5, 8, 10, 11, 480, 2**53, 2**60, -(2**60), 1e308, 1e-300)
HOSTILE_TEXTS = ("5", "", "__proto__", "toString", "constructor", "length", "720P", "720p ", "true", "🎬", "\ud800")
NO_PRIMITIVE = {"toString": 5, "valueOf": 5}  # JavaScript throws where it compares this
HOSTILE: tuple[Any, ...] = (None, True, False, [], {}, [5], ["720p"], NO_PRIMITIVE, *HOSTILE_NUMBERS, *HOSTILE_TEXTS)
assert all(float(number) == number for number in HOSTILE_NUMBERS)
TIERS = ("720p", "1080p", "1k", "1K", "2K", "4K", 4, 12, 15, 20, 1080)
WORDS = (
    "1",
    "1.1",
    "1/3",
    2,
    "0",
    "",
    "1/0",
    "0/0",
    "0/5",
    "1.",
    ".5",
    "-1",
    " 1",
    "1e3",
    "1_0",
    "+1",
    "٣",
    "1.5/2",
    "1\n",
)
EDGES = ("1000000.0000001", 1_000_001, -1, 2**60, "9" * 40, "9" * 41, "0" * 39 + "1", "0" * 40 + "1", "1/" + "9" * 38)
WRONG = (True, False, None, 1.5, 1e-7, [], {})


def test_every_odd_multiplier_is_taken_or_refused_alike():
    request = {"model": "gpt-image-2", "input": {"prompt": "a"}}
    what = [("price", "gpt-image-2"), ("price", "unknown"), ("quote", request)]
    calls = [("aivideoapi", *one) for one in what]
    cases = [(*call, {"customMultiplier": multiplier}) for call in calls for multiplier in (*WORDS, *EDGES, *WRONG)]
    assert disagreements(cases) == []


CHANGES = [(), (), *((name,) for name in PARAMETERS), ("duration", "outputs"), PARAMETERS]
ODD = st.sampled_from((*HOSTILE, *TIERS))
ODD_MULTIPLIER = st.sampled_from((*WORDS, *EDGES, *WRONG))
ANY_INSTANT = st.integers(-(10**16), 10**17).map(str)


@st.composite
def hostile_cases(draw: st.DrawFn) -> Case:
    """Ask for a price point with some parameters left out and some odd, and sometimes odd terms or an odd model."""
    service, model = draw(st.sampled_from(MODELS))
    terms = {**draw(st.sampled_from(asked_points(CATALOGS[service], model))), "outputs": draw(st.integers(0, 11))}
    for name in draw(st.sampled_from(CHANGES)):
        terms[name] = draw(ODD)
    for name in draw(st.sampled_from(CHANGES)):
        terms.pop(name)
    kind = draw(st.sampled_from(["plain", "plain", "plain", "multiplier", "instant", "model"]))
    terms |= {"customMultiplier": draw(ODD_MULTIPLIER)} if kind == "multiplier" else {}
    terms |= {"at": draw(st.sampled_from(instants(CATALOGS[service])) | ANY_INSTANT)} if kind == "instant" else {}
    return (service, "price", draw(ODD) if kind == "model" else model, terms)


SHAPES = [
    ("gptimage2api", "gpt-image-2"),
    ("aivideoapi", "gpt-image-2"),
    ("clipworks", "reel-1"),
    ("clipworks", "still/1"),
]


def test_every_odd_value_of_a_parameter_and_of_the_model_is_refused_alike():
    values = (*HOSTILE, *TIERS, ["gpt-image-2"])
    cases: list[Case] = [(service, "price", value, {}) for service in SERVICES for value in values]
    for (service, model), name, value in product(SHAPES, PARAMETERS, values):
        cases.append((service, "price", model, {**asked_points(CATALOGS[service], model)[0], name: value}))
    assert disagreements(cases) == []


def test_wrong_and_hostile_parameters_are_refused_alike():
    cases = drawn(hostile_cases(), 400)
    assert disagreements(cases) == []
    refused = sum(not one.get("credits") for one in map(python, cases))
    assert len(cases) / 10 < refused < 19 * len(cases) / 20


def carried(request: object) -> Any:
    """Return the request that JSON text carries, None for one that it cannot."""
    try:
        return json.loads(json.dumps(request, default=float, allow_nan=False))
    except (TypeError, ValueError, OverflowError):
        return None


def multipliers() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional={"customMultiplier": st.sampled_from(MULTIPLIERS)})


@st.composite
def quoted(draw: st.DrawFn, kinds: tuple[Any, ...]) -> Case:
    service, model = draw(st.sampled_from(MODELS))
    request = draw(draw(st.sampled_from(kinds))(service, model))
    terms = draw(multipliers()) | {"at": draw(st.sampled_from(instants(CATALOGS[service])))}
    return (service, "quote", carried(request), terms)


def test_quote_of_every_valid_request_is_the_same():
    cases = drawn(quoted((valid_requests,)), 200)
    assert disagreements(cases) == []
    assert sum(bool(python(case)["credits"]) for case in cases) > len(cases) / 4


def judged_at_the_price(case: Case, error: InvalidRequest) -> bool:
    """Tell whether a refusal is about the model or about the value of a priced parameter."""
    kinds = {"type", "one_of", "required", "minimum", "maximum", "not_allowed", "unknown"}
    rules = (violation.rule.split(".", 1) for violation in error.violations)
    priced = {"model", "duration", "resolution", "outputs", "audio"} & set(CATALOGS[case[0]].fields)
    return any(name in priced and kind in kinds for name, kind in rules)


def test_a_request_refused_for_what_is_priced_has_no_price_and_another_the_same():
    cases = drawn(quoted((near_valid_requests, hostile_requests)), 150)
    wrong = []
    for case, found in zip(cases, javascript(cases), strict=True):
        try:
            expected = python(case)
        except InvalidRequest as error:
            expected = found | ({"credits": None} if judged_at_the_price(case, error) else {})
        wrong += [] if found == expected else [(case, found, expected)]
    assert wrong == []


def bigger() -> dict[str, Catalog]:
    """Return the invented service with amounts and instants that no JavaScript number holds, and other outputs."""
    fields = dict(INVENTED.fields)
    fields["outputs"] = evolve(fields["outputs"], minimum=None, maximum=None, default=None, one_of=(-3, 2, 7))
    renamed = {"__proto__": evolve(INVENTED.models["still/1"], id="__proto__")}
    last = evolve(INVENTED.prices[1], base=Fraction(10**39 + 1, 7), since=datetime(9000, 1, 1, 1, 2, 3, 4, UTC))
    early = evolve(INVENTED.prices[2], models=("still/2",), since=datetime(1900, 1, 1, tzinfo=UTC), duration={})
    named = evolve(INVENTED.prices[3], models=("__proto__",))
    credit = evolve(INVENTED.credit, unit=Fraction(10**20 + 1, 2**60), usd=Fraction("0.0000000000000000000000001"))
    models = dict(INVENTED.models) | renamed
    held = (*INVENTED.prices, last, early, named)
    return {"bigger": evolve(INVENTED, fields=fields, models=models, prices=held, credit=credit)}


def test_amounts_and_instants_beyond_javascript_numbers_and_listed_outputs_are_the_same():
    catalogs = bigger()
    choices = product(
        catalogs["bigger"].models, (None, 4, 12), (None, -3, 1, 7, True), ("1/3",), instants(catalogs["bigger"])
    )
    cases = [
        ("bigger", "price", model, {"duration": seconds, "outputs": outputs, "customMultiplier": times, "at": at})
        for model, seconds, outputs, times, at in choices
    ]
    assert disagreements(cases, catalogs) == []
