"""Answers and errors as JSON-ready dictionaries."""

from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, Literal, overload

from attrs import evolve
from cattrs import Converter
from cattrs.fns import identity
from typing_extensions import TypedDict  # that of the standard library tells frameworks too little before 3.12

from pricing_rules.amounts import fraction
from pricing_rules.answers import AMOUNTS, Basis, Quote, Value, Violation
from pricing_rules.errors import (
    CatalogError,
    InsufficientCredits,
    InvalidRequest,
    PricingRulesError,
    UnknownName,
    Unpriced,
)
from pricing_rules.spelling import shown

Amount = int | float | str  # the number that prints it exactly, else text


class ViolationDict(TypedDict):
    """One fault of a request; `path` is a JSON Pointer into it, `limit` what is allowed."""

    path: str
    rule: str
    message: str
    limit: Amount | list[Value] | None
    basis: Basis
    source: str


class ParametersDict(TypedDict):
    """What a price depends on; null where the model has no such parameter."""

    duration: Value | None
    resolution: Value | None
    outputs: int | None
    audio: Value | None


class LineDict(TypedDict):
    """One factor of a price; `multiplier` is exact text such as "1.47" or "5/3"."""

    factor: str
    value: Value | None
    multiplier: str
    basis: Basis
    source: str


class LayerDict(TypedDict):
    """An overlay under which a price was made."""

    id: str
    version: str
    of: Literal["product", "charge"]
    shows: Literal["price", "working"]


class AmountsDict(TypedDict):
    """What may be told of a quote where an overlay shows the price only."""

    service: str
    model: str
    credits: Amount
    usd: Amount | None
    parameters: ParametersDict
    catalog_version: str


class QuoteDict(TypedDict):
    """What a request costs, in credits and US dollars; `exact` and `rounding` are exact text."""

    service: str
    model: str
    credits: Amount
    usd: Amount | None
    parameters: ParametersDict
    lines: list[LineDict]
    exact: str
    rounding: str
    basis: Basis
    notes: list[str]
    sources: list[str]
    catalog_version: str
    fingerprint: str
    layers: list[LayerDict]


class PrivateQuoteDict(QuoteDict):
    """All of a quote, for the seller alone; `cost` is the quote of the seller below, null where there is none."""

    cost: "PrivateQuoteDict | None"


class InvalidRequestDict(TypedDict):
    """A request breaks rules."""

    error: Literal["InvalidRequest"]
    message: str
    violations: list[ViolationDict]


class UnpricedDict(TypedDict):
    """No price can be told: what is missing, and what it could cost."""

    error: Literal["Unpriced"]
    message: str
    model: str
    missing: list[str]
    options: list[QuoteDict] | list[AmountsDict] | list[PrivateQuoteDict]


class UnknownNameDict(TypedDict):
    """A name is not known: the known ones, and the nearest of them."""

    error: Literal["UnknownModel", "UnknownService", "UnknownEndpoint", "UnknownResponse"]
    message: str
    name: str
    nearest: list[str]
    known: list[str]


class CatalogFaultDict(TypedDict):
    """One fault of a catalog file."""

    key: str
    reason: str


class CatalogErrorDict(TypedDict):
    """A catalog file cannot be used: its faults, and how many more there are."""

    error: Literal["CatalogError"]
    message: str
    file: str
    key: str
    reason: str
    faults: list[CatalogFaultDict]
    more: int


class InsufficientCreditsDict(TypedDict):
    """A balance does not cover a debit."""

    error: Literal["InsufficientCredits"]
    message: str
    required: Amount
    balance: Amount


class OtherErrorDict(TypedDict):
    """An error that only its message describes."""

    error: Literal["PricingRulesError", "Inexpressible", "UnreadableLog", "UnusableLog", "UnusableMapping"]
    message: str


ErrorDict = (
    InvalidRequestDict | UnpricedDict | UnknownNameDict | CatalogErrorDict | InsufficientCreditsDict | OtherErrorDict
)
AnswerDict = QuoteDict | AmountsDict | PrivateQuoteDict | ViolationDict | ErrorDict


@overload
def as_dict(answer: Quote, *, private: Literal[True]) -> PrivateQuoteDict: ...
@overload
def as_dict(answer: Quote, *, private: bool = False) -> QuoteDict | AmountsDict | PrivateQuoteDict: ...
@overload
def as_dict(answer: Violation, *, private: bool = False) -> ViolationDict: ...
@overload
def as_dict(answer: PricingRulesError, *, private: bool = False) -> ErrorDict: ...
def as_dict(answer: Quote | Violation | PricingRulesError, *, private: bool = False) -> Any:
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
    """Return what of a quote may leave the house: never its cost, and the amounts alone where it is private."""
    whole = _written(evolve(quote, cost=None) if quote.cost else quote)
    told = AMOUNTS if quote.is_private else [name for name in whole if name != "cost"]
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
