"""Requests that one side takes and the other refuses, or the proof from the shapes alone that there are none.

Shapes are all requests that a side takes, and the fields of a shape are independent of each other. So a rule of one
field refuses a request of the other side exactly if it refuses a value that the field can have in one of its shapes.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from attrs import evolve

from pricing_rules.answers import Violation
from pricing_rules.catalog.canonical import same
from pricing_rules.catalog.constraints import (
    Maximum,
    MaxItems,
    MaxLength,
    Minimum,
    MinLength,
    OfType,
    OneOf,
    Required,
    Rule,
)
from pricing_rules.catalog.formula import PARAMETERS
from pricing_rules.catalog.records import Catalog
from pricing_rules.catalog.rulebook import FieldRules
from pricing_rules.errors import Inexpressible
from pricing_rules.request.explanation import breaks
from pricing_rules.request.validate import validate
from pricing_rules.targets.shapes import Shape, Slot, breaking, present
from pricing_rules.tariffs.bodies import as_json, body_of, is_listed, possible
from pricing_rules.tariffs.side import Side

UPPER = (Maximum.kind, MaxLength.kind, MaxItems.kind)
LOWER = (Minimum.kind, MinLength.kind)
PRESENCE = "presence"  # the field itself is refused


class Proof(NamedTuple):
    """An example as JSON text, or none; `is_certain` with none: that there is none is proven."""

    example: str | None
    is_certain: bool


NEVER, UNKNOWN = Proof(None, is_certain=True), Proof(None, is_certain=False)
Attempt = tuple[Shape, Mapping[str, Any]]


def of_field(taker: Side, refuser: Side, wire: str, kind: str) -> Proof:
    """Look for a request that one side takes and the other refuses by a kind of constraint on a field."""
    rules = refuser.rules(wire)
    if _keeps_to(taker.rules(wire), rules, kind):
        return NEVER
    certain = taker.exact is not None
    for shape in taker.shapes:
        if kind == Required.kind:
            bodies = _bodies(_without(taker, shape, wire) if rules and rules.is_required else ())
        else:
            name = taker.names[wire]
            bodies = _bodies(_with(shape, name, rules, kind))
            certain = certain and is_listed(shape[name], rules)
        found = _first(bodies, lambda body: _is_refused(taker, refuser, body, lambda fault: _is_about(fault, wire)))
        if found:
            return Proof(found, is_certain=True)
        certain = certain and not bodies
    return Proof(None, is_certain=certain)


def of_rule(taker: Side, refuser: Side, rule: Rule) -> Proof:
    """Look for a request that one side takes and the other refuses by a rule across fields."""
    certain = taker.exact is not None
    try:
        for shape in taker.shapes:
            seen = _as_seen(taker, refuser, rule, shape)
            bodies = _bodies(_breaking(refuser, rule, seen)) if seen else []
            found = _first(bodies, lambda body: _is_refused(taker, refuser, body, lambda fault: fault.rule == rule.id))
            if found:
                return Proof(found, is_certain=True)
            certain = certain and not bodies
    except Inexpressible:
        return UNKNOWN
    return Proof(None, is_certain=certain)


def of_model(taker: Side, refuser: Catalog) -> Proof:
    """Look for a request that a side takes and another catalog, which lacks its model, refuses."""
    bodies = _bodies((shape, {}) for shape in taker.shapes)
    return Proof(_first(bodies, lambda body: not taker.faults(body) and validate(refuser, body)), is_certain=False)


def of_price(pricing: Side, other: Side, left_out: str = "") -> Proof:
    """Look for a request that both sides take and only one can price, perhaps one that leaves a parameter out."""

    def is_priced_by_one(body: object) -> bool:
        is_taken = not pricing.faults(body) and not other.faults(body)
        return is_taken and pricing.quote(body) is not None and other.quote(body) is None

    bodies = _bodies(_priced(shape, other, left_out) for shape in pricing.shapes)
    return Proof(_first(bodies, is_priced_by_one), is_certain=False)


def together(proofs: Iterable[Proof]) -> Proof:
    """Return the first example of several looks for one, or whether all are sure that there is none."""
    every = list(proofs)
    found = next((proof for proof in every if proof.example), None)
    return found or Proof(None, is_certain=all(proof.is_certain for proof in every))


def _with(shape: Shape, name: str, rules: FieldRules | None, kind: str) -> Iterator[Attempt]:
    """Yield how a field can be there with a value that the other side refuses by a kind of constraint."""
    there = present(shape, name)
    values = (value for value in possible(shape[name], rules) if _broken_kind(rules, value) == kind)
    yield from ((there, {name: value}) for value in values if there)


def _without(taker: Side, shape: Shape, wire: str) -> Iterator[Attempt]:
    """Yield how a field can be absent from an object that is there."""
    name, around = taker.names.get(wire), taker.names.get(wire.rpartition("/")[0])
    wide = present(shape, around) if around else shape
    if wide and (name is None or wide[name].presence in ("absent", "optional")):
        yield ({**wide, name: evolve(wide[name], presence="absent")} if name else wide), {}


def _priced(shape: Shape, other: Side, left_out: str) -> Attempt:
    """Return how all that a price depends on can be there, but for what is left out, as both sides take it."""
    chosen: dict[str, Any] = {}
    for name in (name for name in PARAMETERS if name in shape and name != left_out):
        slot, there = shape[name], present(shape, name)
        theirs = other.rules(slot.rules.field.wire)
        values = [value for value in possible(slot, theirs) if theirs and _takes(theirs, value)]
        if there and values:
            shape, chosen = there, {**chosen, name: values[0]}
    return shape, chosen


def _broken_kind(rules: FieldRules | None, value: object) -> str | None:
    if rules is None:
        return PRESENCE
    if rules.field.type == "object" and value:
        return OfType.kind  # its keys are unknown
    return next((constraint.kind for constraint in rules.constraints if breaks(constraint, value)), None)


def _as_seen(taker: Side, refuser: Side, rule: Rule, shape: Shape) -> Shape | None:
    """Return a shape as a rule of the other side sees it, None where that judges other rules first.

    Raises:
        Inexpressible: a field that the rule reads is one of another kind here.
    """
    for name in rule.reads:
        theirs = refuser.book.fields[name]
        seen = _with_slot_of(taker, theirs, shape)
        slot = seen[name]
        values = None if slot.values is None else tuple(value for value in slot.values if _takes(theirs, value))
        slot = evolve(slot, rules=evolve(slot.rules, default=theirs.default), values=values)
        if slot.presence != "absent" and (not theirs.is_taken or values == ()):
            if slot.presence != "optional":
                return None
            slot = evolve(slot, presence="absent")
        shape = {**seen, name: slot}
        if theirs.is_required and slot.around is None:
            there = present(shape, name)
            if there is None:
                return None
            shape = there
    return shape


def _with_slot_of(taker: Side, theirs: FieldRules, shape: Shape) -> Shape:
    """Return a shape in which a field of the other side has a slot: an absent one where it is at a place of its own."""
    name = theirs.field.id
    if name in shape and shape[name].rules.field.segments == theirs.field.segments:
        if shape[name].rules.field.type == theirs.field.type:
            return shape
    elif theirs.field.wire not in taker.names and "object" not in _types(name, taker, theirs):
        moved = {f"{key} here" if key == name else key: slot for key, slot in shape.items()}
        return {**moved, name: Slot(theirs, None, "absent", None)}
    raise Inexpressible(f"{name} is a field of another kind here")


def _types(name: str, taker: Side, theirs: FieldRules) -> tuple[str, ...]:
    ours = taker.book.fields.get(name)
    return theirs.field.type, *((ours.field.type,) if ours else ())


def _breaking(refuser: Side, rule: Rule, shape: Shape) -> Iterator[Attempt]:
    """Yield how a rule can be broken by values that the other side takes one by one."""
    for broken in breaking(rule, shape):
        chosen: dict[str, Any] = {}
        for name in (name for name in rule.reads if broken[name].presence in ("required", "demanded")):
            theirs = refuser.book.fields[name]
            chosen[name] = next((value for value in possible(broken[name], theirs) if _takes(theirs, value)), None)
        if None not in chosen.values():
            yield broken, chosen


def _takes(rules: FieldRules, value: object) -> bool:
    return not any(breaks(constraint, value) for constraint in rules.constraints)


def _bodies(attempts: Iterable[Attempt]) -> list[dict[str, Any]]:
    return [body for body in (body_of(*attempt) for attempt in attempts) if body is not None]


def _first(bodies: Iterable[dict[str, Any]], proves: Callable[[dict[str, Any]], object]) -> str | None:
    return next((as_json(body) for body in bodies if proves(body)), None)


def _keeps_to(ours: FieldRules | None, theirs: FieldRules | None, kind: str) -> bool:
    """Tell whether a limit of one side is within that of the other."""
    here, there = (_limit(rules, kind) if rules else None for rules in (ours, theirs))
    if here is None or there is None:
        return False
    if kind == OneOf.kind:
        return all(any(same(value, other) for other in there) for value in here)
    return (kind in UPPER and here <= there) or (kind in LOWER and here >= there)


def _limit(rules: FieldRules, kind: str) -> Any:  # noqa: ANN401 -- of the kind's own type
    return next((getattr(each, "limit", None) for each in rules.constraints if each.kind == kind), None)


def _is_refused(taker: Side, refuser: Side, body: object, is_meant: Callable[[Violation], bool]) -> bool:
    return not taker.faults(body) and any(map(is_meant, refuser.faults(body)))


def _is_about(fault: Violation, wire: str) -> bool:
    """Tell whether a fault is told at a field, at what it holds, at an object around it, or of the model."""
    if fault.rule.startswith("model."):
        return True
    return fault.path == wire or fault.path.startswith(f"{wire}/") or wire.startswith(f"{fault.path}/")
