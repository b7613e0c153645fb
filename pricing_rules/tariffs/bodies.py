"""Whole request bodies made from the shape of a model's requests, with values at the edges of their limits."""

import json
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, assert_never

from pricing_rules.catalog.constraints import Constraint, Maximum, MaxItems, MaxLength, Minimum, MinLength, OneOf
from pricing_rules.catalog.rulebook import FieldRules
from pricing_rules.request.explanation import breaks
from pricing_rules.targets.examples import ADDRESS, TEXT
from pricing_rules.targets.shapes import Shape, Slot

MAX_SIZE = 100_000  # characters or items of a value that is made
SHORTEST = "http://a"

Sized = Minimum | Maximum | MinLength | MaxLength | MaxItems


def body_of(shape: Shape, chosen: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return a body of a shape: what must be there, with the values that are chosen by field; None where none can be.

    A field that is chosen must be there in the shape, together with the objects around it.
    """
    body: dict[str, Any] = {}
    there: set[str] = set()
    for name, slot in shape.items():  # objects come before what they hold
        inside = slot.around is None or slot.around in there
        if slot.presence == "demanded" or (slot.presence == "required" and inside):
            there.add(name)
            value = chosen[name] if name in chosen else next(possible(slot), None)
            if value is None:
                return None
            _put(body, slot.rules.field.segments, value)
    return body


def possible(slot: Slot, others: FieldRules | None = None) -> Iterator[Any]:
    """Yield values that a field of a shape can have: a usual one, then at the edges of its own or other limits."""
    edges = (*slot.rules.constraints, *(others.constraints if others else ()))
    values = slot.values if slot.values is not None else _values(slot.rules, edges)
    return (value for value in values if fits(slot, value))


def is_listed(slot: Slot, others: FieldRules | None = None) -> bool:
    """Tell whether `possible` reaches every edge: limits of very long values are not tried."""
    edges = (*slot.rules.constraints, *(others.constraints if others else ()))
    return slot.values is not None or all(size < MAX_SIZE for size in _limits(edges, MinLength, MaxLength, MaxItems))


def fits(slot: Slot, value: Any) -> bool:  # noqa: ANN401 -- any JSON value
    """Tell whether a field of a shape can have a value."""
    among = slot.values is None or value in slot.values
    is_sized = slot.size == "any" or (len(value) == 0) == (slot.size == "empty")
    return among and is_sized and not any(breaks(constraint, value) for constraint in slot.rules.constraints)


def as_json(body: Mapping[str, Any]) -> str:
    """Write a body as JSON text."""
    return json.dumps(body)


def _put(body: dict[str, Any], segments: tuple[str, ...], value: object) -> None:
    for segment in segments[:-1]:
        body = body.setdefault(segment, {})
    body[segments[-1]] = dict(value) if isinstance(value, dict) else value


def _values(rules: FieldRules, edges: tuple[Constraint, ...]) -> Iterable[Any]:
    match rules.field.type:
        case "string":
            return _texts(rules, edges)
        case "integer" | "number":
            return _numbers(edges, whole=rules.field.type == "integer")
        case "boolean":
            return (True, False)
        case "url":
            return (ADDRESS, SHORTEST)
        case "urls":
            return ([ADDRESS] * size for size in (1, 0, *_sizes(edges, MaxItems)))
        case "object":
            return ({},)
        case "opaque":
            return ({"key": "value"}, {})
        case _:
            assert_never(rules.field.type)


def _texts(rules: FieldRules, edges: tuple[Constraint, ...]) -> Iterator[str]:
    """Yield a usual text, listed ones, texts of the edge lengths, and an address."""
    sizes = _sizes(edges, MinLength, MaxLength)
    yield from (text for text in rules.field.examples if isinstance(text, str))
    for size in (len(TEXT), *sizes):
        yield TEXT.ljust(size, ".")[:size]
    yield from (text for listed in _listed(edges) for text in listed if isinstance(text, str))
    yield from ("x" * size for size in sizes)
    yield ADDRESS


def _numbers(edges: tuple[Constraint, ...], *, whole: bool) -> Iterator[int | float]:
    near = [value for listed in _listed(edges) for value in listed if type(value) is int]
    limits = sorted({0, 1, *near, *_limits(edges, Minimum, Maximum)})
    for limit in limits:
        yield from (limit, limit - 1, limit + 1)
        if not whole:
            yield from (float(Fraction(2 * limit + step, 2)) for step in (1, -1))


def _sizes(edges: tuple[Constraint, ...], *kinds: type[Sized]) -> list[int]:
    sizes = {size + step for size in (0, *_limits(edges, *kinds)) for step in (-1, 0, 1)}
    return sorted(size for size in sizes if 0 <= size <= MAX_SIZE)


def _limits(edges: tuple[Constraint, ...], *kinds: type[Sized]) -> list[int]:
    return [int(edge.limit) for edge in edges if isinstance(edge, kinds)]


def _listed(edges: tuple[Constraint, ...]) -> list[tuple[Any, ...]]:
    return [edge.limit for edge in edges if isinstance(edge, OneOf)]
