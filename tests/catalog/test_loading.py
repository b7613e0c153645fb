"""Catalog files: what is refused, with the file and the key, and what a user's own file may do."""

import pickle
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing_rules import Catalog, CatalogError, UnknownService, load_catalog, options, price, services
from support.broken import BROKEN
from support.places import INVENTED


def written(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "own.toml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refusal(path: Path) -> CatalogError:
    with pytest.raises(CatalogError) as caught:
        load_catalog(path)
    return caught.value


@pytest.mark.parametrize(("old", "new", "key", "reason"), BROKEN)
def test_a_broken_catalog_is_refused_with_its_file_and_key(tmp_path: Path, old: str, new: str, key: str, reason: str):
    assert old in INVENTED
    error = refusal(written(tmp_path, INVENTED.replace(old, new, 1)))
    assert error.file == "own.toml"
    assert [fault for fault in error.faults if fault.key.endswith(key) and reason in fault.reason], str(error)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"id = '\xff'", "not UTF-8 text at byte 6"),
        ("a" + ".a" * 70 + " = 1", "line 1 has a key of more than 16 parts"),
        ("a = " + "[" * 5_000 + "]" * 5_000, "nested too deep"),
        ("a = " + "{a=" * 5_000 + "1" + "}" * 5_000, "nested too deep"),
        ("a = " + "9" * 5_000, "not TOML"),
        (b"x" * 10_000_000, "larger than 1,048,576 bytes"),
        ("", "missing key"),
        ("[sources]\na = 1", "expected text, got 1"),
        ("sources = 1", "expected a table, got 1"),
    ],
)
def test_a_file_that_is_no_catalog_is_refused(tmp_path: Path, content: str | bytes, reason: str):
    assert reason in str(refusal(written(tmp_path, content)))


def test_a_file_that_cannot_be_read_is_refused_by_its_name(tmp_path: Path):
    assert str(refusal(tmp_path / "none.toml")) == "none.toml: cannot be read: No such file or directory"
    assert str(refusal(tmp_path)).endswith(": cannot be read: Is a directory")
    assert str(refusal(Path("a\0.toml"))) == "a\\x00.toml: cannot be read: embedded null byte"


@given(st.text(max_size=200) | st.binary(max_size=200))
def test_no_content_of_a_file_raises_anything_but_a_catalog_error(tmp_path_factory, content: str | bytes):
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    assert refusal(path).file == "any.toml"


def test_names_that_look_like_code_are_only_names(tmp_path: Path):
    names = ["lambda", "__import__('os').system('x')", "a\nb", "q\"uo'te", "__class__", "{0}", "%s", "\x00"]
    text = INVENTED
    for name in names:
        quoted = name.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\x00", "\\u0000")
        text += f'[models."{quoted}"]\ntitle = "x"\nendpoint = "pictures"\nmodes = ["text"]\n'
        text += 'limits = { most_stills = 0 }\nsource = "guide"\n'
        text += f'[[prices]]\nmodels = ["{quoted}"]\nbase = 3\nsource = "tariff"\n'
    catalog = load_catalog(written(tmp_path, text))
    assert [price(catalog, name).credits for name in names] == [3] * len(names)


def test_the_bundled_services_are_listed_in_order():
    assert services() == ("aivideoapi", "gptimage2api")


def test_a_bundled_catalog_is_loaded_once():
    assert load_catalog("aivideoapi") is load_catalog("aivideoapi")


def test_a_catalog_is_loaded_by_path_text_with_a_separator_or_with_the_ending(tmp_path: Path, monkeypatch):
    path = written(tmp_path, INVENTED)
    monkeypatch.chdir(tmp_path)
    assert {load_catalog(source).id for source in (path, str(path), "./own.toml", "own.toml")} == {"clipworks"}


def test_an_unknown_service_is_told_with_the_nearest():
    with pytest.raises(UnknownService, match=r"There is no service 'gptimageapi'. Did you mean 'gptimage2api'\?"):
        load_catalog("gptimageapi")


def test_a_catalog_is_copied_and_pickled_without_what_was_compiled(clipworks: Catalog):
    options(clipworks)
    for copy in (pickle.loads(pickle.dumps(clipworks)), deepcopy(clipworks)):  # noqa: S301 -- our own bytes
        assert copy.compiled == {}
        assert options(copy) == options(clipworks)
        assert copy != clipworks


def test_the_tables_of_a_catalog_cannot_be_changed(clipworks: Catalog):
    with pytest.raises(TypeError):
        clipworks.models["x"] = clipworks.models["reel-1"]  # type: ignore[index]


def test_a_catalog_is_shown_by_its_service_and_version(clipworks: Catalog):
    assert repr(clipworks) == "<Catalog clipworks 2026-06-01>"
