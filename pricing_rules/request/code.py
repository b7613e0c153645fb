"""What generated Python is made of: the conditions of constraints and rules, and constants instead of a catalog's text.

What a catalog says stands in the namespace of a function, as k0, k1 and so on, and never in its source.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, assert_never

from attrs import Factory, frozen

from pricing_rules.answers import Value
from pricing_rules.catalog.constraints import (
    URL_PREFIXES,
    Claim,
    Constraint,
    Given,
    Maximum,
    MaxItems,
    MaxLength,
    Minimum,
    MinLength,
    NotAllowed,
    NotGiven,
    OfType,
    OneOf,
    Required,
    Rule,
    Type,
    Url,
)
from pricing_rules.catalog.records import Field
from pricing_rules.catalog.rulebook import FieldRules, Rulebook

WRONG_TYPE: Mapping[Type, str] = {
    **dict.fromkeys(("string", "url"), "type({0}) is not str"),
    **dict.fromkeys(("object", "opaque"), "type({0}) is not dict"),
    "urls": "type({0}) is not list",
    "boolean": "type({0}) is not bool",
    "integer": "type({0}) is not int and (type({0}) is not float or not {0}.is_integer())",
    "number": "type({0}) is not int and (type({0}) is not float or {0} - {0} != 0)",
}


@frozen(eq=False, repr=False)
class Code:
    """Source that holds no text of a catalog, and the constants that it names."""

    names: dict[str, Any] = Factory(dict)
    lines: list[str] = Factory(list)

    def constant(self, value: object) -> str:
        """Return the name of a constant."""
        self.names[name := f"k{len(self.names)}"] = value
        return name

    def write(self, *lines: str) -> None:
        """Write lines of the function's body."""
        self.lines.extend(f"    {line}" for line in lines)

    def function(self, name: str, arguments: str) -> Callable[..., Any]:
        """Compile what was written as the body of a function."""
        names, source = dict(self.names), "\n".join((f"def {name}({arguments}):", *self.lines))
        exec(compile(source, f"<{name}>", "exec"), names)  # noqa: S102 -- it holds no text of a catalog
        made: Callable[..., Any] = names[name]
        return made


def condition(code: Code, constraint: Constraint, field: Field, value: str) -> str | None:
    """Return when a present value breaks a constraint that the ones before it leave to judge.

    Returns:
        None where the key alone decides, or the items of an array.
    """
    match constraint:
        case Required() | NotAllowed():
            return None
        case OfType(limit=kind):
            return WRONG_TYPE[kind].format(value)
        case OneOf(limit=values):
            return f"{value} not in {code.constant(frozenset(values))}"
        case Minimum(limit=limit):
            return f"{value} < {code.constant(limit)}"
        case Maximum(limit=limit):
            return f"{value} > {code.constant(limit)}"
        case MinLength(limit=limit):
            return f"len({value}) < {code.constant(limit)}"
        case MaxLength(limit=limit) | MaxItems(limit=limit):
            return f"len({value}) > {code.constant(limit)}"
        case Url() if field.type == "urls":
            return None
        case Url():
            urls = code.constant(URL_PREFIXES)
            return f"not {value}.startswith({urls}) or {value} in {urls}"
        case _:
            assert_never(constraint)


def items(code: Code, rules: FieldRules, value: str, *then: str) -> Iterator[str]:
    """Yield the lines that look for an item of an array which is no URL, and what is done then."""
    if rules.field.type == "urls":
        urls = code.constant(URL_PREFIXES)
        yield f"for item in {value}:"
        yield f"    if type(item) is not str or not item.startswith({urls}) or item in {urls}:"
        yield from (f"        {line}" for line in then)


def broken(code: Code, book: Rulebook, variables: Mapping[str, str], rule: Rule) -> str:
    """Return when a request breaks a rule across fields, without what this model decides; "False" where it cannot."""
    when = []
    for one in rule.when:
        possible = _possible(book, book.fields[one.field])
        if possible and possible.isdisjoint(one.limit):
            return "False"
        if not possible or not possible <= {*one.limit}:
            when.append(f"{_effective(code, book, variables, one.field)} {_among(code, one.limit)}")
    then = " and ".join(_holds(code, book, variables, claim) for claim in rule.then)
    return " and ".join((*when, f"not ({then})"))


def _possible(book: Rulebook, rules: FieldRules) -> set[Value | None]:
    """Return what a valid field can count as, nothing where its values are open."""
    listed, path = rules.limit(OneOf), rules.field.segments
    way = {path[:length] for length in range(1, len(path) + 1)}
    is_always_there = all(other.is_required for other in book.fields.values() if other.field.segments in way)
    return {*listed, *(() if is_always_there else (rules.default,))} if listed else set()


def _holds(code: Code, book: Rulebook, variables: Mapping[str, str], claim: Claim) -> str:
    match claim:
        case Given(fields=names):
            return f"({' or '.join(given(book, variables, name) for name in names)})"
        case NotGiven(field=name):
            return f"not ({given(book, variables, name)})"
        case OneOf(field=name, limit=values):
            value = _effective(code, book, variables, name)
            return f"({value} is None or {value} {_among(code, values)})"
        case _:
            assert_never(claim)


def _among(code: Code, values: tuple[Value, ...]) -> str:
    return f"== {code.constant(values[0])}" if len(values) == 1 else f"in {code.constant(values)}"


def _effective(code: Code, book: Rulebook, variables: Mapping[str, str], name: str) -> str:
    default, value = book.fields[name].default, variables[name]
    return value if default is None else f"({code.constant(default)} if {value} is None else {value})"


def given(book: Rulebook, variables: Mapping[str, str], name: str) -> str:
    """Return the condition under which a valid value is present and not empty."""
    never_empty = book.fields[name].field.type in ("integer", "number", "boolean")
    return f"{variables[name]} is not None" if never_empty else variables[name]
