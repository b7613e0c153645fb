"""What a log would have cost under another tariff, by hand: ranges, failed tasks, tasks without a price, plans."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from pricing_rules import load_catalog
from pricing_rules.audit import Rating, rate
from pricing_rules.audit.meaning.record import read_amounts
from pricing_rules.audit.rating import engine, face
from pricing_rules.audit.rating.answer import Apart, Span
from pricing_rules.audit.rating.meaning import Rater, Tariffs
from pricing_rules.errors import UnreadableLog, UnusableLog
from pricing_rules.tariffs import load_overlay, overlaid
from support.edited import edited
from support.overlays import STUDIO, head, over, table

NOW = load_catalog("gptimage2api")
CHEAPER = over(NOW, head("charge", name="cheap") + table("rates", rate='"0.5"'))
STUDIO_PRICES = overlaid(NOW, load_overlay(STUDIO))
HEADER = "task_id,model,status,credits_used,duration,resolution,outputs,account,created_at,plan"
ROWS = """
1,veo3,1,63,8,,,ann,2026-11-01T00:00:00Z,
2,veo3,1,60,8,,,bob,2026-11-02T00:00:00Z,gold
3,wan/2-6-text-to-video,1,90,15,,,ann,2026-11-02T00:00:00Z,
4,veo3,2,63,8,,,ann,2026-11-02T00:00:00Z,
5,veo3,1,63,9,,,ann,2026-11-02T00:00:00Z,
6,gone,1,5,,,,bob,2026-11-02T00:00:00Z,tin
7,veo3,1,x,8,,,bob,2026-11-02T00:00:00Z,
"""


def spans(low: int, high: int | None = None) -> Span:
    return Span(Decimal(low), Decimal(low if high is None else high))


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return saved(tmp_path, HEADER + ROWS)


def saved(folder: Path, text: str, name: str = "log.csv") -> Path:
    (folder / name).write_text(text)
    return folder / name


def by_model(found: Rating) -> dict[str | None, tuple[object, ...]]:
    return {line.model: (line.tasks, line.before, line.then, line.difference) for line in found.lines}


def test_rows_are_compared_with_their_charges(log: Path):
    found = rate(CHEAPER, log)
    # half of 63 is 31.5, so 32; wan 15 s: 90 at 720p, 133 at 1080p, so 45 to 67
    assert by_model(found) == {
        "veo3": (2, spans(123), spans(64), spans(-59)),
        "wan/2-6-text-to-video": (1, spans(90), spans(45, 67), spans(-45, -23)),
    }
    assert (found.against, found.malformed, found.left_out, found.rows_read) == ("charges", {"credits_used": 1}, 0, 7)


def test_failed_tasks_and_those_without_a_price_are_in_no_line(log: Path):
    found = rate(CHEAPER, log)
    assert found.failed == (Apart(None, None, "failed", "", 1, spans(63)),)
    assert found.unpriced == (
        Apart("then", "gone", "unknown_model", "", 1, spans(5)),
        Apart("then", "veo3", "tier", "duration 9", 1, spans(63)),
    )


def test_another_tariff_takes_the_place_of_the_charges(log: Path):
    found = rate(CHEAPER, log, against=NOW)
    assert by_model(found)["veo3"] == (2, spans(126), spans(64), spans(-62))
    assert by_model(found)["wan/2-6-text-to-video"] == (1, spans(90, 133), spans(45, 67), spans(-66, -45))
    assert {each.reason for each in found.unpriced} == {"unknown_model", "tier"}


def test_what_only_the_other_tariff_has_no_price_for_is_told_with_the_charges(log: Path):
    found = rate(NOW, log, against=over(NOW, head("charge", more='hidden = ["veo3"]') + table("rates", rate='"1"')))
    assert Apart("against", "veo3", "unknown_model", "", 2, spans(123)) in found.unpriced


def test_a_log_without_charges_is_estimated_from_the_model_alone(tmp_path: Path):
    path = saved(tmp_path, "model,resolution,outputs\nnano-banana-2,1K,5\nveo3,,\nveo3,,\n")
    found = rate(NOW, path, by=())
    assert (found.against, found.total.before, found.total.difference) == (None, None, None)
    assert (found.total.tasks, found.total.then) == (3, spans(20 + 126))
    assert found.as_dict()["total"]["before"] is None


def test_a_plan_holds_for_its_account_and_one_that_no_row_has_is_named(log: Path):
    found = rate(NOW, log, plans={"ann": CHEAPER, "ana": CHEAPER}, by=("account", "model"))
    told = {(line.account, line.model): line.then for line in found.lines}
    assert told == {
        ("ann", "veo3"): spans(32), ("bob", "veo3"): spans(63), ("ann", "wan/2-6-text-to-video"): spans(45, 67),
    }  # fmt: skip
    assert (found.by, found.unused_plans) == (("model", "account"), ("ana",))


def test_a_column_may_name_the_plan(log: Path):
    found = rate(NOW, log, plans={"gold": CHEAPER}, plan_column="plan", by=("account",))
    assert [(line.account, line.tasks, line.then.low) for line in found.lines] == [("ann", 2, 153), ("bob", 1, 32)]
    assert ("gone", "unknown_plan") in {(each.model, each.reason) for each in found.unpriced}


def test_the_tariff_is_read_at_one_instant_and_the_other_at_each_row(log: Path, tmp_path: Path):
    more = '\n[[prices]]\nmodels = ["veo3"]\nsince = {}\nbase = 70\nduration = {{ 8 = 1 }}\nsource = "video_prices"\n'
    dated = edited(tmp_path, "gptimage2api", more=more.format("2026-11-02T00:00:00Z"))
    assert by_model(rate(dated, log))["veo3"][2] == spans(140)
    old = datetime(2026, 11, 1, tzinfo=UTC)
    assert by_model(rate(dated, log, at=old))["veo3"][2] == spans(126)
    assert by_model(rate(dated, log, against=dated))["veo3"] == (2, spans(133), spans(140), spans(7))
    undated = saved(tmp_path, "model,duration\nveo3,8\n", "undated.csv")
    assert by_model(rate(dated, undated, against=dated))["veo3"] == (1, spans(63, 70), spans(70), spans(0, 7))


def test_a_resale_reads_the_log_of_the_service_below_and_leaves_out_others(tmp_path: Path):
    path = saved(tmp_path, "model,service,credits_used\nveo3,gptimage2api,63\nveo3,studio,63\nveo3,other,63\n")
    found = rate(STUDIO_PRICES, path)
    assert (found.service, found.total.tasks, found.left_out) == ("studio", 2, 1)
    assert found.total.then == spans(92)  # 0.72 of 63, 45.36, is 46


def test_files_and_tables_are_the_same(log: Path):
    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE usage AS SELECT * FROM READ_CSV('{log}', all_varchar = true)")
    one = rate(CHEAPER, log)
    assert rate(CHEAPER, "usage", engine=connection).lines == one.lines
    assert rate(CHEAPER, [log, str(log)], log).lines == one.lines


def test_what_two_tariffs_leave_open_differently_is_compared_at_the_least_and_most(tmp_path: Path):
    path = saved(tmp_path, "model\nwan/2-6-text-to-video\n")
    fewer = over(NOW, head("product") + table("tiers", models=["wan/2-6-text-to-video"], duration=[5, 10]))
    every = [30, 45, 60, 89, 90, 133]  # 5, 10 and 15 s at 720p and 1080p
    assert by_model(rate(fewer, path, against=NOW)) == {
        "wan/2-6-text-to-video": (1, spans(every[0], every[-1]), spans(30, 89), spans(30 - 133, 89 - 30)),
    }


def test_a_log_with_too_many_kinds_of_tasks_is_told_in_fewer(log: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(engine, "MOST", 0)
    found = rate(CHEAPER, log)
    assert {(each.model, each.reason, each.asked) for each in found.unpriced} == {
        (None, "unknown_model", ""), (None, "tier", ""),
    }  # fmt: skip
    assert found.rows_read == 7


def test_prices_are_kept_for_so_many_rows_only(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("pricing_rules.audit.meaning.case.MOST", 1)
    rater = Rater(Tariffs(CHEAPER))
    rows = [{"model": model, "duration": "5"} for model in ("sora-2-text-to-video", "kling/v2-1-pro") * 2]
    told = [rater.rate({**row, "resolution": "720p"}, read_amounts(NOW, {"credits_used": "9"}), None) for row in rows]
    assert told[:2] == told[2:]
    assert len(rater.kept) == 1


def test_a_spark_frame_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(face, "is_frame", lambda source: source == "frame")
    with pytest.raises(TypeError, match="Parquet"):
        rate(NOW, "frame")


def test_the_answer_says_itself_in_a_line(log: Path):
    found = rate(CHEAPER, log, by=("model", "day"))
    assert repr(found) == "Rating(3 tasks at 109 to 131 credits, 2 unpriced)"
    assert [line.day for line in found.lines_by("day")] == ["2026-11-01", "2026-11-02"]
    assert found.as_dict()["lines"][0]["then"] == {"low": "32", "high": "32"}
    with pytest.raises(UnusableLog, match="the lines are by model, day, not by 'account'"):
        found.lines_by("account")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"by": ("modle",)}, "nothing is rated by 'modle'. Did you mean 'model'?"),
        ({"plan_column": "plam"}, "there is no column 'plam' in the log"),
    ],
)
def test_what_there_is_not_is_named(log: Path, options: dict[str, object], said: str):
    with pytest.raises(UnusableLog, match="^" + said.replace("?", r"\?").replace(".", r"\.")):
        rate(NOW, log, **options)


def test_files_with_and_without_charges_are_not_mixed(log: Path, tmp_path: Path):
    with pytest.raises(UnusableLog, match="rate them apart"):
        rate(NOW, log, saved(tmp_path, "model\nveo3\n", "plain.csv"))
    with pytest.raises(UnusableLog, match="no log"):
        rate(NOW)
    with pytest.raises(UnreadableLog):
        rate(NOW, tmp_path / "none.csv")


@pytest.mark.parametrize(
    "options",
    [{"against": "gptimage2api"}, {"plans": {"ann": "x"}}, {"plans": {1: NOW}}, {"plans": {"": NOW}},
     {"engine": 3}, {"by": "model"}, {"at": "2026"}],
)  # fmt: skip
def test_an_argument_of_another_type_is_refused(log: Path, options: dict[str, object]):
    with pytest.raises(TypeError):
        rate(NOW, log, **options)
    with pytest.raises(ValueError, match="offset"):
        rate(NOW, log, at=datetime(2026, 1, 1))  # noqa: DTZ001 -- that is the fault


def test_a_failed_task_has_what_it_was_charged_and_no_price():
    record = {"task_id": "t", "model": "veo3", "status": "2", "credits_used": "63", "duration": "8"}
    found = Rater(Tariffs(NOW)).rate(record, read_amounts(NOW, record), None)
    assert (found.before, found.then, found.difference) == ((63_000_000, 63_000_000), (0, 0), (0, 0))
