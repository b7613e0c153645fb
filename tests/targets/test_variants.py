"""The shapes of a model's requests: how many there are, and what cannot be told as shapes."""

from collections import Counter
from pathlib import Path

import pytest

from pricing_rules import Catalog, load_catalog
from pricing_rules.errors import Inexpressible
from pricing_rules.targets.types import types_schema
from pricing_rules.targets.typescript import declarations
from pricing_rules.targets.variants import variants
from support.places import INVENTED
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


def test_a_rule_on_a_field_required_in_an_object_that_may_be_missing_is_not_expressed_as_types(tmp_path: Path):
    catalog = own(tmp_path, RULE, 'id = "frames.sound"\nwhen = { frames = [24] }'.replace("24", "30"))
    assert types_schema(catalog, catalog.endpoints["clips"])["oneOf"]
    changed = INVENTED.replace(RULE, 'id = "frames.sound"\nwhen = { frames = [30] }')
    changed = changed.replace(
        'required = ["job", "model", "prompt", "duration"]',
        'required = ["job", "model", "prompt", "duration", "frames"]',
    )
    (tmp_path / "own.toml").write_text(changed)
    needed = load_catalog(tmp_path / "own.toml")
    with pytest.raises(Inexpressible, match="frames is required in an object that may be missing"):
        types_schema(needed, needed.endpoints["clips"])


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


@pytest.mark.parametrize("name", ["*/ export const x = 1; /*", 'a"b', "🎬", "1", "\\"])
def test_names_of_a_catalog_stay_names_in_types(tmp_path: Path, name: str):
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    found = declarations(own(tmp_path, 'title = "Reel"', f'title = "{quoted}"'))
    assert "export const" not in found.replace("* / export const", "")
