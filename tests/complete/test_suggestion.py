"""A mapping to start from: columns by name and by content, how text is written, words with their rows."""

import gzip
import tomllib
from pathlib import Path

import duckdb
import pytest

from pricing_rules.audit import audit, suggest
from pricing_rules.audit.suggestion.names import alike
from pricing_rules.audit.suggestion.writing import decimal_of, formats_of
from pricing_rules.errors import UnreadableLog, UnusableLog
from support.audit_rows import numbered, plain, seeded
from support.command import run
from support.company import FAULTS, FLAGS, NAMES, STATUSES, written
from support.logs import written as log_file
from support.strategies import CATALOGS

GPT, OTHER = CATALOGS["gptimage2api"], CATALOGS["aivideoapi"]
HEADER = "taskId,model,status,creditsUsed,numOutputs"
ROW = "t1,gpt-image-2,1,3,1"


@pytest.mark.parametrize("name", ["usage.csv", "usage.jsonl.gz", "usage.duckdb"])
def test_a_company_s_log_is_audited_with_what_is_suggested_for_it(tmp_path, name):
    path, mapping = str(written(tmp_path / name)), str(tmp_path / "mapping.toml")
    told = run("audit", path, "--suggest", "--out", mapping)
    assert (told.code, told.err) == (0, "")
    tables = tomllib.loads(Path(mapping).read_text())
    assert (tables["columns"], tables["status"]) == (NAMES, STATUSES)
    by_file = run("audit", path, "--map", mapping, "--json").document
    assert by_file["counts"] == FAULTS
    assert by_file == run("audit", path, *FLAGS, "--json").document


def test_a_log_of_the_service_s_own_kind_needs_no_mapping(tmp_path):
    records = [{**plain(GPT), "task_id": f"t{number}"} for number in range(3)]
    found = suggest(GPT, log_file(records, tmp_path / "log.csv"))
    assert (found.columns, found.lacking, found.statuses, found.models, found.unused) == ({}, (), (), (), ())
    assert tomllib.loads(found.toml) == {}


@pytest.mark.parametrize(("catalog", "ending"), [*zip(CATALOGS.values(), ("csv", "jsonl", "parquet"), strict=True)])
def test_every_suggestion_is_a_mapping_that_an_audit_takes(tmp_path, catalog, ending):
    records = numbered(seeded(catalog, 40, 5))
    renamed = [
        {name.upper() if name != "task_id" else "order": value for name, value in row.items()} for row in records
    ]
    path = log_file(renamed, tmp_path / f"log.{ending}")
    found = suggest(catalog, path)
    assert (found.columns["task_id"], found.columns["model"]) == ("order", "MODEL")
    (tmp_path / "mapping.toml").write_text(found.toml)
    assert audit(catalog, path, mapping=tmp_path / "mapping.toml").rows_read == 40


def test_columns_are_told_by_what_stands_in_them_where_no_name_does(tmp_path):
    rows = "".join(f"x{n},gpt-image-2,1K,1:1,text_to_image,DONE,{n}\n" for n in range(9))
    (tmp_path / "log.csv").write_text(f"task,c1,c2,c3,c4,c5,c6\n{rows}")
    found = suggest(GPT, tmp_path / "log.csv")
    told = {"task_id": "task", "model": "c1", "status": "c5", "mode": "c4", "resolution": "c2", "aspect_ratio": "c3"}
    assert (found.columns, found.lacking, found.unused) == (told, ("credits_used",), ("c6",))
    assert "# credits_used = \"\"  # no column looks like it\n# columns that seem to tell nothing: 'c6'\n" in found.toml


def test_a_name_does_not_outweigh_what_stands_in_a_column(tmp_path):
    (tmp_path / "log.csv").write_text("job,engine,state,price,cost\na,gpt-image-2,OK,free,3\nb,gpt-image-2,OK,paid,3\n")
    assert suggest(GPT, tmp_path / "log.csv").columns["credits_used"] == "cost"


@pytest.mark.parametrize(
    ("column", "wanted", "looks"),
    [
        ("Job-ID", "task_id", 3),
        ("userId", "account", 3),
        ("credits_charged", "credits_used", 3),
        ("my_job_number", "task_id", 2),
        ("createdd", "created_at", 2),
        ("colour", "model", 0),
    ],
)
def test_a_column_is_told_by_what_other_programs_call_it(column, wanted, looks):
    from pricing_rules.audit.suggestion.names import COLUMNS  # noqa: PLC0415

    assert alike(column, wanted, COLUMNS[wanted]) == looks


def test_words_that_are_open_stand_there_as_comments_with_their_rows(tmp_path):
    statuses = ["OK"] * 3 + ["PAUSED"] * 2 + ["ERROR"]
    rows = "".join(f"t{n},gpt-image2,{status},3,1\n" for n, status in enumerate(statuses))
    (tmp_path / "log.csv").write_text(f"{HEADER}\n{rows}")
    lines = suggest(GPT, tmp_path / "log.csv").toml.splitlines()
    assert 'OK = "completed"  # 3 rows' in lines
    assert '# PAUSED = ""  # 2 rows: completed, failed or pending?' in lines
    assert 'ERROR = "failed"  # 1 row' in lines
    assert "# 'gpt-image2': 6 rows, perhaps 'gpt-image-2'" in lines


def test_many_words_are_cut_short(tmp_path):
    rows = "".join(f"t{n},m{n:03},s{n:03},3,1\n" for n in range(60))
    (tmp_path / "log.csv").write_text(f"{HEADER}\n{rows}")
    text = suggest(GPT, tmp_path / "log.csv").toml
    assert ("# and 10 more" in text, text.count("# s0"), text.count("# 'm0")) == (True, 50, 50)


def test_hostile_words_stay_words(tmp_path):
    words = ['a"b', "c\\d", "e=f", "\x7f\u202e\u00a0", "# g", "h\ni"]
    rows = "".join(f't{n},gpt-image-2,"{word.replace(chr(34), chr(34) * 2)}",3,1\n' for n, word in enumerate(words))
    (tmp_path / "log.csv").write_text(f"{HEADER}\n{rows}")
    text = suggest(GPT, tmp_path / "log.csv").toml
    opened = tomllib.loads(
        "\n".join(line.removeprefix("# ").replace('""', '"failed"') for line in text.splitlines()[3:])
    )
    assert opened["status"] == dict.fromkeys(words, "failed")
    assert text.isascii() or all(char.isprintable() or char == "\n" for char in text)


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(",", "utf-8"), (";", "windows-1252"), ("\t", "utf-16"), ("|", "utf-8-sig")]
)
def test_how_a_text_file_is_written_is_seen(tmp_path, delimiter, encoding):
    text = f"{HEADER},account\n{ROW},Zo\u00eb\n".replace(",", delimiter)
    (tmp_path / "log.csv.gz").write_bytes(gzip.compress(text.encode(encoding)))
    found = suggest(GPT, tmp_path / "log.csv.gz").writing
    assert (found.delimiter, found.encoding) == (delimiter, encoding.removesuffix("-sig"))


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_file_that_zstd_compresses_is_seen_as_well(tmp_path, delimiter):
    path = tmp_path / "log.csv"
    path.write_text(f"{HEADER}\n{ROW}\n".replace(",", delimiter))
    read = (
        f"READ_CSV('{path}', columns = {{'line': 'VARCHAR'}}, header = false, delim = '\x01', quote = '', escape = '')"
    )
    options = "FORMAT CSV, HEADER false, DELIMITER '\x01', QUOTE '', COMPRESSION zstd"
    duckdb.execute(f"COPY (FROM {read}) TO '{path}.zst' ({options})")
    found = suggest(GPT, f"{path}.zst")
    assert (found.writing.delimiter, found.rows, found.lacking) == (delimiter, 1, ())


def test_what_is_said_comes_before_what_is_seen(tmp_path):
    (tmp_path / "log.csv").write_text("job;model;status;price\na,b;gpt-image-2;OK;3,5\n")
    given = {
        "decimal": ".",
        "columns": {"account": "job"},
        "status": {"OK": "failed"},
        "delimiter": ";",
        "encoding": "latin-1",
    }
    found = suggest(GPT, tmp_path / "log.csv", mapping=[given])
    assert (found.writing.decimal, found.writing.encoding, found.columns["account"]) == (".", "latin-1", "job")
    assert [(each.word, each.says) for each in found.statuses] == [("OK", "failed")]
    given = {"time": "%Y/%m/%d"}
    assert suggest(GPT, tmp_path / "log.csv", mapping=[given]).formats == ("%Y/%m/%d",)


@pytest.mark.parametrize(
    ("values", "decimal"),
    [
        (["1,5", "2"], ","),
        (["1.000,5", "2"], ","),
        (["1,5", "x"], "."),
        (["1,5", "1.5"], "."),
        (["1", "2"], "."),
        ([], "."),
    ],
)
def test_a_decimal_comma_is_seen_where_all_values_of_a_column_are_numbers(values, decimal):
    assert decimal_of([["a,b"], values]) == decimal


@pytest.mark.parametrize(
    ("values", "formats"),
    [
        (["31.01.2026 10:00"], ("%d.%m.%Y %H:%M",)),
        (["01/31/2026"], ("%m/%d/%Y",)),
        (["01/02/2026"], ("%d/%m/%Y", "%m/%d/%Y")),
        (["2026-01-31"], ()),
        (["1790812800"], ()),
        (["soon"], ()),
        ([], ()),
    ],
)
def test_a_format_is_seen_where_all_times_have_it(values, formats):
    assert formats_of({"at": values}, ".") == formats


def test_formats_that_fit_alike_are_left_open(tmp_path):
    (tmp_path / "log.csv").write_text(f"{HEADER},createdAt\n{ROW},01/02/2026\n")
    text = suggest(GPT, tmp_path / "log.csv").toml
    assert '\n# time = "%d/%m/%Y"\n# time = "%m/%d/%Y"\n' in text
    assert tomllib.loads(text) == {}


def test_null_words_are_suggested_for_text_alone(tmp_path):
    rows = [{**plain(GPT), "task_id": f"t{word}", "account": word} for word in (r"\N", "NULL", "-")]
    assert suggest(GPT, log_file(rows, tmp_path / "log.csv")).writing.nulls == (r"\N", "NULL")
    assert suggest(GPT, log_file(rows, tmp_path / "log.parquet")).writing.nulls == ()
    given = suggest(GPT, tmp_path / "log.csv", mapping=[{"nulls": ["-"]}]) if (tmp_path / "log.csv").exists() else None
    assert given is None or given.writing.nulls == ("-",)


def test_columns_that_are_no_text_are_passed_over(tmp_path):
    duckdb.execute(
        "COPY (SELECT 't' AS job, 'gpt-image-2' AS engine, [1] AS list, {'a': 1} AS object, DATE '2026-10-01' AS day) "
        f"TO '{tmp_path}/log.parquet' (FORMAT PARQUET)"
    )
    found = suggest(GPT, tmp_path / "log.parquet")
    assert (found.columns["model"], found.unused) == ("engine", ())


def test_a_log_without_columns_of_text_is_looked_at():
    table = duckdb.sql("SELECT [1] AS a")
    with pytest.raises(TypeError, match="a path"):
        suggest(GPT, 5)
    assert suggest(GPT, table).lacking == ("task_id", "model", "status", "credits_used")


def test_what_cannot_be_read_is_told(tmp_path):
    with pytest.raises(UnreadableLog, match="no such file"):
        suggest(GPT, tmp_path / "none.csv")
    (tmp_path / "log.csv").write_text(f"{HEADER}\n{ROW}\n")
    with pytest.raises(UnusableLog, match="no column in the log 'jb'"):
        suggest(GPT, tmp_path / "log.csv", mapping=[{"columns": {"task_id": "jb"}}])


def test_the_service_of_a_suggestion_is_the_one_that_knows_most_models(tmp_path):
    (tmp_path / "log.csv").write_text(f"{HEADER}\n{ROW}\n")
    told = run("audit", str(tmp_path / "log.csv"), "--suggest")
    assert (told.code, "say which with --service" in told.err) == (2, True)
    (tmp_path / "log.csv").write_text(f"{HEADER}\n{ROW}\nt2,sora-2-text-to-video,1,3,1\n")
    told = run("audit", str(tmp_path / "log.csv"), "--suggest", "--json").document
    assert (told["service"], told["rows"], told["mapping"][:10]) == ("gptimage2api", 2, "# What 2 r")


def test_a_suggestion_is_never_written_over_what_is_read_nor_lost_in_silence(tmp_path):
    (tmp_path / "log.csv").write_text(f"{HEADER}\n{ROW}\n")
    path = str(tmp_path / "log.csv")
    told = run("audit", path, "--suggest", "--out", path, "--service", "gptimage2api")
    assert (told.code, "is a file that is read" in " ".join(told.err.split())) == (2, True)
    (tmp_path / "mapping.toml").mkdir()
    told = run("audit", path, "--suggest", "--out", str(tmp_path / "mapping.toml"), "--service", "gptimage2api")
    assert (told.code, "name a file" in " ".join(told.err.split())) == (2, True)


def test_a_suggestion_that_cannot_be_written_is_told(tmp_path, monkeypatch):
    def full(*_arguments: object, **_options: object) -> None:
        raise OSError(28, "No space left on device", "mapping.toml")

    (tmp_path / "log.csv").write_text(f"{HEADER}\n{ROW}\n")
    monkeypatch.setattr(Path, "write_text", full)
    out = str(tmp_path / "mapping.toml")
    told = run("audit", str(tmp_path / "log.csv"), "--suggest", "--out", out, "--service", "gptimage2api")
    assert (told.code, "No space left on device" in told.err) == (3, True)


@pytest.mark.parametrize(("word", "says"), [("CHARGE", "debit"), ("Top-up", "grant"), ("WRITE-OFF", None)])
def test_a_ledger_is_suggested_as_a_log_is(tmp_path, word, says):
    (tmp_path / "log.csv").write_text(f"{HEADER}\n{ROW}\n")
    (tmp_path / "ledger.csv").write_text(f"order;type;amount\nt1;{word};3,5\nt1;refund;1\n")
    found = suggest(GPT, tmp_path / "log.csv", ledger=tmp_path / "ledger.csv").ledger
    assert (found.writing.delimiter, found.writing.decimal, found.lacking) == (";", ",", ())
    assert found.columns == {"task_id": "order", "kind": "type", "credits": "amount"}
    assert [(each.word, each.says) for each in found.kinds] == [(word, says)]
    text = run(
        "audit", str(tmp_path / "log.csv"), "--suggest", "--service", GPT.id, "--ledger", str(tmp_path / "ledger.csv")
    )
    assert text.out.partition("[ledger]")[2].startswith('\ndelimiter = ";"\ndecimal = ","\n\n[ledger.columns]\n')


def test_a_ledger_of_our_own_kind_needs_no_mapping(tmp_path):
    (tmp_path / "log.csv").write_text(f"{HEADER}\n{ROW}\n")
    (tmp_path / "ledger.csv").write_text("task_id,kind,credits\nt1,debit,3\n")
    text = suggest(GPT, tmp_path / "log.csv", ledger=tmp_path / "ledger.csv").toml
    assert tomllib.loads(text) == {}
    (tmp_path / "ledger.csv").write_text("a,b\n1,2\n")
    found = suggest(GPT, tmp_path / "log.csv", ledger=tmp_path / "ledger.csv")
    assert found.ledger.lacking == ("task_id", "kind", "credits")
    assert '[ledger.columns]\n# task_id = ""  # no column looks like it' in found.toml
