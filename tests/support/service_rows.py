"""A row of a service's own log by our column names, as the reference takes it."""

from pricing_rules import Catalog
from pricing_rules.audit.meaning.outcomes import Record
from pricing_rules.audit.meaning.reader import CONFLICT, agreed, attempted, reader
from pricing_rules.audit.meaning.values import measured
from pricing_rules.catalog.columns import Source, sources
from pricing_rules.request.body import ABSENT, value_at


def record_of(catalog: Catalog, row: object) -> Record:
    """Return a row by our column names; where two places differ, CONFLICT."""
    found = {
        name: agreed(reader(catalog, name), [_measured(row, place) for place in places])
        for name, places in sources(catalog).items()
    }
    return {name: value for name, value in found.items() if value is not ABSENT}


def _measured(row: object, place: Source) -> object:
    """Return what a place tells, CONFLICT where what should be the object around it is none."""
    around = [value_at(row, place.keys[:end]) for end in range(1, len(place.keys))]
    if any(value is not ABSENT and value not in (None, "") and not isinstance(value, dict) for value in around):
        return CONFLICT
    value = value_at(row, place.keys)
    return ABSENT if value is ABSENT else attempted(measured, value, place.measure)
