"""What quotes, records and errors look like when they are printed."""

from decimal import Decimal
from pathlib import Path

import pytest

from pricing_rules import (
    Catalog,
    CatalogError,
    InsufficientCredits,
    InvalidRequest,
    UnknownModel,
    Unpriced,
    load_catalog,
    options,
    price,
    quote,
    receipt,
    table,
    validate,
)
from pricing_rules.cli.quote import quote_command
from support.cases import PRO
from support.command import WAN, run
from support.variants import changed


def test_a_quote_is_one_line_with_its_working(gptimage2api: Catalog, aivideoapi: Catalog):
    said = {
        str(price(gptimage2api, "wan/2-6-text-to-video", duration=15, resolution="1080p")): (
            "133 credits: 30 × 3 (15 s) × 1.47 (1080p) = 132.3, rounded up"
            " · wan/2-6-text-to-video at gptimage2api · inferred"
        ),
        str(price(gptimage2api, "nano-banana-pro", resolution="4K", outputs=5, custom_multiplier="1.1")): (
            "110 credits: 12 × 5/3 (4K) × 5 (outputs) × 1.1 (custom) = 110 · nano-banana-pro at gptimage2api · inferred"
        ),
        str(price(gptimage2api, "gpt-image-2")): "3 credits: 3 · gpt-image-2 at gptimage2api · documented",
        str(price(aivideoapi, "gpt-image-2", resolution="4k")): (
            "7.2 credits, $0.036: 2.4 × 3 (4k) = 7.2 · gpt-image-2 at aivideoapi · documented"
        ),
    }
    assert list(said) == list(said.values())


def test_a_receipt_is_what_the_command_line_prints_without_the_title(gptimage2api: Catalog):
    found = price(gptimage2api, "wan/2-6-text-to-video", duration=15, resolution="1080p")
    printed = run(*WAN, "--duration", "15")
    assert printed.out == f"Wan 2.6  {receipt(found)}"
    assert quote_command.name == "quote"


@pytest.mark.parametrize("width", [30, 60, 200])
def test_prose_of_a_receipt_keeps_to_a_width(gptimage2api: Catalog, width: int):
    lines = receipt(price(gptimage2api, "veo3", outputs=1), width=width).splitlines()
    prose = lines[lines.index("") :]
    assert max(len(line) for line in prose if line.startswith("      ")) <= width


def test_a_table_has_the_columns_that_say_something(aivideoapi: Catalog):
    found = table(options(aivideoapi))
    assert str(found).splitlines()[0].split() == ["service", "model", "resolution", "credits", "usd", "basis"]
    assert str(found).splitlines()[2].split() == ["aivideoapi", "gpt-image-2", "1k", "2.4", "$0.012", "documented"]
    assert found._repr_html_().count("<tr>") == 4
    assert repr(found) == "Table(3 quotes)"
    assert str(table(())) == "no quotes"


def test_notebooks_show_text_as_text(tmp_path: Path):
    title = "<script>alert('a')</script>&"
    catalog = changed(tmp_path, ("tariff.txt: Prices", title))
    shown = price(catalog, "reel-1-mini", duration=4)._repr_html_()
    assert "<script" not in shown
    assert "&lt;script&gt;alert(&#x27;a&#x27;)&lt;/script&gt;&amp;" in shown


def refused(call: object, *arguments: object, **named: object) -> Exception:
    try:
        call(*arguments, **named)  # type: ignore[operator]
    except Exception as error:  # noqa: BLE001 -- whatever it is
        return error
    raise AssertionError


def test_no_record_takes_more_than_200_characters(gptimage2api: Catalog, tmp_path: Path):
    found = price(gptimage2api, "wan/2-6-text-to-video", duration=15, resolution="1080p")
    wrong = PRO | {"resolution": "x" * 500, "x" * 500: 1}
    empty = tmp_path / "own.toml"
    empty.write_text('id = "a"')
    records = [
        found,
        found.parameters,
        *found.lines,
        *validate(gptimage2api, wrong),
        refused(quote, gptimage2api, wrong),
        refused(quote, gptimage2api, PRO),
        refused(price, gptimage2api, "y" * 500),
        refused(load_catalog, empty),
        InsufficientCredits(Decimal(5), Decimal(1)),
        gptimage2api,
        table(options(gptimage2api)),
    ]
    kinds = [type(record) for record in records]
    assert {InvalidRequest, Unpriced, UnknownModel, CatalogError} < {*kinds}
    assert [record for record in records if len(repr(record)) >= 200] == []
    assert repr(found) == "Quote(service='gptimage2api', model='wan/2-6-text-to-video', credits=133, basis='inferred')"
