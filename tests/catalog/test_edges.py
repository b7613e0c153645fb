"""Catalogs and calls at the edge of what is allowed."""

import pytest

from pricing_rules import CatalogError, InvalidRequest, Unpriced, load_catalog, price, quote
from pricing_rules.responses import refusal
from support.variants import block, variant


def own(tmp_path, *changes, more=""):
    path = tmp_path / "own.toml"
    path.write_text(variant(*changes, more=more))
    return load_catalog(path)


def test_a_table_of_tables_that_is_none_is_told_so(tmp_path):
    load_catalog("gptimage2api")
    for _ in range(2):
        with pytest.raises(CatalogError, match=r"own.toml: queries: expected a table, got 5"):
            own(tmp_path, (block("[queries.job]", "[tasks]"), ""), ('id = "cl', 'queries = 5\nid = "cl'))


def test_outputs_without_a_maximum_are_refused_at_load(tmp_path):
    with pytest.raises(CatalogError, match=r"fields\.outputs\.maximum"):
        own(tmp_path, ("maximum = 4\n", ""))


def test_an_endpoint_without_models_is_refused_at_load(tmp_path):
    head = '\n[endpoints.none]\nmethod = "POST"\npath = "/x"\ntitle = "t"\nsource = "guide"\n'
    more = f'{head}fields = ["job", "model", "prompt"]\nrequired = ["job", "model"]\n'
    with pytest.raises(CatalogError, match=r"endpoints.none: no model belongs to it"):
        own(tmp_path, more=more)


def test_a_surplus_parameter_is_not_said_to_be_needed(gptimage2api):
    with pytest.raises(Unpriced) as caught:
        price(gptimage2api, "veo3_fast", resolution="4k")
    _, body = refusal(gptimage2api, caught.value)
    assert "null" not in str(body)


def test_a_reason_is_noted_once(clipworks):
    found = quote(clipworks, {"job": {"engine": "reel-1", "text": "aa", "seconds": 4}, "extra": {"a": 1}})
    assert (len(found.notes), len(found.sources)) == (1, len(set(found.sources)))


def test_a_tier_keeps_to_the_largest_integer(tmp_path):
    with pytest.raises(CatalogError, match="is no tier"):
        own(tmp_path, ("duration = { 4 = 1 }", "duration = { 9999999999999999 = 1 }"))


def test_an_invalid_request_without_violations_is_answered(gptimage2api):
    assert refusal(gptimage2api, InvalidRequest(()))[0] == 400
