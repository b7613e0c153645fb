"""Time what an audit takes of many accounts: their sums, a ledger with a debit for each task, their statements.

The log is that of audit.py, with the accounts drawn by a hash of the task, and each of its charges a debit of the
ledger. Each line is of an interpreter of its own: seconds, of them of the processor, and the most memory it had.
"""

# ruff: noqa: PLC0415, S603, S608 -- contenders import what they time; paths are our own

import argparse
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree
from typing import Any

from audit import SERVICE, log_of
from pricing_rules import load_catalog
from pricing_rules.audit import audit


def sums(log: Path) -> int:
    """Add up, and keep the findings by account; all charges are one more than in the log."""
    return len(audited(log).by_account)


def ledger(log: Path) -> int:
    """Add up by what a ledger says, and look for entries that should not be there."""
    return sum(audited(log, ledger=log.with_name("ledger.parquet")).counts.values())


def statements(log: Path) -> int:
    """Write a page and a CSV for each account."""
    folder = log.with_name("statements")
    rmtree(folder, ignore_errors=True)
    return int(audited(log).statements(folder))


def audited(log: Path, **options: object) -> Any:  # noqa: ANN401 -- a report
    """Audit a log within the memory that a caller who says nothing allows."""
    return audit(load_catalog(SERVICE), log, **options)


CONTENDERS: dict[str, Callable[[Path], int]] = {"sums": sums, "ledger": ledger, "statements": statements}


def made(rows: int, accounts: int, folder: Path) -> Path:
    """Make the log and its ledger; the one for the sums has a finding in each row."""
    import duckdb

    usage, _ = log_of(rows, folder, None)
    log, own = folder / f"accounts_{rows}_{accounts}.parquet", f"'account_' || HASH(task_id) % {accounts} AS account"
    duckdb.execute(f"COPY (SELECT * REPLACE ({own}) FROM '{usage}') TO '{log}'")
    more = f"SELECT * REPLACE (credits_used + 1 AS credits_used) FROM '{log}'"
    duckdb.execute(f"COPY ({more}) TO '{log.with_name('overcharged.parquet')}'")
    debits = f"SELECT task_id, 'debit' AS kind, credits_used AS credits FROM '{log}' WHERE credits_used > 0"
    duckdb.execute(f"COPY ({debits}) TO '{log.with_name('ledger.parquet')}'")
    return log


def one(name: str, log: Path) -> None:
    """Time a contender in this process."""
    start, used = time.perf_counter(), time.process_time()
    number = CONTENDERS[name](log.with_name("overcharged.parquet") if name == "sums" else log)
    seconds, used = time.perf_counter() - start, time.process_time() - used
    found = re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())
    assert found
    print(json.dumps([seconds, used, int(found[1]) // 1024, number]))


def main() -> None:
    """Print a line for each contender."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the log is kept, or the log with --one")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--accounts", type=int, default=100_000)
    parser.add_argument("--one", choices=CONTENDERS)
    asked = parser.parse_args()
    if asked.one:
        one(asked.one, asked.folder)
        return
    asked.folder.mkdir(parents=True, exist_ok=True)
    log = made(asked.rows, asked.accounts, asked.folder)
    print(f"{'':12}{'seconds':>9}{'processor':>11}{'peak MB':>9}{'found':>11}")
    for name in CONTENDERS:
        command = [sys.executable, __file__, str(log), "--one", name]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        seconds, used, memory, number = json.loads(said.splitlines()[-1])
        print(f"{name:12}{seconds:9.2f}{used:11.2f}{memory:9}{number:11,}")
    rmtree(asked.folder / "statements")


if __name__ == "__main__":
    main()
