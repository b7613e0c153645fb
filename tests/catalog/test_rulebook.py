"""What a rulebook makes of defaults and of limits that some models state, typed from the catalog of the tests."""

from pathlib import Path

import pytest

from pricing_rules import Catalog, InvalidRequest, is_valid, quote, validate
from pricing_rules.catalog.constraints import MaxItems
from pricing_rules.catalog.rulebook import book_of, rulebook
from support.variants import changed

SMOOTH = {"engine": "reel-1", "text": "a boat", "options": {"frames": 30}}
MINI = SMOOTH | {"engine": "reel-1-mini"}


@pytest.mark.parametrize(
    ("job", "broken"),
    [
        (SMOOTH | {"seconds": 12}, ["duration.smooth"]),  # no lines: 480, the default of its price
        (SMOOTH | {"seconds": 12, "lines": 480}, ["duration.smooth"]),
        (SMOOTH | {"seconds": 8}, []),
        (SMOOTH | {"seconds": 12, "options": {"frames": 24}}, []),
        (SMOOTH | {"seconds": 12, "options": {}}, []),  # no frames: 24, the default of the field
        (SMOOTH | {"seconds": 8, "lines": 1080}, []),
        (SMOOTH | {"seconds": 12, "lines": 1080}, ["duration.1080"]),
        (MINI | {"seconds": 4}, []),  # it has no lines, and no default of them
    ],
)
def test_an_absent_field_counts_as_the_default_of_its_price_in_a_rule_across_fields(
    clipworks: Catalog, job: dict[str, object], broken: list[str]
):
    found = validate(clipworks, {"job": job})
    assert [(violation.path, violation.rule) for violation in found] == [("/job/seconds", rule) for rule in broken]
    assert is_valid(clipworks, {"job": job}) == (broken == [])
    if broken:
        with pytest.raises(InvalidRequest):
            quote(clipworks, {"job": job})


def test_a_default_is_that_of_the_price_else_that_of_the_field(clipworks: Catalog):
    book = book_of(clipworks, clipworks.models["reel-1"])
    found = {name: book.fields[name].default for name in ("resolution", "audio", "duration", "outputs", "frames")}
    assert found == {"resolution": 480, "audio": False, "duration": None, "outputs": 1, "frames": 24}


@pytest.mark.parametrize(
    ("stated", "most"),
    [
        ("limits = { most_stills = 1, longest_text = 50 }", 3),  # both state one: the most generous holds
        ("limits = { longest_text = 50 }", None),  # one states none, and takes any number
    ],
)
def test_a_limit_that_only_some_models_state_does_not_hold_where_no_model_is_known(
    tmp_path: Path, stated: str, most: int | None
):
    catalog = changed(tmp_path, ("limits = { most_stills = 1, longest_text = 50 }", stated))
    assert rulebook(catalog, catalog.endpoints["clips"], None).fields["references"].limit(MaxItems) == most
    job = {"engine": "x", "text": "aa", "seconds": 4, "stills": ["http://a"] * 4}
    found = [violation.rule for violation in validate(catalog, {"job": job}, endpoint="clips")]
    assert found == (["model.unknown", "references.max_items"] if most else ["model.unknown"])


def test_a_list_that_only_some_models_state_does_not_hold_where_no_model_is_known(tmp_path: Path):
    catalog = changed(
        tmp_path,
        ("one_of = [24, 30]\ndefault = 24", 'one_of = "rates"\ndefault = 24'),
        ("limits = { most_stills = 3 }", "limits = { most_stills = 3, rates = [24, 30] }"),
    )
    job = {"text": "aa", "seconds": 4, "options": {"frames": 25}}
    rules = {
        model: [violation.rule for violation in validate(catalog, {"job": job | {"engine": model}}, endpoint="clips")]
        for model in ("x", "reel-1", "reel-1-mini")
    }
    assert rules == {"x": ["model.unknown"], "reel-1": ["frames.one_of"], "reel-1-mini": []}


def test_an_item_that_is_no_text_is_told_the_type_and_one_that_is_no_address_how_it_must_start(clipworks: Catalog):
    job = {"engine": "reel-1", "text": "aa", "seconds": 4, "stills": [5, "ftp://a", None]}
    found = validate(clipworks, {"job": job})
    assert [(violation.path, violation.rule, violation.limit) for violation in found] == [
        ("/job/stills/0", "references.type", "string"),
        ("/job/stills/1", "references.url", ("http://", "https://")),
        ("/job/stills/2", "references.type", "string"),
    ]
