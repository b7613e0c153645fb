"""The generated lister: what is wrong with a request, found by straight-line Python and told by the explanation.

It lists what the explanation would, in its order, where a body is made of exact built-in types without null, and gives
up otherwise. A field reads like this:

    v3 = body.get(k8)
    if v3 is not None:
        if type(v3) is not str: faults.append(say(4, v3)); bad |= 2
        elif len(v3) > k9: faults.append(say(5, v3)); bad |= 2
"""

from collections.abc import Callable, Iterable
from typing import Any

from attrs import frozen

from pricing_rules.answers import Violation
from pricing_rules.body import ABSENT
from pricing_rules.catalog import Field
from pricing_rules.constraints import Constraint, NotAllowed, Required, Rule
from pricing_rules.rulebook import FieldRules, Rulebook
from pricing_rules.targets.python_code import Code, breaks, condition, items

EXACT = frozenset((str, int, float, bool, list, dict))
MAX_UNKNOWN = 20  # unknown keys of one request; the explanation tells more of them otherwise
Say = Callable[[int, object], Violation]
Tell = Callable[[int, object], Iterable[Violation]]
Lister = Callable[[dict[str, Any], Say, Tell], list[Violation] | None]


@frozen(eq=False)
class Broken:
    """A constraint of a field that a value breaks."""

    constraint: Constraint
    field: Field


@frozen(eq=False)
class Unknown:
    """Keys that an object does not know; the value of such a fault is the key."""

    path: tuple[str, ...]
    known: tuple[str, ...]


@frozen(eq=False)
class Items:
    """Items of an array that are no URLs; the value of such a fault is the array."""

    field: Field


About = Broken | Unknown | Items | Rule


def lister_of(book: Rulebook) -> tuple[Lister, tuple[About, ...]]:
    """Return the lister of a model's requests, and what each of its faults is about, by number.

    What it calls `say`, and `tell` for several faults, with is the number of a fault and its value: the wrong one,
    ABSENT, or for a rule across fields whether one of the fields that it is about is there.
    """
    code, about = Code(), list[About]()
    code.write("bad = 0", "faults = []")
    variables, unknown = _fields(code, book, about)
    bits = {name: 1 << place for place, name in enumerate(book.fields)}
    for rule in book.rules:
        wrong = breaks(code, book, variables, rule)
        if wrong != "False":
            mask = sum(bits[name] for name in rule.reads if name in bits)
            there = " or ".join(f"{variables[name]} is not None" for name in rule.about)
            code.write(f"if not bad & {mask} and {wrong}: {_say(about, rule, there)}")
    for keys, number in unknown:
        code.write(f"for key in {keys}: faults.append(say({number}, key))")
    code.write("return faults")
    return code.function("faults", "body, say, tell"), tuple(about)


def _fields(code: Code, book: Rulebook, about: list[About]) -> tuple[dict[str, str], list[tuple[str, int]]]:
    """Write the reading of every field; return what stands for each, and the unknown keys of each object."""
    variables: dict[str, str] = {}
    objects: dict[tuple[str, ...], str] = {(): "body"}
    unknown = [_keys(code, book, (), "body", about)]
    for place, (name, rules) in enumerate(book.fields.items()):
        path, value = rules.field.segments, f"v{place}"
        variables[name] = value
        code.write(f"{value} = {objects[path[:-1]]}.get({code.constant(path[-1])})")
        if rules.field.type == "object":
            code.write(f"if type({value}) is not dict: return None")
            objects[path] = value
            unknown.append(_keys(code, book, path, value, about))
        elif name != "model":
            _field(code, rules, value, 1 << place, about)
    return variables, unknown


def _keys(code: Code, book: Rulebook, path: tuple[str, ...], value: str, about: list[About]) -> tuple[str, int]:
    """Write the look at the keys and types of an object; return its unknown keys and the number of such a fault."""
    known = tuple(rules.field.segments[-1] for rules in book.fields.values() if rules.field.segments[:-1] == path)
    code.write(
        f"u{value} = []",
        f"for key, item in {value}.items():",
        f"    if type(key) is not str or type(item) not in {code.constant(EXACT)}: return None",
        f"    if key not in {code.constant(frozenset(known))}: u{value}.append(key)",
        f"if len(u{value}) > {MAX_UNKNOWN}: return None",
    )
    about.append(Unknown(path, known))
    return f"u{value}", len(about) - 1


def _field(code: Code, rules: FieldRules, value: str, bit: int, about: list[About]) -> None:
    branches, absent = [], ""
    for constraint in rules.constraints:
        said = _say(about, Broken(constraint, rules.field), "ABSENT" if isinstance(constraint, Required) else value)
        if isinstance(constraint, Required):
            absent = f"{said}; bad |= {bit}"
        elif wrong := "True" if isinstance(constraint, NotAllowed) else condition(code, constraint, rules.field, value):
            branches.append(f"if {wrong}: {said}; bad |= {bit}")
    chain = [f"    {'el' if place else ''}{branch}" for place, branch in enumerate(branches)]
    code.write(f"if {value} is not None:", *chain)
    if rules.field.type == "urls":
        about.append(Items(rules.field))
        then = f"faults.extend(tell({len(about) - 1}, {value})); bad |= {bit}; break"
        code.write(f"if type({value}) is list:", *(f"    {line}" for line in items(code, rules, value, then)))
    if absent:
        code.names["ABSENT"] = ABSENT
        code.write(f"else: {absent}")


def _say(about: list[About], fault: About, value: str) -> str:
    about.append(fault)
    return f"faults.append(say({len(about) - 1}, {value}))"
