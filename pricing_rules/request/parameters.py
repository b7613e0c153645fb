"""The parameters that a price is told by, or what keeps it from being told."""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction

from attrs import evolve, frozen

from pricing_rules.amounts import is_number
from pricing_rules.answers import Parameters, Quote, Value
from pricing_rules.catalog.formula import PARAMETERS, TIERED
from pricing_rules.catalog.frozendict import EMPTY
from pricing_rules.catalog.records import Catalog, Model, Price
from pricing_rules.catalog.rulebook import Rulebook
from pricing_rules.catalog.tariff import assumed, in_force, points, settled
from pricing_rules.request.body import ABSENT
from pricing_rules.request.breakdown import breakdown
from pricing_rules.request.explanation import breaks


@frozen(eq=False, repr=False)
class Refusal:
    """Why there is no price, as `Unpriced` tells it."""

    model: str
    missing: tuple[str, ...]
    options: tuple[Quote, ...]
    got: Mapping[str, object] = EMPTY


def priced(
    catalog: Catalog, book: Rulebook, asked: Mapping[str, object], custom: Fraction, at: datetime | None
) -> Quote | Refusal:
    """Price what a model is asked for, parameters by name; None is one that is left out and counts as its default."""
    model: Model = book.model  # type: ignore[assignment]
    held = in_force(catalog, model.id, at)
    if held is None:
        return Refusal(model.id, (), ())
    usable = {name: _usable(book, held, name, asked[name]) for name in PARAMETERS}
    missing = tuple(name for name, value in usable.items() if value is ABSENT)
    if not missing:
        found = breakdown(catalog, model.id, held, Parameters(**usable), custom)  # type: ignore[arg-type]
        return _with_settled(found, held, [name for name in TIERED if asked[name] is None])
    outputs = usable["outputs"] if "outputs" not in missing else one_output(catalog, model)
    fitting = (point for point in points(held, outputs) if _fits(point, held, usable))  # type: ignore[arg-type]
    options = tuple(breakdown(catalog, model.id, held, point, custom) for point in fitting)
    return Refusal(model.id, missing, options, {name: asked[name] for name in missing if asked[name] is not None})


def _with_settled(found: Quote, held: Price, left_out: list[str]) -> Quote:
    """Name what says which tier a request gets that names none."""
    known = [one.origin.source for one in (settled(held, name) for name in left_out) if one]
    return evolve(found, sources=tuple(dict.fromkeys((*found.sources, *known)))) if known else found


def one_output(catalog: Catalog, model: Model) -> int | None:
    """Return the outputs of a price point: one, or None where the model's requests have no such field."""
    return 1 if "outputs" in catalog.endpoints[model.endpoint].fields else None


def _usable(book: Rulebook, held: Price, name: str, asked: object) -> object:
    """Return the value that a parameter is priced with: None where the model has none, ABSENT if it is not usable."""
    rules = book.fields.get(name)
    if name in TIERED:
        tiers = held.tiers(name)
        default = assumed(held, name, rules.field if rules else None)
        if asked is None:
            return (ABSENT if default is None else default) if tiers else None
        return next((value for value in tiers if _same(value, asked)), ABSENT)
    if rules is None:
        return None if asked is None else ABSENT
    value = rules.default if asked is None else asked
    usable = not any(breaks(constraint, ABSENT if value is None else value) for constraint in rules.constraints)
    return int(value) if usable else ABSENT  # type: ignore[call-overload]


def _same(known: Value, asked: object) -> bool:
    """Tell whether a value is a tier as in a request: 5, 5.0 and Decimal(5) are 5; True and "5" are not."""
    if isinstance(known, bool | str):
        return isinstance(asked, bool if isinstance(known, bool) else str) and asked == known
    return is_number(asked) and asked == known


def _fits(point: Parameters, held: Price, usable: Mapping[str, object]) -> bool:
    fixed = {name: value for name, value in usable.items() if name in TIERED and value is not ABSENT}
    return all(not held.tiers(name) or getattr(point, name) == value for name, value in fixed.items())
