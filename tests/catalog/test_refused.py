"""What a catalog may not hold, whatever else it says: names of files, hidden characters, endless numbers and keys."""
# ruff: noqa: E501 -- a line of the tables is a case

from collections.abc import Mapping
from copy import copy, deepcopy
from pathlib import Path
from pickle import dumps, loads

import attrs
import pytest

from pricing_rules import Catalog, CatalogError, load_catalog, price
from pricing_rules.catalog.provenance import Provenance
from pricing_rules.spelling import shown
from support.variants import block, variant

PICTURES = block("[endpoints.pictures]", "[models.reel-1]")


def refusal(tmp_path: Path, *changes: tuple[str, str], more: str = "") -> CatalogError:
    (tmp_path / "own.toml").write_text(variant(*changes, more=more))
    with pytest.raises(CatalogError) as caught:
        load_catalog(tmp_path / "own.toml")
    return caught.value


def loaded(tmp_path: Path, *changes: tuple[str, str], more: str = "") -> Catalog:
    (tmp_path / "own.toml").write_text(variant(*changes, more=more))
    return load_catalog(tmp_path / "own.toml")


# Names of files

UNFILEABLE = ["../up", "/etc", "", ".hidden", "a b", "é", "a/b", "nul\0", "x" * 101, "a.", "con", "Aux.x", "COM1"]


@pytest.mark.parametrize("name", [*UNFILEABLE, "prices.mjs", "prices.d.mts", "catalog.schema.JSON"])
def test_an_id_that_cannot_name_a_file_is_refused(tmp_path: Path, name: str):
    quoted = f'"{name}"'.replace("\0", "\\u0000")
    found = refusal(tmp_path, ('id = "clipworks"', f"id = {quoted}"))
    assert [fault.key for fault in found.faults] == ["id"]
    assert found.reason.startswith(f"{shown(name)} cannot name files; letters, digits")
    moved = PICTURES.replace("endpoints.pictures", f"endpoints.{quoted}")
    homes = [
        (f'"{title}"\nendpoint = "pictures"', f'"{title}"\nendpoint = {quoted}')
        for title in ("Still", "Still without stills")
    ]
    found = refusal(tmp_path, (PICTURES, moved), *homes)
    assert [fault.key for fault in found.faults] == ["endpoints"]


@pytest.mark.parametrize("name", ["a", "1", "v1.generate", "console", "com", "x" * 100, "a-b_c"])
def test_an_id_of_letters_digits_and_marks_names_a_file(tmp_path: Path, name: str):
    assert loaded(tmp_path, ('id = "clipworks"', f'id = "{name}"')).id == name


def test_endpoints_that_differ_in_case_alone_are_refused(tmp_path: Path):
    model = '[models.more]\ntitle = "x"\nendpoint = "Pictures"\nmodes = ["text"]\nlimits = { most_stills = 0 }\nsource = "guide"\n'
    more = (
        f'[[prices]]\nmodels = ["more"]\nbase = 1\nsource = "tariff"\n{PICTURES.replace("pictures", "Pictures")}{model}'
    )
    found = refusal(tmp_path, more=more)
    assert (found.key, found.reason) == ("endpoints", "'Pictures' and 'pictures' differ in upper and lower case alone")


# Hidden characters


@pytest.mark.parametrize("escape", ["\\u0085", "\\u2028", "\\u202e", "\\u001b", "\\n", "\\t", "\\u007f"])
@pytest.mark.parametrize(
    ("old", "key"),
    [
        ("Clip Works", "title"),
        ("tariff.txt: Prices", "sources.tariff"),
        ("The multiplier is the caller's.", "readings.caller.why"),
        ("Model that does the work.", "fields.model.about"),
        ("Make clips", "endpoints.clips.title"),
        ("Copies are made one", "endpoints.clips.notes[0].about"),
        ("Still without stills", "models.still/2.title"),
        ("Something broke.", "responses.broken.message"),
    ],
)
def test_words_for_people_have_no_control_characters(tmp_path: Path, escape: str, old: str, key: str):
    found = refusal(tmp_path, (old, f"{old}{escape}x"))
    assert (found.key, "without control characters" in found.reason) == (key, True)
    assert str(found).isprintable()


def test_words_for_people_may_be_of_any_script(tmp_path: Path):
    assert loaded(tmp_path, ("Clip Works", "Crédits\u00a0👩‍🎨 بكسل")).title == "Crédits\u00a0👩‍🎨 بكسل"


# Numbers and texts without end


@pytest.mark.parametrize("number", ["9007199254740992", "-9007199254740992", f"0x{'f' * 15_000}"])
def test_every_number_of_a_body_is_bounded(tmp_path: Path, number: str):
    found = refusal(
        tmp_path, ("ok = true", f"ok = {number}"), ('need = "$required"', f"need = [1, {{ a = {number} }}]")
    )
    assert [fault.key for fault in found.faults] == ["bodies.taken.ok", "bodies.refused.need[1].a"]
    assert "at most 9,007,199,254,740,991" in found.reason


@pytest.mark.parametrize("where", ["one_of = [24, 30]", "above = 2", "values = [1]", "answer = 1"])
def test_every_other_number_is_bounded(tmp_path: Path, where: str):
    huge = {
        "one_of = [24, 30]": (where, f"one_of = [24, {2**53}]"),
        "above = 2": (where, f"above = {2**53}"),
        "values = [1]": ("when = { resolution = [1080] }", f"when = {{ resolution = [{2**53}] }}"),
        "answer = 1": ('state = "status"', f"state = {2**53}"),
    }
    assert str(2**53) in refusal(tmp_path, huge[where]).reason


def test_a_text_is_bounded(tmp_path: Path):
    assert (
        refusal(tmp_path, ("/job/text", f"/job/{'x' * 10_000}")).reason == "expected text of at most 10,000 characters"
    )


def test_a_body_is_bounded_in_its_depth(tmp_path: Path):
    deep = "{ a = " * 40 + "1" + " }" * 40
    assert refusal(tmp_path, ("ok = true", f"ok = {deep}")).reason == "nested more than 32 deep"
    assert refusal(tmp_path, ('state = "status"', f"state = {deep}")).reason == "nested more than 32 deep"


def test_a_limit_has_at_most_10_000_values_over_all_models(tmp_path: Path):
    field = '[fields.look]\nwire = "/look"\ntype = "integer"\none_of = "looks"\ntitle = "x"\nabout = "x"\nsource = "guide"\n\n'
    changes = (
        ("[fields.job]", f"{field}[fields.job]"),
        ('"frames",\n    "outputs"', '"frames", "look",\n    "outputs"'),
        ("{ most_stills = 3 }", f"{{ most_stills = 3, looks = {list(range(6_000))} }}"),
        ("{ most_stills = 1, longest", f"{{ most_stills = 1, looks = {list(range(5_000, 10_001))}, longest"),
    )
    found = refusal(tmp_path, *changes)
    assert [(fault.key, fault.reason) for fault in found.faults] == [
        ("fields.look.one_of", "the limit looks has more than 10,000 values")
    ]
    assert loaded(tmp_path, *changes[:3], (changes[3][0], changes[3][1].replace(", 10000]", "]"))).id == "clipworks"


def test_a_file_has_at_most_100_000_keys_and_values(tmp_path: Path):
    assert refusal(tmp_path, more=f"\na = [{'1,' * 100_000}]").reason == "more than 100,000 keys and values"
    assert refusal(tmp_path, more=f"\n# {',' * 100_000}\n{'.' * 20}").reason.startswith("not TOML")


# Keys without end


@pytest.mark.parametrize(
    "text",
    [
        f"# {'.' * 100}",
        f"a = [{', '.join(['1.5'] * 100)}]",
        f'a = "{"a." * 100}"',
        f"a = '''\n{'a.' * 100}\n{'b.' * 100}'''",
        f'a = """{"a." * 100}""""',
        f'a = """\\"""" # {"a." * 100}',
        f"a = '\\' # {'a.' * 100}",
        f'a = "\\"{"a." * 100}"',
        f"{'.'.join(['a'] * 16)} = 1",
    ],
)
def test_dots_of_comments_texts_and_numbers_are_no_parts_of_a_key(tmp_path: Path, text: str):
    found = refusal(tmp_path, ("[sources]", f"{text}\nz = 1\n[sources]"))
    assert [(fault.key, fault.reason) for fault in found.faults if fault.key != "a"] == [("z", "unknown key.")]


@pytest.mark.parametrize("part", ["a", '"\u0085"', "''", '"\\"."', "a ", '"#"'])
@pytest.mark.parametrize("place", ["{} = 1", "[{}]", "[[{}]]", "x = {{ {} = 1 }}", "x = '''\n''' # \n{} = 1"])
def test_a_key_of_many_parts_is_refused_wherever_it_stands(tmp_path: Path, part: str, place: str):
    found = refusal(tmp_path, ("[sources]", f"{place.format('.'.join([part] * 17))}\n[sources]"))
    assert (found.key, found.reason.endswith("has a key of more than 16 parts")) == ("", True)


def test_the_line_of_a_long_key_is_told(tmp_path: Path):
    text = f"x = '''\n\n''' # a\n{'.'.join(['a'] * 17)} = 1\n"
    (tmp_path / "own.toml").write_text(text)
    with pytest.raises(CatalogError, match=r"own.toml: line 4 has a key of more than 16 parts"):
        load_catalog(tmp_path / "own.toml")


def test_a_long_message_of_the_parser_is_cut(tmp_path: Path):
    name = "x" * 5_000
    found = refusal(tmp_path, more=f"\n[{name}]\n[{name}]\n")
    assert (len(found.reason) < 300, "(at line " in found.reason) == (True, True)


# Requests that the schemas could not take


def test_what_is_required_is_priced_for_every_model(tmp_path: Path):
    found = refusal(tmp_path, ('"prompt", "duration"]', '"prompt", "duration", "resolution"]'))
    expected = "resolution is required, but it is no part of the price of 'reel-1-mini'"
    assert [(fault.key, fault.reason) for fault in found.faults] == [("endpoints.clips.required", expected)]


def test_what_is_required_is_priced_at_every_instant(tmp_path: Path):
    early = '[[prices]]\nmodels = ["reel-1-mini"]\nsince = 2020-01-01T00:00:00Z\nbase = 1\nsource = "tariff"\n'
    assert (
        refusal(tmp_path, more=early).reason == "duration is required, but it is no part of the price of 'reel-1-mini'"
    )


def test_the_object_around_the_model_is_required(tmp_path: Path):
    found = refusal(tmp_path, ('required = ["job", "model", "prompt"', 'required = ["model", "prompt"'))
    expected = "job is missing, the object around the model"
    assert [(fault.key, fault.reason) for fault in found.faults] == [("endpoints.clips.required", expected)]


# Frozen all the way down


def inside(value: object, seen: set[int]):
    """Yield everything that a record holds."""
    if id(value) not in seen:
        seen.add(id(value))
        yield value
        parts = (
            [value[key] for key in value]
            if isinstance(value, Mapping)
            else value
            if isinstance(value, tuple | list)
            else ()
        )
        if attrs.has(type(value)):
            parts = [getattr(value, part.name) for part in attrs.fields(type(value)) if part.name != "compiled"]
        for part in parts:
            yield from inside(part, seen)


@pytest.mark.parametrize("service", ["gptimage2api", "aivideoapi"])
def test_nothing_in_a_catalog_can_be_changed(service: str):
    every = [*inside(load_catalog(service), set())]
    assert not [value for value in every if isinstance(value, list | set | bytearray)]
    tables = [value for value in every if isinstance(value, Mapping)]
    for table in tables:
        for change in (
            lambda table: table.__setitem__("1K", 0), lambda table: table.update(a=1), lambda table: table.clear(),
            lambda table: table.pop("1K", None), lambda table: table.popitem(), lambda table: table.setdefault("a", 1),
            lambda table: table.__delitem__("1K"), lambda table: table.__ior__({"a": 1}),
        ):  # fmt: skip
            with pytest.raises(TypeError, match="a table of a catalog cannot be changed"):
                change(table)
    assert len(tables) > 40
    assert Provenance in map(type, every)


def test_a_tier_that_is_written_over_changes_no_quote():
    catalog = load_catalog("gptimage2api")
    with pytest.raises(TypeError):
        catalog.prices[1].resolution["1K"] = 1000
    assert price(catalog, "nano-banana-2", resolution="1K").credits == 4


@pytest.mark.parametrize("copied", [lambda one: loads(dumps(one)), deepcopy, copy], ids=["pickle", "deepcopy", "copy"])  # noqa: S301
def test_a_copy_of_a_catalog_is_as_frozen(copied):
    found = copied(load_catalog("gptimage2api"))
    assert found.bodies == load_catalog("gptimage2api").bodies
    for table in (found.models, found.prices[1].resolution, found.bodies, next(iter(found.bodies.values()))):
        with pytest.raises(TypeError):
            table["x"] = 1


# Arguments


@pytest.mark.parametrize("source", [None, 5, b"gptimage2api", ["gptimage2api"]])
def test_what_is_neither_an_id_nor_a_path_is_a_type_error(source: object):
    with pytest.raises(
        TypeError, match="load_catalog takes the id of a service, the path of a catalog file or its tables, not"
    ):
        load_catalog(source)
