"""Audits by a Spark whose executors are processes of their own: run as a program, it prints what they found as JSON.

Its arguments are the services, the Parquet files and the options of the audits, by turns. Spark's cluster within a
machine starts its workers below SPARK_HOME and writes there, so that the folder is to be one of the caller's.
"""

import json
import sys
from decimal import Decimal
from typing import Any

from pricing_rules.audit import AuditReport, audit
from support.identities import figures
from support.identities import told as findings
from support.strategies import CATALOGS

MASTER = "local-cluster[2,1,2048]"
OPTIONS = {
    "spark.executor.memory": "1g",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "4",
    "spark.sql.adaptive.coalescePartitions.enabled": "false",  # a few rows would else be one task of one executor
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1",
}


def said(report: AuditReport) -> dict[str, Any]:
    """Return all that a report says, and its findings without the place of their rows, which a frame has not."""
    rows = [{**row, "file": None, "row": None} for row in findings(report)]
    listed = sorted(json.dumps({name: plain(value) for name, value in row.items()}, sort_keys=True) for row in rows)
    return {"figures": json.loads(json.dumps(figures(report))), "findings": listed}


def plain(value: object) -> object:
    match value:
        case None | str() | int():
            return value
        case Decimal():
            return f"{value.normalize():f}"
        case _:
            return str(value)


def audited(session: Any, service: str, path: str, options: str) -> dict[str, Any]:
    frame = session.read.parquet(path).repartition(4)  # both executors have some of it
    return said(audit(CATALOGS[service], frame, **json.loads(options)))


def main(arguments: list[str]) -> None:
    from pyspark.sql import SparkSession  # noqa: PLC0415 -- only where there is a Java runtime

    builder = SparkSession.builder.master(MASTER)
    for name, value in OPTIONS.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    found = [audited(session, *arguments[start : start + 3]) for start in range(0, len(arguments), 3)]
    executors = session.sparkContext._jsc.sc().getExecutorMemoryStatus().size() - 1  # noqa: SLF001 -- less the driver
    session.stop()
    print(json.dumps({"executors": executors, "found": found}))  # noqa: T201 -- what the caller reads


if __name__ == "__main__":
    main(sys.argv[1:])
