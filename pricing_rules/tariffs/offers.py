"""What a need costs: for each model and mode that can meet it the cheapest point, and why the others cannot."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import frozen

from pricing_rules.amounts import is_number, multiplier
from pricing_rules.answers import Quote, Value
from pricing_rules.catalog.records import Catalog, Model, Price
from pricing_rules.catalog.tariff import current_instant, points
from pricing_rules.errors import Unpriced
from pricing_rules.request.arguments import check_catalog, instant
from pricing_rules.request.quote import price, quote
from pricing_rules.spelling import hint, listed, shown
from pricing_rules.tariffs.need import Need, reasons, too_dear
from pricing_rules.tariffs.requests import requests
from pricing_rules.tariffs.side import Side


@frozen
class Offer:
    """What meets a need.

    Attributes:
        quote: what it costs.
        request: a whole body that costs it, with the catalog's examples as prompt and addresses.
        times: how often the budget pays it; None without a budget and at a price of 0.
        mode: mode of the request.
    """

    quote: Quote
    request: dict[str, Any]
    times: int | None
    mode: str


@frozen
class Refused:
    """A model that cannot meet a need.

    Attributes:
        service: id of the service.
        model: id of the model.
        reason: what of the need it cannot meet, in words.
        nearest: its price point that is least far from the need; None where it has no price.
    """

    service: str
    model: str
    reason: str
    nearest: Quote | None


@frozen
class Offers:
    """What meets a need, the cheapest first, and every model that cannot, in file order."""

    found: tuple[Offer, ...]
    refused: tuple[Refused, ...]


def offers(
    catalogs: Catalog | Iterable[Catalog],
    *,
    mode: str | None = None,
    duration: float | Decimal | None = None,
    resolution: Value | None = None,
    references: int | None = None,
    aspect_ratio: str | None = None,
    outputs: int = 1,
    at_most: int | Decimal | Fraction | str | None = None,
    at: datetime | None = None,
) -> Offers:
    """Tell which models can meet a need and what each costs at least: one offer a model and mode.

    Args:
        catalogs: one service, or several that all publish the price of a credit.
        mode: mode of the request, such as `image_to_video`; without, any.
        duration: least length of the clip in seconds; a model that states none is refused.
        resolution: least size among the model's own tiers; a model that has no such tier is refused.
        references: number of reference images; without, the fewest that the mode needs.
        aspect_ratio: width to height of the result.
        outputs: number of results of one request.
        at_most: budget in credits, for several services in US dollars: it must pay the request once.
        at: the instant whose prices and rules hold, with its offset; without, each catalog's version.

    Raises:
        TypeError: what is given as a catalog is none, a number is none, or `at` is no datetime.
        ValueError: no catalog has such a mode, several do not all publish the price of a credit, a number is out of
            range, or `at` has no offset.
    """
    several = (catalogs,) if isinstance(catalogs, Catalog) else tuple(catalogs)
    when = instant(at)
    in_usd = _compared_in_usd(several)
    _check(several, mode, duration, references, outputs)
    budget = None if at_most is None else multiplier(at_most)
    need = Need(mode, duration, resolution, references, aspect_ratio, outputs, budget, in_usd)
    found: list[Offer] = []
    refused: list[Refused] = []
    for catalog in several:
        for model in catalog.models.values():
            met = list(_of_model(need, Side(catalog, model, when or current_instant(catalog))))
            found += (each for each in met if isinstance(each, Offer))
            refused += (each for each in met if isinstance(each, Refused))
    return Offers(tuple(sorted(found, key=lambda offer: need.cost(offer.quote))), tuple(refused))


def _compared_in_usd(catalogs: tuple[Catalog, ...]) -> bool:
    for catalog in catalogs:
        check_catalog(catalog)
    silent = [catalog.id for catalog in catalogs if catalog.credit.usd is None]
    if len(catalogs) > 1 and silent:
        raise ValueError(f"{listed(silent, 'and')}: no price of a credit is published, so services cannot be compared")
    return len(catalogs) > 1


def _check(
    catalogs: tuple[Catalog, ...],
    mode: str | None,
    duration: object,
    references: object,
    outputs: object,
) -> None:
    known = dict.fromkeys(each for catalog in catalogs for model in catalog.models.values() for each in model.modes)
    if mode is not None and mode not in known:
        raise ValueError(f"no model has the mode {shown(mode)}.{hint(mode, known)}")
    for name, value, least in (("duration", duration, 0), ("references", references, 0), ("outputs", outputs, 1)):
        if value is None and name != "outputs":
            continue
        if not is_number(value) or not (name == "duration" or isinstance(value, int)):
            raise TypeError(f"{name} is a number, not {shown(value)}")
        if value < least:  # type: ignore[operator]
            raise ValueError(f"{name} is at least {least}, not {shown(value)}")


def _of_model(need: Need, side: Side) -> Iterator[Offer | Refused]:
    """Yield an offer for each mode of a model, or one refusal."""
    about = side.catalog.id, side.model.id
    if side.price is None:
        yield Refused(*about, "no price at that instant", None)
        return
    near = _by_distance(need, side, side.price)
    unmet = list(reasons(need, side.book, side.model, side.price))
    enough = [] if unmet else [one for one in near if not any(need.distance(side.price, one.parameters))]
    found = [offer for mode in _modes(need, side.model) for offer in _cheapest(need, side, mode, enough)]
    met = sorted(found, key=lambda offer: need.cost(offer.quote))
    paid = [offer for offer in met if need.is_within_budget(offer.quote)]
    yield from paid
    if not paid:
        reason = ", ".join(unmet) or (too_dear(need, met[0].quote) if met else "no such request")
        yield Refused(*about, reason, met[0].quote if met else next(iter(near), None))


def _modes(need: Need, model: Model) -> Iterator[str]:
    return (mode for mode in model.modes if need.mode in (None, mode))


def _cheapest(need: Need, side: Side, mode: str, enough: list[Quote]) -> Iterator[Offer]:
    """Yield the first of the points that meet a need that some request to a mode asks for."""
    for point in enough:
        for body in requests(need, side, mode, point.parameters):
            found = quote(side.catalog, body, at=side.at)
            yield Offer(found, body, need.times(found), mode)
            return


def _by_distance(need: Need, side: Side, held: Price) -> list[Quote]:
    """Return the points of a model, those that meet the length and size of a need first, and the cheapest of them."""
    found = []
    for point in points(held, None):
        asked: dict[str, Any] = {"duration": point.duration, "resolution": point.resolution, "audio": point.audio}
        for outputs in (need.outputs, 1):
            try:
                found.append(price(side.catalog, side.model.id, **asked, outputs=outputs, at=side.at))
                break
            except Unpriced:
                continue
    return sorted(found, key=lambda one: (need.distance(held, one.parameters), need.cost(one)))
