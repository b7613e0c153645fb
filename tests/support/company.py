"""A log as a company writes it: semicolons, decimal commas, words and column names of its own, and planted faults."""

import csv
import gzip
import json
from collections.abc import Mapping
from pathlib import Path

import duckdb

NAMES = {
    "task_id": "job", "model": "engine", "status": "state", "credits_used": "price", "credits_refunded": "refund",
    "created_at": "started", "mode": "kind", "duration": "seconds", "resolution": "size", "outputs": "images",
    "account": "customer",
}  # fmt: skip
STATUSES = {"SUCCEEDED": "completed", "FAILED": "failed", "RUNNING": "pending"}
WORDS = {"1": "SUCCEEDED", "2": "FAILED", "0": "RUNNING"}  # for those of gptimage2api
FLAGS = (
    *(f"--column={name}={own}" for name, own in NAMES.items()),
    *(f"--status={word}={state}" for word, state in STATUSES.items()),
    "--delimiter", ";", "--decimal", ",", "--null", r"\N",
)  # fmt: skip
FAULTS = {
    "overcharged": 1, "undercharged": 1, "missing_refund": 1, "wrong_refund": 1, "refund_without_failure": 1,
    "unknown_model": 1, "malformed": 1, "invalid_request": 1, "duplicate_task": 1, "repeated_refund": 1,
}  # fmt: skip


def records() -> list[dict[str, str | None]]:
    """Return the tasks of gptimage2api by our names: 40 right ones of three models, then a fault of each kind."""
    image = {
        "model": "gpt-image-2", "status": "1", "credits_used": "3", "credits_refunded": "0",
        "created_at": "2026-10-01 00:00:00", "mode": "text_to_image", "duration": None, "resolution": None,
        "outputs": "1", "account": "ann",
    }  # fmt: skip
    video = {**image, "model": "sora-2-text-to-video", "mode": "text_to_video", "duration": "10"}
    video |= {"resolution": "1080p", "credits_used": "15", "account": None}
    failed = {**image, "status": "2", "credits_refunded": "3"}
    right = [{**one, "created_at": f"2026-10-{day:02} 12:00:00"} for day in range(1, 11) for one in (image, failed)]
    right += [{**one, "created_at": f"2026-10-{day:02} 13:30:00"} for day in range(1, 11) for one in (video, image)]
    right += [{**image, "status": "0"}]
    wrong = [
        {**image, "credits_used": "4.5"},
        {**image, "credits_used": "2.25"},
        {**failed, "credits_refunded": "0"},
        {**failed, "credits_refunded": "1.5"},
        {**failed, "credits_refunded": "6"},
        {**image, "credits_refunded": "0.5"},
        {**image, "model": "gpt-image-3"},
        {**image, "credits_used": "-1"},
        {**image, "mode": "text_to_video"},
    ]
    every = [{"task_id": f"job-{number:03}", **one} for number, one in enumerate([*right, *wrong])]
    return [*every, every[0]]


def told(record: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return a record by the company's own names and words."""
    return {own: WORDS[str(record[name])] if name == "status" else record[name] for name, own in NAMES.items()}


def written(path: Path) -> Path:
    """Write the log as the ending of a name says; only CSV has decimal commas and null words."""
    rows = [told(record) for record in records()]
    match path.suffixes:
        case [".csv"]:
            with path.open("w", newline="") as stream:
                writer = csv.writer(stream, delimiter=";")
                writer.writerow(NAMES.values())
                writer.writerows([_cell(name, value) for name, value in row.items()] for row in rows)
        case [".jsonl", ".gz"]:
            with gzip.open(path, "wt") as stream:
                stream.writelines(f"{json.dumps({name: _typed(name, v) for name, v in row.items()})}\n" for row in rows)
        case [".duckdb"]:
            _table(path, rows)
        case _:
            raise ValueError(path)
    return path


def _cell(name: str, value: str | None) -> str:
    if value is None:
        return r"\N"
    return value.replace(".", ",") if name in ("price", "refund") else value


def _typed(name: str, value: str | None) -> object:
    if value is None or name not in ("price", "refund", "seconds", "images"):
        return value
    return float(value) if "." in value else int(value)


def _table(path: Path, rows: list[dict[str, str | None]]) -> None:
    kinds = dict.fromkeys(("price", "refund"), "DECIMAL(12, 3)") | {"seconds": "INTEGER", "images": "TINYINT"}
    columns = ", ".join(f"{name} {kinds.get(name, 'VARCHAR')}" for name in rows[0])
    places = ", ".join("?" for _ in rows[0])
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"CREATE TABLE tasks ({columns.replace('started VARCHAR', 'started TIMESTAMP')})")
        connection.executemany(f"INSERT INTO tasks VALUES ({places})", [list(row.values()) for row in rows])
