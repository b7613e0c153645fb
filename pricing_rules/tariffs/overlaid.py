"""A catalog under an overlay: the models that are left, and of each model every price that holds at some time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from attrs import evolve, fields, frozen

from pricing_rules.catalog.faults import catalog_error
from pricing_rules.catalog.formula import TIERED
from pricing_rules.catalog.frozendict import FrozenDict
from pricing_rules.catalog.provenance import Origin, Provenance
from pricing_rules.catalog.records import Catalog, Credit, Price, Tiers
from pricing_rules.catalog.sale import Debit, Minimum, Rate, Sale, Settled
from pricing_rules.catalog.strict import Words
from pricing_rules.request.arguments import check_catalog
from pricing_rules.spelling import shown
from pricing_rules.tariffs.dated import begin, by_model, holding, of_model, periods
from pricing_rules.tariffs.fitting import factor_is_open, fitting_faults, left_of, named_in, tier_is_open
from pricing_rules.tariffs.overlay import MinimumTable, Overlay, PriceTable, RateTable, SettledTable, Table, TiersTable


def overlaid(catalog: Catalog, overlay: Overlay) -> Catalog:
    """Return what a catalog is under an overlay: a catalog, under which further overlays may stand.

    Args:
        catalog: what the overlay stands over.
        overlay: from `load_overlay`.

    Raises:
        CatalogError: the overlay does not fit the catalog; names the overlay's file and every key at fault.
        TypeError: what is given as a catalog or as an overlay is none.
    """
    check_catalog(catalog)
    if not isinstance(overlay, Overlay):
        raise TypeError(f"the second argument is an Overlay, as load_overlay returns it, not {shown(overlay)}")
    faults = tuple(fitting_faults(catalog, overlay))
    if faults:
        raise catalog_error(overlay.file, faults, {})
    left = catalog.models.keys() - {*overlay.hidden}
    models = FrozenDict({name: model for name, model in catalog.models.items() if name in left})
    homes = {model.endpoint for model in models.values()}
    endpoints = FrozenDict({name: endpoint for name, endpoint in catalog.endpoints.items() if name in homes})
    sold = evolve(catalog, models=models, endpoints=endpoints, prices=tuple(_sales(catalog, overlay, models)))
    if overlay.of == "product":
        return evolve(sold, title=Words(overlay.title or catalog.title))
    formula = overlay.formula.source if overlay.formula else _unwritten(overlay)
    return evolve(
        sold,
        id=overlay.id,
        title=Words(overlay.title or overlay.id),
        credit=_credit(catalog, overlay),
        formula=Provenance(formula),
        hosts=(),  # those of the service below; where a seller of its own is reached, its file does not say
    )


def _unwritten(overlay: Overlay) -> Origin:
    return Origin("inferred", f"{overlay.id} does not say where it is written how its charge is made.")


def _credit(catalog: Catalog, overlay: Overlay) -> Credit:
    own = overlay.credit
    return Credit(own.unit, Provenance(own.source), own.usd) if own else catalog.credit


@frozen
class _Terms:
    """The tables of an overlay that hold for a price; compared by identity, as the tables are."""

    below: Price
    since: datetime | None
    term: RateTable | PriceTable | None
    minimum: MinimumTable | None
    tiers: tuple[tuple[str, TiersTable], ...]
    settled: tuple[tuple[str, SettledTable], ...]


def _sales(catalog: Catalog, overlay: Overlay, models: Mapping[str, object]) -> Iterator[Sale]:
    """Yield every price under the overlay; models with the same terms share one."""
    shared: dict[_Terms, list[str]] = {}
    tables = _Tables(overlay)
    for model in models:
        for terms in tables.terms_of(catalog, model):
            shared.setdefault(terms, []).append(model)
    for terms, names in shared.items():
        yield _sale(catalog, overlay, terms, tuple(names))


class _Tables:
    """The tables of an overlay, each kind by the models that it holds for."""

    def __init__(self, overlay: Overlay) -> None:
        self.terms = by_model(overlay.terms)
        self.minimums = by_model(overlay.minimums)
        self.tiers = {axis: by_model(table for table in overlay.tiers if axis in table.left) for axis in TIERED}
        self.settled = {
            name: by_model(table for table in overlay.settled if name in table.says)
            for name in dict.fromkeys(name for table in overlay.settled for name in table.says)
        }

    def terms_of(self, catalog: Catalog, model: str) -> Iterator[_Terms]:
        terms, minimums = of_model(self.terms, model), of_model(self.minimums, model)
        tiers = {axis: of_model(tables, model) for axis, tables in self.tiers.items()}
        settled = {name: of_model(tables, model) for name, tables in self.settled.items()}
        every: tuple[Sequence[Table], ...] = (terms, minimums, *tiers.values(), *settled.values())
        changes = sorted({begin(table) for tables in every for table in tables})
        for start, end, price in periods(catalog, model):
            for at in (start, *(change for change in changes if start < change < end)):
                since = price.since if at == start else at
                yield _Terms(
                    price, since, holding(terms, at), holding(minimums, at), _held(tiers, at), _held(settled, at)
                )


def _held(tables: Mapping[str, Sequence[Any]], at: datetime) -> tuple[tuple[str, Any], ...]:
    found = ((name, holding(some, at)) for name, some in tables.items())
    return tuple((name, table) for name, table in found if table)


def _sale(catalog: Catalog, overlay: Overlay, terms: _Terms, models: tuple[str, ...]) -> Sale:
    """Return a price under its terms."""
    found = _plan(terms.below) if overlay.of == "product" else _resale(catalog, overlay, terms.below)
    left = {axis: table.left[axis] for axis, table in terms.tiers}
    found = evolve(
        _with_tiers(found, lambda axis, tiers: left_of(tiers, left.get(axis, tuple(tiers)))),
        models=models,
        since=terms.since,
        layers=(*found.layers, overlay.layer),
        is_sold=found.is_sold and (terms.term is not None or not overlay.terms),
        is_planned=found.is_planned or terms.term is not None or terms.minimum is not None,
        minimum=_higher(found.minimum, terms.minimum),
    )
    match terms.term:
        case RateTable() as table:
            found = evolve(found, rates=(*found.rates, Rate(table.rate, table.source)))
        case PriceTable() as table:
            found = _own(found, table)
    return _settled(catalog, found, terms)


def _with_tiers(found: Sale, choose: Callable[[str, Tiers], Tiers]) -> Sale:
    left = {axis: choose(axis, found.tiers(axis)) for axis in TIERED}
    return evolve(found, duration=left["duration"], resolution=left["resolution"], audio=left["audio"])


def _plan(below: Price) -> Sale:
    """Return a price with the seller that it has."""
    if isinstance(below, Sale):
        return below
    return Sale(**{part.name: getattr(below, part.name) for part in fields(Price)})


def _resale(catalog: Catalog, overlay: Overlay, below: Price) -> Sale:
    """Return a price of a seller who is charged by the one below; its tiers and defaults stay the service's."""
    debit = Debit(catalog, below, overlay.cost.usd if overlay.cost else None)
    return evolve(_plan(below), resells=True, debit=debit, is_planned=True, rates=(), minimum=None)


def _higher(one: Minimum | None, table: MinimumTable | None) -> Minimum | None:
    if table is None or (one and one.credits >= table.credits):
        return one
    return Minimum(table.credits, table.source)


def _own(found: Sale, table: PriceTable) -> Sale:
    """Return the seller's own price of the tiers that are left and that it names."""
    own = evolve(found, base=table.base, provenance=Provenance(table.source), resells=False, once=False)
    return _with_tiers(own, lambda axis, tiers: named_in(table.tiers(axis), tiers))


def _settled(catalog: Catalog, found: Sale, terms: _Terms) -> Sale:
    """Return a price with what is settled, where the catalog leaves it open."""
    tiers, parts, origin, once = dict(found.settled), dict(found.provenance.parts), found.provenance.origin, found.once
    for name, table in terms.settled:
        if name in table.tiers:
            if tier_is_open(catalog, terms.below, name):
                tiers[name] = Settled(table.tiers[name], table.source)
            continue
        factor = name.rpartition(" ")[2]
        if factor_is_open(catalog, terms.below, factor):
            parts[factor] = table.source
            once = once or (factor == "outputs" and table.outputs is not None)
            origin = table.source if factor == "base" else origin
    return evolve(found, settled=FrozenDict(tiers), provenance=Provenance(origin, FrozenDict(parts)), once=once)
