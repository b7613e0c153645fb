"""Chains of overlays made at random, and what they charge by a few lines of arithmetic of their own.

An overlay is made as a plain record first; its TOML and the expectation are both written from that.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from fractions import Fraction
from math import ceil
from random import Random
from typing import Any

from attrs import frozen

from pricing_rules import Catalog, load_catalog
from pricing_rules.catalog.tariff import in_force
from pricing_rules.tariffs import overlaid
from support import places
from support.overlays import head, overlay, table

BELOW = [load_catalog(source) for source in ("gptimage2api", "aivideoapi", places.CLIPWORKS)]
RATES = ("1", "0.9", "0.78", "1.02", "1.1", "5/3", "1/3", "2", "0.001", "1.47")
UNITS = ("1", "0.01", "0.1", "0.25", "3", "0.05")
MINIMUMS = (1, 2, 7, 40)
DATES = (None, None, None, datetime(2026, 5, 15, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
INSTANTS = (None, *(datetime(*day, tzinfo=UTC) for day in ((2026, 5, 14), (2026, 12, 1), (2027, 6, 1))))
EARLIEST = datetime.min.replace(tzinfo=UTC)


@frozen
class Term:
    """A rate, an own base or a minimum, of some models or of all that none names, from an instant on."""

    amount: Fraction
    models: tuple[str, ...] | None
    since: datetime | None
    base: bool = False


@frozen
class Layer:
    """An overlay as it was thought of."""

    of: str
    unit: Fraction | None
    terms: tuple[Term, ...]
    minimums: tuple[Term, ...]
    text: str


@frozen
class Chain:
    """A catalog, what was laid over it, and what came of it."""

    below: Catalog
    layers: tuple[Layer, ...]
    top: Catalog

    @property
    def units(self) -> list[Fraction]:
        """The unit of each seller, from the service up."""
        found = [self.below.credit.unit]
        for layer in self.layers:
            found += [layer.unit or found[-1]] if layer.of == "charge" else []
        return found

    def expected(self, model: str, product: Fraction, outputs: int, custom: Fraction, at: datetime | None) -> Any:
        """Return what each seller charges for a product of the service's formula; None where one states nothing."""
        instant = at or datetime.fromisoformat(self.below.version).replace(tzinfo=UTC)
        charges: list[Fraction] = []
        unit, minimum = self.below.credit.unit, Fraction(0)
        for layer in self.layers:
            if layer.of == "charge":
                charges.append(rounded(product, minimum, unit))
                product, minimum, unit = charges[-1], Fraction(0), layer.unit or unit
            term = held(layer.terms, model, instant)
            if layer.terms and term is None:
                return None
            if term:
                product = term.amount * outputs * custom if term.base else product * term.amount
            least = held(layer.minimums, model, instant)
            minimum = max(minimum, least.amount) if least else minimum
        return [*charges, rounded(product, minimum, unit)]


def held(terms: tuple[Term, ...], model: str, instant: datetime) -> Term | None:
    """Return the term of a model: of its own where any names it, the latest that has begun."""
    own = [term for term in terms if term.models and model in term.models]
    every = own or [term for term in terms if term.models is None]
    begun = [term for term in every if (term.since or EARLIEST) <= instant]
    return max(begun, key=lambda term: term.since or EARLIEST, default=None)


def rounded(product: Fraction, minimum: Fraction, unit: Fraction) -> Fraction:
    """Round up once, to the unit, after the minimum of what costs anything."""
    return ceil((max(product, minimum) if product else product) / unit) * unit


def chains(random: Random, number: int, *, shows: str | None = None, own: bool = True) -> Iterator[Chain]:
    """Make chains of one to four overlays; `own` lets some have prices of their own."""
    for _ in range(number):
        below = random.choice(BELOW)
        catalog, layers = below, list[Layer]()
        for place in range(random.randint(1, 4)):
            layer = made(random, catalog, f"s{place}", shows or random.choice(("price", "working")), own=own)
            catalog = overlaid(catalog, overlay(layer.text))
            layers.append(layer)
        yield Chain(below, tuple(layers), catalog)


def made(random: Random, below: Catalog, name: str, shows: str, *, own: bool) -> Layer:
    """Make an overlay that fits a catalog."""
    of = random.choice(("product", "charge"))
    models = list(below.models)
    unit = Fraction(random.choice(UNITS)) if of == "charge" and random.random() < 0.7 else None
    hidden = random.sample(models, random.randint(0, min(2, len(models) - 1)))
    kept = [model for model in models if model not in hidden]
    terms = tuple(terms_of(random, kept)) if random.random() < 0.85 else ()
    may_own = own and of == "charge" and bool(terms)
    based = [model for model in kept if may_own and flat(below, model) and random.random() < 0.2]
    rates = [term for term in terms if not term.models or term.models[0] not in based]
    terms = (*rates, *(Term(Fraction(3), (model,), None, base=True) for model in based))
    step = unit or below.credit.unit
    minimums = tuple(minimums_of(random, kept, step)) if random.random() < 0.4 else ()
    lines = [f'shows = "{shows}"', f"hidden = [{', '.join(map(quoted, hidden))}]"]
    text = head(of, below.id, name, "\n".join(lines))
    if unit:
        text += (
            f'[credit]\nunit = "{unit if unit.denominator == 1 else float(unit)}"\nusd = "0.01"\nsource = "contract"\n'
        )
    if of == "charge":
        text += '[cost]\nusd = "0.01"\nsource = "contract"\n'
    text += "".join(written(term) for term in terms) + "".join(written(term, "minimums") for term in minimums)
    return Layer(of, unit, terms, minimums, text + narrowing(random, below, kept))


def terms_of(random: Random, models: list[str]) -> Iterator[Term]:
    yield Term(Fraction(random.choice(RATES)), None, None)
    for model in random.sample(models, min(len(models), random.randint(0, 3))):
        for since in dict.fromkeys((random.choice(DATES), random.choice(DATES))):
            yield Term(Fraction(random.choice(RATES)), (model,), since)


def minimums_of(random: Random, models: list[str], step: Fraction) -> Iterator[Term]:
    if random.random() < 0.5:
        yield Term(random.choice(MINIMUMS) * step, None, None)
    yield Term(random.choice(MINIMUMS) * step, (random.choice(models),), random.choice(DATES))


def narrowing(random: Random, below: Catalog, models: list[str]) -> str:
    """Drop some tiers of one model, at all instants."""
    model = random.choice(models)
    price = in_force(below, model, INSTANTS[-1])
    axes = [axis for axis in ("duration", "resolution") if price and len(price.tiers(axis)) > 1]
    if price is None or not axes or random.random() < 0.5:
        return ""
    axis = random.choice(axes)
    tiers = list(price.tiers(axis))
    dropped = random.choice(tiers)
    left = [tier for tier in tiers if tier != dropped]
    return table("tiers", models=f"[{quoted(model)}]", **{axis: f"[{', '.join(map(quoted, left))}]"})


def flat(catalog: Catalog, model: str) -> bool:
    """Tell whether a model has no tiers at any time."""
    prices = [price for price in catalog.prices if model in price.models]
    return not any(price.tiers(axis) for price in prices for axis in ("duration", "resolution", "audio"))


def written(term: Term, kind: str = "rates") -> str:
    """Write a term as a table."""
    amount = f'"{decimal(term.amount)}"'
    models = {} if term.models is None else {"models": f"[{', '.join(map(quoted, term.models))}]"}
    since = {} if term.since is None else {"since": f"{term.since:%Y-%m-%dT%H:%M:%SZ}"}
    if term.base:
        return table("prices", base=amount, **models, **since)
    return table(kind, **{"credits" if kind == "minimums" else "rate": amount}, **models, **since)


def decimal(amount: Fraction) -> str:
    """Write an amount as a catalog may: a decimal where it has one."""
    places = next((n for n in range(6) if (amount * 10**n).denominator == 1), None)
    return str(amount) if places is None else f"{float(amount):.{places}f}"


def quoted(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)
