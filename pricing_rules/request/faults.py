"""The generated lister: what is wrong with a request, found by straight-line Python and told by the explanation.

It lists what the explanation would, in its order, where a body is made of exact built-in types, and gives up otherwise.
A field reads like this:

    v3 = body.get(k8, ABSENT)
    if v3 is ABSENT: v3 = None
    else:
        nbody += 1
        if type(v3) is not str:
            if type(v3) not in exact: return None
            faults.append(once(shared, k9, k9, v3)); bad |= 2
        elif len(v3) > k10:
            faults.append(once(shared, k11, k11, v3)); bad |= 2
"""

from collections.abc import Callable, Hashable
from types import NoneType
from typing import Any

from attrs import frozen

from pricing_rules.answers import Violation
from pricing_rules.catalog.constraints import Constraint, NotAllowed, OfType, Required, Rule
from pricing_rules.catalog.records import Endpoint, Field
from pricing_rules.catalog.rulebook import FieldRules, Rulebook
from pricing_rules.request.body import ABSENT
from pricing_rules.request.check import EXACT, elsewhere
from pricing_rules.request.code import Code, broken, condition, items
from pricing_rules.request.unknown_keys import MAX_MATCHED
from pricing_rules.spelling import MAX_SHOWN

CACHED = frozenset((int, bool, NoneType, type(ABSENT)))  # not float: 0.0 equals -0.0 and is written otherwise
MAX_SHARED = 10_000  # violations that a catalog keeps
MAX_INTEGER = 10**18
Shared = dict[Hashable, Violation]
Lister = Callable[..., tuple[Violation, ...] | None]  # of a body, an endpoint and the id of the model


@frozen(eq=False, repr=False)
class Broken:
    """A constraint of a field that a value breaks."""

    constraint: Constraint
    field: Field


@frozen(eq=False, repr=False)
class Unknown:
    """A key that an object does not know; the value of such a fault is the key."""

    path: tuple[str, ...]
    known: tuple[str, ...]


@frozen(eq=False, repr=False)
class Items:
    """Items of an array that are no URLs; the value of such a fault is the array."""

    field: Field


About = Broken | Unknown | Items | Rule
Say = Callable[[Any], Violation]
Saying = Callable[[About], Callable[[Any], Any]]


def once(shared: Shared, say: Say, about: Hashable, value: Any) -> Violation:  # noqa: ANN401 -- any value of a body
    """Return what is said about a value; of short values the same violation while it is kept."""
    kind = type(value)
    is_short = len(value) <= MAX_SHOWN if kind is str else kind in CACHED
    if not is_short or (kind is int and value.bit_length() > MAX_SHOWN):
        return say(value)
    key = (about, kind, value)
    found = shared.get(key)
    if found is None:
        if len(shared) >= MAX_SHARED:
            shared.clear()
        shared[key] = found = say(value)
    return found


def lister_of(endpoint: Endpoint, book: Rulebook, shared: Shared, saying: Saying) -> Lister:
    """Return the lister of a model's requests.

    Args:
        endpoint: the one of the model.
        book: its rules.
        shared: the violations that are shared.
        saying: returns what tells of a fault by its value: the wrong one, ABSENT, for a rule across fields whether one
            of the fields that it is about is there; of items it tells each fault.
    """
    code = Code({"ABSENT": ABSENT, "exact": EXACT, "once": once, "shared": shared, "add": _add})
    elsewhere(code, endpoint)
    code.write("bad = 0", "faults = []")
    variables, objects = _fields(code, book, saying)
    bits = {name: 1 << place for place, name in enumerate(book.fields)}
    for rule in book.rules:
        wrong = broken(code, book, variables, rule)
        if wrong != "False":
            mask = sum(bits[name] for name in rule.reads)
            there = " or ".join(f"{variables[name]} is not None" for name in rule.about)
            code.write(f"if not bad & {mask} and {wrong}: add(faults, {_said(code, saying, rule, there)})")
    code.write(f"most = len(faults) + {MAX_MATCHED}")
    for path, value in objects.items():
        _unknown(code, book, path, value, saying)
    code.write("return tuple(faults)")
    return code.function("faults", "body, place, model")


def _fields(code: Code, book: Rulebook, saying: Saying) -> tuple[dict[str, str], dict[tuple[str, ...], str]]:
    """Write the reading of every field; return what stands for each, and for each object that holds fields."""
    variables: dict[str, str] = {}
    objects: dict[tuple[str, ...], str] = {(): "body"}
    code.write("nbody = 0")
    for place, (name, rules) in enumerate(book.fields.items()):
        path, value = rules.field.segments, f"v{place}"
        around, variables[name] = objects[path[:-1]], value
        code.write(f"{value} = {around}.get({code.constant(path[-1])}, ABSENT)")
        if rules.field.type == "object":
            objects[path] = _object(code, book, rules, around, value)
        elif name == "model":
            code.write(f"n{around} += 1")
        else:
            _field(code, rules, around, value, 1 << place, saying)
    return variables, objects


def _object(code: Code, book: Rulebook, rules: FieldRules, around: str, value: str) -> str:
    """Write the reading of an object that holds fields, and return what stands for it: empty where it may be absent."""
    path = rules.field.segments
    inside = [other for other in book.fields.values() if other.field.segments[: len(path)] == path]
    code.write(
        f"if {value} is ABSENT: {'return' if any(other.is_required for other in inside) else value + ' ='} None",
        f"elif type({value}) is not dict: return None",
        f"else: n{around} += 1",
        f"in{value} = {value} or {{}}",
        f"nin{value} = 0",
    )
    return f"in{value}"


def _field(code: Code, rules: FieldRules, around: str, value: str, bit: int, saying: Saying) -> None:
    def faulty(constraint: Constraint, value: str) -> str:
        return f"faults.append({_said(code, saying, Broken(constraint, rules.field), value)}); bad |= {bit}"

    code.write(f"if {value} is ABSENT:", f"    {value} = None")
    code.write(*(f"    {faulty(demand, 'ABSENT')}" for demand in rules.constraints if isinstance(demand, Required)))
    code.write("else:", f"    n{around} += 1")
    start = "if"
    for constraint in rules.constraints:
        wrong = "True" if isinstance(constraint, NotAllowed) else condition(code, constraint, rules.field, value)
        if wrong:
            inexact = (f"        if type({value}) not in exact: return None",) if isinstance(constraint, OfType) else ()
            code.write(f"    {start} {wrong}:", *inexact, f"        {faulty(constraint, value)}")
            start = "elif"
    if rules.field.type == "urls":
        tell = f"faults.extend({code.constant(saying(Items(rules.field)))}({value})); bad |= {bit}; break"
        lines = items(code, rules, value, "if type(item) not in exact: return None", tell)
        code.write(f"    if type({value}) is list:", *(f"        {line}" for line in lines))


def _unknown(code: Code, book: Rulebook, path: tuple[str, ...], value: str, saying: Saying) -> None:
    """Write the look for unknown keys of an object, if it has more keys than those that were read."""
    known = book.keys[path]
    code.write(
        f"if len({value}) != n{value}:",
        f"    for key in {value}:",
        f"        if key not in {code.constant(frozenset(known))}:",
        "            if type(key) is not str or len(faults) == most: return None",
        f"            faults.append({_said(code, saying, Unknown(path, known), 'key')})",
    )


def _said(code: Code, saying: Saying, fault: About, value: str) -> str:
    say = code.constant(saying(fault))
    return f"once(shared, {say}, {say}, {value})"


def _add(faults: list[Violation], violation: Violation) -> None:
    """Add the violation of a rule across fields unless there is one at its path."""
    if all(fault.path != violation.path for fault in faults):
        faults.append(violation)
