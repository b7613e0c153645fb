"""What is shared between requests stays small, however many different values come."""

import gc
import os
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pricing_rules import load_catalog, validate
from pricing_rules.catalog.loading import BUNDLED
from pricing_rules.request.validate import shared_violations
from support.cases import GPT

VALUES = 1_000_000 if os.environ.get("PRICING_RULES_LONG") else 20_000


def wrong_requests() -> Iterator[dict[str, Any]]:
    for value in range(VALUES):
        yield GPT | {"width": 5_000 + value, "resolution": f"{value}p", "inputImageUrls": [f"ftp://{value}"]}


def test_different_wrong_values_take_no_more_memory_than_a_few_megabytes():
    fresh = load_catalog(Path(BUNDLED) / "gptimage2api.toml")
    tracemalloc.start()
    for request in wrong_requests():
        validate(fresh, request)
    gc.collect()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (held < 12_000_000, len(shared_violations(fresh)) <= 10_000) == (True, True)
