"""Catalogs that do not fit together in ways that take more than one change."""
# ruff: noqa: E501 -- a line of the table is a case

from pathlib import Path

import pytest

from pricing_rules import CatalogError, load_catalog
from support.variants import block, variant

SOUND = "\n[[endpoints.clips.rules]]\nid = 'more'\nsource = 'guide'\n"
ENDPOINTS = block("[endpoints.clips]", "[models.reel-1]")
MODELS = block("[models.reel-1]", "[formula]")
PRICES = block("[[prices]]", "[bodies]")
NOTE = "[[endpoints.clips.notes]]"
LOOKS = '[fields.look]\nwire = "/job/look"\ntype = "string"\none_of = "looks"\ntitle = "Look"\nabout = "x"\nsource = "guide"\n\n'
IN_FIELDS = ('"frames",\n    "outputs"', '"frames", "look",\n    "outputs"')
STATES = ("limits = { longest_text = 500 }", 'limits = { longest_text = 500, looks = ["warm", "cold"] }')
MANY = "".join(
    f'[fields.f{n}]\nwire = "/f{n}"\ntype = "string"\ntitle = "x"\nabout = "x"\nsource = "guide"\n' for n in range(487)
)


def rule(when: str, then: str) -> tuple[str, str]:
    return NOTE, f"{SOUND}when = {{ {when} }}\nthen = {{ {then} }}\n\n{NOTE}"


FAULTS = [
    # changes, the key that is named, words of the reason
    ([(ENDPOINTS, "[endpoints]\n\n")], "endpoints", "there is none"),
    ([(MODELS, "[models]\n\n"), (PRICES, ""), ('id = "cl', 'prices = []\nid = "cl'), ('"most_stills"', "3")], "models", "there is none"),
    ([("[fields.job]", f"{MANY}[fields.job]")], "fields", "there are more than 500"),
    ([('wire = "/job/from"', 'wire = "/job/text/from"')], "fields.mode.wire", "no field of type object at '/job/text'"),
    ([("[fields.audio]", "[fields.sound]")], "prices[0].audio", "there is no field 'audio' to ask for a tier"),
    ([(block("[queries.job]", "[tasks]"), ""), ('id = "cl', 'queries = 5\nid = "cl')], "queries", "expected a table, got 5"),
    ([(block("[queries.job]", "[tasks]"), "[queries]\njob = 5\n\n")], "queries.job", "expected a table, got 5"),
    ([('about = "Length in seconds."', 'about = "x"\nmaximum = 8')], "prices[0].duration", "12 is not a value of the field"),
    ([('about = "Height of the picture in lines."', 'about = "x"\ndefault = 720')], "prices[0].resolution", "default 720 has no price"),
    ([rule("model = ['reel-2']", "given = 'frames'")], "endpoints.clips.rules[3].when.model", "model cannot be 'reel-2'"),
    ([rule("model = ['still/1']", "given = 'frames'")], "endpoints.clips.rules[3].when.model", "model cannot be 'still/1'"),
    ([rule("", "field = 'mode', one_of = ['text', 'stills']")], "rules[3].then.one_of", "allows every value of mode"),
    ([rule("", "field = 'audio', one_of = [true, false]")], "rules[3].then.one_of", "allows every value of audio"),
    ([rule("frames = [24, 24]", "given = 'prompt'")], "rules[3].when.frames", "24 stands there twice"),
    ([rule("", "field = 'frames', one_of = [24, 24]")], "rules[3].then.one_of", "24 stands there twice"),
    ([rule("strength = [11]", "given = 'frames'")], "rules[3].when.strength", "strength cannot be 11"),
    ([rule("notify = [5]", "given = 'frames'")], "rules[3].when.notify", "notify cannot be 5"),
    ([rule("references = ['a']", "given = 'frames'")], "rules[3].when.references", "references cannot be 'a'"),
    ([rule("", "any_given = ['frames']")], "rules[3].then", "expected given"),
    ([rule("", "any_given = ['frames', 5]")], "rules[3].then.any_given[1]", "expected text, got 5"),
    ([rule("", "any_given = ['frames', 'model']")], "rules[3].then", "'frames' and 'model': one is required in any case"),
    ([rule("", "not_given = 'frame'")], "rules[3]", "Did you mean 'frames'?"),
    ([rule("", "not_given = 'frames', given = 'look'")], "rules[3].then", "expected given"),
    ([rule("", "given = 'frames', one_of = [24.0]")], "rules[3].then.one_of", "expected a list of text"),
    ([(NOTE, f"{SOUND}wen = {{}}\nthen = {{ given = 'frames' }}\n\n{NOTE}")], "rules[3].wen", "unknown key. Did you mean 'when'?"),
    ([rule("frames = 24", "given = 'notify'")], "rules[3].when.frames", "expected a list, got 24"),
    ([(NOTE, f"{SOUND}then = {{ given = 'frames' }}\nreadings = {{ emty = 'loud' }}\n\n{NOTE}")], "rules[3].readings", "Did you mean 'empty'?"),
    ([(NOTE, f"{SOUND}then = {{ given = 'frames' }}\nwhen = 5\n\n{NOTE}")], "rules[3].when", "expected a table, got 5"),
    ([("[fields.job]", f"{LOOKS}[fields.job]")], "fields.look.one_of", "no model or endpoint has a limit 'looks'"),
    ([("[fields.job]", f"{LOOKS}[fields.job]"), IN_FIELDS, ("longest_text = 500", "longest_text = 500, looks = 5")],
     "fields.look.one_of", "the limit looks is 5, which does not fit here"),
    ([("[fields.job]", f"{LOOKS}[fields.job]"), IN_FIELDS, STATES, ('"warm", "cold"', '"warm", 5')],
     "fields.look.one_of", "5 is not a value of this field"),
    ([("[fields.job]", f"{LOOKS}[fields.job]"), IN_FIELDS, STATES, ('"warm", "cold"', '"warm", "warm"')],
     "endpoints.clips.limits.looks", "'warm' stands there twice"),
    ([("[fields.job]", f"{LOOKS}[fields.job]"), IN_FIELDS, STATES, ('"warm", "cold"', "")],
     "endpoints.clips.limits.looks", "allows nothing"),
    ([("[fields.job]", f"{LOOKS}[fields.job]"), IN_FIELDS, STATES, rule("look = ['hot']", "given = 'frames'")],
     "rules[3].when.look", "look cannot be 'hot'"),
    ([("[fields.job]", f"{LOOKS}[fields.job]"), IN_FIELDS, STATES, rule("", "field = 'look', one_of = ['cold', 'warm']")],
     "rules[3].then.one_of", "allows every value of look"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "key", "reason"), FAULTS)
def test_a_catalog_that_does_not_fit_together_is_refused_with_its_key(tmp_path: Path, changes, key, reason):
    path = tmp_path / "own.toml"
    path.write_text(variant(*changes))
    with pytest.raises(CatalogError) as caught:
        load_catalog(path)
    assert [one for one in caught.value.faults if one.key.endswith(key) and reason in one.reason], str(caught.value)
