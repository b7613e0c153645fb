"""What the library answers with: frozen records, compared by value."""

from decimal import Decimal
from fractions import Fraction
from typing import Literal

from attrs import frozen

Basis = Literal["documented", "inferred"]
Value = int | str | bool
Limit = int | Decimal | str | tuple[Value, ...]


@frozen
class Violation:
    """One fault of a request.

    Attributes:
        path: JSON Pointer to the fault in the request body, such as `/input/image_urls/3`; "" is the body itself.
        rule: id of the broken rule, such as `duration.one_of`.
        message: one sentence: what is allowed, what came, the nearest match.
        limit: what is allowed; None where there is no limit to name, as for a field that is missing or not taken.
        basis: whether the rule is printed in a document or rests on a reading.
        source: document and heading of the rule; for a reading also its reason.
    """

    path: str
    rule: str
    message: str
    limit: Limit | None
    basis: Basis
    source: str


@frozen
class Parameters:
    """What a price depends on, defaults filled in; None where the model has no such parameter.

    Attributes:
        duration: tier of the clip's length, in seconds.
        resolution: tier of the result's size.
        outputs: how many results one request makes.
        audio: tier of the sound.
    """

    duration: Value | None
    resolution: Value | None
    outputs: int | None
    audio: Value | None


@frozen
class Line:
    """One factor of a price.

    Attributes:
        factor: base, duration, resolution, outputs, audio or custom.
        value: the request's value of that parameter; None for base, custom and parameters that the model has not.
        multiplier: exact; of base, credits.
        basis: whether the multiplier is printed in a document or is a reading.
        source: document and heading; for a reading also its reason.
    """

    factor: str
    value: Value | None
    multiplier: Fraction
    basis: Basis
    source: str


@frozen
class Quote:
    """What one request costs and why.

    Attributes:
        service: id of the service that charges.
        model: id of the model.
        credits: the charge in credits, rounded up once to the service's unit.
        usd: the charge in US dollars; None where the service publishes no price of a credit.
        parameters: what the price depends on.
        lines: six factors in the order of the formula; they multiply to `exact`.
        exact: the product before rounding, in credits.
        rounding: what the rounding added, in credits.
        basis: documented only if the price page prints this amount for this tier by name.
        notes: why the amount is inferred and what else a reader should know.
        sources: where the numbers come from.
        catalog_version: ISO date of the catalog.
    """

    service: str
    model: str
    credits: Decimal
    usd: Decimal | None
    parameters: Parameters
    lines: tuple[Line, ...]
    exact: Fraction
    rounding: Fraction
    basis: Basis
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    catalog_version: str
