"""Logs in a company's own words: statuses, columns, decimal commas, null words, in any format, by file or by flags."""

import json
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pricing_rules import Catalog
from pricing_rules.audit import audit, check, check_task
from pricing_rules.audit.mapping.tables import read_mapping
from pricing_rules.audit.mapping.times import as_iso, time_format
from pricing_rules.audit.meaning.values import Unreadable, dotted, instant, micros
from pricing_rules.audit.report.unknown import likely_state
from pricing_rules.catalog.columns import PRICED, is_numeric
from pricing_rules.errors import UnreadableLog, UnusableLog, UnusableMapping
from support.audit_rows import numbered, plain, seeded
from support.command import run
from support.company import FAULTS, FLAGS, NAMES, STATUSES, written
from support.logs import written as log_file
from support.reference import differences
from support.strategies import CATALOGS

GPT = CATALOGS["gptimage2api"]
HEADER = "taskId,model,status,creditsUsed,numOutputs"
ROW = "t1,gpt-image-2,1,3,1"
MAPPING = {"columns": NAMES, "status": STATUSES, "delimiter": ";", "decimal": ",", "nulls": [r"\N"]}
TOML = "\n".join(
    (
        "delimiter = ';'", "decimal = ','", r"nulls = ['\N']",
        "[columns]", *(f"{name} = '{own}'" for name, own in NAMES.items()),
        "[status]", *(f"{word} = '{state}'" for word, state in STATUSES.items()),
    )
)  # fmt: skip


@pytest.mark.parametrize("name", ["usage.csv", "usage.jsonl.gz", "usage.duckdb"])
def test_every_planted_fault_is_found_by_flags_alone(tmp_path, name):
    told = run("audit", str(written(tmp_path / name)), *FLAGS, "--json")
    assert (told.code, told.err, told.document["counts"]) == (1, "", FAULTS)
    assert told.document["unknown"] == [{"of": "model", "word": "gpt-image-3", "nearest": "gpt-image-2", "rows": 1}]


def test_every_format_has_the_same_report_by_the_same_mapping_file(tmp_path):
    (tmp_path / "mapping.toml").write_text(TOML)
    files = (written(tmp_path / name) for name in ("usage.csv", "usage.jsonl.gz", "usage.duckdb"))
    reports = [audit(GPT, file, mapping=tmp_path / "mapping.toml") for file in files]
    figures = [{**report.as_dict(), "sources": None} for report in reports]
    assert figures == [figures[0]] * 3
    assert reports[0].counts == audit(GPT, tmp_path / "usage.csv", mapping=MAPPING).counts == FAULTS


def test_flags_come_before_the_mapping_file(tmp_path):
    (tmp_path / "mapping.toml").write_text(TOML.replace("SUCCEEDED = 'completed'", "SUCCEEDED = 'failed'"))
    arguments = ("audit", str(written(tmp_path / "usage.csv")), "--map", str(tmp_path / "mapping.toml"), "--json")
    assert run(*arguments).document["counts"]["missing_refund"] > 30
    assert run(*arguments, "--status", "SUCCEEDED=completed").document["counts"] == FAULTS


def test_while_a_status_is_unmapped_nothing_is_said_to_be_owed(tmp_path):
    path = str(written(tmp_path / "usage.csv"))
    flags = [flag for flag in FLAGS if not flag.startswith("--status")]
    told = run("audit", path, *flags, COLUMNS="120")
    assert "50 rows have a status that is not known: what is owed on them cannot be told" in told.words
    assert "owed 0" not in told.out
    assert "status 'SUCCEEDED': 36 rows (perhaps completed)" in told.out
    document = run("audit", path, *flags, "--json").document
    assert document["owed_to_customers"] == {"credits": "0", "tasks": 0, "rows_not_known": 50}
    some = run("audit", path, *flags, "--status", "FAILED=failed", COLUMNS="120")
    assert "37 rows have a status that is not known" in some.words
    assert "On the others, customers are owed 4.5 credits on 2 tasks; the service lost 3 on 1." in some.words


UNJUDGED = """taskId,model,status,creditsUsed,creditsRefunded,numOutputs,account
t1,gpt-image-2,lost,3,true,1,ann
t2,gpt-image-2,lost,3,false,1,ben
t3,gpt-image-2,1,5,false,1,ben
t4,gpt-image-2,1,3,true,1,cleo
"""


def test_an_account_with_rows_of_an_unknown_status_is_never_said_to_be_owed_nothing(tmp_path):
    (tmp_path / "log.csv").write_text(UNJUDGED)
    report = audit(GPT, tmp_path / "log.csv")
    told = {each.account: (each.rows, each.owed, each.lost, each.rows_not_known) for each in report.by_account}
    assert told == {"ann": (1, 0, 0, 1), "ben": (2, 2, 0, 1), "cleo": (1, 0, 3, 0)}
    assert [each["rows_not_known"] for each in report.as_dict()["by_account"]] == [1, 1, 0]
    words = run("audit", str(tmp_path / "log.csv"), "--service", "gptimage2api", COLUMNS="120").out
    for line in ("ann: 1 row, 1 of an unknown status", "ben: 2 rows, owed 2, 1 of an unknown status",
                 "cleo: 1 row, owed 0, lost 3"):  # fmt: skip
        assert f"  {line}\n" in words
    by_model = report.as_dict()["by_model"][0]
    assert (by_model["refund_difference"], by_model["rows_not_known"]) == ("-3", 2)
    assert report.totals["all"].rows_not_known == report.unjudged == 2


def test_of_the_accounts_that_are_not_named_the_rows_of_an_unknown_status_are_counted(tmp_path, monkeypatch):
    monkeypatch.setattr("pricing_rules.audit.report.report.MOST_ACCOUNTS", 1)
    (tmp_path / "log.csv").write_text(UNJUDGED)
    others = audit(GPT, tmp_path / "log.csv").by_account[-1]
    assert (others.account, others.rows, others.owed, others.lost, others.rows_not_known) == (None, 2, 0, 3, 1)


def test_of_more_than_a_thousand_unknown_words_none_is_named(tmp_path):
    rows = "".join(f"t{number},gpt-image-2,s{number},3,1\n" for number in range(1_200))
    (tmp_path / "log.csv").write_text(f"{HEADER}\n{rows}")
    report = audit(GPT, tmp_path / "log.csv")
    assert (report.unjudged, report.unknown) == (1_200, {})


def test_a_status_of_no_word_and_many_words_are_told(tmp_path):
    rows = "".join(f"t{number},gpt-image-2,{'s' * number},3,1\n" for number in range(25))
    (tmp_path / "log.csv").write_text(f"{HEADER}\n{rows}")
    told = run("audit", str(tmp_path / "log.csv"), "--service", "gptimage2api").out
    assert ("status no word: 1 row" in told, "and 5 more, which --json lists" in told) == (True, True)


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("SUCCEEDED", "completed"),
        ("In Progress", "pending"),
        ("timed-out", "failed"),
        ("faild", "failed"),
        ("2.0", None),
    ],
)
def test_the_nearest_state_is_told_by_what_other_programs_call_it(word, state):
    assert likely_state(CATALOGS["aivideoapi"], word) == state


@pytest.mark.parametrize("status", ["1.0", "1.00", 1.0, 1])
def test_an_integral_decimal_is_the_status_of_the_whole_number(status):
    assert check(GPT, {**plain(GPT), "status": status}).task == "completed"


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_numbers_that_pandas_wrote_with_a_decimal_are_the_same_in_every_format(tmp_path, ending):
    head = f"{HEADER},creditsRefunded"
    (tmp_path / "log.csv").write_text(f"{head}\nt1,gpt-image-2,1.0,3.0,1.0,0.0\nt2,gpt-image-2,2.0,3.0,1.0,1.0\n")
    types = "{'taskId': 'VARCHAR', 'model': 'VARCHAR', 'status': 'DOUBLE', 'creditsUsed': 'DOUBLE', "
    types += "'numOutputs': 'DOUBLE', 'creditsRefunded': 'DOUBLE'}"
    read = f"READ_CSV('{tmp_path}/log.csv', columns = {types}, header = true)"
    duckdb.execute(f"COPY (FROM {read}) TO '{tmp_path}/log.parquet' (FORMAT PARQUET)")
    report = audit(GPT, tmp_path / f"log.{ending}")
    assert (report.counts, report.outcomes) == ({}, {"exact": 2, "settled": 2})


def test_a_record_with_a_key_of_the_service_is_refused():
    with pytest.raises(UnusableLog, match=r"no column 'taskId'. At gptimage2api that is the task_id. It has task_id,"):
        check(GPT, {"taskId": "t", "model": "gpt-image-2", "status": "1", "credits_used": 3})
    with pytest.raises(UnusableLog, match=r"no column 'mod'. Did you mean 'mode'?"):
        check_task(GPT, [{**plain(GPT), "mod": None}])


def test_statuses_of_the_log_come_before_the_words_of_the_service():
    record = {**plain(GPT), "status": "1"}
    assert check(GPT, record, statuses={"1": "failed"}).task == "failed"
    rows = [{**record, "status": word} for word in ("WAIT", "OK")]
    assert check_task(GPT, rows, statuses={"WAIT": "pending", "OK": "completed"}).last == 1


@pytest.mark.parametrize(
    ("tables", "key", "said"),
    [
        ({"colums": {}}, "colums", "Did you mean 'columns'"),
        ({"columns": {"task": "job"}}, "columns.task", "no column of a usage record 'task'. Did you mean 'task_id'"),
        ({"columns": {"model": 5}}, "columns.model", "text in quotes that is not empty, not 5"),
        ({"assume": {"mode": "\ud800"}}, "assume.mode", "text in quotes that is not empty"),
        ({"columns": "job"}, "columns", "it is a table, not 'job'"),
        ({"status": {"OK": "complete"}}, "status.OK", "no state 'complete'. Did you mean 'completed'"),
        ({"status": {"": "failed"}}, "status.", "a word of the log is text that is not empty"),
        ({"assume": {"modus": "x"}}, "assume.modus", "Did you mean 'mode'"),
        ({"assume": {"task_id": "x"}}, "assume.task_id", "only the log tells it"),
        ({"assume": {"model": "gpt-image"}}, "assume.model", "no model that is known. Did you mean 'gpt-image-2'"),
        ({"assume": {"status": "complete"}}, "assume.status", "no status that is known"),
        ({"assume": {"duration": "long"}}, "assume.duration", "no value that this column can have"),
        ({"delimiter": "ab"}, "delimiter", "one character such as ;"),
        ({"delimiter": 5}, "delimiter", "text in quotes, not 5"),
        ({"decimal": ";"}, "decimal", "a point or a comma, not ';'"),
        ({"nulls": r"\N"}, "nulls", "a list of words"),
        ({"nulls": [""]}, "nulls", "a list of words"),
        ({"nulls": ["a;b"], "delimiter": ";"}, "nulls", "'a;b' has the delimiter ';' or a quote in it"),
        ({"nulls": ['"']}, "nulls", "or a quote in it"),
        ({"encoding": "latin1x"}, "encoding", "no encoding 'latin1x'. Did you mean 'latin-1'"),
        ({"encoding": "base64"}, "encoding", "no encoding 'base64'"),
        ({"time": "%d.%m.%y"}, "time", "%Y, %m, %d"),
        ({"ledger": {"column": {}}}, "ledger.column", "Did you mean 'columns'"),
        ({"ledger": {"columns": {"kin": "x"}}}, "ledger.columns.kin", "Did you mean 'kind'"),
        ({"ledger": {"kinds": {"CHARGE": "debt"}}}, "ledger.kinds.CHARGE", "Did you mean 'debit'"),
        ({"ledger": {"decimal": "x"}}, "ledger.decimal", "a point or a comma"),
    ],
)
def test_a_key_of_a_mapping_at_fault_is_named_with_the_nearest(tmp_path, tables, key, said):
    with pytest.raises(UnusableMapping, match=said) as refused:
        audit(GPT, log_file([plain(GPT)], tmp_path / "log.csv"), mapping=tables)
    assert (refused.value.key, refused.value.file) == (key, "the mapping")


KEYS = ("columns", "status", "assume", "ledger", "kinds", "nulls", "delimiter", "decimal", "encoding", "time", "model")
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(st.characters(), max_size=5), st.sampled_from(KEYS),
    st.sampled_from(("completed", "debit", "utf-8", "%Y-%m-%d", ";", ",")), st.lists(st.text(max_size=3), max_size=3),
)  # fmt: skip
NAMES_OF_KEYS = st.sampled_from(KEYS) | st.text(max_size=4)
TABLES = st.recursive(LEAVES, lambda inner: st.dictionaries(NAMES_OF_KEYS, inner, max_size=4), max_leaves=12)


@given(st.dictionaries(NAMES_OF_KEYS, TABLES, max_size=5))
def test_tables_of_any_kind_are_a_mapping_or_have_a_key_at_fault(tables):
    fault, found = None, None
    try:
        found = read_mapping(tables, {"status": {"OK": "completed"}})
    except UnusableMapping as refused:
        fault = f"{refused.key}."
    named = fault and any(fault.startswith(f"{key}.") for key in (*tables, "nulls"))
    assert found.statuses["OK"] == "completed" if found else named


@given(st.text(st.characters(), max_size=40))
def test_a_mapping_file_of_any_text_is_read_or_refused(text):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "mapping.toml"
        path.write_bytes(text.encode(errors="surrogatepass"))
        told = "mapping.toml"
        try:
            read_mapping(path)
        except UnusableMapping as refused:
            told = refused.file
    assert told == "mapping.toml"


def test_a_mapping_file_that_cannot_be_used_is_named(tmp_path):
    path, mapping = log_file([plain(GPT)], tmp_path / "log.csv"), tmp_path / "mapping.toml"
    with pytest.raises(UnreadableLog, match=r"mapping.toml: No such file"):
        audit(GPT, path, mapping=mapping)
    mapping.write_text("[columns\n")
    with pytest.raises(UnusableMapping, match=r"mapping.toml: it is no TOML"):
        audit(GPT, path, mapping=mapping)
    mapping.write_text(" " * (10**6 + 1))
    with pytest.raises(UnusableMapping, match="longer than 1,000,000 bytes"):
        audit(GPT, path, mapping=mapping)
    mapping.write_text("[status]\nOK = 'complete'\n")
    told = run("audit", str(path), "--map", str(mapping), "--service", "gptimage2api")
    assert (told.code, "mapping.toml: status.OK: there is no state 'complete'" in " ".join(told.err.split())) == (
        2,
        True,
    )
    with pytest.raises(TypeError, match="a mapping is a path or tables"):
        audit(GPT, path, mapping=5)


@pytest.mark.parametrize(
    ("flag", "said"),
    [
        (("--status", "OK"), "written WORD=completed, failed or pending"),
        (("--assume", "mode"), "written name=value"),
        (("--ledger-kind", "x"), "written WORD=debit, refund or grant"),
    ],
)
def test_a_flag_that_is_not_written_so_is_wrong_usage(tmp_path, flag, said):
    told = run("audit", str(log_file([plain(GPT)], tmp_path / "log.csv")), *flag)
    assert (told.code, said in " ".join(told.err.split())) == (2, True)


def disguised(catalog: Catalog, records: list[dict[str, str | None]], folder: Path) -> Path:
    """Write records with semicolons, decimal commas in numbers and times, and null words."""
    numbers = [name for name in PRICED if is_numeric(catalog, name)] + ["created_at", "updated_at"]
    numbers += ["credits_used", "credits_refunded", "refund_count", "custom_multiplier", "references", "prompt_length"]
    path = folder / "log.csv"
    lines = [";".join(records[0])]
    for record in records:
        cells = {name: r"\N" if value is None else value for name, value in record.items()}
        cells |= {name: str(dotted(cells[name], ",")) for name in numbers if record[name] is not None}
        lines.append(";".join(cells.values()))
    path.write_text("\n".join((*lines, "")))
    return path


@pytest.mark.parametrize("catalog", CATALOGS.values(), ids=CATALOGS)
def test_a_log_in_other_signs_equals_the_reference_applied_to_what_it_says(tmp_path, catalog):
    records = numbered(seeded(catalog, 500, 11))
    path = disguised(catalog, records, tmp_path)
    report = audit(catalog, path, mapping={"delimiter": ";", "decimal": ",", "nulls": [r"\N"]}, duplicates=False)
    assert differences(catalog, records, report) == []


@pytest.mark.parametrize(
    ("decimal", "amount", "read"),
    [
        (",", "4,5", "overcharged"),
        (",", "4.5", None),
        (",", "1.000,5", None),
        (",", "1,000.5", None),
        (".", "4.5", "overcharged"),
        (".", "4,5", None),
        (".", "1,000.5", None),
        (".", "1 000", None),
        (".", "1'000", None),
    ],
)
def test_thousands_marks_and_the_other_decimal_sign_are_malformed(tmp_path, decimal, amount, read):
    (tmp_path / "log.csv").write_text(f'{HEADER}\nt1,gpt-image-2,1,"{amount}",1\n')
    report = audit(GPT, tmp_path / "log.csv", mapping={"decimal": decimal})
    assert report.malformed == ({} if read else {"credits_used": 1})
    assert set(report.counts) == {read or "malformed"}


@pytest.mark.parametrize("line", ['"creditsUsed": 3.5', '"creditsUsed": "3,5"'])
def test_a_number_of_json_has_a_point_whatever_text_has(tmp_path, line):
    text = f'{{"taskId": "t", "model": "gpt-image-2", "status": 1, {line}, "numOutputs": 1}}\n'
    (tmp_path / "log.jsonl").write_text(text)
    report = audit(GPT, tmp_path / "log.jsonl", mapping={"decimal": ","})
    assert (report.counts, report.totals["documented"].difference * 2) == ({"overcharged": 1}, 1)


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
@pytest.mark.parametrize("nulls", [[], [r"\N", "NULL"]])
def test_null_words_hold_where_they_are_mapped_and_in_text_alone(tmp_path, ending, nulls):
    rows = [{**plain(GPT), "task_id": f"t{word}", "mode": word} for word in (r"\N", "NULL", "null")]
    report = audit(GPT, log_file(rows, tmp_path / f"log.{ending}"), mapping={"nulls": nulls})
    assert report.counts == {"invalid_request": 1 if nulls and ending != "parquet" else 3}


TIMES = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1))  # noqa: DTZ001 -- as a log writes them
FORMATS = ("%d.%m.%Y %H:%M:%S", "%Y/%m/%d", "%m/%d/%Y %H:%M", "%d-%m-%Y_%H:%M:%S,%f", "%d.%m.%Y %H:%M:%S%z")


@given(st.lists(TIMES, min_size=1, max_size=20), st.sampled_from(FORMATS))
def test_a_time_in_a_format_is_what_strptime_says(moments, form):
    texts = [moment.replace(tzinfo=UTC).strftime(form) for moment in moments]
    wanted = [datetime.strptime(text, form).replace(tzinfo=UTC) for text in texts]
    assert [instant(as_iso(text, time_format(form))) for text in texts] == [
        int((moment - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()) * 10**6 + moment.microsecond
        for moment in wanted
    ]


@pytest.mark.parametrize(
    "text", ["9999-12-31 23:59-05:30", "0001-01-01T00:00:00.5+05", "0000-01-01", "2026-02-29", "2026-01-01T00:00+05:"]
)
def test_a_time_that_no_log_can_have_is_malformed_and_no_error(tmp_path, text):
    assert check(GPT, {**plain(GPT), "created_at": text}).reason == "created_at"
    report = audit(GPT, log_file([{**plain(GPT), "task_id": "t", "created_at": text}], tmp_path / "log.csv"))
    assert report.malformed == {"created_at": 1}


@pytest.mark.parametrize("form", FORMATS)
def test_a_format_is_read_in_sql_as_by_the_reference(tmp_path, form):
    moments = [datetime(2026, month, 11, 10, 9, 8, 7_000, UTC) for month in range(1, 12)]
    texts = [moment.strftime(form) for moment in moments] + ["2026-10-01T00:00:00Z", "1790812800", "31.31.2026", "x"]
    rows = [{**plain(GPT), "task_id": f"t{n}", "created_at": text} for n, text in enumerate(texts)]
    report = audit(GPT, log_file(rows, tmp_path / "log.csv"), mapping={"time": form})
    read = [{**row, "created_at": as_iso(row["created_at"], time_format(form))} for row in rows]
    assert differences(GPT, read, report) == []
    assert report.malformed == {"created_at": 2}


@pytest.mark.parametrize(
    "form", ["%d", "%Y-%m-%d %M", "%Y-%m-%d %H", "%Y-%m-%d %", "%Y-%m-%dT%I", "%Y-%m-%d!", "%d%d%m%Y"]
)
def test_a_format_that_leaves_something_open_is_refused(form):
    with pytest.raises(ValueError, match="%"):
        time_format(form)


@pytest.mark.parametrize("text", ["4,5", "4.5", "1.000,5", "", "x"])
def test_the_other_sign_is_no_number(text):
    swapped = dotted(text, ",")
    if text == "4,5":
        assert micros(swapped) == 4_500_000
    elif text:
        with pytest.raises(Unreadable):
            micros(swapped)
    assert dotted(text, ".") == text


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1252", "utf-8-sig"])
@pytest.mark.parametrize("ending", ["csv", "csv.gz", "jsonl"])
def test_a_file_in_another_encoding_is_read_to_its_last_row(tmp_path, encoding, ending):
    import gzip  # noqa: PLC0415

    row = dict(zip(HEADER.split(","), ROW.split(","), strict=True)) | {"account": "Zoë"}
    text = f"{HEADER},account\n{ROW},Zoë\n" if "csv" in ending else f"{json.dumps(row, ensure_ascii=False)}\n"
    content = text.encode(encoding)
    path = tmp_path / f"log.{ending}"
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    report = audit(GPT, path, mapping={"encoding": encoding}, account="Zoë")
    assert (report.rows_judged, report.counts, report.sources) == (1, {}, (f"log.{ending}",))


def test_bytes_that_are_not_in_the_encoding_are_told(tmp_path):
    (tmp_path / "log.csv").write_bytes(f"{HEADER}\n".encode() + b"\x81\n")
    with pytest.raises(UnreadableLog, match="it is no text in windows-1252"):
        audit(GPT, tmp_path / "log.csv", mapping={"encoding": "windows-1252"})


def test_a_byte_order_mark_is_no_part_of_a_line(tmp_path):
    line = json.dumps(dict(zip(HEADER.split(","), ROW.split(","), strict=True)))
    (tmp_path / "log.jsonl").write_text(f"\ufeff{line}\n{line.replace('t1', 't2')}\n")
    report = audit(GPT, tmp_path / "log.jsonl")
    assert (report.rows_judged, report.counts) == (2, {})
