"""Where the rules of a model differ between two sides, and which requests notice it."""

from collections.abc import Iterator, Mapping
from typing import Any

from pricing_rules.answers import Limit
from pricing_rules.catalog.canonical import Fact, same
from pricing_rules.catalog.constraints import Constraint, rule_id, rule_sentence, sentence
from pricing_rules.catalog.formula import PARAMETERS
from pricing_rules.request.explanation import broken_rule
from pricing_rules.spelling import listed, shown
from pricing_rules.tariffs.change import Effect
from pricing_rules.tariffs.difference import Difference, directed
from pricing_rules.tariffs.proof import PRESENCE, of_field, of_price, of_rule, together
from pricing_rules.tariffs.side import Side

Facts = Mapping[str, Any]  # values by name


def model_differences(wire: str, before: Facts, after: Facts) -> Iterator[Difference]:
    """Yield how the facts of a model itself differ; `wire` is where a request names it."""
    for name in _unequal(before, after):
        was, now = before.get(name), after.get(name)
        message = f"Its {name.replace('.', ' ')}: {_told(now)}; before: {_told(was)}."
        if name == "endpoint":
            yield Difference("model.endpoint", "refuses", wire, message, was, now)
            yield Difference("model.endpoint", "accepts", wire, message, was, now)
        else:
            yield Difference(f"model.{name}", "answers", wire, message, was, now)


def field_differences(old: Side, new: Side, wire: str, before: Facts, after: Facts) -> Iterator[Difference]:
    """Yield how the rules of one field differ."""
    was, now = (side.rules(wire) is not None for side in (old, new))
    if was != now:
        name = str(after.get("name", before.get("name")))
        kind, said = ("field.added", "is taken; it was not") if now else ("field.removed", "is no longer taken")
        told = Difference(
            kind, "none", wire, f"'{_spoken(wire)}' {said}.", name if was else None, name if now else None
        )
        refuses = of_field(old, new, wire, PRESENCE if was else "required")
        accepts = of_field(new, old, wire, PRESENCE if now else "required")
        yield from directed(told, refuses, accepts)
    elif not before or not after:
        yield Difference("field.unknown", "none", wire, f"'{_spoken(wire)}' is refused as before, for another reason.")
    else:
        for fact in _unequal(before, after):
            yield from _fact_differences(old, new, wire, fact, before, after)


def left_out_differences(old: Side, new: Side) -> Iterator[Difference]:
    """Yield the parameters that a request could leave out and have a price, and no longer can, or the reverse."""
    if old.price is None or new.price is None:
        return
    for name in PARAMETERS:
        rules = [side.book.fields.get(name) for side in (old, new)]
        has_price = [side.can_do_without(name) for side in (old, new)]
        if has_price[0] != has_price[1] and not any(each and each.is_taken and each.is_required for each in rules):
            field = next(each.field for each in reversed(rules) if each)
            proof = of_price(old, new, name) if has_price[0] else of_price(new, old, name)
            effect: Effect = "unprices" if has_price[0] else "prices"
            message = f"A request without '{field.name}' now has {'no' if has_price[0] else 'a'} price."
            was, now = (side.default(name) for side in (old, new))
            yield Difference(f"{name}.default", effect, field.wire, message, was, now, example=proof.example)


def rule_differences(
    old: Side, new: Side, rule: str, before: tuple[Fact, ...], after: tuple[Fact, ...]
) -> Iterator[Difference]:
    """Yield how a rule across fields differs."""
    rules = [[each for each in side.book.rules if each.id == rule] for side in (old, new)]
    side, found = (new, rules[1][0]) if rules[1] else (old, rules[0][0])
    path = broken_rule(side.book, found, present=False).path
    contents, bases = (
        [[value for name, value in facts if name == part] for facts in (before, after)] for part in ("rule", "basis")
    )
    if not same(*contents):
        was, now = (
            " and ".join(rule_sentence(each, _names(side)) for each in found)
            for side, found in zip((old, new), rules, strict=True)
        )
        told = Difference(rule, "none", path, _instead(was, now), was or None, now or None)
        refuses = together(of_rule(old, new, each) for each in rules[1]) if rules[1] else None
        accepts = together(of_rule(new, old, each) for each in rules[0]) if rules[0] else None
        yield from directed(told, refuses, accepts)
    else:
        was, now = (str(basis[0][0]) for basis in bases)
        yield Difference(f"{rule}.basis", "answers", path, f"The rule {rule} is {now}; it was {was}.", was, now)


def _fact_differences(old: Side, new: Side, wire: str, fact: str, before: Facts, after: Facts) -> Iterator[Difference]:
    name, was, now = after["name"], before.get(fact), after.get(fact)
    constraint = fact.removesuffix(".basis")
    if fact == "default":
        yield from _default_differences(old, new, wire, was, now)
    elif fact in ("name", "makes_inferred"):
        message = f"The {fact.replace('_', ' ')} of '{_spoken(wire)}': {_told(now)}; before: {_told(was)}."
        yield Difference(f"field.{fact}", "answers", wire, message, was, now)
    elif fact == constraint:
        yield from _constraint_differences(old, new, wire, fact)
    elif constraint in before and constraint in after:  # else the constraint itself tells
        message = f"The {constraint.replace('_', ' ')} of '{_spoken(wire)}' is {now}; it was {was}."
        yield Difference(f"{name}.{fact}", "answers", wire, message, was, now)


def _default_differences(old: Side, new: Side, wire: str, was: Any, now: Any) -> Iterator[Difference]:  # noqa: ANN401
    """Yield who notices another default: rules across fields that read it, the parameters of a quote, or nobody."""
    name = new.names[wire]
    refuses = together(of_rule(old, new, rule) for rule in new.book.rules if name in rule.reads)
    accepts = together(of_rule(new, old, rule) for rule in old.book.rules if name in rule.reads)
    message = f"Without '{_spoken(wire)}', {_told(now)} counts; before: {_told(was)}."
    for told in directed(Difference(f"{name}.default", "none", wire, message, was, now), refuses, accepts):
        is_quoted = name in PARAMETERS and told.effect == "none" and was is not None and now is not None
        yield Difference(told.kind, "answers", wire, message, was, now) if is_quoted else told


def _constraint_differences(old: Side, new: Side, wire: str, kind: str) -> Iterator[Difference]:
    was, now = (_constraint(side, wire, kind) for side in (old, new))
    said = (sentence(each, _spoken(wire)) if each else "" for each in (was, now))
    told = Difference(rule_id(now or was), "none", wire, _instead(*said), _limit(was), _limit(now))  # type: ignore[arg-type]
    refuses = of_field(old, new, wire, kind) if now else None
    accepts = of_field(new, old, wire, kind) if was else None
    yield from directed(told, refuses, accepts)


def _constraint(side: Side, wire: str, kind: str) -> Constraint | None:
    rules = side.rules(wire)
    return next((each for each in rules.constraints if each.kind == kind), None) if rules else None


def _limit(constraint: Constraint | None) -> Limit | None:
    return getattr(constraint, "limit", constraint.kind) if constraint else None


def _unequal(before: Facts, after: Facts) -> Iterator[str]:
    return (name for name in dict.fromkeys((*before, *after)) if not same(before.get(name), after.get(name)))


def _instead(was: str, now: str) -> str:
    if not now:
        return f"No longer: {was}."
    return f"{now}. Before: {was}." if was else f"{now}. Before, it need not."


def _told(value: object) -> str:
    return "nothing" if value is None else listed(value, "and") if isinstance(value, tuple) else shown(value)


def _spoken(wire: str) -> str:
    """Write a place on the wire as messages do: its keys, joined by dots."""
    return ".".join(key.replace("~1", "/").replace("~0", "~") for key in wire.split("/")[1:])


def _names(side: Side) -> dict[str, str]:
    return {name: rules.field.name for name, rules in side.book.fields.items()}
