"""Law 7 in full: on every cross of the families, and on seeded tuples, figures and findings equal the reference."""

import os

import pytest

from pricing_rules.audit import audit
from support.audit_rows import numbered, prices_crossed, refunds_crossed, rules_crossed, seeded, unreadable
from support.logs import log, written
from support.reference import differences
from support.strategies import CATALOGS

FAMILIES = {"prices": prices_crossed, "refunds": refunds_crossed, "rules": rules_crossed, "unreadable": unreadable}
SEEDED = 1_000_000 if os.environ.get("PRICING_RULES_LONG") else 50_000
CHUNK = 20_000
services = pytest.mark.parametrize("catalog", CATALOGS.values(), ids=CATALOGS)


@services
@pytest.mark.parametrize("family", FAMILIES)
def test_figures_and_findings_equal_the_reference_on_every_cross_of_a_family(catalog, family, tmp_path):
    records = numbered(FAMILIES[family](catalog))
    report = audit(catalog, written(records, tmp_path / "log.csv"), duplicates=False)
    assert differences(catalog, records, report) == []


@services
@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_figures_and_findings_equal_the_reference_across_families_in_every_format(catalog, ending, tmp_path):
    records = numbered([*seeded(catalog, 400, 7), *log(catalog, 8, 200)])
    report = audit(catalog, written(records, tmp_path / f"log.{ending}"), duplicates=False)
    assert differences(catalog, records, report) == []


@services
def test_figures_and_findings_equal_the_reference_on_seeded_tuples(catalog, tmp_path):
    share = SEEDED // len(CATALOGS)
    for start in range(0, share, CHUNK):
        records = numbered(seeded(catalog, min(CHUNK, share - start), start))
        report = audit(catalog, written(records, tmp_path / "log.parquet"), duplicates=False)
        assert differences(catalog, records, report) == []
