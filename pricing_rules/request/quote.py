"""What a request costs and why: parameters, price, quote."""

from collections.abc import Hashable, Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from types import NoneType
from typing import Any

from pricing_rules.amounts import is_whole, multiplier
from pricing_rules.answers import Quote
from pricing_rules.catalog.compiled import per_catalog
from pricing_rules.catalog.formula import PARAMETERS
from pricing_rules.catalog.records import Catalog
from pricing_rules.catalog.rulebook import book_of
from pricing_rules.catalog.tariff import in_force, moment_of, points
from pricing_rules.errors import InvalidRequest, Unpriced
from pricing_rules.request.arguments import check_catalog, instant
from pricing_rules.request.body import ABSENT, value_of
from pricing_rules.request.breakdown import breakdown
from pricing_rules.request.check import Point, current_check
from pricing_rules.request.parameters import Refusal, one_output, priced
from pricing_rules.request.remarks import called_for, remarked
from pricing_rules.request.validate import check_at, faults_of

MAX_SHARED = 10_000  # answers of a catalog; more are worked out anew each time
ONE = Fraction(1)
PLAIN = frozenset((str, int, float, bool, NoneType))

Multiplier = int | Decimal | Fraction | str
Shared = dict[Hashable, Quote | Refusal]


def quote(
    catalog: Catalog,
    request: object,
    *,
    endpoint: str | None = None,
    custom_multiplier: Multiplier = 1,
    at: datetime | None = None,
) -> Quote:
    """Tell what a request costs.

    Args:
        catalog: the service's catalog.
        request: the parsed JSON body.
        endpoint: id of the endpoint that it goes to; without, the one that its model belongs to.
        custom_multiplier: the caller's own factor, from 0 to 1,000,000.
        at: the instant whose prices and rules hold, with its offset; without, the catalog's version.

    Raises:
        InvalidRequest: the service would refuse it; lists every violation.
        Unpriced: it is allowed, but its price depends on what it does not say; lists what it could cost.
        UnknownEndpoint: the catalog has no such endpoint.
        TypeError: what is given as a catalog is none, the multiplier is a float or a bool, or `at` is no datetime.
        ValueError: the multiplier is out of range, or `at` has no offset.
    """
    shared: Shared
    try:
        check = catalog.compiled[current_check] if at is None else check_at(catalog, at)
        shared = catalog.compiled[shared_quotes]
    except (AttributeError, KeyError):
        check, shared = check_at(catalog, at), shared_quotes(catalog)
    point = check(request, endpoint)
    is_single = type(custom_multiplier) is int and custom_multiplier == 1
    if not point:
        custom = ONE if is_single else multiplier(custom_multiplier)
        return _alone(catalog, request, endpoint, custom, instant(at))
    key = point if at is None else (moment_of(catalog, at), *point)
    found = shared.get(key)
    if found is None:
        found = _quote_of(catalog, point, ONE, at)
        if len(shared) < MAX_SHARED:
            shared[key] = found
    if not is_single:
        return _told(_multiplied(catalog, point, found, multiplier(custom_multiplier), at))
    return found if found.__class__ is Quote else _told(found)


def price(
    catalog: Catalog,
    model_id: str,
    *,
    duration: object = None,
    resolution: object = None,
    outputs: object = 1,
    audio: object = None,
    custom_multiplier: Multiplier = 1,
    at: datetime | None = None,
) -> Quote:
    """Tell what a model costs with these parameters; None is a parameter that the request leaves out.

    Args:
        catalog: the service's catalog.
        model_id: id of the model.
        duration: length of the clip in seconds.
        resolution: tier of the result's size.
        outputs: how many results.
        audio: tier of the sound.
        custom_multiplier: the caller's own factor, from 0 to 1,000,000.
        at: the instant whose prices hold, with its offset; without, the catalog's version.

    Raises:
        UnknownModel: the catalog has no such model.
        Unpriced: a parameter is missing, no tier of the model, or not one that it takes; lists the prices that fit.
        TypeError: what is given as a catalog is none, the multiplier is a float or a bool, or `at` is no datetime.
        ValueError: the multiplier is out of range, or `at` has no offset.
    """
    asked = (duration, resolution, outputs, audio)
    kinds = (model_id.__class__, duration.__class__, resolution.__class__, outputs.__class__, audio.__class__)
    is_plain = at is None and type(custom_multiplier) is int and custom_multiplier == 1 and PLAIN.issuperset(kinds)
    key = (model_id, *asked, *kinds)
    check_catalog(catalog)
    shared = shared_prices(catalog)
    found = shared.get(key) if is_plain else None
    if found is None:
        found = _price(catalog, model_id, dict(zip(PARAMETERS, asked, strict=True)), multiplier(custom_multiplier), at)
        if is_plain and len(shared) < MAX_SHARED:
            shared[key] = found
    return found


def options(catalog: Catalog, model_id: str | None = None, *, at: datetime | None = None) -> tuple[Quote, ...]:
    """List every price point at one output and no custom multiplier: models in file order, resolution, duration.

    Raises:
        UnknownModel: the catalog has no such model.
        TypeError: what is given as a catalog is none, or `at` is no datetime.
        ValueError: `at` has no offset.
    """
    check_catalog(catalog)
    when = instant(at)
    models = catalog.models.values() if model_id is None else (catalog.model(model_id),)
    held = ((model, in_force(catalog, model.id, when)) for model in models)
    return tuple(
        breakdown(catalog, model.id, found, point, ONE)
        for model, found in held
        if found
        for point in points(found, one_output(catalog, model))
    )


@per_catalog
def shared_quotes(_: Catalog) -> Shared:
    """Return the answers that requests with equal points share, by point."""
    return {}


@per_catalog
def shared_prices(_: Catalog) -> dict[Hashable, Quote]:
    """Return the quotes that equal arguments of `price` share, by the arguments and their types."""
    return {}


def _alone(
    catalog: Catalog,
    request: object,
    endpoint: str | None,
    custom: Fraction,
    at: datetime | None,
) -> Quote:
    """Quote a request that shares no quote, or raise why there is none."""
    violations = faults_of(catalog, request, endpoint, at)
    if violations:
        raise InvalidRequest(violations)
    return _told(_quote_of(catalog, _point_of(catalog, request, at), custom, at))


def _multiplied(
    catalog: Catalog, point: Point, found: Quote | Refusal, custom: Fraction, at: datetime | None
) -> Quote | Refusal:
    """Return the answer with a custom multiplier, from the one without; nothing of it is kept."""
    model_id, *_, remarks = point
    held = in_force(catalog, model_id, at)
    if isinstance(found, Refusal) or held is None or any(remarks) or found.layers:
        return _quote_of(catalog, point, custom, at)
    return breakdown(catalog, model_id, held, found.parameters, custom)


def _point_of(catalog: Catalog, body: object, at: datetime | None) -> Point:
    """Return the point of a valid request, whatever its values are made of."""
    model = catalog.model(value_of(body, catalog.fields["model"]))
    book = book_of(catalog, model, at)
    found = {name: value_of(body, book.fields[name].field) for name in PARAMETERS if name in book.fields}
    asked: dict[str, Any] = {name: None if found.get(name, ABSENT) is ABSENT else found[name] for name in PARAMETERS}
    return Point(model.id, **asked, remarks=tuple(called_for(catalog, book, body)))


def _quote_of(catalog: Catalog, point: Point, custom: Fraction, at: datetime | None) -> Quote | Refusal:
    model_id, *asked, remarks = point
    book = book_of(catalog, catalog.models[model_id], at)
    found = priced(catalog, book, dict(zip(PARAMETERS, asked, strict=True)), custom, at)
    return remarked(found, book, remarks) if isinstance(found, Quote) else found


def _price(catalog: Catalog, model_id: str, asked: Mapping[str, object], custom: Fraction, at: object) -> Quote:
    when, model = instant(at), catalog.model(model_id)
    book = book_of(catalog, model, when)
    outputs = asked["outputs"]
    if "outputs" not in book.fields and is_whole(outputs) and outputs == 1:
        asked = {**asked, "outputs": None}
    return _told(priced(catalog, book, asked, custom, when))


def _told(found: Quote | Refusal) -> Quote:
    if isinstance(found, Refusal):
        raise Unpriced(found.model, found.missing, found.options, found.got)
    return found
