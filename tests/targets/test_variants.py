"""The shapes of a model's requests: how many there are, and what cannot be told as shapes."""

import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from jsonschema_rs import is_valid

from pricing_rules import Catalog, load_catalog, validate
from pricing_rules.errors import Inexpressible
from pricing_rules.export import schema
from pricing_rules.targets.openapi import openapi
from pricing_rules.targets.types import types_schema
from pricing_rules.targets.typescript import declarations
from pricing_rules.targets.variants import MAX_MEMBERS, variants
from support.openapi_bodies import requested
from support.places import INVENTED
from support.presence import APART, REEL, with_rule
from support.strategies import CATALOGS

RULE = 'id = "frames.sound"\nwhen = { audio = [true], mode = ["stills"] }'


def shapes(service: str, endpoint: str) -> Counter[tuple[str, str | None]]:
    catalog = CATALOGS[service]
    return Counter((variant.model.id, variant.mode) for variant in variants(catalog, catalog.endpoints[endpoint]))


def test_a_model_has_a_shape_for_each_of_its_modes():
    # 16 video models, 4 of them with both modes: Veo three times, Seedance
    assert len(shapes("gptimage2api", "video")) == 20
    assert set(shapes("gptimage2api", "video").values()) == {1}


def test_a_rule_across_fields_divides_a_shape():
    # 4k and its ratios apart from 1k and 2k
    divided = {("gpt-image-2", "text_to_image"): 2, ("gpt-image-2", "image_to_image"): 2}
    assert shapes("aivideoapi", "image") == divided


def own(tmp_path: Path, old: str, new: str) -> Catalog:
    assert old in INVENTED
    (tmp_path / "own.toml").write_text(INVENTED.replace(old, new, 1))
    return load_catalog(tmp_path / "own.toml")


def test_a_rule_on_a_field_whose_values_cannot_be_listed_is_not_expressed_as_types(tmp_path: Path):
    catalog = own(tmp_path, RULE, 'id = "frames.sound"\nwhen = { prompt = ["loud"] }')
    with pytest.raises(Inexpressible, match="the values of prompt cannot be listed"):
        types_schema(catalog, catalog.endpoints["clips"])
    with pytest.raises(Inexpressible):
        declarations(catalog)


def test_a_rule_on_a_field_required_in_an_object_that_may_be_missing_leaves_a_shape_without_the_object(tmp_path: Path):
    changed = INVENTED.replace(RULE, 'id = "frames.sound"\nwhen = { frames = [24] }')
    (tmp_path / "own.toml").write_text(changed.replace('"prompt", "duration"]', '"prompt", "duration", "frames"]'))
    catalog = load_catalog(tmp_path / "own.toml")
    found = [variant.slots for variant in variants(catalog, catalog.endpoints["clips"]) if variant.mode == "text"]
    assert {(slots["options"].presence, slots["frames"].presence) for slots in found} >= {("demanded", "demanded")}


def test_a_model_of_an_endpoint_without_modes_has_the_one_shape_of_its_mode(tmp_path: Path):
    catalog = own(tmp_path, 'modes = { without_references = "text", with_references = "stills" }\n', "")
    found = variants(catalog, catalog.endpoints["pictures"])
    assert [(variant.model.id, variant.mode) for variant in found] == [("still/1", "stills"), ("still/2", "text")]


@pytest.mark.parametrize(
    ("fields", "empty"),
    [('["prompt", "extra"]', '"text"?: "";'), ('["extra", "notify"]', '"extra"?: { [key: string]: never };')],
)
def test_one_of_several_given_leaves_shapes_in_which_the_others_are_empty(tmp_path: Path, fields: str, empty: str):
    text = INVENTED.replace("min_length = 2\n", "").replace(
        '"job", "model", "prompt", "duration"]', '"job", "model", "duration"]'
    )
    rule = f'id = "some"\nthen = {{ any_given = {fields} }}\nsource = "guide"\n\n[[endpoints.clips.rules]]\n{RULE}'
    (tmp_path / "own.toml").write_text(text.replace(RULE, rule))
    assert empty in declarations(load_catalog(tmp_path / "own.toml"))


def test_a_mode_whose_rules_contradict_each_other_has_no_shape(tmp_path: Path):
    rule = 'id = "none"\nwhen = { mode = ["stills"] }\nthen = { not_given = "references" }\nsource = "guide"'
    last = 'id = "references.stills"\nwhen = { mode = ["stills"] }\nthen = { given = "references" }\nsource = "guide"'
    catalog = own(tmp_path, last, f"{last}\n\n[[endpoints.clips.rules]]\n{rule}")
    assert "stills" not in {variant.mode for variant in variants(catalog, catalog.endpoints["clips"])}


@pytest.mark.parametrize(("rule", "required", "broken", "kept"), APART)
def test_every_view_refuses_what_breaks_a_rule_and_takes_what_keeps_it(
    tmp_path: Path, rule: str, required: str, broken: dict[str, Any], kept: dict[str, Any] | None
):
    catalog = with_rule(tmp_path, rule, required)
    endpoint = catalog.endpoints["clips"]
    documents = [schema(catalog, endpoint, "request"), schema(catalog, endpoint, "types")]
    documents.append(requested(catalog, "clips"))
    for document in documents:
        assert not is_valid(document, {"job": broken})
        assert kept is None or is_valid(document, {"job": kept})
    form = schema(catalog, endpoint, "form")
    assert not is_valid(form, {"job": broken | {"seconds": 4}})
    assert kept is None or is_valid(form, {"job": kept | {"seconds": 4}})


def test_rules_that_no_request_can_meet_take_nothing(tmp_path: Path):
    catalog = with_rule(tmp_path, 'then = { not_given = "prompt" }', '"job", "model", "prompt"')
    found = types_schema(catalog, catalog.endpoints["clips"])
    assert "oneOf" not in found
    assert found["not"] == {}
    assert "export type ClipsRequest = never;" in declarations(catalog)


def test_a_price_that_needs_a_field_of_an_object_that_may_be_missing_needs_the_object(tmp_path: Path):
    text = INVENTED.replace('"references", "options", ', '"references", ', 1)
    text = text.replace('    "job", "model", "prompt", "mode"', '    "job", "options", "model", "prompt", "mode"', 1)
    text = text.replace('"model", "prompt", "duration"]', '"model", "prompt"]', 1)
    (tmp_path / "own.toml").write_text(text.replace('wire = "/job/seconds"', 'wire = "/job/options/seconds"'))
    catalog = load_catalog(tmp_path / "own.toml")
    job = REEL | {"text": "aa"}
    assert validate(catalog, {"job": job}) == ()
    form = schema(catalog, catalog.endpoints["clips"], "form")
    assert not is_valid(form, {"job": job})
    assert not is_valid(form, {"job": job | {"options": {}}})
    assert is_valid(form, {"job": job | {"options": {"seconds": 4}}})


def many_rules(folder: Path, number: int) -> Catalog:
    """Return the invented service with rules of two conditions each, on fields of their own."""
    names = [f"{letter}{index}" for index in range(number) for letter in "gh"]
    field = 'type = "string"\none_of = ["a", "b"]\ntitle = "x"\nabout = "x"\nsource = "guide"'
    fields = "".join(f'[fields.{name}]\nwire = "/{name}"\n{field}\n\n' for name in names)
    rules = "".join(
        f'[[endpoints.clips.rules]]\nid = "own{index}"\nwhen = {{ g{index} = ["a"], h{index} = ["a"] }}\n'
        'then = { given = "extra" }\nsource = "guide"\n\n'
        for index in range(number)
    )
    text = INVENTED.replace("[endpoints.clips]", f"{fields}[endpoints.clips]", 1)
    text = text.replace('"notify", "extra",', f'"notify", "extra", {", ".join(map(json.dumps, names))},', 1)
    (folder / "own.toml").write_text(text.replace("[[endpoints.clips.notes]]", f"{rules}[[endpoints.clips.notes]]"))
    return load_catalog(folder / "own.toml")


@pytest.mark.parametrize("number", [8, 10, 40])
def test_rules_that_make_too_many_shapes_are_refused_at_once_with_the_limit(tmp_path: Path, number: int):
    catalog = many_rules(tmp_path, number)
    most = MAX_MEMBERS // (14 + 2 * number)
    start = time.process_time()
    for target in (declarations, openapi, lambda catalog: types_schema(catalog, catalog.endpoints["clips"])):
        with pytest.raises(Inexpressible, match=f"endpoints.clips: models and rules make more than {most:,} shapes"):
            target(catalog)
    assert time.process_time() - start < 5


def test_rules_across_fields_below_the_limit_are_told_as_shapes(tmp_path: Path):
    catalog = many_rules(tmp_path, 2)
    found = Counter(variant.model.id for variant in variants(catalog, catalog.endpoints["clips"]))
    # each rule: its first condition fails, or its second, or both hold; where both hold twice, extra is given anyway
    assert found["reel-1-mini"] == 2 * 3 * 3  # with and without its mode


def retitled(title: str) -> Catalog:
    """Return the invented service with another title of a model."""
    catalog = CATALOGS["clipworks"]
    return evolve(catalog, models={**catalog.models, "reel-1": evolve(catalog.models["reel-1"], title=title)})


@pytest.mark.parametrize(
    "name", ["*/ export const x = 1; /*", 'a"b', "a\nb", "🎬", "1", "\\", "*\x85/ export const", "*\u200b/"]
)
def test_names_of_a_catalog_stay_names_in_types(name: str):
    found = declarations(retitled(name))
    assert "export const" not in found.replace("* / export const", "")


UNSEEN = "\x1b\x7f\x85\x9b\u061c\u200e\u2028\u2029\u202e\u2066\ufeff"  # controls, ends of lines, other directions


def saying(text: str) -> Catalog:
    """Return the invented service with a text in all that types.d.ts takes from a catalog, as no file can state it."""
    catalog = CATALOGS["clipworks"]
    fields = {name: evolve(field, about=f"a {text} b") for name, field in catalog.fields.items()}
    style = evolve(fields["frames"], type="string", one_of=(f"x{text}", f"*/{text}"), default=None)
    endpoint = evolve(catalog.endpoints["clips"], title=f"*{text}/", path=f"/{text}", rules=())
    reel = evolve(catalog.models["reel-1"], id=text, title=text, modes=(text, "stills"))
    prices = (evolve(catalog.prices[0], models=(text,)),)
    parts = {"fields": fields | {"frames": style}, "endpoints": {"clips": endpoint}, "models": {text: reel}}
    return evolve(catalog, title=text, prices=prices, **parts)


def test_what_a_catalog_says_stays_inside_its_comment_or_its_literal():
    plain, found = declarations(saying("-")), declarations(saying(UNSEEN))
    assert [char for char in found if not char.isprintable() and char != "\n"] == []
    assert len(found.split("\n")) == len(plain.split("\n"))
    assert found.count("*/") == plain.count("*/")
