"""Laws 7 and 9 of tariffs: what a rating adds up to, and that later editions change no audit of earlier rows."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pricing_rules import Catalog, options, price
from pricing_rules.audit import Rating, audit, rate
from pricing_rules.audit.meaning.outcomes import Record
from pricing_rules.audit.meaning.verdict import check
from pricing_rules.audit.rating.answer import Span
from support.audit_rows import numbered, plain, prices_crossed, text
from support.edited import edited
from support.logs import log, written
from support.overlays import head, over, table
from support.strategies import CATALOGS

services = pytest.mark.parametrize("catalog", CATALOGS.values(), ids=CATALOGS)
seeds = st.integers(0, 10_000)
some = settings(max_examples=2, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
NEXT = "2027-01-01T00:00:00Z"


def rated(then: Catalog, *records: Sequence[Record], **options: object) -> Rating:
    """Rate records, each list of them in a file of its own."""
    with TemporaryDirectory() as folder:
        paths = [written(list(each), Path(folder) / f"{number}.csv") for number, each in enumerate(records)]
        return rate(then, *paths, **options)


@cache
def pool(catalog: Catalog) -> tuple[list[Record], list[Record]]:
    """Return records of any kind, and those with many prices."""
    return log(catalog, 5, 600), list(prices_crossed(catalog))


def rows(catalog: Catalog, seed: int, number: int = 40) -> list[Record]:
    """Return records of any kind, and as many with prices, one of them right."""
    drawn, (any_kind, priced) = random.Random(seed), pool(catalog)  # noqa: S311 -- no secret
    return numbered([plain(catalog), *drawn.sample(any_kind, number), *drawn.choices(priced, k=number)])


def dearer(catalog: Catalog) -> Catalog:
    """Return a catalog under a rate."""
    return over(catalog, head("product", catalog.id) + table("rates", rate='"1.3"'))


@services
@given(seed=seeds)
@some
def test_rate_of_a_tariff_against_itself_is_0(catalog: Catalog, seed: int):
    newest = max((each.since for each in catalog.prices if each.since), default=datetime(2026, 1, 1, tzinfo=UTC))
    dated = [{**row, "created_at": newest.isoformat()} for row in rows(catalog, seed)]
    found = rated(catalog, dated, against=catalog, at=newest)
    assert found.total.tasks > 0
    assert all(line.difference == Span(Decimal(0), Decimal(0)) for line in found.lines)


@services
@given(seed=seeds)
@some
def test_by_model_account_and_day_add_up(catalog: Catalog, seed: int):
    records, tried = rows(catalog, seed), dearer(catalog)
    whole = rated(tried, records, by=("model", "account", "day"))
    assert whole.rows_read == len(records)
    for name in ("model", "account", "day"):
        one = rated(tried, records, by=(name,))
        assert whole.lines_by(name) == one.lines
        assert (one.total, one.unpriced, one.failed) == (whole.total, whole.unpriced, whole.failed)


@services
@given(seed=seeds, cut=st.integers(1, 60))
@some
def test_splitting_logs_adds(catalog: Catalog, seed: int, cut: int):
    records, tried = rows(catalog, seed), dearer(catalog)
    whole = rated(tried, records, against=catalog).as_dict()
    parts = rated(tried, records[:cut], records[cut:], against=catalog).as_dict()
    assert {**parts, "sources": None} == {**whole, "sources": None}
    apart = [rated(tried, each, against=catalog) for each in (records[:cut], records[cut:])]
    assert sum(each.total.tasks for each in apart) == whole["total"]["tasks"]
    assert sum(each.total.then.high for each in apart) == Decimal(whole["total"]["then"]["high"])
    assert sum(each.rows_read for each in apart) == len(records)


@services
def test_each_row_equals_price(catalog: Catalog):
    tried, names = dearer(catalog), ("duration", "resolution", "outputs", "audio")
    asked = [{name: getattr(quote.parameters, name) for name in names} for quote in options(tried)]
    models = [quote.model for quote in options(tried)]
    records = [
        {"model": model, "credits_used": "7", "account": f"{number:04}"}
        | {name: text(value) for name, value in told.items()}
        for number, (model, told) in enumerate(zip(models, asked, strict=True))
    ]
    lines = rated(tried, records, by=("account",)).lines
    assert len(lines) == len(models) > 2
    for line, model, told in zip(lines, models, asked, strict=True):
        given = {name: value for name, value in told.items() if value is not None}
        expected = price(tried, model, **given).credits
        assert line.then == Span(expected, expected)
        assert line.difference == Span(expected - 7, expected - 7)


@given(seed=seeds)
@some
def test_editions_appended_after_the_last_row_of_a_dated_log_change_nothing_in_its_audit(seed: int):
    with TemporaryDirectory() as folder:
        catalog = CATALOGS["gptimage2api"]
        later = edited(
            Path(folder), "gptimage2api", (f'version = "{catalog.version}"', 'version = "2027-06-01"'), more=LATER
        )
        gone = [
            {**plain(catalog), "model": model, "duration": duration, "resolution": None}
            for model, duration in (("veo3", "8"), ("kling/v2-1-pro", "10"))
        ]
        records = numbered(row for row in (*gone, *rows(catalog, seed)) if row["created_at"] is not None)
        path = written(records, Path(folder) / "log.csv")
        before, after = audit(catalog, path, duplicates=False), audit(later, path, duplicates=False)
        assert before.rows_judged > 0
        assert after.groups == before.groups
        assert sorted(map(repr, after.findings())) == sorted(map(repr, before.findings()))


def test_rules_are_those_of_the_instant_and_an_undated_row_is_invalid_if_every_edition_refuses_it(tmp_path: Path):
    changed = edited(tmp_path, "gptimage2api", more=LATER)  # veo3 takes 8 s before 2027 and 16 s from then on

    def broken(duration: str, created: str | None) -> bool:
        record = {"task_id": "t", "model": "veo3", "status": "1", "duration": duration, "created_at": created}
        return bool(check(changed, record).rules)

    assert [broken("8", "2026-12-31"), broken("16", "2026-12-31")] == [False, True]
    assert [broken("8", "2027-01-01"), broken("16", "2027-01-01")] == [True, False]
    assert [broken("8", None), broken("16", None), broken("9", None)] == [False, False, True]


LATER = "".join(
    f"""
[[prices]]
models = ["{model}"]
since = {NEXT}
{price}
source = "video_prices"
"""
    for model, price in (("veo3", "base = 70\nduration = { 16 = 1 }\ndefault = { duration = 16 }"),
                         ("kling/v2-1-pro", "base = 21\nduration = { 5 = 1 }"))
)  # fmt: skip
