"""`pricing-rules fit`: the multipliers of a price table as a person types it."""

import tomllib
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing_rules import load_catalog, options
from pricing_rules.cli.toml import key_of, quoted
from pricing_rules.facts import Fit
from support.command import Run, run
from support.places import ROOT

WAN = ",5,10,15\n720p,30,60,90\n1080p,45,89,133\n"
BUNDLED = (ROOT / "pricing_rules" / "catalogs" / "gptimage2api.toml").read_text("utf-8")
MODEL = """
[models."acme/film-1"]
title = "Acme Film"
endpoint = "video"
modes = ["text_to_video"]
limits = { max_references = 0 }
source = "video_models"

"""


def fit(table: str, *arguments: str) -> Run:
    return run("fit", "-", *arguments, stdin=table)


def test_a_table_is_fitted_and_what_it_leaves_open_is_told():
    found = fit(WAN)
    assert (found.code, found.err) == (0, "")
    assert found.lines[0] == "base 30"
    assert [line for line in found.lines if line.startswith(("duration", "resolution"))] == [
        "duration 5 s 1 (1958/1995, 1]",
        "duration 10 s 2 (59/30, 2]",
        "duration 15 s 3 (89/30, 3]",
        "resolution 720p 1 (1958/1995, 1]",
        "resolution 1080p 1.47 (22/15, 133/89)",
    ]
    assert found.lines[-1] == "No other multipliers are as short."


def test_a_long_table_says_the_same_as_a_wide_one(tmp_path: Path):
    rows = [line.split(",") for line in WAN.splitlines()]
    long = "".join(
        f"{row[0]},{seconds},{price}\n" for row in rows[1:] for seconds, price in zip(rows[0][1:], row[1:], strict=True)
    )
    (tmp_path / "page.csv").write_text(f"resolution,duration,credits\n{long}")
    assert run("fit", str(tmp_path / "page.csv")).out == fit(WAN).out


def test_both_forms_are_shown_in_the_help():
    told = run("fit", "--help").lines
    assert {"The table is wide: or long:", ",5,10,15 resolution,duration,credits", "1080p,45,89,133 720p,10,60"} <= set(
        told
    )


@pytest.mark.parametrize(
    ("table", "prices"),
    [
        (",5,10\n720p,30,60\n1080p,45,89\n",
         {("720p", 5): 30, ("720p", 10): 60, ("1080p", 5): 45, ("1080p", 10): 89}),
        (",6,12\n,7,13\n", {(None, 6): 7, (None, 12): 13}),
        ("resolution,credits\n720p,12\n1080p,20\n", {("720p", None): 12, ("1080p", None): 20}),
        ("credits\n3\n", {(None, None): 3}),
    ],
)  # fmt: skip
def test_the_table_that_toml_prints_makes_a_catalog_with_the_same_prices(tmp_path: Path, table: str, prices: dict):
    drafted = fit(table, "--toml", "--model", "acme/film-1", "--source", "video_prices")
    assert (drafted.code, drafted.err) == (0, "")
    (tmp_path / "own.toml").write_text(f"{BUNDLED}{MODEL}{drafted.out}", "utf-8")
    found = options(load_catalog(tmp_path / "own.toml"), "acme/film-1")
    assert {(quote.parameters.resolution, quote.parameters.duration): quote.credits for quote in found} == prices
    assert {quote.service for quote in found} == {"gptimage2api"}


def test_toml_names_a_model_and_a_source_that_are_to_be_replaced():
    assert fit("credits\n2.4\n", "--unit", "0.1", "--toml").out == (
        '[[prices]]\nmodels = ["new-model"]\nbase = "2.4"\nsource = "prices"\n'
    )


def test_a_point_that_the_table_leaves_out_is_told():
    table = ",5,10\n720p,30,60\n1080p,45,\n"
    assert "1080p 10 s has no price." in fit(table).lines
    assert fit(table, "--toml").lines[-1] == "# 1080p 10 s has no price: a rule across fields has to refuse it"


def test_outputs_base_and_unit_are_taken():
    table = "resolution,credits\n2K,12\n4K,20\n"
    # 12 x 1.6 = 19.2 is charged 20, but ten of them 192
    assert [
        fit(table, *more).document["tiers"]["resolution"][1]["multiplier"]
        for more in (("--json",), ("--outputs", "10", "--json"))
    ] == ["1.6", "5/3"]
    assert fit("credits\n3\n", "--base", "2.5").lines[0] == "base 2.5"
    assert fit("credits\n2.4\n", "--unit", "0.1").lines[0] == "base 2.4"


@pytest.mark.parametrize(
    ("table", "unit", "said"),
    [
        # above 0 and at most 10 of 1: 1 to 9 have one character, in each of two or three tiers
        (",5,10,15\n,10,10,10\n", "10", "80 other solutions are as short; this one has the fewest ratios, then larger"),
        (",5,10,15,20\n,10,10,10,10\n", "10", "100 or more other solutions are as short"),
        # above 2 and at most 4 of 1: 3 and 4
        (",5,10\n,2,4\n", "2", "One other solution is as short; this one has fewer ratios, or larger multipliers."),
    ],
)
def test_rivals_are_told(table: str, unit: str, said: str):
    assert said in fit(table, "--unit", unit, "--base", "1").words


def test_json_has_the_fit():
    assert fit("duration,credits\n5,13\n10,21\n", "--json").document == {
        "base": "13",
        "tiers": {
            "duration": [
                {"value": 5, "multiplier": "1", "above": "12/13", "most": "1", "attained": True},
                {"value": 10, "multiplier": "1.6", "above": "20/13", "most": "21/13", "attained": True},
            ]
        },
        "rivals": 0,
        "proven": True,
    }


IMPOSSIBLE = ",5,10,15\n720p,30,60,90\n1080p,45,92,133\n"


def test_what_is_impossible_is_1_and_names_what_contradicts():
    found = fit(IMPOSSIBLE)
    assert (found.code, found.err) == (1, "")
    (said,) = found.lines
    assert said == (
        "impossible: 720p 10 s = 60, 1080p 10 s = 92, 1080p 5 s = 45 and the base 30 contradict; "
        "at most 90 is possible at 1080p 10 s"
    )
    told = fit(IMPOSSIBLE, "--json")
    assert (told.code, told.document["error"]) == (1, "NoFit")
    assert [(cell["resolution"], cell["duration"], cell["credits"]) for cell in told.document["cells"]] == [
        ("720p", 5, 30), ("720p", 10, 60), ("1080p", 10, 92), ("1080p", 5, 45)
    ]  # fmt: skip


def test_what_has_long_multipliers_alone_is_1_with_their_spans():
    table = f",5,10\n,{10**13},{2 * 10**13 + 1}\n"
    found = fit(table)
    said = "there are multipliers that give every price, but none of at most 12 characters each:"
    assert (found.code, said in found.words) == (1, True)
    told = fit(table, "--json").document
    assert (told["error"], told["spans"]["duration"][1]["above"]) == ("NoShortFit", "2")


def test_what_was_not_ruled_out_is_told(monkeypatch):
    unproven = Fit(Fraction(3), (), 0, proven=False)
    monkeypatch.setattr("pricing_rules.cli.fit.fit", lambda *_, **__: unproven)
    assert fit("credits\n3\n").words.endswith("Whether any are shorter was not found out.")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("", "-: there is no line in it"),
        (",5,10\n720p,30,sixty\n", "-: line 2: a price is a number"),
        ("credits\n0\n", "-: the price is 0; an amount is above 0"),
        ("duration,resolution,audio,credits\n5,720p,true,3\n", "at most two priced parameters can be fitted"),
        (",5,10\n720p,30,\n1080p,,89\n", "no price ties 10 to the base"),
        ("x" * 10_000_000, "larger than 100,000 bytes"),
        ("\n" * 10_000_000, "larger than 100,000 bytes"),
    ],
)
def test_what_is_no_table_is_3(table: str, said: str):
    found = fit(table)
    assert (found.code, found.out) == (3, "")
    assert said in found.err


@pytest.mark.parametrize(
    "content", [b"\xff\xfe,\x005\x00", b"\x00" * 1_000, b"\x89PNG\r\n\x1a\n", ",5\n,30\n".encode("utf-16")]
)
def test_other_encodings_and_what_is_binary_are_3(tmp_path: Path, content: bytes):
    (tmp_path / "page.csv").write_bytes(content)
    found = run("fit", str(tmp_path / "page.csv"))
    assert (found.code, found.out, "page.csv" in found.err) == (3, "", True)


def test_a_mark_at_the_beginning_is_no_part_of_the_table(tmp_path: Path):
    (tmp_path / "page.csv").write_text(WAN, "utf-8-sig")
    assert run("fit", str(tmp_path / "page.csv")).out == fit(WAN).out


@pytest.mark.parametrize(
    "arguments", [("--base", "x"), ("--base", "1e5"), ("--unit", "-1"), ("--outputs", "0"), ("--outputs", "x")]
)
def test_amounts_that_are_none_are_wrong_usage(arguments: tuple[str, str]):
    assert fit(WAN, *arguments).code == 2


def test_a_file_that_is_not_there_is_3(tmp_path: Path):
    assert run("fit", str(tmp_path / "none.csv")).code == 3


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_written_as_toml_reads_it(text: str):
    assert tomllib.loads(f"{quoted(text)} = {quoted(text)}\n") == {text: text}
    assert tomllib.loads(f"{key_of(text)} = 1\n") == {text: 1}


def test_every_control_character_is_escaped():
    text = "".join(map(chr, (*range(33), 34, 92, 127)))
    assert tomllib.loads(f"a = {quoted(text)}\n") == {"a": text}
    assert [key_of("".join(pair)) for pair in product("a-", "1.")] == ["a1", '"a."', "-1", '"-."']
