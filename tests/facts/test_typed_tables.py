"""A price table as a person types it: wide or long, and what is said where it is neither."""

from decimal import Decimal
from random import Random

import pytest

from pricing_rules.answers import Parameters
from pricing_rules.facts import UnusableTable
from pricing_rules.facts.typed import read_table

WAN = {
    Parameters(seconds, resolution, None, None): Decimal(price)
    for resolution, prices in (("720p", (30, 60, 90)), ("1080p", (45, 89, 133)))
    for seconds, price in zip((5, 10, 15), prices, strict=True)
}
WIDE = ",5,10,15\n720p,30,60,90\n1080p,45,89,133\n"
LONG = "resolution,duration,credits\n" + "".join(
    f"{key.resolution},{key.duration},{price}\n" for key, price in WAN.items()
)


@pytest.mark.parametrize(
    "text",
    [
        WIDE,
        LONG,
        WIDE.replace(",", ";"),
        WIDE.replace(",", "\t"),
        WIDE.replace("\n", "\r\n"),
        WIDE.replace("5,10,15", "5s,10 s,15S"),
        f"\n{WIDE}\n\n",
        "resolution,5,10,15\n720p, 30 ,60,90\n1080p,45,89,133",
        LONG.replace("resolution,duration,credits", "Resolution,Duration,Credits"),
        'duration,"720p",1080p\n5,30,45\n10,60,89\n15,90,133\n',
    ],
)
def test_wide_and_long_tables_are_read(text: str):
    assert read_table(text) == WAN


def test_the_first_price_of_a_table_is_the_first_that_is_read():
    assert next(iter(read_table(WIDE))) == next(iter(read_table(LONG))) == Parameters(5, "720p", None, None)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        (",5,10\n,30,60\n", {(5, None, None): "30", (10, None, None): "60"}),
        ("credits\n3\n", {(None, None, None): "3"}),
        ("resolution,credits\n1k,2.4\n2k,4.80\n", {(None, "1k", None): "2.4", (None, "2k", None): "4.80"}),
        ("audio,credits\nFalse,10\ntrue,15\n", {(None, None, False): "10", (None, None, True): "15"}),
        (",false,true\n5,10,15\n", {(5, None, False): "10", (5, None, True): "15"}),
        (",5,10\n720p,30,\n1080p,,89\n", {(5, "720p", None): "30", (10, "1080p", None): "89"}),
        ("audio,credits\nstereo,10\n", {(None, None, "stereo"): "10"}),
    ],
)
def test_a_table_may_have_one_axis_sound_or_gaps(text: str, cells: dict):
    assert read_table(text) == {
        Parameters(seconds, resolution, None, sound): Decimal(price)
        for (seconds, resolution, sound), price in cells.items()
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "there is no line in it: a wide table has a tier above each column"),
        ("\n \n,,\n", "there is no line in it"),
        ("5,10\n30,60\n", "the first line is no heading"),
        (",5,,15\n720p,1,2,3\n", "the first line is no heading"),
        (",5,10\n", "the first line is no heading"),
        (",5,10\n20,1,2\n", "columns and rows are both tiers of duration"),
        (",5,10\n720p,30\n", "line 2 does not have a tier and 2 prices"),
        (",5,10\n720p,30,60\n,45,89\n", "line 3 does not have a tier and 2 prices"),
        (",5,10\n720p,30,sixty\n", 'line 2: a price is a number like "30" or "2.4", not \'sixty\''),
        (",5,10\n720p,30,1/2\n", "line 2: a price is a number"),
        (",5,10\n720p,30,1e5\n", "line 2: a price is a number"),
        (",5,10\n720p,30,-5\n", "line 2: a price is a number"),
        (",5,10\n720p,30,٣\n", "line 2: a price is a number"),
        (",5,10\n720p,30,60\n720p,30,60\n", "line 3: 720p 5 s stands there twice"),
        ("resolution,seconds,credits\n", "there is no column 'seconds'"),
        ("resolutoin,credits\n720p,1\n", "Did you mean 'resolution'?"),
        ("duration,duration,credits\n5,5,1\n", "a column stands there twice"),
        ("duration,credits\n5\n", "line 2 has 1 cells, the heading 2"),
        ("duration,credits\nfive,30\n", "line 2: a duration is whole seconds, not 'five'"),
        ("duration,credits\n1234567,30\n", "line 2: a duration is whole seconds"),
        (',5,10\n"720p,30,60\n', "line 2: not CSV"),
        (",5,10\n720\x1b[31mp,30,60\n", "line 2 is no text"),
        (",5,10\n720p\0,30,60\n", "line 2"),
        ("x" * 100_001, "a table has at most 100,000 characters"),
    ],
)
def test_what_is_no_table_is_an_error_that_names_the_line(text: str, said: str):
    with pytest.raises(UnusableTable) as caught:
        read_table(text)
    assert said in str(caught.value)


def test_no_text_raises_anything_but_the_documented_error():
    random = Random(7)  # noqa: S311 -- no secret
    pieces = [
        ",",
        "5",
        "10s",
        "720p",
        "\n",
        "credits",
        "duration",
        '"',
        "30",
        " ",
        "\t",
        ";",
        "true",
        "\0",
        "é",
        "-",
        ".",
    ]
    read = 0
    for _ in range(3_000):
        text = "".join(random.choices(pieces, k=random.randint(1, 24)))
        try:
            read += bool(read_table(text))
        except UnusableTable:
            continue
    assert read > 0
