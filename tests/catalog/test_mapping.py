"""Catalogs from tables that a caller parsed: the same checks, a copy, and bounds."""

import json
import tomllib
from collections import OrderedDict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pricing_rules import CatalogError, load_catalog, options, price
from support.broken import BROKEN
from support.places import CLIPWORKS, INVENTED


def tables() -> dict[str, Any]:
    return tomllib.loads(INVENTED)


def test_parsed_tables_are_the_catalog_of_their_file(clipworks):
    assert options(load_catalog(tables())) == options(clipworks)
    assert options(load_catalog(OrderedDict(tables()))) == options(load_catalog(CLIPWORKS))


def test_an_instant_may_be_iso_text_as_in_json(clipworks):
    source = json.loads(json.dumps(tables(), default=datetime.isoformat))
    at = datetime(2026, 4, 1, tzinfo=UTC)
    assert price(load_catalog(source), "reel-1", duration=4, at=at) == price(clipworks, "reel-1", duration=4, at=at)


def test_text_that_states_no_instant_is_refused_where_one_belongs():
    source = json.loads(json.dumps(tables(), default=datetime.isoformat))
    source["prices"][1]["since"] = "next spring"
    with pytest.raises(CatalogError) as refused:
        load_catalog(source)
    assert (refused.value.key, "next spring" in refused.value.reason) == ("prices[1].since", True)


def test_tables_are_copied(clipworks):
    source = tables()
    catalog = load_catalog(source)
    source["prices"][0]["base"] = 1_000
    source["prices"].clear()
    assert options(catalog) == options(clipworks)


@pytest.mark.parametrize(("old", "new"), [(old, new) for old, new, *_ in BROKEN])
def test_the_faults_of_tables_are_those_of_the_file(tmp_path: Path, old: str, new: str):
    text = INVENTED.replace(old, new, 1)
    file = tmp_path / "own.toml"
    file.write_text(text)
    with pytest.raises(CatalogError) as expected:
        load_catalog(file)
    if not expected.value.reason.startswith("not TOML"):
        with pytest.raises(CatalogError) as refused:
            load_catalog(tomllib.loads(text))
        assert (refused.value.file, refused.value.faults) == ("tables", expected.value.faults)


def holding_itself() -> dict[str, Any]:
    source = tables()
    source["bodies"]["taken"]["again"] = source["bodies"]
    return source


def deep() -> dict[str, Any]:
    inner: Any = "x"
    for _ in range(10_000):
        inner = [inner]
    return tables() | {"bodies": {"taken": inner}}


@pytest.mark.parametrize(
    ("source", "key", "reason"),
    [
        (holding_itself(), "bodies", "tables or lists are nested too deep, or hold themselves"),
        (deep(), "bodies", "tables or lists are nested too deep, or hold themselves"),
        (tables() | {"bodies": {"taken": list(range(100_001))}}, "", "more than 100,000 keys and values"),
        (tables() | {5: 1}, "", "the keys of a table are text, not int"),
        (tables() | {"models": {"a": {None: 1}}}, "models.a", "the keys of a table are text, not NoneType"),
        (tables() | {"credit": {"unit": 0.5, "source": "tariff"}}, "credit.unit", "whole number or text"),
        ({}, "id", "missing key"),
    ],
)
def test_tables_that_no_file_can_hold_are_refused(source: dict[Any, Any], key: str, reason: str):
    with pytest.raises(CatalogError) as refused:
        load_catalog(source)
    assert refused.value.key == key
    assert reason in refused.value.reason
