"""A fault of a catalog, and the checks that every part makes."""

from collections.abc import Collection, Iterable, Iterator

from pricing_rules.answers import Value
from pricing_rules.catalog.provenance import Provenance
from pricing_rules.catalog.records import Field
from pricing_rules.spelling import hint, shown

Fault = tuple[str, str]  # the dotted key, and the reason in words


def unknown(names: Iterable[object], known: Collection[str], kind: str, key: str) -> Iterator[Fault]:
    """Yield the names that are not known, each with the nearest one that is."""
    for name in names:
        if name not in known:
            yield (key, f"there is no {kind} {shown(name)}.{hint(name, known)}")


def twice(names: Iterable[object], key: str) -> Iterator[Fault]:
    """Yield the names that stand there a second time."""
    seen: set[object] = set()
    for name in names:
        if (type(name), name) in seen:
            yield (key, f"{shown(name)} stands there twice")
        seen.add((type(name), name))


def misread(provenance: Provenance, parts: Collection[str], key: str) -> Iterator[Fault]:
    """Yield the parts that are called readings and that the record does not have."""
    yield from unknown(provenance.parts, parts, "part", f"{key}.readings")


def fits(value: Value, field: Field) -> bool:
    """Tell whether a value has the type of a field and keeps to its own bounds."""
    match field.type:
        case "string" | "url":
            return isinstance(value, str)
        case "boolean":
            return isinstance(value, bool)
        case "integer" | "number" if isinstance(value, int) and not isinstance(value, bool):
            above = field.minimum is None or value >= field.minimum
            return above and (field.maximum is None or value <= field.maximum)
        case _:
            return False
