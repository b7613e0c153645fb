"""What holds for all tests: profiles of hypothesis, and what a skip is.

`PRICING_RULES_LONG=1` chooses the long profile. A test whose runtime is missing is skipped with the reason;
`PRICING_RULES_REQUIRE_ALL=1` makes every skip, of a test or of a file, a failure; but for tests that are marked
`may_be_absent`, whose runtime is no part of any installation: the services' own documents.
"""

import os
from collections.abc import Container, Generator
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings

from pricing_rules import Catalog, load_catalog
from support import places

LONG = bool(os.environ.get("PRICING_RULES_LONG"))
REQUIRED = bool(os.environ.get("PRICING_RULES_REQUIRE_ALL"))
ABSENT = "may_be_absent"
SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)

settings.register_profile("short", max_examples=15, deadline=None, suppress_health_check=SLOW)
settings.register_profile("long", max_examples=10_000, deadline=None, database=None, suppress_health_check=SLOW)
settings.load_profile("long" if LONG else "short")


Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


def required(report: Report, keywords: Container[str] = ()) -> Report:
    """Turn a skip into a failure where every leg has to run."""
    if report.skipped and REQUIRED and not hasattr(report, "wasxfail") and ABSENT not in keywords:
        report.outcome = "failed"
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.longrepr = f"{reason}\nEvery leg has to run: PRICING_RULES_REQUIRE_ALL is set."
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return required((yield), item.keywords)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return required((yield))


@pytest.fixture(scope="session")
def gptimage2api() -> Catalog:
    return load_catalog("gptimage2api")


@pytest.fixture(scope="session")
def aivideoapi() -> Catalog:
    return load_catalog("aivideoapi")


@pytest.fixture(scope="session")
def clipworks() -> Catalog:
    return load_catalog(places.CLIPWORKS)
