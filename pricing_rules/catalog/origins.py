"""The sources and readings of a catalog file, which its other tables name."""

from collections.abc import Mapping
from contextvars import ContextVar
from typing import NewType

from attrs import frozen

from pricing_rules.catalog.faults import Misspelt, Refused, Unfit
from pricing_rules.catalog.frozendict import EMPTY
from pricing_rules.catalog.provenance import Origin, Provenance
from pricing_rules.catalog.strict import Sentence
from pricing_rules.spelling import shown

Documented = NewType("Documented", Origin)  # what is named by its source
NOWHERE = Origin("inferred", "")


class Origins:
    """Every source and reading of a file as an origin, by its id.

    Attributes:
        lenient: a name that is not known leads nowhere instead of being refused.
    """

    def __init__(self, sources: Mapping[str, Origin], readings: Mapping[str, Origin] = EMPTY) -> None:
        self.sources, self.readings, self.lenient = sources, readings, False

    def documented(self, names: object) -> Origin:
        """Return the origin of what one source prints or several, or refuse a name that is none."""
        several = names if isinstance(names, list) and names else [names]
        return Origin("documented", "; ".join(self._known(name, self.sources, "source").source for name in several))

    def reading(self, name: object) -> Origin:
        """Return a reading, or refuse a name that is none."""
        return self._known(name, self.readings, "reading")

    def _known(self, name: object, known: Mapping[str, Origin], kind: str) -> Origin:
        if isinstance(name, str) and name in known:
            return known[name]
        if self.lenient:
            return NOWHERE
        raise Unfit(Misspelt(f"there is no {kind} {shown(name)}.", name, known))


ORIGINS: ContextVar[Origins] = ContextVar("the sources and readings of the file that is being read")


@frozen(eq=False, repr=False)
class Reading:
    """A reading as a file writes it."""

    source: Documented
    why: Sentence

    @property
    def origin(self) -> Origin:
        """The reading as what it makes of the tables that name it."""
        return Origin("inferred", f"{self.source.source} ({self.why})")


@frozen(eq=False, repr=False)
class Sourced:
    """The provenance of a table as a file writes it: either its source or its reading, and readings of its parts."""

    source: Documented | None = None
    reading: Origin | None = None
    readings: Mapping[str, Origin] = EMPTY

    @property
    def provenance(self) -> Provenance:
        """The same for the records, or a refusal of two origins or none."""
        origin = self.source or self.reading
        if not ORIGINS.get().lenient and (origin is None or (self.source and self.reading)):
            raise Refused("a record names either its source or its reading")
        return Provenance(origin or NOWHERE, self.readings)
