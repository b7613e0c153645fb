"""The form view of one model: its own schema under `$defs` accepts exactly what the whole view accepts of it."""

import pytest
from jsonschema import Draft202012Validator

from frontend.corpus import ENDPOINTS, corpus, planted
from pricing_rules import Catalog
from pricing_rules.request.body import value_of
from pricing_rules.targets.forms import form_schema
from support.strategies import CATALOGS


@pytest.mark.parametrize(("service", "endpoint"), ENDPOINTS)
def test_the_schema_of_one_model_accepts_what_the_form_view_accepts_of_it(service: str, endpoint: str):
    catalog = CATALOGS[service]
    views = _by_model(catalog, endpoint)
    judged = [one for one in (*corpus(), *planted()) if (one.service, one.endpoint) == (service, endpoint)]
    own = [(one, value_of(one.request, catalog.fields["model"])) for one in judged]
    cases = [(views[model], one) for one, model in own if isinstance(model, str) and model in views]
    assert sum(one.priced for _, one in cases) > 5
    assert [one for view, one in cases if view.is_valid(one.request) != one.priced][:3] == []


def _by_model(catalog: Catalog, endpoint: str) -> dict[str, Draft202012Validator]:
    """Return a validator of each model's own schema, found by the model that it names."""
    found = {}
    for view in form_schema(catalog, catalog.endpoints[endpoint])["$defs"].values():
        place = view
        for key in catalog.fields["model"].segments:
            place = place["properties"][key]
        found[place["default"]] = Draft202012Validator(view)
    return found
