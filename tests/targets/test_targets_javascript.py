"""The price in the browser: what of a catalog it can say, and its size."""

import pytest
from attrs import evolve

from frontend.browser import SOURCE, minified
from pricing_rules import load_catalog
from pricing_rules.errors import Inexpressible
from pricing_rules.targets.javascript import prices
from support.strategies import INVENTED


def test_a_rule_of_the_outputs_that_the_browser_does_not_know_raises():
    fields = dict(INVENTED.fields)
    fields["outputs"] = evolve(fields["outputs"], max_length=3)
    with pytest.raises(Inexpressible, match="MaxLength"):
        prices(evolve(INVENTED, fields=fields))


def test_the_source_and_the_tables_of_one_service_are_under_6500_bytes():
    sizes = [
        len(SOURCE.read_bytes()) + len(minified(load_catalog(name)).encode()) for name in ("gptimage2api", "aivideoapi")
    ]
    assert len(SOURCE.read_bytes()) < 4_500
    assert max(sizes) < 6_500
