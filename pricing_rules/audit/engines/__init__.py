"""How many rows are judged: grouped by DuckDB or Spark, judged once each, added up, tasks with several rows compared.

Start reading at `run`, what is done in which order; `plan` says with what, `duckdb` and `spark` do it.
"""
