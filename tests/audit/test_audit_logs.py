"""Logs as they are found: files with traps in them are read to the last row, counted as malformed, or refused."""

import json
import re
from pathlib import Path

import duckdb
import pytest

from pricing_rules import load_catalog
from pricing_rules.audit import audit
from pricing_rules.audit.engines.duckdb import DuckDB
from pricing_rules.audit.engines.duckdb_files import telling
from pricing_rules.errors import UnreadableLog, UnusableLog
from support.audit_rows import numbered, plain
from support.logs import written as log_file

GPT = load_catalog("gptimage2api")
HEADER = "taskId,model,status,creditsUsed,numOutputs"
ROW = "t1,gpt-image-2,1,3,1"
LINE = '{"taskId": "t1", "model": "gpt-image-2", "status": 1, "creditsUsed": 3, "numOutputs": 1}'


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("zero.csv", "", "it is empty"),
        ("zero.jsonl", "", "it is empty"),
        ("zero.parquet", "", "it is empty"),
        ("bad.parquet", "PAR1 and nothing else", "No magic bytes"),
        ("torn.parquet", b"PAR1" + bytes(400) + b"PAR1", ""),
        ("short.csv", f"{HEADER}\n{ROW}\nt2,gpt-image-2,1\n", "line 3: 3 values where the header has 5"),
        ("long.csv", f"{HEADER}\n{ROW},9\n", "line 2: 6 values where the header has 5"),
        ("quote.csv", f'{HEADER}\nt1,"gpt-image-2,1,3,1\n', "line 2: a quote is not closed"),
        ("again.csv", f"{HEADER}\n{ROW}\n{HEADER}\n{ROW}\n", "its header comes again among the rows"),
        ("twice.csv", f"{HEADER},model\n{ROW},x\n", "its header has 'model' twice"),
        ("unnamed.csv", f"{HEADER},\n{ROW},x\n", "its header has a column without a name"),
        ("blank.csv", "\n\n", "its header has a column without a name"),
        ("open.csv", f'"{HEADER}\n', "its header cannot be read"),
        ("case.csv", f"{HEADER},MODEL\n{ROW},x\n", "its header has 'model' twice"),
        (
            "late.csv",
            HEADER.encode() + b"\n" + b"t,gpt-image-2,1,3,1\n" * 999 + b"\xff,x,1,3,1\n",
            "it is no UTF-8 text",
        ),
        ("wide.csv", f"{HEADER}\n{ROW}{'1' * 9_000_000}\n", "line 2: it is longer than 8,388,608 bytes"),
        ("no.jsonl", "oops\n[1]\n", "no line of it is a JSON object"),
        ("bytes.csv", HEADER.encode() + b"\nt\xff,gpt-image-2,1,3,1\n", "it is no UTF-8 text"),
    ],
)
def test_a_broken_file_is_refused_by_its_name_and_the_reason(tmp_path, name, content, reason):
    with pytest.raises(UnreadableLog) as refused:
        audit(GPT, written(tmp_path, name, content))
    assert refused.value.file == name
    assert reason in refused.value.reason
    assert str(tmp_path) not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "content", "rows"),
    [
        ("marked.csv", f"\ufeff{HEADER}\r\n{ROW}\r\n", 1),
        ("header.csv", f"{HEADER}\n", 0),
        ("unended.csv", f"{HEADER}\n{ROW}", 1),
        ("g[a]*?.csv", f"{HEADER}\n{ROW}\n", 1),
        ("it's.csv", f"{HEADER}\n{ROW}\n", 1),
        ("g[a]*?.jsonl", f"{LINE}\n", 1),
        ("blank.jsonl", f"{LINE}\n\n\n{LINE.replace('t1', 't2')}", 2),
    ],
)
def test_a_file_is_read_to_its_last_row(tmp_path, name, content, rows):
    report = audit(GPT, written(tmp_path, name, content))
    assert (report.rows_read, report.counts) == (rows, {})
    assert report.outcomes.get("exact", 0) == rows


def test_values_with_commas_quotes_and_lines_in_them_stay_whole(tmp_path):
    wild = 'a,"b"\r\nc'
    text = f'{HEADER},prompt\n{ROW},"{wild.replace(chr(34), chr(34) * 2)}"\n'
    report = audit(GPT, written(tmp_path, "wild.csv", text))
    assert (report.rows_read, report.counts) == (1, {})


def test_a_line_of_ten_megabytes_is_one_row(tmp_path):
    long = "x" * 10_000_000
    lines = f'{LINE[:-1]}, "prompt": "{long}"}}\n{LINE.replace("t1", "t2")}\n'
    report = audit(GPT, written(tmp_path, "long.jsonl", lines))
    assert (report.rows_read, report.counts) == (2, {"invalid_request": 2})  # too long; none


@pytest.mark.parametrize(
    "line", ["no json", "[1]", "5", '"text"', '{"taskId": "t', f"{LINE} more", '{"a": \x01}', "null"]
)
def test_a_line_that_is_no_object_is_one_malformed_row(tmp_path, line):
    lines = f"{LINE}\n{line}\n{LINE.replace('t1', 't2')}\n"
    report = audit(GPT, written(tmp_path, "log.jsonl", lines))
    assert (report.rows_read, report.malformed, report.outcomes["exact"]) == (3, {"line": 1}, 2)
    assert [finding["kind"] for finding in report.findings()] == ["malformed"]


def test_keys_with_quotes_and_paths_in_them_are_names_and_nothing_else(tmp_path):
    line = LINE[:-1] + ', "$.taskId": 1, "a\\"b": 2, "c.d": 3, "e\'f": 4, "g\\\\h": 5}'
    report = audit(GPT, written(tmp_path, "keys.jsonl", f"{line}\n"), columns={"account": 'a"b'}, account="2")
    assert (report.rows_read, report.rows_judged) == (1, 1)


def test_lines_say_the_same_however_they_are_split_into_files(tmp_path):
    rows = [LINE, LINE.replace("t1", "t2").replace("}", ', "creditsRefunded": false, "duration": null}')]
    whole = written(tmp_path, "whole.jsonl", "\n".join(rows))
    split = [written(tmp_path, f"part{index}.jsonl", row) for index, row in enumerate(rows)]
    one, two = audit(GPT, whole).as_dict(), audit(GPT, split).as_dict()
    assert {**one, "sources": None} == {**two, "sources": None}


def test_a_folder_and_a_pattern_name_the_files_in_them(tmp_path):
    for number in range(3):
        written(tmp_path, f"log{number}.csv", f"{HEADER}\n{ROW.replace('t1', f't{number}')}\n")
    written(tmp_path, "notes.txt", "no log")
    every = audit(GPT, tmp_path)
    assert (every.rows_read, every.sources) == (3, ("log0.csv", "log1.csv", "log2.csv"))
    assert audit(GPT, str(tmp_path / "log[12].csv")).sources == ("log1.csv", "log2.csv")
    assert audit(GPT, [tmp_path / "log1.csv", str(tmp_path / "*1.csv")]).sources == ("log1.csv",)


@pytest.mark.parametrize(
    ("paths", "reason"),
    [
        ("none.csv", "no such file"),
        ("*.csv", "no such file"),
        (".", "no log in it"),
        ([], "no file is named"),
        ("a.txt", "a log ends in"),
    ],
)
def test_what_is_not_there_is_told(tmp_path, monkeypatch, paths, reason):
    monkeypatch.chdir(tmp_path)
    Path("a.txt").touch()
    with pytest.raises(UnreadableLog, match=reason):
        audit(GPT, paths)


def test_files_whose_columns_differ_are_each_read_by_their_own(tmp_path):
    written(tmp_path, "a.csv", f"{HEADER}\n{ROW}\n")
    written(tmp_path, "b.csv", "id,model,status,credits_used\nt2,gpt-image-2,1,3\n")
    report = audit(GPT, tmp_path)
    assert (report.rows_read, report.outcomes["exact"], report.outcomes["possible"]) == (2, 1, 1)


def test_a_column_of_a_type_that_cannot_hold_it_is_told(tmp_path):
    duckdb.execute(
        f"COPY (SELECT 't' AS taskId, 'gpt-image-2' AS model, 1 AS status, true AS creditsUsed) "
        f"TO '{tmp_path}/l.parquet'"
    )
    with pytest.raises(UnusableLog, match="credits_used: a column of type BOOLEAN cannot hold a number"):
        audit(GPT, tmp_path / "l.parquet")


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("task,model,status", "no column 'task_id' or 'taskId' or 'id', which tells the task_id"),
        ("id,status", "which tells the model"),
    ],
)
def test_a_log_without_a_needed_column_is_told_what_it_has(tmp_path, header, said):
    with pytest.raises(UnusableLog, match=said):
        audit(GPT, written(tmp_path, "log.csv", f"{header}\n"))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"columns": {"acount": "model"}}, "no column of a usage record 'acount'.*Did you mean 'account'"),
        ({"columns": {"account": "modl"}}, "no column in the log 'modl'.*Did you mean 'model'"),
        ({"request_column": "body"}, "no column in the log 'body'"),
    ],
)
def test_an_option_that_names_what_is_not_there_is_told(tmp_path, options, said):
    with pytest.raises(UnusableLog, match=said):
        audit(GPT, written(tmp_path, "log.csv", f"{HEADER}\n{ROW}\n"), **options)


def test_a_source_that_is_no_log_is_told():
    with pytest.raises(UnusableLog, match="not a int"):
        audit(GPT, 5)


def test_a_table_of_a_connection_is_a_log():
    connection = duckdb.connect()
    connection.execute(
        """CREATE TABLE "a ""log" AS SELECT 't' AS taskId, 'gpt-image-2' AS model, 1 AS status, 3 AS creditsUsed"""
    )
    assert audit(GPT, 'a "log', engine=connection).rows_read == 1


def test_audits_on_one_connection_stand_side_by_side():
    connection = duckdb.connect()
    for name, charged in (("ours", 4), ("theirs", 5)):
        connection.execute(
            f"CREATE TABLE {name} AS SELECT '{name}' AS taskId, 'gpt-image-2' AS model, 1 AS status, "
            f"{charged} AS creditsUsed, 1 AS numOutputs"
        )
    reports = [audit(GPT, name, engine=connection) for name in ("ours", "theirs")]
    assert [[row["task_id"] for row in report.findings()] for report in reports] == [["ours"], ["theirs"]]
    assert connection.table("ours").fetchall()[0][0] == "ours"


def test_too_little_memory_is_no_fault_of_the_file():
    with pytest.raises(UnusableLog, match="more memory than memory_limit allows"), telling("log.csv"):
        raise duckdb.OutOfMemoryException("Out of Memory Error: failed to pin block")


class Narrow:
    """A connection whose memory is too small for a query of more threads than one, or for any."""

    def __init__(self, enough: int) -> None:
        self.real, self.enough = duckdb.connect(config={"threads": 2}), enough

    def execute(self, query: str) -> object:
        (threads,) = self.real.execute("SELECT CURRENT_SETTING('threads')").fetchone()
        if query == "SELECT 5" and threads > self.enough:
            raise duckdb.OutOfMemoryException("Out of Memory Error: failed to allocate")
        return self.real.execute(query)


def test_what_does_not_fit_is_done_by_one_thread_of_our_own_connection():
    assert DuckDB(Narrow(enough=1), own=True).rows("SELECT 5") == [(5,)]
    for connection in (DuckDB(Narrow(enough=0), own=True), DuckDB(Narrow(enough=1))):
        with pytest.raises(duckdb.OutOfMemoryException):
            connection.rows("SELECT 5")


def test_a_connection_may_do_other_things_while_findings_are_read(tmp_path):
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE log AS SELECT CAST(i AS VARCHAR) AS taskId, 'gpt-image-2' AS model, 1 AS status, "
        "4 AS creditsUsed, 1 AS numOutputs FROM RANGE(2500) r(i)"
    )
    report = audit(GPT, "log", engine=connection)
    told = set()
    for number, finding in enumerate(report.findings("overcharged")):
        told.add(finding["task_id"])
        if number % 1_000 == 0:
            connection.execute("SELECT 1")
            report.write(tmp_path / "findings.csv")
    assert len(told) == 2_500


def test_the_first_findings_come_in_order(tmp_path):
    rows = "".join(f"t{(number * 7_919) % 10_000:04},gpt-image-2,1,4,1\n" for number in range(10_000))
    report = audit(GPT, written(tmp_path, "log.csv", f"{HEADER}\n{rows}"))
    assert [row["task_id"] for row in report.findings("overcharged", 3_000)] == [f"t{n:04}" for n in range(3_000)]


def test_findings_outlive_the_report(tmp_path):
    path = written(tmp_path, "log.csv", f"{HEADER}\n" + "".join(f"t{n},gpt-image-2,1,4,1\n" for n in range(3_000)))
    assert sum(1 for _ in audit(GPT, path, memory_limit="60MB").findings()) == 3_000


@pytest.mark.parametrize("absent", ["createdAt", "creditsUsed", "account"])
@pytest.mark.parametrize("first", [True, False])
def test_a_file_may_lack_what_another_has(tmp_path, absent, first):
    told = {"createdAt": "2026-10-01T00:00:00Z", "creditsUsed": "3", "account": "ann"}
    for number, name in enumerate(["a.csv", "b.csv"]):
        row = {name: value for name, value in told.items() if name != absent or (number == 1) is first}
        head = ",".join(("taskId", "model", "status", "numOutputs", *row))
        rows = "".join(f"t{task},gpt-image-2,1,1,{','.join(row.values())}\n" for task in (1, number + 2))
        written(tmp_path, name, f"{head}\n{rows}")
    report = audit(GPT, tmp_path)
    assert report.outcomes.get("exact", 0) + report.outcomes.get("charge_not_checked", 0) == report.rows_judged == 4
    assert report.counts == {"conflicting_task": 1}
    assert sum(day.rows for day in report.by_day.values()) == 4


def test_request_bodies_in_a_column_are_read_like_columns(tmp_path):
    body = {"model": "wan/2-6-text-to-video", "inputMode": "text_to_video", "prompt": "a", "resolution": "1080p"}
    bodies = [json.dumps({**body, "duration": 15}), json.dumps({**body, "duration": 7}), "no json"]
    rows = "".join(
        f't{number},{number + 1 and 1},133,"{body.replace(chr(34), chr(34) * 2)}"\n'
        for number, body in enumerate(bodies)
    )
    path = written(tmp_path, "bodies.csv", f"taskId,status,creditsUsed,body\n{rows}")
    report = audit(GPT, path, request_column="body")
    assert report.outcomes == {"exact": 1, "refund_not_checked": 2, "unpriced": 1}
    assert report.malformed == {"model": 1}


def test_custom_multipliers_are_exact_and_unreadable_ones_malformed(tmp_path):
    rows = "".join(f"t{number},gpt-image-2,1,{charge},1,{factor}\n" for number, (charge, factor) in enumerate(
        [("5", "5/3"), ("3", ""), ("6", "2"), ("2", "0.5"), ("3", "x"), ("4", "1.3")]
    ))  # fmt: skip
    report = audit(GPT, written(tmp_path, "log.csv", f"{HEADER},custom_multiplier\n{rows}"))
    assert report.outcomes["exact"] == 5  # 3 x 0.5 is 1.5, so 2; 3 x 1.3 is 3.9, so 4
    assert report.malformed == {"custom_multiplier": 1}


def test_any_number_of_custom_multipliers_is_exact(tmp_path):
    rows = "".join(f"t{number},gpt-image-2,1,{3 * number},1,{number}\n" for number in range(1, 12_001))
    report = audit(GPT, written(tmp_path, "log.csv", f"{HEADER},custom_multiplier\n{rows}"))
    assert report.outcomes["exact"] == 12_000


def test_sums_beyond_64_bits_stay_exact():
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE log AS SELECT CAST(i AS VARCHAR) AS taskId, 'gpt-image-2' AS model, 1 AS status, "
        "1000000000 AS creditsUsed, 1 AS numOutputs FROM RANGE(20000) r(i)"
    )
    report = audit(GPT, "log", engine=connection, duplicates=False)
    assert report.totals["all"].charged == 20_000 * 10**9  # 2 x 10^19 micros
    assert report.totals["documented"].difference == 20_000 * (10**9 - 3)


def test_progress_is_told_by_bytes_before_and_after_each_file(tmp_path):
    for number in range(2):
        written(tmp_path, f"log{number}.csv", f"{HEADER}\n{ROW.replace('t1', f't{number}')}\n")
    told: list[tuple[int, int]] = []
    audit(GPT, tmp_path, progress=lambda done, every: told.append((done, every)))
    size = (tmp_path / "log0.csv").stat().st_size
    assert told == [(0, 2 * size), (size, 2 * size), (2 * size, 2 * size)]


@pytest.mark.parametrize("more", ["", ", 1 AS file_row_number"])
def test_a_large_file_is_told_in_steps_that_change_no_figure(tmp_path, monkeypatch, more):
    path = tmp_path / "log.parquet"
    duckdb.execute(
        "COPY (SELECT CAST(i // 2 AS VARCHAR) AS taskId, 'gpt-image-2' AS model, 1 AS status, "
        f"3 + i % 3 AS creditsUsed, 1 AS numOutputs{more} FROM RANGE(25) r(i)) TO '{path}' (FORMAT PARQUET)"
    )
    wanted, told = audit(GPT, path), []
    monkeypatch.setattr("pricing_rules.audit.engines.duckdb_files.STEP", 10)
    report = audit(GPT, path, progress=lambda *done: told.append(done))
    assert report.as_dict() == wanted.as_dict()
    assert told == ([(0, 25), (25, 25)] if more else [(0, 25), (10, 25), (20, 25), (25, 25)])
    assert sorted(map(str, report.findings())) == sorted(map(str, wanted.findings()))


def test_progress_over_files_of_several_kinds_is_told_in_bytes(tmp_path):
    table, told = written(tmp_path, "a.csv", f"{HEADER}\n{ROW}\n"), []
    duckdb.execute(f"COPY (SELECT * FROM '{table}') TO '{tmp_path / 'b.parquet'}' (FORMAT PARQUET)")
    audit(GPT, tmp_path, progress=lambda *done: told.append(done))
    small, large = table.stat().st_size, (tmp_path / "b.parquet").stat().st_size
    assert told == [(0, small + large), (small, small + large), (small + large, small + large)]


def test_rows_with_findings_are_looked_for_by_the_columns_that_tell_them_from_the_others(tmp_path, monkeypatch):
    tables: dict[str, str] = {}
    kept = DuckDB.table

    def noted(self, name, query):
        tables[name] = query
        kept(self, name, query)

    monkeypatch.setattr(DuckDB, "table", noted)
    records = [{**plain(GPT), "prompt_length": "30000" if number < 2 else "2"} for number in range(400)]
    report = audit(GPT, log_file(numbered(records), tmp_path / "log.csv"), duplicates=False)
    assert len(list(report.findings("invalid_request"))) == 2
    (hashed,) = (query for name, query in tables.items() if name.endswith("_wanted_hashes"))
    assert re.findall(r"\bk_\w+", hashed) == ["k_prompt_length"]
