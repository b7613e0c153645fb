"""What the figures of an audit do not depend on, in every service, format, session and split."""

import os
import random
from collections import Counter
from itertools import product

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pricing_rules.audit import audit
from support.identities import figures, written_findings_are_those_of_the_report
from support.logs import ROWS, log, written
from support.strategies import CATALOGS

services = pytest.mark.parametrize("catalog", CATALOGS.values(), ids=CATALOGS)
seeds = st.integers(0, 2**32 - 1)
ZONES = ("UTC", "America/New_York", "Asia/Tokyo")
some = settings(max_examples=300 if os.environ.get("PRICING_RULES_LONG") else 2)  # a log each


@services
@some
@given(seeds=st.tuples(seeds, seeds).filter(lambda both: both[0] != both[1]))
def test_two_logs_together_are_the_sum_of_both(tmp_path_factory, catalog, seeds):
    folder = tmp_path_factory.mktemp("log")
    paths = [written(log(catalog, seed), folder / f"log{seed}.csv") for seed in seeds]
    both, parts = audit(catalog, paths), [audit(catalog, path) for path in paths]
    for name in ("counts", "outcomes", "malformed", "filtered"):
        assert Counter(getattr(both, name)) == Counter(getattr(parts[0], name)) + Counter(getattr(parts[1], name))
    for model, sums in both.by_model.items():
        of_model = [part.by_model[model] for part in parts if model in part.by_model]
        assert sums.charged == sum(each.charged for each in of_model)
    assert both.owed_to_customers == tuple(map(sum, zip(*(part.owed_to_customers for part in parts), strict=True)))
    assert both.lost_by_service == tuple(map(sum, zip(*(part.lost_by_service for part in parts), strict=True)))


@services
@some
@given(seed=seeds)
def test_figures_do_not_depend_on_order_files_formats_names_threads_or_zones(tmp_path_factory, catalog, seed):
    folder = tmp_path_factory.mktemp("log")
    records = log(catalog, seed)
    wanted = figures(audit(catalog, written(records, folder / "log.csv")))
    shuffled = random.Random(seed).sample(records, len(records))  # noqa: S311 -- no secret
    assert figures(audit(catalog, written(shuffled, folder / "shuffled.csv"))) == wanted
    assert figures(audit(catalog, written(shuffled, folder / "log.jsonl"))) == wanted
    parquet = written(records, folder / "log.parquet")
    assert figures(audit(catalog, parquet)) == wanted
    parts = [written(shuffled[start : start + 25], folder / f"part{start}.parquet") for start in range(0, ROWS, 25)]
    assert figures(audit(catalog, parts)) == wanted
    renamed = [{f"x {name}": value for name, value in record.items()} for record in records]
    names = {name: f"x {name}" for name in records[0]}
    assert figures(audit(catalog, written(renamed, folder / "renamed.csv"), columns=names)) == wanted
    for threads, zone in zip((1, 2, 4), ZONES, strict=True):
        connection = duckdb.connect()
        connection.execute(f"SET threads = {threads}")
        connection.execute(f"CREATE TABLE log AS SELECT * FROM '{parquet}'")
        connection.execute(f"SET TimeZone = '{zone}'")
        assert figures(audit(catalog, "log", engine=connection)) == wanted


@pytest.mark.parametrize(("catalog", "ending"), list(product(CATALOGS.values(), ("parquet", "csv", "jsonl"))))
def test_written_files_have_the_rows_and_deltas_of_the_findings(tmp_path, catalog, ending):
    report = audit(catalog, written(log(catalog, 11, 200), tmp_path / "log.csv"))
    written_findings_are_those_of_the_report(report, tmp_path / f"findings.{ending}")
