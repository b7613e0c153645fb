"""A sample log: valid but for its planted faults, the same for the same seed, found to the row by the audit."""

import hashlib

import pytest

from pricing_rules import load_catalog
from pricing_rules.audit import audit
from pricing_rules.audit.sample.log import sample
from pricing_rules.errors import UnusableLog
from support import places
from support.identities import planted_faults_are_found
from support.variants import OWN, changed

CATALOGS = {name: load_catalog(name) for name in ("aivideoapi", "gptimage2api")}
CATALOGS["clipworks"] = load_catalog(places.CLIPWORKS)


@pytest.mark.parametrize(("service", "ending"), list(zip(CATALOGS, ("parquet", "csv", "jsonl"), strict=True)))
def test_an_audit_finds_what_was_planted_and_nothing_else(tmp_path, service, ending):
    planted_faults_are_found(CATALOGS[service], tmp_path / f"usage.{ending}")


def test_every_model_has_tasks_that_were_charged_exactly(tmp_path):
    sample(CATALOGS["gptimage2api"], 5_000, tmp_path / "usage.parquet", faults={})
    report = audit(CATALOGS["gptimage2api"], tmp_path / "usage.parquet")
    assert (report.counts, report.exit_code) == ({}, 0)
    assert set(report.by_model) == set(CATALOGS["gptimage2api"].models)
    assert set(report.outcomes) == {"exact", "settled", "pending"}


def test_the_same_seed_makes_the_same_rows_on_every_engine(tmp_path):
    out = tmp_path / "usage.csv"
    sample(CATALOGS["gptimage2api"], 1_000, out, seed=3)
    digest = hashlib.sha256(out.read_bytes()).hexdigest()
    assert digest[:16] == SEED_3
    sample(CATALOGS["gptimage2api"], 1_000, out, seed=4)
    assert hashlib.sha256(out.read_bytes()).hexdigest() != digest


SEED_3 = "8c7943b96a23d31c"  # duckdb 1.5.6 and 2.0.0


@pytest.mark.parametrize(
    ("rows", "faults", "out", "said"),
    [
        (100, {"overchargd": 1}, "a.csv", "Did you mean 'overcharged'"),
        (100, {"overcharged": 26}, "a.csv", "26 faults need a log of at least 104 rows"),
        (100, {"overcharged": -1}, "a.csv", "overcharged is a number from 0 to 1,000,000,000,000, not -1"),
        (0, {}, "a.csv", "rows is a number from 1 to 1,000,000,000,000, not 0"),
        (10**22, {}, "a.csv", "rows is a number from 1 to"),
        (100, {}, "a.xlsx", "a file that ends in .*parquet.*, not to 'a.xlsx'"),
    ],
)
def test_what_cannot_be_made_is_told_and_nothing_written(tmp_path, rows, faults, out, said):
    with pytest.raises(UnusableLog, match=said):
        sample(CATALOGS["gptimage2api"], rows, tmp_path / out, faults=faults)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "options", [{"rows": "100"}, {"rows": True}, {"accounts": None}, {"faults": {"malformed": "1"}}]
)
def test_a_number_of_another_type_is_refused(tmp_path, options):
    with pytest.raises(TypeError, match="is a whole number, not"):
        sample(CATALOGS["gptimage2api"], **{"rows": 100, "out": tmp_path / "a.csv", **options})


def test_nothing_is_left_of_a_log_that_cannot_be_written(tmp_path):
    (tmp_path / "usage.csv").mkdir()
    with pytest.raises(OSError, match=r"usage\.csv"):
        sample(CATALOGS["aivideoapi"], 100, tmp_path / "usage.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["usage.csv"]


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("without a failed state", ("missing_refund", "repeated_refund", "wrong_refund")),
        ("with prompts of any length", ("invalid_request",)),
        ("that is free", ("undercharged", "missing_refund", "refund_without_failure")),
    ],
)
def test_a_fault_that_a_catalog_cannot_have_is_refused(tmp_path, name, kinds):
    catalog = changed(tmp_path, *OWN[name])
    for kind in kinds:
        with pytest.raises(
            UnusableLog, match=f"no log of this catalog can have the fault '{kind}', only 'overcharged'"
        ):
            sample(catalog, 100, tmp_path / "usage.csv", faults={kind: 1})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ((('done = "completed"', 'done = "pending"'),), "has no status of a completed task"),
        (
            (
                ('\nbase = "3.1"', '\nsince = 2026-02-01T00:00:00Z\nbase = "3.1"'),
                ("\nbase = 1\n", "\nsince = 2026-02-01T00:00:00Z\nbase = 1\n"),
                ("since = 2026-01-01T00:00:00Z", "since = 2026-02-01T00:00:00Z"),
            ),
            "has times in the log at which no request has one price",
        ),
    ],
)
def test_a_catalog_of_which_no_log_can_be_made_up_is_refused(tmp_path, changes, said):
    with pytest.raises(UnusableLog, match=said):
        sample(changed(tmp_path, *changes), 100, tmp_path / "usage.csv")


def test_a_short_log_has_no_faults_unless_they_are_asked_for(tmp_path):
    assert sample(CATALOGS["aivideoapi"], 10, tmp_path / "usage.csv").findings == {}
