"""Rows and tasks that were judged by hand, at both services: by the reference, and by an audit of them all."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import get_args

import pytest

from pricing_rules import load_catalog
from pricing_rules.audit import audit, check_task
from pricing_rules.audit.meaning.case import Scope
from pricing_rules.audit.meaning.outcomes import CHARGES, MALFORMED, REFUNDS, Filter, TaskKind, Unpriced
from pricing_rules.audit.meaning.verdict import check
from support.overlays import head, over, table
from support.service_rows import record_of
from usage.by_hand import BODIES, DATED, FIRST, GONE, PLAIN, ROWS, SCOPES, TASKS, whole
from usage.judged import AIVIDEOAPI, GPTIMAGE2API, PARQUET
from usage.judgement import Judgement

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EACH = [
    pytest.param(service, *row, id=f"{service}:{number}")
    for service, rows in ROWS.items()
    for number, row in enumerate(rows)
]
services = pytest.mark.parametrize("service", ROWS)


def micros(credits_: str | None) -> int | None:
    return None if credits_ is None else int(Decimal(credits_) * 1_000_000)


@pytest.mark.parametrize(("service", "changed", "judgement"), EACH)
def test_a_row_is_judged_as_it_was_by_hand(service, changed, judgement: Judgement):
    catalog = load_catalog(service)
    verdict = check(catalog, record_of(catalog, whole(service, changed)))
    assert (verdict.state, verdict.reason, set(verdict.kinds)) == (judgement.state, judgement.reason, judgement.kinds)
    assert (verdict.charge, verdict.refund, verdict.rules) == (judgement.charge, judgement.refund, judgement.breaks)
    assert (verdict.low, verdict.high) == (micros(judgement.low), micros(judgement.high))
    assert (verdict.charge_delta, verdict.refund_delta) == (micros(judgement.delta), micros(judgement.due))
    assert verdict.unpriced == judgement.why


@services
def test_an_audit_finds_what_was_found_by_hand(service, tmp_path):
    rows = [(changed, judgement) for changed, judgement in ROWS[service] if GONE not in changed.values()]
    assert_found(service, rows, tmp_path)


@pytest.mark.parametrize(
    ("service", "changed", "judgement"), [each for each in EACH if GONE in each.values[1].values()]
)
def test_an_audit_of_a_log_without_a_column_finds_what_was_found_by_hand(service, changed, judgement, tmp_path):
    assert_found(service, [(changed, judgement)], tmp_path)


def assert_found(service, rows, folder):
    key = "taskId" if service == "gptimage2api" else "id"
    named = [
        (f"t{number}" if (whole(service, changed).get(key) or "") else None, changed, judgement)
        for number, (changed, judgement) in enumerate(rows)
    ]
    lines = [json.dumps({**whole(service, changed), **({key: task} if task else {})}) for task, changed, _ in named]
    path = folder / "log.jsonl"
    path.write_text("\n".join(lines))
    report = audit(load_catalog(service), path, duplicates=False)
    wanted = sorted((str(task), kind) for task, _, judgement in named for kind in judgement.kinds)
    assert sorted((str(each["task_id"]), each["kind"]) for each in report.findings()) == wanted
    judged = [judgement for _, _, judgement in named if judgement.state == "judged"]
    outcomes = [each for judgement in judged for each in (judgement.charge, judgement.refund)]
    assert report.outcomes == {each: outcomes.count(each) for each in set(outcomes)}
    deltas = sum((Decimal(each.delta or 0) + Decimal(each.due) for each in judged), Decimal(0))
    assert sum((each["delta"] or Decimal(0) for each in report.findings()), Decimal(0)) == deltas


@pytest.mark.parametrize("service", DATED)
def test_rows_from_before_the_first_price_are_judged_as_they_were_by_hand(service, tmp_path):
    catalog = over(load_catalog(service), head("charge", over=service) + table("rates", rate=2, since=FIRST))
    rows = [(whole(service, changed), judgement) for changed, judgement in DATED[service]]
    for row, judgement in rows:
        verdict = check(catalog, record_of(catalog, row))
        assert (verdict.charge, verdict.unpriced) == (judgement.charge, judgement.why)
        assert (verdict.low, verdict.high) == (micros(judgement.low), micros(judgement.high))
        assert (verdict.charge_delta, verdict.rules) == (micros(judgement.delta), judgement.breaks)
    assert_outcomes(catalog, rows, tmp_path)


@pytest.mark.parametrize("service", BODIES)
def test_requests_as_they_were_sent_are_judged_as_they_were_by_hand(service, tmp_path):
    plain = {key: value for key, value in PLAIN[service].items() if key not in ("input", "prompt", "numOutputs")}
    rows = [({**plain, "body": body}, judgement) for body, judgement in BODIES[service]]
    assert_outcomes(load_catalog(service), rows, tmp_path, request_column="body")


def assert_outcomes(catalog, rows, folder, **options):
    """Assert that an audit finds what was found by hand, whatever columns other rows have."""
    wanted = sorted((f"t{number}", kind) for number, (_, judgement) in enumerate(rows) for kind in judgement.kinds)
    key = "taskId" if "taskId" in rows[0][0] else "id"
    own = [{**dict(rows[0][0]), **row, key: f"t{number}"} for number, (row, _) in enumerate(rows)]
    path = folder / "log.jsonl"
    path.write_text("\n".join(map(json.dumps, own)))
    report = audit(catalog, path, duplicates=False, **options)
    found = list(report.findings())
    assert sorted((each.task_id, each.kind) for each in found) == wanted
    reasons = {each.task_id: each.column for each in found if each.kind == "malformed"}
    told = {f"t{number}": judgement.reason for number, (_, judgement) in enumerate(rows)}
    assert reasons == {task: reason for task, reason in told.items() if reason}
    assert report.outcomes == Counter(
        each for _, judgement in rows if judgement.state == "judged" for each in (judgement.charge, judgement.refund)
    )


@pytest.mark.parametrize(
    ("service", "options", "changed", "reason"), [(service, *row) for service, rows in SCOPES.items() for row in rows]
)
def test_a_row_outside_what_is_asked_for_is_left_out_as_it_was_by_hand(service, options, changed, reason, tmp_path):
    catalog, row = load_catalog(service), whole(service, changed)
    moments = {name: datetime.fromisoformat(options[name]) for name in ("since", "until") if name in options}
    micros_ = {name: (moment - EPOCH) // timedelta(microseconds=1) for name, moment in moments.items()}
    verdict = check(catalog, record_of(catalog, row), Scope(**{**options, **micros_}))
    assert (verdict.state, verdict.reason) == ("filtered" if reason else "judged", reason)
    path = tmp_path / "log.jsonl"
    path.write_text(json.dumps(row))
    assert audit(catalog, path, **{**options, **moments}).filtered == ({reason: 1} if reason else {})


@pytest.mark.parametrize(
    ("service", "rows", "kind", "last"), [(service, *task) for service, tasks in TASKS.items() for task in tasks]
)
def test_the_rows_of_a_task_are_what_they_were_by_hand(service, rows, kind, last):
    catalog = load_catalog(service)
    verdict = check_task(catalog, [record_of(catalog, filled(service, row, rows)) for row in rows])
    extra = len(rows) - 1 if kind in ("duplicate_task", "conflicting_task") else 0
    assert (verdict.kind, verdict.extra) == (kind, extra)
    assert verdict.last == last or kind != "history"


def filled(service, row, rows):
    """Return a row with every key that another row of its log has."""
    return {**dict.fromkeys(key for other in rows for key in other), **whole(service, row)}


@services
def test_an_audit_finds_the_tasks_that_were_found_by_hand(service, tmp_path):
    key = "taskId" if service == "gptimage2api" else "id"
    rows = [{**whole(service, row), key: f"t{number}"} for number, task in enumerate(TASKS[service]) for row in task[0]]
    path = tmp_path / "log.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    report = audit(load_catalog(service), path, history=True)
    extra = {"duplicate_task": 0, "conflicting_task": 0, "history": 0}
    for each, kind, _ in TASKS[service]:
        if kind in extra:
            extra[kind] += len(each) - 1
    assert {kind: report.counts.get(kind, 0) for kind in extra if kind != "history"} | report.filtered == extra


@services
def test_what_was_judged_by_hand_covers_every_outcome(service):
    logs = [log for log in (*GPTIMAGE2API, *AIVIDEOAPI, *PARQUET) if log.service == service]
    every = [*(judgement for _, judgement in ROWS[service]), *(row for log in logs for _, row in log.rows)]
    every += [judgement for _, judgement in (*DATED[service], *BODIES[service])]
    assert len(every) > 150
    assert {each.charge for each in every} >= {*CHARGES}
    assert {each.refund for each in every} >= {*REFUNDS}
    assert {each.why for each in every} >= {*get_args(Unpriced)}
    reasons = {each.reason for each in every if each.state == "malformed"}
    assert {*MALFORMED} - reasons == ALWAYS_READ | NEVER_TWICE[service]
    reasons = {"history", *(each.reason for each in every if each.state == "filtered")}
    assert reasons | {reason for *_, reason in SCOPES[service] if reason} >= {*get_args(Filter)}
    assert {kind for _, kind, _ in TASKS[service]} == {*get_args(TaskKind)}


# Columns of text that a log has at one place, where any value can be read; a sound is asked for at neither service.
ALWAYS_READ = {"status", "service", "account", "endpoint", "audio"}
NEVER_TWICE = {"gptimage2api": {"resolution"}, "aivideoapi": {"mode"}}
