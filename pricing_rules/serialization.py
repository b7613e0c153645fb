"""Answers and errors as JSON-ready dictionaries."""

from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from attrs import evolve
from cattrs import Converter
from cattrs.fns import identity

from pricing_rules.amounts import fraction
from pricing_rules.answers import AMOUNTS, Quote, Value, Violation
from pricing_rules.errors import (
    CatalogError,
    InsufficientCredits,
    InvalidRequest,
    PricingRulesError,
    UnknownName,
    Unpriced,
)
from pricing_rules.spelling import shown


def as_dict(answer: Quote | Violation | PricingRulesError, *, private: bool = False) -> dict[str, Any]:
    """Turn a quote, a violation or an error into what JSON can hold.

    A whole amount becomes an int, another the float that prints it exactly (text where none does); exact amounts and
    multipliers are text such as "132.3" or "5/3"; an error has `error`, its class, and `message`.

    Args:
        answer: what is turned.
        private: tell all of a quote under overlays, also what it costs the seller. Without, the cost is left out, and
            where a layer shows the price only, all but the amounts.
    """
    if isinstance(answer, Quote) and not private:
        return _outside(answer)
    if isinstance(answer, Quote | Violation):
        return _written(answer)
    return {"error": type(answer).__name__, "message": str(answer), **_details(answer, private=private)}


def _outside(quote: Quote) -> dict[str, Any]:
    """Return what of a quote may leave the house; without overlays that is all there is."""
    whole = _written(evolve(quote, cost=None) if quote.cost else quote)
    kept_inside = {"cost"} if quote.layers else {"cost", "layers"}
    told = AMOUNTS if quote.is_private else [name for name in whole if name not in kept_inside]
    return {name: whole[name] for name in told}


def _written(answer: Quote | Violation) -> dict[str, Any]:
    written: dict[str, Any] = _converter().unstructure(answer)
    return written


def _details(error: PricingRulesError, *, private: bool) -> dict[str, Any]:
    match error:
        case InvalidRequest(violations=violations):
            return {"violations": [as_dict(violation) for violation in violations]}
        case Unpriced():
            options = [as_dict(option, private=private) for option in error.options]
            return {"model": error.model, "missing": list(error.missing), "options": options}
        case UnknownName():
            name = error.name if isinstance(error.name, str) else shown(error.name)
            return {"name": name, "nearest": list(error.nearest), "known": list(error.known)}
        case CatalogError():
            faults = [{"key": fault.key, "reason": fault.reason} for fault in error.faults]
            first = {"key": error.key, "reason": error.reason}
            return {"file": error.file, **first, "faults": faults, "more": error.more}
        case InsufficientCredits():
            return {"required": amount(Decimal(error.required)), "balance": amount(Decimal(error.balance))}
        case _:
            return {}


def amount(value: Decimal) -> int | float | str:
    """Write an amount as the JSON number that prints it exactly, as text where no number does."""
    if value == value.to_integral_value():
        return int(value)
    near = float(value)
    return near if Decimal(repr(near)) == value else format(value, "f")


@cache
def _converter() -> Converter:
    converter = Converter(unstruct_collection_overrides={tuple: list})
    converter.register_unstructure_hook(Decimal, amount)
    converter.register_unstructure_hook(Fraction, fraction)
    converter.register_unstructure_hook(Value | None, identity)
    return converter
