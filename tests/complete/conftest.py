"""What several of the complete tests share: a session of Spark, each file's own."""

import pytest


@pytest.fixture(scope="module")
def session():
    from pyspark.sql import SparkSession  # noqa: PLC0415 -- it is not there without Java

    options = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",  # seconds of work, not hours
    }
    builder = SparkSession.builder.master("local[2]")
    for name, value in options.items():
        builder = builder.config(name, value)
    found = builder.getOrCreate()
    found.sparkContext.setLogLevel("ERROR")
    yield found
    found.stop()
