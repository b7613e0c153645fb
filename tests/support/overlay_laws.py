"""What must hold of a chain of overlays: each function returns what breaks its law, in words."""

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from math import prod
from random import Random

from pricing_rules import Quote, Unpriced, price
from pricing_rules.catalog.tariff import in_force, points
from support.chains import INSTANTS, Chain

CUSTOMS = ("1", "1", "1", "1.1", "1/3", "5")


def broken(chain: Chain, random: Random, each: int) -> Iterator[str]:
    """Yield what is wrong at some points: the charge of every seller, the lines, and the rounding of each."""
    for _ in range(each):
        at, custom = random.choice(INSTANTS), Fraction(random.choice(CUSTOMS))
        model = random.choice(list(chain.top.models))
        held = in_force(chain.below, model, at)
        if held is None:
            continue
        point = random.choice(points(held, 1))
        takes = "outputs" in chain.below.endpoints[chain.below.models[model].endpoint].fields
        outputs = random.randint(1, 4) if takes else 1
        asked = {"duration": point.duration, "resolution": point.resolution, "audio": point.audio, "outputs": outputs}
        yield from _broken_at(chain, model, asked, custom, at)


def _broken_at(
    chain: Chain, model: str, asked: dict[str, object], custom: Fraction, at: datetime | None
) -> Iterator[str]:
    where = f"{model} {asked} x {custom} at {at}"
    product = price(chain.below, model, **asked, custom_multiplier=custom, at=at).exact  # type: ignore[arg-type]
    expected = chain.expected(model, product, asked["outputs"], custom, at)  # type: ignore[arg-type]
    try:
        found = price(chain.top, model, **asked, custom_multiplier=custom, at=at)  # type: ignore[arg-type]
    except Unpriced as refused:
        if expected is not None and not refused.missing:
            yield f"{where}: no price, expected {expected}"
        return
    if expected is None:
        yield f"{where}: {found.credits}, expected no price"
        return
    sellers = [*_sellers(found)][::-1]
    if [Fraction(seller.credits) for seller in sellers] != expected:
        yield f"{where}: {[seller.credits for seller in sellers]}, expected {expected}"
    for seller, unit in zip(sellers, chain.units, strict=True):
        yield from (f"{where}: {said}" for said in _badly_rounded(seller, unit))


def _sellers(quote: Quote) -> Iterator[Quote]:
    yield quote
    if quote.cost:
        yield from _sellers(quote.cost)


def _badly_rounded(quote: Quote, unit: Fraction) -> Iterator[str]:
    product, charge = prod((line.multiplier for line in quote.lines), start=Fraction(1)), Fraction(quote.credits)
    if product != quote.exact:
        yield f"lines multiply to {product}, not {quote.exact}"
    if not 0 <= charge - quote.exact < unit or charge - quote.exact != quote.rounding or charge % unit:
        yield f"{quote.exact} was rounded to {charge} by {quote.rounding}"
