"""What leaves the house: under `shows = "price"` amounts alone, in every form that an answer and an export can take."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from pricing_rules import Catalog, Quote, Unpriced, as_dict, load_catalog, price, quote
from pricing_rules.errors import Inexpressible
from pricing_rules.export import files
from pricing_rules.responses import accepted, refusal
from pricing_rules.targets.javascript import prices
from pricing_rules.tariffs import load_overlay, overlaid
from support.overlays import KNOWN, STUDIO, head, over, table
from support.variants import changed

AMOUNTS = {"service", "model", "credits", "usd", "parameters", "catalog_version"}
SECRETS = ("0.7391", "7391", "0.0047", "supply", "veo3_lite", "veo3_fast", "gptimage2api, catalog", "rate", "cost")


@pytest.fixture(scope="module")
def studio() -> Catalog:
    return overlaid(load_catalog("gptimage2api"), load_overlay(STUDIO))


@pytest.fixture(scope="module")
def secretive() -> Catalog:
    """Return a resale whose rate, cost, supplier and hidden models are words that stand nowhere else."""
    text = head("charge", more='hidden = ["veo3_lite", "veo3_fast"]', name="shop").replace("contract.pdf", "supply.pdf")
    money = '[credit]\nunit = 1\nsource = "contract"\n[cost]\nusd = "0.0047"\nsource = "contract"\n'
    return over(load_catalog("gptimage2api"), text + money + table("rates", rate='"0.7391"'))


def test_as_dict_holds_the_amounts_alone_and_all_of_it_where_that_is_asked_for(studio: Catalog):
    found = price(studio, "veo3")
    assert as_dict(found).keys() == AMOUNTS
    assert as_dict(found)["credits"] == 46
    private = as_dict(found, private=True)
    assert [line["multiplier"] for line in private["lines"]] == ["63", "0.72"]
    assert (private["cost"]["credits"], private["layers"][0]["id"]) == (63, "studio")


def test_repr_and_str_hold_the_amounts_alone(studio: Catalog):
    found = price(studio, "veo3")
    for said in (repr(found), str(found), f"{found}", found._repr_html_()):
        assert "46" in said
        assert not re.search(r"63|18|25|0\.72|rate|cost|contract", said)


def test_an_error_tells_of_its_options_the_amounts_alone(studio: Catalog):
    with pytest.raises(Unpriced) as refused:
        price(studio, "sora-2-text-to-video", duration=5)
    told = as_dict(refused.value)
    assert [option.keys() for option in told["options"]] == [AMOUNTS, AMOUNTS]
    assert "lines" in as_dict(refused.value, private=True)["options"][0]
    assert "lines=" not in repr(refused.value)


def test_a_plan_that_shows_its_working_tells_lines_and_no_cost(gptimage2api: Catalog):
    known = overlaid(gptimage2api, load_overlay(KNOWN))
    told = as_dict(price(known, "veo3"))
    assert "cost" not in told
    assert [layer["id"] for layer in told["layers"]] == ["known"]
    shop = over(known, head("charge", more='shows = "working"') + table("rates", rate='"0.9"'))
    told = as_dict(price(shop, "veo3"))
    assert ("cost" in told, [line["factor"] for line in told["lines"]]) == (False, ["charge", "rate"])


def test_one_layer_that_shows_the_price_only_keeps_all_inside(studio: Catalog):
    loud = over(studio, head("charge", "studio", "loud", 'shows = "working"') + table("rates", rate=1))
    assert as_dict(price(loud, "veo3")).keys() == AMOUNTS


def test_a_quote_without_overlays_has_no_layers_and_no_cost(gptimage2api: Catalog):
    told = as_dict(price(gptimage2api, "veo3"))
    assert ("cost" in told, told["layers"]) == (False, [])


def test_the_answers_of_a_resale_hold_its_own_charge(studio: Catalog):
    request = {"model": "veo3", "prompt": "a", "inputMode": "text_to_video"}
    assert accepted(studio, quote(studio, request), "t1") == (200, {"taskId": "t1", "status": 0, "creditsUsed": 46})
    with pytest.raises(Unpriced) as refused:
        quote(studio, {**request, "model": "sora-2-text-to-video", "duration": 5})
    status, body = refusal(studio, refused.value)
    assert (status, list(body["details"]["fieldErrors"])) == (400, ["resolution"])


def test_no_exported_byte_of_a_resale_holds_a_cost_a_hidden_id_or_a_rate(secretive: Catalog):
    for name, text in files([secretive]).items():
        if name.startswith("shop/"):
            assert [secret for secret in SECRETS if re.search(rf"\b{re.escape(secret)}\b", text)] == [], name


def test_prices_json_of_a_resale_holds_whole_units_and_no_base(studio: Catalog):
    found = prices(studio)
    for edition in found["editions"]:
        assert edition.keys() <= {"since", "duration", "resolution", "default", "units"}
        assert all(isinstance(units, int) for units in edition["units"].values())
    (picture,) = (found["editions"][place] for place in found["models"]["gpt-image-2"])
    assert picture["units"] == {f"1,1,{number},1": 4 * number for number in range(1, 11)}
    assert (found["service"], found["usd"]) == ("studio", [1, 2])


def test_prices_json_of_a_plan_that_shows_its_working_holds_the_formula_and_its_rates(gptimage2api: Catalog):
    known = overlaid(gptimage2api, load_overlay(KNOWN))
    rated = over(
        known,
        head("product", name="vip", more='shows = "working"')
        + table("rates", rate='"0.9"')
        + table("minimums", credits=7),
    )
    found = prices(rated)
    sora = found["editions"][found["models"]["sora-2-text-to-video"][0]]
    assert (sora["base"], sora["rates"], sora["minimum"], sora["default"]) == (
        [5],
        [[9, 10]],
        7,
        {"resolution": "720p"},
    )
    nano = [found["editions"][place] for place in found["models"]["nano-banana-pro"]]
    assert [edition.get("once") for edition in nano] == [None, True]


def test_prices_json_of_a_plan_that_shows_the_price_holds_no_base(gptimage2api: Catalog):
    plan = over(gptimage2api, head("product") + table("rates", rate='"0.9"'))
    assert not any("base" in edition for edition in prices(plan)["editions"])


def test_prices_json_of_a_seller_over_a_plan_holds_no_base_though_both_show_their_working(gptimage2api: Catalog):
    known = overlaid(gptimage2api, load_overlay(KNOWN))
    shop = over(known, head("charge", name="shop", more='shows = "working"') + table("rates", rate='"0.9"'))
    assert not any("base" in edition or "rates" in edition for edition in prices(shop)["editions"])


def test_prices_json_before_the_first_rate_holds_no_charge(gptimage2api: Catalog):
    later = over(gptimage2api, head("charge") + table("rates", rate='"0.9"', since="2027-01-01T00:00:00Z"))
    found = prices(later)
    before, since = (found["editions"][place] for place in found["models"]["veo3"])
    assert before == {}
    assert since == {
        "since": "1798761600000000",
        "duration": [[8, 0]],
        "units": {"0,1,1,1": 57},
        "default": {"duration": 8},
    }


def test_more_charges_than_a_browser_should_load_are_not_exported(tmp_path: Path):
    own = changed(tmp_path, ("maximum = 4\n", "maximum = 100_000\n"))
    sold = over(own, head("charge", "clipworks") + table("rates", rate=1))
    with pytest.raises(Inexpressible, match="more than 100,000 charges for 'reel-1'"):
        prices(sold)


def test_the_types_of_a_resale_tell_of_the_amounts_alone(studio: Catalog, gptimage2api: Catalog):
    text = files([studio])["studio/types.d.ts"]
    assert "interface Line" not in text
    assert "multiplier" not in text
    known = files([overlaid(gptimage2api, load_overlay(KNOWN))])["gptimage2api/types.d.ts"]
    assert '"custom" | "charge" | "rate" | "minimum";' in known
    assert "layers: Layer[];" in known


def test_a_quote_of_a_resale_is_compared_and_hashed_with_its_cost(studio: Catalog):
    found = price(studio, "veo3")
    assert found == price(studio, "veo3")
    assert hash(found) == hash(price(studio, "veo3"))
    assert isinstance(found.cost, Quote)
    assert found.credits == Decimal(46)
    assert json.dumps(as_dict(found))
