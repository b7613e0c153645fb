"""The report as a page, in a browser: it loads nothing, hides nothing, breaks no rule of access, and adds up."""

import json
import re
from decimal import Decimal
from html import unescape

import pytest

from frontend.tools import chromium, node
from pricing_rules import load_catalog
from pricing_rules.audit import audit
from pricing_rules.audit.sample.log import FAULTS, sample
from support.logs import written

GPT = load_catalog("gptimage2api")
HOSTILE = "</td><script>alert(1)</script><img src=x onerror=alert(2)>\u202e\x1b[31m'\"&"


def looked(text: str, folder) -> list[dict]:
    file = folder / "report.html"
    file.write_text(text, encoding="utf-8")
    return json.loads(node("look.mjs", chromium(), str(file), str(folder)))


def read(figures: dict, path: str):
    """Return the figure of a report that a number of its page says it is."""
    found = figures
    head, _, rest = path.partition(".")
    if head == "by_model":
        model, _, name = rest.rpartition(".")
        return next(each[name] for each in figures[head] if (each["model"] or "") == unescape(model))
    for name in path.split("."):
        found = found[int(name)] if isinstance(found, list) else found[name]
    return found


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    path = tmp_path_factory.mktemp("log") / "usage.parquet"
    sample(GPT, 20_000, path, seed=7, faults=dict.fromkeys(FAULTS, 25))
    return audit(GPT, path)


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    return tmp_path_factory.mktemp("page")


@pytest.fixture(scope="module")
def seen(report, pictures):
    return looked(report.html(), pictures)


def test_a_page_opened_from_disk_loads_nothing_and_breaks_no_rule_of_access(seen):
    assert [(found["width"], found["colorScheme"]) for found in seen] == [
        (1280, "light"), (1280, "dark"), (390, "light"), (390, "dark"),
    ]  # fmt: skip
    for found in seen:
        assert (found["requests"], found["said"], found["axe"], found["sideways"]) == (["file:"], [], [], False)


def test_every_number_of_a_page_is_that_of_the_json(report, seen):
    figures = report.as_dict()
    told = dict(map(tuple, seen[0]["figures"]))
    assert len(told) > 200
    rows = {"judged": figures["rows_judged"]} | {
        name: sum(figures[name].values()) for name in ("malformed", "filtered")
    }
    days = {each["day"] or "": each["charged"] for each in figures["by_day"]}
    for path, shown in told.items():
        head, _, rest = path.partition(".")
        day = days.get(rest.removesuffix(".charged"), 0)
        wanted = rows[rest] if head == "rows" else day if head == "day" else read(figures, path)
        assert Decimal(shown.replace(",", "") or "0") == Decimal(wanted), path


def test_hostile_text_of_a_log_stays_text(tmp_path):
    record = {"task_id": HOSTILE, "model": "gpt-image-2", "status": "1", "credits_used": "9", "account": HOSTILE,
              "outputs": "1", "created_at": "2026-10-01"}  # fmt: skip
    others = [{**record, "model": HOSTILE, "task_id": "t2"}, {**record, "status": HOSTILE, "task_id": "t3"}]
    page = audit(GPT, written([record, *others], tmp_path / "log.parquet")).html()
    for found in looked(page, tmp_path):
        assert (found["requests"], found["said"], found["axe"]) == (["file:"], [], [])
        assert not {"SCRIPT", "IMG"} & set(found["elements"])
        assert "</td><script>alert(1)" in found["text"]
        assert "\u202e" not in found["text"]


@pytest.mark.usefixtures("seen")
def test_a_page_prints_on_a4(pictures):
    printed = (pictures / "printed.pdf").read_bytes()
    (box,) = set(re.findall(rb"/MediaBox \[0 0 ([\d. ]+)\]", printed))
    assert [int(float(side)) for side in box.split()] == [595, 842]
    assert len(re.findall(rb"/Type /Page\b", printed)) <= 16


def test_a_page_of_many_findings_is_small_and_shows_the_largest(tmp_path):
    name, common = "x" * 200, {"model": "gpt-image-2", "status": "1", "outputs": "1"}
    records = [
        {**common, "task_id": f"{name}{number:06}", "account": f"{'<' * 99}{number}",
         "credits_used": str(4 + number % 1_000), "created_at": str(1_400_000_000 + number * 10_000)}
        for number in range(30_000)
    ]  # fmt: skip
    report = audit(GPT, written(records, tmp_path / "log.parquet"))
    assert report.counts["overcharged"] == 30_000
    assert len(report.html().encode()) < 300_000
    largest = [each.task_id for each in report._findings.largest("overcharged", 20)]  # noqa: SLF001 -- what the page shows
    assert largest == [f"{name}{number:06}" for number in range(999, 20_000, 1_000)]
