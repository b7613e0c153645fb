"""Rows and tasks that were judged by hand, at both services: by the reference, and by an audit of them all."""

import json
from decimal import Decimal

import pytest

from pricing_rules import load_catalog
from pricing_rules.audit import audit, check_task
from pricing_rules.audit.meaning.outcomes import CHARGES, REFUNDS
from pricing_rules.audit.meaning.verdict import check
from support.service_rows import record_of
from usage.by_hand import GONE, ROWS, TASKS, whole
from usage.judged import AIVIDEOAPI, GPTIMAGE2API, PARQUET
from usage.judgement import Judgement

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
    assert {each.charge for each in every} >= {*CHARGES}
    assert {each.refund for each in every} >= {*REFUNDS}
    assert {each.why for each in every} >= {"tier", "outputs"}  # clipworks alone has a first price
    columns = {
        "line", "task_id", "credits_used", "created_at", "updated_at", "credits_refunded", "refund_count", "duration",
        "outputs", "references", "aspect_ratio", "prompt_length", "custom_multiplier",
    }  # fmt: skip
    assert {each.reason for each in every if each.state == "malformed"} >= columns
    assert {kind for _, kind, _ in TASKS[service]} == {"single", "history", "duplicate_task", "conflicting_task"}
