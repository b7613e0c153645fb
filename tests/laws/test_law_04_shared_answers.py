"""Law 4 for what answers share: no answer depends on what was asked before, nor on who asks at the same time.

The long run of this file is PRICING_RULES_LONG=1: 100,000 sequences of questions to each service.
"""

import os
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from pricing_rules import Catalog, PricingRulesError, as_dict, is_valid, load_catalog, price, quote, validate
from pricing_rules.catalog.loading import BUNDLED
from pricing_rules.request.breakdown import _price_points
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


def questions(seed: int, catalog: Catalog, number: int) -> list[Question]:
    """Make up questions, few enough requests that many are asked in several forms."""
    chance = random.Random(seed)  # noqa: S311 -- the same questions every time
    found: list[Question] = []
    for _, body in requests(seed, catalog, number):
        at = chance.choice(INSTANTS)
        asked = other_form(chance, body)
        match chance.randrange(5):
            case 0:
                found.append(("validate", (asked,), {"at": at}))
            case 1:
                found.append(("is_valid", (asked,), {"at": at}))
            case 2:
                found.append(("quote", (asked,), {"at": at}))
            case 3:
                custom = chance.choice((1, 2, "1.1", Decimal(1), True, 1.0))
                found.append(("quote", (asked,), {"at": at, "custom_multiplier": custom}))
            case _:
                given = {name: other_form(chance, chance.choice(values)) for name, values in ARGUMENTS.items()}
                found.append(("price", (chance.choice(list(catalog.models)),), {**given, "at": at}))
    return found


ARGUMENTS = {"duration": (None, 5, 8, 10), "resolution": (None, "720p", "1080p", "1k"), "outputs": (1, 1, 2)}
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
    for shared in (shared_quotes, shared_prices, shared_violations, _price_points):
        shared(catalog).clear()


def anew(catalog: Catalog, question: Question) -> str:
    forget(catalog)
    return answer(catalog, question)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_answer_depends_on_what_was_asked_before(file: Path):
    warm, cold = (load_catalog(file) for _ in range(2))
    pool = questions(7, cold, 400)
    told = [anew(cold, question) for question in pool]
    for sequence in sequences(pool):
        forget(warm)
        assert [answer(warm, pool[place]) for place in sequence] == [told[place] for place in sequence]


def sequences(pool: Sequence[Question]) -> Iterator[list[int]]:
    chance = random.Random(11)  # noqa: S311 -- the same order every time
    return (chance.choices(range(len(pool)), k=6) for _ in range(SEQUENCES))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_answer_depends_on_who_asks_at_the_same_time(file: Path):
    warm, cold = (load_catalog(file) for _ in range(2))
    pool = questions(13, cold, 200)
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
    told = [answer(catalog, question) for question in questions(7, catalog, 400)]
    starts = ("True", "False", "[]", "[{", "{'service'", "InvalidRequest", "Unpriced", "TypeError")
    assert [start for start in starts if not any(each.startswith(start) for each in told)] == []
