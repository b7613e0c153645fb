"""The quote page in Chromium beside `quote`: every state of every catalog, its working, its body and its faults."""

import json
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from frontend.quote_page import Answer, State, custom_of, states, told, used
from pricing_rules import InvalidRequest, load_catalog, quote, validate
from pricing_rules.export import page
from pricing_rules.tariffs import load_overlay, overlaid
from support.overlays import KNOWN, STUDIO, head, over, table
from support.pages import CATALOGS as CATALOGS_PAGE
from support.places import CLIPWORKS
from support.random_catalogs import catalogs as random_catalogs

GPT, AIV, CLIPS = load_catalog("gptimage2api"), load_catalog("aivideoapi"), load_catalog(CLIPWORKS)
PLAN = over(
    GPT, head("product", more='shows = "working"') + table("rates", rate='"0.9"') + table("minimums", credits=9)
)
CATALOGS = {
    "bundled": [GPT, AIV],
    "invented": [CLIPS],
    "resale": [overlaid(GPT, load_overlay(STUDIO))],
    "plan": [PLAN],
    "settled": [overlaid(GPT, load_overlay(KNOWN))],
}
LEAST = {"bundled": 300, "invented": 160, "resale": 90, "plan": 290, "settled": 290}


def every_state(name: str) -> list[State]:
    is_private = name == "resale"  # takes no multiplier of the caller's own
    return [state for one in CATALOGS[name] for state in states(one, ("1",) if is_private else ("1", "1.1", "1/3"))]


def shown(folder: Path, text: str, every: list[State]) -> list[Answer]:
    file = folder / "quote.html"
    file.write_text(text)
    (found,) = used(("states", file, {"addresses": [state.address for state in every]}))
    assert (found["troubles"], len(found["requests"])) == ([], 1)
    return list(found["answer"])


def differences(every: list[State], found: list[Answer]) -> list[Any]:
    """Return the states in which the page says something else than `quote` of the body that it emits."""
    wrong: list[Any] = []
    for state, answer in zip(every, found, strict=True):
        body = json.loads(answer["body"]) if answer["body"] else None
        try:
            expected = told(quote(state.catalog, body, custom_multiplier=custom_of(state)))
        except InvalidRequest as error:
            wrong.append((state.address, str(error), answer["refusal"]))
            continue
        got = {key: answer[key] for key in expected} | {key: sorted(answer[key]) for key in ("notes", "sources")}
        wrong += [] if got == expected else [(state.address, got, expected)]
    return wrong


def asked_for(state: State, body: Any) -> bool:
    """Tell whether a body asks for what the state does."""
    found = quote(state.catalog, body).parameters
    tiers = {name: getattr(found, name) for name in state.tiers}
    return (tiers, found.outputs or 1) == (state.tiers, state.outputs)


@pytest.fixture(scope="module", params=list(CATALOGS))
def drawn(request, tmp_path_factory) -> tuple[str, list[State], list[Answer]]:
    """Draw every state of a page."""
    every = every_state(request.param)
    return request.param, every, shown(tmp_path_factory.mktemp("page"), page(CATALOGS[request.param]), every)


def possible(every: list[State], found: list[Answer]) -> tuple[list[State], list[Answer]]:
    """Return the states that the rules of a model allow."""
    kept = [(state, answer) for state, answer in zip(every, found, strict=True) if answer["body"]]
    return [state for state, _ in kept], [answer for _, answer in kept]


def test_in_every_state_the_page_says_what_quote_says(drawn):
    name, every, found = drawn
    states_, answers = possible(every, found)
    assert len(states_) >= LEAST[name]
    assert differences(states_, answers) == []


def test_the_body_that_is_emitted_passes_validate_and_asks_for_what_was_chosen(drawn):
    for state, answer in zip(*possible(*drawn[1:]), strict=True):
        body = json.loads(answer["body"])
        assert validate(state.catalog, body) == ()
        assert asked_for(state, body), state.address
        assert answer["faults"] == []


def is_ruled_out(state: State) -> bool:
    """Tell what duration.1080 rules out, and frames.sound, whose 30 frames duration.smooth keeps below 12 s at 480."""
    with_sound = state.tiers["audio"] is True and state.mode == "stills"
    return state.tiers["duration"] == 12 and (state.tiers["resolution"] == 1080 or with_sound)


def test_a_state_without_a_price_is_one_that_the_rules_refuse(drawn):
    name, every, found = drawn
    refused = [(state, answer) for state, answer in zip(every, found, strict=True) if not answer["body"]]
    assert [state for state, _ in refused] == [state for state in every if name == "invented" and is_ruled_out(state)]
    assert all(answer["credits"] == "" and "Cannot do this" in answer["refusal"] for _, answer in refused)


def test_an_address_that_the_page_writes_opens_as_itself(drawn, tmp_path: Path):
    name, _, found = drawn
    addresses = [answer["address"] for answer in found]
    file = tmp_path / "quote.html"
    file.write_text(page(CATALOGS[name]))
    (again,) = used(("states", file, {"addresses": addresses}))
    assert [answer["address"] for answer in again["answer"]] == addresses
    assert {answer["banner"] for answer in again["answer"]} == {""}


PLANTED: dict[str, Callable[[str], str]] = {
    "a price": lambda text: text.replace('{"base":[30],', '{"base":[31],'),
    "a basis": lambda text: text.replace(
        '"lines":[9,10,8,4,7,5],"reasons":[10]', '"lines":[9,10,8,4,7,5],"reasons":[]'
    ),
    "a source": lambda text: text.replace("pricing.txt: Video models", "pricing.txt: Videos"),
    "a note": lambda text: text.replace("1:2:3 fits only 5, 10 and 15", "1:2:3 fits only 5, 10 and 16"),
    "the note on outputs": lambda text: text.replace("Read as a price of the whole", "Taken as a price of the whole"),
}


@pytest.mark.parametrize("plant", PLANTED.values(), ids=list(PLANTED))
def test_a_planted_fault_of_the_page_is_noticed(tmp_path: Path, plant: Callable[[str], str]):
    text = page([GPT])
    planted = plant(text)
    assert planted != text
    every = [
        state
        for state in states(GPT, ("1",))
        if state.model in ("sora-2-text-to-video", "wan/2-6-text-to-video", "gpt-image-2")
    ]
    assert differences(every, shown(tmp_path, planted, every))


def test_catalogs_made_at_random_are_told_alike(tmp_path: Path):
    every = [(one, [*states(one, ("1", "1/3"))]) for one in islice(random_catalogs(14, tmp_path), 16)]
    every.append((load_catalog(own_file(tmp_path)), []))
    jobs = []
    for number, (catalog, asked) in enumerate(every):
        file = tmp_path / f"{number}.html"
        file.write_text(page([catalog]))
        jobs.append(("states", file, {"addresses": ["", *(state.address for state in asked)]}))
    told_alike = 0
    for (_, asked), found in zip(every, used(*jobs), strict=True):
        assert found["troubles"] == []
        states_, answers = possible(asked, found["answer"][1:])
        assert differences(states_, answers) == []
        told_alike += len(answers)
    assert told_alike > 100


def own_file(folder: Path) -> Path:
    """Write the service that the page about catalogs adds; its models have no modes."""
    (folder / "acme.toml").write_text(CATALOGS_PAGE.blocks("toml")[2])
    return folder / "acme.toml"
