"""The typed dictionaries of `as_dict`, and their schema: every key of every answer, and no other."""

import json
from typing import get_args

import pytest
from jsonschema import Draft202012Validator
from typing_extensions import get_type_hints

from pricing_rules import PricingRulesError
from pricing_rules.errors import UnknownName
from pricing_rules.serialization import AnswerDict, ErrorDict, PrivateQuoteDict, QuoteDict
from pricing_rules.targets.answers import answers_schema
from support.random_answers import answers

ANSWERS = list(answers(13, 60))
SCHEMA = answers_schema()
VALIDATOR = Draft202012Validator(SCHEMA)


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)


def test_every_answer_is_what_the_schema_says():
    assert len(ANSWERS) > 500
    assert [answer for answer in json.loads(json.dumps(ANSWERS)) if not VALIDATOR.is_valid(answer)] == []


def test_every_kind_of_answer_is_given_with_every_key_of_its_type():
    keys = {frozenset(get_type_hints(kind)) for kind in get_args(AnswerDict)}
    assert {frozenset(answer) for answer in ANSWERS} == keys


@pytest.mark.parametrize("answer", [found for found in ANSWERS[:40] if "error" not in found])
def test_an_answer_without_a_key_or_with_another_one_is_refused(answer):
    for key in answer.keys() - {"cost"}:  # without it a private quote is one that may be told
        assert not VALIDATOR.is_valid({name: value for name, value in answer.items() if name != key}), key
    assert not VALIDATOR.is_valid({**answer, "price": 1})


def test_a_price_is_no_object_and_an_exact_amount_no_number():
    quote = next(answer for answer in ANSWERS if "lines" in answer)
    assert not VALIDATOR.is_valid({**quote, "credits": {}})
    assert not VALIDATOR.is_valid({**quote, "exact": 132.3})
    assert not VALIDATOR.is_valid({**quote, "parameters": {}})


def test_every_error_has_a_type_of_its_own_or_one_that_names_it():
    def below(error: type) -> set[type]:
        return {error}.union(*map(below, error.__subclasses__()))

    named = [name for kind in get_args(ErrorDict) for name in get_args(get_type_hints(kind)["error"])]
    ours = {error.__name__ for error in below(PricingRulesError) if error.__module__ == "pricing_rules.errors"}
    assert sorted(named) == sorted(ours - {UnknownName.__name__})


def test_what_the_seller_alone_may_see_is_one_key_more():
    assert get_type_hints(PrivateQuoteDict).keys() - get_type_hints(QuoteDict).keys() == {"cost"}
