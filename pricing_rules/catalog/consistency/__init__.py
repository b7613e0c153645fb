"""Whether the records of a catalog fit each other; one that passes can be quoted from and compiled to every target.

Start reading at `fields`; each module yields the faults of its own tables, whatever the others find. Only loading,
of catalogs and of overlays, imports from here.
"""

from attrs import evolve

from pricing_rules.catalog.consistency.answers import answer_faults
from pricing_rules.catalog.consistency.checks import is_date, unfileable
from pricing_rules.catalog.consistency.documents import document_faults
from pricing_rules.catalog.consistency.endpoints import endpoint_faults
from pricing_rules.catalog.consistency.fields import field_faults
from pricing_rules.catalog.consistency.models import model_faults
from pricing_rules.catalog.consistency.prices import price_faults
from pricing_rules.catalog.consistency.rules import rule_faults
from pricing_rules.catalog.faults import Fault
from pricing_rules.catalog.records import Catalog
from pricing_rules.spelling import shown

PARTS = (field_faults, endpoint_faults, price_faults, model_faults, rule_faults, answer_faults, document_faults)
LAST_DAY = "9999-12-31"


def inconsistencies(catalog: Catalog) -> list[Fault]:
    """Return every fault that is found; where the version is none, the last prices are taken to hold."""
    faults: list[Fault] = [*unfileable((catalog.id,), "id")]
    if not is_date(catalog.version):
        faults.append((("version",), f"expected a date like 2026-11-20, got {shown(catalog.version)}"))
        catalog = evolve(catalog, version=LAST_DAY)
    return [*faults, *(fault for part in PARTS for fault in part(catalog))]
