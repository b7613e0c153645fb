"""What it costs: exact products, one ceil, dollars, and the factors behind them. Every number is derived by hand."""

import decimal
from decimal import Decimal
from fractions import Fraction

import pytest

from pricing_rules import as_dict, price

HAILUO = "hailuo/02-text-to-video-standard"
FORMULA = "credits-and-models.txt: Credit formula"

# Products


@pytest.mark.parametrize(
    ("model", "asked", "exact", "credits_"),
    [  # 30 x 3 x 1.47, 30 x 2 x 1.47 x 5, ...
        ("wan/2-6-text-to-video", {"duration": 15, "resolution": "1080p"}, "132.3", 133),
        ("wan/2-6-text-to-video", {"duration": 10, "resolution": "1080p", "custom_multiplier": 5}, "441", 441),
        ("nano-banana-pro", {"resolution": "4K", "outputs": 5}, "100", 100),  # 12 x 5/3 x 5
        (HAILUO, {"duration": 10}, "20.8", 21),  # 13 x 1.6
        ("nano-banana-2", {"resolution": "2K", "outputs": 3}, "18", 18),  # 4 x 1.5 x 3
        ("sora-2-image-to-video", {"duration": 5, "resolution": "1080p"}, "7.5", 8),  # 5 x 1.5
        ("gpt-image-2", {"outputs": 10, "custom_multiplier": "1/7"}, "30/7", 5),  # 4.28...
        ("veo3", {"duration": 8, "custom_multiplier": 0}, "0", 0),
    ],
)  # fmt: skip
def test_credits_are_the_exact_product_rounded_up_once(gptimage2api, model, asked, exact, credits_):
    found = price(gptimage2api, model, **asked)
    assert (found.exact, found.credits) == (Fraction(exact), credits_)


def test_the_rounding_is_what_the_ceil_added(gptimage2api):
    found = price(gptimage2api, "wan/2-6-text-to-video", duration=15, resolution="1080p")
    assert found.rounding == Fraction(7, 10)  # 133 - 132.3


def test_nothing_is_added_to_a_whole_product(gptimage2api):
    assert price(gptimage2api, "nano-banana-pro", resolution="4K").rounding == 0


@pytest.mark.parametrize(("resolution", "credits_", "usd"), [("1k", "2.4", "0.012"), ("4k", "7.2", "0.036")])
def test_a_service_with_a_price_of_a_credit_tells_dollars(aivideoapi, resolution, credits_, usd):
    found = price(aivideoapi, "gpt-image-2", resolution=resolution)
    assert (str(found.credits), str(found.usd)) == (credits_, usd)


def test_dollars_are_of_the_rounded_credits(aivideoapi):
    found = price(aivideoapi, "gpt-image-2", custom_multiplier="1.01")
    assert (found.exact, str(found.credits), str(found.usd)) == (Fraction("2.424"), "2.5", "0.0125")


def test_a_service_without_a_price_of_a_credit_tells_no_dollars(gptimage2api):
    assert price(gptimage2api, "gpt-image-2").usd is None


def test_every_factor_counts_at_the_invented_service(clipworks):
    # 3.3 x 2 x 7/3 x 1.3 = 20.02, times 3 copies 60.06, up to the next quarter; $0.02 a credit
    asked = {"duration": 8, "resolution": 1080, "audio": True, "outputs": 3}
    found = price(clipworks, "reel-1", **asked)
    assert (found.exact, str(found.credits), found.rounding) == (Fraction("60.06"), "60.25", Fraction("0.19"))
    assert str(found.usd) == "1.205"


def test_amounts_have_neither_exponent_nor_trailing_zeros(gptimage2api):
    assert str(price(gptimage2api, "gpt-image-2", custom_multiplier=1_000_000).credits) == "3000000"


def test_the_active_decimal_context_changes_nothing(aivideoapi):
    # 7.2 x 12345.6 = 88,888.32, up to 88,888.4; x 0.005 = 444.442
    narrow = decimal.Context(prec=3, Emin=-3, Emax=3, traps=[decimal.Inexact, decimal.Rounded, decimal.FloatOperation])
    with decimal.localcontext(narrow):
        found = as_dict(price(aivideoapi, "gpt-image-2", resolution="4k", custom_multiplier=Decimal("12345.6")))
    assert (found["credits"], found["usd"], found["exact"]) == (88888.4, 444.442, "88888.32")


# Lines


def test_six_lines_name_the_factors_in_the_order_of_the_formula(gptimage2api):
    found = price(gptimage2api, "wan/2-6-text-to-video", duration=15, resolution="1080p", custom_multiplier="2.5")
    assert [(line.factor, line.value, line.multiplier, line.basis) for line in found.lines] == [
        ("base", None, 30, "documented"),
        ("duration", 15, 3, "inferred"),
        ("resolution", "1080p", Fraction("1.47"), "inferred"),
        ("outputs", None, 1, "inferred"),
        ("audio", None, 1, "inferred"),
        ("custom", None, Fraction("2.5"), "inferred"),
    ]


def test_a_line_tells_where_its_multiplier_comes_from(gptimage2api):
    found = price(gptimage2api, "wan/2-6-text-to-video", duration=15, resolution="1080p")
    assert [line.source.partition(" (")[0] for line in found.lines] == [
        "pricing.txt: Video models",
        "generate-video.txt: Field notes",
        *[FORMULA] * 4,
    ]


def test_that_a_flat_price_has_no_tiers_is_printed_with_it(gptimage2api):
    found = price(gptimage2api, "gpt-image-2", outputs=2)
    assert [(line.value, line.multiplier, line.basis, line.source.partition(" (")[0]) for line in found.lines] == [
        (None, 3, "documented", "pricing.txt: Image models"),
        (None, 1, "documented", "pricing.txt: Image models"),
        (None, 1, "documented", "pricing.txt: Image models"),
        (2, 2, "inferred", FORMULA),
        (None, 1, "inferred", FORMULA),
        (None, 1, "inferred", FORMULA),
    ]


def test_sources_name_each_place_of_the_lines_once(gptimage2api):
    found = price(gptimage2api, "wan/2-6-text-to-video", duration=15, resolution="1080p")
    places = [source.partition(" (")[0] for source in found.sources]
    # base; seconds; the printed products; and four parts of the formula, of which resolution, outputs, audio, custom
    assert places == ["pricing.txt: Video models", "generate-video.txt: Field notes", *[FORMULA] * 4]
    assert len(set(found.sources)) == len(found.sources)


def test_a_quote_says_by_whom_and_by_which_edition_of_the_catalog(clipworks):
    found = price(clipworks, "still/1")
    assert (found.service, found.model, found.catalog_version) == ("clipworks", "still/1", "2026-06-01")
