"""Logs that were judged by hand, row by row, before an audit read them."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pricing_rules import load_catalog
from pricing_rules.audit import AuditReport, audit, check_task
from pricing_rules.audit.meaning.case import Scope
from pricing_rules.audit.meaning.verdict import check
from support import places
from support.service_rows import record_of
from usage.judged import AIVIDEOAPI, BASIS, GPTIMAGE2API, HISTORY, PARQUET, PERIOD, TABLES, Log
from usage.judgement import Judgement

FOLDER = places.TESTS / "usage"
ODD, TASKS = GPTIMAGE2API[4], GPTIMAGE2API[5]
PERIOD_OF = {"since": datetime(2026, 11, 1, tzinfo=UTC), "until": datetime(2026, 11, 10, tzinfo=UTC), "account": "ann"}
UNPARSED = object()


def name(value: object) -> str:
    return value.name if isinstance(value, Log) else ""


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory) -> Path:
    duckdb = pytest.importorskip("duckdb", reason="Parquet is written by DuckDB")
    folder = tmp_path_factory.mktemp("warehouse")
    connection = duckdb.connect()
    for file, table in TABLES.items():
        connection.execute(f"COPY ({table}) TO '{folder / file}' (FORMAT PARQUET)")
    return folder


@pytest.fixture(scope="session")
def report(warehouse):
    pytest.importorskip("duckdb", reason="an audit of files runs on DuckDB")
    found: dict[str, AuditReport] = {}

    def of(log: Log) -> AuditReport:
        if log.name not in found:
            folder = warehouse if log.name in TABLES else FOLDER
            found[log.name] = audit(load_catalog(log.service), folder / log.name)
        return found[log.name]

    return of


def raw_rows(log: Log) -> list[Any]:
    """Return the rows of a log with every key of the log: what a row leaves out is there and empty."""
    with (FOLDER / log.name).open(newline="") as lines:
        table = log.name.endswith(".csv")
        rows = (
            [whole(row) for row in csv.DictReader(lines)] if table else [parsed(line) for line in lines if line.strip()]
        )
    keys = dict.fromkeys(key for row in rows if row is not UNPARSED for key in row)
    inner = dict.fromkeys(key for row in rows if row is not UNPARSED for key in row.get("input") or ())
    return [row if row is UNPARSED else filled(row, keys, inner) for row in rows]


def whole(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"input": json.loads(row["input"])} if "input" in row else row


def parsed(line: str) -> Any:
    try:
        row = json.loads(line)
    except ValueError:
        return UNPARSED
    return row if isinstance(row, dict) else UNPARSED


def filled(row: dict[str, Any], keys: dict[str, None], inner: dict[str, None]) -> dict[str, Any]:
    asked = {"input": inner | (row.get("input") or {})} if inner else {}
    return {**keys, **row, **asked}


def judged_rows() -> Iterator[Any]:
    for log in (*GPTIMAGE2API, *AIVIDEOAPI):
        for number, (raw, (task, judgement)) in enumerate(zip(raw_rows(log), log.rows, strict=True), start=1):
            if raw is not UNPARSED:
                yield pytest.param(log.service, raw, judgement, id=f"{log.name}:{number}:{task}")


def micros(credits_: str | None) -> int | None:
    return None if credits_ is None else int(Decimal(credits_) * 1_000_000)


@pytest.mark.parametrize("log", [*GPTIMAGE2API, *AIVIDEOAPI], ids=name)
def test_every_row_of_a_log_has_its_judgement(log):
    tasks = [None if row is UNPARSED else row.get("taskId", row.get("id")) for row in raw_rows(log)]
    assert tasks == [task for task, _ in log.rows]


@pytest.mark.parametrize("log", [*GPTIMAGE2API, *AIVIDEOAPI, *PARQUET], ids=name)
def test_the_totals_by_hand_fit_the_judgements_by_hand(log):
    found = [kind for _, judgement in log.rows for kind in judgement.kinds]
    rows = {kind: count for kind, count in log.counts.items() if not kind.endswith("_task")}
    assert {kind: found.count(kind) for kind in set(found)} == rows
    assert reasons(log, "malformed") == dict(log.malformed)
    assert reasons(log, "filtered") == dict(log.filtered)


def reasons(log: Log, state: str) -> dict[str | None, int]:
    found = [judgement.reason for _, judgement in log.rows if judgement.state == state]
    return {reason: found.count(reason) for reason in found}


@pytest.mark.parametrize(("service", "raw", "judgement"), list(judged_rows()))
def test_a_row_is_judged_as_it_was_by_hand(service, raw, judgement: Judgement):
    catalog = load_catalog(service)
    verdict = check(catalog, record_of(catalog, raw))
    assert (verdict.state, verdict.reason, set(verdict.kinds)) == (judgement.state, judgement.reason, judgement.kinds)
    assert (verdict.charge, verdict.refund, verdict.rules) == (judgement.charge, judgement.refund, judgement.breaks)
    assert (verdict.low, verdict.high) == (micros(judgement.low), micros(judgement.high))
    assert verdict.charge_delta == micros(judgement.delta)
    assert verdict.refund_delta == micros(judgement.due)
    assert verdict.unpriced == judgement.why


@pytest.mark.parametrize("log", [*GPTIMAGE2API, *AIVIDEOAPI, *PARQUET], ids=name)
class TestAnAuditWithoutOptions:
    def test_reads_every_row_and_judges_those_that_can_be(self, report, log):
        found = report(log)
        assert found.rows_read == len(log.rows)
        assert found.rows_judged == sum(judgement.state == "judged" for _, judgement in log.rows)
        assert found.malformed == dict(log.malformed)
        assert found.filtered == dict(log.filtered)

    def test_counts_the_findings_and_outcomes_that_were_found_by_hand(self, report, log):
        found = report(log)
        assert found.counts == dict(log.counts)
        outcomes = [
            each for _, judgement in log.rows if judgement.charge for each in (judgement.charge, judgement.refund)
        ]
        assert found.outcomes == {each: outcomes.count(each) for each in set(outcomes)}
        assert found.pending_refunds == log.pending_refunds

    def test_adds_up_what_was_charged(self, report, log):
        assert report(log).totals["all"].charged == Decimal(log.charged)

    def test_says_what_customers_are_owed_and_what_the_service_lost(self, report, log):
        found = report(log)
        assert found.owed_to_customers == (Decimal(log.owed[0]), log.owed[1])
        assert found.lost_by_service == (Decimal(log.lost[0]), log.lost[1])

    def test_yields_each_finding_beside_its_task(self, report, log):
        found = [
            (each["task_id"], each["kind"]) for each in report(log).findings() if not each["kind"].endswith("_task")
        ]
        expected = [(task or None, kind) for task, judgement in log.rows for kind in judgement.kinds]
        assert sorted(found, key=str) == sorted(expected, key=str)

    def test_ends_with_its_exit_code(self, report, log):
        assert report(log).exit_code == log.exit_code


def test_the_price_page_is_told_apart_by_what_is_printed_and_what_is_read_from_ratios(report):
    totals = report(GPTIMAGE2API[1]).totals
    assert {basis: totals[basis].charged for basis in BASIS} == {basis: Decimal(sum_) for basis, sum_ in BASIS.items()}


def test_one_of_several_outputs_was_charged_as_a_flat_price(report):
    assert report(GPTIMAGE2API[2]).flat_charges[1] == 1


def test_plain_snapshots_of_a_service_that_tells_no_credits_are_no_clean_audit(tmp_path):
    pytest.importorskip("duckdb", reason="an audit of files runs on DuckDB")
    lines = (FOLDER / "aivideoapi-snapshots.jsonl").read_text().splitlines(keepends=True)
    log = tmp_path / "tasks.jsonl"
    log.write_text("".join(lines[:4]))
    found = audit(load_catalog("aivideoapi"), log)
    assert found.counts == {}
    assert {"charge", "refunds"} <= {each.name for each in found.not_checked}
    assert found.exit_code == 2


def test_a_period_and_an_account_leave_the_rows_that_were_left_by_hand():
    catalog = load_catalog("gptimage2api")
    options = {
        key: int(value.timestamp()) * 1_000_000 if key != "account" else value for key, value in PERIOD_OF.items()
    }
    pairs = [(task, row) for row, (task, _) in zip(raw_rows(ODD), ODD.rows, strict=True) if row is not UNPARSED]
    verdicts = [(task, check(catalog, record_of(catalog, row), Scope(**options))) for task, row in pairs]
    left = [verdict.reason for _, verdict in verdicts if verdict.state == "filtered"]
    assert {reason: left.count(reason) for reason in left} == PERIOD["filtered"]
    assert {task for task, verdict in verdicts if verdict.state == "judged"} == PERIOD["judged"]


def test_an_audit_of_a_period_and_an_account_agrees():
    pytest.importorskip("duckdb", reason="an audit of files runs on DuckDB")
    found = audit(load_catalog("gptimage2api"), FOLDER / ODD.name, **PERIOD_OF)
    assert found.filtered == PERIOD["filtered"]
    assert found.malformed == dict(ODD.malformed)
    assert found.totals["all"].charged == Decimal(PERIOD["charged"])


def test_an_audit_of_the_last_rows_leaves_out_how_a_task_came_there():
    pytest.importorskip("duckdb", reason="an audit of files runs on DuckDB")
    found = audit(load_catalog("gptimage2api"), FOLDER / TASKS.name, history=True)
    assert (found.filtered, found.rows_judged) == (HISTORY["filtered"], HISTORY["judged"])
    assert found.totals["all"].charged == Decimal(HISTORY["charged"])


@pytest.mark.parametrize(
    ("task", "kind", "extra"),
    [
        ("tsk_t01", "duplicate_task", 1),
        ("tsk_t02", "duplicate_task", 2),
        ("tsk_t03", "history", 0),
        ("tsk_t04", "history", 0),
        ("tsk_t05", "conflicting_task", 1),
        ("tsk_t06", "conflicting_task", 1),
        ("tsk_t07", "conflicting_task", 1),
        ("tsk_t08", "conflicting_task", 1),
        ("tsk_t09", "duplicate_task", 1),
        ("tsk_t10", "history", 0),
        ("tsk_t11", "duplicate_task", 1),
    ],
)
def test_the_rows_of_a_task_are_copies_a_history_or_a_contradiction(task, kind, extra):
    catalog = load_catalog("gptimage2api")
    rows = [record_of(catalog, row) for row in raw_rows(TASKS) if row["taskId"] == task]
    verdict = check_task(catalog, rows)
    assert (verdict.kind, verdict.extra) == (kind, extra)
