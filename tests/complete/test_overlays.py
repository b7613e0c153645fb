"""Overlays at length: 20,000 chains, the same in the browser, and 10,000 hostile files."""

import os
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest

from frontend.browser import EPOCH, MICROSECOND, Case, disagreements, javascript
from pricing_rules import Catalog, CatalogError, options
from pricing_rules.catalog.sale import layers_of, shows_working
from pricing_rules.catalog.tariff import editions, points
from pricing_rules.export import files
from pricing_rules.tariffs import load_overlay, overlaid
from support.chains import BELOW, INSTANTS, Chain, chains
from support.hostile import hostile_text
from support.overlay_laws import broken
from support.overlays import STUDIO, head, over, table

CHAINS = 2_500 if os.environ.get("PRICING_RULES_LONG") else 400  # for each seed
NUMBERS = (None, 1, 2, 3, 5, 10, 11, 0)
CUSTOMS = (None, "1.1", "1/3", 5)


@pytest.mark.parametrize("seed", range(8))
def test_of_many_chains_of_up_to_four_sellers_none_is_broken(seed: int):
    random = Random(seed)  # noqa: S311 -- no secret
    assert [said for chain in chains(random, CHAINS) for said in broken(chain, random, 3)] == []


def cases_of(name: str, chain: Chain) -> Iterator[Case]:
    """Ask for every point of every edition, at some numbers of outputs, multipliers and instants."""
    catalog = chain.top
    is_formula = shows_working(catalog) and all(layer.of == "product" for layer in layers_of(catalog))
    times = [None if at is None else str((at - EPOCH) // MICROSECOND) for at in INSTANTS]
    for model in chain.below.models:
        every = [point for held in editions(chain.below, model) for point in points(held, None)]
        choices = product(dict.fromkeys(every), NUMBERS, CUSTOMS if is_formula else (None,), times)
        for point, outputs, custom, at in choices:
            asked: dict[str, Any] = {"duration": point.duration, "resolution": point.resolution, "audio": point.audio}
            asked |= {} if outputs is None else {"outputs": outputs}
            asked |= {} if custom is None else {"customMultiplier": custom}
            yield (name, "price", model, {**asked, "at": at})


@pytest.mark.parametrize("seed", range(6))
def test_python_and_javascript_agree_on_every_overlaid_point(seed: int):
    made = list(chains(Random(100 + seed), 12, shows="working" if seed % 2 else None))  # noqa: S311 -- no secret
    named = {f"chain{number}": chain for number, chain in enumerate(made)}
    cases = [case for name, chain in named.items() for case in cases_of(name, chain)]
    assert len(cases) > 2_000
    assert disagreements(cases, {name: chain.top for name, chain in named.items()}) == []


@pytest.mark.parametrize("more", ["", table("settled", models='["sora-2-text-to-video"]', resolution='"720p"')])
def test_a_request_is_quoted_alike_under_settled_readings(gptimage2api: Catalog, more: str):
    once = table("settled", models='["nano-banana-pro"]', outputs='"once"')
    known = over(gptimage2api, head("product", more='shows = "working"') + once + more)
    requests = [
        {"model": "sora-2-text-to-video", "duration": 5},
        {"model": "nano-banana-pro", "resolution": "2K", "numOutputs": 5},
        {"model": "nano-banana-pro", "resolution": "2K", "numOutputs": 11},
    ]
    found = javascript([("known", "quote", request, {}) for request in requests], {"known": known})
    assert [one["credits"] for one in found] == ["5" if more else None, "12", None]


def test_a_price_without_its_working_takes_no_multiplier_but_1(gptimage2api: Catalog):
    studio = overlaid(gptimage2api, load_overlay(STUDIO))
    asked = [{"customMultiplier": times} for times in (2, "1.1", "0", 1, "1.0", "1/1")]
    found = javascript([("studio", "price", "veo3", one) for one in asked], {"studio": studio})
    assert [one.get("error") for one in found] == ["RangeError"] * 3 + [None] * 3
    assert [one.get("credits") for one in found[3:]] == ["46"] * 3


def test_no_exported_byte_holds_a_cost_a_hidden_id_or_a_rate_under_shows_price():
    """Costs and rates are made of digits that stand nowhere else, hidden models get names of their own."""
    for below in BELOW:
        hidden = list(below.models)[1:2]
        money = '[credit]\nunit = 1\nsource = "contract"\n[cost]\nusd = "0.0048731"\nsource = "contract"\n'
        text = head("charge", below.id, "shop", f"hidden = {[*hidden]!r}".replace("'", '"'))
        sold = over(below, text + money + table("rates", rate='"0.731873"'))
        told = "".join(text for path, text in files([sold]).items() if path.startswith("shop/"))
        secrets = ("731873", "48731", "contract.pdf", *(f'"{name}"' for name in hidden))
        assert [secret for secret in secrets if secret in told] == []


executed: list[object] = []


def test_10_000_hostile_files_raise_nothing_but_a_catalog_error_and_execute_no_text(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(sys, "hostile", executed.append, raising=False)
    random, refused = Random(9), list[CatalogError]()  # noqa: S311 -- no secret
    path = tmp_path / "hostile.toml"
    for _ in range(10_000):
        below = random.choice(BELOW)
        path.write_bytes(hostile_text(random, below))
        try:
            options(overlaid(below, load_overlay(path)))
        except CatalogError as error:
            refused.append(error)
    told = [fault for error in refused for fault in error.faults]
    assert {error.file for error in refused} == {"hostile.toml"}
    assert max(len(str(fault)) for fault in told) < 2_000
    assert executed == []
    assert 300 < len(refused) < 9_700
