"""Whether an overlay fits the catalog below: it may hide, narrow and settle, and loosens nothing."""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import assert_never

from pricing_rules.answers import Value
from pricing_rules.catalog.consistency.checks import unknown
from pricing_rules.catalog.faults import Fault, Path
from pricing_rules.catalog.formula import FACTORS, TIERED
from pricing_rules.catalog.frozendict import FrozenDict
from pricing_rules.catalog.records import Catalog, Price, Tiers
from pricing_rules.catalog.sale import Sale
from pricing_rules.catalog.tariff import default_of, origin_of, settled
from pricing_rules.spelling import listed, shown
from pricing_rules.tariffs.dated import begin, by_model, of_model, periods
from pricing_rules.tariffs.overlay import (
    MinimumTable,
    Overlay,
    PriceTable,
    RateTable,
    SettledTable,
    Table,
    TiersTable,
)


def fitting_faults(catalog: Catalog, overlay: Overlay) -> Iterator[Fault]:
    """Yield what of an overlay does not fit the catalog that it is laid over."""
    yield from _identity_faults(catalog, overlay)
    yield from unknown(overlay.hidden, catalog.models, "model", "hidden")
    if catalog.models.keys() <= {*overlay.hidden}:
        yield ("hidden",), "leaves no model"
    yield from _term_faults(catalog, overlay)
    hidden = frozenset(overlay.hidden)
    for kind in ("rates", "prices", "minimums", "tiers", "settled"):
        for place, table in enumerate(getattr(overlay, kind)):
            yield from _name_faults(catalog, hidden, table, (kind, place, "models"))
            yield from _table_faults(catalog, overlay, table, (kind, place))


def _identity_faults(catalog: Catalog, overlay: Overlay) -> Iterator[Fault]:
    if overlay.over != catalog.id:
        said = f"this stands over {shown(overlay.over)}; the catalog below is {shown(catalog.id)}"
        yield ("over",), said
    if overlay.fingerprint not in (None, catalog.fingerprint):
        yield ("fingerprint",), f"this stands over {overlay.fingerprint}; the catalog below is {catalog.fingerprint}"
    if overlay.of == "charge" and overlay.id == catalog.id:
        yield ("id",), f"{shown(overlay.id)} is the seller below; a new one has a name of its own"


def _name_faults(catalog: Catalog, hidden: frozenset[str], table: Table, path: Path) -> Iterator[Fault]:
    names = table.models or ()
    yield from unknown(names, catalog.models, "model", *path)
    yield from ((path, f"{shown(name)} is hidden here") for name in names if name in hidden)


def _term_faults(catalog: Catalog, overlay: Overlay) -> Iterator[Fault]:
    """Yield the models without a rate or price of a seller that has some, and prices under the formula of another."""
    terms = by_model(overlay.terms)
    left = catalog.models.keys() - {*overlay.hidden}
    without = [name for name in catalog.models if name in left and not of_model(terms, name)]
    if overlay.terms and without:
        yield ("rates",), f"there is neither a rate nor a price of {listed(without, 'and')}"
    planned = any(isinstance(price, Sale) and price.is_planned for price in catalog.prices)
    if overlay.prices and overlay.of == "product" and planned:
        said = "the seller has rates, prices or minimums below; its own prices stand in its first layer"
        yield ("prices",), said


def _table_faults(catalog: Catalog, overlay: Overlay, table: Table, path: Path) -> Iterator[Fault]:
    """Yield what does not fit in one table."""
    match table:
        case RateTable():
            return
        case MinimumTable():
            unit = overlay.credit.unit if overlay.credit else catalog.credit.unit
            if table.credits % unit:
                yield (*path, "credits"), f"expected a whole number of units of {unit} credits"
        case PriceTable():
            for model, axis in product(_known(catalog, table), TIERED):
                every = [price.tiers(axis) for price in _touched(catalog, table, model)]
                yield from _axis_faults(model, axis, table.tiers(axis), every, (*path, axis))
        case TiersTable():
            for model, (axis, values) in product(_known(catalog, table), table.left.items()):
                every = [price.tiers(axis) for price in _touched(catalog, table, model)]
                yield from _tier_faults(model, values, every, (*path, axis))
        case SettledTable():
            for model in _known(catalog, table):
                every_price = tuple(_touched(catalog, table, model))
                yield from _settled_tier_faults(catalog, model, table, every_price, path)
                yield from _settled_factor_faults(catalog, model, table, every_price, path)
        case _:
            assert_never(table)


def _axis_faults(model: str, axis: str, own: Mapping[str, Fraction], every: list[Tiers], path: Path) -> Iterator[Fault]:
    """Yield the tiers of an own price that are not those below, and an axis that is left out."""
    if not own:
        if any(every):
            yield path, f"{shown(model)} is priced by {axis}, and so is an own price"
        return
    known = dict.fromkeys(written(value) for tiers in every for value in tiers)
    for text in own:
        if text not in known:
            yield path, f"{shown(text)} is no tier of {shown(model)} below; it has {listed(known, 'and')}"
    if any(not named_in(own, tiers) for tiers in every):
        yield path, f"leaves {shown(model)} without a tier"


def _tier_faults(model: str, values: tuple[Value, ...], every: list[Tiers], path: Path) -> Iterator[Fault]:
    known = _typed(value for tiers in every for value in tiers)
    told = listed(dict.fromkeys(value for _, value in known), "and")
    for value in values:
        if (type(value), value) not in known:
            yield path, f"{shown(value)} is no tier of {shown(model)} below; it has {told}"
    kept = _typed(values)
    if any(kept.keys().isdisjoint(_typed(tiers)) for tiers in every):
        yield path, f"leaves {shown(model)} without a tier"


def _settled_tier_faults(
    catalog: Catalog, model: str, table: SettledTable, every: tuple[Price, ...], path: Path
) -> Iterator[Fault]:
    for axis, value in table.tiers.items():
        known = tuple(dict.fromkeys(tier for price in every for tier in price.tiers(axis)))
        if (type(value), value) not in _typed(known):
            said = f"{shown(value)} is no tier of {shown(model)}; it has {listed(known, 'and')}"
            yield (*path, axis), said
        elif not any(tier_is_open(catalog, price, axis) for price in every):
            yield (*path, axis), f"it is known already what {shown(model)} makes without one"


def _settled_factor_faults(
    catalog: Catalog, model: str, table: SettledTable, every: tuple[Price, ...], path: Path
) -> Iterator[Fault]:
    for factor in table.factors:
        place = (*path, "outputs" if factor == "outputs" and table.outputs else "confirms")
        if factor not in FACTORS:
            yield from unknown((factor,), FACTORS, "factor", *place)
        elif not _has(catalog, model, every, factor):
            yield place, f"{shown(model)} is not priced by {factor}"
        elif not any(factor_is_open(catalog, price, factor) for price in every):
            yield place, f"the {factor} of {shown(model)} is printed, or known already"


def _has(catalog: Catalog, model: str, every: Iterable[Price], factor: str) -> bool:
    if factor in TIERED:
        return any(price.tiers(factor) for price in every)
    return factor != "outputs" or "outputs" in catalog.endpoints[catalog.models[model].endpoint].fields


def tier_is_open(catalog: Catalog, price: Price, axis: str) -> bool:
    """Tell whether no document says which tier a request gets that names none."""
    field = catalog.fields.get(axis)
    if not price.tiers(axis) or field is None or settled(price, axis):
        return False
    holder = price if axis in price.default else field
    return default_of(price, axis, field) is None or holder.provenance.of("default").basis == "inferred"


def factor_is_open(catalog: Catalog, price: Price, factor: str) -> bool:
    """Tell whether the value of a factor is a reading."""
    resold = isinstance(price, Sale) and price.resells
    return not resold and origin_of(catalog, price, factor).basis == "inferred"


def left_of(tiers: Tiers, values: Iterable[Value]) -> Tiers:
    """Return the tiers that are among some values."""
    known = _typed(values)
    return FrozenDict({value: multiplier for value, multiplier in tiers.items() if (type(value), value) in known})


def named_in(own: Mapping[str, Fraction], tiers: Tiers) -> Tiers:
    """Return a file's own multipliers of those tiers below that it names."""
    return FrozenDict({value: own[written(value)] for value in tiers if written(value) in own})


def written(value: Value) -> str:
    """Write a tier as the key of a TOML table."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _typed(values: Iterable[Value]) -> Mapping[tuple[type, Value], None]:
    """Return values with their types, each once and in order: true is not 1."""
    return dict.fromkeys((type(value), value) for value in values)


def _known(catalog: Catalog, table: Table) -> tuple[str, ...]:
    return tuple(name for name in table.models or () if name in catalog.models)


def _touched(catalog: Catalog, table: Table, model: str) -> Iterator[Price]:
    """Yield the prices of a model that hold at some time from the beginning of a table on."""
    yield from (price for _, end, price in periods(catalog, model) if end > begin(table))
