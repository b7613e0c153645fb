"""A quote or an error as the HTTP status and body of the service that is spoken for, from its catalog."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pricing_rules.answers import Quote, Violation
from pricing_rules.catalog.protocol import Outcome, Response
from pricing_rules.catalog.records import Catalog
from pricing_rules.errors import (
    InsufficientCredits,
    InvalidRequest,
    PricingRulesError,
    UnknownModel,
    UnknownResponse,
    Unpriced,
)
from pricing_rules.serialization import amount
from pricing_rules.spelling import listed

__all__ = ["accepted", "refusal"]

Answer = tuple[int, dict[str, Any]]


def accepted(catalog: Catalog, quote: Quote, task_id: str) -> Answer:
    """Return status and body for a request that was taken and debited."""
    return _answer(catalog, _answering(catalog, "accepted"), {"$task_id": task_id, "$credits": amount(quote.credits)})


def refusal(catalog: Catalog, error: PricingRulesError | str) -> Answer:
    """Return status and body for a request that was refused.

    Args:
        catalog: the service's catalog.
        error: one of this library's exceptions, or the id of an error that the service documents. An exception that is
            no fault of the request, such as a CatalogError, gets the service's answer for an internal error; what only
            an exception can tell, such as the credits that are required, is null for an id.

    Raises:
        UnknownResponse: the service documents no error with this id; names the nearest.
    """
    if isinstance(error, str):
        errors = {
            response.id: response for response in catalog.responses.values() if "accepted" not in response.outcomes
        }
        if error not in errors:
            raise UnknownResponse(error, errors)
        return _answer(catalog, errors[error], {})
    return _answer(catalog, _answering(catalog, _outcome(error)), _details(catalog, error))


def _outcome(error: PricingRulesError) -> Outcome:
    match error:
        case InvalidRequest(violations=violations):
            unknown = any(violation.rule == "model.unknown" for violation in violations)
            return "unknown_model" if unknown else "invalid"
        case UnknownModel():
            return "unknown_model"
        case Unpriced():
            return "unpriced"
        case InsufficientCredits():
            return "insufficient_credits"
        case _:
            return "internal"


def _details(catalog: Catalog, error: PricingRulesError) -> dict[str, Any]:
    match error:
        case InvalidRequest(violations=violations):
            return {"$message": next((one.message for one in violations), ""), **_sorted_messages(violations)}
        case UnknownModel():
            field_errors = {catalog.fields["model"].segments[0]: [str(error)]}
            return {"$message": str(error), "$field_errors": field_errors}
        case Unpriced():
            return {"$message": str(error), **_missing_messages(catalog, error)}
        case InsufficientCredits(required=required):
            return {"$required": amount(Decimal(required))}
        case _:
            return {}


def _sorted_messages(violations: tuple[Violation, ...]) -> dict[str, Any]:
    """Sort messages by the first key of their path; unknown fields and faults of the whole body belong to none."""
    field_errors: dict[str, list[str]] = {}
    form_errors: list[str] = []
    for violation in violations:
        if violation.path and not violation.rule.startswith("field.unknown"):
            key = violation.path.split("/")[1].replace("~1", "/").replace("~0", "~")
            field_errors.setdefault(key, []).append(violation.message)
        else:
            form_errors.append(": ".join(filter(None, (violation.path, violation.message))))
    return {"$field_errors": field_errors, "$form_errors": form_errors}


def _missing_messages(catalog: Catalog, error: Unpriced) -> dict[str, Any]:
    """Say at each missing parameter which values have a price."""
    endpoint = catalog.endpoints[catalog.models[error.model].endpoint]
    field_errors: dict[str, list[str]] = {}
    for name in error.missing:
        if name in endpoint.fields:
            field = catalog.fields[name]
            found = (getattr(option.parameters, name) for option in error.options)
            values = dict.fromkeys(value for value in found if value is not None)
            needed = f"'{field.name}' is needed to tell the price: {listed(values)}."
            message = needed if values else f"the price does not depend on '{field.name}'."
            field_errors.setdefault(field.segments[0], []).append(message)
    return {"$field_errors": field_errors, "$form_errors": [] if field_errors else [str(error)]}


def _answering(catalog: Catalog, outcome: Outcome) -> Response:
    return next(response for response in catalog.responses.values() if outcome in response.outcomes)


def _answer(catalog: Catalog, response: Response, values: Mapping[str, Any]) -> Answer:
    known = {"$id": response.id, "$type": response.type, "$message": response.message}
    unsaid: dict[str, Any] = {"$field_errors": {}, "$form_errors": [], "$required": None}
    body: dict[str, Any] = _filled(catalog.bodies[response.body], {**unsaid, **known, **values})
    return response.status, body


def _filled(template: Any, values: Mapping[str, Any]) -> Any:  # noqa: ANN401 -- any part of a body
    match template:
        case Mapping():
            return {name: _filled(part, values) for name, part in template.items()}
        case tuple():
            return [_filled(part, values) for part in template]
        case str():
            return values.get(template, template)
        case _:
            return template
