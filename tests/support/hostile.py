"""Overlay files that mean harm: sound ones with anything at any place, and text that would run if anything ran it."""

from collections.abc import Callable
from random import Random

from pricing_rules import Catalog
from support.chains import made

CODE = "__import__('sys').hostile(1)"
WORDS = (
    CODE, f"{{{CODE}}}", "${7*7}", "'; DROP TABLE x; --", "../../etc/passwd", "\\u0000", "🎬" * 40, "__proto__", "%s%n",
    "x" * 5_000, "1e999", "0/0", "5/0", "-1", "1_0", "٣", "nan", "inf", "true", " ", "",
)  # fmt: skip
VALUES = (
    "1e999", "nan", "-inf", "0x7fffffffffffffffffff", "9" * 400, "-1", "0", "true", "[]", "{}", "[[]]", "[1, 'a']",
    "1979-05-27", "07:32:00", "1979-05-27T07:32:00", "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59-23:59", "{a.b.c = 1}",
)  # fmt: skip
KINDS = ("rates", "prices", "minimums", "tiers", "settled", "credit", "cost", "formula", "sources", "hidden", "x")


def hostile_text(random: Random, below: Catalog) -> bytes:
    """Make the bytes of an overlay file: a sound overlay, changed up to four times."""
    text = made(random, below, random.choice(("own", *WORDS[:1], below.id)), "price", own=True).text
    for _ in range(random.choice((0, 0, 1, 1, 2, 4))):
        text = random.choice(CHANGES)(random, text)
    content = text.encode("utf-8", "surrogatepass")
    if random.random() < 0.02:
        place = random.randrange(len(content))
        content = content[:place] + bytes((random.randrange(256),)) + content[place + 1 :]
    return content


def _value(random: Random) -> str:
    return random.choice(VALUES) if random.random() < 0.5 else '"' + random.choice(WORDS).replace('"', "'") + '"'


def _other_value(random: Random, text: str) -> str:
    lines = text.split("\n")
    places = [place for place, line in enumerate(lines) if " = " in line]
    place = random.choice(places)
    lines[place] = f"{lines[place].partition(' = ')[0]} = {_value(random)}"
    return "\n".join(lines)


def _other_key(random: Random, text: str) -> str:
    lines = text.split("\n")
    place = random.randrange(len(lines) + 1)
    word = random.choice(WORDS).replace('"', "'")
    lines.insert(place, f'"{word}" = {_value(random)}')
    return "\n".join(lines)


def _other_table(random: Random, text: str) -> str:
    kind, double = random.choice(KINDS), random.random() < 0.6
    name = f"[[{kind}]]" if double else f"[{kind}]"
    return f'{text}\n{name}\nmodels = ["{random.choice(WORDS)[:50]}"]\nrate = {_value(random)}\nsource = "contract"\n'


def _lost_line(random: Random, text: str) -> str:
    lines = text.split("\n")
    del lines[random.randrange(len(lines))]
    return "\n".join(lines)


def _nested(random: Random, text: str) -> str:
    depth = random.choice((10, 1_000, 50_000))
    return f"{text}\n[deep]\nx = {'[' * depth}{']' * depth}\n"


CHANGES: tuple[Callable[[Random, str], str], ...] = (
    _other_value, _other_value, _other_value, _other_key, _other_table, _lost_line, _nested,
)  # fmt: skip
