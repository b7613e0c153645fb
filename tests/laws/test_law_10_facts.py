"""Law 10: each fact of the bundled catalogs, changed one at a time, fails an expectation typed from the documents."""

import pytest

from documents.changed import parsed, unnoticed
from documents.comparison import differences
from documents.models import MODELS, PRINTED
from documents.mutation import one_change
from documents.places import AIV, GPT
from pricing_rules import load_catalog
from pricing_rules.catalog.constraints import MaxItems, MaxLength, OneOf
from pricing_rules.catalog.rulebook import rulebook

# Values in each file that are facts, counted by hand.
FACTS = {GPT: 524, AIV: 242}


@pytest.mark.parametrize("service", [GPT, AIV])
def test_the_bundled_catalog_states_what_the_documents_print(service):
    assert differences(load_catalog(service)) == []


@pytest.mark.parametrize("service", [GPT, AIV])
def test_one_in_ten_facts_of_the_catalog_changed_alone_is_noticed(service):
    assert unnoticed(service, every=10) == []


@pytest.mark.parametrize("service", [GPT, AIV])
def test_no_fact_of_the_catalog_is_left_unchanged(service):
    replaced = {change.partition(" is ")[0] for change, _ in one_change(parsed(service)) if " is " in change}
    assert len(replaced) >= FACTS[service]


@pytest.mark.parametrize(("service", "model"), MODELS)
def test_the_longest_prompt_of_a_model_is_the_printed_one(service, model):
    assert limit_of(service, model, "prompt", MaxLength) == (MODELS[service, model].prompt, "documented")


@pytest.mark.parametrize(("service", "model"), MODELS)
def test_a_model_takes_as_many_references_as_are_printed_or_decided(service, model):
    row = MODELS[service, model]
    basis = "documented" if row.references_basis == PRINTED else "inferred"
    assert limit_of(service, model, "references", MaxItems) == (row.references, basis)


@pytest.mark.parametrize(("service", "model"), MODELS)
def test_a_model_takes_the_aspect_ratios_that_are_printed_for_it(service, model):
    ratios = MODELS[service, model].ratios
    assert limit_of(service, model, "aspect_ratio", OneOf) == (ratios and (ratios, "documented"))


def limit_of(service, model, field, kind):
    catalog = load_catalog(service)
    found = catalog.model(model)
    rules = rulebook(catalog, catalog.endpoint(found.endpoint), found).fields[field].constraints
    return next(((rule.limit, rule.origin.basis) for rule in rules if isinstance(rule, kind)), None)
