"""The quote page as a file: small, the same each time, closed to the network, and holding what its catalogs tell."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from attrs import evolve

from pricing_rules import Catalog, load_catalog, options
from pricing_rules.catalog.strict import Words
from pricing_rules.errors import Inexpressible
from pricing_rules.export import page
from pricing_rules.targets.catalog_json import catalog_json
from pricing_rules.targets.page import SECTIONS, TEMPLATE, squeezed
from pricing_rules.tariffs import load_overlay, overlaid
from support.overlays import STUDIO
from support.places import CLIPWORKS, ROOT

GPT, AIV, CLIPS = load_catalog("gptimage2api"), load_catalog("aivideoapi"), load_catalog(CLIPWORKS)
BUNDLED = page([GPT, AIV])
STUDIO_PAGE = page([overlaid(GPT, load_overlay(STUDIO))])
HOSTILE = "</script><script>alert(1)</script>\u202e<b>&amp;"


class Reader(HTMLParser):
    """The elements of a page, each with its attributes and the text that follows its tag."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.feed(text)
        self.data, self.script = self.texts("script")
        self.content = json.loads(self.data)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs), []))

    def handle_data(self, data):
        if self.elements and not (self.lasttag in ("script", "style") and self.cdata_elem is None):
            self.elements[-1][2].append(data)

    def texts(self, tag: str) -> list[str]:
        return ["".join(texts) for name, _, texts in self.elements if name == tag]

    @property
    def tags(self) -> list[str]:
        return [tag for tag, _, _ in self.elements]

    @property
    def attributes(self) -> list[tuple[str, str]]:
        return [(name, value or "") for _, attributes, _ in self.elements for name, value in attributes.items()]


def hostile() -> Catalog:
    """Return a catalog whose titles and reasons are markup and turn the direction of text."""
    models = {name: evolve(model, title=Words(HOSTILE)) for name, model in CLIPS.models.items()}
    return evolve(CLIPS, title=Words(HOSTILE), models=models)


def test_the_page_of_the_bundled_catalogs_is_under_90_kb():
    assert len(BUNDLED.encode()) < 90_000


def test_the_same_catalogs_give_the_same_bytes_and_their_order_is_kept():
    assert page(iter([GPT, AIV])) == BUNDLED == page([load_catalog("gptimage2api"), load_catalog("aivideoapi")])
    assert page([AIV, GPT]) != BUNDLED
    assert "\r" not in BUNDLED


def test_the_page_embeds_exactly_what_is_exported_of_each_service():
    assert Reader(BUNDLED).content["services"] == [json.loads(json.dumps(catalog_json(one))) for one in (GPT, AIV)]


def test_the_policy_lets_this_style_and_this_script_run_and_nothing_be_loaded():
    found = Reader(BUNDLED)
    (policy,) = [one["content"] for _, one, _ in found.elements if one.get("http-equiv") == "Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in (policy or "").split("; "))
    for name, text in (("script-src", found.script), ("style-src", found.texts("style")[0])):
        assert rules[name] == f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert [
        one for one in found.attributes if one[0] in ("src", "href") and not one[1].startswith(("#", "data:"))
    ] == []
    assert [name for name, _ in found.attributes if name == "style" or name.startswith("on")] == []


def test_the_source_makes_no_markup_runs_no_text_and_asks_nobody():
    sources = "\n".join(path.read_text() for path in TEMPLATE.iterdir() if path.suffix == ".js")
    refused = r"(inner|outer)HTML|insertAdjacent|document\.write|eval\(|new Function|XMLHttpRequest|WebSocket|import\("
    assert re.search(refused, sources) is None
    assert re.findall(r"(?<!await )fetch\(", sources) == []  # but in the code that it shows
    assert sources.count("await fetch(") == 1


def test_no_service_or_model_is_named_in_the_source():
    sources = "\n".join(path.read_text() for path in TEMPLATE.iterdir())
    modes = [mode for one in (GPT, AIV) for model in one.models.values() for mode in model.modes]
    ids = [GPT.id, AIV.id, *GPT.models, *AIV.models, *modes]
    assert [name for name in ids if name in sources] == []


def test_every_section_of_the_script_is_part_of_the_page():
    assert sorted(path.stem for path in TEMPLATE.glob("*.js")) == sorted(SECTIONS)


def test_markup_and_marks_of_direction_in_a_catalog_stay_text():
    found = Reader(page([hostile()]))
    assert found.tags == Reader(page([CLIPS])).tags
    assert found.texts("bdi").count(HOSTILE) >= 4
    assert "<" not in found.data
    assert found.data.isascii()
    assert found.content["services"][0]["title"] == HOSTILE


def test_every_price_is_a_row_that_needs_no_script():
    table = BUNDLED[BUNDLED.index("<table>") : BUNDLED.index("</table>")]
    assert len(re.findall(r"<td>[\d.]+<td>(?=\$|<td>)", table)) == 61 == len(options(GPT)) + len(options(AIV))
    assert "All 61 prices" in BUNDLED
    wan = re.search(r"Wan 2\.6 I2V.*?(?=<th)", table, re.DOTALL)
    assert wan is not None
    assert re.findall(r"<td>(\d+ s)<td>(\w+)<td>([\d.]+)", wan[0]) == [
        ("5 s", "720p", "30"),
        ("10 s", "720p", "60"),
        ("15 s", "720p", "90"),
        ("5 s", "1080p", "45"),
        ("10 s", "1080p", "89"),
        ("15 s", "1080p", "133"),
    ]  # fmt: skip -- pricing.txt: Video models
    assert table.count("$0.0") == 3  # only one of the services prints the price of a credit


def test_a_resale_tells_its_charges_and_neither_cost_nor_rate():
    found = Reader(STUDIO_PAGE)
    secret = ("0.78", "0.72", "7/10", '"base"', "supply", "contract", "gptimage2api", "documented", "inferred")
    assert [word for word in (*secret, '"rates":') if word in found.data] == []
    shown = "".join(text for tag, _, texts in found.elements for text in texts if tag not in ("script", "style"))
    assert "46" in shown
    assert [word for word in (*secret, "Documented") if word in shown] == []


def test_the_charge_is_named_as_the_service_names_it():
    assert "in <code>creditsUsed</code>" in BUNDLED
    assert "in <code>price</code>" in page([CLIPS])
    assert "the service answers." in page([AIV])


def test_how_the_command_line_is_told_of_a_catalog():
    commands = [Reader(text).content["commands"] for text in (BUNDLED, page([CLIPS]), STUDIO_PAGE)]
    assert commands == [["--service gptimage2api", "--service aivideoapi"], ["--catalog clipworks.toml"], [""]]


def test_a_page_needs_catalogs_of_different_services():
    with pytest.raises(ValueError, match="needs a catalog"):
        page([])
    with pytest.raises(Inexpressible, match="clipworks, clipworks"):
        page([CLIPS, evolve(CLIPS, title=Words("Other"))])


def test_spaces_that_stand_in_text_are_kept():
    lines = ['  const a = { b: "x, y = z" }, c = 1;', "  // a comment", "", "  const d = `e = ${ f }` + 'g = h';"]
    assert squeezed("\n".join(lines)) == "const a={b:\"x, y = z\"},c=1;\nconst d = `e = ${ f }` + 'g = h';"


def test_the_picture_of_the_page_is_a_jpeg_of_under_150_kb():
    content = (ROOT / "schemas" / "quote.jpg").read_bytes()
    assert (content[:3], content[-2:], len(content) < 150_000) == (b"\xff\xd8\xff", b"\xff\xd9", True)


def test_500_models_make_a_page_of_under_1_mb():
    twenty = list(GPT.models.values())
    names = {f"{twenty[place % 20].id}-{place}": twenty[place % 20] for place in range(500)}
    models = {name: evolve(model, id=name) for name, model in names.items()}
    prices = [
        evolve(price, models=tuple(name for name, model in names.items() if model.id in price.models))
        for price in GPT.prices
    ]
    assert len(page([evolve(GPT, models=models, prices=tuple(prices))]).encode()) < 1_000_000
