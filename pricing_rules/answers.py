"""What the library answers with: frozen records, compared by value."""

from decimal import Decimal
from fractions import Fraction
from typing import Literal

from attrs import fields, frozen

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
        factor: base, duration, resolution, outputs, audio or custom; under overlays also charge, rate or minimum.
        value: the request's value of that parameter; None for factors that are none and for what the model has not.
        multiplier: exact; of base and of the charge of the seller below, credits.
        basis: whether the multiplier is printed in a document or is a reading.
        source: document and heading; for a reading also its reason.
    """

    factor: str
    value: Value | None
    multiplier: Fraction
    basis: Basis
    source: str


@frozen
class Layer:
    """An overlay under which a price was made.

    Attributes:
        id: the overlay.
        version: its ISO date.
        of: whether it is a seller of its own, over the charge of the one below, or a plan inside its formula.
        shows: what may be told outside: the amount alone, or the working too.
    """

    id: str
    version: str
    of: Literal["product", "charge"]
    shows: Literal["price", "working"]


AMOUNTS = ("service", "model", "credits", "usd", "parameters", "catalog_version")


@frozen
class Quote:
    """What one request costs and why.

    Where a layer shows the price only, `str` and `repr` tell the amounts alone.

    Attributes:
        service: id of the service that charges.
        model: id of the model.
        credits: the charge in credits, rounded up once to the service's unit.
        usd: the charge in US dollars; None where the service publishes no price of a credit.
        parameters: what the price depends on.
        lines: six factors in the order of the formula, under overlays what the sellers add; they multiply to `exact`.
        exact: the product before rounding, in credits.
        rounding: what the rounding added, in credits.
        basis: documented only if the price page prints this amount for this tier by name.
        notes: why the amount is inferred and what else a reader should know.
        sources: where the numbers come from.
        catalog_version: ISO date of the service's catalog.
        cost: over the charge of another seller, the whole quote of that seller: what the request costs this one.
        layers: the overlays under which it was made, from the bottom up.
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
    cost: "Quote | None" = None
    layers: tuple[Layer, ...] = ()

    @property
    def is_private(self) -> bool:
        """Whether a layer keeps all but the amounts inside."""
        return any(layer.shows == "price" for layer in self.layers)

    def __repr__(self) -> str:
        names = AMOUNTS if self.is_private else [part.name for part in fields(Quote)]
        return f"Quote({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"
