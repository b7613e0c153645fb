"""The quote of known parameters: what each seller charges, by which factors, and what makes the amount inferred."""

from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve

from pricing_rules.amounts import ceiling, decimal
from pricing_rules.answers import Line, Parameters, Quote, Value
from pricing_rules.catalog.canonical import fingerprint
from pricing_rules.catalog.charge import charge_of
from pricing_rules.catalog.compiled import per_catalog
from pricing_rules.catalog.formula import FACTORS
from pricing_rules.catalog.provenance import Origin
from pricing_rules.catalog.records import Catalog, Price
from pricing_rules.catalog.sale import Sale
from pricing_rules.catalog.tariff import origin_of
from pricing_rules.request.basis import reasons

ONE = Fraction(1)
MAX_POINTS = 10_000  # quotes that a catalog keeps
FLAT = "Read as a price of the whole request, whatever the outputs, it would be {credits} credits."


def breakdown(catalog: Catalog, model_id: str, price: Price, parameters: Parameters, custom: Fraction) -> Quote:
    """Price parameters that the model has, at a price and with the caller's own multiplier."""
    known, key = shared_points(catalog), (model_id, price, parameters)
    found = known.get(key)
    if found is None:
        found = _quote(catalog, model_id, price, parameters, ONE)
        if len(known) < MAX_POINTS:
            known[key] = found
    if custom == 1:
        return found
    if isinstance(price, Sale):
        return _quote(catalog, model_id, price, parameters, custom)
    return _multiplied(catalog, price, found, custom)


def _multiplied(catalog: Catalog, price: Price, found: Quote, custom: Fraction) -> Quote:
    """Return the quote of a service's own price with a custom multiplier, from the one without."""
    exact, origin = found.exact * custom, catalog.formula.of("custom")
    why = (origin.source,) if origin.basis == "inferred" else ()
    charged, usd = ceiling(exact, catalog.credit.unit), catalog.credit.usd
    *fixed, last = found.lines
    lines = (*fixed, Line(last.factor, last.value, custom, last.basis, last.source))
    readings = [note for note in found.notes if note in found.sources]
    return Quote(
        service=found.service,
        model=found.model,
        credits=decimal(charged),
        usd=None if usd is None else decimal(charged * usd),
        parameters=found.parameters,
        lines=lines,
        exact=exact,
        rounding=charged - exact,
        basis="inferred",
        notes=(*dict.fromkeys((*readings, *why)), *_flat_note(catalog, price, found.parameters, lines, custom)),
        sources=tuple(dict.fromkeys((*found.sources, *why))),
        catalog_version=found.catalog_version,
        fingerprint=found.fingerprint,
    )


@per_catalog
def shared_points(_: Catalog) -> dict[tuple[str, Price, Parameters], Quote]:
    """Return the quotes of points without a custom multiplier."""
    return {}


def _quote(catalog: Catalog, model_id: str, price: Price, parameters: Parameters, custom: Fraction) -> Quote:
    sale = price if isinstance(price, Sale) else None
    debit = sale.debit if sale else None
    cost = breakdown(debit.catalog, model_id, debit.price, parameters, custom) if debit else None
    charged = charge_of(catalog, price, parameters, custom)
    named = origins(catalog, price, cost)  # one more than there are factors where a minimum lifts nothing
    lines = tuple(
        _line(name, origin, parameters, multiplier)
        for (name, origin), multiplier in zip(named, charged.factors, strict=False)
    )
    why = tuple(reasons(catalog, price, parameters, custom))
    readings = [reason.source for reason in why if reason.basis == "inferred"]
    usd = catalog.credit.usd
    return Quote(
        service=catalog.id,
        model=model_id,
        credits=decimal(charged.credits),
        usd=None if usd is None else decimal(charged.credits * usd),
        parameters=parameters,
        lines=lines,
        exact=charged.exact,
        rounding=charged.credits - charged.exact,
        basis="inferred" if why else "documented",
        notes=(*dict.fromkeys(readings), *_flat_note(catalog, price, parameters, lines, custom)),
        sources=tuple(dict.fromkeys((*(line.source for line in lines), *readings))),
        catalog_version=catalog.version,
        fingerprint=fingerprint(catalog),
        cost=cost,
        layers=sale.layers if sale else (),
    )


def origins(catalog: Catalog, price: Price, cost: Quote | None = None) -> Iterator[tuple[str, Origin]]:
    """Yield the name and the origin of every factor; `cost` is what the seller below charges."""
    sale = price if isinstance(price, Sale) else None
    if sale and sale.resells and cost:
        yield "charge", Origin(cost.basis, f"{cost.service}, catalog of {cost.catalog_version}")
    else:
        yield from ((factor, origin_of(catalog, price, factor)) for factor in FACTORS)
    if sale:
        yield from (("rate", rate.origin) for rate in sale.rates)
    if sale and sale.minimum:
        yield "minimum", sale.minimum.origin


def _line(factor: str, origin: Origin, parameters: Parameters, multiplier: Fraction) -> Line:
    value: Value | None = getattr(parameters, factor, None)
    return Line(factor, value, multiplier, origin.basis, origin.source)


def _flat_note(
    catalog: Catalog, price: Price, parameters: Parameters, lines: tuple[Line, ...], custom: Fraction
) -> Iterator[str]:
    """Yield the charge by the other reading of outputs, where multiplying by them is a reading."""
    for line in lines:
        if line.factor == "outputs" and line.basis == "inferred" and line.multiplier > 1:
            flat = charge_of(catalog, price, evolve(parameters, outputs=1), custom).credits
            yield FLAT.format(credits=decimal(flat))
