"""Whether the records of a catalog fit each other; one that passes can be quoted from and compiled to every target.

Start reading at `fields`; each module yields the faults of its own tables. Only `loading` imports from here.
"""

from itertools import chain

from pricing_rules.catalog.consistency.answers import answer_faults
from pricing_rules.catalog.consistency.endpoints import endpoint_faults
from pricing_rules.catalog.consistency.fields import field_faults
from pricing_rules.catalog.consistency.models import model_faults
from pricing_rules.catalog.consistency.prices import price_faults
from pricing_rules.catalog.consistency.rules import rule_faults
from pricing_rules.catalog.records import Catalog
from pricing_rules.errors import CatalogError


def checked(catalog: Catalog, file: str) -> Catalog:
    """Return the catalog, if all of it fits.

    Raises:
        CatalogError: the first fault that is found, with the key it stands at.
    """
    parts = (field_faults, endpoint_faults, price_faults, model_faults, rule_faults, answer_faults)
    for key, reason in chain.from_iterable(part(catalog) for part in parts):
        raise CatalogError(file, key, reason)
    return catalog
