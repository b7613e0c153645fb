"""The generated check: what a catalog says never becomes code, what is compiled when, and what it is sure of."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from threading import Barrier

import pytest

from pricing_rules import Catalog, load_catalog, quote, validate
from pricing_rules.catalog.loading import BUNDLED
from pricing_rules.catalog.rulebook import dated_rulebook
from pricing_rules.request.check import current_check
from pricing_rules.request.explanation import explain
from pricing_rules.request.validate import shared_violations
from support.cases import GPT, REEL, SORA, nested
from support.variants import changed

HOSTILE = [
    "lambda",
    "__import__('os').environ.update(hacked='1')",
    "x\n    import os; os.environ.update(hacked='1')\n",
    '""" + __import__(\'os\').environ.update(hacked=\'1\') + """',
    "'); return None #",
    "\\",
    "\\x00 \0 \x7f",
    "{0} {body} %s",
    "k0",
    "body",
    "return",
    "🎬",
]


def sure(catalog: Catalog, request: object, endpoint: object = None) -> bool:
    return bool(current_check(catalog)(request, endpoint))


def written(text: str) -> str:
    """Write text as TOML does."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_a_catalog_is_never_run(tmp_path: Path, text: str):
    catalog = changed(
        tmp_path,
        ('"/job/text"', written("/job/" + text.replace("~", "~0").replace("/", "~1"))),
        ("models.reel-1-mini", f"models.{written(text)}"),
        ('models = ["reel-1-mini"]', f"models = [{written(text)}]"),
        ('"text"', written(text)),
        ('id = "frames.sound"', f"id = {written(text)}"),
    )
    job = {"engine": text, text: "a boat", "seconds": 4, "from": text}
    right, wrong = {"job": job}, {"job": {**job, text: "a"}}
    assert [sure(catalog, right), sure(catalog, right, "clips"), validate(catalog, right)] == [True, True, ()]
    assert [sure(catalog, wrong), validate(catalog, wrong)[0].rule] == [False, "prompt.min_length"]
    assert "hacked" not in os.environ


@pytest.mark.parametrize(
    ("job", "is_sure"),
    [
        ({}, True),
        ({"seconds": 4.0}, True),
        ({"seconds": True}, False),
        ({"seconds": "4"}, False),
        ({"lines": 480.0, "sound": False}, True),
        ({"sound": 0}, False),
        ({"options": {}}, True),
        ({"options": {"frames": 30.0}}, True),
        ({"options": {"frames": 29}}, False),
        ({"options": {"unknown": 1}}, False),
        ({"options": {"a/b~c": -10}}, True),
        ({"options": {"a/b~c": 10.5}}, False),
        ({"options": {"a/b~c": float("nan")}}, False),
        ({"options": {"a/b~c": float("inf")}}, False),
        ({"options": []}, False),
        ({"options": None}, False),
        ({"unknown": None}, False),
        ({5: 5}, False),
        ({"stills": ["http://a", "https://a"]}, True),
        ({"stills": ["http://"]}, False),
        ({"stills": ["ftp://a"]}, False),
        ({"stills": [None]}, False),
        ({"stills": ("http://a",)}, False),
        ({"from": "stills"}, False),
        ({"from": "stills", "stills": []}, False),
        ({"from": "stills", "stills": ["http://a"]}, True),
        ({"from": "stills", "stills": ["http://a"], "sound": True}, False),
        ({"from": "stills", "stills": ["http://a"], "sound": True, "options": {"frames": 24}}, False),
        ({"from": "stills", "stills": ["http://a"], "sound": True, "options": {"frames": 30}}, True),
        ({"lines": 1080, "seconds": 12}, False),
        ({"lines": 1080, "seconds": 8}, True),
    ],
)
def test_the_check_is_sure_of_plain_valid_requests_only(clipworks: Catalog, job, is_sure):
    request = {"job": REEL | job}
    assert (sure(clipworks, request), explain(clipworks, request) == ()) == (is_sure, is_sure)


@pytest.mark.parametrize("body", [None, [], "reel-1", {}, {"job": None}, {"job": {}}, {"job": {"engine": ["reel-1"]}}])
def test_the_check_is_not_sure_of_a_body_without_a_model(clipworks: Catalog, body: object):
    assert not sure(clipworks, body)


@pytest.mark.parametrize("endpoint", ["pictures", "nowhere", 5, ["clips"], StrEnum("Place", {"C": "clips"}).C])
def test_the_check_is_not_sure_of_another_endpoint(clipworks: Catalog, endpoint: object):
    assert not sure(clipworks, {"job": REEL}, endpoint)


def test_unknown_models_leave_nothing_behind(clipworks: Catalog):
    sure(clipworks, {"job": REEL})
    before = len(clipworks.compiled)
    assert not any(sure(clipworks, {"job": REEL | {"engine": f"reel-{number}"}}) for number in range(2, 99))
    assert len(clipworks.compiled) == before


@pytest.mark.parametrize("value", [Decimal(4), StrEnum("Four", {"F": "a boat"}).F])
def test_what_no_parser_makes_is_left_to_the_explanation(clipworks: Catalog, value: object):
    request = {"job": REEL | {"seconds" if isinstance(value, Decimal) else "text": value}}
    assert (sure(clipworks, request), validate(clipworks, request)) == (False, ())


def test_a_field_is_required_where_its_object_stands(tmp_path: Path):
    catalog = changed(tmp_path, ('"prompt", "duration"]', '"prompt", "duration", "frames"]'))
    bodies = [{"job": REEL}, {"job": REEL | {"options": {"frames": 24}}}, {"job": REEL | {"options": {}}}]
    found = [(sure(catalog, body), explain(catalog, body) == ()) for body in bodies]
    assert found == [(True, True), (True, True), (False, False)]


def test_a_rule_may_read_the_model(tmp_path: Path):
    rule = 'when = { model = ["reel-1"] }\nthen = { not_given = "mode" }'
    catalog = changed(tmp_path, ('when = { mode = ["stills"] }\nthen = { given = "references" }', rule))
    bodies = [{"job": REEL}, {"job": REEL | {"from": "text"}}]
    assert [(sure(catalog, body), explain(catalog, body) == ()) for body in bodies] == [(True, True), (False, False)]


def test_a_catalog_is_loaded_without_compiling_a_check(tmp_path: Path):
    catalog = changed(tmp_path)
    assert current_check not in catalog.compiled


def test_a_check_is_compiled_when_its_model_is_first_used(tmp_path: Path):
    catalog = changed(tmp_path)
    sure(catalog, {"job": REEL})
    used = [key[2].id for key in catalog.compiled if isinstance(key, tuple) and key[0] is dated_rulebook]
    assert used == ["reel-1"]


def test_sixteen_threads_that_race_for_the_first_use_get_the_same_answers():
    requests = [GPT, SORA, GPT | {"seed": 1}, SORA | {"duration": 5, "resolution": "720p"}, nested(), {"model": "x"}]
    expected = [explain(load_catalog("gptimage2api"), request) for request in requests]
    start = Barrier(16)

    def answers(catalog: Catalog) -> object:
        start.wait()
        said = [validate(catalog, request) for request in requests]
        return said, quote(catalog, requests[3]).credits

    with ThreadPoolExecutor(16) as threads:
        for _ in range(6):
            fresh = load_catalog(Path(BUNDLED) / "gptimage2api.toml")
            assert list(threads.map(answers, [fresh] * 16)) == [(expected, 5)] * 16


def test_what_was_said_is_kept_while_there_is_room_for_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("pricing_rules.request.faults.MAX_SHARED", 3)
    catalog = load_catalog(Path(BUNDLED) / "gptimage2api.toml")
    for number in range(20):
        request = GPT | {"seed": number, f"x{number}": 1}
        assert validate(catalog, request) == explain(catalog, request)
    assert 1 <= len(shared_violations(catalog)) <= 3


@pytest.mark.parametrize("value", [0.0, -0.0, 1, 1.0, True, "1", "x" * 61, [], {}, None])
def test_equal_values_of_other_types_are_told_apart(value: object):
    catalog = load_catalog(Path(BUNDLED) / "gptimage2api.toml")
    for other in (0, False, 1.0, True, 0.0, -0.0, value):
        request = GPT | {"seed": other}
        assert validate(catalog, request) == explain(load_catalog(Path(BUNDLED) / "gptimage2api.toml"), request)
