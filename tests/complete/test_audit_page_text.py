"""The report as a page: the same bytes whatever the order of the rows, no account by its name where that is masked."""

import random

import pytest

from pricing_rules import load_catalog
from pricing_rules.audit import audit
from pricing_rules.audit.report.page import charts
from pricing_rules.audit.sample.log import FAULTS, sample
from support.audit_rows import plain
from support.command import run
from support.logs import written

GPT = load_catalog("gptimage2api")
SERVICE = ("--service", "gptimage2api")


def records(number: int) -> list[dict[str, str | None]]:
    return [
        {**plain(GPT), "task_id": f"t{each}", "account": f"someone-{each % 7}", "prompt_length": "9",
         "credits_used": str(3 + each % 4), "created_at": f"2026-0{1 + each % 9}-11T00:00:00Z"}
        for each in range(number)
    ]  # fmt: skip


def test_a_page_has_the_same_bytes_whatever_the_order_of_the_rows_and_their_format(tmp_path):
    rows = records(300)
    pages = {audit(GPT, written(rows, tmp_path / "log.csv")).html()}
    random.Random(5).shuffle(rows)  # noqa: S311 -- no secret
    pages.add(audit(GPT, written(rows, tmp_path / "log.csv")).html())
    pages.add(audit(GPT, written(rows, tmp_path / "log.jsonl")).html().replace("log.jsonl", "log.csv"))
    assert len(pages) == 1


def test_a_page_says_the_verdict_first_and_what_was_not_checked_above_any_number(tmp_path):
    rows = [{"task_id": "t", "model": "gpt-image-2", "status": "1", "credits_used": "40"}]
    page = audit(GPT, written(rows, tmp_path / "log.csv"), unchecked=["refunds"]).html()
    first = page.index("Not checked")
    assert first < page.index('class="verdict"') < page.index('class="tiles"') < page.index("<svg viewBox")
    assert "Customers are owed 0 credits on 0 tasks; the service lost 0 on 0." in page


def test_while_a_status_is_not_known_a_page_does_not_say_that_nothing_is_owed(tmp_path):
    rows = [{**plain(GPT), "status": "lost"}, {**plain(GPT), "task_id": "t2"}]
    page = audit(GPT, written(rows, tmp_path / "log.csv")).html()
    assert "1 row has a status that is not known: what is owed on it cannot be told." in page
    assert ("owed 0" in page, "<strong>not known</strong><small>on 1 rows</small>" in page) == (False, True)
    alone = audit(GPT, written(rows[:1], tmp_path / "log.csv")).html()
    assert "Customers are owed 0" not in alone
    other = [{**plain(GPT), "service": "another"}]
    assert "No row was judged of 1" in audit(GPT, written(other, tmp_path / "log.csv")).html()


def test_while_a_status_is_not_known_a_page_has_no_zero_for_what_is_not_known(tmp_path):
    own = {**plain(GPT), "model": "gpt-image-2", "duration": None, "resolution": None, "credits_used": "3"}
    rows = [
        {**own, "status": "lost", "account": "ann"},
        {**own, "task_id": "t2", "account": "ben", "status": "2"},
        {**own, "task_id": "t3", "account": "ben", "status": "lost"},
    ]
    page = audit(GPT, written(rows, tmp_path / "log.csv")).html()
    unknown, row = (
        '<td class="num">not known</td>',
        '<th scope="row">{}</th><td class="num" data-is="by_account.{}.rows">{}',
    )
    left = '<td class="num" data-is="by_account.{}.rows_not_known">1</td>'
    assert f"{row.format('ann', 1, 1)}</td>{unknown}{unknown}{left.format(1)}" in page
    owed = '<td class="num" data-is="by_account.0.owed">3</td>'
    assert f"{row.format('ben', 0, 2)}</td>{owed}{unknown}{left.format(0)}" in page
    alone = audit(GPT, written(rows[:1], tmp_path / "log.csv")).html()
    assert (
        f'<th scope="row">refunds</th><td></td><td class="num" data-is="totals.all.refunded">0</td><td></td>{unknown}'
        in alone
    )
    assert "refund_difference" not in alone
    assert "rows_not_known" not in audit(GPT, written(rows[1:2], tmp_path / "log.csv")).html()


def test_masked_accounts_are_numbers_everywhere_on_a_page(tmp_path):
    report = audit(GPT, written(records(80), tmp_path / "log.csv"), account="someone-3")
    assert "someone-3" in report.html()
    masked = report.html(mask_accounts=True)
    assert ("someone" in masked, "account 1" in masked) == (False, True)


def test_a_page_of_a_clean_log_says_so(tmp_path):
    page = audit(GPT, written([plain(GPT)], tmp_path / "log.csv")).html()
    assert ("clean" in page, "None." in page) == (True, True)


@pytest.mark.parametrize(("days", "unit"), [(40, "day"), (200, "month"), (5_000, "year")])
def test_many_days_are_shown_by_month_or_year(tmp_path, days, unit):
    rows = [
        {**plain(GPT), "task_id": f"t{each}", "created_at": str(1_200_000_000 + each * 86_400)} for each in range(days)
    ]
    page = audit(GPT, written(rows, tmp_path / "log.csv")).html()
    assert f"<h2>By {unit}</h2>" in page
    undated = [{**each, "created_at": None} for each in rows[:1]]
    assert "<h2>By" not in audit(GPT, written([{**undated[0]}], tmp_path / "log.csv")).html().replace("By model", "")


def test_a_bar_goes_to_the_side_of_whom_a_difference_is_against():
    drawn = charts.diverging(charts.Decimal(5), charts.Decimal(-10), charts.Decimal(10))
    assert 'class="sure" x="80" y="1" width="39"' in drawn
    assert 'class="hatched" x="2" y="1" width="78"' in drawn


def test_the_command_writes_the_page_whole_or_tells_why_not(tmp_path):
    sample(GPT, 500, tmp_path / "usage.csv", seed=2, faults=dict.fromkeys(FAULTS, 1))
    out = tmp_path / "report.html"
    told = run("audit", str(tmp_path / "usage.csv"), *SERVICE, "--html", str(out), "--mask-accounts")
    assert (told.code, out.read_text().startswith("<!doctype html>")) == (1, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.html", "usage.csv"]
    nowhere = run("audit", str(tmp_path / "usage.csv"), *SERVICE, "--html", str(tmp_path / "none" / "a.html"))
    assert (nowhere.code, "--html" in nowhere.err) == (2, True)


def test_a_page_that_cannot_be_written_is_told(tmp_path, monkeypatch):
    path = str(written([plain(GPT)], tmp_path / "log.csv"))

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_text", full)
    told = run("audit", path, *SERVICE, "--html", str(tmp_path / "a.html"))
    assert (told.code, told.err) == (3, f"Error: cannot write {tmp_path / 'a.html'}: No space left on device\n")
    assert [each.name for each in tmp_path.iterdir()] == ["log.csv"]
