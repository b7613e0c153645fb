"""Overlays over the bundled catalog, with amounts worked out by hand from the printed prices."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from pricing_rules import Catalog, Layer, Unpriced, options, price, quote, validate
from pricing_rules.tariffs import load_overlay, overlaid
from support.overlays import KNOWN, STUDIO, head, over, table

WAN = {"duration": 5, "resolution": "1080p"}
SORA = {
    "prompt": "Cinematic sunset over Tokyo, drone shot",
    "model": "sora-2-text-to-video",
    "inputMode": "text_to_video",
    "duration": 5,
}  # the sample of generate-video.txt: Generate video
NEXT_YEAR = datetime(2027, 1, 1, tzinfo=UTC)


def rated(catalog: Catalog, of: str, rate: str) -> Catalog:
    return over(catalog, head(of) + table("rates", rate=f'"{rate}"'))


def test_a_rate_of_a_plan_multiplies_the_product_and_one_of_a_seller_the_charge(gptimage2api: Catalog):
    # 30 x 1.47 = 44.1, x 0.9 = 39.69; printed 45, x 0.9 = 40.5
    model = "wan/2-6-text-to-video"
    assert price(rated(gptimage2api, "product", "0.9"), model, **WAN).credits == 40
    assert price(rated(gptimage2api, "charge", "0.9"), model, **WAN).credits == 41


def test_at_a_rate_of_0_9_six_of_58_cells_differ_between_a_plan_and_a_seller(gptimage2api: Catalog):
    plan, seller = rated(gptimage2api, "product", "0.9"), rated(gptimage2api, "charge", "0.9")
    pairs = zip(options(plan), options(seller), strict=True)
    assert sum(one.credits != other.credits for one, other in pairs) == 6


def test_a_seller_of_whole_credits_sells_133_for_104(gptimage2api: Catalog):
    # 133 x 0.78 = 103.74
    sold = rated(gptimage2api, "charge", "0.78")
    found = price(sold, "wan/2-6-text-to-video", duration=15, resolution="1080p")
    assert (found.credits, found.exact, found.rounding) == (104, Fraction("103.74"), Fraction("0.26"))


def test_the_sample_of_the_documents_has_no_price_by_the_documents_alone(gptimage2api: Catalog):
    assert validate(gptimage2api, SORA) == ()
    with pytest.raises(Unpriced) as refused:
        quote(gptimage2api, SORA)
    assert refused.value.missing == ("resolution",)


def test_the_sample_costs_5_where_720p_is_settled_and_is_inferred_for_its_seconds(gptimage2api: Catalog):
    settled = table("settled", models='["sora-2-text-to-video"]', resolution='"720p"')
    known = over(gptimage2api, head("product") + settled)
    found = quote(known, SORA)
    assert (found.credits, found.basis, found.parameters.resolution) == (5, "inferred", "720p")
    assert "contract.pdf: 1 Prices" in found.sources
    assert "1:2:4 fits only 5, 10 and 20" in found.notes[0]


def test_the_sample_is_documented_where_the_seconds_are_confirmed_too(gptimage2api: Catalog):
    settled = table("settled", models='["sora-2-text-to-video"]', resolution='"720p"', confirms='["duration"]')
    found = quote(over(gptimage2api, head("product") + settled), SORA)
    assert (found.credits, found.basis, found.notes) == (5, "documented", ())
    assert (found.lines[1].basis, found.lines[1].source) == ("documented", "contract.pdf: 1 Prices")


def test_five_outputs_cost_12_where_outputs_are_settled_once(gptimage2api: Catalog):
    settled = table("settled", models='["nano-banana-pro"]', outputs='"once"')
    asked = {"resolution": "2K", "outputs": 5}
    found = price(over(gptimage2api, head("product") + settled), "nano-banana-pro", **asked)
    assert (found.credits, found.basis, found.notes) == (12, "documented", ())
    assert price(gptimage2api, "nano-banana-pro", **asked).credits == 60


def test_five_outputs_are_documented_where_it_is_confirmed_that_they_multiply(gptimage2api: Catalog):
    settled = table("settled", models='["nano-banana-pro"]', confirms='["outputs"]')
    found = price(over(gptimage2api, head("product") + settled), "nano-banana-pro", resolution="2K", outputs=5)
    assert (found.credits, found.basis, found.notes) == (60, "documented", ())


def test_the_quote_of_a_resale_names_the_charge_below_its_rate_and_its_minimum(gptimage2api: Catalog):
    studio = overlaid(gptimage2api, load_overlay(STUDIO))
    found = price(studio, "veo3_fast")
    # 9 x 0.78 = 7.02, lifted to 9
    lines = [(line.factor, line.multiplier, line.basis, line.source) for line in found.lines]
    assert lines == [
        ("charge", 9, "documented", "gptimage2api, catalog of 2026-11-20"),
        ("rate", Fraction("0.78"), "documented", "studio-2026.pdf: 3 Prices"),
        ("minimum", Fraction(900, 702), "documented", "studio-2026.pdf: 3 Prices"),
    ]
    assert (found.service, found.credits, str(found.usd), found.basis) == ("studio", 9, "0.09", "documented")
    assert (found.exact, found.rounding) == (9, 0)
    assert found.cost == price(gptimage2api, "veo3_fast")
    assert found.layers == (Layer("studio", "2026-11-21", "charge", "price"),)


def test_the_quote_of_a_plan_has_six_factors_then_the_rate(gptimage2api: Catalog):
    found = price(rated(gptimage2api, "product", "0.9"), "wan/2-6-text-to-video", **WAN)
    names = [line.factor for line in found.lines]
    assert names == ["base", "duration", "resolution", "outputs", "audio", "custom", "rate"]
    assert (found.service, found.exact, found.cost) == ("gptimage2api", Fraction("39.69"), None)


def test_a_rate_that_is_dated_holds_from_its_instant_on(gptimage2api: Catalog):
    studio = overlaid(gptimage2api, load_overlay(STUDIO))
    # 63 x 0.72 = 45.36 and 63 x 0.78 = 49.14
    assert price(studio, "veo3", at=datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)).credits == 46
    assert price(studio, "veo3", at=NEXT_YEAR).credits == 50
    assert price(studio, "veo3").credits == 46


def test_a_price_of_the_sellers_own_takes_outputs_and_the_custom_multiplier(gptimage2api: Catalog):
    studio = overlaid(gptimage2api, load_overlay(STUDIO))
    found = price(studio, "gpt-image-2", outputs=3, custom_multiplier="1.1")
    # 4 x 3 x 1.1 = 13.2; below 3 x 3 x 1.1 = 9.9
    assert (found.credits, found.basis) == (14, "documented")
    assert found.cost is not None
    assert (found.cost.credits, found.cost.basis) == (10, "inferred")


def test_a_custom_multiplier_stays_the_services_own_factor_under_all_layers(gptimage2api: Catalog):
    sold = rated(gptimage2api, "charge", "0.78")
    # wan 1080p 10 s x 5: 30 x 2 x 1.47 x 5 = 441; x 0.78 = 343.98
    found = price(sold, "wan/2-6-text-to-video", duration=10, resolution="1080p", custom_multiplier=5)
    assert (found.cost.credits, found.credits) == (441, 344)


def test_four_sellers_round_up_once_each(gptimage2api: Catalog):
    names = ["one", "two", "three", "four"]
    rates = ["0.9", "1.1", "0.5", "4/3"]
    belows = ["gptimage2api", *names]
    texts = [
        head("charge", below, name) + table("rates", rate=f'"{rate}"')
        for below, name, rate in zip(belows, names, rates, strict=False)
    ]
    found = price(over(gptimage2api, *texts), "wan/2-6-text-to-video", **WAN)
    # 45, 40.5 -> 41, 45.1 -> 46, 23, 30.67 -> 31
    assert (found.service, found.credits, len(found.layers)) == ("four", 31, 4)


def test_the_known_company_under_the_studio(gptimage2api: Catalog):
    chain = overlaid(overlaid(gptimage2api, load_overlay(KNOWN)), load_overlay(STUDIO))
    # 5 x 0.78 = 3.9; 12 for any outputs since October, x 0.78 = 9.36
    found = quote(chain, SORA)
    assert (found.credits, found.basis, found.cost.credits) == (4, "documented", 5)
    assert price(chain, "nano-banana-pro", resolution="2K", outputs=5).credits == 10
    before = datetime(2026, 9, 30, tzinfo=UTC)
    assert price(chain, "nano-banana-pro", resolution="2K", outputs=5, at=before).credits == 47  # 60 x 0.78 = 46.8


def test_a_plan_of_1_1_leaves_open_what_the_printed_numbers_do_not_tell(gptimage2api: Catalog):
    plan = rated(gptimage2api, "product", "1.1")
    # 13 is printed, x 1.1 = 14.3; 21 is printed for 20.8 or for 21, x 1.1 = 22.88 or 23.1
    five, ten = (price(plan, "hailuo/02-text-to-video-standard", duration=seconds) for seconds in (5, 10))
    assert (five.credits, five.basis) == (15, "documented")
    assert (ten.credits, ten.basis) == (23, "inferred")
    assert "leaves its product open" in ten.notes[-1]


def test_at_1_02_in_hundredths_a_plan_would_sell_below_the_debit_so_a_credit_demands_a_seller(gptimage2api: Catalog):
    exact = [(found.exact * Fraction("1.02"), found.credits) for found in options(gptimage2api)]
    assert sum(-(-amount // Fraction("0.01")) * Fraction("0.01") < charge for amount, charge in exact) == 4
