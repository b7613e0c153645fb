"""Law 7 as a whole: an audit's verdict in SQL equals the row-at-a-time reference, and each change of it is noticed."""

import os

import pytest

from support.audit_rows import (
    FAMILIES,
    LEFT_OUT,
    differing,
    in_python,
    in_sql,
    loaded,
    plain,
    prices_crossed,
    refunds_crossed,
    rules_crossed,
    seeded,
    unreadable,
    without,
)
from support.strategies import CATALOGS as BY_NAME

CATALOGS = tuple(BY_NAME.values())
SEEDED = 1_000_000 if os.environ.get("PRICING_RULES_LONG") else 50_000
CHUNK = 20_000
services = pytest.mark.parametrize("catalog", CATALOGS, ids=lambda catalog: catalog.id)


@services
@pytest.mark.parametrize("family", FAMILIES)
def test_the_verdict_in_sql_equals_the_reference_on_every_cross_of_a_family(catalog, family, tmp_path):
    assert differing(catalog, list(FAMILIES[family](catalog)), tmp_path)[:3] == []


@services
@pytest.mark.parametrize("left_out", LEFT_OUT)
def test_the_verdict_in_sql_equals_the_reference_whatever_columns_a_log_has(catalog, left_out, tmp_path):
    records = [*seeded(catalog, 600, 3), *list(refunds_crossed(catalog))[::7], *list(prices_crossed(catalog))[::11]]
    assert differing(catalog, without(records, LEFT_OUT[left_out]), tmp_path)[:3] == []


@services
def test_the_verdict_in_sql_equals_the_reference_across_families(catalog, tmp_path):
    share = SEEDED // len(CATALOGS)
    for start in range(0, share, CHUNK):
        assert differing(catalog, list(seeded(catalog, min(CHUNK, share - start), start)), tmp_path)[:3] == []


# What is changed in the SQL, and what it becomes; the last service is the one with sound, editions and half-credits.
MUTANTS = {
    "an unknown model is judged": ("WHEN number IS NULL THEN 5", "WHEN number < 0 THEN 5"),
    "a failure that cost nothing is priced": ("WHEN u_status = 3 AND u_credits_used = 0 THEN 2", ""),
    "a completed task that cost nothing is fine": ("WHEN u_status = 3 AND u_credits_used = 0", "WHEN u_credits_used = 0"),
    "no price is no finding": ("WHEN low IS NULL THEN 6", "WHEN low IS NULL THEN 3"),
    "one of two bounds is exact": ("u_credits_used = low AND u_credits_used = high THEN", "u_credits_used = low THEN"),
    "the other bound is exact": ("u_credits_used = low AND u_credits_used = high THEN", "u_credits_used = high THEN"),
    "too much from the bound on": ("u_credits_used > high", "u_credits_used >= high"),
    "too little from the bound on": ("u_credits_used < low", "u_credits_used <= low"),
    "too much beyond the least": ("u_credits_used > high", "u_credits_used > low"),
    "overcharged is undercharged": ("u_credits_used > high THEN 7", "u_credits_used > high THEN 8"),
    "anything between is possible": ("IN choices) > 0 THEN 4 ELSE 9", "IN choices) > 0 THEN 4 ELSE 4"),
    "nothing between is possible": ("IN choices) > 0 THEN 4", "IN choices) > 0 THEN 9"),
    "an unknown status settles": ("WHEN u_status = 0 THEN 4", ""),
    "a pending refund is judged": ("WHEN u_status = 1 THEN 2", ""),
    "a completed refund settles": ("WHEN u_status = 2 THEN 5", "WHEN u_status = 2 THEN 3"),
    "a completed task without a refund is a finding": ("WHEN u_status = 2 AND u_refunded = 0 THEN 3", ""),
    "two refunds settle": ("COALESCE(u_refunds, 0) <= 1", "COALESCE(u_refunds, 0) <= 2"),
    "one refund does not settle": ("COALESCE(u_refunds, 0) <= 1", "COALESCE(u_refunds, 0) < 1"),
    "an unknown number of refunds does not settle": ("COALESCE(u_refunds, 0) <= 1", "u_refunds <= 1"),
    "nothing refunded of nothing is wrong": ("(u_refunded = 0 OR COALESCE", "(COALESCE"),
    "no missing refund": ("WHEN u_credits_used > 0 AND u_refunded = 0 THEN 6", ""),
    "a refund of nothing is repeated": ("WHEN u_credits_used > 0 AND ((u_refunds > 1", "WHEN ((u_refunds > 1"),
    "a first refund is repeated": ("u_refunds > 1 AND", "u_refunds > 0 AND"),
    "a part refunded twice is repeated": ("u_refunds > 1 AND u_refunded >= u_credits_used", "u_refunds > 1"),
    "a multiple counts only above the charge": ("u_refunded >= u_credits_used", "u_refunded > u_credits_used"),
    "any excess is a repetition": ("AND u_refunded % NULLIF(u_credits_used, 0) = 0", ""),
    "a multiple counts although the number is known": ("u_refunds IS NULL AND u_refunded >", "u_refunded >"),
    "a repeated refund is wrong": ("THEN 7 ELSE 8 END AS refund", "THEN 8 ELSE 8 END AS refund"),
    "a count is the whole refund": ("u_refund_count * u_credits_used", "u_credits_used"),
    "a flag is no refund": ("WHEN u_refund_flag = 1 THEN u_credits_used", "WHEN u_refund_flag = 1 THEN 0"),
    "an edition begins one microsecond later": ("u_created_at < 17", "u_created_at <= 17"),
    "a row without a date has the last prices": ("CASE WHEN u_created_at IS NULL THEN -1", "CASE WHEN u_created_at IS NULL THEN 2"),
    "a tier that is not told fits none": ("COALESCE(p.u_duration, -1)", "COALESCE(p.u_duration, -2)"),
    "a size that is not told fits none": ("COALESCE(p.u_resolution, -1)", "COALESCE(p.u_resolution, -2)"),
    "a sound that is not told is none": ("COALESCE(p.u_audio, '')", "COALESCE(p.u_audio, 'false')"),
    "outputs do not count": ("t.outputs = COALESCE(p.u_outputs, -1)", "t.outputs = 1000000"),
    "multipliers do not count": ("t.custom_multiplier = COALESCE(p.u_custom_multiplier, '')", "t.custom_multiplier = ''"),
    "an empty id is an id": ("u_task_id IS NULL", "1 = 0"),
    "no charge is a charge": ("u_credits_used IS NULL OR u_credits_used < 0", "u_credits_used < 0"),
    "a charge below nothing is read": ("u_credits_used < 0 OR", "1 = 0 OR"),
    "a charge has no bound": ("u_credits_used > 1000000000000000", "1 = 0"),
    "a refund has no bound": ("u_refund_amount > 1000000000000000", "1 = 0"),
    "any number of refunds is read": ("u_refund_count > 1000", "1 = 0"),
    "a year has no end": ("u_created_at >= 4133980800000000", "1 = 0"),
    "a year has no beginning": ("u_created_at < 946684800000000", "1 = 0"),
    "another service is judged": ("WHEN u_service <> 'clipworks' THEN 64", ""),
    "fewer references are too many": ("p.u_references > m.limit", "p.u_references >= m.limit"),
    "a longer prompt is taken": ("p.u_prompt_length > m.limit", "p.u_prompt_length > 1 + m.limit"),
    "a shorter prompt is taken": ("p.u_prompt_length < m.limit", "p.u_prompt_length + 1 < m.limit"),
    "an unreadable prompt is too short": (" AND p.u_prompt_length >= 0", ""),
    "a default does not count across columns": ("COALESCE(j.u_resolution, j.limit", "COALESCE(NULL, j.limit"),
    "another endpoint breaks nothing": ("<> m.limit", "= m.limit"),
}  # fmt: skip


@pytest.fixture(scope="module")
def judged_rows(tmp_path_factory):
    """Return rows of every family as DuckDB has them, with what the reference says of them."""
    catalog = CATALOGS[-1]
    records = [
        *list(prices_crossed(catalog))[::7],
        *list(refunds_crossed(catalog))[::2],
        *list(rules_crossed(catalog))[::5],
        *unreadable(catalog),
        *seeded(catalog, 1_500, 9),
        *({**plain(catalog), "model": model, "outputs": number} for model in catalog.models for number in ("1", "2")),
        *({**plain(catalog), "outputs": str(number), "custom_multiplier": "2"} for number in range(1, 5)),
    ]
    return (*loaded(catalog, records, tmp_path_factory.mktemp("mutants")), in_python(catalog, records))


def test_the_rows_of_the_mutants_are_judged_alike(judged_rows):
    connection, found, wanted = judged_rows
    alike = in_sql(connection, found) == wanted
    assert alike


@pytest.mark.parametrize("name", MUTANTS)
def test_a_change_of_the_sql_is_noticed(judged_rows, name):
    connection, found, wanted = judged_rows
    old, new = MUTANTS[name]

    def changed(verdicts: str) -> str:
        assert old in verdicts
        return verdicts.replace(old, new)

    noticed = in_sql(connection, found, changed) != wanted  # not in the assertion: a difference of lists takes long
    assert noticed
