"""Law 7 in short: an audit's verdict in SQL equals the row-at-a-time reference, on some of the rows of every family."""

import pytest

from pricing_rules import Catalog
from support.audit_rows import FAMILIES, LEFT_OUT, differing, prices_crossed, refunds_crossed, seeded, without
from support.strategies import CATALOGS

ROWS = 600
services = pytest.mark.parametrize("catalog", CATALOGS.values(), ids=CATALOGS)


@services
@pytest.mark.parametrize("family", FAMILIES)
def test_the_verdict_in_sql_equals_the_reference_on_rows_of_a_family(catalog: Catalog, family: str, tmp_path):
    records = list(FAMILIES[family](catalog))
    assert differing(catalog, records[:: -(-len(records) // ROWS)], tmp_path)[:3] == []


@pytest.mark.parametrize("left_out", LEFT_OUT)
def test_the_verdict_in_sql_equals_the_reference_whatever_columns_a_log_has(left_out: str, tmp_path):
    catalog = CATALOGS["clipworks"]
    records = [*seeded(catalog, 300, 3), *list(refunds_crossed(catalog))[::13], *list(prices_crossed(catalog))[::53]]
    assert differing(catalog, without(records, LEFT_OUT[left_out]), tmp_path)[:3] == []


@services
def test_the_verdict_in_sql_equals_the_reference_across_families(catalog: Catalog, tmp_path):
    assert differing(catalog, list(seeded(catalog, ROWS, 1)), tmp_path)[:3] == []
