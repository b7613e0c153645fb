"""Where a fact comes from: printed in a document, or a reading of ours with its reason."""

from collections.abc import Mapping

from attrs import frozen

from pricing_rules.answers import Basis
from pricing_rules.catalog.frozendict import EMPTY


@frozen(repr=False)
class Origin:
    """Where a fact comes from.

    Attributes:
        basis: documented if it is printed there, inferred if it is a reading.
        source: document and heading; for a reading also its reason.
    """

    basis: Basis
    source: str


@frozen(eq=False, repr=False)
class Provenance:
    """Where a record of a catalog comes from: `origin` as a whole, `parts` where single values of it are readings."""

    origin: Origin
    parts: Mapping[str, Origin] = EMPTY

    def of(self, part: str) -> Origin:
        """Tell where one value of the record comes from."""
        return self.parts.get(part, self.origin)
