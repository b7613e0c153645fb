"""A shape of requests, and how rules across fields divide it: what a field can be there, and whether it is."""

from collections.abc import Mapping
from typing import Any, Literal, assert_never

from attrs import evolve, frozen

from pricing_rules.answers import Value
from pricing_rules.catalog.constraints import Claim, Given, MaxItems, MaxLength, MinLength, NotGiven, OneOf, Rule
from pricing_rules.catalog.rulebook import FieldRules
from pricing_rules.errors import Inexpressible
from pricing_rules.request.explanation import breaks

Presence = Literal["absent", "optional", "required", "demanded"]
SIZED = ("string", "urls", "opaque")  # can be empty; what is empty of an object that holds fields, its fields tell


@frozen(eq=False, repr=False)
class Slot:
    """What a field of a shape can be.

    Attributes:
        rules: the rules of the field.
        around: canonical name of the object that holds it, None for the body.
        presence: `required` in the object around it, where that is there; `demanded` together with all around it.
        values: the only values, None where the field's other rules decide.
        size: whether the value must be empty, or must not.
    """

    rules: FieldRules
    around: str | None
    presence: Presence
    values: tuple[Value, ...] | None
    size: Literal["any", "given", "empty"] = "any"


Shape = Mapping[str, Slot]


def keeping(rule: Rule, shape: Shape) -> list[Shape]:
    """Divide a shape into those in which a condition of a rule fails and those in which all hold and its claims do."""
    kept: list[Shape] = []
    for condition in rule.when:
        inside, outside = split(condition, shape)
        kept += [outside] if outside else []
        if not inside:
            return kept
        shape = inside
    shapes = [shape]
    for claim in rule.then:
        shapes = [narrowed for wide in shapes for narrowed in claimed(claim, wide)]
    return kept + shapes


def split(condition: OneOf, shape: Shape) -> tuple[Shape | None, Shape | None]:
    """Divide a shape into where a field has one of some values and where it has none; absence counts as the default."""
    name, limit = condition.field, condition.limit
    slot = shape[name]
    if slot.values is None and present(shape, name):
        raise Inexpressible(f"the values of {name} cannot be listed, and a rule depends on them")
    inside = tuple(value for value in slot.values or () if value in limit)
    outside = tuple(value for value in slot.values or () if value not in limit)
    counted = slot.rules.default in limit
    return _among(shape, name, inside, absent=counted), _among(shape, name, outside, absent=not counted)


def claimed(claim: Claim, shape: Shape) -> list[Shape]:
    """Return the shapes in which a claim holds: none, one, or one for each field of several that could be given."""
    match claim:
        case Given(fields=names):
            return _any_given(names, shape)
        case NotGiven(field=name):
            _, found = _divided(shape, name)
        case OneOf(field=name, limit=limit):
            default = shape[name].rules.default
            found = _among(shape, name, limit, absent=default is None or default in limit)
        case _:
            assert_never(claim)
    return [found] if found else []


def _any_given(names: tuple[str, ...], shape: Shape) -> list[Shape]:
    kept: list[Shape] = []
    left = shape
    for name in names:
        given, empty = _divided(left, name)
        if not empty:
            return [shape]  # what is left has this one in any case
        kept += given
        left = empty
    return kept


def _divided(shape: Shape, name: str) -> tuple[list[Shape], Shape | None]:
    """Divide a shape into those in which a field is given and the one in which it is absent or empty."""
    if shape[name].rules.field.type != "object":
        given = _filled(shape, name)
        return [given] if given else [], _empty(shape, name)
    kept: list[Shape] = []
    left: Shape | None = shape
    for inner in (other for other, slot in shape.items() if slot.around == name):
        if left:
            given, left = present(left, inner), _absent(left, inner)
            kept += [given] if given else []
    return kept, left


def _filled(shape: Shape, name: str) -> Shape | None:
    """Return the shape in which a value is there and not empty, None where it cannot be."""
    slot = shape[name]
    if slot.values is not None:
        return _among(shape, name, tuple(value for value in slot.values if value != ""), absent=False)
    if slot.rules.field.type not in SIZED:
        return present(shape, name)
    if slot.size == "empty" or 0 in (slot.rules.limit(MaxLength), slot.rules.limit(MaxItems)):
        return None
    return present(shape, name) if slot.rules.limit(MinLength) else present(shape, name, size="given")


def _empty(shape: Shape, name: str) -> Shape | None:
    """Return the shape in which a value is empty or absent, None where it must be given."""
    slot = shape[name]
    if slot.values is not None:
        return _among(shape, name, ("",), absent=True)
    if slot.rules.field.type in SIZED and not slot.rules.limit(MinLength) and slot.size != "given":
        return {**shape, name: evolve(slot, size="empty")}
    return _absent(shape, name)


def _among(shape: Shape, name: str, values: tuple[Value, ...], *, absent: bool) -> Shape | None:
    """Return the shape in which a field has one of some values, or is absent where that will do; None for no shape."""
    slot = shape[name]
    possible = _possible(slot, values)
    if not possible:
        return _absent(shape, name) if absent else None
    return {**shape, name: evolve(slot, values=possible)} if absent else present(shape, name, values=possible)


def _possible(slot: Slot, values: tuple[Value, ...]) -> tuple[Value, ...]:
    if slot.values is not None:
        return tuple(value for value in slot.values if value in values)
    sized = [value for value in values if slot.size == "any" or (value == "") == (slot.size == "empty")]
    return tuple(value for value in sized if not any(breaks(kept, value) for kept in slot.rules.constraints))


def present(shape: Shape, name: str, **changes: Any) -> Shape | None:  # noqa: ANN401 -- attributes of a slot
    """Return the shape in which a field stands there, and so does every object around it; None where it cannot."""
    slot = shape[name]
    wide = present(shape, slot.around) if slot.around else shape
    if slot.presence == "absent" or wide is None:
        return None
    return {**wide, name: evolve(slot, presence="demanded", **changes)}


def _absent(shape: Shape, name: str) -> Shape | None:
    """Return the shape in which a field is absent, with the object around it if that demands it; None where none is."""
    slot = shape[name]
    match slot.presence:
        case "absent":
            return shape
        case "optional":
            return {**shape, name: evolve(slot, presence="absent")}
        case "required":
            return _absent(shape, slot.around) if slot.around else None
        case "demanded":
            return None
        case _:
            assert_never(slot.presence)


def breaking(rule: Rule, shape: Shape) -> list[Shape]:
    """Return the shapes of the requests of a shape that break a rule.

    Raises:
        Inexpressible: the rule depends on a field whose values cannot be listed.
    """
    for condition in rule.when:
        inside, _ = split(condition, shape)
        if not inside:
            return []
        shape = inside
    return [broken for claim in rule.then for broken in _refuted(claim, shape)]


def _refuted(claim: Claim, shape: Shape) -> list[Shape]:
    """Return the shapes in which a claim does not hold."""
    left: Shape | None = shape
    match claim:
        case Given(fields=names):
            for name in names:
                left = _divided(left, name)[1] if left else None
        case NotGiven(field=name):
            return _divided(shape, name)[0]
        case OneOf(field=name):
            default = shape[name].rules.default
            _, left = split(claim, shape)
            if left and default is None:  # an absent value breaks nothing
                left = present(left, name)
        case _:
            assert_never(claim)
    return [left] if left else []
