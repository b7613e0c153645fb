"""The command audit: what it prints, what it writes, and how it ends."""

import json
import sys
from io import StringIO
from pathlib import Path

import duckdb
import pytest

from pricing_rules import load_catalog
from pricing_rules.audit import AuditReport, audit
from pricing_rules.audit.sample.log import FAULTS, sample
from pricing_rules.audit.writing import writing
from pricing_rules.cli.audit import Bar
from support.command import run

GPT = load_catalog("gptimage2api")
HEADER = "taskId,model,status,creditsUsed,creditsRefunded,createdAt,numOutputs,account"
CLEAN = "t1,gpt-image-2,1,3,false,2026-10-01T00:00:00Z,1,ann"
SERVICE = ("--service", "gptimage2api")


def log(folder: Path, *rows: str, head: str = HEADER) -> str:
    path = folder / "usage.csv"
    path.write_text("\n".join((head, *rows, "")))
    return str(path)


@pytest.fixture(scope="module")
def usage(tmp_path_factory):
    folder = tmp_path_factory.mktemp("usage")
    sample(GPT, 3_000, folder / "usage.parquet", seed=1, faults=dict.fromkeys(FAULTS, 2), accounts=20)
    return str(folder / "usage.parquet")


def test_a_clean_log_ends_with_0(tmp_path):
    told = run("audit", log(tmp_path, CLEAN), *SERVICE)
    assert (told.code, told.err) == (0, "")
    assert "1 row read, 1 judged" in told.out
    assert "Customers are owed 0 credits on 0 tasks; the service lost 0 on 0." in told.out
    assert "Clean" in told.out


def test_findings_end_with_1_and_are_told_in_words_with_an_example(usage):
    told = run("audit", usage, *SERVICE, COLUMNS="160")
    assert told.code == 1
    for kind in FAULTS:
        assert kind in told.out
    assert "failed, charged and never refunded" in told.out
    assert "task_000000000003" in told.out  # the first that is planted
    assert "Days with most findings" in told.out
    assert "Accounts with most findings" in told.out


def test_json_tells_the_same_as_the_report_in_python(usage):
    told = run("audit", usage, *SERVICE, "--json")
    assert json.loads(told.out) == json.loads(json.dumps(audit(GPT, usage).as_dict()))


@pytest.mark.parametrize("ending", ["parquet", "csv", "jsonl"])
def test_every_finding_is_written_once_and_its_delta_exactly(tmp_path, usage, ending):
    out = tmp_path / f"findings.{ending}"
    assert run("audit", usage, *SERVICE, "--out", str(out)).code == 1
    report = audit(GPT, usage)
    rows = duckdb.execute(
        f"SELECT kind, COUNT(*), COALESCE(SUM(CAST(delta AS DECIMAL(38, 6))), 0) FROM '{out}' GROUP BY kind"
    ).fetchall()
    assert {kind: number for kind, number, _ in rows} == report.counts
    assert sum(delta for _, _, delta in rows) == sum(each["delta"] or 0 for each in report.findings())
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_findings_go_to_standard_output_and_the_report_to_the_other_one(tmp_path, usage, form):
    told = run("audit", usage, *SERVICE, "--out", "-", "--format", form)
    run("audit", usage, *SERVICE, "--out", str(tmp_path / f"findings.{form}"))
    written = (tmp_path / f"findings.{form}").read_text().splitlines()
    assert (told.code, sorted(told.out.splitlines())) == (1, sorted(written))
    assert "Exit code 1." in told.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--out", "-"), "--out - and --format csv or jsonl belong together"),
        (("--format", "csv"), "--out - and --format csv or jsonl belong together"),
        (("--out", "findings.csv", "--format", "csv"), "--out - and --format csv or jsonl belong together"),
        (("--out", "-", "--format", "csv", "--json"), "--json and --out - exclude each other"),
    ],
)
def test_what_goes_to_standard_output_is_one_thing(usage, options, said):
    told = run("audit", usage, *SERVICE, *options)
    assert told.code == 2
    assert said in told.out + told.err


@pytest.mark.parametrize("spelt", ["usage.csv", "./usage.csv", "../{folder}/usage.csv", "link.csv", "ledger.csv"])
def test_findings_are_never_written_over_what_is_read(tmp_path, monkeypatch, spelt):
    monkeypatch.chdir(tmp_path)
    path = Path(log(tmp_path, CLEAN))
    (tmp_path / "ledger.csv").write_text("task_id,kind,credits\nt1,debit,3\n")
    (tmp_path / "link.csv").symlink_to(path)
    before = path.read_bytes(), (tmp_path / "ledger.csv").read_bytes()
    out = spelt.format(folder=tmp_path.name)
    told = run("audit", "usage.csv", *SERVICE, "--ledger", "ledger.csv", "--out", out)
    assert (told.code, "is a file that is read; name another one" in " ".join(told.err.split())) == (2, True)
    assert (path.read_bytes(), (tmp_path / "ledger.csv").read_bytes()) == before


@pytest.mark.parametrize(
    ("out", "said"),
    [("none/a.csv", "there is no folder"), ("usage.csv/a.csv", "there is no folder"), ("a.csv", "name a file")],
)
def test_a_file_that_cannot_be_written_is_refused_before_the_audit(tmp_path, monkeypatch, out, said):
    monkeypatch.setattr("pricing_rules.cli.audit.audit", None)
    (tmp_path / "a.csv").mkdir()
    told = run("audit", log(tmp_path, CLEAN), *SERVICE, "--out", str(tmp_path / out))
    assert (told.code, said in " ".join(told.err.split())) == (2, True)


def test_a_folder_that_is_not_writable_is_refused_before_the_audit(tmp_path, monkeypatch):
    path = log(tmp_path, CLEAN)
    monkeypatch.setattr("os.access", lambda *_: False)
    told = run("audit", path, *SERVICE, "--out", str(tmp_path / "a.csv"))
    assert (told.code, "is not writable" in " ".join(told.err.split())) == (2, True)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            'IO Error: Could not write file "{partial}": No space left on device',
            "cannot write {out}: No space left on device",
        ),
        ('IO Error: Could not write file "/tmp/t": Disk quota exceeded', "cannot write /tmp/t: Disk quota exceeded"),
        ("IO Error: Could not write all", "cannot write {out}: Could not write all"),
        (
            'IO Error: No files found that match "u.csv"',
            'cannot write {out}: the log: No files found that match "u.csv"',
        ),
    ],
)
def test_what_an_engine_says_of_a_file_that_it_cannot_write_is_told_in_its_words(tmp_path, monkeypatch, said, told):
    out = tmp_path / "a.csv"

    def write(_report: object, path: str) -> None:
        with writing(path) as partial:
            raise duckdb.IOException(said.format(partial=partial))

    monkeypatch.setattr(AuditReport, "write", write)
    done = run("audit", log(tmp_path, CLEAN), *SERVICE, "--out", str(out))
    assert (done.code, done.err) == (3, f"Error: {told.format(out=out)}\n")


def test_any_other_error_of_the_engine_is_one_line(tmp_path, monkeypatch):
    def fail(*_arguments: object, **_options: object) -> None:
        raise duckdb.OutOfMemoryException("Out of Memory Error: failed to pin\nblock")

    monkeypatch.setattr("pricing_rules.cli.audit.audit", fail)
    told = run("audit", log(tmp_path, CLEAN), *SERVICE)
    assert (told.code, told.err) == (3, "Error: DuckDB could not go on: Out of Memory Error: failed to pin\n")
    monkeypatch.setattr("pricing_rules.cli.audit.audit", None)
    monkeypatch.delitem(sys.modules, "duckdb")
    with pytest.raises(TypeError):
        run("audit", log(tmp_path, CLEAN), *SERVICE)


def test_an_interrupt_that_the_engine_raises_is_one(tmp_path, monkeypatch):
    def stop(*_arguments: object, **_options: object) -> None:
        raise duckdb.InterruptException("INTERRUPT Error: Interrupted!")

    monkeypatch.setattr("pricing_rules.cli.audit.audit", stop)
    assert run("audit", log(tmp_path, CLEAN), *SERVICE)[::2] == (130, "")


def test_what_a_spreadsheet_or_a_terminal_would_obey_is_escaped(tmp_path):
    wild = ["=1+1", "+1", "-1", "@a", "a\x1b[31mb", "[red]c[/]", "d\"'; DROP TABLE x; --", "x" * 10_000]
    rows = [
        f't{number},gpt-image-2,1,4,false,,1,"{text.replace(chr(34), chr(34) * 2)}"' for number, text in enumerate(wild)
    ]
    out = tmp_path / "findings.csv"
    told = run("audit", log(tmp_path, *rows), *SERVICE, "--out", str(out))
    assert "\x1b[31m" not in told.out
    found = duckdb.execute(f"SELECT account FROM READ_CSV('{out}', all_varchar = true) ORDER BY task_id").fetchall()
    assert [row[0] for row in found] == [f"'{text}" if text[0] in "=+-@" else text for text in wild]


def test_a_check_that_could_not_be_made_ends_with_2_unless_it_is_named(tmp_path):
    path = log(tmp_path, "t1,gpt-image-2,1,1", head="taskId,model,status,numOutputs")
    told = run("audit", path, *SERVICE)
    assert (told.code, "charge and refunds could not be checked" in told.out) == (2, True)
    assert run("audit", path, *SERVICE, "--unchecked", "charge").code == 2
    assert run("audit", path, *SERVICE, "--unchecked", "charge,refunds").code == 0


def test_only_the_named_findings_end_with_1(tmp_path):
    path = log(tmp_path, CLEAN.replace(",3,", ",4,"))
    assert run("audit", path, *SERVICE, "--fail-on", "overcharged").code == 1
    assert run("audit", path, *SERVICE, "--fail-on", "undercharged,missing_refund").code == 0


CHEAP = CLEAN.replace("t1", "t2").replace(",3,", ",2,")


@pytest.mark.parametrize(
    ("rows", "options", "code", "said"),
    [
        ((CLEAN,), (), 0, "Clean: every row was judged and nothing was found. Exit code 0."),
        ((), (), 0, "Nothing was found: the log has no rows. Exit code 0."),
        (
            (CLEAN, CLEAN.replace("ann", "bob").replace("t1", "t2")),
            ("--account", "ann"),
            0,
            "Clean: 1 of 2 rows was judged, 1 filtered (account 1), and nothing was found. Exit code 0.",
        ),
        ((CLEAN, CHEAP), ("--fail-on", "overcharged"), 0, "1 finding, of no kind that --fail-on names. Exit code 0."),
        ((CLEAN, CHEAP), (), 1, "1 finding. Exit code 1."),
        (
            (CLEAN, CLEAN.replace("t1", "t2")),
            ("--account", "eve"),
            2,
            "Nothing was found, but no row was judged of 2: 2 filtered (account 2). Exit code 2.",
        ),
        (
            (CLEAN,),
            ("--since", "2099-01-01T00:00:00Z"),
            0,
            "Nothing was found, but no row was judged of 1: 1 filtered (since 1). Exit code 0.",
        ),
        (
            (CLEAN.replace(",3,", ",x,"),),
            ("--fail-on", "overcharged"),
            2,
            (
                "1 finding, of no kind that --fail-on names, but no row was judged of 1: 1 malformed (credits_used 1). "
                "Exit code 2."
            ),
        ),
    ],
)
def test_the_last_sentence_says_no_more_than_was_judged(tmp_path, rows, options, code, said):
    told = run("audit", log(tmp_path, *rows), *SERVICE, *options, COLUMNS="160")
    assert (told.code, told.out.splitlines()[-1]) == (code, said)
    assert run("audit", log(tmp_path, *rows), *SERVICE, *options, "--json").document["exit_code"] == code


def test_what_is_done_without_is_said_beside_what_is_clean(tmp_path):
    path = log(tmp_path, "t1,gpt-image-2,1,1", head="taskId,model,status,numOutputs")
    told = run("audit", path, *SERVICE, "--unchecked", "charge,refunds", COLUMNS="160")
    assert "every row was judged and nothing was found, without charge and refunds. Exit code 0." in told.out


@pytest.mark.parametrize("until", ["2026-10-01T00:00:00Z", "2026-10-01T00:30:00+01:00"])
def test_a_window_without_an_instant_is_wrong_usage(tmp_path, until):
    told = run("audit", log(tmp_path, CLEAN), *SERVICE, "--since", "2026-10-01T00:00:00Z", "--until", until)
    assert (told.code, "is not before until 2026-10-01 00:" in told.err) == (2, True)


def test_instants_accounts_and_columns_choose_what_is_judged(tmp_path):
    path = log(
        tmp_path,
        CLEAN,
        CLEAN.replace("t1", "t2").replace("10-01", "10-02"),
        CLEAN.replace("t1", "t3").replace("ann", "bob"),
    )
    told = json.loads(run("audit", path, *SERVICE, "--since", "2026-10-02T00:00:00Z", "--json").out)
    assert (told["rows_judged"], told["filtered"]) == (1, {"since": 2})
    told = json.loads(run("audit", path, *SERVICE, "--until", "2026-10-02T00:00:00Z", "--account", "bob", "--json").out)
    assert (told["rows_judged"], told["filtered"]) == (1, {"until": 1, "account": 1})
    renamed = log(tmp_path, "t1,gpt-image-2,1,3,false,1", head="taskId,model,status,price,creditsRefunded,numOutputs")
    assert run("audit", renamed, *SERVICE, "--column", "credits_used=price").code == 0
    assert "3 filtered" in run("audit", log(tmp_path, CLEAN, CLEAN, CLEAN), *SERVICE, "--account", "eve").out


def test_a_history_is_judged_by_its_last_row(tmp_path):
    head = f"{HEADER},updatedAt"
    rows = [f"{CLEAN.replace(',1,3,', ',0,3,')},2026-10-01T00:00:00Z", f"{CLEAN},2026-10-01T00:01:00Z"]
    told = json.loads(run("audit", log(tmp_path, *rows, head=head), *SERVICE, "--history", "--json").out)
    assert (told["rows_judged"], told["filtered"], told["counts"]) == (1, {"history": 1}, {})


def test_a_ledger_is_taken_from_files(tmp_path):
    (tmp_path / "ledger.csv").write_text("task_id,kind,credits\nt1,debit,4\n")
    told = json.loads(
        run("audit", log(tmp_path, CLEAN), *SERVICE, "--ledger", str(tmp_path / "ledger.csv"), "--json").out
    )
    assert told["counts"] == {"overcharged": 1, "charge_mismatch": 1}


LEDGER = """task_id,kind,credits,entry_id,at
t1,debit,4,a,2026-10-01
t1,debit,4,a,2026-10-01
t2,debit,2,b,2026-10-01
t2,refund,2,c,2026-09-30
t3,refund,5,d,2026-10-01
t8,debit,1,e,2026-10-01
t9,refund,7,f,2026-10-01
,grant,100,g,2026-10-01
,grant,100,g,2026-10-01
"""


def test_findings_of_a_ledger_have_their_credits_and_an_example(tmp_path):
    (tmp_path / "ledger.csv").write_text(LEDGER)
    rows = (CLEAN, *(CLEAN.replace("t1", f"t{number}").replace("3,false", "2,false") for number in (2, 3)))
    told = run("audit", log(tmp_path, *rows), *SERVICE, "--ledger", str(tmp_path / "ledger.csv"), COLUMNS="160")
    lines = {line.split()[0]: line.split() for line in told.out.splitlines() if line.startswith("  ")}
    found = {
        "charge_mismatch": ("2", "-3", "t1"),  # 3 where the ledger has 8, 2 where it has nothing
        "repeated_debit": ("1", "4", "t1"),
        "duplicate_entry": ("2", "104", "t1"),
        "refund_without_debit": ("2", "12", "t3"),
        "refund_before_debit": ("1", "2", "t2"),
        "debit_without_task": ("1", "1", "t8"),
        "refund_without_task": ("1", "7", "t9"),
    }
    for kind, (rows, amount, example) in found.items():
        assert (lines[kind][1], lines[kind][2], lines[kind][-1]) == (rows, amount, example)


def test_one_of_a_thing_is_told_in_the_singular(tmp_path):
    told = run("audit", log(tmp_path, CLEAN.replace(",3,", ",4,"), CLEAN.replace("t1", "t2")), *SERVICE, COLUMNS="160")
    assert "on 1 task;" in told.out
    assert "ann: 1 row," in told.out
    twice = run("audit", log(tmp_path, CLEAN, CLEAN), *SERVICE, COLUMNS="160").out
    assert "1 extra row (duplicate_task) with 3 credits is in no sum" in twice


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "say which with --service"),
        (("--service", "gptimage2api", "--unchecked", "refund"), 2, "Did you mean 'refunds'"),
        (("--service", "gptimage2api", "--fail-on", "overchargd"), 2, "Did you mean 'overcharged'"),
        (("--service", "gptimage2api", "--column", "account"), 2, "written name=source"),
        (("--service", "gptimage2api", "--column", "acount=model"), 2, "Did you mean 'account'"),
        (("--service", "gptimage2api", "--out", "a.xlsx"), 2, "not to 'a.xlsx'"),
        (("--service", "gptimage2api", "none.csv"), 3, "none.csv: no such file"),
    ],
)
def test_wrong_usage_and_unreadable_files_are_told(tmp_path, arguments, code, said):
    told = run("audit", log(tmp_path, CLEAN), *arguments)
    assert (told.code, said in told.err) == (code, True)


def test_without_duckdb_it_is_told_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    told = run("audit", log(tmp_path, CLEAN), *SERVICE)
    assert (told.code, "pip install 'pricing-rules[audit]'" in told.err) == (2, True)


def test_more_sources_than_fit_are_cut_short(tmp_path):
    for number in range(7):
        (tmp_path / f"log{number}.csv").write_text(f"{HEADER}\n{CLEAN.replace('t1', f't{number}')}\n")
    assert "log4.csv …" in run("audit", str(tmp_path), *SERVICE).out.replace("...", "…")


def test_all_that_a_report_can_say_is_said(tmp_path):
    rows = [
        "t1,gpt-image-2,0,3,true,2026-10-01T00:00:00Z,1,ann",  # pending, refunded
        "t2,gpt-image-2,1,3,false,2026-10-01T00:00:00Z,2,ann",  # flat
        f"{'s' * 60},gpt-image-2,1,9,false,,1,",  # overcharged, undated, no account
        "t4,wan/2-6-text-to-video,1,31,false,2026-10-01T00:00:00Z,1,",
        "t5,sora-2-text-to-video,1,99,false,2026-10-01T00:00:00Z,1,",
        "t6,sora-2-text-to-video,1,7,false,2026-10-01T00:00:00Z,1,",
        "t7,gpt-image-2,1,7,false,2026-10-01T00:00:00Z,1,=x",
    ]
    told = run("audit", log(tmp_path, *rows), *SERVICE, COLUMNS="160")
    assert "1 pending task was refunded already" in told.out
    assert "1 of 1 request for several outputs was charged as one" in told.out
    assert "beyond several prices" in told.out
    assert "undated: 1" in told.out
    assert "no account: " in told.out
    assert f"{'s' * 39}…" in told.out
    assert "questions, not losses" in told.out


def test_a_bar_shows_the_rows_where_somebody_looks():
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    with Bar(stream) as bar:
        bar.told(1_000, 4_000)
    assert "audit" in stream.getvalue()


def test_the_table_by_model_ends_with_how_many_more_there_are(usage, monkeypatch):
    monkeypatch.setattr("pricing_rules.cli.audit_report.MOST_MODELS", 2)
    told = run("audit", usage, *SERVICE, COLUMNS="160")
    assert "and 18 more" in told.out or "and 19 more" in told.out
