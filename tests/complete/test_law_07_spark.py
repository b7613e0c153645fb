"""Law 7 on Spark: on crosses of the families, figures and findings equal the reference; all of them in the long run.

The long run of this file is PRICING_RULES_LONG=1: every row of every cross, 39,560 in all.
"""

import os
import shutil

import pytest

from pricing_rules.audit import audit
from support.audit_rows import numbered, prices_crossed, refunds_crossed, rules_crossed, unreadable
from support.logs import written
from support.reference import differences
from support.strategies import CATALOGS

pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs a Java runtime"),
    pytest.mark.filterwarnings("ignore"),
]

FAMILIES = {"prices": prices_crossed, "refunds": refunds_crossed, "rules": rules_crossed, "unreadable": unreadable}
SOME = {"prices": 11, "refunds": 3, "rules": 11, "unreadable": 1}  # every so many of a cross
LONG = bool(os.environ.get("PRICING_RULES_LONG"))
services = pytest.mark.parametrize("catalog", CATALOGS.values(), ids=CATALOGS)


@services
@pytest.mark.parametrize("family", FAMILIES)
def test_figures_and_findings_equal_the_reference_on_crosses_of_a_family(session, catalog, family, tmp_path):
    every = list(FAMILIES[family](catalog))
    records = numbered(every if LONG else every[:: SOME[family]])
    frame = session.read.parquet(str(written(records, tmp_path / "log.parquet")))
    report = audit(catalog, frame, duplicates=False)
    assert report.rows_read == len(records) > 0
    assert differences(catalog, records, report) == []
