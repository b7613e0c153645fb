"""The closed shapes that requests to a model can have: one for each mode, and more where a rule across fields chooses.

Every request that the rulebook allows fits exactly one shape, so that types without conditions can state the rules.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Literal, assert_never

from attrs import evolve, frozen

from pricing_rules.answers import Value
from pricing_rules.catalog.compiled import models_of
from pricing_rules.catalog.constraints import Claim, Given, MaxItems, MaxLength, MinLength, NotGiven, OneOf, Rule
from pricing_rules.catalog.records import Catalog, Endpoint, Model
from pricing_rules.catalog.rulebook import FieldRules, Rulebook, rulebook
from pricing_rules.errors import Inexpressible
from pricing_rules.request.explanation import breaks

Presence = Literal["absent", "optional", "required", "demanded"]
SIZED = ("string", "urls", "opaque")  # can be empty; what is empty of an object that holds fields, its fields tell
MAX_MEMBERS = 100_000  # of all shapes of an endpoint: each rule can triple the shapes


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


@frozen(eq=False, repr=False)
class Variant:
    """One shape of the requests to a model, None as mode where the request names none."""

    book: Rulebook
    model: Model
    mode: str | None
    slots: Shape


def variants(catalog: Catalog, endpoint: Endpoint) -> Iterator[Variant]:
    """Yield every shape of the requests to an endpoint, model by model, mode by mode.

    Raises:
        Inexpressible: a rule depends on a field whose values cannot be listed, or there are too many shapes.
    """
    left = most = MAX_MEMBERS // len(endpoint.fields)
    for model in models_of(catalog, endpoint):
        book = rulebook(catalog, endpoint, model)
        for mode, wide in _by_mode(book, endpoint, model):
            shapes = [wide]
            for rule in book.rules:
                shapes = list(islice((kept for shape in shapes for kept in _keeping(rule, shape)), left + 1))
                if len(shapes) > left:
                    reason = f"models and rules make more than {most:,} shapes, {MAX_MEMBERS:,} fields in all"
                    raise Inexpressible(f"{catalog.id}: endpoints.{endpoint.id}: {reason}")
            left -= len(shapes)
            yield from (Variant(book, model, mode, _settled(shape)) for shape in shapes)


def _by_mode(book: Rulebook, endpoint: Endpoint, model: Model) -> Iterator[tuple[str | None, Shape]]:
    names = {rules.field.segments: name for name, rules in book.fields.items()}
    shape: Shape = {name: _slot(rules, names.get(rules.field.segments[:-1])) for name, rules in book.fields.items()}
    shape = {**shape, "model": evolve(shape["model"], values=(model.id,))}
    if endpoint.modes:
        claims: dict[str, Claim] = {
            endpoint.modes["without_references"]: NotGiven("references", endpoint.provenance.origin),
            endpoint.modes["with_references"]: Given(("references",)),
        }
        for mode in model.modes:
            yield from ((mode, kept) for kept in _claimed(claims[mode], shape))
    elif "mode" in book.fields:
        for mode in model.modes:
            inside, left = _split(OneOf("mode", (mode,), model.provenance.origin), shape)
            yield from ((mode, kept) for kept in (inside,) if kept)
            if not left:
                return
            shape = left
        yield None, shape
    else:
        yield (model.modes[0] if model.modes else None), shape


def _slot(rules: FieldRules, around: str | None) -> Slot:
    values: tuple[Value, ...] | None = rules.limit(OneOf)
    if rules.field.type == "boolean" and values is None:
        values = (True, False)
    presence: Presence = "absent" if not rules.is_taken else "required" if rules.is_required else "optional"
    return Slot(rules, around, presence, values)


def _settled(shape: Shape) -> Shape:
    """Return a shape in which nothing stands inside an object that does not; objects come before what they hold."""
    found: dict[str, Slot] = {}
    for name, slot in shape.items():
        is_hidden = slot.around is not None and found[slot.around].presence == "absent"
        found[name] = evolve(slot, presence="absent") if is_hidden else slot
    return found


def _keeping(rule: Rule, shape: Shape) -> list[Shape]:
    """Divide a shape into those in which a condition of a rule fails and those in which all hold and its claims do."""
    kept: list[Shape] = []
    for condition in rule.when:
        inside, outside = _split(condition, shape)
        kept += [outside] if outside else []
        if not inside:
            return kept
        shape = inside
    shapes = [shape]
    for claim in rule.then:
        shapes = [narrowed for wide in shapes for narrowed in _claimed(claim, wide)]
    return kept + shapes


def _split(condition: OneOf, shape: Shape) -> tuple[Shape | None, Shape | None]:
    """Divide a shape into where a field has one of some values and where it has none; absence counts as the default."""
    name, limit = condition.field, condition.limit
    slot = shape[name]
    if slot.values is None and _present(shape, name):
        raise Inexpressible(f"the values of {name} cannot be listed, and a rule depends on them")
    inside = tuple(value for value in slot.values or () if value in limit)
    outside = tuple(value for value in slot.values or () if value not in limit)
    counted = slot.rules.default in limit
    return _among(shape, name, inside, absent=counted), _among(shape, name, outside, absent=not counted)


def _claimed(claim: Claim, shape: Shape) -> list[Shape]:
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
            given, left = _present(left, inner), _absent(left, inner)
            kept += [given] if given else []
    return kept, left


def _filled(shape: Shape, name: str) -> Shape | None:
    """Return the shape in which a value is there and not empty, None where it cannot be."""
    slot = shape[name]
    if slot.values is not None:
        return _among(shape, name, tuple(value for value in slot.values if value != ""), absent=False)
    if slot.rules.field.type not in SIZED:
        return _present(shape, name)
    if slot.size == "empty" or 0 in (slot.rules.limit(MaxLength), slot.rules.limit(MaxItems)):
        return None
    return _present(shape, name) if slot.rules.limit(MinLength) else _present(shape, name, size="given")


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
    return {**shape, name: evolve(slot, values=possible)} if absent else _present(shape, name, values=possible)


def _possible(slot: Slot, values: tuple[Value, ...]) -> tuple[Value, ...]:
    if slot.values is not None:
        return tuple(value for value in slot.values if value in values)
    sized = [value for value in values if slot.size == "any" or (value == "") == (slot.size == "empty")]
    return tuple(value for value in sized if not any(breaks(kept, value) for kept in slot.rules.constraints))


def _present(shape: Shape, name: str, **changes: Any) -> Shape | None:  # noqa: ANN401 -- attributes of a slot
    """Return the shape in which a field stands there, and so does every object around it; None where it cannot."""
    slot = shape[name]
    wide = _present(shape, slot.around) if slot.around else shape
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
