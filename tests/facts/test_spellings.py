"""The shortest text of a multiplier in an interval, by hand."""

from fractions import Fraction
from random import Random

import pytest

from pricing_rules.facts.spellings import Interval, shortest, spelled, spellings


def interval(above: str, most: str, *, attained: bool = True) -> Interval:
    return Interval(Fraction(above), Fraction(most), attained)


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (interval("1", "9"), "9"),  # the largest of one character
        (interval("1", "9", attained=False), "8"),
        (interval("9", "150"), "99"),
        (interval("22/15", "133/89", attained=False), "1.49"),  # of 1.47, 1.48 and 1.49
        (interval("19/12", "5/3"), "1.6"),
        (interval("199/120", "5/3"), "5/3"),  # 1.66 has a character more, and so has 1.665
        (interval("0", "1/1000"), "0.001"),
        (interval("0", "1/1000000"), "0.000001"),
        (interval("1/3", "1/2", attained=False), "0.4"),
        (interval("2.9999", "3"), "3"),
        (interval("2.9999", "3", attained=False), "2.99999"),
    ],
)
def test_the_shortest_text_is_a_decimal_before_a_ratio_then_the_larger(inside: Interval, text: str):
    found = shortest(inside)
    assert found is not None
    assert (spelled(found.value), found.characters, found.ratios) == (text, len(text), "/" in text)


def test_an_empty_interval_and_one_without_a_short_text_have_none():
    assert shortest(interval("2", "2")) is None
    assert shortest(interval("2", "2.0000000000001")) is None
    assert shortest(interval("1.6", "1.68"), longest=2) is None


def test_every_spelling_of_a_length_is_listed_once():
    found = [spelled(each.value) for each in spellings(interval("1.4", "1.7"), 3)]
    # 3/2 is 1.5
    assert sorted(found) == ["1.5", "1.6", "1.7", "5/3"]


def test_the_simplest_ratio_is_the_shortest_of_its_value():
    random = Random(2)  # noqa: S311 -- no secret
    for _ in range(500):
        value = Fraction(random.randint(1, 400), random.randint(1, 400))
        only = shortest(Interval(value - Fraction(1, 10**9), value, attained=True))
        assert only is not None
        assert (only.value, only.characters) == (value, len(spelled(value)))
