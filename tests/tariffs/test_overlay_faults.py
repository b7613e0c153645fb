"""Overlays that cannot be used: each names its file, the key and the reason, and all faults at once."""

from pathlib import Path

import pytest

from pricing_rules import Catalog, CatalogError, load_catalog
from pricing_rules.tariffs import load_overlay, overlaid
from support.overlays import STUDIO, head, over, overlay, table, written
from support.variants import changed

RATE = table("rates", rate='"0.9"')
SORA = '["sora-2-text-to-video"]'
PRO = '["nano-banana-pro"]'


def faults(of: str, text: str, catalog: Catalog | None = None, **said: str) -> list[tuple[str, str]]:
    """Return the faults of an overlay over gptimage2api, or over a catalog of its own."""
    with pytest.raises(CatalogError) as refused:
        over(catalog or load_catalog("gptimage2api"), head(of, **said) + text)
    assert refused.value.file.startswith("overlay")
    return [(fault.key, fault.reason) for fault in refused.value.faults]


def own(**values: object) -> str:
    return table("prices", **values)


CHARGE = [
    # shape
    ('hidden = "veo3"\n', "hidden", "expected a list"),
    ("colour = 1\n", "colour", "unknown key"),
    ('file = "own.toml"\n', "file", "unknown key; it is the name of the file itself"),
    ("minimum = []\n", "minimum", "unknown key. Did you mean 'minimums'?"),
    ("hidden = [1]\n", "hidden[0]", "expected text, got 1"),
    ("cost = 3\n", "cost", "expected a table, got 3"),
    ("rates = [3]\n", "rates[0]", "expected a table, got 3"),
    ("[credit]\nunit = 0.5\n", "credit.unit", "expected a whole number or text"),
    ("[credit]\nunit = 1\n", "credit.source", "missing key"),
    ('[[rates]]\nrate = "0.9"\n', "rates[0].source", "missing key"),
    ('[[rates]]\nrate = "0.9"\nsource = "bill"\n', "rates[0].source", "there is no source 'bill'"),
    ('[[rates]]\nrate = "0.9"\nsource = []\n', "rates[0].source", "there is no source an array of 0"),
    ('[[rates]]\nrate = "-1"\nsource = "contract"\n', "rates[0].rate", "an amount is text"),
    (table("rates", rate=1, since="2027-01-01"), "rates[0].since", "expected a time with its offset"),
    (table("prices", models=PRO, base=1, resolution='{ 2K = "x" }'), "prices[0].resolution.2K", "an amount is text"),
    (RATE + table("tiers", models=PRO, resolution="[]"), "tiers[0].resolution", "leaves 'nano-banana-pro' without"),
    (table("settled", models=PRO, resolution="1.5"), "settled[0].resolution", "expected an integer or text"),
    (table("settled", models=PRO, outputs='"one"'), "settled[0].outputs", "expected 'once', got 'one'"),
    # its own meaning
    (table("rates", rate=0), "rates[0].rate", "expected more than 0"),
    (table("rates", rate=1, models="[]"), "rates[0].models", "there is none"),
    (RATE + table("rates", rate=1, models='["veo3", "veo3"]'), "rates[1].models", "'veo3' stands there twice"),
    (RATE + RATE, "rates[1]", "two rates or prices of models that no table names since the same instant"),
    (RATE + table("minimums", credits=0), "minimums[0].credits", "expected more than 0"),
    (RATE + 2 * table("minimums", credits=2), "minimums[1]", "two minimums of models that no table names"),
    (RATE + table("tiers", models=PRO), "tiers[0]", "names no duration, resolution or audio"),
    (RATE + 2 * table("tiers", models=PRO, resolution='["2K"]'), "tiers[1]", "two lists of the tiers of resolution"),
    (RATE + '[credit]\nunit = 0\nsource = "contract"\n', "credit.unit", "expected a decimal number above 0"),
    (RATE + '[cost]\nusd = "1/3"\nsource = "contract"\n', "cost.usd", "expected a decimal number"),
    # what is below
    ('hidden = ["veo4"]\n' + RATE, "hidden", "there is no model 'veo4'. Did you mean 'veo3'?"),
    (RATE + table("rates", models='["veo4"]', rate=1), "rates[1].models", "there is no model 'veo4'"),
    ('hidden = ["veo3"]\n' + RATE + table("rates", models='["veo3"]', rate=1), "rates[1].models", "is hidden here"),
    (table("rates", models='["veo3"]', rate=1), "rates", "neither a rate nor a price of 'gpt-image-2', 'google/nano"),
    (RATE + table("minimums", credits='"1.5"'), "minimums[0].credits", "a whole number of units of 1 credits"),
    (RATE + table("tiers", models=PRO, resolution='["1K"]'), "tiers[0].resolution", "'1K' is no tier of 'nano-banana"),
    (RATE + table("tiers", models=PRO, duration="[5]"), "tiers[0].duration", "5 is no tier of 'nano-banana-pro'"),
    (RATE + own(models=PRO, base=3), "prices[0].resolution", "is priced by resolution, and so is an own price"),
    (RATE + own(models=PRO, base=3, resolution="{ 8K = 1 }"), "prices[0].resolution", "'8K' is no tier"),
    (RATE + own(models='["veo3"]', base=3, duration="{ 16 = 1 }"), "prices[0].duration", "leaves 'veo3' without"),
    (RATE + own(models='["veo3"]', base=3, default="{}"), "prices[0].default", "unknown key"),
]
PRODUCT = [
    ('[credit]\nunit = 1\nsource = "contract"\n' + RATE, "credit", 'demands of = "charge"'),
    ('[cost]\nusd = 1\nsource = "contract"\n' + RATE, "cost", 'demands of = "charge"'),
    (RATE + table("settled", models=SORA, resolution='"720p"'), "settled", "stands in a file of its own"),
    (table("settled", models=SORA), "settled[0]", "settles nothing"),
    (table("settled", models=SORA, confirms='["outputs"]'), "settled[0].confirms", "is not priced by outputs"),
    (table("settled", models=SORA, confirms='["lengths"]'), "settled[0].confirms", "there is no factor 'lengths'"),
    (table("settled", models=SORA, confirms='["audio"]'), "settled[0].confirms", "is not priced by audio"),
    (
        table("settled", models=SORA, confirms='["base"]'),
        "settled[0].confirms",
        "the base of 'sora-2-text-to-video' is printed",
    ),
    (table("settled", models=SORA, resolution='"4k"'), "settled[0].resolution", "'4k' is no tier of"),
    (table("settled", models=SORA, duration='"5"'), "settled[0].duration", "'5' is no tier of"),
    (table("settled", models='["veo3"]', duration=8), "settled[0].duration", "it is known already what 'veo3' makes"),
    (
        table("settled", models=PRO, outputs='"once"', confirms='["outputs"]'),
        "settled[0].confirms",
        "stands there twice",
    ),
    (2 * table("settled", models=PRO, outputs='"once"'), "settled[1]", "two tables that settle the word on outputs"),
]


@pytest.mark.parametrize(("text", "key", "reason"), CHARGE)
def test_a_sellers_overlay_at_fault_is_refused_with_key_and_reason(text: str, key: str, reason: str):
    keys, tables = split(text)
    found = faults("charge", tables, more=keys)
    assert any(at == key and reason in said for at, said in found), found


@pytest.mark.parametrize(("text", "key", "reason"), PRODUCT)
def test_a_plans_overlay_at_fault_is_refused_with_key_and_reason(text: str, key: str, reason: str):
    keys, tables = split(text)
    found = faults("product", tables, more=keys)
    assert any(at == key and reason in said for at, said in found), found


def split(text: str) -> tuple[str, str]:
    """Split the keys of the file itself from its tables."""
    lines = text.splitlines(keepends=True)
    first = next((place for place, line in enumerate(lines) if line.startswith("[")), len(lines))
    return "".join(lines[:first]), "".join(lines[first:])


def test_every_fault_of_a_file_is_told_at_once():
    text = (
        head("charge", more='colour = 1\nhidden = "x"') + table("rates", rate='"-1"', since=5) + "[cost]\nusd = 0.5\n"
    )
    with pytest.raises(CatalogError) as refused:
        overlay(text)
    keys = [fault.key for fault in refused.value.faults]
    assert sorted(keys) == ["colour", "cost.source", "cost.usd", "hidden", "rates[0].rate", "rates[0].since"]


def test_every_fault_against_the_catalog_is_told_at_once():
    text = table("rates", models='["veo4"]', rate=1) + table("tiers", models=PRO, resolution='["1K", "8K"]')
    found = faults("charge", text, over="gptimage3", name="gptimage2api", more='hidden = ["veo5"]')
    keys = [key for key, _ in found]
    assert sorted(keys) == [
        "hidden",
        "id",
        "over",
        "rates",
        "rates[0].models",
        "tiers[0].resolution",
        "tiers[0].resolution",
        "tiers[0].resolution",
    ]


def test_an_overlay_that_hides_every_model_is_refused(clipworks: Catalog):
    names = ", ".join(f'"{name}"' for name in clipworks.models)
    found = faults("product", "", clipworks, over="clipworks", more=f"hidden = [{names}]")
    assert found == [("hidden", "leaves no model")]


def test_a_printed_multiplier_cannot_be_settled(clipworks: Catalog):
    found = faults(
        "product", table("settled", models='["reel-1"]', confirms='["duration"]'), clipworks, over="clipworks"
    )
    assert found == [("settled[0].confirms", "the duration of 'reel-1' is printed, or known already")]


def test_a_second_file_cannot_settle_what_the_first_did(gptimage2api: Catalog):
    known = over(gptimage2api, head("product") + table("settled", models=SORA, resolution='"720p"'))
    found = faults("product", table("settled", models=SORA, resolution='"1080p"'), known, name="second")
    assert [key for key, _ in found] == ["settled[0].resolution"]


def test_prices_stand_in_a_sellers_first_layer_only(gptimage2api: Catalog):
    price = own(models='["gpt-image-2"]', base=4)
    first = over(gptimage2api, head("product") + RATE)
    found = faults("product", RATE + price, first, name="second")
    assert found == [
        ("prices", "the seller has rates, prices or minimums below; its own prices stand in its first layer")
    ]
    assert over(gptimage2api, head("product") + RATE + price)
    assert over(first, head("charge", name="second") + RATE + price)


def test_the_multipliers_of_a_resale_are_no_longer_open(gptimage2api: Catalog):
    sold = over(gptimage2api, head("charge", name="shop") + RATE)
    found = faults("product", table("settled", models=SORA, confirms='["duration"]'), sold, over="shop")
    assert found == [("settled[0].confirms", "the duration of 'sora-2-text-to-video' is printed, or known already")]


@pytest.mark.parametrize("text", ["pr1:51f67db39a68caa", "pr1:51F67DB39A68CAA0", "51f67db39a68caa0", ""])
def test_a_fingerprint_has_16_digits(text: str):
    with pytest.raises(CatalogError) as refused:
        overlay(head("charge", more=f'fingerprint = "{text}"') + RATE)
    assert refused.value.faults[0].key == "fingerprint"


def test_a_version_is_a_date():
    with pytest.raises(CatalogError) as refused:
        overlay(head("charge").replace("2026-11-21", "2026-13-01"))
    assert refused.value.faults[0].key == "version"


def test_of_has_no_default():
    with pytest.raises(CatalogError) as refused:
        overlay(head("charge").replace('of = "charge"', ""))
    assert [(fault.key, fault.reason) for fault in refused.value.faults] == [("of", "missing key")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff", "not UTF-8"),
        (b"id = ", "not TOML"),
        (b"a = " + b"[" * 50_000, "nested too deep"),
        (b"sources = 1", "sources: expected a table"),
    ],
)
def test_a_file_that_is_no_overlay_is_refused(tmp_path: Path, content: bytes, reason: str):
    path = tmp_path / "own.toml"
    path.write_bytes(content)
    with pytest.raises(CatalogError, match=reason) as refused:
        load_overlay(path)
    assert refused.value.file == "own.toml"


def test_a_source_is_text(tmp_path: Path):
    text = head("charge").replace('"contract.pdf: 1 Prices"', "1")
    with pytest.raises(CatalogError) as refused:
        load_overlay(written(text, tmp_path))
    assert refused.value.faults[0].key == "sources.contract"


def test_a_missing_file_is_named(tmp_path: Path):
    with pytest.raises(CatalogError, match="cannot be read"):
        load_overlay(tmp_path / "none.toml")


@pytest.mark.parametrize("source", [None, 5, b"x", {}])
def test_what_is_no_path_is_a_type_error(source: object):
    with pytest.raises(TypeError, match="the path of an overlay file"):
        load_overlay(source)  # type: ignore[arg-type]


def test_what_is_no_catalog_or_overlay_is_a_type_error(gptimage2api: Catalog):
    with pytest.raises(TypeError, match="Catalog"):
        overlaid("gptimage2api", load_overlay(STUDIO))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="Overlay"):
        overlaid(gptimage2api, STUDIO)  # type: ignore[arg-type]


def test_more_than_366_instants_are_refused():
    dates = "".join(
        table(
            "rates", rate=1, since=f"{2000 + number // 300}-{number % 12 + 1:02}-{number // 12 % 25 + 1:02}T00:00:00Z"
        )
        for number in range(367)
    )
    with pytest.raises(CatalogError, match="more than 366 instants"):
        overlay(head("charge") + dates)


def test_an_overlay_over_a_catalog_with_dated_tiers_narrows_each_edition(tmp_path: Path):
    catalog = changed(tmp_path, ("duration = { 4 = 1, 8 = 2, 12 = 3 }", "duration = { 8 = 2, 12 = 3 }"))
    rate = table("rates", rate=1)
    found = faults("charge", rate + table("tiers", models='["reel-1"]', duration="[4]"), catalog, over="clipworks")
    assert found == [("tiers[0].duration", "leaves 'reel-1' without a tier")]
    assert over(catalog, head("charge", "clipworks") + rate + table("tiers", models='["reel-1"]', duration="[4, 8]"))


def test_an_overlay_may_stand_over_one_content_alone(gptimage2api: Catalog):
    fits = head("charge", more=f'fingerprint = "{gptimage2api.fingerprint}"\n') + RATE
    assert over(gptimage2api, fits).id == "own"
    told = faults("charge", f'fingerprint = "pr1:0123456789abcdef"\n{RATE}')
    assert told == [
        ("fingerprint", f"this stands over pr1:0123456789abcdef; the catalog below is {gptimage2api.fingerprint}")
    ]


@pytest.mark.parametrize(
    ("of", "one", "other"),
    [
        ("charge", table("rates", rate='"0.9"'), table("rates", rate='"0.8"')),
        ("product", table("rates", rate='"0.9"'), table("rates", rate='"0.8"')),
        ("charge", RATE, RATE + table("minimums", credits=7)),
        (
            "product",
            table("settled", models=SORA, resolution='"720p"'),
            table("settled", models=SORA, resolution='"1080p"'),
        ),
    ],
)
def test_overlays_that_charge_otherwise_have_other_fingerprints(gptimage2api: Catalog, of: str, one: str, other: str):
    prints = {over(gptimage2api, head(of) + text).fingerprint for text in (one, other, one)}
    assert len(prints) == 2
    assert gptimage2api.fingerprint not in prints


def test_a_table_need_not_fit_what_ended_before_it_begins(tmp_path: Path):
    catalog = changed(tmp_path, ("duration = { 4 = 1, 8 = 2, 12 = 3 }", "duration = { 16 = 4 }"))
    rate = table("rates", rate=1)
    later = table("tiers", models='["reel-1"]', duration="[16]", since="2026-06-01T00:00:00Z")
    assert over(catalog, head("charge", "clipworks") + rate + later)
    always = table("tiers", models='["reel-1"]', duration="[16]")
    found = faults("charge", rate + always, catalog, over="clipworks")
    assert found == [("tiers[0].duration", "leaves 'reel-1' without a tier")]
