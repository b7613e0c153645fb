"""What catalog.json tells of how prices are made: the source of every factor, and what makes amounts inferred."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from pricing_rules.catalog.canonical import fingerprint
from pricing_rules.catalog.provenance import Origin
from pricing_rules.catalog.records import Catalog, Price
from pricing_rules.catalog.sale import Sale, layers_of
from pricing_rules.request.basis import OPEN, beyond, reasons, standing
from pricing_rules.request.breakdown import FLAT, origins
from pricing_rules.targets.javascript import keyed_points

ONE = Fraction(1)


@frozen(eq=False, repr=False)
class Citations:
    """The origins that a document cites, each by its place among them."""

    places: dict[Origin, int] = field(factory=dict, init=False)

    def place(self, origin: Origin) -> int:
        """Return the place of an origin."""
        return self.places.setdefault(origin, len(self.places))

    def head(self, catalog: Catalog) -> dict[str, Any]:
        """Return what is told of the catalog as a whole, when all else has been cited."""
        layers = [{"id": layer.id, "version": layer.version, "of": layer.of} for layer in layers_of(catalog)]
        open_reason = {"open_reason": self.place(OPEN)} if any(map(_has_rates, catalog.prices)) else {}
        return {
            "fingerprint": fingerprint(catalog),
            "layers": layers,
            "flat": FLAT,
            **open_reason,
            "sources": [{"basis": origin.basis, "source": origin.source} for origin in self.places],
        }

    def edition(self, catalog: Catalog, price: Price) -> dict[str, Any]:
        """Return the sources of an edition's factors and of what makes its amounts inferred."""
        further = {name: self.place(origin) for name, origin in beyond(catalog, price).items()}
        known = price.settled if isinstance(price, Sale) else {}
        chosen = {name: self.place(one.origin) for name, one in known.items()}
        return {
            "lines": self._all(origin for _, origin in origins(catalog, price)),
            "reasons": self._all(standing(price)),
            "beyond": further,
            **({"settled": chosen} if chosen else {}),
            **({"open": _open(catalog, price)} if _has_rates(price) else {}),
        }

    def _all(self, cited: Iterable[Origin]) -> list[int]:
        return [self.place(origin) for origin in cited]


def _has_rates(price: Price) -> bool:
    return isinstance(price, Sale) and bool(price.rates)


def _open(catalog: Catalog, price: Price) -> list[str]:
    points = keyed_points(catalog, price)
    return [key for key, point in points if OPEN in reasons(catalog, price, point, ONE)]
