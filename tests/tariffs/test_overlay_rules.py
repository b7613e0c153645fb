"""What an overlay leaves of the rules: hidden models, narrowed tiers, defaults, and instants without a rate."""

import json
import pickle
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from pricing_rules import (
    Catalog,
    InvalidRequest,
    UnknownEndpoint,
    UnknownModel,
    Unpriced,
    is_valid,
    load_catalog,
    options,
    price,
    quote,
    validate,
)
from pricing_rules.catalog.tariff import editions
from pricing_rules.export import schema
from pricing_rules.tariffs import load_overlay, overlaid
from support.overlays import KNOWN, STUDIO, head, over, table
from support.variants import changed

CLIP = {"model": "veo3_lite", "prompt": "a", "inputMode": "text_to_video"}
PICTURE = {"model": "nano-banana-pro", "prompt": "a"}
RATE = table("rates", rate='"0.9"')
NARROW = table("tiers", models='["gpt-image-2"]', resolution='["2k", "4k"]')
TEXT_1K = {"model": "gpt-image-2", "input": {"prompt": "a"}}


@pytest.fixture(scope="module")
def studio() -> Catalog:
    return overlaid(load_catalog("gptimage2api"), load_overlay(STUDIO))


@pytest.fixture(scope="module")
def narrowed() -> Catalog:
    """Return aivideoapi without 1k, which its requests count as by default."""
    return over(load_catalog("aivideoapi"), head("product", "aivideoapi") + NARROW)


def test_a_hidden_model_is_unknown_and_never_suggested(studio: Catalog):
    (violation,) = validate(studio, CLIP)
    assert violation.rule == "model.unknown"
    assert "veo3_lite" not in str(violation.limit)
    assert "Did you mean 'veo3_fast'" in violation.message.replace("got 'veo3_lite'", "")
    with pytest.raises(UnknownModel) as refused:
        price(studio, "veo3_lite")
    assert "veo3_lite" not in (*refused.value.known, *refused.value.nearest)
    assert "veo3_lite" not in {option.model for option in options(studio)}


def test_an_endpoint_without_a_model_left_is_gone(clipworks: Catalog):
    shown = over(clipworks, head("product", "clipworks", more='hidden = ["still/1", "still/2"]'))
    assert list(shown.endpoints) == ["clips"]
    with pytest.raises(UnknownEndpoint):
        validate(shown, {}, endpoint="pictures")


def test_a_tier_that_is_dropped_is_a_violation(studio: Catalog):
    assert validate(studio, {**PICTURE, "resolution": "2K"}) == ()
    (violation,) = validate(studio, {**PICTURE, "resolution": "4K"})
    assert (violation.rule, violation.limit) == ("resolution.one_of", ("2K",))
    assert not is_valid(studio, {**PICTURE, "resolution": "4K"})


def test_a_dropped_default_tier_leaves_no_default(narrowed: Catalog):
    assert validate(narrowed, TEXT_1K) == ()
    with pytest.raises(Unpriced) as refused:
        quote(narrowed, TEXT_1K)
    assert refused.value.missing == ("resolution",)
    assert [str(option.credits) for option in refused.value.options] == ["4.8", "7.2"]


def test_rules_across_fields_read_the_default_below(narrowed: Catalog, aivideoapi: Catalog):
    # 4k demands a ratio; what names no resolution counts as 1k there as before
    large = {"model": "gpt-image-2", "input": {"prompt": "a", "resolution": "4k"}}
    assert [fault.path for fault in validate(narrowed, large)] == ["/input/aspect_ratio"]
    assert validate(narrowed, large) == validate(aivideoapi, large)
    (gone,) = validate(narrowed, {"model": "gpt-image-2", "input": {"prompt": "a", "resolution": "1k"}})
    assert gone.rule == "resolution.one_of"


def test_dropping_4k_neither_breaks_nor_loosens_the_rule_about_it(aivideoapi: Catalog):
    small = over(
        aivideoapi, head("product", "aivideoapi") + table("tiers", models='["gpt-image-2"]', resolution='["1k", "2k"]')
    )
    large = {"model": "gpt-image-2", "input": {"prompt": "a", "resolution": "4k", "aspect_ratio": "16:9"}}
    assert [fault.rule for fault in validate(small, large)] == ["resolution.one_of"]
    assert quote(small, TEXT_1K).credits == quote(aivideoapi, TEXT_1K).credits
    for view in ("request", "form", "types"):
        judge = Draft202012Validator(schema(small, small.endpoints["image"], view)).is_valid
        assert [judge(TEXT_1K), judge(large)] == [True, False]


def test_a_form_asks_for_a_tier_without_default_and_not_for_a_settled_one(narrowed: Catalog, gptimage2api: Catalog):
    form = Draft202012Validator(schema(narrowed, narrowed.endpoints["image"], "form"))
    assert not form.is_valid(TEXT_1K)
    assert form.is_valid({"model": "gpt-image-2", "input": {"prompt": "a", "resolution": "2k"}})
    assert '"default": "1k"' not in json.dumps(form.schema)
    request = {"model": "sora-2-text-to-video", "prompt": "a", "inputMode": "text_to_video", "duration": 5}
    known = overlaid(gptimage2api, load_overlay(KNOWN))
    asked = [
        Draft202012Validator(schema(catalog, catalog.endpoints["video"], "form")).is_valid(request)
        for catalog in (gptimage2api, known)
    ]
    assert asked == [False, True]


def test_what_is_settled_changes_no_requests_validity(gptimage2api: Catalog):
    known = overlaid(gptimage2api, load_overlay(KNOWN))
    for model in gptimage2api.models.values():
        for tier in (None, "720p", "1080p", "2K", "x"):
            request = {"model": model.id, "prompt": "a", "inputMode": "text_to_video"}
            request |= {} if tier is None else {"resolution": tier}
            judged, below = validate(known, request), validate(gptimage2api, request)
            assert [fault.path for fault in judged] == [fault.path for fault in below]


def test_before_the_first_rate_a_model_has_rules_and_no_price(gptimage2api: Catalog):
    later = over(gptimage2api, head("charge") + table("rates", rate='"0.9"', since="2027-01-01T00:00:00Z"))
    request = {"model": "veo3", "prompt": "a", "inputMode": "text_to_video", "duration": 8}
    with pytest.raises(Unpriced) as refused:
        quote(later, request)
    assert (refused.value.missing, refused.value.options) == ((), ())
    assert validate(later, request) == ()
    assert options(later) == ()
    # 63 x 0.9 = 56.7
    assert quote(later, request, at=datetime(2027, 1, 1, tzinfo=UTC)).credits == 57
    with pytest.raises(InvalidRequest):
        quote(later, {**request, "duration": 5})


def test_a_model_that_a_table_names_has_no_part_in_the_general_rate(gptimage2api: Catalog):
    dated = table("rates", models='["veo3"]', rate='"0.5"', since="2027-01-01T00:00:00Z")
    later = over(gptimage2api, head("charge") + RATE + dated)
    with pytest.raises(Unpriced):
        price(later, "veo3")
    assert price(later, "veo3", at=datetime(2027, 1, 1, tzinfo=UTC)).credits == 32  # 31.5
    assert price(later, "veo3_lite").credits == 5  # 4.5


def test_instants_of_the_catalog_and_of_the_overlay_are_kept_apart(clipworks: Catalog):
    # 3.1 until May, 3.3 from then on; a rate of 0.5, from June 0.25
    rates = table("rates", rate='"0.5"') + table("rates", rate='"0.25"', since="2026-05-15T00:00:00Z")
    sold = over(clipworks, head("charge", "clipworks") + rates)
    asked = {"duration": 8, "resolution": 480, "audio": False}
    days = [datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 5, 10, tzinfo=UTC), datetime(2026, 5, 20, tzinfo=UTC)]
    # 5.89 -> 6, 3; 6.6 -> 6.75, 3.375 -> 3.5; 6.75 / 4 = 1.6875 -> 1.75
    assert [str(price(sold, "reel-1", **asked, at=day).credits) for day in days] == ["3", "3.5", "1.75"]
    assert [held.since for held in editions(sold, "reel-1")] == [
        None,
        datetime(2026, 5, 1, 10, tzinfo=UTC),
        datetime(2026, 5, 15, tzinfo=UTC),
    ]
    assert sold.version == clipworks.version == "2026-06-01"


def test_a_minimum_lifts_no_price_of_nothing(clipworks: Catalog):
    minimum = table("minimums", credits=2)
    plan = over(clipworks, head("product", "clipworks") + minimum)
    assert price(plan, "reel-1-mini", duration=4).credits == 2
    assert price(plan, "reel-1-mini", duration=4, custom_multiplier=0).credits == 0


def test_the_higher_minimum_of_a_sellers_layers_holds(clipworks: Catalog):
    low, high = (table("minimums", credits=least) for least in (2, 3))
    for first, second in ((low, high), (high, low)):
        plan = over(clipworks, head("product", "clipworks") + first, head("product", "clipworks", "b") + second)
        assert price(plan, "reel-1-mini", duration=4).credits == 3


def test_an_own_price_in_a_plan_stands_in_the_services_formula(clipworks: Catalog):
    own = table("prices", models='["reel-1-mini"]', base='"0.3"', duration="{ 4 = 2 }") + table("rates", rate=1)
    found = price(over(clipworks, head("product", "clipworks") + own), "reel-1-mini", duration=4)
    assert (str(found.credits), found.lines[0].source, found.cost) == ("0.75", "contract.pdf: 1 Prices", None)


def test_an_own_price_keeps_the_default_and_the_tiers_that_are_named(clipworks: Catalog):
    own = table(
        "prices", models='["reel-1"]', base=2, duration="{ 4 = 1 }", resolution="{ 480 = 1, 1080 = 3 }",
        audio="{ true = 2, false = 1 }",
    )  # fmt: skip
    sold = over(clipworks, head("charge", "clipworks") + own + table("rates", rate=1))
    assert price(sold, "reel-1", duration=4).credits == 2
    assert price(sold, "reel-1", duration=4, resolution=1080, audio=True).credits == 12
    with pytest.raises(Unpriced):
        price(sold, "reel-1", duration=8)


def test_a_catalog_under_overlays_is_pickled_with_all_of_them(studio: Catalog):
    again = pickle.loads(pickle.dumps(studio))  # noqa: S301 -- our own
    assert options(again) == options(studio)
    assert [option.cost for option in options(again)] == [option.cost for option in options(studio)]


def test_a_catalog_under_an_overlay_leaves_the_one_below_as_it_is(gptimage2api: Catalog):
    before = options(gptimage2api)
    overlaid(gptimage2api, load_overlay(STUDIO))
    assert options(load_catalog("gptimage2api")) == before
    assert "veo3_lite" in gptimage2api.models


def test_an_overlay_and_a_resale_are_named_by_their_ids(studio: Catalog):
    assert repr(load_overlay(STUDIO)) == "<Overlay studio 2026-11-21>"
    assert (studio.id, studio.title, repr(studio)) == ("studio", "Studio", "<Catalog studio 2026-11-20>")


def test_a_seller_without_a_credit_of_its_own_charges_in_that_below(clipworks: Catalog):
    sold = over(clipworks, head("charge", "clipworks") + table("rates", rate='"1.1"'))
    found = price(sold, "reel-1-mini", duration=4)
    assert (str(found.credits), str(found.usd)) == ("1.25", "0.025")


def test_a_seller_that_does_not_say_how_it_charges_is_inferred(gptimage2api: Catalog):
    text = (head("charge") + RATE).replace('formula = { source = "contract" }', "")
    for model in ("veo3", "gpt-image-2"):
        found = price(over(gptimage2api, text), model)
        assert found.basis == "inferred"
        assert "does not say where it is written" in found.notes[0]


def test_what_one_edition_leaves_open_is_settled_there_alone(tmp_path: Path):
    # the first edition states no default resolution, the second says 480; its audio alone is a reading
    default = "default = { resolution = 480, audio = false }\nsource"
    own = changed(tmp_path, (f'{default} = "tariff"\n\n', 'default = { audio = false }\nsource = "tariff"\n\n'))
    settled = table("settled", models='["reel-1"]', resolution=1080, confirms='["audio"]')
    known = over(own, head("product", "clipworks") + settled)
    first, second = datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
    found = [price(known, "reel-1", duration=4, audio=True, at=at) for at in (first, second)]
    assert [(one.parameters.resolution, one.basis) for one in found] == [(1080, "documented"), (480, "documented")]
    assert [one.lines[4].source for one in found] == ["tariff.txt: Prices", "contract.pdf: 1 Prices"]
    assert price(own, "reel-1", duration=4, audio=True, at=second).basis == "inferred"


def test_a_remark_on_a_request_is_one_on_its_cost_too(studio: Catalog):
    request = {"model": "veo3", "prompt": "a", "inputMode": "text_to_video", "providerInput": {"a": 1}}
    found = quote(studio, request)
    assert (found.basis, found.cost.basis) == ("inferred", "inferred")


def test_the_path_of_an_overlay_may_be_text(tmp_path: Path):
    path = tmp_path / "own.toml"
    path.write_text(STUDIO.read_text())
    assert load_overlay(str(path)).id == load_overlay(path).id == "studio"
