"""Whether the tables of an overlay file fit each other."""

import re
from collections.abc import Iterable, Iterator
from typing import assert_never

from pricing_rules.amounts import terminates
from pricing_rules.catalog.consistency.fault import twice
from pricing_rules.catalog.consistency.prices import is_date
from pricing_rules.spelling import shown
from pricing_rules.tariffs.faults import Fault
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
MAX_DATES = 1_000
KINDS = ("rates", "prices", "minimums", "tiers", "settled")


def overlay_faults(overlay: Overlay) -> Iterator[Fault]:
    """Yield what does not fit in an overlay, whatever the catalog below."""
    if not is_date(overlay.version):
        yield ("version", f"expected a date like 2026-11-21, got {shown(overlay.version)}")
    yield from _fingerprint_faults(overlay)
    yield from twice(overlay.hidden, "hidden")
    yield from _money_faults(overlay)
    yield from _amount_faults(overlay)
    for kind in KINDS:
        yield from _model_faults(getattr(overlay, kind), kind)
    yield from _narrowing_faults(overlay)
    yield from _settling_faults(overlay)
    yield from _rival_faults(overlay)
    dates = {table.since for kind in KINDS for table in getattr(overlay, kind)}
    if len(dates) > MAX_DATES:
        yield ("", f"more than {MAX_DATES:,} instants at which something changes")


def _fingerprint_faults(overlay: Overlay) -> Iterator[Fault]:
    text = overlay.fingerprint
    if text is not None and not FINGERPRINT.fullmatch(text):
        yield ("fingerprint", f"expected pr1: and 16 digits of 0-9a-f, got {shown(text)}")


def _money_faults(overlay: Overlay) -> Iterator[Fault]:
    for name, table in (("credit", overlay.credit), ("cost", overlay.cost)):
        if table and overlay.of == "product":
            yield (name, 'demands of = "charge": a plan charges in the credits of its seller and pays nobody')
        if table and table.usd is not None and not terminates(table.usd):
            yield (f"{name}.usd", "expected a decimal number")
    unit = overlay.credit.unit if overlay.credit else None
    if unit is not None and (unit <= 0 or not terminates(unit)):
        yield ("credit.unit", "expected a decimal number above 0")


def _amount_faults(overlay: Overlay) -> Iterator[Fault]:
    amounts = {
        **{f"rates[{place}].rate": table.rate for place, table in enumerate(overlay.rates)},
        **{f"minimums[{place}].credits": table.credits for place, table in enumerate(overlay.minimums)},
    }
    yield from ((key, "expected more than 0") for key, amount in amounts.items() if amount <= 0)


def _model_faults(tables: Iterable[Table], kind: str) -> Iterator[Fault]:
    for place, table in enumerate(tables):
        if table.models == ():
            yield (f"{kind}[{place}].models", "there is none")
        yield from twice(table.models or (), f"{kind}[{place}].models")


def _narrowing_faults(overlay: Overlay) -> Iterator[Fault]:
    for place, table in enumerate(overlay.tiers):
        if not table.left:
            yield (f"tiers[{place}]", "names no duration, resolution or audio")
        for axis, values in table.left.items():
            yield from twice(values, f"tiers[{place}].{axis}")


def _settling_faults(overlay: Overlay) -> Iterator[Fault]:
    if overlay.settled and (overlay.of == "charge" or overlay.terms or overlay.minimums):
        yield ("settled", 'stands in a file of its own, with of = "product" and without rates, prices and minimums')
    for place, table in enumerate(overlay.settled):
        if not table.tiers and not table.factors:
            yield (f"settled[{place}]", "settles nothing")
        yield from twice(table.factors, f"settled[{place}].confirms")


def _rival_faults(overlay: Overlay) -> Iterator[Fault]:
    """Yield the tables that say the same of a model from the same instant on."""
    held: set[object] = set()
    for kind in KINDS:
        for place, table in enumerate(getattr(overlay, kind)):
            for said in _said(table):
                for model in (None,) if table.models is None else dict.fromkeys(table.models):
                    if (said, model, table.since) in held:
                        whose = "models that no table names" if model is None else shown(model)
                        yield (f"{kind}[{place}]", f"there are two {said} of {whose} since the same instant")
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
