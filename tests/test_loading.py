"""Catalog files: what is refused, with the file and the key, and what a user's own file may do."""

import pickle
from copy import deepcopy
from pathlib import Path

import pytest
from fresh import cost
from hypothesis import given
from hypothesis import strategies as st

from pricing_rules import Catalog, CatalogError, UnknownService, load_catalog, options, price, services

INVENTED = (Path(__file__).parent / "catalogs" / "clipworks.toml").read_text()

BROKEN = [
    # what is replaced, by what, the key that is named, words of the reason
    ('id = "clipworks"\n', "", "id", "missing key"),
    ('title = "Clip Works"', "title = 5", "title", "expected text, got 5"),
    ('title = "Clip Works"', 'titel = "Clip Works"', "titel", "Did you mean 'title'?"),
    ('version = "2026-06-01"', 'version = "June"', "version", "expected a date like 2026-11-20, got 'June'"),
    ('version = "2026-06-01"', 'version = "20260601"', "version", "expected a date"),
    ('version = "2026-06-01"', "version = 2026-06-01", "version", "expected text, got a date"),
    ('tariff = "tariff.txt: Prices"', "tariff = 1", "sources.tariff", "expected text, got 1"),
    ('tariff = "tariff.txt: Prices"', 'tariff = ""', "sources.tariff", "expected text, got ''"),
    ('loud = { source = "tariff", ', 'loud = { source = "tarif", ', "readings.loud.source", "Did you mean 'tariff'?"),
    ('loud = { source = "tariff", ', "loud = { ", "readings.loud.source", "there is no source null"),
    (', why = "The page prints one', ', reason = "The page prints one', "readings.loud", "unknown key 'reason'"),
    ('unit = "0.25"', "unit = 0.25", "credit.unit", 'expected a whole number or text like "1.47" or "5/3", got 0.25'),
    ('unit = "0.25"', 'unit = "1/3"', "credit.unit", "expected a decimal number above 0"),
    ('unit = "0.25"', "unit = 0", "credit.unit", "expected a decimal number above 0"),
    ('unit = "0.25"', "unit = -1", "credit.unit", "expected a whole number or text"),
    ('unit = "0.25"', "unit = true", "credit.unit", "expected a whole number or text"),
    ('unit = "0.25"', f'unit = "{"1" * 41}"', "credit.unit", "at most 40 characters"),
    ('usd = "0.02"', 'usd = "1/3"', "credit.usd", "expected a decimal number"),
    ('grants = ["package"]', 'grants = ["package", "package"]', "credit.grants", "'package' stands there twice"),
    ('grants = ["package"]', 'grants = "package"', "credit.grants", "expected a list, got 'package'"),
    ('grants = ["package"]\nsource = "tariff"', 'grants = ["package"]', "credit", "names either its source or"),
    ('source = "tariff"\n\n[auth', 'source = ["tariff", "guid"]\n\n[auth', "credit.source", "Did you mean 'guide'?"),
    ('source = "tariff"\n\n[auth', 'source = []\n\n[auth', "credit.source", "there is no source an array of 0"),
    ('source = "tariff"\n\n[auth', 'reading = "loud"\nsource = "guide"\n\n[auth', "credit", "either its source or"),
    ('source = "tariff"\n\n[auth', 'reading = "low"\n\n[auth', "credit.reading", "there is no reading 'low'"),
    ('source = "tariff"\n\n[auth', 'source = "tariff"\nreadings = { unti = "loud" }\n\n[auth', "credit.readings", "'unit'"),
    ('source = "tariff"\n\n[auth', 'source = "tariff"\nreadings = 1\n\n[auth', "credit.readings", "expected a table"),
    ('scheme = "bearer"', 'scheme = "barer"', "authentication.scheme", "Did you mean 'bearer'?"),
    ('scheme = "bearer"', 'scheme = "bearer"\nprovenance = {}', "authentication.provenance", "write source or reading"),
    ("[fields.model]", '[fields.model]\nid = "model"', "model.id", "the id is the name of the table"),
    ("[fields.model]", "[fields.engine]", "fields", "there is no field model"),
    ('wire = "/job/text"', 'wire = "/job/engine"', "fields", "'/job/engine' stands there twice"),
    ('wire = "/job/text"', 'wire = "job/text"', "fields.prompt.wire", "expected a JSON Pointer"),
    ('wire = "/job/text"', 'wire = "/job/"', "fields.prompt.wire", "expected a JSON Pointer"),
    ('wire = "/job/text"', 'wire = "/job/te~xt"', "fields.prompt.wire", "expected a JSON Pointer"),
    ('wire = "/job/text"', 'wire = "/jobs/text"', "fields.prompt.wire", "no field of type object at '/jobs'"),
    ('type = "urls"', 'type = "url"', "fields.references.type", "references is of type 'urls'"),
    ('type = "urls"', 'type = "uri"', "fields.references.type", "Did you mean 'url'"),
    ('one_of = "models"', 'one_of = "tiers"', "fields.model.one_of", "model has 'models' here, not 'tiers'"),
    ('one_of = [24, 30]', 'one_of = "tiers"', "fields.frames.one_of", "values or the name of a limit"),
    ('one_of = [24, 30]', "one_of = []", "fields.frames.one_of", "allows nothing"),
    ('one_of = [24, 30]', "one_of = [24, 24]", "fields.frames.one_of", "24 stands there twice"),
    ('one_of = [24, 30]', 'one_of = [24, "30"]', "fields.frames.one_of", "'30' is not a value of this field"),
    ('one_of = [24, 30]', "one_of = [24, true]", "fields.frames.one_of", "true is not a value of this field"),
    ('one_of = [24, 30]', "one_of = 24", "fields.frames.one_of", "expected text or a list, got 24"),
    ("default = 24", "default = 25", "fields.frames.default", "expected 24 or 30, got 25"),
    ("default = 24", 'default = "24"', "fields.frames.default", "'24' is not a value of this field"),
    ("default = 24", "default = 24.0", "fields.frames.default", "expected an integer or text or true or false"),
    ("maximum = 10\n", "maximum = -11\n", "fields.strength.maximum", "-11 is below minimum, -10"),
    ("maximum = 10\n", "maximum = 9007199254740992\n", "fields.strength.maximum", "at most 9,007,199,254,740,991"),
    ("maximum = 10\n", "maximum = 10\nmax_length = 3\n", "fields.strength.max_length", "only a field of type 'string'"),
    ("maximum = 10\n", "maximum = 10\nmaximun = 3\n", "fields.strength.maximun", "Did you mean 'maximum'?"),
    ("minimum = 1\n", "minimum = -1\n", "fields.outputs.minimum", "outputs are at least 1"),
    ("minimum = 1\n", "", "fields.outputs.minimum", "outputs are at least 1"),
    ("min_length = 2", "min_length = -2", "fields.prompt.min_length", "expected 0 or more, got -2"),
    ('max_length = "longest_text"', 'max_length = "longest"', "fields.prompt.max_length", "Did you mean 'longest_text'?"),
    ('max_length = "longest_text"', "max_length = 1", "fields.prompt.max_length", "1 is below min_length, 2"),
    ('makes_inferred = "loud"', 'makes_inferred = "lout"', "fields.extra.makes_inferred", "Did you mean 'loud'?"),
    ('title = "Extra"', 'title = "Extra"\nexamples = [1]', "fields.extra.examples", "1 is not a value of this field"),
    ('title = "Text"', 'title = "Text"\nreadings = { min = "loud" }', "fields.prompt.readings", "there is no part 'min'"),
    ('    "job", "model", "prompt", "mode"', '    "model", "job", "prompt", "mode"', "endpoints.clips.fields", "the object"),
    ('"outputs", "notify", "extra"', '"outputs", "notifi"', "endpoints.clips.fields", "Did you mean 'notify'?"),
    ('"outputs", "notify", "extra"', '"outputs", "outputs"', "endpoints.clips.fields", "'outputs' stands there twice"),
    ('required = ["job", "model", "prompt"', 'required = ["job", "prompt"', "endpoints.clips.required", "model is missing"),
    ('required = ["job", "model"]', 'required = ["model", "audio"]', "endpoints.pictures.required", "'audio'"),
    ("limits = { longest_text = 500 }", 'limits = { longest_text = "500" }', "endpoints.clips.limits.longest_text", "list"),
    ("limits = { longest_text = 500 }", "limits = { longest_text = -1 }", "endpoints.clips.limits.longest_text", "nothing"),
    ("limits = { longest_text = 500 }", "limits = { longest_txt = 500 }", "endpoints.clips.limits", "'longest_text'"),
    ("limits = { longest_text = 500 }", 'limits = { longest_text = ["a"] }', "fields.prompt.max_length", "does not fit"),
    (', with_references = "stills" }', "}", "endpoints.pictures.modes", "without_references and with_references"),
    ('with_references = "stills" }', 'width_references = "stills" }', "pictures.modes.width_references", "Did you mean"),
    ('prompt", "references"]', 'prompt"]', "endpoints.pictures.modes", "modes follow from the references"),
    ('"prompt", "mode", "duration"', '"prompt", "duration"', "endpoints.clips.modes", "models have several modes"),
    ('field = "outputs"', 'field = "notify"', "endpoints.clips.notes[0].field", "'notify' is no array or number"),
    ('id = "frames.sound"', 'id = "duration.1080"', "endpoints.clips.rules", "'duration.1080' stands there twice"),
    ('id = "frames.sound"', 'id = ""', "endpoints.clips.rules[1].id", "expected text"),
    ("when = { resolution = [1080] }", "when = { resolution = [720] }", "endpoints.clips.rules[0].when.resolution", "720"),
    ("when = { resolution = [1080] }", "when = { resolution = [] }", "endpoints.clips.rules[0].when.resolution", "a list"),
    ("when = { resolution = [1080] }", "when = { frame = [24] }", "endpoints.clips.rules[0]", "Did you mean 'frames'?"),
    ('when = { audio = [true], ', 'when = { audio = ["true"], ', "endpoints.clips.rules[1].when.audio", "cannot be 'true'"),
    ('mode = ["stills"] }\nthen = { given = "f', 'mode = ["film"] }\nthen = { given = "f', "endpoints.clips.rules[1].when.mode", ""),
    ("one_of = [4, 8] }", "one_of = [4, 8, 12] }", "endpoints.clips.rules[0].then.one_of", "allows every value of duration"),
    ("one_of = [4, 8] }", "one_of = [4, 9] }", "endpoints.clips.rules[0].then.one_of", "duration cannot be 9"),
    ("one_of = [4, 8] }", "one_of = [] }", "endpoints.clips.rules[0].then.one_of", "expected a list of"),
    ("one_of = [4, 8] }", "one_of = [4, 8], given = 1 }", "endpoints.clips.rules[0].then", "unknown key 'given'"),
    ('then = { field = "duration", one_of = [4, 8] }', "then = {}", "endpoints.clips.rules[0].then", "expected given"),
    ('then = { field = "duration", one_of = [4, 8] }', "", "endpoints.clips.rules[0].then", "expected a table"),
    ('when = { mode = ["stills"] }\nthen = { given = "references" }', 'then = { given = "prompt" }', "rules[2].then", "any case"),
    ('[models.reel-1]\ntitle', '[models.reel-1]\nendpont = 1\ntitle', "models.reel-1.endpont", "Did you mean 'endpoint'?"),
    ('title = "Reel"\nendpoint = "clips"', 'title = "Reel"\nendpoint = "clip"', "models.reel-1.endpoint", "'clips'"),
    ('modes = ["text", "stills"]', "modes = []", "models.reel-1.modes", "there is none"),
    ('modes = ["text", "stills"]', 'modes = ["text", "text"]', "models.reel-1.modes", "'text' stands there twice"),
    ('title = "Still"\nendpoint = "pictures"\nmodes = ["stills"]', 'title = "Still"\nendpoint = "pictures"\nmodes = ["still"]',
     "models.still/1.modes", "Did you mean 'stills'?"),
    ("limits = { most_stills = 3 }", "limits = { most_still = 3 }", "models.reel-1.limits", "'most_stills'"),
    ("readings = { custom", "readings = { costum", "formula.readings", "Did you mean 'custom'?"),
    ('models = ["reel-1-mini"]', 'models = ["reel-1-midi"]', "prices[2].models", "Did you mean 'reel-1-mini'?"),
    ('models = ["reel-1-mini"]', "models = []", "prices[2].models", "there is none"),
    ('models = ["reel-1-mini"]', 'models = ["reel-1-mini", "reel-1-mini"]', "prices[2].models", "stands there twice"),
    ('models = ["reel-1-mini"]', 'models = ["reel-1"]', "prices[2]", "'reel-1' has two prices since the same instant"),
    ("since = 2026-01-01T00:00:00Z", "since = 2026-07-01T00:00:00Z", "models.still/1", "no price holds at"),
    ("since = 2026-01-01T00:00:00Z", "since = 2026-01-01T00:00:00", "prices[3].since", "a time with its offset"),
    ("since = 2026-01-01T00:00:00Z", "since = 2026-01-01", "prices[3].since", "a time with its offset"),
    ("since = 2026-01-01T00:00:00Z", "since = 0001-01-01T00:00:00+01:00", "prices[3].since", "outside the years 1 to 9999"),
    ("since = 2026-01-01T00:00:00Z", "since = 9999-12-31T23:59:59-01:00", "prices[3].since", "outside the years 1 to 9999"),
    ("base = 1\n", "base = 1.5\n", "prices[2].base", "got 1.5"),
    ("base = 1\n", "", "prices[2].base", "missing key"),
    ("base = 1\n", 'base = "1/0"\n', "prices[2].base", "an amount is text like"),
    ("base = 1\n", 'base = "-1"\n', "prices[2].base", "an amount is text like"),
    ("duration = { 4 = 1 }", 'duration = { 4 = "x" }', "prices[2].duration.4", "an amount is text like"),
    ("duration = { 4 = 1 }", "duration = { 04 = 1 }", "prices[2].duration", "'04' is no tier of a field of type integer"),
    ("duration = { 4 = 1 }", "duration = { four = 1 }", "prices[2].duration", "'four' is no tier"),
    ("duration = { 4 = 1 }", "duration = [4]", "prices[2].duration", "expected a table"),
    ("duration = { 4 = 1 }", "durations = { 4 = 1 }", "prices[2].durations", "Did you mean 'duration'?"),
    ("duration = { 4 = 1 }", "duration = { 4 = 1 }\ndefault = { duration = 5 }", "prices[2].default.duration", "expected 4"),
    ("duration = { 4 = 1 }", 'duration = { 4 = 1 }\ndefault = { duration = "4" }', "prices[2].default.duration", "'4'"),
    ("duration = { 4 = 1 }", "duration = { 4 = 1 }\ndefault = { audio = true }", "prices[2].default", "'audio'"),
    ("audio = { false = 1, true", "audio = { no = 1, true", "prices[0].audio", "'no' is no tier of a field of type"),
    ('base = "0.3"', 'base = "0.3"\nduration = { 4 = 1 }', "prices[3].duration", "endpoint of 'still/1' has no field duration"),
    ("duration = { 4 = 1, 8 = 2, 12 = 3 }", "duration = { " + ", ".join(f"{n} = 1" for n in range(1, 2502)) + " }",
     "prices[1]", "more than 10,000 prices for a model"),
    ('price = "$credits"', 'price = "$credit"', "bodies.taken.job.price", "Did you mean '$credits'?"),
    ('price = "$credits"', "price = 1.5", "bodies.taken.job.price", "got 1.5"),
    ('reasons = ["$message", ', 'reasons = ["$massage", ', "bodies.refused.reasons[0]", "Did you mean '$message'?"),
    ("status = 422", "status = 42", "responses.refused.status", "expected an HTTP status, got 42"),
    ('body = "taken"', 'body = "token"', "responses.taken.body", "Did you mean 'taken'?"),
    ('outcomes = ["accepted"]', "outcomes = []", "responses", "0 responses answer the outcome accepted"),
    ('outcomes = ["accepted"]', 'outcomes = ["accepted", "invalid"]', "responses", "2 responses answer the outcome invalid"),
    ('outcomes = ["accepted"]', 'outcomes = ["excepted"]', "responses.taken.outcomes[0]", "Did you mean 'accepted'?"),
    ('state = "status"', 'state = "statuses"', "queries.job.answer.state", "Did you mean 'status'?"),
    ('state = "status"', "state = [1]", "queries.job.answer.state", "there is no kind of value an array of 1"),
    ('query = "job"', 'query = "jobs"', "tasks.query", "Did you mean 'job'?"),
    ('callback = "notify"', 'callback = "prompt"', "tasks.callback", "there is no field of type url 'prompt'"),
    ('waiting = "pending"', 'waiting = "pendin"', "tasks.states.waiting", "Did you mean 'pending'?"),
    ("[tasks]", "[task]", "task", "Did you mean 'tasks'?"),
    ("[tasks]", "[[tasks]]", "tasks", "expected a table"),
    ("[fields.model]", "[fields.model", "", "not TOML"),
    ("[fields.model]", "[fields.job]", "", "not TOML"),
]  # fmt: skip


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
    assert (error.file, error.key.endswith(key), reason in error.reason) == ("own.toml", True, True), str(error)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"id = '\xff'", "not UTF-8 text at byte 6"),
        ("a" + ".a" * 70 + " = 1", "line 1 has more than 64 dots"),
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
    assert str(refusal(Path("a\0.toml"))) == "a\0.toml: cannot be read: embedded null byte"


MEGABYTE = 1_000_000
HOSTILE = {
    "deep tables": "".join(f"[k{n}{'.a' * 64}]\n" for n in range(MEGABYTE // 140)),
    "many tables": "".join(f"[t{n}]\n" for n in range(MEGABYTE // 10)),
    "many arrays": "a=[" + "[]," * (MEGABYTE // 3) + "]",
    "many models": INVENTED + "".join(
        f'[models.m{n}]\ntitle="x"\nendpoint="clips"\nmodes=["text"]\nsource="guide"\n' for n in range(12_000)
    ),
    "many prices of one model": INVENTED + "".join(
        f'[[prices]]\nmodels=["reel-1"]\nsince=2030-01-01T00:00:00.{n:06}Z\nbase=1\nsource="tariff"\n'
        for n in range(10_000)
    ),
    "a long list": INVENTED.replace("one_of = [24, 30]", f"one_of = {list(range(24, 120_000))}"),
}  # fmt: skip


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_catalog_takes_less_than_10_seconds_and_500_megabytes(tmp_path: Path, content: str):
    before = "from contextlib import suppress\nfrom pricing_rules import CatalogError, load_catalog"
    call = "with suppress(CatalogError):\n    load_catalog(sys.argv[1])"
    seconds, megabytes = cost(before, call, str(written(tmp_path, content)))
    assert (seconds < 10, megabytes < 500) == (True, True)


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
        text += f'limits = {{ most_stills = 0 }}\nsource = "guide"\n[[prices]]\nmodels = ["{quoted}"]\nbase = 3\nsource = "tariff"\n'
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
