"""What 21 AI image and video models may be asked for and what each request costs, exactly."""

from pricing_rules.answers import Layer, Line, Parameters, Quote, Violation
from pricing_rules.catalog.loading import load_catalog, services
from pricing_rules.catalog.records import Catalog
from pricing_rules.errors import (
    CatalogError,
    CatalogFault,
    InsufficientCredits,
    InvalidRequest,
    PricingRulesError,
    UnknownEndpoint,
    UnknownModel,
    UnknownResponse,
    UnknownService,
    Unpriced,
)
from pricing_rules.request.quote import options, price, quote
from pricing_rules.request.receipt import receipt, table
from pricing_rules.request.validate import is_valid, validate
from pricing_rules.serialization import as_dict

__all__ = [
    "Catalog",
    "CatalogError",
    "CatalogFault",
    "InsufficientCredits",
    "InvalidRequest",
    "Layer",
    "Line",
    "Parameters",
    "PricingRulesError",
    "Quote",
    "UnknownEndpoint",
    "UnknownModel",
    "UnknownResponse",
    "UnknownService",
    "Unpriced",
    "Violation",
    "as_dict",
    "is_valid",
    "load_catalog",
    "options",
    "price",
    "quote",
    "receipt",
    "services",
    "table",
    "validate",
]
