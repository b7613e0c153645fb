"""Any name or value, in a log or in a user's catalog, is text in SQL, in files and on a terminal."""

import csv
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pricing_rules import Catalog, load_catalog
from pricing_rules.audit import audit
from pricing_rules.audit.meaning.verdict import check
from support.audit_rows import plain
from support.command import run
from support.logs import written
from support.places import INVENTED as CLIPWORKS
from support.strategies import CATALOGS

GPT = CATALOGS["gptimage2api"]

WILD = "'\"`;\\\n\r\t\x1b{}%$[]()|&=+-@,.*?/ aZ0é…🎬"


WORDS = [
    "'; DROP TABLE log; --",
    '" OR 1=1 --',
    "\\'",
    "{0}",
    "%s",
    "[red]x[/]",
    "\x1b[31mx\x1b[0m",
    "=1+1",
    "a\nb",
    "-- ",
]


names = st.sampled_from(WORDS) | st.text(WILD, min_size=1, max_size=12)


few = settings(max_examples=12)


def named(folder: Path, model: str, word: str) -> Catalog:
    """Load a catalog of which a model and a status are called so."""
    own, state = (json.dumps(name, ensure_ascii=False) for name in (model, word))
    text = CLIPWORKS.replace('"reel-1"', own).replace("[models.reel-1]", f"[models.{own}]")
    path = folder / "own.toml"
    path.write_text(text.replace("done = ", f"{state} = "))
    return load_catalog(path)


@few
@given(model=names, word=names)
def test_the_names_of_a_catalog_are_text_in_sql(tmp_path_factory, model, word):
    folder = tmp_path_factory.mktemp("own")
    catalog = named(folder, model, word)
    row = {**plain(CATALOGS["clipworks"]), "model": model, "status": word}
    rows = [row, {**row, "task_id": "u", "credits_used": "99"}, {**row, "task_id": "v", "model": f"{model}'"}]
    report = audit(catalog, written(rows, folder / "log.jsonl"))
    assert report.outcomes == {
        "exact": 1, "overcharged": 1, "unknown_model": 1, check(catalog, row).refund: 3,
    }  # fmt: skip
    assert [found["model"] for found in report.findings("overcharged")] == [model]


@few
@given(task=names, account=names, column=names)
def test_the_names_and_values_of_a_log_are_text_in_sql(tmp_path_factory, task, account, column):
    folder = tmp_path_factory.mktemp("log")
    column = column.strip() or "x"
    row = {**plain(GPT), "task_id": task, "credits_used": "99", "account": None, f"x{column}": account}
    row.pop("account")
    report = audit(GPT, written([row], folder / "log.jsonl"), columns={"account": f"x{column}"}, account=account)
    (found,) = report.findings()
    assert (found["task_id"], found["account"], report.by_account[0].account) == (task, account, account)
    report.write(folder / "findings.csv")
    with (folder / "findings.csv").open(newline="") as stream:
        (line,) = csv.DictReader(stream)
    for name, value in (("task_id", task), ("account", account)):
        assert line[name] in (value, f"'{value}")
        assert not line[name].startswith(tuple("=+-@\t\r"))
    assert duckdb.execute(f"SELECT COUNT(*) FROM READ_CSV('{folder}/findings.csv', all_varchar = true)").fetchone() == (
        1,
    )


@few
@given(task=names, model=names, account=names)
def test_a_terminal_is_told_no_more_than_text(tmp_path_factory, task, model, account):
    row = {**plain(GPT), "task_id": task, "model": model, "account": account}
    path = written([row], tmp_path_factory.mktemp("log") / "log.jsonl")
    told = run("audit", str(path), "--service", "gptimage2api", COLUMNS="200")
    assert told.code == 1
    assert not any(ord(char) < 32 and char != "\n" for char in told.out + told.err)
    assert "[red]" not in task + account or "[red]" in told.out


PEAK = """
import re
import sys
from pathlib import Path
from pricing_rules import load_catalog
from pricing_rules.audit import audit
report = audit(load_catalog("gptimage2api"), sys.argv[1], memory_limit="512MB", unchecked=["refunds"])
print(sum(report.outcomes.values()), report.totals["all"].charged)
print(re.search("VmHWM:\\\\s*([0-9]+)", Path("/proc/self/status").read_text())[1])
"""


def test_a_log_in_which_each_row_has_an_amount_of_its_own_stays_within_the_memory_limit_plus_a_quarter(tmp_path):
    rows, path = 2_000_000, tmp_path / "usage.parquet"
    time = "1767225600000000 + i * 3888000"  # 90 days
    known = "'task_' || LPAD(CAST(i AS VARCHAR), 12, '0') AS task_id, 'gpt-image-2' AS model, '1' AS status"
    charge = "CAST(i AS BIGINT) * CAST('0.000001' AS DECIMAL(6, 6))"
    asked = "'text_to_image' AS mode, 1 AS outputs, 10 AS prompt_length, 'account_' || i % 1000 AS account"
    listed = f"{known}, CAST({charge} AS DECIMAL(18, 6)) AS credits_used, {time} AS created_at, {asked}"
    duckdb.execute(f"COPY (SELECT {listed} FROM RANGE({rows}) r(i)) TO '{path}'")
    told = subprocess.run(  # noqa: S603 -- our own text
        [sys.executable, "-c", PEAK, str(path)], check=True, capture_output=True, text=True
    )
    counted, peak = told.stdout.splitlines()
    assert counted == f"{2 * rows} {Decimal(rows * (rows - 1) // 2) / 1_000_000}"
    assert int(peak) * 1_024 < 640_000_000


AUDITED = """
import re
import sys
from pathlib import Path
from pricing_rules import load_catalog
from pricing_rules.audit import audit
report = audit(load_catalog("gptimage2api"), sys.argv[1], request_column="body", memory_limit="512MB")
print(report.outcomes, len(list(report.findings())))
print(re.search("VmHWM:\\\\s*([0-9]+)", Path("/proc/self/status").read_text())[1])
"""


@pytest.mark.parametrize("name", ["usage.parquet", "usage.jsonl"])
def test_large_request_bodies_that_no_compression_makes_small_are_audited_in_512_mb(tmp_path, name):
    prompt = "STRING_AGG(MD5(CAST(i * 1000 + j AS VARCHAR)), '')"
    bodies = (
        f"SELECT i, CAST(JSON_OBJECT('model', 'gpt-image-2', 'numOutputs', 1, 'prompt', {prompt}) AS VARCHAR) AS body "
        "FROM RANGE(20000) t(i), RANGE(250) r(j) GROUP BY i"
    )
    charged = "IF(i % 1000 = 0, 4, 3) AS creditsUsed"
    rows = f"SELECT 't' || i AS taskId, 1 AS status, {charged}, body FROM ({bodies})"
    connection = duckdb.connect()
    connection.execute("SET threads = 1")  # which writes one row group
    connection.execute(f"COPY ({rows} ORDER BY i) TO '{tmp_path}/{name}'")
    told = subprocess.run(  # noqa: S603 -- our own text
        [sys.executable, "-c", AUDITED, f"{tmp_path}/{name}"], check=True, capture_output=True, text=True
    )
    outcomes, peak = told.stdout.splitlines()
    assert outcomes == "{'exact': 19980, 'overcharged': 20, 'refund_not_checked': 20000} 20"
    assert int(peak) < 512 * 1024


def test_parquet_with_large_request_bodies_keeps_to_the_memory_that_the_caller_allows(tmp_path):
    prompt = "i || REPEAT('x' || i, 1600)"
    body = f"""'{{"model": "gpt-image-2", "input": {{"resolution": "1k", "prompt": "' || {prompt} || '"}}}}'"""
    rows = f"SELECT 't' || i AS id, 'completed' AS status, 2.4 AS credits, {body} AS body FROM RANGE(20000) r(i)"
    duckdb.execute(f"COPY ({rows}) TO '{tmp_path}/usage.parquet' (FORMAT PARQUET)")  # 8 kB a row, each another
    report = audit(CATALOGS["aivideoapi"], tmp_path / "usage.parquet", request_column="body", memory_limit="1GB")
    assert (report.outcomes["exact"], report.counts) == (20_000, {})
