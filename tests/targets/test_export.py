"""The exported files: fresh, the same each time, with examples that hold, and never half of them."""

import errno
import json
import os
import sys
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from attrs import evolve
from jsonschema import Draft202012Validator

from pricing_rules import Catalog, load_catalog, quote, services, validate
from pricing_rules.errors import Inexpressible
from pricing_rules.export import VIEWS, View, files, schema, stale, write
from pricing_rules.targets.examples import examples
from support.command import CLIPWORKS
from support.places import ROOT
from support.variants import variant

BUNDLED = [load_catalog(name) for name in services()]
INVENTED = load_catalog(Path(CLIPWORKS))
CATALOGS = [*BUNDLED, INVENTED]
ENDPOINTS = pytest.mark.parametrize(
    ("catalog", "name"), [(catalog, name) for catalog in CATALOGS for name in catalog.endpoints]
)
VIEW = pytest.mark.parametrize("view", VIEWS)
EXPORTED = [
    "aivideoapi/catalog.json",
    "aivideoapi/image.form.schema.json",
    "aivideoapi/image.request.schema.json",
    "aivideoapi/image.types.schema.json",
    "aivideoapi/image.ui.json",
    "aivideoapi/image.violations.json",
    "aivideoapi/openapi.json",
    "aivideoapi/prices.json",
    "aivideoapi/types.d.ts",
    "answers.d.ts",
    "answers.schema.json",
    "breakdown.d.mts",
    "breakdown.mjs",
    "catalog.schema.json",
    "errors.d.mts",
    "errors.mjs",
    "gptimage2api/catalog.json",
    "gptimage2api/image.form.schema.json",
    "gptimage2api/image.request.schema.json",
    "gptimage2api/image.types.schema.json",
    "gptimage2api/image.ui.json",
    "gptimage2api/image.violations.json",
    "gptimage2api/openapi.json",
    "gptimage2api/prices.json",
    "gptimage2api/types.d.ts",
    "gptimage2api/video.form.schema.json",
    "gptimage2api/video.request.schema.json",
    "gptimage2api/video.types.schema.json",
    "gptimage2api/video.ui.json",
    "gptimage2api/video.violations.json",
    "overlay.schema.json",
    "package.json",
    "prices.d.mts",
    "prices.mjs",
    "usage-record.schema.json",
]


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def loaded(folder: Path, *changes: tuple[str, str], more: str = "") -> Catalog:
    path = folder / "own.toml"
    path.write_text(variant(*changes, more=more))
    return load_catalog(path)


# What is exported


def test_the_committed_schemas_are_fresh():
    assert stale(ROOT / "schemas", BUNDLED) == ()


def test_every_view_of_every_endpoint_is_exported_and_what_all_share():
    assert sorted(files(BUNDLED)) == EXPORTED


def test_exporting_twice_gives_the_same_bytes(tmp_path: Path):
    write(tmp_path / "once", BUNDLED)
    write(tmp_path / "twice", [load_catalog(Path(ROOT / f"pricing_rules/catalogs/{name}.toml")) for name in services()])
    write(tmp_path / "twice", BUNDLED)
    assert tree(tmp_path / "once") == tree(tmp_path / "twice")


def test_json_is_ascii_and_every_file_ends_with_a_newline():
    contents = files(CATALOGS)
    assert [name for name, text in contents.items() if name.endswith(".json") and not text.isascii()] == []
    assert [name for name, text in contents.items() if not text.endswith("\n") or "\r" in text] == []


def test_every_schema_has_an_id_of_its_own():
    documents = [json.loads(text) for name, text in files(CATALOGS).items() if name.endswith(".schema.json")]
    assert len({document["$id"] for document in documents}) == len(documents) == 19


def test_what_a_browser_loads_for_a_price_is_under_6500_bytes():
    contents = files(BUNDLED)
    for name in services():
        assert len(contents["prices.mjs"].encode()) + len(contents[f"{name}/prices.json"].encode()) < 6_500


def test_an_invented_service_is_exported_too(tmp_path: Path):
    names = write(tmp_path, [INVENTED])
    assert sorted(tree(tmp_path)) == sorted(names)
    assert len(names) == 26
    assert stale(tmp_path, [INVENTED]) == ()


# Examples


@ENDPOINTS
def test_there_is_an_example_for_every_model(catalog: Catalog, name: str):
    wire = catalog.fields["model"].segments
    found = []
    for body in examples(catalog, catalog.endpoints[name]):
        value: Any = body
        for key in wire:
            value = value[key]
        found.append(value)
    assert found == [model.id for model in catalog.models.values() if model.endpoint == name]


@ENDPOINTS
def test_every_example_is_valid_and_has_a_price(catalog: Catalog, name: str):
    for body in examples(catalog, catalog.endpoints[name]):
        assert validate(catalog, body, endpoint=name) == ()
        assert quote(catalog, body, endpoint=name).credits > 0


@VIEW
@ENDPOINTS
def test_every_view_is_a_schema_that_accepts_its_examples(catalog: Catalog, name: str, view: View):
    document = schema(catalog, catalog.endpoints[name], view)
    Draft202012Validator.check_schema(document)
    assert len(document["examples"]) > 0
    for body in document["examples"]:
        assert Draft202012Validator(document).is_valid(body)
        assert jsonschema_rs.is_valid(document, body)


def test_an_example_names_every_parameter_that_its_price_depends_on():
    found = examples(BUNDLED[1], BUNDLED[1].endpoints["video"])
    wan = next(body for body in found if body["model"] == "wan/2-6-image-to-video")
    assert wan == {
        "prompt": "A red paper boat on a quiet lake.",
        "model": "wan/2-6-image-to-video",
        "inputMode": "image_to_video",
        "resolution": "720p",
        "duration": 5,
        "inputImageUrls": ["https://example.com/image.png"],
    }


REQUIRED = 'required = ["job", "model", "prompt", "duration"]'
NOTES = "[[endpoints.clips.notes]]"


def rule(when: str, then: str) -> tuple[str, str]:
    """Return the change that adds a rule to the invented service."""
    written = f'id = "own"\nwhen = {{ {when} }}\nthen = {{ {then} }}\nsource = "guide"'
    return NOTES, f"[[endpoints.clips.rules]]\n{written}\n\n{NOTES}"


def example(folder: Path, *changes: tuple[str, str]) -> dict[str, Any]:
    """Return the example of the first model of the invented service, changed."""
    catalog = loaded(folder, *changes)
    return examples(catalog, catalog.endpoints["clips"])[0]


def test_an_example_has_a_value_of_each_type_that_is_required(tmp_path: Path):
    found = example(
        tmp_path,
        (REQUIRED, f'{REQUIRED[:-1]}, "options", "strength", "frames", "references", "outputs", "notify", "extra"]'),
        ("minimum = -10\nmaximum = 10", "maximum = -3"),
        ("min_length = 2", "min_length = 40"),
    )
    assert found == {
        "job": {
            "engine": "reel-1",
            "text": "A red paper boat on a quiet lake........",
            "seconds": 4,
            "lines": 480,
            "sound": False,
            "stills": ["https://example.com/image.png"],
            "options": {"a/b~c": -3, "frames": 24},
        },
        "copies": 1,
        "notify": "https://example.com/image.png",
        "extra": {"key": "value"},
    }


def test_an_example_has_text_that_is_suggested_and_true_where_nothing_else_is_told(tmp_path: Path):
    opaque = 'type = "opaque"\nmakes_inferred = "loud"\n'
    changes = (REQUIRED, f'{REQUIRED[:-1]}, "extra"]'), (opaque, 'type = "boolean"\n')
    found = example(tmp_path, *changes, ('title = "Text"', 'title = "Text"\nexamples = ["A boat."]'))
    assert (found["extra"], found["job"]["text"]) == (True, "A boat.")


def test_an_example_changes_a_value_that_a_rule_forbids(tmp_path: Path):
    tiers = (
        "duration = { 4 = 1, 8 = 2, 12 = 3 }\nresolution = { 480 = 1, 1080",
        "duration = { 12 = 3, 8 = 2 }\nresolution = { 1080",
    )
    found = example(
        tmp_path,
        tiers,
        ('default = { resolution = 480, audio = false }\nsource = "tariff"\nreadings', 'source = "tariff"\nreadings'),
        ("one_of = [4, 8] }", "one_of = [8] }"),
        ("resolution = [480], frames", "resolution = [1080], frames"),
    )
    assert (found["job"]["seconds"], found["job"]["lines"]) == (8, 1080)


def test_an_example_leaves_out_what_a_rule_does_not_take(tmp_path: Path):
    assert "lines" not in example(tmp_path, rule("duration = [4]", 'not_given = "resolution"'))["job"]


def test_an_example_has_the_first_mode_that_the_rules_allow(tmp_path: Path):
    found = example(tmp_path, (REQUIRED, f'{REQUIRED[:-1]}, "mode"]'), rule('mode = ["text"]', 'not_given = "prompt"'))
    assert (found["job"]["from"], found["job"]["stills"]) == ("stills", ["https://example.com/image.png"])


def test_a_model_that_no_request_satisfies_has_no_example(tmp_path: Path):
    catalog = loaded(tmp_path, rule("", 'not_given = "prompt"'))
    assert examples(catalog, catalog.endpoints["clips"]) == []


def test_a_model_that_no_request_has_a_price_of_has_no_example(tmp_path: Path):
    catalog = loaded(tmp_path, (REQUIRED, 'required = ["job", "model"]'), rule("", 'not_given = "duration"'))
    assert examples(catalog, catalog.endpoints["clips"]) == []


# Many models


def many_models(folder: Path, number: int) -> Catalog:
    """Return the invented service with more models of one price."""
    ids = [f"more-{index}" for index in range(number)]
    text = variant(('models = ["reel-1-mini"]', f"models = {json.dumps(['reel-1-mini', *ids])}"))
    model = 'title = "More"\nendpoint = "clips"\nmodes = ["text"]\nlimits = { most_stills = 1 }\nsource = "guide"'
    (folder / "own.toml").write_text(text + "".join(f"\n[models.{name}]\n{model}\n" for name in ids))
    return load_catalog(folder / "own.toml")


def calls_of(catalog: Catalog, view: View) -> int:
    """Count the calls of functions that a view of clips takes."""
    calls = 0

    def count(_: object, event: str, __: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        schema(catalog, catalog.endpoints["clips"], view)
    finally:
        sys.setprofile(before)
    return calls


@VIEW
def test_a_view_of_more_models_takes_work_in_proportion(tmp_path: Path, view: View):
    calls_of(many_models(tmp_path, 1), view)  # what is done once only
    few, many = (calls_of(many_models(tmp_path, number), view) for number in (60, 240))
    assert many < 4.2 * few


# Fresh or stale


def test_a_folder_that_is_not_there_lacks_every_file(tmp_path: Path):
    assert sorted(stale(tmp_path / "none", BUNDLED)) == EXPORTED


def test_a_file_that_is_missing_changed_or_left_from_before_is_stale(tmp_path: Path):
    write(tmp_path, BUNDLED)
    (tmp_path / "aivideoapi" / "openapi.json").unlink()
    with (tmp_path / "prices.mjs").open("ab") as stream:
        stream.write(b"\r")
    (tmp_path / "aivideoapi" / "sound.form.schema.json").write_text("{}")
    (tmp_path / "aivideoapi" / "notes.txt").write_text("mine")
    assert stale(tmp_path, BUNDLED) == ("aivideoapi/openapi.json", "prices.mjs", "aivideoapi/sound.form.schema.json")


def test_only_the_services_that_are_asked_for_are_checked(tmp_path: Path):
    write(tmp_path, BUNDLED[:1])
    assert stale(tmp_path, BUNDLED[:1]) == ()
    assert {name.partition("/")[0] for name in stale(tmp_path, BUNDLED)} == {"gptimage2api"}


# Nothing by halves


def failing(monkeypatch: pytest.MonkeyPatch, name: str, after: int, *, torn: bool = False) -> None:
    """Let a method of paths fail as on a full disk, after some calls; a torn write leaves a part of the file."""
    real, calls = getattr(Path, name), []

    def method(path: Path, *arguments: Any) -> Any:
        calls.append(path)
        if len(calls) > after:
            if torn:
                real(path, *(content[:10] for content in arguments))
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return real(path, *arguments)

    monkeypatch.setattr(Path, name, method)


@pytest.mark.parametrize("after", [0, 1, 7, 17])
def test_a_full_disk_leaves_an_empty_place_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int):
    failing(monkeypatch, "write_bytes", after, torn=True)
    with pytest.raises(OSError, match="No space left"):
        write(tmp_path / "a" / "b", BUNDLED)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("after", [0, 1, 7, 17])
def test_a_full_disk_leaves_what_was_exported_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int):
    write(tmp_path, CATALOGS)
    (tmp_path / "prices.mjs").write_text("old")
    before = tree(tmp_path)
    failing(monkeypatch, "write_bytes", after, torn=True)
    with pytest.raises(OSError, match="No space left"):
        write(tmp_path, BUNDLED)
    assert tree(tmp_path) == before


@pytest.mark.parametrize("after", [0, 1, 7, 17])
def test_a_renaming_that_fails_leaves_whole_files_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int):
    failing(monkeypatch, "replace", after)
    with pytest.raises(OSError, match="No space left"):
        write(tmp_path / "schemas", BUNDLED)
    contents = {name: text.encode() for name, text in files(BUNDLED).items()}
    left = tree(tmp_path / "schemas")
    assert left.items() <= contents.items()
    assert len(left) == after
    assert (tmp_path / "schemas").exists() == (after > 0)


def test_a_folder_that_cannot_be_made_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    failing(monkeypatch, "mkdir", 2)
    with pytest.raises(OSError, match="No space left"):
        write(tmp_path / "a" / "b", BUNDLED)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_where_a_file_belongs_is_refused_before_anything_is_written(tmp_path: Path):
    (tmp_path / "prices.mjs").mkdir()
    with pytest.raises(IsADirectoryError):
        write(tmp_path, BUNDLED)
    assert [path.name for path in tmp_path.iterdir()] == ["prices.mjs"]


def test_a_file_where_a_folder_belongs_is_refused(tmp_path: Path):
    (tmp_path / "aivideoapi").write_text("mine")
    with pytest.raises(NotADirectoryError):
        write(tmp_path, BUNDLED)
    assert tree(tmp_path) == {"aivideoapi": b"mine"}


def test_a_catalog_that_a_target_cannot_express_writes_nothing(tmp_path: Path):
    query = evolve(BUNDLED[1].queries["task"], answer={"id": "text"})
    broken = evolve(BUNDLED[1], queries={"task": query})
    with pytest.raises(Inexpressible, match=r"queries\.task\.answer\.id: there is no kind of value 'text'"):
        write(tmp_path / "schemas", [BUNDLED[0], broken])
    assert list(tmp_path.iterdir()) == []


def test_two_services_of_one_folder_are_refused(tmp_path: Path):
    with pytest.raises(Inexpressible, match="AIVideoAPI: id: two services would be written"):
        write(tmp_path / "schemas", [*BUNDLED, evolve(BUNDLED[0], id="AIVideoAPI")])
    assert list(tmp_path.iterdir()) == []


def test_a_package_of_somebody_else_is_not_written_over(tmp_path: Path):
    (tmp_path / "package.json").write_text('{"name": "my-shop"}')
    with pytest.raises(FileExistsError, match="it is of another package"):
        write(tmp_path, BUNDLED)
    assert tree(tmp_path) == {"package.json": b'{"name": "my-shop"}'}
    write(tmp_path / "schemas", BUNDLED)
    write(tmp_path / "schemas", [INVENTED])
    assert json.loads((tmp_path / "schemas" / "package.json").read_text())["version"] == "2026.6.1"
