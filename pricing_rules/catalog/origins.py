"""The sources and readings of a catalog file, which its other tables name."""

from collections.abc import Mapping
from typing import Any, NewType

from pricing_rules.catalog.provenance import Origin, Provenance
from pricing_rules.catalog.strict import Refused, as_table, as_text, only_keys
from pricing_rules.spelling import hint, shown

Documented = NewType("Documented", Origin)  # what is named by its source


class Origins:
    """Every source and reading of a file as an origin, by its id."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self.sources: dict[str, Origin] = {}
        self.readings: dict[str, Origin] = {}
        for name, place in as_table(tables.get("sources", {}), "sources").items():
            self.sources[name] = Origin("documented", as_text(place, f"sources.{name}"))
        for name, reading in as_table(tables.get("readings", {}), "readings").items():
            key = f"readings.{name}"
            only_keys(as_table(reading, key), ("source", "why"), key)
            places = self.documents(reading.get("source"), f"{key}.source")
            self.readings[name] = Origin("inferred", f"{places} ({as_text(reading.get('why'), f'{key}.why')})")

    def documents(self, names: object, key: str) -> str:
        """Write the documents and headings of one source or several."""
        several = names if isinstance(names, list) and names else [names]
        return "; ".join(_known(name, self.sources, "source", key).source for name in several)

    def reading(self, name: object, key: str = "") -> Origin:
        """Return a reading, or refuse a name that is none."""
        return _known(name, self.readings, "reading", key)

    def provenance(self, record: dict[str, Any]) -> Provenance:
        """Take `source`, `reading` and `readings` out of a table."""
        names, reading = record.pop("source", None), record.pop("reading", None)
        inferred = as_table(record.pop("readings", {}), "readings")
        parts = {part: self.reading(name, f"readings.{part}") for part, name in inferred.items()}
        if (names is None) == (reading is None):
            raise Refused("a record names either its source or its reading")
        if names is None:
            return Provenance(self.reading(reading, "reading"), parts)
        return Provenance(Origin("documented", self.documents(names, "source")), parts)


def _known(name: object, known: Mapping[str, Origin], kind: str, key: str) -> Origin:
    if isinstance(name, str) and name in known:
        return known[name]
    raise Refused(f"there is no {kind} {shown(name)}.{hint(name, known)}", key)
