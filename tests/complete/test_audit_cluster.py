"""The audit by Spark on a cluster: executors in processes of their own find what DuckDB finds."""

import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from pricing_rules import Catalog
from pricing_rules.audit import audit
from pricing_rules.audit.sample.log import FAULTS, sample
from support.audit_rows import Record, numbered, plain, seeded
from support.logs import log, written
from support.places import ROOT, TESTS
from support.spark_cluster import said
from support.strategies import CATALOGS

pytestmark = pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs a Java runtime")

SERVICES = ("gptimage2api", "aivideoapi")
OPTIONS: dict[str, dict[str, bool]] = {"planted": {}, "drawn": {"history": True}}
LOGS = [(service, name) for service in SERVICES for name in OPTIONS]
TASKS = 40
WORDS = {"gptimage2api": ("0", "1", "2"), "aivideoapi": ("pending", "completed", "failed")}


def several(catalog: Catalog) -> Iterator[Record]:
    """Yield the rows of tasks with two or three: copies, histories and contradictions."""
    drawn = random.Random(5)  # noqa: S311 -- no secret
    words = WORDS[catalog.id]
    changes = {
        "status": [*words, "lost", None],
        "updated_at": ["2026-11-01T00:01:00Z", "2026-11-01T00:02:00Z", None],
        "credits_used": ["3", "3.0", "2.4"],
        "credits_refunded": ["0", "3", "6"],
        "refund_count": ["0", "1", "2"],
        "created_at": ["2026-11-01T00:00:00Z", "2026-11-01T01:00:00+01:00", "2026-11-01T00:00:01Z", None],
        "prompt_length": ["2", "3"],
        "account": ["ann", "bob", None],
    }
    for task in range(TASKS):
        row = {**plain(catalog), "task_id": f"several{task}", "account": "ann"}
        yield row
        for _ in range(drawn.choice((1, 2))):
            names = drawn.sample(sorted(changes), drawn.choice((0, 1, 1, 2)))
            yield {**row, **{name: drawn.choice(changes[name]) for name in names}}


def made(catalog: Catalog, name: str, folder: Path) -> Path:
    path = folder / f"{catalog.id}-{name}.parquet"
    if name == "planted":
        sample(catalog, 2_000, path, seed=4, faults=dict.fromkeys(FAULTS, 2))
        return path
    return written([*numbered([*seeded(catalog, 1_000, 21), *log(catalog, 22, 300)]), *several(catalog)], path)


@pytest.fixture(scope="module")
def paths(tmp_path_factory):
    folder = tmp_path_factory.mktemp("logs")
    return {each: made(CATALOGS[each[0]], each[1], folder) for each in LOGS}


@pytest.fixture(scope="module")
def cluster(tmp_path_factory, paths):
    """Run the audits of all logs by a cluster, in a process of its own: a process has one context of Spark at most."""
    import pyspark  # noqa: PLC0415 -- it is not there without Java

    home = tmp_path_factory.mktemp("spark")
    for part in ("bin", "jars"):
        (home / part).symlink_to(Path(pyspark.__file__).parent / part)
    environment = {**os.environ, "SPARK_HOME": str(home), "PYSPARK_PYTHON": sys.executable}
    environment |= {"PYTHONPATH": os.pathsep.join((str(ROOT), str(TESTS))), "SPARK_LOCAL_IP": "127.0.0.1"}
    each = [(service, str(path), json.dumps(OPTIONS[name])) for (service, name), path in paths.items()]
    ran = subprocess.run(  # noqa: S603 -- of our own environment
        [sys.executable, "-m", "support.spark_cluster", *chain.from_iterable(each)],
        cwd=home, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-3000:]
    assert any((home / "work").iterdir())  # where executors have their folders
    found = json.loads(ran.stdout.splitlines()[-1])
    return {**found, "found": dict(zip(LOGS, found["found"], strict=True))}


def test_the_executors_are_processes_of_their_own(cluster):
    assert cluster["executors"] == 2


@pytest.mark.parametrize("each", LOGS, ids=" ".join)
def test_a_cluster_finds_what_duckdb_finds(cluster, paths, each):
    wanted = said(audit(CATALOGS[each[0]], paths[each], **OPTIONS[each[1]]))
    assert cluster["found"][each]["figures"] == wanted["figures"]
    assert cluster["found"][each]["findings"] == wanted["findings"]


@pytest.mark.parametrize("service", SERVICES)
def test_a_cluster_finds_what_was_planted(cluster, tmp_path, service):
    planted = sample(CATALOGS[service], 2_000, tmp_path / "usage.parquet", seed=4, faults=dict.fromkeys(FAULTS, 2))
    assert kinds(cluster["found"][service, "planted"]) == planted.findings


@pytest.mark.parametrize("service", SERVICES)
def test_its_tasks_with_several_rows_are_of_every_kind(cluster, service):
    found = cluster["found"][service, "drawn"]
    assert kinds(found).keys() >= {"duplicate_task", "conflicting_task"}
    assert found["figures"]["filtered"]["history"] > 0


def kinds(found) -> Counter[str]:
    return Counter(json.loads(finding)["kind"] for finding in found["findings"])
