"""Whether the values of a column look like those of a usage record or of a ledger's entry."""

import re
from collections.abc import Callable, Mapping, Sequence

from pricing_rules.audit.mapping.records import Writing
from pricing_rules.audit.mapping.times import as_iso, time_format
from pricing_rules.audit.meaning.reader import readable
from pricing_rules.audit.meaning.values import Unreadable, dotted, instant
from pricing_rules.audit.report.unknown import likely_state
from pricing_rules.audit.suggestion.names import KINDS, plain
from pricing_rules.catalog.records import Catalog
from pricing_rules.request.quote import options

TELLING = ("model", "status", "mode", "resolution", "aspect_ratio", "endpoint", "service", "kind")  # by values alone
ALL, MOST_OF, HALF = 100, 80, 50  # of a hundred
Looks = Callable[[str], bool]


def looks(catalog: Catalog, writing: Writing) -> Mapping[str, Looks]:
    """Return how a value of each column looks; a column that is not there may hold anything."""
    every, modes = catalog.models.values(), {mode for model in catalog.models.values() for mode in model.modes}
    sizes = {str(quote.parameters.resolution).lower() for quote in options(catalog)}

    def told(name: str) -> Looks:
        return lambda value: readable(catalog, name, dotted(value, writing.decimal))

    numbers = ("credits_used", "credits_refunded", "refund_count", "duration", "outputs", "custom_multiplier")
    return {
        **{name: told(name) for name in numbers},
        "references": lambda value: value.startswith("[") or value.isdecimal(),
        "prompt_length": str.isdecimal,
        "model": {model.id for model in every}.__contains__,
        "status": lambda value: likely_state(catalog, value) is not None,
        "mode": modes.__contains__,
        "resolution": lambda value: value.lower() in sizes,
        "aspect_ratio": lambda value: re.fullmatch("[0-9]+:[0-9]+|auto", value) is not None,
        "endpoint": catalog.endpoints.__contains__,
        "service": catalog.id.__eq__,
        "created_at": lambda value: is_time(value, writing),
        "updated_at": lambda value: is_time(value, writing),
        "at": lambda value: is_time(value, writing),
        "credits": told("credits_used"),
        "kind": lambda value: plain(value) in KINDS,
    }


def share(values: Sequence[str], looks: Looks | None) -> int:
    """Return how many of a hundred values look right; all where there is none."""
    return sum(map(looks, values)) * ALL // len(values) if looks and values else ALL


def is_time(value: str, writing: Writing) -> bool:
    """Tell whether a text is a time."""
    own = as_iso(value, time_format(writing.time)) if writing.time else str(dotted(value, writing.decimal))
    try:
        return instant(own) is not None
    except Unreadable:
        return False
