"""Whether the tables of an overlay file fit each other."""

import re
from collections.abc import Iterable, Iterator
from itertools import product
from typing import assert_never

from pricing_rules.amounts import terminates
from pricing_rules.catalog.consistency.checks import is_date, twice, unfileable
from pricing_rules.catalog.faults import Fault, Path
from pricing_rules.spelling import shown
from pricing_rules.tariffs.overlay import (
    MinimumTable,
    Overlay,
    PriceTable,
    RateTable,
    SettledTable,
    Table,
    TiersTable,
)

FINGERPRINT = re.compile(r"pr1:[0-9a-f]{16}")
MAX_DATES = 366  # a change a day
KINDS = ("rates", "prices", "minimums", "tiers", "settled")


def overlay_faults(overlay: Overlay) -> Iterator[Fault]:
    """Yield what does not fit in an overlay, whatever the catalog below."""
    yield from unfileable((overlay.id,), "id")
    if not is_date(overlay.version):
        yield ("version",), f"expected a date like 2026-11-21, got {shown(overlay.version)}"
    if overlay.fingerprint is not None and not FINGERPRINT.fullmatch(overlay.fingerprint):
        yield ("fingerprint",), f"expected pr1: and 16 digits of 0-9a-f, got {shown(overlay.fingerprint)}"
    yield from twice(overlay.hidden, "hidden")
    yield from _money_faults(overlay)
    for kind in KINDS:
        for place, table in enumerate(getattr(overlay, kind)):
            yield from _table_faults(table, (kind, place))
    if overlay.settled and (overlay.of == "charge" or overlay.terms or overlay.minimums):
        said = 'stands in a file of its own, with of = "product" and without rates, prices and minimums'
        yield ("settled",), said
    yield from _rival_faults(overlay)
    dates = {table.since for kind in KINDS for table in getattr(overlay, kind)}
    if len(dates) > MAX_DATES:
        yield (), f"more than {MAX_DATES:,} instants at which something changes"


def _money_faults(overlay: Overlay) -> Iterator[Fault]:
    for name, table in (("credit", overlay.credit), ("cost", overlay.cost)):
        if table and overlay.of == "product":
            yield (name,), 'demands of = "charge": a plan charges in the credits of its seller and pays nobody'
        if table and table.usd is not None and not terminates(table.usd):
            yield (name, "usd"), "expected a decimal number"
    unit = overlay.credit.unit if overlay.credit else None
    if unit is not None and (unit <= 0 or not terminates(unit)):
        yield ("credit", "unit"), "expected a decimal number above 0"


def _table_faults(table: Table, path: Path) -> Iterator[Fault]:
    """Yield what does not fit in one table."""
    if table.models == ():
        yield (*path, "models"), "there is none"
    yield from twice(table.models or (), *path, "models")
    match table:
        case RateTable(rate=rate) if rate <= 0:
            yield (*path, "rate"), "expected more than 0"
        case MinimumTable(credits=least) if least <= 0:
            yield (*path, "credits"), "expected more than 0"
        case TiersTable(left=left) if not left:
            yield path, "names no duration, resolution or audio"
        case TiersTable(left=left):
            for axis, values in left.items():
                yield from twice(values, *path, axis)
        case SettledTable(says=()):
            yield path, "settles nothing"
        case SettledTable(factors=factors):
            yield from twice(factors, *path, "confirms")


def _rival_faults(overlay: Overlay) -> Iterator[Fault]:
    """Yield the tables that say the same of a model from the same instant on; rates and prices do."""
    held: set[object] = set()
    for kind in KINDS:
        for place, table in enumerate(getattr(overlay, kind)):
            models = (None,) if table.models is None else dict.fromkeys(table.models)
            for said, model in product(_said(table), models):
                if (said, model, table.since) in held:
                    whose = "models that no table names" if model is None else shown(model)
                    yield (kind, place), f"there are two {said} of {whose} since the same instant"
                held.add((said, model, table.since))


def _said(table: Table) -> Iterable[str]:
    """Tell what a table says of its models, of which one alone can hold at an instant."""
    match table:
        case RateTable() | PriceTable():
            return ["rates or prices"]
        case MinimumTable():
            return ["minimums"]
        case TiersTable():
            return [f"lists of the tiers of {axis}" for axis in table.left]
        case SettledTable():
            return [f"tables that settle the {name}" for name in table.says]
        case _:
            assert_never(table)
