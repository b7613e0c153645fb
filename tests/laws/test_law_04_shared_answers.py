"""Law 4 for what answers share: no answer depends on what was asked before, nor on who asks at the same time.

The long run of this file is PRICING_RULES_LONG=1: 100,000 sequences of questions to each service.
"""

import os
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from pricing_rules import (
    Catalog,
    PricingRulesError,
    Quote,
    as_dict,
    is_valid,
    load_catalog,
    options,
    price,
    quote,
    validate,
)
from pricing_rules.catalog.loading import BUNDLED
from pricing_rules.request.breakdown import shared_points
from pricing_rules.request.quote import shared_prices, shared_quotes
from pricing_rules.request.validate import shared_violations
from support.places import CLIPWORKS
from support.random_requests import requests
from support.strategies import Body, Text

SEQUENCES = 100_000 if os.environ.get("PRICING_RULES_LONG") else 600
BUNDLED_ONES = Path(BUNDLED)
FILES = [BUNDLED_ONES / "gptimage2api.toml", BUNDLED_ONES / "aivideoapi.toml", CLIPWORKS]
INSTANTS = (None, None, None, datetime(2020, 1, 1, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC))
THREADS = 16
FORMS = 6

Question = tuple[str, tuple[Any, ...], dict[str, Any]]


class Whole(int):
    """A subclass of int."""


def other_form(chance: random.Random, value: Any) -> Any:
    """Return a value that equals this one or comes close, of another type, now and then."""
    if isinstance(value, dict):
        made = {name: other_form(chance, inner) for name, inner in value.items()}
        return Body(made) if chance.random() < 0.1 else made
    if chance.random() < 0.7:
        return value
    match value:
        case bool():
            return int(value)
        case int():
            kinds = (float, Decimal, Whole, str, bool, lambda value: Decimal(f"{value}.0"))
            return chance.choice(kinds)(value)
        case str():
            return Text(value)
        case list():
            return tuple(value) if chance.random() < 0.3 else value * 2
        case _:
            return value


def family(chance: random.Random, body: dict[str, Any], point: Quote) -> list[Question]:
    """Make up questions that are nearly the same: about one request and one price, in several forms."""
    named = {"duration": point.parameters.duration, "resolution": point.parameters.resolution, "outputs": 1}
    found: list[Question] = []
    for _ in range(FORMS):
        at, asked = chance.choice(INSTANTS), other_form(chance, body)
        custom = chance.choice((1, 1, 1, 2, "1.1", Decimal(1), True, 1.0))
        found += [
            ("validate", (asked,), {"at": at}),
            ("is_valid", (asked,), {"at": at}),
            ("quote", (asked,), {"at": at, "custom_multiplier": custom}),
            ("price", (point.model,), {**other_form(chance, named), "at": at, "custom_multiplier": custom}),
        ]
    return found


def families(seed: int, catalog: Catalog, number: int) -> list[list[Question]]:
    chance = random.Random(seed)  # noqa: S311 -- the same questions every time
    points = options(catalog)
    return [family(chance, body, chance.choice(points)) for _, body in requests(seed, catalog, number)]


CALLS = {"validate": validate, "is_valid": is_valid, "quote": quote, "price": price}


def answer(catalog: Catalog, question: Question) -> str:
    """Return what is answered, types and all."""
    name, arguments, named = question
    try:
        found = CALLS[name](catalog, *arguments, **named)
    except PricingRulesError as error:
        return f"{type(error).__name__}: {as_dict(error)!r}"
    except (TypeError, ValueError) as error:
        return f"{type(error).__name__}: {error}"
    match found:
        case bool():
            return str(found)
        case tuple():
            return repr([as_dict(violation) for violation in found])
        case _:
            return repr(as_dict(found, private=True))


def forget(catalog: Catalog) -> None:
    """Empty what answers share."""
    for shared in (shared_quotes, shared_prices, shared_violations, shared_points):
        shared(catalog).clear()


def anew(catalog: Catalog, question: Question) -> str:
    forget(catalog)
    return answer(catalog, question)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_answer_depends_on_what_was_asked_before(file: Path):
    warm, cold = (load_catalog(file) for _ in range(2))
    asked = families(7, cold, 60)
    told = [[anew(cold, question) for question in each] for each in asked]
    chance = random.Random(11)  # noqa: S311 -- the same order every time
    for _ in range(SEQUENCES):
        place = chance.randrange(len(asked))
        forget(warm)
        for one in chance.choices(range(len(asked[place])), k=8):
            assert answer(warm, asked[place][one]) == told[place][one]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_answer_depends_on_who_asks_at_the_same_time(file: Path):
    warm, cold = (load_catalog(file) for _ in range(2))
    pool = [question for each in families(13, cold, 12) for question in each]
    told = [anew(cold, question) for question in pool]
    start = Barrier(THREADS)

    def ask(thread: int) -> list[int]:
        order = random.Random(thread).sample(range(len(pool)), len(pool))  # noqa: S311 -- as above
        start.wait()
        return [place for place in order if answer(warm, pool[place]) != told[place]]

    with ThreadPoolExecutor(THREADS) as threads:
        assert list(threads.map(ask, range(THREADS))) == [[]] * THREADS


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_questions_are_of_every_kind(file: Path):
    catalog = load_catalog(file)
    told = [answer(catalog, question) for each in families(7, catalog, 60) for question in each]
    starts = ("True", "False", "[]", "[{", "{'service'", "InvalidRequest", "Unpriced", "TypeError")
    assert [start for start in starts if not any(each.startswith(start) for each in told)] == []
