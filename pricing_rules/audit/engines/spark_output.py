"""Findings of a Spark data frame for people and programs: whole under their name, or not there at all."""

import os
from typing import Any

from pricing_rules.audit.engines.output import check_format, values
from pricing_rules.audit.log.dialect import SPARK

FORMATS = {".parquet": "parquet", ".csv": "csv", ".jsonl": "json"}
OPTIONS = {
    "header": "true",
    "escape": '"',
    "ignoreLeadingWhiteSpace": "false",
    "ignoreTrailingWhiteSpace": "false",
    "ignoreNullFields": "false",
}


def in_credits(frame: Any) -> Any:  # noqa: ANN401 -- data frames
    """Return findings whose amounts are in credits, DECIMAL(38, 6), and whose times are in UTC, without a zone."""
    return frame.selectExpr(*values(frame.columns, ".parquet", SPARK))


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
    told = frame.selectExpr(*values(frame.columns, form, SPARK))
    try:
        told.write.format(FORMATS[form]).options(**OPTIONS).save(partial.toString())
        if not files.rename(partial, place):
            raise OSError(f"{path} cannot be given its name")
    finally:
        files.delete(partial, True)  # noqa: FBT003 -- with what is in it
