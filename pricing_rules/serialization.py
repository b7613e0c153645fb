"""Answers and errors as JSON-ready dictionaries."""

from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from cattrs import Converter
from cattrs.fns import identity

from pricing_rules.amounts import decimal, terminates
from pricing_rules.answers import Quote, Value, Violation
from pricing_rules.errors import (
    CatalogError,
    InsufficientCredits,
    InvalidRequest,
    PricingRulesError,
    UnknownName,
    Unpriced,
)
from pricing_rules.spelling import shown


def as_dict(answer: Quote | Violation | PricingRulesError) -> dict[str, Any]:
    """Turn a quote, a violation or an error into what JSON can hold.

    A whole amount becomes an int, another the float that prints it exactly (text where none does); exact amounts and
    multipliers are text such as "132.3" or "5/3"; an error has `error`, its class, and `message`.
    """
    if isinstance(answer, Quote | Violation):
        written: dict[str, Any] = _converter().unstructure(answer)
        return written
    return {"error": type(answer).__name__, "message": str(answer), **_details(answer)}


def _details(error: PricingRulesError) -> dict[str, Any]:
    match error:
        case InvalidRequest(violations=violations):
            return {"violations": [as_dict(violation) for violation in violations]}
        case Unpriced():
            options = [as_dict(option) for option in error.options]
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


def fraction(value: Fraction) -> str:
    """Write an exact amount as decimal text where it has one, else as a ratio."""
    return f"{decimal(value):f}" if value.denominator != 1 and terminates(value) else str(value)


@cache
def _converter() -> Converter:
    converter = Converter(unstruct_collection_overrides={tuple: list})
    converter.register_unstructure_hook(Decimal, amount)
    converter.register_unstructure_hook(Fraction, fraction)
    converter.register_unstructure_hook(Value | None, identity)
    return converter
