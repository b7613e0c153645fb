"""The numbers of a catalog: what each is, what it rests on, and as what a document prints it."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from attrs import frozen

from pricing_rules.amounts import ceiling, decimal, fraction, terminates
from pricing_rules.answers import Basis, Limit, Parameters, Value, written
from pricing_rules.catalog.charge import formula_of, product
from pricing_rules.catalog.constraints import OneOf
from pricing_rules.catalog.formula import TIERED
from pricing_rules.catalog.provenance import Origin
from pricing_rules.catalog.records import Catalog, Endpoint, Field, Model, Price
from pricing_rules.catalog.tariff import origin_of, points

Row = Literal["model", "field", "response"]
Spelled = tuple[str, ...]  # the ways in which a document can print one value
BOUNDS = ("minimum", "maximum", "min_length", "max_length", "max_items", "default", "one_of")
NAMING = ("one_of", "max_length", "max_items")  # text in these names a limit of the model or the endpoint


@frozen
class Number:
    """A number of a catalog, or a list of values that it allows.

    Attributes:
        key: dotted key in the catalog file; an amount has that of its price.
        value: an amount in credits, a multiplier, a limit, a default, a status, or the allowed values.
        model: id of the model that it is about; None where it holds for several.
        parameters: the point of an amount; None for all else.
        basis: documented if a document prints it, inferred if it is a reading.
        source: document and heading; for a reading also its reason.
    """

    key: str
    value: Limit
    model: str | None
    parameters: Parameters | None
    basis: Basis
    source: str


@frozen(eq=False)
class Sought:
    """A number, and how it is looked for.

    Attributes:
        number: the number.
        row: the kind of row that prints it; None where none is looked for.
        name: what the row starts with, or holds: the id of the model, the key of the field, the id of the response.
        prints: the values that the row has to print.
        beside: values that it may print as well, on other digits.
        tier: what the row starts with where a section has no rows of models.
        field: key of the field whose row prints it where a section has neither.
        everywhere: whether each of its sources that has the row prints it; else one of them does.
        anywhere: whether a section without rows may print it in its sentences beside another with rows.
    """

    number: Number
    row: Row | None = None
    name: str = ""
    prints: tuple[Spelled, ...] = ()
    beside: tuple[Spelled, ...] = ()
    tier: str | None = None
    field: str | None = None
    everywhere: bool = False
    anywhere: bool = False


def numbers(catalog: Catalog) -> Iterator[Sought]:
    """Yield every number of a catalog, as its file states it."""
    for index, price in enumerate(catalog.prices):
        for model in price.models:
            yield from _prices(catalog, price, catalog.models[model], f"prices[{index}]")
        yield from _multipliers(catalog, price, f"prices[{index}]")
    for model_ in catalog.models.values():
        yield from _limits(catalog, catalog.endpoints[model_.endpoint], model_)
    for endpoint in catalog.endpoints.values():
        yield from _limits(catalog, endpoint, None)
        yield from _rules(catalog, endpoint)
    for field in catalog.fields.values():
        yield from _bounds(field)
    for response in catalog.responses.values():
        number = _number(f"responses.{response.id}.status", response.status, response.provenance.of("status"))
        yield Sought(number, "response", response.id, (spelled(response.status),))
    for name, amount in (("unit", catalog.credit.unit), ("usd", catalog.credit.usd)):
        if amount is not None:
            yield Sought(_number(f"credit.{name}", decimal(amount), catalog.credit.provenance.of(name)))


def spelled(value: Value | Decimal) -> Spelled:
    """Return the ways to print a value: 20000, 20,000 and 20 000."""
    plain = written(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return tuple(dict.fromkeys((plain, f"{value:,}", f"{value:,}".replace(",", " "))))
    return (plain,)


def _number(
    key: str, value: Limit, origin: Origin, model: str | None = None, parameters: Parameters | None = None
) -> Number:
    return Number(key, value, model, parameters, origin.basis, origin.source)


def _prices(catalog: Catalog, price: Price, model: Model, key: str) -> Iterator[Sought]:
    """Yield what each point costs, and the tiers that are used without one."""
    for point in points(price, None):
        exact = product(formula_of(price, point, Fraction(1)))
        amount = decimal(ceiling(exact, catalog.credit.unit))
        tiers = [getattr(point, name) for name in TIERED if getattr(point, name) is not None]
        beside = tuple(spelled(tier) for tier in tiers if not isinstance(tier, bool))
        number = _number(key, amount, price.provenance.of("base"), model.id, point)
        first = written(point.resolution or point.duration) or None
        yield Sought(number, "model", model.id, (spelled(amount),), beside, tier=first)
    for name, value in price.default.items():
        number = _number(f"{key}.default.{name}", value, price.provenance.of("default"), model.id)
        yield Sought(number, "model", model.id, (spelled(value),), tier=written(value), anywhere=True)


def _multipliers(catalog: Catalog, price: Price, key: str) -> Iterator[Sought]:
    """Yield the multipliers, which no page prints."""
    for name in TIERED:
        for tier, many in price.tiers(name).items():
            value = decimal(many) if terminates(many) else fraction(many)
            yield Sought(_number(f"{key}.{name}.{written(tier)}", value, origin_of(catalog, price, name)))


def _limits(catalog: Catalog, endpoint: Endpoint, model: Model | None) -> Iterator[Sought]:
    """Yield the limits of a model, or those of an endpoint that hold where no model states its own."""
    owner: Model | Endpoint = model or endpoint
    table = "models" if model else "endpoints"
    for name, limit in owner.limits.items():
        origin = owner.provenance.of(name)
        number = _number(f"{table}.{owner.id}.limits.{name}", limit, origin, model.id if model else None)
        fields = (catalog.fields[one] for one in endpoint.fields)
        read_by = next(field for field in fields if name in (getattr(field, bound) for bound in NAMING))
        prints = tuple(map(spelled, limit)) if isinstance(limit, tuple) else (spelled(limit),)
        key = read_by.segments[-1]
        if model:
            yield Sought(number, "model", model.id, prints, field=key, anywhere=True)
        else:
            yield Sought(number, "field", key, prints)


def _rules(catalog: Catalog, endpoint: Endpoint) -> Iterator[Sought]:
    """Yield the values that rules across fields leave."""
    for index, rule in enumerate(endpoint.rules):
        for claim in rule.then:
            if isinstance(claim, OneOf):
                number = _number(f"endpoints.{endpoint.id}.rules[{index}]", claim.limit, rule.origin)
                yield Sought(
                    number, "field", catalog.fields[claim.field].segments[-1], tuple(map(spelled, claim.limit))
                )


def _bounds(field: Field) -> Iterator[Sought]:
    for bound in BOUNDS:
        value: Limit | bool | None = getattr(field, bound)
        if value is not None and not (bound in NAMING and isinstance(value, str)):
            number = _number(f"fields.{field.id}.{bound}", value, field.provenance.of(bound))
            prints = tuple(map(spelled, value)) if isinstance(value, tuple) else (spelled(value),)
            yield Sought(number, "field", field.segments[-1], prints, everywhere=True)
