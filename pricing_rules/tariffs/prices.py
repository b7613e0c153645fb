"""Where the prices of a model differ between two sides, at every number of outputs."""

from collections.abc import Iterator, Mapping
from itertools import islice, product
from typing import Any

from pricing_rules.amounts import fraction
from pricing_rules.answers import Parameters, Quote, Value
from pricing_rules.catalog.canonical import same
from pricing_rules.catalog.constraints import Maximum, Minimum, OneOf
from pricing_rules.catalog.formula import TIERED
from pricing_rules.request.quote import price
from pricing_rules.tariffs.difference import Difference
from pricing_rules.tariffs.proof import of_price
from pricing_rules.tariffs.side import Side

MAX_OUTPUTS = 100  # numbers of outputs that are compared
MAX_COMPARED = 10_000  # points of a model

Asked = dict[str, Value | None]


def price_differences(
    old: Side, new: Side, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Difference]:
    """Yield how the prices of a model differ; `before` and `after` are the facts of its price."""
    found = tuple(_price_differences(old, new, before, after))
    yield from found
    if not found and not same(before.get("sale"), after.get("sale")):
        yield Difference("price.sellers", "answers", "", "What its sellers state differs; it costs what it did.")


def _price_differences(
    old: Side, new: Side, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Difference]:
    if old.price is None or new.price is None:
        if old.price is not new.price:
            yield _begun(old, new)
        return
    yield from _costs(old, new)
    for name, kind in (("basis", "price.basis"), ("factors", "price.factors")):
        was, now = before.get(name), after.get(name)
        if not same(was, now):
            message = (
                f"What the {'amounts are' if name == 'basis' else 'factors of the price are'}: {now}; before: {was}."
            )
            yield Difference(kind, "answers", "", message, was, now)


def _begun(old: Side, new: Side) -> Difference:
    if old.price is None:
        found = of_price(new, old)
        return Difference("price.added", "prices", "", "It has a price; it had none.", example=found.example)
    found = of_price(old, new)
    return Difference("price.removed", "unprices", "", "It has no price; it had one.", example=found.example)


def _costs(old: Side, new: Side) -> Iterator[Difference]:
    """Yield the charges that differ at each number of outputs, and the products that differ at the same charges."""
    outputs = _choices(old, new, "outputs")
    points = product(*(_choices(old, new, name) for name in TIERED))
    for point in islice(points, max(1, MAX_COMPARED // max(1, len(outputs)))):
        asked = dict(zip(TIERED, point, strict=True))
        every: list[Asked] = [{**asked, "outputs": number} for number in outputs]
        pairs = [(each, _quote(old, each), _quote(new, each)) for each in every]
        charges = [pair for pair in pairs if pair[1].credits != pair[2].credits]
        exact = [pair for pair in pairs if pair[1].exact != pair[2].exact][:1]
        yield from (_charge(*pair) for pair in charges)
        yield from (_product(*pair) for pair in exact if not charges)


def _charge(asked: Asked, was: Quote, now: Quote) -> Difference:
    kind, effect = ("price.raised", "costs_more") if now.credits > was.credits else ("price.lowered", "costs_less")
    message = f"It costs {now.credits:f} credits; it cost {was.credits:f}."
    return Difference(kind, effect, "", message, was.credits, now.credits, Parameters(**asked))  # type: ignore[arg-type]


def _product(asked: Asked, was: Quote, now: Quote) -> Difference:
    effect, exact = "costs_more" if now.exact > was.exact else "costs_less", [fraction(one.exact) for one in (was, now)]
    message = (
        f"Before rounding it costs {exact[1]} credits; it cost {exact[0]}; the charge is the same without a multiplier."
    )
    return Difference("price.product", effect, "", message, exact[0], exact[1], Parameters(**asked))  # type: ignore[arg-type]


def _quote(side: Side, asked: Asked) -> Quote:
    return price(side.catalog, side.model.id, **asked, at=side.at)  # type: ignore[arg-type]


def _choices(old: Side, new: Side, name: str) -> list[Value | None]:
    """Return what both sides can be asked for, None where the parameter is left out and that may cost otherwise."""
    was, now = _tiers(old, name), _tiers(new, name)
    common = [value for value in was if any(same(value, other) for other in now)]
    counted = [side.default(name) if tiers else None for side, tiers in ((old, was), (new, now))]
    can_be_left_out = old.can_do_without(name) and new.can_do_without(name)
    return [*common, None] if can_be_left_out and (not common or not same(*counted)) else [*common]


def _tiers(side: Side, name: str) -> list[Value]:
    if name in TIERED:
        return list(side.price.tiers(name)) if side.price else []
    rules = side.book.fields.get(name)
    if rules is None:
        return []
    values = rules.limit(OneOf)
    least, most = rules.limit(Minimum), rules.limit(Maximum)
    return list(values or range(least, min(most + 1, least + MAX_OUTPUTS)))[:MAX_OUTPUTS]
