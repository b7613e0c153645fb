"""Dated prices: a price holds from its `since`, inclusive, to the next, in whatever zone the instant is told."""

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

import pytest

from pricing_rules import Catalog, Unpriced, options, price, quote

CHANGE = datetime(2026, 5, 1, 10, tzinfo=UTC)  # 12:00 at +02:00: from 3.1 to 3.3 credits
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)
REEL = {"job": {"engine": "reel-1", "text": "aa", "seconds": 4}}
OLD, NEW = "3.25", "3.5"  # 3.1 and 3.3, each up to the next quarter


def zone(hours: float) -> timezone:
    return timezone(timedelta(hours=hours))


class Nowhere(tzinfo):
    """A zone that does not know its offset."""

    def utcoffset(self, _: datetime | None) -> None:
        return None


INSTANTS = [
    (CHANGE - TICK, OLD),
    (CHANGE, NEW),
    (CHANGE + TICK, NEW),
    (datetime(2026, 5, 1, 19, 29, 59, 999_999, zone(9.5)), OLD),
    (datetime(2026, 5, 1, 19, 30, tzinfo=zone(9.5)), NEW),
    (datetime(2026, 4, 30, 23, tzinfo=zone(-11)), NEW),
    (datetime(2026, 5, 2, 0, tzinfo=zone(14)) - TICK, OLD),
    (datetime.min.replace(tzinfo=zone(14)), OLD),
    (datetime.max.replace(tzinfo=zone(-11)), NEW),
]


@pytest.mark.parametrize(("at", "credits_"), INSTANTS)
def test_price_uses_the_price_of_the_instant(clipworks, at, credits_):
    assert str(price(clipworks, "reel-1", duration=4, at=at).credits) == credits_


@pytest.mark.parametrize(("at", "credits_"), INSTANTS)
def test_quote_uses_the_price_of_the_instant(clipworks, at, credits_):
    assert str(quote(clipworks, REEL, at=at).credits) == credits_


@pytest.mark.parametrize(("at", "credits_"), INSTANTS)
def test_options_are_those_of_the_instant(clipworks, at, credits_):
    assert str(options(clipworks, "reel-1", at=at)[0].credits) == credits_


def test_without_an_instant_the_price_at_the_version_of_the_catalog_holds(clipworks):
    assert str(price(clipworks, "reel-1", duration=4).credits) == NEW  # version 2026-06-01


def test_the_tiers_are_those_of_the_instant(clipworks):
    found = price(clipworks, "reel-1", duration=12, at=CHANGE - TICK)
    assert (str(found.exact), str(found.rounding)) == ("124/15", "7/30")  # 3.1 x 8/3 = 8.26..., up to 8.5


def test_the_basis_is_that_of_the_price_in_force(clipworks):
    found = [price(clipworks, "reel-1", duration=4, at=at).basis for at in (CHANGE - TICK, CHANGE)]
    assert found == ["documented", "inferred"]


def test_a_model_has_no_price_before_its_first(clipworks):
    assert str(price(clipworks, "still/1", at=FIRST).credits) == "0.5"
    with pytest.raises(Unpriced):
        price(clipworks, "still/1", at=FIRST - TICK)


def test_options_leave_out_a_model_that_has_no_price_yet(clipworks):
    assert {one.model for one in options(clipworks, at=FIRST - TICK)} == {"reel-1", "reel-1-mini"}


def answers(catalog: Catalog) -> list:
    return [
        lambda at: price(catalog, "still/1", at=at),
        lambda at: quote(catalog, REEL, at=at),
        lambda at: options(catalog, at=at),
    ]


@pytest.mark.parametrize("at", [datetime(2026, 5, 1), datetime(2026, 5, 1, tzinfo=Nowhere())])  # noqa: DTZ001 -- refused
@pytest.mark.parametrize("which", range(3))
def test_an_instant_without_an_offset_is_refused(clipworks, which, at):
    with pytest.raises(ValueError, match="at needs an offset"):
        answers(clipworks)[which](at)


@pytest.mark.parametrize("at", [date(2026, 5, 1), "2026-05-01T10:00:00Z", 0, False, ""])
@pytest.mark.parametrize("which", range(3))
def test_an_instant_that_is_no_datetime_is_refused(clipworks, which, at):
    with pytest.raises(TypeError, match=f"not a {type(at).__name__}"):
        answers(clipworks)[which](at)
