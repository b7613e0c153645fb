"""Time the audit of a log beside a bare scan of its columns, SQL written by hand, pandas and a loop in Python.

The log: `sample-log` of gptimage2api with faults planted in one row of a thousand, as Parquet; amounts are whole
credits and times microseconds, or with --typed DECIMAL(18, 6) and TIMESTAMP WITH TIME ZONE, or with --random a charge
of its own on every row. Each contender runs in an interpreter of its own, all in turn, round by round, with the same
threads; times are of the pass alone, beside them processor time, and the most memory that the process had. Each must
count the same findings, but for what its line says that it does not do; of a random log nothing is known but its rows.
A rating is to cost at most 1.3 times the sums. With --spark the audit and the bare scan are Spark's own, warm: each
runs twice in one session, and the second is timed.
"""

# ruff: noqa: PLC0415, S603, S608 -- contenders import what they time; paths are our own

import argparse
import json
import platform
import re
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pricing_rules import load_catalog, options
from pricing_rules.audit import audit, rate
from pricing_rules.audit.sample.log import FAULTS, sample

SERVICE = "gptimage2api"
COLUMNS = (
    "task_id", "service", "model", "status", "credits_used", "credits_refunded", "refund_count", "created_at",
    "updated_at", "account", "mode", "duration", "resolution", "outputs", "references", "aspect_ratio", "prompt_length",
)  # fmt: skip
LOOPED = 500_000  # rows that the loop in Python judges; its time is scaled
ROW_FINDINGS = ("duplicate_task", "conflicting_task")
Counts = dict[str, int]


def bare_scan(path: str, threads: int) -> Counts:
    """Read every value of the columns and keep the largest."""
    connection = connected(threads)
    largest = ", ".join(f'MAX("{name}") AS "{name}"' for name in COLUMNS)
    connection.execute("SET disabled_optimizers = 'statistics_propagation'")  # it would answer from the file's footer
    connection.execute(f"CREATE TABLE largest AS SELECT {largest} FROM '{path}'")
    return {}


def sums(path: str, threads: int) -> Counts:
    """Add up by model and day."""
    return dict(audited(path, threads, duplicates=False).counts)


def sums_and_findings(path: str, threads: int) -> Counts:
    """Add up by model and day, and keep the findings."""
    report = audited(path, threads, duplicates=False)
    assert len(report.by_account) > 1
    return dict(report.counts)


def sums_and_tasks(path: str, threads: int) -> Counts:
    """Add up by model and day, and look for tasks with several rows."""
    found = audited(path, threads, duplicates=True).counts
    return {kind: rows for kind, rows in found.items() if kind not in ROW_FINDINGS}


def rated(path: str, threads: int) -> Counts:
    """Rate the log against itself: what each row would cost beside its charge."""
    connection = connected(threads)
    connection.execute(f"CREATE VIEW usage AS SELECT * FROM '{path}'")
    rate(load_catalog(SERVICE), "usage", engine=connection)
    return {}


def audited(path: str, threads: int, *, duplicates: bool) -> Any:  # noqa: ANN401 -- a report
    """Audit a log by a connection of its own."""
    connection = connected(threads)
    connection.execute(f"CREATE VIEW usage AS SELECT * FROM '{path}'")
    return audit(load_catalog(SERVICE), "usage", engine=connection, duplicates=duplicates)


def spark_scan(path: str, threads: int) -> Counts:
    """Read every value of the columns by Spark and keep the largest."""
    session(threads).read.parquet(path).selectExpr(*(f"MAX(`{name}`) AS `{name}`" for name in COLUMNS)).collect()
    return {}


def spark_sums(path: str, threads: int) -> Counts:
    """Add up by model and day by Spark."""
    return dict(audit(load_catalog(SERVICE), session(threads).read.parquet(path), duplicates=False).counts)


def spark_sums_and_findings(path: str, threads: int) -> Counts:
    """Add up by model and day by Spark, and keep the findings."""
    report = audit(load_catalog(SERVICE), session(threads).read.parquet(path), duplicates=False)
    assert len(report.by_account) > 1
    return dict(report.counts)


def session(threads: int) -> Any:  # noqa: ANN401 -- a Spark session
    """Return a session of so many threads, the same each time."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(f"local[{threads}]")
    for name, value in {"spark.ui.enabled": "false", "spark.driver.memory": "3g"}.items():
        builder = builder.config(name, value)
    found = builder.getOrCreate()
    found.sparkContext.setLogLevel("ERROR")
    return found


def by_hand(path: str, threads: int) -> Counts:
    """Run the SQL of audit_by_hand.sql."""
    connection = connected(threads)
    connection.execute(f"CREATE VIEW usage AS SELECT * FROM '{path}'")
    told: Counter[str] = Counter()
    for _, _, charge, refund, invalid, _, rows, *_ in connection.execute(HAND.read_text()).fetchall():
        told.update({charge: rows, refund: rows, "invalid_request": rows if invalid else 0})
        if charge in ("malformed", "filtered"):
            told.subtract({refund: rows, "invalid_request": rows if invalid else 0})
    return {kind: rows for kind, rows in told.items() if kind in FAULTS and rows}


def pandas_frames(path: str, _threads: int) -> Counts:
    """Charges and refunds; no rules, no sums by day or account, NULL as in pandas."""
    import pandas as pd

    wanted = ["task_id", "model", "status", "credits_used", "credits_refunded", "duration", "resolution", "outputs"]
    log = pd.read_parquet(path, columns=wanted)
    rows = [(o.model, o.parameters.duration or 0, o.parameters.resolution or "", int(o.exact * 1000)) for o in priced()]
    prices = pd.DataFrame(rows, columns=["model", "duration", "resolution", "price"])
    log["duration"] = log["duration"].fillna(0)
    log["resolution"] = log["resolution"].fillna("")
    log = log.merge(prices, how="left", on=["model", "duration", "resolution"])
    expected = -(-(log["price"] * log["outputs"].fillna(1)) // 1000)
    charged, refunded, failed = log["credits_used"], log["credits_refunded"], log["status"] == "2"
    return {
        "overcharged": int((charged > expected).sum()),
        "undercharged": int((charged < expected).sum()),
        "missing_refund": int((failed & (refunded == 0) & (charged > 0)).sum()),
    }


def python_loop(path: str, _threads: int) -> Counts:
    """Charges and refunds of the first 500,000 rows; the time is scaled to all."""
    from pyarrow import parquet

    prices = {(o.model, o.parameters.duration, o.parameters.resolution): int(o.exact * 1000) for o in priced()}
    told: Counter[str] = Counter()
    done = 0
    for batch in parquet.ParquetFile(path).iter_batches(50_000, columns=list(COLUMNS)):
        for row in batch.to_pylist():
            price = prices.get((row["model"], row["duration"], row["resolution"]))
            charged = row["credits_used"]
            if price is not None and charged is not None:
                expected = -(-price * (row["outputs"] or 1) // 1000)
                told["overcharged"] += charged > expected
                told["undercharged"] += charged < expected
            told["missing_refund"] += bool(row["status"] == "2" and charged and not row["credits_refunded"])
        done += batch.num_rows
        if done >= LOOPED:
            break
    return {}


HAND = Path(__file__).parent / "audit_by_hand.sql"
CONTENDERS: dict[str, Callable[[str, int], Counts]] = {
    "bare scan": bare_scan,
    "sums": sums,
    "sums and findings": sums_and_findings,
    "sums and tasks": sums_and_tasks,
    "rate": rated,
    "SQL by hand": by_hand,
    "pandas": pandas_frames,
    "loop in Python": python_loop,
}
ON_SPARK: dict[str, Callable[[str, int], Counts]] = {
    "bare scan": spark_scan,
    "sums": spark_sums,
    "sums and findings": spark_sums_and_findings,
}


def priced() -> Any:  # noqa: ANN401 -- quotes
    """Return every price of the service."""
    return options(load_catalog(SERVICE))


def connected(threads: int) -> Any:  # noqa: ANN401 -- a connection
    """Return a connection of its own."""
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"SET threads = {threads}; SET memory_limit = '2GB'; SET preserve_insertion_order = false")
    return connection


def one(name: str, path: str, threads: int, *, spark: bool) -> None:
    """Time a contender in this process, and print seconds, of them of the processor, MB and what it counted."""
    run = (ON_SPARK if spark else CONTENDERS)[name]
    if name in ("pandas", "loop in Python"):
        import_module("pandas")  # importing is not timed
        import_module("pyarrow.parquet")
    if spark:
        run(path, threads)
    start, used = time.perf_counter(), time.process_time()
    counts = run(path, threads)
    seconds, used = time.perf_counter() - start, time.process_time() - used
    found = re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())
    assert found
    print(json.dumps([seconds, used, int(found[1]) // 1024, counts]))


def measured(name: str, path: str, threads: int, *, spark: bool) -> tuple[float, float, int, Counts]:
    """Run a contender in an interpreter of its own."""
    command = [sys.executable, __file__, path, "--one", name, "--threads", str(threads), *(["--spark"] * spark)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    seconds, used, memory, counts = json.loads(said.splitlines()[-1])
    return seconds, used, memory, counts


CHANGED = {
    "typed": "CAST(credits_used AS DECIMAL(18, 6)) AS credits_used, "
    "CAST(credits_refunded AS DECIMAL(18, 6)) AS credits_refunded, "
    "CAST(MAKE_TIMESTAMP(created_at) AS TIMESTAMPTZ) AS created_at",
    "random": "CAST(CAST(HASH(task_id) % 100000000 AS BIGINT) * CAST(0.000001 AS DECIMAL(6, 6)) AS DECIMAL(18, 6)) "
    "AS credits_used",
}


def log_of(rows: int, folder: Path, kind: str | None) -> tuple[str, Counts]:
    """Make the log, once; return its path and what is planted in it."""
    import duckdb

    plain, other = folder / f"usage_{rows}.parquet", folder / f"usage_{rows}_{kind}.parquet"
    faults = dict.fromkeys(FAULTS, rows // 1_000 // len(FAULTS))
    told = plain.with_suffix(".json")
    if not told.exists():
        told.write_text(json.dumps(dict(sample(load_catalog(SERVICE), rows, plain, seed=1, faults=faults).findings)))
    if kind and not other.exists():
        duckdb.execute(f"COPY (SELECT * REPLACE ({CHANGED[kind]}) FROM '{plain}') TO '{other}'")
    return str(other if kind else plain), json.loads(told.read_text())


def main() -> None:
    """Print one table: ratios first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", help="where the log is kept, or the log with --one")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--typed", action="store_const", dest="kind", const="typed")
    parser.add_argument("--random", action="store_const", dest="kind", const="random")
    parser.add_argument("--spark", action="store_true")
    parser.add_argument("--without", default="", help="contenders to leave out, with commas between")
    parser.add_argument("--one", choices=CONTENDERS)
    asked = parser.parse_args()
    if asked.one:
        one(asked.one, asked.folder, asked.threads, spark=asked.spark)
        return
    folder = Path(asked.folder)
    folder.mkdir(parents=True, exist_ok=True)
    path, planted = log_of(asked.rows, folder, asked.kind)
    names = [name for name in (ON_SPARK if asked.spark else CONTENDERS) if name not in asked.without.split(",")]
    runs: dict[str, list[tuple[float, float, int]]] = {name: [] for name in names}
    for _ in range(asked.rounds):
        for name in names:
            seconds, used, memory, counts = measured(name, path, asked.threads, spark=asked.spark)
            known = asked.kind != "random"
            assert not known or all(planted.get(kind, 0) == rows for kind, rows in counts.items()), (name, counts)
            times = asked.rows / LOOPED if name == "loop in Python" else 1
            runs[name].append((seconds * times, used * times, memory))
    print(f"{asked.rows:,} rows, {len(COLUMNS)} columns{f', {asked.kind}' if asked.kind else ''}, ", end="")
    print(f"{Path(path).stat().st_size / 1e6:,.0f} MB, {asked.threads} threads, {asked.rounds} rounds; ", end="")
    print(f"Python {platform.python_version()}, duckdb {version('duckdb')}, {platform.machine()}")
    show(runs, asked.rows)


def show(runs: dict[str, list[tuple[float, float, int]]], rows: int) -> None:
    """Print the ratios of each round to its own bare scan, and processor time beyond the scan's in us a row."""
    print(f"{'':20}{'x scan':>8}{'least':>8}{'most':>8}{'seconds':>9}{'us a row':>10}{'peak MB':>9}")
    scans = runs["bare scan"]
    for name, found in runs.items():
        ratios = [seconds / scan for (seconds, _, _), (scan, _, _) in zip(found, scans, strict=True)]
        beyond = [(used - own) / rows * 1e6 for (_, used, _), (_, own, _) in zip(found, scans, strict=True)]
        print(f"{name:20}{statistics.median(ratios):8.2f}{min(ratios):8.2f}{max(ratios):8.2f}", end="")
        print(f"{statistics.median(seconds for seconds, _, _ in found):9.2f}{statistics.median(beyond):10.2f}", end="")
        print(f"{max(memory for _, _, memory in found):9}")


if __name__ == "__main__":
    main()
