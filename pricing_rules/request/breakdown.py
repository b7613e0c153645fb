"""The quote of known parameters: six factors, their exact product, one ceil, and what makes the amount inferred."""

from collections.abc import Iterator
from fractions import Fraction

from attrs import evolve

from pricing_rules.amounts import decimal
from pricing_rules.answers import Line, Parameters, Quote, Value
from pricing_rules.catalog.compiled import per_catalog
from pricing_rules.catalog.formula import FACTORS, TIERED, charge, product
from pricing_rules.catalog.provenance import Origin
from pricing_rules.catalog.records import Catalog, Price
from pricing_rules.catalog.tariff import tier

MAX_POINTS = 10_000  # quotes that a catalog keeps


def breakdown(catalog: Catalog, model_id: str, price: Price, parameters: Parameters, custom: Fraction) -> Quote:
    """Price parameters that the model has, at a price and with the caller's own multiplier."""
    known, key = _price_points(catalog), (model_id, price, parameters)
    found = known.get(key)
    if found is None:
        lines = tuple(_line(catalog, price, factor, parameters) for factor in FACTORS)
        found = _quote(catalog, model_id, price, parameters, lines)
        if len(known) < MAX_POINTS:
            known[key] = found
    if custom == 1:
        return found
    *fixed, last = found.lines
    return _quote(catalog, model_id, price, parameters, (*fixed, evolve(last, multiplier=custom)))


@per_catalog
def _price_points(_: Catalog) -> dict[tuple[str, Price, Parameters], Quote]:
    """Return the quotes of points without a custom multiplier."""
    return {}


def _quote(catalog: Catalog, model_id: str, price: Price, parameters: Parameters, lines: tuple[Line, ...]) -> Quote:
    exact = product(line.multiplier for line in lines)
    charged = charge(exact, catalog.credit.unit)
    reasons = tuple(_reasons(catalog, price, parameters, lines[-1].multiplier))
    readings = [reason.source for reason in reasons if reason.basis == "inferred"]
    usd = catalog.credit.usd
    return Quote(
        service=catalog.id,
        model=model_id,
        credits=decimal(charged),
        usd=None if usd is None else decimal(charged * usd),
        parameters=parameters,
        lines=lines,
        exact=exact,
        rounding=charged - exact,
        basis="inferred" if reasons else "documented",
        notes=(*dict.fromkeys(readings), *_flat_note(catalog, lines)),
        sources=tuple(dict.fromkeys((*(line.source for line in lines), *readings))),
        catalog_version=catalog.version,
    )


def _line(catalog: Catalog, price: Price, factor: str, parameters: Parameters) -> Line:
    origin = _origin(catalog, price, factor)
    value: Value | None = None
    match factor:
        case "base":
            multiplier = price.base
        case "custom":
            multiplier = Fraction(1)
        case "outputs":
            value = parameters.outputs
            multiplier = Fraction(1 if value is None else value)
        case _:
            value = getattr(parameters, factor)
            multiplier = tier(price.tiers(factor), value)
    return Line(factor, value, multiplier, origin.basis, origin.source)


def _origin(catalog: Catalog, price: Price, factor: str) -> Origin:
    """Tell where a multiplier comes from; that a flat price has none for a tier is printed with the price."""
    flat = factor in ("duration", "resolution") and not price.tiers(factor)
    if factor == "base" or flat or factor in price.provenance.parts:
        return price.provenance.of(factor)
    return catalog.formula.of(factor)


def _reasons(catalog: Catalog, price: Price, parameters: Parameters, custom: Fraction) -> Iterator[Origin]:
    """Yield why the price page does not print this amount for this tier."""
    if price.provenance.origin.basis == "inferred":
        yield price.provenance.origin
    yield from (price.provenance.parts[factor] for factor in ("base", *TIERED) if factor in price.provenance.parts)
    if parameters.outputs is not None and parameters.outputs > 1:
        yield catalog.formula.of("outputs")
    if custom != 1:
        yield catalog.formula.of("custom")


def _flat_note(catalog: Catalog, lines: tuple[Line, ...]) -> Iterator[str]:
    """Yield the charge by the other reading of outputs, where multiplying by them is a reading."""
    outputs = next(line for line in lines if line.factor == "outputs")
    if outputs.basis == "inferred" and outputs.multiplier > 1:
        flat = charge(product(line.multiplier for line in lines if line is not outputs), catalog.credit.unit)
        yield f"Read as a price of the whole request, whatever the outputs, it would be {decimal(flat)} credits."
