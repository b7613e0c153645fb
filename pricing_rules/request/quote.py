"""What a request costs and why: parameters, price, quote."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from attrs import evolve

from pricing_rules.amounts import is_number, is_whole, multiplier
from pricing_rules.answers import Basis, Parameters, Quote, Value
from pricing_rules.catalog.compiled import per_catalog
from pricing_rules.catalog.formula import PARAMETERS, TIERED
from pricing_rules.catalog.records import Catalog, Model, Note, Price
from pricing_rules.catalog.rulebook import Rulebook, book_of
from pricing_rules.catalog.tariff import default_of, in_force, points
from pricing_rules.errors import InvalidRequest, Unpriced
from pricing_rules.request.body import ABSENT, is_given, value_of
from pricing_rules.request.breakdown import breakdown
from pricing_rules.request.check import Point, check_of
from pricing_rules.request.explanation import breaks
from pricing_rules.request.validate import validate

MAX_SHARED = 10_000  # quotes of a catalog; more are priced anew each time

Multiplier = int | Decimal | Fraction | str


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
        at: the instant whose prices hold, with its offset; without, the catalog's version.

    Raises:
        InvalidRequest: the service would refuse it; lists every violation.
        Unpriced: it is allowed, but its price depends on what it does not say; lists what it could cost.
        UnknownEndpoint: the catalog has no such endpoint.
        TypeError: the multiplier is a float or a bool, or `at` is no datetime.
        ValueError: the multiplier is out of range, or `at` has no offset.
    """
    compiled = catalog.compiled
    shared: dict[Point, Quote]
    try:
        check, shared = compiled[check_of], compiled[shared_quotes]
    except KeyError:
        check, shared = check_of(catalog), shared_quotes(catalog)
    point = check(request, endpoint)
    if point is None or type(custom_multiplier) is not int or custom_multiplier != 1:
        return _exact(catalog, request, endpoint, multiplier(custom_multiplier), _instant(at))
    if at is not None:
        point = (*point, in_force(catalog, point[0], _instant(at)))
    found = shared.get(point)
    if found is None:
        found = _exact(catalog, request, endpoint, Fraction(1), at)
        if len(shared) < MAX_SHARED:
            shared[point] = found
    return found


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
        TypeError: the multiplier is a float or a bool, or `at` is no datetime.
        ValueError: the multiplier is out of range, or `at` has no offset.
    """
    custom, instant = multiplier(custom_multiplier), _instant(at)
    model = catalog.model(model_id)
    book = book_of(catalog, model)
    given = {"duration": duration, "resolution": resolution, "outputs": outputs, "audio": audio}
    if "outputs" not in book.fields and is_whole(outputs) and outputs == 1:
        given["outputs"] = None
    asked = {name: ABSENT if value is None else value for name, value in given.items()}
    return _priced(catalog, model, asked, custom, instant)


def options(catalog: Catalog, model_id: str | None = None, *, at: datetime | None = None) -> tuple[Quote, ...]:
    """List every price point at one output and no custom multiplier: models in file order, resolution, duration.

    Raises:
        UnknownModel: the catalog has no such model.
        TypeError: `at` is no datetime.
        ValueError: `at` has no offset.
    """
    instant = _instant(at)
    models = catalog.models.values() if model_id is None else (catalog.model(model_id),)
    return tuple(found for model in models for found in _options(catalog, model, instant))


@per_catalog
def shared_quotes(_: Catalog) -> dict[Point, Quote]:
    """Return the quotes that requests with equal points share, by point."""
    return {}


def _exact(catalog: Catalog, request: object, endpoint: str | None, custom: Fraction, at: datetime | None) -> Quote:
    violations = validate(catalog, request, endpoint=endpoint)
    if violations:
        raise InvalidRequest(violations)
    model = catalog.model(value_of(request, catalog.fields["model"]))
    book = book_of(catalog, model)
    asked = {name: value_of(request, book.fields[name].field) for name in PARAMETERS if name in book.fields}
    return _remarked(_priced(catalog, model, asked, custom, at), catalog, model, request)


def _priced(
    catalog: Catalog, model: Model, asked: Mapping[str, object], custom: Fraction, at: datetime | None
) -> Quote:
    """Price what a model is asked for, parameters by name; ABSENT ones count as their default."""
    book = book_of(catalog, model)
    held = in_force(catalog, model.id, at)
    if held is None:
        raise Unpriced(model.id, (), ())
    usable = {name: _usable(book, held, name, asked.get(name, ABSENT)) for name in PARAMETERS}
    missing = tuple(name for name, value in usable.items() if value is ABSENT)
    if not missing:
        return breakdown(catalog, model.id, held, Parameters(**usable), custom)  # type: ignore[arg-type]
    outputs = usable["outputs"] if "outputs" not in missing else _one_output(catalog, model)
    fitting = (point for point in points(held, outputs) if _fits(point, held, usable))  # type: ignore[arg-type]
    prices = tuple(breakdown(catalog, model.id, held, point, custom) for point in fitting)
    raise Unpriced(model.id, missing, prices)


def _usable(book: Rulebook, held: Price, name: str, asked: object) -> object:
    """Return the value that a parameter is priced with: None where the model has none, ABSENT if it is not usable."""
    rules = book.fields.get(name)
    if name in TIERED:
        tiers = held.tiers(name)
        default = default_of(held, name, rules.field if rules else None)
        if asked is ABSENT:
            return (ABSENT if default is None else default) if tiers else None
        return next((value for value in tiers if _same(value, asked)), ABSENT)
    if rules is None:
        return None if asked is ABSENT else ABSENT
    value = rules.default if asked is ABSENT else asked
    usable = not any(breaks(constraint, value) for constraint in rules.constraints)
    return int(value) if usable else ABSENT  # type: ignore[call-overload]


def _same(known: Value, asked: object) -> bool:
    """Tell whether a value is a tier as in a request: 5, 5.0 and Decimal(5) are 5; True and "5" are not."""
    if isinstance(known, bool | str):
        return isinstance(asked, bool if isinstance(known, bool) else str) and asked == known
    return is_number(asked) and asked == known


def _fits(point: Parameters, held: Price, usable: Mapping[str, object]) -> bool:
    fixed = {name: value for name, value in usable.items() if name in TIERED and value is not ABSENT}
    return all(not held.tiers(name) or getattr(point, name) == value for name, value in fixed.items())


def _options(catalog: Catalog, model: Model, at: datetime | None) -> Iterator[Quote]:
    held = in_force(catalog, model.id, at)
    if held:
        for point in points(held, _one_output(catalog, model)):
            yield breakdown(catalog, model.id, held, point, Fraction(1))


def _one_output(catalog: Catalog, model: Model) -> int | None:
    return 1 if "outputs" in catalog.endpoints[model.endpoint].fields else None


def _remarked(found: Quote, catalog: Catalog, model: Model, body: object) -> Quote:
    """Add what the rest of a request says about its price: values that may override it, and the endpoint's notes."""
    endpoint = catalog.endpoints[model.endpoint]
    fields = (catalog.fields[name] for name in endpoint.fields)
    why = tuple(
        field.makes_inferred.source for field in fields if field.makes_inferred and is_given(value_of(body, field))
    )
    notes = tuple(note.about for note in endpoint.notes if _noted(note, value_of(body, catalog.fields[note.field])))
    if not why and not notes:
        return found
    basis: Basis = "inferred" if why else found.basis
    said, sources = dict.fromkeys((*found.notes, *why, *notes)), dict.fromkeys((*found.sources, *why))
    return evolve(found, basis=basis, notes=tuple(said), sources=tuple(sources))


def _noted(note: Note, value: object) -> bool:
    size = list.__len__(value) if isinstance(value, list) else value
    return is_number(size) and size > note.above  # type: ignore[operator]


def _instant(at: object) -> datetime | None:
    if at is None:
        return None
    if not isinstance(at, datetime):
        raise TypeError(f"at is a datetime with its offset, not a {type(at).__name__}")
    if at.utcoffset() is None:
        raise ValueError("at needs an offset: a time without one fits several editions of a price")
    return at
