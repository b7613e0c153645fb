"""Logs of made-up records, and the files that they are written to."""

import csv
import json
import random
from pathlib import Path

import duckdb

from pricing_rules import Catalog
from pricing_rules.audit.meaning.outcomes import Record
from support.audit_rows import seeded, times

ROWS = 60


def log(catalog: Catalog, seed: int, rows: int = ROWS) -> list[Record]:
    """Return records of different tasks, on several days, of several accounts."""
    drawn = random.Random(seed)  # noqa: S311 -- no secret
    moments = [*times(catalog), "2026-10-03T12:00:00Z", "2026-10-04"]
    return [
        {
            **record,
            "task_id": f"t{seed}_{number}",
            "created_at": drawn.choice(moments),
            "account": drawn.choice(["ann", "bob", "=x", None]),
        }
        for number, record in enumerate(seeded(catalog, rows, seed))
    ]


def written(records: list[Record], path: Path) -> Path:
    """Write records as the format of the file says, all values as text."""
    if path.suffix == ".jsonl":
        path.write_text("".join(f"{json.dumps(record)}\n" for record in records))
        return path
    table = path.with_suffix(".csv")
    with table.open("w", newline="") as stream:
        writer = csv.DictWriter(stream, list(records[0]))
        writer.writeheader()
        writer.writerows(records)
    if path.suffix == ".parquet":
        duckdb.execute(f"COPY (SELECT * FROM READ_CSV('{table}', all_varchar = true)) TO '{path}' (FORMAT PARQUET)")
        table.unlink()
    return path
