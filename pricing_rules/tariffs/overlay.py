"""Records of an overlay file: what a plan or a seller makes of a catalog."""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import Literal

from attrs import field, frozen

from pricing_rules.answers import Layer, Value
from pricing_rules.catalog.frozendict import EMPTY
from pricing_rules.catalog.origins import Documented
from pricing_rules.catalog.strict import Name, Sentence

Once = Literal["once"]


@frozen(eq=False, repr=False)
class FormulaTable:
    """Where it is said how the seller charges: its rate and minimum, then one rounding up to its unit."""

    source: Documented


@frozen(eq=False, repr=False)
class CreditTable:
    """What the seller charges in.

    Attributes:
        unit: charges are whole multiples of this many credits.
        usd: price of a credit in US dollars; without, none is published.
    """

    unit: Fraction
    source: Documented
    usd: Fraction | None = None


@frozen(eq=False, repr=False)
class CostTable:
    """What the seller pays; never exported.

    Attributes:
        usd: what one credit of the seller below costs, in US dollars.
    """

    usd: Fraction
    source: Documented


@frozen(eq=False, repr=False)
class RateTable:
    """A factor on what the seller below charges or, inside its formula, on its product.

    Attributes:
        rate: the factor, above 0.
        models: ids of the models; without, all that no rate or price of the file names.
        since: first instant, in UTC; without, from the beginning.
    """

    rate: Fraction
    source: Documented
    models: tuple[str, ...] | None = None
    since: datetime | None = None


@frozen(eq=False, repr=False)
class PriceTable:
    """A price of the seller's own instead of a rate, as in a catalog; the default tiers stay the service's.

    Attributes:
        models: ids of the models.
        base: credits before the multipliers.
        since: first instant, in UTC; without, from the beginning.
        duration: multiplier of each tier in seconds, of those below.
        resolution: multiplier of each tier, of those below.
        audio: multiplier of each tier, of those below.
    """

    models: tuple[str, ...]
    base: Fraction
    source: Documented
    since: datetime | None = None
    duration: Mapping[str, Fraction] = EMPTY
    resolution: Mapping[str, Fraction] = EMPTY
    audio: Mapping[str, Fraction] = EMPTY

    def tiers(self, axis: str) -> Mapping[str, Fraction]:
        """Return the multipliers of an axis as the file writes them."""
        return {"duration": self.duration, "resolution": self.resolution, "audio": self.audio}[axis]


@frozen(eq=False, repr=False)
class MinimumTable:
    """The least that a request costs which costs anything.

    Attributes:
        credits: a whole number of the seller's units, in credits.
        models: ids of the models; without, all that no minimum of the file names.
        since: first instant, in UTC; without, from the beginning.
    """

    credits: Fraction
    source: Documented
    models: tuple[str, ...] | None = None
    since: datetime | None = None


@frozen(eq=False, repr=False)
class TiersTable:
    """The tiers that are left of those below.

    Attributes:
        models: ids of the models.
        since: first instant, in UTC; without, from the beginning.
        duration: seconds.
        resolution: size classes.
        audio: tiers of the sound.
    """

    models: tuple[str, ...]
    source: Documented
    since: datetime | None = None
    duration: tuple[Value, ...] | None = None
    resolution: tuple[Value, ...] | None = None
    audio: tuple[Value, ...] | None = None

    @property
    def left(self) -> Mapping[str, tuple[Value, ...]]:
        """The tiers that are left of each axis that the table speaks of."""
        stated = {"duration": self.duration, "resolution": self.resolution, "audio": self.audio}
        return {axis: values for axis, values in stated.items() if values is not None}


@frozen(eq=False, repr=False)
class SettledTable:
    """What the documents leave open and the seller knows; it changes no request's validity.

    Attributes:
        models: ids of the models.
        since: first instant, in UTC; without, from the beginning.
        duration: the tier of a request that names none, in seconds.
        resolution: the tier of a request that names none.
        audio: the tier of a request that names none.
        outputs: "once" where the number of outputs does not multiply the price.
        confirms: factors whose value the catalog infers and that are so.
    """

    models: tuple[str, ...]
    source: Documented
    since: datetime | None = None
    duration: Value | None = None
    resolution: Value | None = None
    audio: Value | None = None
    outputs: Once | None = None
    confirms: tuple[str, ...] = ()

    @property
    def tiers(self) -> Mapping[str, Value]:
        """The tier of a request that names none, by axis."""
        stated = {"duration": self.duration, "resolution": self.resolution, "audio": self.audio}
        return {axis: value for axis, value in stated.items() if value is not None}

    @property
    def factors(self) -> tuple[str, ...]:
        """The factors that it says something about."""
        return (*(("outputs",) if self.outputs else ()), *self.confirms)

    @property
    def says(self) -> tuple[str, ...]:
        """What it settles, each once at an instant: an axis, or the word on a factor."""
        return (*self.tiers, *(f"word on {factor}" for factor in self.factors))


@frozen(eq=False, repr=False)
class Overlay:
    """A plan inside a seller's formula, or a seller of its own over the charge of another.

    Attributes:
        id: the plan or the seller.
        version: ISO date of the file.
        over: id of the seller directly below.
        of: "product": rates multiply the product inside the formula of the seller below; "charge": what it charges.
        title: name for people; without, a seller's id, and a plan keeps the title below.
        fingerprint: of the only content of the catalog below that it stands over.
        shows: what may be told outside: "price", the amounts alone; "working", list price and rates too.
        hidden: ids of the models that are not sold.
        formula: where it is said how the seller charges.
        credit: what the seller charges in; without, as the seller below.
        cost: what the seller pays.
        file: name of the file that it was read from.
    """

    id: Name
    version: str
    over: str
    of: Literal["product", "charge"]
    title: Sentence | None = None
    fingerprint: str | None = None
    shows: Literal["price", "working"] = "price"
    hidden: tuple[str, ...] = ()
    formula: FormulaTable | None = None
    credit: CreditTable | None = None
    cost: CostTable | None = None
    rates: tuple[RateTable, ...] = ()
    prices: tuple[PriceTable, ...] = ()
    minimums: tuple[MinimumTable, ...] = ()
    tiers: tuple[TiersTable, ...] = ()
    settled: tuple[SettledTable, ...] = ()
    file: str = field(default="", metadata={"in_file": False})  # the loader adds it

    def __repr__(self) -> str:
        return f"<Overlay {self.id} {self.version}>"

    @property
    def layer(self) -> Layer:
        """What quotes tell of the overlay."""
        return Layer(self.id, self.version, self.of, self.shows)

    @property
    def terms(self) -> "tuple[RateTable | PriceTable, ...]":
        """Its rates and prices; without any, every model keeps its price below."""
        return (*self.rates, *self.prices)


Table = RateTable | PriceTable | MinimumTable | TiersTable | SettledTable
