"""Where a log can be: compressed files, a table of a DuckDB file, a schema, a query, a relation, standard input."""

import gzip
import json
from pathlib import Path

import duckdb
import pytest

from pricing_rules import load_catalog
from pricing_rules.audit import audit
from pricing_rules.audit.mapping.records import LogMapping
from pricing_rules.audit.suggestion.service import services_of
from pricing_rules.errors import UnreadableLog, UnusableLog
from support.command import run
from support.strategies import CATALOGS

GPT, OTHER = load_catalog("gptimage2api"), load_catalog("aivideoapi")
HEADER = "taskId,model,status,creditsUsed,numOutputs"
ROW = "t1,gpt-image-2,1,4,1"
CSV = f"{HEADER}\n{ROW}\n"
LINE = '{"taskId": "t1", "model": "gpt-image-2", "status": 1, "creditsUsed": 4, "numOutputs": 1}\n'
SELECT = "SELECT 't1' AS taskId, 'gpt-image-2' AS model, 1 AS status, 4 AS creditsUsed, 1 AS numOutputs"
SERVICE = ("--service", "gptimage2api")


def zst(path: Path, text: str) -> Path:
    """Write text compressed by zstd."""
    lines = path.with_name("plain")
    lines.write_text(text)
    read = (
        f"READ_CSV('{lines}', columns = {{'line': 'VARCHAR'}}, header = false, delim = '\x01', quote = '', escape = '')"
    )
    duckdb.execute(
        f"COPY (FROM {read}) TO '{path}' (FORMAT CSV, HEADER false, DELIMITER '\x01', QUOTE '', COMPRESSION zstd)"
    )
    lines.unlink()
    return path


@pytest.mark.parametrize("text", [CSV, LINE], ids=["csv", "jsonl"])
@pytest.mark.parametrize("ending", ["gz", "zst", "GZ"])
def test_compressed_text_is_read_as_it_is(tmp_path, text, ending):
    path = tmp_path / f"log.{'jsonl' if text is LINE else 'csv'}.{ending}"
    if ending == "zst":
        zst(path, text)
    else:
        path.write_bytes(gzip.compress(text.encode()))
    report = audit(GPT, tmp_path)
    assert (report.rows_read, report.counts, report.sources) == (1, {"overcharged": 1}, (path.name,))
    assert [row["file"] for row in report.findings()] == [path.name]


def test_an_empty_zst_file_has_no_header(tmp_path):
    with pytest.raises(UnreadableLog, match="its header has a column without a name"):
        audit(GPT, zst(tmp_path / "log.csv.zst", ""))


@pytest.mark.parametrize("ending", ["csv.gz", "jsonl.gz"])
def test_a_compressed_file_that_is_broken_is_named(tmp_path, ending):
    path = tmp_path / f"log.{ending}"
    path.write_bytes(gzip.compress(CSV.encode() * 100)[:-9])
    with pytest.raises(UnreadableLog, match=f"log.{ending}"):
        audit(GPT, path)
    path.write_bytes(b"no gzip at all")
    with pytest.raises(UnreadableLog, match=f"log.{ending}"):
        audit(GPT, path)


def test_zstd_in_another_encoding_is_refused(tmp_path):
    with pytest.raises(UnreadableLog, match=r"a \.zst file is read as UTF-8"):
        audit(GPT, zst(tmp_path / "log.csv.zst", CSV), mapping={"encoding": "latin-1"})


def test_copies_of_files_go_with_the_report(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    (tmp_path / "log.csv").write_bytes(CSV.encode("utf-16"))
    report = audit(GPT, tmp_path / "log.csv", mapping={"encoding": "utf-16"}, state=tmp_path / "state")
    assert (len(list(report.findings())), len(list((tmp_path / "temporary").rglob("*.csv")))) == (1, 1)
    del report
    assert list((tmp_path / "temporary").iterdir()) == []
    again = audit(GPT, tmp_path / "log.csv", mapping={"encoding": "utf-16"}, state=tmp_path / "state")
    assert again.counts == {"overcharged": 1}


def database(folder: Path, *statements: str) -> Path:
    path = folder / "usage.duckdb"
    with duckdb.connect(str(path)) as connection:
        for statement in statements:
            connection.execute(statement)
    return path


def test_the_only_table_of_a_duckdb_file_is_the_log(tmp_path):
    path = database(tmp_path, f"CREATE TABLE tasks AS {SELECT}")
    told: list[tuple[int, int]] = []
    report = audit(GPT, path, progress=lambda *done: told.append(done))
    assert (report.counts, report.sources, told) == ({"overcharged": 1}, ("usage.duckdb",), [(0, 1), (1, 1)])
    assert run("audit", str(path), *SERVICE, "--table", "main.tasks").code == 1


def test_an_audit_of_a_duckdb_file_is_taken_up_again(tmp_path):
    path, state = database(tmp_path, f"CREATE TABLE tasks AS {SELECT}"), tmp_path / "state"
    reports = [audit(GPT, path, state=state).as_dict() for _ in range(2)]
    assert (reports[0], reports[0]["counts"]) == (reports[1], {"overcharged": 1})


@pytest.mark.parametrize(("table", "rows"), [("a", 1), ("main.b", 2), ("s.c", 3), ("v", 4)])
def test_one_of_several_tables_or_views_is_named(tmp_path, table, rows):
    each = {"TABLE a": 1, "TABLE b": 2, "TABLE s.c": 3, "VIEW v": 4}
    made = (f"CREATE {name} AS {SELECT} FROM RANGE({number})" for name, number in each.items())
    assert audit(GPT, database(tmp_path, "CREATE SCHEMA s", *made), table=table).rows_read == rows


@pytest.mark.parametrize(
    ("tables", "table", "said"),
    [
        (("a", "b"), None, "has the tables 'a' and 'b'; say which with table"),
        (("tasks",), "task", "has no table 'task'. Did you mean 'tasks'. It has the tables 'tasks'"),
        ((), None, "usage.duckdb has nothing"),
    ],
)
def test_a_table_that_is_not_told_or_not_there_is_wrong_usage(tmp_path, tables, table, said):
    path = database(tmp_path, *(f"CREATE TABLE {name} AS {SELECT}" for name in tables), "SELECT 1")
    with pytest.raises(UnusableLog, match=said):
        audit(GPT, path, table=table)


def test_a_file_that_is_no_duckdb_file_is_named(tmp_path):
    (tmp_path / "log.duckdb").write_text("no database")
    with pytest.raises(UnreadableLog, match=r"log\.duckdb"):
        audit(GPT, tmp_path / "log.duckdb")


@pytest.mark.parametrize(
    "source",
    [
        "tasks",
        "main.tasks",
        "s.more",
        SELECT,
        f"  {SELECT};",
        "from tasks",
        "WITH w AS (FROM tasks) SELECT * FROM w -- all",
    ],
)
def test_a_table_with_its_schema_or_a_select_is_a_log(source):
    connection = duckdb.connect()
    connection.execute(f"CREATE SCHEMA s; CREATE TABLE tasks AS {SELECT}; CREATE TABLE s.more AS {SELECT}")
    report = audit(GPT, source, engine=connection)
    assert (report.counts, len(list(report.findings()))) == ({"overcharged": 1}, 1)


@pytest.mark.parametrize(
    "source",
    [
        "SELECT 1; DROP TABLE tasks",
        "FROM tasks; FROM tasks",
        "WITH x AS (SELECT 1) INSERT INTO tasks SELECT * FROM tasks",
    ],
)
def test_what_is_no_single_select_is_refused(source):
    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE tasks AS {SELECT}")
    with pytest.raises(UnusableLog, match="a table or one SELECT"):
        audit(GPT, source, engine=connection)
    assert connection.execute("SELECT COUNT(*) FROM tasks").fetchone() == (1,)


@pytest.mark.parametrize("source", ["none", "s.none", "SELECT nothing FROM nowhere", "select from where"])
def test_a_table_or_query_that_there_is_not_is_told(source):
    with pytest.raises(UnreadableLog):
        audit(GPT, source, engine=duckdb.connect())


@pytest.mark.parametrize("given", [True, False])
def test_a_relation_is_a_log_and_its_connection_stays_as_it_was(given):
    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE tasks AS {SELECT}")
    relation = connection.table("tasks").filter("status = 1")
    report = audit(GPT, relation, engine=connection if given else None)
    assert (report.counts, report.sources) == ({"overcharged": 1}, ("DuckDB relation",))
    assert connection.execute("SHOW TABLES").fetchall() == [("tasks",)]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (CSV.encode(), "standard-input.csv"),
        (LINE.encode(), "standard-input.jsonl"),
        (b"\xef\xbb\xbf" + LINE.encode(), "standard-input.jsonl"),
        (gzip.compress(CSV.encode(), mtime=0), "standard-input.csv.gz"),
        (gzip.compress(LINE.encode(), mtime=0), "standard-input.jsonl.gz"),
    ],
)
def test_standard_input_is_a_log(content, name):
    told = run("audit", "-", *SERVICE, "--json", stdin=content).document
    assert (told["counts"], told["sources"]) == ({"overcharged": 1}, [name])


def test_parquet_comes_from_standard_input_as_well(tmp_path):
    duckdb.execute(f"COPY ({SELECT}) TO '{tmp_path}/log.parquet' (FORMAT PARQUET)")
    told = run("audit", "-", *SERVICE, "--json", stdin=(tmp_path / "log.parquet").read_bytes()).document
    assert (told["counts"], told["sources"]) == ({"overcharged": 1}, ["standard-input.parquet"])


def test_what_cannot_be_done_with_standard_input_is_told(tmp_path):
    packed = run("audit", "-", *SERVICE, stdin=zst(tmp_path / "log.csv.zst", CSV).read_bytes())
    assert (packed.code, "decompress it before, by zstd -d" in " ".join(packed.err.split())) == (3, True)
    again = run("audit", "-", *SERVICE, "--resume", str(tmp_path / "state"), stdin=CSV)
    assert (again.code, "cannot be taken up again" in " ".join(again.err.split())) == (2, True)
    assert run("audit", "-", *SERVICE).code == 3


@pytest.mark.parametrize(
    ("rows", "services"),
    [
        ([{"model": "gpt-image-2"}], ("gptimage2api", "aivideoapi")),
        ([{"model": "gpt-image-2"}, {"model": "sora-2-text-to-video"}], ("gptimage2api",)),
        ([{"model": "gpt-image-2", "service": "aivideoapi"}], ("aivideoapi",)),
        ([{"model": "nothing"}], ("gptimage2api", "aivideoapi")),
        ([{"model": "gpt-image-2", "service": "elsewhere"}], ("gptimage2api", "aivideoapi")),
    ],
)
def test_a_log_tells_its_service_by_its_column_or_its_models(tmp_path, rows, services):
    path = tmp_path / "log.jsonl"
    path.write_text("".join(f"{json.dumps({'id': 't', 'status': 'completed', **row})}\n" for row in rows))
    assert tuple(each.id for each in services_of((GPT, OTHER), path, LogMapping())) == services


def test_the_service_is_asked_for_only_where_the_log_leaves_it_open(tmp_path):
    (tmp_path / "log.csv").write_text(CSV)
    open_ = run("audit", str(tmp_path / "log.csv"))
    assert (open_.code, "say which with --service" in open_.err) == (2, True)
    (tmp_path / "log.csv").write_text(f"{CSV}t2,sora-2-text-to-video,1,4,1\n")
    assert "Audit of GPT Image 2 API" in run("audit", str(tmp_path / "log.csv")).out


@pytest.mark.parametrize("catalog", CATALOGS.values(), ids=CATALOGS)
def test_bodies_in_a_column_tell_the_service(tmp_path, catalog):
    model = next(iter(catalog.models))
    field = catalog.fields["model"].segments
    body: object = model
    for key in reversed(field):
        body = {key: body}
    (tmp_path / "log.jsonl").write_text(json.dumps({"id": "t", "status": "1", "body": json.dumps(body)}))
    found = services_of((GPT, OTHER, CATALOGS["clipworks"]), tmp_path / "log.jsonl", LogMapping(), "body")
    assert catalog.id in [each.id for each in found]


def test_what_is_assumed_of_an_absent_column_is_judged_and_named(tmp_path):
    (tmp_path / "log.csv").write_text(
        "taskId,model,status,creditsUsed\nt1,sora-2-text-to-video,1,5\nt2,sora-2-text-to-video,2,5\n"
    )
    told = run("audit", str(tmp_path / "log.csv"), "--json").document
    assert (told["outcomes"], told["assumed"]) == ({"possible": 2, "refund_not_checked": 2}, {})
    assumed = ("duration=5", "resolution=1080p", "outputs=1", "credits_refunded=false", "created_at=2026-10-01")
    flags = [part for each in assumed for part in ("--assume", each)]
    told = run("audit", str(tmp_path / "log.csv"), *flags, "--json").document
    assert told["assumed"] == dict(each.split("=") for each in assumed)
    # 5 is the price of 5 s at 720p, less than that at 1080p; the failed task was not refunded
    assert told["counts"] == {"undercharged": 2, "missing_refund": 1}
    assert [day["day"] for day in told["by_day"]] == ["2026-10-01"]
    assert {
        "name": "repeated_refunds",
        "why": "a flag cannot show a refund that was paid twice",
        "needed": False,
    } in told["not_checked"]
    words = run("audit", str(tmp_path / "log.csv"), *flags, COLUMNS="120").out
    assert ("since the log has no such column" in words, "  resolution: 1080p" in words) == (True, True)


def test_a_status_that_every_row_has_can_be_assumed(tmp_path):
    (tmp_path / "log.csv").write_text("taskId,model,creditsUsed,numOutputs\nt1,gpt-image-2,3,1\n")
    with pytest.raises(UnusableLog, match="which tells the status"):
        audit(GPT, tmp_path / "log.csv")
    assert audit(GPT, tmp_path / "log.csv", assume={"status": "1"}).outcomes == {"exact": 1, "refund_not_checked": 1}
    done = audit(GPT, tmp_path / "log.csv", assume={"status": "OK"}, statuses={"OK": "completed"})
    assert done.outcomes["refund_not_checked"] == 1


def test_what_a_column_says_comes_before_what_is_assumed(tmp_path):
    (tmp_path / "a.csv").write_text(CSV)
    (tmp_path / "b.csv").write_text(CSV.replace(",1,4,1", ",1,6,").replace("t1", "t2"))
    report = audit(GPT, tmp_path, assume={"outputs": "2"})
    assert (report.assumed, report.counts) == ({}, {"overcharged": 2})
    (tmp_path / "b.csv").write_text("taskId,model,status,creditsUsed\nt2,gpt-image-2,1,6\n")
    report = audit(GPT, tmp_path, assume={"outputs": "2"})
    assert (report.assumed, report.counts) == ({"outputs": "2"}, {"overcharged": 1})
