"""What a seller earns on each price, worked out by hand for the studio."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from pricing_rules import Catalog
from pricing_rules.tariffs import NoMargins, load_overlay, margins, overlaid
from support.overlays import STUDIO, head, over, table

MONEY = '[credit]\nunit = 1\nusd = "0.01"\nsource = "contract"\n[cost]\nusd = "0.006"\nsource = "contract"\n'
RATE = table("rates", rate='"0.78"')


@pytest.fixture
def studio(gptimage2api: Catalog) -> Catalog:
    return overlaid(gptimage2api, load_overlay(STUDIO))


def test_every_price_has_a_margin_at_every_number_of_outputs(studio: Catalog):
    # 6 image cells but 4K of the one that is narrowed, at 1 to 10 outputs; 51 video cells but the hidden one
    assert len(margins(studio)) == 6 * 10 + 50


def test_a_margin_is_of_the_price(studio: Catalog):
    (veo,) = (margin for margin in margins(studio) if margin.quote.model == "veo3")
    # 63 at $0.006 is $0.378; sold for 46 at $0.01
    assert (veo.cost_usd, veo.price_usd) == (Fraction("0.378"), Fraction("0.46"))
    assert veo.share == Fraction(82, 460)
    assert veo.quote.cost.credits == 63


def test_margins_are_those_of_an_instant(studio: Catalog):
    later = margins(studio, at=datetime(2027, 1, 1, tzinfo=UTC))
    (veo,) = (margin for margin in later if margin.quote.model == "veo3")
    assert (veo.price_usd, veo.share) == (Fraction("0.50"), Fraction(122, 500))


def test_a_price_of_nothing_has_no_share(gptimage2api: Catalog):
    free = table("prices", models='["gpt-image-2"]', base=0)
    sold = over(gptimage2api, head("charge") + MONEY + RATE + free)
    (first, *_) = margins(sold)
    assert (first.price_usd, first.share, first.cost_usd) == (0, None, Fraction("0.018"))


def test_a_model_without_a_price_at_the_instant_has_no_margin(gptimage2api: Catalog):
    later = table("rates", models='["gpt-image-2"]', rate=1, since="2027-01-01T00:00:00Z")
    sold = over(gptimage2api, head("charge") + MONEY + RATE + later)
    assert "gpt-image-2" not in {margin.quote.model for margin in margins(sold)}


def test_a_plan_over_a_resale_keeps_its_cost(gptimage2api: Catalog):
    sold = over(gptimage2api, head("charge", name="shop") + MONEY + RATE, head("product", "shop") + RATE)
    (veo,) = (margin for margin in margins(sold) if margin.quote.model == "veo3")
    # 63 x 0.78 x 0.78 = 38.3292
    assert (veo.price_usd, veo.cost_usd) == (Fraction("0.39"), Fraction("0.378"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (head("product") + RATE, "stands over the charge of no other seller"),
        (head("charge") + RATE, "lacks \\[cost\\]"),
        (head("charge") + '[cost]\nusd = 1\nsource = "contract"\n' + RATE, "lacks the usd of its \\[credit\\]"),
    ],
)
def test_what_lacks_for_a_margin_is_named(gptimage2api: Catalog, text: str, reason: str):
    with pytest.raises(NoMargins, match=reason):
        margins(over(gptimage2api, text))


def test_the_arguments_are_checked(studio: Catalog):
    with pytest.raises(TypeError, match="Catalog"):
        margins("studio")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="offset"):
        margins(studio, at=datetime(2027, 1, 1))  # noqa: DTZ001
