"""Time the audit of a log beside a bare scan of its columns, SQL written by hand, pandas and a loop in Python.

The log: `sample-log` of gptimage2api with faults planted in one row of a thousand, as Parquet; amounts are whole
credits and times microseconds, or with --typed DECIMAL(18, 6) and TIMESTAMP WITH TIME ZONE. Each contender runs in an
interpreter of its own, all in turn, round by round, with the same threads; times are of the pass alone, memory is the
most that the process had. A rating is to cost at most 1.3 times an audit without duplicates. Each must count the same
findings, but for what its line says that it does not do.
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


def verdict_pass(path: str, threads: int) -> Counts:
    """Audit without looking for tasks with several rows."""
    return dict(audited(path, threads, duplicates=False).counts)


def with_duplicates(path: str, threads: int) -> Counts:
    """Audit with it."""
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
    "audit": verdict_pass,
    "audit and duplicates": with_duplicates,
    "rate": rated,
    "SQL by hand": by_hand,
    "pandas": pandas_frames,
    "loop in Python": python_loop,
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


def one(name: str, path: str, threads: int) -> None:
    """Time a contender in this process, and print seconds, MB and what it counted."""
    if name in ("pandas", "loop in Python"):
        import_module("pandas")  # importing is not timed
        import_module("pyarrow.parquet")
    start = time.perf_counter()
    counts = CONTENDERS[name](path, threads)
    seconds = time.perf_counter() - start
    found = re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())
    assert found
    print(json.dumps([seconds, int(found[1]) // 1024, counts]))


def measured(name: str, path: str, threads: int) -> tuple[float, int, Counts]:
    """Run a contender in an interpreter of its own."""
    command = [sys.executable, __file__, path, "--one", name, "--threads", str(threads)]
    seconds, memory, counts = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return seconds, memory, counts


def log_of(rows: int, folder: Path, *, typed: bool) -> tuple[str, Counts]:
    """Make the log, once; return its path and what is planted in it."""
    import duckdb

    plain, other = folder / f"usage_{rows}.parquet", folder / f"usage_{rows}_typed.parquet"
    faults = dict.fromkeys(FAULTS, rows // 1_000 // len(FAULTS))
    told = plain.with_suffix(".json")
    if not told.exists():
        told.write_text(json.dumps(dict(sample(load_catalog(SERVICE), rows, plain, seed=1, faults=faults).findings)))
    if typed and not other.exists():
        duckdb.execute(
            f"COPY (SELECT * REPLACE (CAST(credits_used AS DECIMAL(18, 6)) AS credits_used, "
            "CAST(credits_refunded AS DECIMAL(18, 6)) AS credits_refunded, "
            f"CAST(MAKE_TIMESTAMP(created_at) AS TIMESTAMPTZ) AS created_at) FROM '{plain}') TO '{other}'"
        )
    return str(other if typed else plain), json.loads(told.read_text())


def main() -> None:
    """Print one table: ratios first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", help="where the log is kept, or the log with --one")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--typed", action="store_true")
    parser.add_argument("--without", default="", help="contenders to leave out, with commas between")
    parser.add_argument("--one", choices=CONTENDERS)
    options_ = parser.parse_args()
    if options_.one:
        one(options_.one, options_.folder, options_.threads)
        return
    folder = Path(options_.folder)
    folder.mkdir(parents=True, exist_ok=True)
    path, planted = log_of(options_.rows, folder, typed=options_.typed)
    names = [name for name in CONTENDERS if name not in options_.without.split(",")]
    runs: dict[str, list[tuple[float, int]]] = {name: [] for name in names}
    for _ in range(options_.rounds):
        for name in names:
            seconds, memory, counts = measured(name, path, options_.threads)
            assert all(planted.get(kind, 0) == rows for kind, rows in counts.items()), (name, counts, planted)
            runs[name].append((seconds * options_.rows / LOOPED if name == "loop in Python" else seconds, memory))
    print(f"{options_.rows:,} rows, {len(COLUMNS)} columns{', typed' if options_.typed else ''}, ", end="")
    print(f"{Path(path).stat().st_size / 1e6:,.0f} MB, {options_.threads} threads, {options_.rounds} rounds; ", end="")
    print(f"Python {platform.python_version()}, duckdb {version('duckdb')}, {platform.machine()}")
    base = statistics.median(seconds for seconds, _ in runs["bare scan"])
    print(f"{'':24}{'x scan':>8}{'least':>8}{'most':>8}{'seconds':>9}{'peak MB':>9}")
    for name, found in runs.items():
        times = [seconds for seconds, _ in found]
        ratios = [statistics.median(times) / base, min(times) / base, max(times) / base]
        print(f"{name:24}{''.join(f'{ratio:8.2f}' for ratio in ratios)}{statistics.median(times):9.2f}", end="")
        print(f"{max(memory for _, memory in found):9}")


if __name__ == "__main__":
    main()
