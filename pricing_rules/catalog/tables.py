"""The tables of a catalog file as records: every key known, every value of its type, every source named."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from fractions import Fraction
from functools import cache, partial
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin

from attrs import evolve, fields_dict, has
from cattrs import BaseValidationError, Converter, ForbiddenExtraKeysError
from cattrs.cols import homogenous_tuple_structure_factory, is_mapping, mapping_structure_factory
from cattrs.errors import AttributeValidationNote
from cattrs.gen import make_dict_structure_fn

from pricing_rules.answers import Value
from pricing_rules.catalog.constraints import Rule
from pricing_rules.catalog.cross_rules import WrittenRule
from pricing_rules.catalog.faults import Fault, Misspelt, Path, Refused, Unfit
from pricing_rules.catalog.formula import TIERED
from pricing_rules.catalog.frozendict import FrozenDict, frozen
from pricing_rules.catalog.origins import NOWHERE, ORIGINS, Documented, Origins, Places, Sourced
from pricing_rules.catalog.provenance import Origin, Provenance
from pricing_rules.catalog.records import Catalog, Tiers
from pricing_rules.catalog.strict import (
    KINDS,
    LARGEST,
    Content,
    Name,
    Sentence,
    Values,
    Words,
    as_amount,
    as_instant,
    as_list,
    as_name,
    as_scalar,
    as_table,
    as_values,
    as_words,
    content_faults,
)
from pricing_rules.spelling import listed, shown

Record = TypeVar("Record")
Hook = Callable[[Any, Any], Any]  # of a value and its type
Factory = Callable[[Any, Converter], Hook]
NAMED = ("fields", "endpoints", "models", "responses", "queries")
SOURCED = ("source", "reading", "readings")
ASIDE = (*SOURCED, "provenance")  # the last is refused there: no table has it
FAULTY = (Refused, KeyError, ForbiddenExtraKeysError, ExceptionGroup)


def read(tables: Mapping[str, Any]) -> tuple[Catalog | None, list[Fault]]:
    """Return the records of a parsed file and its faults of shape; no records where these hinder from reading on."""
    sources, readings = (tables[name] if isinstance(tables.get(name), dict) else {} for name in ("sources", "readings"))
    printed = {name: Origin("documented", str(place)) for name, place in sources.items()}
    ORIGINS.set(Origins(printed))
    places, of_places = _attempt(Places, {name: tables[name] for name in ("sources", "readings") if name in tables})
    read_on = {name: places.readings[name].origin if places else NOWHERE for name in readings}
    ORIGINS.set(Origins(printed, read_on))
    named, of_ids = _with_ids(tables)
    catalog, faults = _attempt(Catalog, {**named, "sources": FrozenDict(printed), "readings": FrozenDict(read_on)})
    sound = catalog if places and not of_ids else None
    return sound and _with_tiers(sound), [*of_places, *of_ids, *faults]


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


def _attempt(kind: type[Record], tables: Mapping[str, Any]) -> tuple[Record | None, list[Fault]]:
    """Read a record the fast way; read one that is refused again in detail, to tell all its faults."""
    try:
        return _converter(detailed=False).structure(tables, kind), []
    except FAULTY:
        pass
    found: list[tuple[Path, Refused]] = []
    try:
        _converter(detailed=True).structure(tables, kind)
    except BaseValidationError as group:
        found += _refusals(group)
    record = None
    if all(isinstance(refused, Unfit) for _, refused in found):
        ORIGINS.set(evolve(ORIGINS.get(), lenient=True))
        record = _converter(detailed=False).structure(tables, kind)
    return record, [(path, refused.reason) for path, refused in found]


@cache
def _converter(*, detailed: bool) -> Converter:
    converter = Converter(forbid_extra_keys=True, detailed_validation=detailed)
    table = partial(mapping_structure_factory, structure_to=FrozenDict)
    for choose, make in (
        (_of(tuple), partial(_checked, as_list, homogenous_tuple_structure_factory)),
        (is_mapping, partial(_checked, as_table, table)),
        (has, _record),
        (lambda kind: isinstance(kind, UnionType), _union),
        (_of(Literal), lambda *_: _literal),
    ):
        converter.register_structure_hook_factory(choose, make)
    hooks: dict[Any, Callable[[Any, Any], Any]] = {
        **dict.fromkeys((int, str, bool), as_scalar),
        Fraction: lambda value, _: as_amount(value),
        datetime: lambda value, _: as_instant(value),
        Words: lambda value, _: as_words(value),
        Name: lambda value, _: as_name(value),
        Sentence: lambda value, _: as_words(as_name(value)),
        Values: lambda value, _: as_values(value),
        Content: lambda value, _: _content(value),
        Documented: lambda value, _: ORIGINS.get().documented(value),
        Origin: lambda value, _: value if isinstance(value, Origin) else ORIGINS.get().reading(value),
        Provenance: lambda value, _: converter.structure(value, Sourced).provenance,
        Rule: lambda value, _: converter.structure(value, WrittenRule).expanded,
    }
    for kind, hook in hooks.items():
        converter.register_structure_hook(kind, hook)
    return converter


def _of(form: Any) -> Callable[[Any], bool]:  # noqa: ANN401 -- what a type may be made of
    return lambda kind: get_origin(kind) is form


def _checked(check: Callable[[object], Any], make: Factory, kind: Any, converter: Converter) -> Hook:  # noqa: ANN401
    build = make(kind, converter)
    return lambda value, _: build(check(value), kind)


def _record(kind: type[Any], converter: Converter) -> Hook:
    """Let a table give the fields of a record, and `source`, `reading` and `readings` its provenance."""
    build = make_dict_structure_fn(kind, converter)
    if "provenance" not in fields_dict(kind):
        return lambda value, _: build(as_table(value), kind)

    def hook(value: object, _: object) -> object:
        own, provenance = dict[str, Any](), dict[str, Any]()
        for name, inner in as_table(value).items():
            (provenance if name in ASIDE else own)[name] = inner
        return build({**own, "provenance": provenance}, kind)

    return hook


def _content(value: object) -> object:
    faults = () if ORIGINS.get().lenient else tuple(content_faults(value))
    if faults:
        raise ExceptionGroup("", [Unfit(reason, *path) for path, reason in faults])
    return frozen(value)


def _literal(value: object, kind: Any) -> object:  # noqa: ANN401 -- a Literal type
    allowed = get_args(kind)
    if isinstance(value, str) and value in allowed:
        return value
    raise Refused(Misspelt(f"expected {listed(allowed)}, got {shown(value)}.", value, allowed))


def _union(kind: Any, converter: Converter) -> Hook:  # noqa: ANN401 -- a union of types
    """Let the type of a value choose among several; what the only one besides None refuses it refuses itself."""
    members = {list if get_origin(one) is tuple else one: one for one in get_args(kind) if one is not NoneType}
    hooks = {form: (converter.get_structure_hook(one), one) for form, one in members.items()}
    expected = " or ".join(KINDS.get(form, "a list") for form in hooks)
    only = next(iter(hooks.values())) if len(hooks) == 1 else None

    def hook(value: object, _: object) -> object:
        chosen = only or hooks.get(type(value))
        if chosen is None:
            raise Refused(f"expected {expected}, got {shown(value)}")
        return chosen[0](value, chosen[1])

    return hook


def _refusals(fault: Exception, *path: str | int) -> Iterator[tuple[Path, Refused]]:
    """Yield every refusal in what cattrs raised, with the way to it."""
    match fault:
        case Refused():
            yield (*path, *fault.path), fault
        case ForbiddenExtraKeysError():
            own = fields_dict(fault.cl)
            parts = [name for name, part in own.items() if part.init and name != "provenance"]
            known = [*parts, *SOURCED] if "provenance" in own else parts
            for name in sorted(fault.extra_fields):
                yield (*path, name), Refused(Misspelt("unknown key.", name, known))
        case ExceptionGroup():
            for inner in fault.exceptions:
                yield from _refusals(inner, *path, *_step(inner))
        case _:  # a KeyError
            yield path, Refused("missing key")


def _step(fault: Exception) -> Path:
    """Return the key or the index that cattrs noted; the provenance of a table is no table of its own."""
    for note in getattr(fault, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            return () if note.name == "provenance" else (note.name,)
        return (note.index,)
    return ()


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
