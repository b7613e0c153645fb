"""Which single changes of a bundled catalog the expectations typed from the documents do not notice."""

import tomllib
from importlib.resources import files
from typing import Any

from documents.comparison import agrees
from documents.mutation import one_change
from pricing_rules.catalog.consistency import inconsistencies
from pricing_rules.catalog.tables import read


def parsed(service: str) -> dict[str, Any]:
    """Return the tables of a bundled catalog."""
    return tomllib.loads((files("pricing_rules") / "catalogs" / f"{service}.toml").read_text("utf-8"))


def unnoticed(service: str, *, every: int) -> list[str]:
    """Change one fact at a time, every so many of them, and return the changes that agree with the documents."""
    changes = list(one_change(parsed(service)))[::every]
    return [change for change, variant in changes if not is_noticed(variant, service)]


def is_noticed(variant: dict[str, Any], service: str) -> bool:
    """Tell whether changed tables are refused, or differ from what the documents print."""
    catalog, faults = read(variant)
    return bool(faults) or catalog.id != service or not agrees(catalog) or bool(inconsistencies(catalog))
