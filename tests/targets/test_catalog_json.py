"""catalog.json: what it tells of every price is what `quote` says, and no more than may leave the house."""

import json
from fractions import Fraction
from itertools import product
from typing import Any

import pytest

from pricing_rules import Catalog, load_catalog, options, price
from pricing_rules.catalog.labels import words_of
from pricing_rules.catalog.tariff import in_force
from pricing_rules.targets.catalog_json import catalog_json
from pricing_rules.targets.citations import Citations
from pricing_rules.tariffs import load_overlay, overlaid
from support.overlays import KNOWN, STUDIO, head, over, table
from support.places import CLIPWORKS

GPT, AIV, CLIPS = load_catalog("gptimage2api"), load_catalog("aivideoapi"), load_catalog(CLIPWORKS)
PLAN = over(GPT, head("product", more='shows = "working"') + table("rates", rate='"0.9"'))
SETTLED = overlaid(GPT, load_overlay(KNOWN))
STUDIO_CATALOG = overlaid(GPT, load_overlay(STUDIO))
TOLD = pytest.mark.parametrize(
    "catalog", [GPT, AIV, CLIPS, PLAN, SETTLED], ids=["gpt", "aiv", "clips", "plan", "known"]
)


def as_read(catalog: Catalog) -> dict[str, Any]:
    """Return the document as JSON text carries it."""
    found: dict[str, Any] = json.loads(json.dumps(catalog_json(catalog)))
    return found


def asked(catalog: Catalog) -> list[Any]:
    """Quote every point of every model with one and two outputs, without and with a multiplier."""
    found = []
    for option, outputs, custom in product(options(catalog), (1, 2), (1, Fraction(1, 3))):
        if option.parameters.outputs is None and outputs > 1:
            continue
        tiers = {name: getattr(option.parameters, name) for name in ("duration", "resolution", "audio")}
        found.append((price(catalog, option.model, **tiers, outputs=outputs, custom_multiplier=custom), custom))
    return found


def place(edition: dict[str, Any], quote: Any) -> str:
    """Return the name of the point of a quote."""
    tiers = {name: [value for value, *_ in edition.get(name, [])] for name in ("duration", "resolution", "audio")}
    points = [(name, getattr(quote.parameters, name)) for name in ("duration", "resolution", "outputs", "audio")]
    values = (1 if value is None else tiers[name].index(value) if name in tiers else value for name, value in points)
    return ",".join(map(str, values))


@TOLD
def test_the_sources_of_an_edition_make_the_basis_the_notes_and_the_sources_of_its_quotes(catalog: Catalog):
    document = as_read(catalog)
    sources = [(one["basis"], one["source"]) for one in document["sources"]]
    for quote, custom in asked(catalog):
        at = catalog.prices.index(in_force(catalog, quote.model))
        edition = document["editions"][at]
        lines = [sources[one] for one in edition["lines"]]
        assert [(line.basis, line.source) for line in quote.lines] == lines[: len(quote.lines)]
        beyond = {"outputs": (quote.parameters.outputs or 1) > 1, "custom": custom != 1}
        why = [*edition["reasons"], *(one for name, one in edition["beyond"].items() if beyond[name])]
        if not why and place(document["prices"]["editions"][at], quote) in edition.get("open", ()):
            why = [document["open_reason"]]
        readings = [sources[one][1] for one in why if sources[one][0] == "inferred"]
        flat = document["flat"].partition("{credits}")[0]
        notes = [note for note in quote.notes if not note.startswith(flat)]
        assert (quote.basis, notes) == ("inferred" if why else "documented", list(dict.fromkeys(readings)))
        assert list(quote.sources) == list(dict.fromkeys([*(line.source for line in quote.lines), *readings]))


def test_a_plan_says_where_its_rates_leave_a_price_open():
    document = as_read(PLAN)
    inferred = [quote.model for quote, custom in asked(PLAN) if "leaves its product open" in " ".join(quote.notes)]
    assert len(inferred) == sum(
        len(document["editions"][at].get("open", ()))
        for places in document["prices"]["models"].values()
        for at in places
    )
    assert inferred


def test_tiers_are_the_same_at_two_services_whatever_the_case():
    of_both = [{tier["same"]: tier["value"] for tier in as_read(one)["tiers"]["resolution"]} for one in (GPT, AIV)]
    assert [found["4k"] for found in of_both] == ["4K", "4k"]
    assert [tier["label"] for tier in as_read(GPT)["tiers"]["duration"]] == ["5 s", "10 s", "20 s", "8 s", "15 s"]
    assert [tier["label"] for tier in as_read(CLIPS)["tiers"]["audio"]] == ["no", "yes"]
    assert words_of("image_to_video") == "Image to video"


def test_a_model_states_what_most_at_its_endpoint_do_not():
    # credits-and-models.txt: Image models
    document = as_read(GPT)
    shared = document["endpoints"]["image"]["fields"]
    own = {name: {**shared, **model.get("fields", {})} for name, model in document["models"].items()}
    images = ("gpt-image-2", "nano-banana-2", "nano-banana-pro", "google/nano-banana")
    assert [own[name]["references"]["max_items"] for name in images] == [4, 14, 8, 10]
    assert [own[name]["prompt"]["max_length"] for name in images] == [20_000, 20_000, 10_000, 5_000]
    assert "one_of" in own["gpt-image-2"]["aspect_ratio"]
    assert "one_of" not in own["nano-banana-2"]["aspect_ratio"]
    assert "fields" not in document["models"]["veo3_lite"] or "prompt" not in document["models"]["veo3_lite"]["fields"]


def test_rules_stand_there_as_data_and_in_words():
    rule = as_read(AIV)["endpoints"]["image"]["rules"][1]
    assert (rule["id"], rule["when"]) == ("aspect_ratio.4k", {"resolution": ["4k"]})
    assert rule["then"] == [
        {"given": ["aspect_ratio"]},
        {"field": "aspect_ratio", "one_of": ["16:9", "9:16", "2:1", "1:2", "21:9", "9:21"]},
    ]
    assert rule["about"].startswith("'Aspect ratio' must be given and be '16:9'")
    added = as_read(CLIPS)["models"]
    assert [one["then"] for one in added["still/1"]["rules"]] == [[{"given": ["references"]}]]
    assert [one["then"] for one in added["still/2"]["rules"]] == [[{"not_given": "references"}]]
    assert as_read(GPT)["endpoints"]["video"]["notes"] == [
        {"field": "references", "above": 1, "about": "Only the first image is used by the provider today."}
    ]


def test_hosts_are_those_of_the_samples():
    assert [one["hosts"][0]["url"] for one in map(as_read, (GPT, AIV))] == [
        "https://gptimage2api.org",
        "https://api.aivideoapi.ai",
    ]


def test_a_resale_holds_neither_cost_nor_rate_nor_where_its_supplier_is_reached():
    document = as_read(STUDIO_CATALOG)
    assert not document["working"]
    assert document["hosts"] == []
    assert not document.keys() & {"sources", "fingerprint", "layers", "flat"}
    assert [edition.keys() - {"default"} for edition in document["editions"]] == [set()] * len(document["editions"])
    text = json.dumps(document)
    assert [
        word for word in ("0.78", "0.72", "supply", "contract", '"rates"', '"base"', "gptimage2api") if word in text
    ] == []


def test_a_resale_that_shows_its_working_keeps_it_inside_all_the_same():
    text = head("charge", more='shows = "working"', name="shop") + '[credit]\nunit = 1\nsource = "contract"\n'
    assert not as_read(over(GPT, text + table("rates", rate='"0.7391"')))["working"]


def test_citations_are_numbered_in_their_order():
    cited = Citations()
    one, other = (GPT.credit.provenance.origin, GPT.formula.of("custom"))
    assert [cited.place(one), cited.place(other), cited.place(one)] == [0, 1, 0]
