"""How the values of a file become records: cattrs with a hook for each of their types, and the refusals it gathers."""

from collections.abc import Callable, Iterator
from datetime import datetime
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin

from attrs import fields, fields_dict, has
from cattrs import BaseConverter, Converter, ForbiddenExtraKeysError
from cattrs.cols import is_mapping, list_structure_factory, mapping_structure_factory
from cattrs.errors import AttributeValidationNote
from cattrs.gen import make_dict_structure_fn, override

from pricing_rules.catalog.constraints import Rule
from pricing_rules.catalog.cross_rules import WrittenRule
from pricing_rules.catalog.faults import Misspelt, Path, Refused, Unfit
from pricing_rules.catalog.frozendict import FrozenDict, frozen
from pricing_rules.catalog.origins import ORIGINS, Documented, Sourced
from pricing_rules.catalog.provenance import Origin, Provenance
from pricing_rules.catalog.strict import (
    KINDS,
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
    key_of_attribute,
)
from pricing_rules.spelling import listed, shown

Hook = Callable[[Any, Any], Any]  # of a value and its type
SOURCED = ("source", "reading", "readings")
ASIDE = (*SOURCED, "provenance")  # the last is refused there: no table has it


@cache
def converter(*, detailed: bool) -> BaseConverter:
    """Return what reads every record of a catalog: quickly, up to the first refusal, or to gather them all."""
    made = Converter(forbid_extra_keys=True) if detailed else BaseConverter(detailed_validation=False)
    for choose, make in (
        (_of(tuple), _list),
        (is_mapping, _mapping),
        (has, _record),
        (lambda kind: isinstance(kind, UnionType), _union),
        (_of(Literal), lambda *_: _literal),
    ):
        made.register_structure_hook_factory(choose, make)
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
        Provenance: lambda value, _: made.structure(value, Sourced).provenance,
        Rule: lambda value, _: made.structure(value, WrittenRule).expanded,
    }
    for kind, hook in hooks.items():
        made.register_structure_hook(kind, hook)
    return made


def _of(form: Any) -> Callable[[Any], bool]:  # noqa: ANN401 -- what a type may be made of
    return lambda kind: get_origin(kind) is form


def _list(kind: Any, converter: BaseConverter) -> Hook:  # noqa: ANN401 -- a tuple of one type
    build = list_structure_factory(kind, converter)
    return lambda value, _: tuple(build(as_list(value), kind))


def _mapping(kind: Any, converter: BaseConverter) -> Hook:  # noqa: ANN401 -- a mapping
    if isinstance(converter, Converter):
        build = mapping_structure_factory(kind, converter, FrozenDict)
        return lambda value, _: build(as_table(value), kind)
    of_key, of_value = get_args(kind)
    key, inner = map(converter.get_structure_hook, (of_key, of_value))
    return lambda table, _: FrozenDict({key(one, of_key): inner(it, of_value) for one, it in as_table(table).items()})


def _record(kind: type[Any], converter: BaseConverter) -> Hook:
    """Let a table give the fields of a record, and `source`, `reading` and `readings` its provenance."""
    build = _detailed(kind, converter) if isinstance(converter, Converter) else _quick(kind, converter)
    if "provenance" not in fields_dict(kind):
        return lambda value, _: build(as_table(value), kind)

    def hook(value: object, _: object) -> object:
        own, provenance = dict[str, Any](), dict[str, Any]()
        for name, inner in as_table(value).items():
            (provenance if name in ASIDE else own)[name] = inner
        return build({**own, "provenance": provenance}, kind)

    return hook


def _detailed(kind: type[Any], converter: Converter) -> Hook:
    keys = {part.name: override(rename=key_of_attribute(part.name)) for part in fields(kind)}
    return make_dict_structure_fn(kind, converter, **keys)  # type: ignore[arg-type]


def _quick(kind: type[Any], converter: BaseConverter) -> Hook:
    """Build a record as the function does that cattrs would generate, which takes longer than to read a file."""
    parts = {
        key_of_attribute(part.name): (part.name, converter.get_structure_hook(part.type), part.type)
        for part in fields(kind)
        if part.init
    }

    def hook(table: dict[str, Any], _: object) -> object:
        given = {key: parts[key] for key in table}
        return kind(**{name: read(table[key], form) for key, (name, read, form) in given.items()})

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


def _union(kind: Any, converter: BaseConverter) -> Hook:  # noqa: ANN401 -- a union of types
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


def refusals(fault: Exception, *path: str | int) -> Iterator[tuple[Path, Refused]]:
    """Yield every refusal in what cattrs raised, with the way to it."""
    match fault:
        case Refused():
            yield (*path, *fault.path), fault
        case ForbiddenExtraKeysError():
            own = fields_dict(fault.cl)
            parts = [key_of_attribute(name) for name, part in own.items() if part.init and name != "provenance"]
            known = [*parts, *SOURCED] if "provenance" in own else parts
            for name in sorted(fault.extra_fields):
                yield (*path, name), Refused(Misspelt("unknown key.", name, known))
        case ExceptionGroup():
            for inner in fault.exceptions:
                yield from refusals(inner, *path, *_step(inner))
        case _:  # a KeyError
            yield path, Refused("missing key")


def _step(fault: Exception) -> Path:
    """Return the key or the index that cattrs noted; the provenance of a table is no table of its own."""
    for note in getattr(fault, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            return () if note.name == "provenance" else (key_of_attribute(note.name),)
        return (note.index,)
    return ()
