"""Findings as a file for people and programs: whole under its name, or not there at all."""

import os
from pathlib import Path
from typing import Any

from pricing_rules.audit.sums import AMOUNTS
from pricing_rules.errors import UnusableLog
from pricing_rules.spelling import listed, shown
from pricing_rules.targets.sql_report import FINDING
from pricing_rules.targets.sql_text import literal

FORMATS = {".parquet": "FORMAT PARQUET", ".csv": "FORMAT CSV, HEADER", ".jsonl": "FORMAT JSON"}
FORMULA = "^[=+@\\t\\r-]"  # a spreadsheet takes a cell that starts with these for a formula


def write_findings(connection: Any, rows: str, path: str) -> None:  # noqa: ANN401 -- a connection
    """Write the findings of a query.

    Raises:
        UnusableLog: the name of the file ends in none of the formats that there are.
        OSError: the file cannot be written.
    """
    form = check_format(path)
    partial = f"{path}.{os.getpid()}.partial"
    values = ", ".join(f"{_value(name, form)} AS {name}" for name in (*FINDING, "file"))
    try:
        Path(partial).touch()
        connection.execute(f"COPY (SELECT {values} FROM ({rows}) o) TO {literal(partial)} ({FORMATS[form]})")
        os.replace(partial, path)  # noqa: PTH105 -- one step, or none
    finally:
        Path(partial).unlink(missing_ok=True)


def check_format(path: str) -> str:
    """Return the ending of a file's name that says its format.

    Raises:
        UnusableLog: it says none that there is.
    """
    form = Path(path).suffix.lower()
    if form not in FORMATS:
        raise UnusableLog(f"it goes to a file that ends in {listed(FORMATS)}, not to {shown(Path(path).name)}")
    return form


def _value(name: str, form: str) -> str:
    if name in AMOUNTS:
        amount = f"CAST(CAST({name} AS DECIMAL(32, 0)) * CAST('0.000001' AS DECIMAL(6, 6)) AS DECIMAL(38, 6))"
        return amount if form == ".parquet" else f"RTRIM(RTRIM(CAST({amount} AS VARCHAR), '0'), '.')"
    if name == "created_at":
        moment = f"MAKE_TIMESTAMP({name})"
        return moment if form == ".parquet" else f"STRFTIME({moment}, '%Y-%m-%dT%H:%M:%S.%fZ')"
    if form == ".csv":
        return f"CASE WHEN REGEXP_MATCHES({name}, {literal(FORMULA)}) THEN CONCAT('''', {name}) ELSE {name} END"
    return name
