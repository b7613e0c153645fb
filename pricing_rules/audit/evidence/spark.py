"""The findings of an audit by Spark: a data frame, and a folder that is whole under its name or not there at all."""

import os
from contextlib import suppress
from os import PathLike, fspath
from typing import Any
from weakref import finalize

from pricing_rules.audit.engines.plan import Job
from pricing_rules.audit.engines.spark import Spark
from pricing_rules.audit.evidence.files import check_format, values
from pricing_rules.audit.evidence.found import ORDER, Found
from pricing_rules.audit.log.dialect import SPARK, literal

FORMATS = {".parquet": "parquet", ".csv": "csv", ".jsonl": "json"}
OPTIONS = {
    "header": "true",
    "escape": '"',
    "ignoreLeadingWhiteSpace": "false",
    "ignoreTrailingWhiteSpace": "false",
    "ignoreNullFields": "false",
}


class Findings(Found):
    """The findings of an audit as a data frame and as files that Spark writes."""

    def __init__(self, job: Job, engine: Spark) -> None:
        super().__init__(job)
        self.session = engine.session
        finalize(self, _drop, engine.session, engine.views).atexit = False

    def listed(self, kind: str | None, limit: int | None) -> Any:  # noqa: ANN401 -- a data frame
        """Return findings of one kind or of all, the first ones in order where there is a limit."""
        frame = self._frame()
        found = frame.selectExpr(*values(frame.columns, ".parquet", SPARK))
        chosen = found if kind is None else found.where(f"kind = {literal(kind, SPARK)}")
        return chosen if limit is None else chosen.orderBy(*ORDER).limit(limit)

    def write(self, path: str | PathLike[str]) -> None:
        """Write all of them to a folder, whole or not at all."""
        write_frame(self._frame(), fspath(path))

    def _frame(self) -> Any:  # noqa: ANN401 -- a data frame
        return self.session.sql(self.query(self.table))


def _drop(session: Any, views: list[str]) -> None:  # noqa: ANN401 -- a session
    with suppress(Exception):  # a session that was stopped has no views any more
        for view in views:
            session.catalog.dropTempView(view)


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
