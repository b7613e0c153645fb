"""The tables of a catalog file as records: every key known, every value of its type, every source named."""

from collections.abc import Callable, Mapping
from typing import Any

from attrs import evolve
from cattrs import BaseValidationError

from pricing_rules.answers import Value
from pricing_rules.catalog.converter import converter, refusals
from pricing_rules.catalog.faults import Fault, Path, Refused, Unfit
from pricing_rules.catalog.formula import TIERED
from pricing_rules.catalog.frozendict import FrozenDict
from pricing_rules.catalog.origins import NOWHERE, ORIGINS, Origins, Reading
from pricing_rules.catalog.provenance import Origin
from pricing_rules.catalog.records import Catalog, Tiers
from pricing_rules.catalog.strict import LARGEST, Sentence

NAMED = ("fields", "endpoints", "models", "responses", "queries")
FAULTY = (Refused, KeyError, TypeError, ExceptionGroup)  # the second and third: an unknown key, a missing one


def read(tables: Mapping[str, Any]) -> tuple[Catalog | None, list[Fault]]:
    """Return the records of a parsed file and its faults of shape; no records where these hinder from reading on."""
    printed, of_sources = read_sources(tables)
    readings, of_readings = attempt(Mapping[str, Reading], tables.get("readings", {}), "readings")
    inferred = _by_id(readings, tables.get("readings"), lambda reading: reading.origin)
    ORIGINS.set(Origins(printed, inferred))
    named, of_ids = _with_ids(tables)
    catalog, faults = attempt(Catalog, {**named, "sources": printed, "readings": inferred})
    is_whole = not of_sources and not of_ids and None not in (readings, catalog)
    return _with_tiers(catalog) if is_whole else None, [*of_sources, *of_readings, *of_ids, *faults]


def read_sources(tables: Mapping[str, Any]) -> tuple[Mapping[str, Origin], list[Fault]]:
    """Return the sources that a file names, for the records that are read next, and the faults of their table."""
    sources, faults = attempt(Mapping[str, Sentence], tables.get("sources", {}), "sources")
    printed = _by_id(sources, tables.get("sources"), lambda place: Origin("documented", place))
    ORIGINS.set(Origins(printed))
    return printed, faults


def _by_id(found: Mapping[str, Any] | None, tables: object, origin: Callable[[Any], Origin]) -> Mapping[str, Origin]:
    """Return origins by their id; one that is at fault is known all the same."""
    if found is None:
        return FrozenDict(dict.fromkeys(tables if isinstance(tables, dict) else (), NOWHERE))
    return FrozenDict({name: origin(one) for name, one in found.items()})


def _with_ids(tables: Mapping[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
    """Give each table that is named the name as its id."""
    found, faults = dict(tables), list[Fault]()
    for name in NAMED:
        inner = tables.get(name)
        if isinstance(inner, dict):
            found[name] = {key: {**one, "id": key} if isinstance(one, dict) else one for key, one in inner.items()}
            owned = (key for key, one in inner.items() if isinstance(one, dict) and "id" in one)
            faults += [((name, key, "id"), "unknown key; the id is the name of the table") for key in owned]
    return found, faults


def attempt(kind: Any, value: object, *path: str) -> tuple[Any, list[Fault]]:  # noqa: ANN401 -- any type
    """Read a value the fast way; read one that is refused again in detail, to tell all its faults."""
    try:
        return converter(detailed=False).structure(value, kind), []
    except FAULTY:
        pass
    found: list[tuple[Path, Refused]] = []
    try:
        converter(detailed=True).structure(value, kind)
    except (Refused, BaseValidationError) as fault:
        found += refusals(fault, *path)
    record = None
    if all(isinstance(refused, Unfit) for _, refused in found):
        ORIGINS.get().lenient = True
        record = converter(detailed=False).structure(value, kind)
    return record, [(way, refused.reason) for way, refused in found]


def _with_tiers(catalog: Catalog) -> Catalog:
    """Give the tiers of prices the type of their field: a key of a TOML table is always text."""
    types = {name: catalog.fields[name].type for name in TIERED if name in catalog.fields}
    prices = (
        evolve(
            price,
            duration=_tiers(price.duration, types.get("duration")),
            resolution=_tiers(price.resolution, types.get("resolution")),
            audio=_tiers(price.audio, types.get("audio")),
        )
        for price in catalog.prices
    )
    return evolve(catalog, prices=tuple(prices))


def _tiers(tiers: Tiers, kind: str | None) -> Tiers:
    return FrozenDict({_tier(str(text), kind): multiplier for text, multiplier in tiers.items()})


def _tier(text: str, kind: str | None) -> Value:
    """Return the value that a key stands for, the text itself where it stands for none."""
    match kind:
        case "integer" | "number" if text.isascii() and text.isdigit() and str(min(int(text[:16]), LARGEST)) == text:
            return int(text)
        case "boolean" if text in ("true", "false"):
            return text == "true"
        case _:
            return text
