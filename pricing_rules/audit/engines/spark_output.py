"""Findings of a Spark data frame for people and programs: whole under their name, or not there at all."""

import os
from typing import Any

from pricing_rules.audit.engines.output import FORMULA, check_format
from pricing_rules.audit.log.dialect import SPARK, identifier, literal
from pricing_rules.audit.report.findings import AMOUNTS, FINDING

FORMATS = {".parquet": "parquet", ".csv": "csv", ".jsonl": "json"}
OPTIONS = {
    "header": "true",
    "escape": '"',
    "ignoreLeadingWhiteSpace": "false",
    "ignoreTrailingWhiteSpace": "false",
    "ignoreNullFields": "false",
}
MILLIONTH = "CAST('0.000001' AS DECIMAL(6, 6))"


def in_credits(frame: Any) -> Any:  # noqa: ANN401 -- data frames
    """Return findings whose amounts are in credits, DECIMAL(38, 6), and whose times are in UTC, without a zone."""
    told = {name: _credits(name) for name in AMOUNTS} | {"created_at": _moment("created_at")}
    quoted = {name: identifier(name, SPARK) for name in frame.columns}
    return frame.selectExpr(*(f"{told.get(name, own)} AS {own}" for name, own in quoted.items()))


def write_frame(frame: Any, path: str) -> None:  # noqa: ANN401 -- a data frame
    """Write findings to a folder by Spark, on whatever file system the path is of.

    Raises:
        UnusableLog: the name of the folder ends in none of the formats that there are.
        OSError: there is something of that name, or it cannot be written.
    """
    form = check_format(path)
    session = frame.sparkSession
    hadoop = session._jvm.org.apache.hadoop.fs  # noqa: SLF001 -- the only way to a cluster's files
    place, partial = hadoop.Path(path), hadoop.Path(f"{path}.{os.getpid()}.partial")
    files = place.getFileSystem(session._jsc.hadoopConfiguration())  # noqa: SLF001
    if files.exists(place):
        raise FileExistsError(f"there is something of the name {path}")
    values = frame.selectExpr(*(f"{_value(name, form)} AS {identifier(name, SPARK)}" for name in frame.columns))
    try:
        values.write.format(FORMATS[form]).options(**OPTIONS).save(partial.toString())
        if not files.rename(partial, place):
            raise OSError(f"{path} cannot be given its name")
    finally:
        files.delete(partial, True)  # noqa: FBT003 -- with what is in it


def _credits(name: str) -> str:
    return f"CAST(CAST({name} AS DECIMAL(20, 0)) * {MILLIONTH} AS DECIMAL(38, 6))"


def _value(name: str, form: str) -> str:
    """Write a value as `output` does."""
    if name in AMOUNTS:
        text = f"TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM CAST({_credits(name)} AS STRING)))"
        return _credits(name) if form == ".parquet" else text
    if name == "created_at":
        return _moment(name) if form == ".parquet" else _iso(name, _moment(name))
    own = identifier(name, SPARK)
    if form == ".csv" and FINDING[name] == "STRING":
        return f"CASE WHEN REGEXP_LIKE({own}, {literal(FORMULA, SPARK)}) THEN CONCAT('\\'', {own}) ELSE {own} END"
    return own


def _moment(name: str) -> str:
    return f"TIMESTAMPADD(MICROSECOND, {name}, TIMESTAMP_NTZ '1970-01-01 00:00:00')"


def _iso(name: str, moment: str) -> str:
    """Write a time as text; DATE_FORMAT would take it for one of the session's zone."""
    text = f"CAST({moment} AS STRING)"
    fraction = f"LPAD(CAST({name} % 1000000 AS STRING), 6, '0')"
    return f"CONCAT(SUBSTR({text}, 1, 10), 'T', SUBSTR({text}, 12, 8), '.', {fraction}, 'Z')"
