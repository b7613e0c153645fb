"""Hypothesis profiles: a short one for every run, a long one for `PRICING_RULES_LONG=1`."""

import os

import pytest
from hypothesis import HealthCheck, settings

from pricing_rules import Catalog, load_catalog
from support import places

LONG = bool(os.environ.get("PRICING_RULES_LONG"))
SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)

settings.register_profile("short", max_examples=15, deadline=None, suppress_health_check=SLOW)
settings.register_profile("long", max_examples=10_000, deadline=None, database=None, suppress_health_check=SLOW)
settings.load_profile("long" if LONG else "short")


@pytest.fixture(scope="session")
def gptimage2api() -> Catalog:
    return load_catalog("gptimage2api")


@pytest.fixture(scope="session")
def aivideoapi() -> Catalog:
    return load_catalog("aivideoapi")


@pytest.fixture(scope="session")
def clipworks() -> Catalog:
    return load_catalog(places.CLIPWORKS)
