"""Every fault of a file at once: in its order, each with its key and the nearest match, at most a hundred."""
# ruff: noqa: E501 -- a line of the tables is a fault

import pickle

import pytest

from pricing_rules import CatalogError, CatalogFault, as_dict, load_catalog
from pricing_rules.catalog.faults import catalog_error
from pricing_rules.catalog.loading import catalog_of
from support.command import run
from support.places import INVENTED
from support.variants import changed_file, variant

SHAPE = [  # what is replaced, by what, the key and the reason that are told, in the order of the file
    ('title = "Clip Works"', "title = 5", "title", "expected text, got 5"),
    ('loud = { source = "tariff", ', 'loud = { source = "tarif", ', "readings.loud.source", "Did you mean 'tariff'?"),
    ('unit = "0.25"', "unit = 0.25", "credit.unit", 'text like "1.47" or "5/3", got 0.25'),
    ('grants = ["package"]', 'grants = ["package", 3]', "credit.grants[1]", "expected text, got 3"),
    ('scheme = "bearer"', 'scheme = "barer"', "authentication.scheme", "Did you mean 'bearer'?"),
    ('wire = "/job/text"', 'wirr = "/job/text"', "fields.prompt.wirr", "unknown key. Did you mean 'wire'?"),
    ('wire = "/job/text"', 'wirr = "/job/text"', "fields.prompt.wire", "missing key"),
    ("one_of = [4, 8] }", "one_of = [] }", "endpoints.clips.rules[0].then.one_of", "expected a list of text"),
    ("audio = [true], mode", "audio = 7, mode", "endpoints.clips.rules[1].when.audio", "expected a list, got 7"),
    ('source = "guide"\n\n[models.reel-1-mini]', "\n[models.reel-1-mini]", "models.reel-1", "either its source or its"),
    ("duration = { 4 = 1 }", "duration = { 4 = -1 }", "prices[2].duration.4", "got -1"),
    ("since = 2026-01-01T00:00:00Z", "since = 2026-01-01", "prices[3].since", "a time with its offset"),
]
MEANING = [
    ('usd = "0.02"', 'usd = "1/3"', "credit.usd", "expected a decimal number"),
    ("default = 24", "default = 25", "fields.frames.default", "expected 24 or 30, got 25"),
    ('"outputs", "notify", "extra"', '"outputs", "notifi", "extra"', "endpoints.clips.fields", "Did you mean 'notify'?"),
    ("one_of = [4, 8] }", "one_of = [4, 9] }", "endpoints.clips.rules[0].then.one_of", "duration cannot be 9"),
    ('title = "Reel Mini"\nendpoint = "clips"', 'title = "Reel Mini"\nendpoint = "clip"', "models.reel-1-mini.endpoint", "'clips'"),
    ('price = "$credits"', 'price = "$credit"', "bodies.taken.job.price", "Did you mean '$credits'?"),
]  # fmt: skip


def told(tmp_path, faults, **more):
    text = variant(*dict.fromkeys((old, new) for old, new, _, _ in faults), **more)
    (tmp_path / "own.toml").write_text(text)
    with pytest.raises(CatalogError) as caught:
        load_catalog(tmp_path / "own.toml")
    return caught.value


@pytest.mark.parametrize("faults", [SHAPE, MEANING], ids=["shape", "meaning"])
def test_every_planted_fault_is_told_in_the_order_of_the_file(tmp_path, faults):
    found = told(tmp_path, faults)
    assert [fault.key for fault in found.faults] == [key for _, _, key, _ in faults]
    assert [
        (key, reason)
        for (_, _, key, reason), fault in zip(faults, found.faults, strict=True)
        if reason not in fault.reason
    ] == []


def test_what_a_file_means_is_told_when_its_shape_is_right(tmp_path):
    faults = [
        fault for fault in (*SHAPE, *MEANING) if "one_of = [4, 9]" not in fault[1]
    ]  # it stands where another does
    keys = [fault.key for fault in told(tmp_path, faults).faults]
    assert keys == [key for _, _, key, _ in SHAPE]


def test_a_source_that_there_is_not_hides_nothing_of_what_the_file_means(tmp_path):
    keys = [fault.key for fault in told(tmp_path, [SHAPE[1], *MEANING]).faults]
    assert keys == ["readings.loud.source", *(key for _, _, key, _ in MEANING)]


def test_what_no_body_can_hold_hides_nothing_of_what_the_file_means(tmp_path):
    body = ("ok = true, job", "ok = 1.5, when = 2026-01-01, n = 0xfffffffffffffff, job", "bodies.taken.ok", "")
    keys = [fault.key for fault in told(tmp_path, [*MEANING, body]).faults]
    assert keys[-4:] == ["bodies.taken.ok", "bodies.taken.when", "bodies.taken.n", "bodies.taken.job.price"]


def test_a_name_that_dangles_is_told_once_and_not_what_follows_from_it(tmp_path):
    for change, key in (
        (('models = ["reel-1-mini"]', 'models = ["reel-1-midi"]'), "prices[2].models"),
        (
            ('title = "Still"\nendpoint = "pictures"', 'title = "Still"\nendpoint = "picture"'),
            "models.still/1.endpoint",
        ),
        (('"prompt", "mode", "duration"', '"prompt", "mode", "durations"'), "endpoints.clips.fields"),
        (('"prompt", "mode", "duration"', '"promt", "mode", "duration"'), "endpoints.clips.fields"),
    ):
        found = told(tmp_path, [(*change, "", "")])
        assert [fault.key for fault in found.faults] == [key], str(found)


def test_names_that_dangle_do_not_stop_the_checks_of_others(tmp_path):
    text = "".join(
        f'[[prices]]\nmodels = ["no-{n}"]\nbase = 1\nduration = {{ x = 1 }}\ndefault = {{ speed = 1 }}\nsource = "tariff"\n'
        for n in range(2)
    )
    found = told(
        tmp_path,
        [("[fields.duration]", "[fields.length]", "", ""), ('version = "2026-06-01"', 'version = "June"', "", "")],
        more=text,
    )
    keys = [fault.key for fault in found.faults]
    assert {"version", "endpoints.clips.fields", "prices[4].models", "prices[4].duration", "prices[5].default"} <= {
        *keys
    }
    assert keys[0] == "version"


def test_a_hundred_faults_are_listed_and_the_rest_is_counted(tmp_path):
    more = "".join(
        f'[models.m{n}]\ntitle = 5\nendpoint = "clips"\nmodes = ["text"]\nsource = "guide"\n' for n in range(105)
    )
    found = told(tmp_path, [], more=more)
    assert (len(found.faults), found.more) == (100, 5)
    assert {fault.reason for fault in found.faults} == {"expected text, got 5"}
    assert str(found).splitlines()[0] == "own.toml: models.m0.title: expected text, got 5"
    assert str(found).splitlines()[100:] == ["own.toml: and 5 more"]


def test_the_first_fault_is_that_of_the_error(tmp_path):
    found = told(tmp_path, SHAPE)
    assert CatalogFault(found.key, found.reason) == found.faults[0]
    assert pickle.loads(pickle.dumps(found)).faults == found.faults  # noqa: S301 -- our own bytes


def test_the_command_line_and_json_tell_them_all(tmp_path):
    path = changed_file(tmp_path, *dict.fromkeys((old, new) for old, new, _, _ in MEANING[:2]))
    plain = run("models", "--catalog", path)
    assert (plain.code, plain.out) == (3, "")
    assert [line.partition(" ")[0] for line in plain.err.splitlines()] == ["Error:", "own.toml:"]
    document = run("models", "--catalog", path, "--json").document
    assert [fault["key"] for fault in document["faults"]] == ["credit.usd", "fields.frames.default"]
    assert document["more"] == 0


def test_a_fault_is_told_of_tables_that_were_parsed_elsewhere():
    with pytest.raises(CatalogError) as caught:
        catalog_of({"id": 5}, "tables")
    assert as_dict(caught.value)["key"] == "id"


@pytest.mark.parametrize("char", ["\u0085", "\u2028", "\u202e", "\x1b"])
def test_no_control_character_of_a_file_reaches_a_message(tmp_path, char):
    escape = f"\\u{ord(char):04x}"
    found = told(
        tmp_path,
        [("[sources]", f'"a{escape}b" = 1\n[sources]', "", ""), ('title = "Stills"', f'title = "a{escape}b"', "", "")],
    )
    assert found.faults[0].key == f"a{char}b"
    assert "without control characters" in found.faults[1].reason
    assert all(line.isprintable() for line in str(found).split("\n"))


def test_a_long_name_is_cut(tmp_path):
    found = told(tmp_path, [("[sources]", f"{'x' * 1_000} = 1\n[sources]", "", "")])
    assert len(str(found)) < 200
    assert INVENTED not in str(found)


def test_a_fault_beyond_what_a_file_holds_is_told_at_its_end():
    faults = [(("b", "c", "d"), "beyond"), (("a", 1), "second"), (("a", 0, "x"), "first"), (("b", "c"), "missing")]
    found = catalog_error("x", faults, {"a": [{"x": 1}, 2], "b": {}})
    assert [fault.reason for fault in found.faults] == ["first", "second", "beyond", "missing"]
