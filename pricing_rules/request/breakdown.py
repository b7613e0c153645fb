"""The quote of known parameters: six factors, their exact product, one ceil, and what makes the amount inferred."""

from collections.abc import Iterator
from fractions import Fraction

from pricing_rules.amounts import decimal
from pricing_rules.answers import Line, Parameters, Quote, Value
from pricing_rules.catalog.formula import FACTORS, TIERED, charge, product
from pricing_rules.catalog.provenance import Origin
from pricing_rules.catalog.records import Catalog, Price
from pricing_rules.catalog.tariff import tier


def breakdown(catalog: Catalog, model_id: str, price: Price, parameters: Parameters, custom: Fraction) -> Quote:
    """Price parameters that the model has, at a price and with the caller's own multiplier."""
    lines = tuple(_line(catalog, price, factor, parameters, custom) for factor in FACTORS)
    exact = product(line.multiplier for line in lines)
    charged = charge(exact, catalog.credit.unit)
    reasons = tuple(_reasons(catalog, price, parameters, custom))
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


def _line(catalog: Catalog, price: Price, factor: str, parameters: Parameters, custom: Fraction) -> Line:
    origin = _origin(catalog, price, factor)
    value: Value | None = None
    match factor:
        case "base":
            multiplier = price.base
        case "custom":
            multiplier = custom
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
