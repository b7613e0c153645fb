"""Law 1: every documented cell, transcribed by hand from the documents, is quoted exactly by every way to a price."""

import json
from decimal import Decimal

import pytest

from documents.cells import CELLS
from documents.places import AIV, GPT
from documents.requests import smallest_request
from pricing_rules import load_catalog, options, price, quote
from pricing_rules.cli import main

each_cell = pytest.mark.parametrize(
    ("service", "model", "duration", "resolution", "credits_", "usd", "basis"),
    CELLS,
    ids=["-".join(str(part) for part in cell[:4] if part is not None) for cell in CELLS],
)


def dollars(text):
    return None if text is None else Decimal(text)


def test_the_documents_print_61_cells():
    assert len(CELLS) == len({cell[:4] for cell in CELLS}) == 61


@each_cell
def test_price_quotes_every_documented_cell_exactly(service, model, duration, resolution, credits_, usd, basis):
    found = price(load_catalog(service), model, duration=duration, resolution=resolution)
    assert (found.credits, found.usd, found.basis) == (Decimal(credits_), dollars(usd), basis)


@each_cell
def test_quote_quotes_every_documented_cell_exactly(service, model, duration, resolution, credits_, usd, basis):
    found = quote(load_catalog(service), smallest_request(service, model, duration, resolution))
    assert (found.credits, found.usd, found.basis) == (Decimal(credits_), dollars(usd), basis)


@each_cell
def test_the_command_line_quotes_every_documented_cell_exactly_by_its_parameters(
    capsys, service, model, duration, resolution, credits_, usd, basis
):
    asked = [f"--{name}={value}" for name, value in (("duration", duration), ("resolution", resolution)) if value]
    code = main(["quote", "--json", f"--service={service}", f"--model={model}", *asked])
    found = json.loads(capsys.readouterr().out, parse_int=Decimal, parse_float=Decimal)
    assert (code, found["credits"], found["usd"], found["basis"]) == (0, Decimal(credits_), dollars(usd), basis)


@each_cell
def test_the_command_line_quotes_every_documented_cell_exactly_by_its_request(
    capsys, tmp_path, service, model, duration, resolution, credits_, usd, basis
):
    file = tmp_path / "request.json"
    file.write_text(json.dumps(smallest_request(service, model, duration, resolution)))
    code = main(["quote", "--json", f"--service={service}", str(file)])
    found = json.loads(capsys.readouterr().out, parse_int=Decimal, parse_float=Decimal)
    assert (code, found["credits"], found["usd"], found["basis"]) == (0, Decimal(credits_), dollars(usd), basis)


@pytest.mark.parametrize(("service", "count"), [(GPT, 58), (AIV, 3)])
def test_options_yields_every_cell_in_the_order_of_the_page(service, count):
    printed = [cell[1:] for cell in CELLS if cell[0] == service]
    found = [
        (one.model, one.parameters.duration, one.parameters.resolution, str(one.credits), one.usd, one.basis)
        for one in options(load_catalog(service))
    ]
    assert found == [(*cell[:4], dollars(cell[4]), cell[5]) for cell in printed]
    assert len(found) == count


@pytest.mark.parametrize(("service", "count"), [(GPT, 24), (AIV, 3)])
def test_the_page_prints_this_many_amounts_for_their_tier_by_name(service, count):
    assert sum(one.basis == "documented" for one in options(load_catalog(service))) == count
