"""Law 7: an audit's figures and findings equal the reference applied to each row."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from pricing_rules.audit import audit
from pricing_rules.audit.meaning.values import EPOCH
from support.audit_rows import (
    Record,
    numbered,
    prices_crossed,
    refunds_crossed,
    rules_crossed,
    seeded,
    unreadable,
    without,
)
from support.logs import log, written
from support.reference import differences
from support.strategies import CATALOGS

FAMILIES = {"prices": prices_crossed, "refunds": refunds_crossed, "rules": rules_crossed, "unreadable": unreadable}
SOME = {"prices": 23, "refunds": 3, "rules": 23, "unreadable": 1}  # every so many of a cross; all in tests/complete
LEFT_OUT = {
    "all": (),
    "no request": ("mode", "duration", "resolution", "outputs", "audio", "references", "aspect_ratio", "prompt_length"),
    "no tiers": ("duration", "audio", "custom_multiplier", "endpoint", "refund_count"),
    "no dates": ("created_at", "updated_at", "resolution", "account", "service", "outputs"),
    "no refunds": ("credits_refunded", "refund_count"),
    "no charge": ("credits_used",),
    "no amounts": ("credits_refunded", "references", "mode"),
}
services = pytest.mark.parametrize("catalog", CATALOGS.values(), ids=CATALOGS)


def some(family: str, records: Iterator[Record]) -> list[Record]:
    return numbered(list(records)[:: SOME[family]])


@services
@pytest.mark.parametrize("family", FAMILIES)
def test_figures_and_findings_equal_the_reference_on_crosses_of_a_family(catalog, family, tmp_path):
    records = some(family, FAMILIES[family](catalog))
    report = audit(catalog, written(records, tmp_path / "log.csv"), duplicates=False)
    assert differences(catalog, records, report) == []


@services
@pytest.mark.parametrize("left_out", LEFT_OUT)
def test_figures_and_findings_equal_the_reference_whatever_columns_a_log_has(catalog, left_out, tmp_path):
    crossed = [*list(refunds_crossed(catalog))[::29], *list(prices_crossed(catalog))[::97]]
    records = without(numbered([*seeded(catalog, 150, 3), *crossed]), LEFT_OUT[left_out])
    report = audit(catalog, written(records, tmp_path / "log.jsonl"), duplicates=False)
    assert differences(catalog, records, report) == []


@pytest.mark.parametrize(("catalog", "ending"), list(zip(CATALOGS.values(), ("csv", "jsonl", "parquet"), strict=True)))
def test_figures_and_findings_equal_the_reference_across_families(catalog, ending, tmp_path):
    records = numbered([*seeded(catalog, 400, 7), *log(catalog, 8, 200)])
    report = audit(catalog, written(records, tmp_path / f"log.{ending}"), duplicates=False)
    assert differences(catalog, records, report) == []


@services
def test_a_scope_leaves_out_the_rows_that_the_reference_leaves_out(catalog, tmp_path):
    records = numbered([*seeded(catalog, 200, 9), *log(catalog, 10, 400)])
    since, until = datetime(2026, 10, 3, 11, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC) + timedelta(microseconds=1)
    wanted = {"since": micros(since), "until": micros(until), "account": "ann", "service": catalog.id}
    options = {"since": since, "until": until, "account": "ann", "service": catalog.id}
    report = audit(catalog, written(records, tmp_path / "log.csv"), duplicates=False, **options)
    assert report.rows_judged > 0
    assert differences(catalog, records, report, **wanted) == []


def micros(instant: datetime) -> int:
    return (instant - EPOCH) // timedelta(microseconds=1)
