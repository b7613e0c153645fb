"""Law 10: each fact of the bundled catalogs, changed one at a time, fails an expectation typed from the documents."""

import gc
import tomllib
from importlib.resources import files

import pytest

from documents.comparison import agrees, differences
from documents.models import MODELS, PRINTED
from documents.mutation import one_change
from documents.places import AIV, GPT
from pricing_rules import load_catalog
from pricing_rules.catalog.consistency import inconsistencies
from pricing_rules.catalog.constraints import MaxItems, MaxLength, OneOf
from pricing_rules.catalog.rulebook import rulebook
from pricing_rules.catalog.tables import read

# Values in each file that are facts, counted by hand.
FACTS = {GPT: 524, AIV: 242}


@pytest.mark.parametrize("service", [GPT, AIV])
def test_the_bundled_catalog_states_what_the_documents_print(service):
    assert differences(load_catalog(service)) == []


@pytest.mark.usefixtures("no_garbage_collection")
@pytest.mark.parametrize("service", [GPT, AIV])
def test_each_fact_of_the_catalog_changed_alone_is_noticed(service):
    unnoticed = [change for change, variant in one_change(parsed(service)) if not is_noticed(variant, service)]
    assert unnoticed == []


@pytest.mark.parametrize("service", [GPT, AIV])
def test_no_fact_of_the_catalog_is_left_unchanged(service):
    replaced = {change.partition(" is ")[0] for change, _ in one_change(parsed(service)) if " is " in change}
    assert len(replaced) >= FACTS[service]


def parsed(service):
    return tomllib.loads((files("pricing_rules") / "catalogs" / f"{service}.toml").read_text("utf-8"))


def is_noticed(variant, service):
    catalog, faults = read(variant)
    return bool(faults) or catalog.id != service or not agrees(catalog) or bool(inconsistencies(catalog))


@pytest.fixture
def no_garbage_collection():
    gc.disable()
    yield
    gc.enable()


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
