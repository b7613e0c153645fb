"""What `as_dict` answers, as JSON Schema and as TypeScript, from its typed dictionaries."""

from collections.abc import Iterator, Mapping
from inspect import getdoc
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from typing_extensions import get_type_hints, is_typeddict

from pricing_rules.serialization import AnswerDict
from pricing_rules.targets.usage import DIALECT

PLAIN: Mapping[object, tuple[str, str]] = {  # as JSON Schema and TypeScript call it
    str: ("string", "string"),
    bool: ("boolean", "boolean"),
    int: ("integer", "number"),
    float: ("number", "number"),
    NoneType: ("null", "null"),
}


def answers_schema() -> dict[str, Any]:
    """Return the schema of everything that `as_dict` answers: a quote, a violation or an error."""
    return {
        "$schema": DIALECT,
        "$id": "urn:pricing-rules:answers",
        "title": "Answers",
        "description": "A quote, a violation or an error; Amounts is a quote of which only the price is shown.",
        **_schema(AnswerDict),
        "$defs": {_name(record): _definition(record) for record in _records(AnswerDict, {})},
    }


def answers_declarations() -> str:
    """Return the same as TypeScript."""
    records = _records(AnswerDict, {})
    first = "/** What as_dict answers, the same for every service. Generated; do not edit. */"
    union = f"export type Answer = {_typescript(AnswerDict)};"
    return "\n\n".join((f"{first}\n{union}", *map(_interface, records))) + "\n"


def _records(kind: object, found: dict[Any, None]) -> dict[Any, None]:
    """Collect the typed dictionaries that a type names, each once, in the order in which they are named."""
    if is_typeddict(kind) and kind not in found:
        found[kind] = None
        for inner in get_type_hints(kind).values():
            _records(inner, found)
    for inner in _members(kind):
        _records(inner, found)
    return found


def _members(kind: object) -> tuple[Any, ...]:
    return () if get_origin(kind) is Literal else get_args(kind)


def _name(record: Any) -> str:  # noqa: ANN401 -- a typed dictionary has no type of its own
    return str(record.__name__).removesuffix("Dict")


def _definition(record: Any) -> dict[str, Any]:  # noqa: ANN401
    hints = get_type_hints(record)
    return {
        "description": getdoc(record),
        "type": "object",
        "properties": {key: _schema(kind) for key, kind in hints.items()},
        "required": [*hints],
        "additionalProperties": False,
    }


def _schema(kind: object) -> dict[str, Any]:
    match get_origin(kind):
        case origin if origin in (Union, UnionType):
            members = _members(kind)
            plain = [PLAIN[member][0] for member in members if member in PLAIN and not _is_covered(member, members)]
            rest = [_schema(member) for member in members if member not in PLAIN]
            named: list[dict[str, Any]] = [{"type": plain[0] if len(plain) == 1 else plain}] if plain else []
            return {"anyOf": [*named, *rest]} if rest else named[0]
        case origin if origin is Literal:
            return {"enum": [*get_args(kind)]}
        case origin if origin is list:
            return {"type": "array", "items": _schema(_members(kind)[0])}
        case _:
            return {"type": PLAIN[kind][0]} if kind in PLAIN else {"$ref": f"#/$defs/{_name(kind)}"}


def _is_covered(kind: object, members: tuple[object, ...]) -> bool:
    """Tell whether a kind is an integer beside any number, which strict validators object to."""
    return kind is int and float in members


def _interface(record: Any) -> str:  # noqa: ANN401
    members = "".join(f"  {key}: {_typescript(kind)};\n" for key, kind in get_type_hints(record).items())
    return f"/** {getdoc(record)} */\nexport interface {_name(record)} {{\n{members}}}"


def _typescript(kind: object) -> str:
    return " | ".join(dict.fromkeys(_alternatives(kind)))


def _alternatives(kind: object) -> Iterator[str]:
    match get_origin(kind):
        case origin if origin in (Union, UnionType):
            for member in _members(kind):
                yield from _alternatives(member)
        case origin if origin is Literal:
            yield from (f'"{value}"' for value in get_args(kind))
        case origin if origin is list:
            yield f"Array<{_typescript(_members(kind)[0])}>"
        case _:
            yield PLAIN[kind][1] if kind in PLAIN else _name(kind)
