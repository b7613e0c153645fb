"""The tariff of a catalog as rows: every price that a usage record can have, by what the record tells.

A record that does not tell a parameter has the key NOT_TOLD there, and the row holds the set of prices that are left.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import product as combinations
from typing import Any

from attrs import evolve, frozen

from pricing_rules.answers import Parameters, Value
from pricing_rules.catalog.charge import charge_of
from pricing_rules.catalog.columns import MAX_COUNT, MICROS, is_numeric
from pricing_rules.catalog.constraints import Maximum, Minimum
from pricing_rules.catalog.formula import TIERED
from pricing_rules.catalog.records import Catalog, Model, Price
from pricing_rules.catalog.rulebook import rulebook
from pricing_rules.catalog.tariff import assumed, editions, is_sold, points
from pricing_rules.errors import UnusableLog
from pricing_rules.request.breakdown import breakdown

NOT_TOLD, NO_TEXT = -1, ""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LARGEST = 2**62
INFERRED, SEVERAL, OUTPUTS = 1, 2, 4  # traits of a row


@frozen
class Amount:
    """One price: micros, whether it is inferred, and micros if one output were asked for."""

    micros: int
    inferred: bool
    flat: int


def instants(catalog: Catalog) -> tuple[int, ...]:
    """Return every instant at which a price of the catalog begins, in UTC microseconds."""
    found = {price.since for price in catalog.prices if price.since}
    return tuple(sorted((since - EPOCH) // timedelta(microseconds=1) for since in found))


def tariff_columns(columns: Collection[str], *, dated: bool) -> tuple[str, ...]:
    """Return the keys of a row of the tariff for a log with these columns."""
    told = [name for name in ("duration", "resolution", "audio", "outputs", "custom_multiplier") if name in columns]
    return ("model", *(("edition",) if dated and "created_at" in columns else ()), *told)


def tariff_rows(catalog: Catalog, keys: Collection[str], customs: Mapping[str, Fraction]) -> Iterator[tuple[Any, ...]]:
    """Yield key values, least and greatest price in micros, traits, price of one output, and the choices as text.

    Args:
        catalog: the service's catalog.
        keys: from `tariff_columns`; a model is its place in the catalog, from 1 on.
        customs: the custom multipliers that the log has, by their text; "" is none.
    """
    starts = instants(catalog)
    for number, model in enumerate(catalog.models.values(), 1):
        for edition, held in _held(catalog, model, starts, dated="edition" in keys):
            rows: dict[tuple[Any, ...], set[Amount]] = {}
            for price in filter(is_sold, held):
                for key, amount in _amounts(catalog, model, price, keys, customs):
                    rows.setdefault(key, set()).add(amount)
            for key, amounts in rows.items():
                yield (number, *((edition,) if "edition" in keys else ()), *key, *_summed(amounts))


def _held(
    catalog: Catalog, model: Model, starts: tuple[int, ...], *, dated: bool
) -> Iterator[tuple[int, tuple[Price, ...]]]:
    every = editions(catalog, model.id)
    yield NOT_TOLD, every
    for edition in range(len(starts) + 1) if dated else ():
        instant = starts[edition - 1] if edition else None
        yield edition, tuple(price for price in every if _since(price) is None or _began(price, instant))[-1:]


def _since(price: Price) -> int | None:
    return None if price.since is None else (price.since - EPOCH) // timedelta(microseconds=1)


def _began(price: Price, instant: int | None) -> bool:
    since = _since(price)
    return instant is not None and since is not None and since <= instant


def _amounts(
    catalog: Catalog, model: Model, price: Price, keys: Collection[str], customs: Mapping[str, Fraction]
) -> Iterator[tuple[tuple[Any, ...], Amount]]:
    """Yield every price of an edition under each key that a record with it can have."""
    for point, (outputs, places), (text, custom) in combinations(
        points(price, None), _outputs(catalog, model), customs.items()
    ):
        told = {name: _places(catalog, price, name, getattr(point, name)) for name in TIERED}
        told |= {"outputs": places, "custom_multiplier": (text,)}
        amount = _amount(catalog, model, price, point, outputs, custom)
        for key in combinations(*(places for name, places in told.items() if name in keys)):
            yield key, amount


def _places(catalog: Catalog, price: Price, name: str, value: Value | None) -> tuple[Any, ...]:
    """Return the keys under which a tier is found: its own, and that of a record which does not tell it."""
    numeric = is_numeric(catalog, name)
    absent = NOT_TOLD if numeric else NO_TEXT
    if value is None:
        return (absent,)
    own = int(value) * MICROS if numeric else str(value).lower() if isinstance(value, bool) else str(value)
    default = assumed(price, name, catalog.fields.get(name))
    return (own, absent) if default is None or default == value else (own,)


def _outputs(catalog: Catalog, model: Model) -> list[tuple[int, tuple[int, ...]]]:
    """Return how many outputs a request may ask for, each with its keys."""
    rules = rulebook(catalog, catalog.endpoints[model.endpoint], model).fields.get("outputs")
    if rules is None:
        return [(1, (MICROS, NOT_TOLD))]
    limits = {type(each): each.limit for each in rules.constraints if isinstance(each, Minimum | Maximum)}
    numbers = range(limits.get(Minimum, 1), limits.get(Maximum, MAX_COUNT) + 1)
    return [
        (number, (number * MICROS, NOT_TOLD) if rules.default in (None, number) else (number * MICROS,))
        for number in numbers
    ]


def _amount(catalog: Catalog, model: Model, price: Price, point: Parameters, outputs: int, custom: Fraction) -> Amount:
    one = breakdown(catalog, model.id, price, point, Fraction(1))
    asked = (evolve(point, outputs=number) for number in (outputs, 1))
    whole, flat = (int(charge_of(catalog, price, each, custom).credits * MICROS) for each in asked)
    if whole > LARGEST:
        raise UnusableLog(f"a price of {model.id} is beyond what an audit can compare")
    return Amount(whole, one.basis == "inferred" or outputs != 1 or custom != 1, flat if outputs != 1 else -1)


def _summed(amounts: set[Amount]) -> tuple[Any, ...]:
    """Return the range, traits, price of one output and choices of a set of prices."""
    each = sorted({amount.micros for amount in amounts})
    several = len(each) > 1
    alone = next(iter(amounts)) if len(amounts) == 1 else None
    traits = INFERRED * any(amount.inferred for amount in amounts) + SEVERAL * several
    traits += OUTPUTS * bool(alone and alone.flat >= 0)
    choices = f",{','.join(map(str, each))}," if several else ""
    return each[0], each[-1], traits, alone.flat if alone else -1, choices
