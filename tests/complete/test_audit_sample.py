"""Sample logs in every format and by catalogs of one's own, each audited."""

import pytest

from pricing_rules.audit import audit
from pricing_rules.audit.sample.log import sample
from support.identities import planted_faults_are_found
from support.strategies import CATALOGS
from support.variants import OWN, changed


@pytest.mark.parametrize("name", OWN)
def test_an_audit_by_a_catalog_of_ones_own_finds_what_was_planted(tmp_path, name):
    catalog = changed(tmp_path, *OWN[name])
    usual = dict(sample(catalog, 2_000, tmp_path / "usage.csv").findings)
    usual["invalid_request"] -= usual.get("unpriced", 0)  # which are found to be both
    many = {kind: 30 for kind, number in usual.items() if number}
    planted = sample(catalog, 4_000, tmp_path / "usage.csv", faults=many)
    assert audit(catalog, tmp_path / "usage.csv").counts == planted.findings


@pytest.mark.parametrize("catalog", CATALOGS.values(), ids=CATALOGS)
@pytest.mark.parametrize("ending", ["parquet", "csv", "jsonl"])
def test_an_audit_finds_what_was_planted_in_every_format(tmp_path, catalog, ending):
    planted_faults_are_found(catalog, tmp_path / f"usage.{ending}")
