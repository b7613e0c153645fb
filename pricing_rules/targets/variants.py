"""The closed shapes that requests to a model can have: one for each mode, and more where a rule across fields chooses.

Every request that the rulebook allows fits exactly one shape, so that types without conditions can state the rules.
"""

from collections.abc import Iterator, Mapping
from typing import Literal, assert_never

from attrs import evolve, frozen

from pricing_rules.answers import Value
from pricing_rules.catalog.compiled import models_of
from pricing_rules.catalog.constraints import Claim, Given, MinLength, NotGiven, OneOf, Rule
from pricing_rules.catalog.records import Catalog, Endpoint, Model
from pricing_rules.catalog.rulebook import FieldRules, Rulebook, rulebook
from pricing_rules.errors import Inexpressible

Presence = Literal["absent", "optional", "required", "demanded"]
SIZED = ("string", "urls", "object", "opaque")


@frozen(eq=False, repr=False)
class Slot:
    """What a field of a shape can be.

    Attributes:
        rules: the rules of the field.
        presence: `demanded` is required together with every object around it.
        values: the only values, None where the field's other rules decide.
        size: whether the value must be empty, or must not.
    """

    rules: FieldRules
    presence: Presence
    values: tuple[Value, ...] | None
    size: Literal["any", "given", "empty"] = "any"


@frozen(eq=False, repr=False)
class Variant:
    """One shape of the requests to a model, None as mode where the request names none."""

    book: Rulebook
    model: Model
    mode: str | None
    slots: Mapping[str, Slot]


def variants(catalog: Catalog, endpoint: Endpoint) -> Iterator[Variant]:
    """Yield every shape of the requests to an endpoint, model by model, mode by mode.

    Raises:
        Inexpressible: a rule depends on a field whose values cannot be listed.
    """
    for model in models_of(catalog, endpoint):
        book = rulebook(catalog, endpoint, model)
        for mode, slots in _by_mode(book, endpoint, model):
            shapes = [slots]
            for rule in book.rules:
                shapes = [kept for shape in shapes for kept in _keeping(rule, shape, book)]
            yield from (Variant(book, model, mode, shape) for shape in shapes)


Shape = Mapping[str, Slot]


def _by_mode(book: Rulebook, endpoint: Endpoint, model: Model) -> Iterator[tuple[str | None, Shape]]:
    shape = {name: _slot(rules) for name, rules in book.fields.items()}
    shape["model"] = evolve(shape["model"], values=(model.id,))
    if endpoint.modes:
        claims: dict[str, Claim] = {
            endpoint.modes["without_references"]: NotGiven("references", endpoint.provenance.origin),
            endpoint.modes["with_references"]: Given(("references",)),
        }
        for mode in model.modes:
            yield from ((mode, kept) for kept in _claimed(claims[mode], shape))
    elif "mode" in book.fields:
        for mode in model.modes:
            inside, shape_left = _split(OneOf("mode", (mode,), model.provenance.origin), shape, book)
            yield from ((mode, kept) for kept in (inside,) if kept)
            if not shape_left:
                return
            shape = dict(shape_left)
        yield None, shape
    else:
        yield (model.modes[0] if model.modes else None), shape


def _slot(rules: FieldRules) -> Slot:
    values: tuple[Value, ...] | None = rules.limit(OneOf)
    if rules.field.type == "boolean" and values is None:
        values = (True, False)
    return Slot(rules, "required" if rules.is_required else "optional" if rules.is_taken else "absent", values)


def _keeping(rule: Rule, shape: Shape, book: Rulebook) -> list[Shape]:
    """Divide a shape into those in which a condition of a rule fails and those in which all hold and its claims do."""
    kept: list[Shape] = []
    for condition in rule.when:
        inside, outside = _split(condition, shape, book)
        kept += [outside] if outside else []
        if not inside:
            return kept
        shape = inside
    shapes = [shape]
    for claim in rule.then:
        shapes = [narrowed for wide in shapes for narrowed in _claimed(claim, wide)]
    return kept + shapes


def _split(condition: OneOf, shape: Shape, book: Rulebook) -> tuple[Shape | None, Shape | None]:
    """Divide a shape into where a field has one of some values and where it has none; absence counts as the default."""
    slot = shape[condition.field]
    if slot.presence != "absent" and slot.values is None:
        raise Inexpressible(f"the values of {condition.field} cannot be listed, and a rule depends on them")
    if slot.presence == "required" and not _is_certain(slot, shape, book):
        raise Inexpressible(f"{condition.field} is required in an object that may be missing, and a rule depends on it")
    values = slot.values or ()
    counted = slot.rules.default in condition.limit if slot.rules.default is not None else False
    inside = tuple(value for value in values if value in condition.limit)
    outside = tuple(value for value in values if value not in condition.limit)
    may_be_absent = slot.presence in ("absent", "optional")
    return (
        _narrowed(shape, condition.field, inside, absent=may_be_absent and counted),
        _narrowed(shape, condition.field, outside, absent=may_be_absent and not counted),
    )


def _is_certain(slot: Slot, shape: Shape, book: Rulebook) -> bool:
    segments = slot.rules.field.segments
    paths = {segments[:depth] for depth in range(1, len(segments) + 1)}
    around = [name for name, rules in book.fields.items() if rules.field.segments in paths]
    return all(shape[name].presence in ("required", "demanded") for name in around)


def _narrowed(shape: Shape, name: str, values: tuple[Value, ...], *, absent: bool) -> Shape | None:
    """Return a shape in which a field has only these values, or none where it may be absent; None where it cannot."""
    slot = shape[name]
    if not values or slot.presence == "absent":
        return {**shape, name: evolve(slot, presence="absent")} if absent else None
    presence: Presence = "optional" if absent else "required" if slot.presence == "required" else "demanded"
    return {**shape, name: evolve(slot, presence=presence, values=values)}


def _claimed(claim: Claim, shape: Shape) -> list[Shape]:
    """Return the shapes in which a claim holds: none, one, or one for each field of several that could be given."""
    match claim:
        case Given(fields=names) if any(shape[name].size == "given" for name in names):
            return [shape]
        case Given(fields=names):
            kept: list[Shape] = []
            for name in names:
                given = _given(shape, name)
                kept += [given] if given else []
                left = _empty(shape, name)
                if not left:
                    break
                shape = left
            return kept
        case NotGiven(field=name):
            empty = _empty(shape, name)
            return [empty] if empty else []
        case OneOf(field=name, limit=limit):
            return _limited(shape, name, limit)
        case _:
            assert_never(claim)


def _given(shape: Shape, name: str) -> Shape | None:
    slot = shape[name]
    if slot.presence == "absent" or slot.size == "empty":
        return None
    presence: Presence = "required" if slot.presence == "required" else "demanded"
    values = None if slot.values is None else tuple(value for value in slot.values if value != "")
    return {**shape, name: evolve(slot, presence=presence, values=values, size="given")}


def _empty(shape: Shape, name: str) -> Shape | None:
    slot = shape[name]
    if slot.size == "given":
        return None
    if (
        slot.rules.field.type in SIZED
        and not slot.rules.limit(MinLength)
        and slot.values is None
        and slot.presence != "absent"
    ):
        return {**shape, name: evolve(slot, size="empty")}
    return {**shape, name: evolve(slot, presence="absent")} if slot.presence in ("absent", "optional") else None


def _limited(shape: Shape, name: str, limit: tuple[Value, ...]) -> list[Shape]:
    slot = shape[name]
    default = slot.rules.default
    absent = slot.presence in ("absent", "optional") and (default is None or default in limit)
    values = limit if slot.values is None else tuple(value for value in slot.values if value in limit)
    narrowed = _narrowed(shape, name, values, absent=absent)
    return [narrowed] if narrowed else []
