"""Where an audit runs: DuckDB over files and relations, Spark over data frames.

Start reading at `plan`, what is run; `duckdb` and `spark` run it. Only `audit.dispatch` imports from here.
"""
