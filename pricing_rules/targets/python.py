"""The generated check: straight-line Python for each model, from the same constraints as every other target.

It says yes only to exact built-in types that it is sure of, and leaves the rest to the explanation. What a catalog says
stands in the namespace of the function, as k0, k1 and so on, and never in its source. A check reads like this:

    nbody = 2                           # keys that every valid request has
    v3 = body.get(k8)
    if v3 is not None:
        nbody += 1
        if type(v3) is not str: return None
    if len(body) != nbody: return None  # a key is missing, unknown or not taken
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, assert_never

from attrs import Factory, frozen

from pricing_rules.answers import Value
from pricing_rules.catalog import Catalog, Field, Model
from pricing_rules.constraints import (
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
from pricing_rules.formula import PARAMETERS
from pricing_rules.rulebook import FieldRules, Rulebook, rulebook

Point = tuple[object, ...]
Check = Callable[[object, object], Point | None]
WRONG_TYPE: Mapping[Type, str] = {
    **dict.fromkeys(("string", "url"), "type({0}) is not str"),
    **dict.fromkeys(("object", "opaque"), "type({0}) is not dict"),
    "urls": "type({0}) is not list",
    "boolean": "type({0}) is not bool",
    "integer": "type({0}) is not int and (type({0}) is not float or not {0}.is_integer())",
    "number": "type({0}) is not int and (type({0}) is not float or {0} - {0} != 0)",
}


def check_of(catalog: Catalog) -> Check:
    """Return the check of a body and the endpoint that it goes to, if the caller names one; kept with the catalog.

    Returns:
        What answers with the point of a request that is certainly valid, None where the explanation decides. Requests
        with equal points have equal quotes: a point is the model, the values of the priced parameters, None where the
        request leaves one out, and which remarks on a quote hold.
    """
    check: Check = catalog.compiled.get("check") or catalog.compiled.setdefault("check", _any_model(catalog))
    return check


@frozen(eq=False, repr=False)
class _Code:
    """Source that holds no text of a catalog, and the constants that it names."""

    lines: list[str] = Factory(list)
    names: dict[str, Any] = Factory(dict)

    def constant(self, value: object) -> str:
        self.names[name := f"k{len(self.names)}"] = value
        return name

    def write(self, *lines: str) -> None:
        self.lines.extend(f"    {line}" for line in lines)

    def function(self, name: str) -> Check:
        names, source = dict(self.names), "\n".join((f"def {name}(body, place):", *self.lines))
        exec(compile(source, f"<{name}>", "exec"), names)  # noqa: S102 -- it holds no text of a catalog
        check: Check = names[name]
        return check


def _any_model(catalog: Catalog) -> Check:
    """Compile what reads the model of a request and asks that model's check, which is compiled on first use."""
    checks: dict[str, Check] = {}

    def first_use(model_id: str) -> Check:
        model = catalog.models.get(model_id)
        if model is None:
            return lambda _body, _endpoint: None
        check = checks[model_id] = _one_model(catalog, model)
        return check

    code = _Code()
    code.write("found = body")
    for key in catalog.fields["model"].segments:
        code.write(_refusal("type(found) is not dict"))
        code.write(f"found = found.get({code.constant(key)})")
    code.write(_refusal("type(found) is not str"))
    code.write(f"return ({code.constant(checks)}.get(found) or {code.constant(first_use)}(found))(body, place)")
    return code.function("any_model")


def _one_model(catalog: Catalog, model: Model) -> Check:
    endpoint = catalog.endpoints[model.endpoint]
    book, code = rulebook(catalog, endpoint, model), _Code()
    code.write(_refusal(f"place is not None and (type(place) is not str or place != {code.constant(endpoint.id)})"))
    variables = _fields(code, book)
    for rule in book.rules:
        code.write(_refusal(_breaks(code, book, variables, rule)))
    priced = [variables[name] for name in PARAMETERS if name in variables]
    point = (variables["model"], *priced, *_remarks(code, book, variables))
    code.write(f"return ({', '.join(point)},)")
    return code.function("check")


def _fields(code: _Code, book: Rulebook) -> dict[str, str]:
    """Write the check of every field, outer objects first, and return what then stands for the value of each."""
    variables: dict[str, str] = {"model": code.constant(book.model and book.model.id)}  # it chose this check
    objects: dict[tuple[str, ...], str] = {(): "body"}
    way, surely = book.fields["model"].field.segments, {"body"}  # what every request that comes so far has
    always = Counter(rules.field.segments[:-1] for rules in book.fields.values() if _is_required(rules))
    code.write(f"nbody = {always[()]}")
    for name, rules in book.fields.items():
        path, value = rules.field.segments, f"v{len(variables)}"
        if name == "model":
            continue
        lines = [line for constraint in rules.constraints for line in _lines(code, constraint, rules.field, value)]
        variables[name] = value if lines else "None"  # without lines the field is not taken, and the count tells
        around = objects[path[:-1]]
        if lines:
            _read(code, rules, around, value, lines, sure=around in surely)
        if rules.field.type == "object":
            objects[path] = value
            if around in surely and (_is_required(rules) or path == way[: len(path)]):
                surely.add(value)
            code.write(f"n{value} = {always[path] if value in surely else 0}")
    for value in objects.values():
        code.write(_refusal(f"{'' if value in surely else f'{value} is not None and '}len({value}) != n{value}"))
    return variables


def _is_required(rules: FieldRules) -> bool:
    return any(isinstance(constraint, Required) for constraint in rules.constraints)


def _read(code: _Code, rules: FieldRules, around: str, value: str, lines: list[str], *, sure: bool) -> None:
    """Write how a value is read, counted and checked; null is read as absent, and then the count tells."""
    found, required = f"{around}.get({code.constant(rules.field.segments[-1])})", _is_required(rules)
    code.write(f"{value} = {found if sure else f'None if {around} is None else {found}'}")
    if required and sure:
        code.write(*lines)
    else:
        code.write(f"if {value} is not None:", *(f"    {line}" for line in (f"n{around} += 1", *lines)))
        code.write(*([f"elif {around} is not None: return None"] if required else ()))


def _lines(code: _Code, constraint: Constraint, field: Field, value: str) -> Iterator[str]:
    """Yield the lines that refuse a present value which breaks a constraint; the ones before it are kept."""
    match constraint:
        case Required() | NotAllowed():
            return  # both are a matter of counting keys
        case OfType(limit=kind):
            yield _refusal(WRONG_TYPE[kind].format(value))
        case OneOf(limit=values):
            yield _refusal(f"{value} not in {code.constant(frozenset(values))}")
        case Minimum(limit=limit):
            yield _refusal(f"{value} < {code.constant(limit)}")
        case Maximum(limit=limit):
            yield _refusal(f"{value} > {code.constant(limit)}")
        case MinLength(limit=limit):
            yield _refusal(f"len({value}) < {code.constant(limit)}")
        case MaxLength(limit=limit) | MaxItems(limit=limit):
            yield _refusal(f"len({value}) > {code.constant(limit)}")
        case Url():
            urls = code.constant(URL_PREFIXES)
            if field.type == "urls":
                yield f"for item in {value}:"
                yield "    " + _refusal(f"type(item) is not str or not item.startswith({urls}) or item in {urls}")
            else:
                yield _refusal(f"not {value}.startswith({urls}) or {value} in {urls}")
        case _:
            assert_never(constraint)


def _refusal(condition: str) -> str:
    return f"if {condition}: return None"


def _breaks(code: _Code, book: Rulebook, variables: Mapping[str, str], rule: Rule) -> str:
    """Return the condition under which a request breaks a rule across fields, without what this model decides."""
    when = []
    for one in rule.when:
        possible = _possible(book.fields[one.field])
        if possible and possible.isdisjoint(one.limit):
            return "False"
        if not possible or not possible <= {*one.limit}:
            when.append(f"{_effective(code, book, variables, one.field)} in {code.constant(one.limit)}")
    then = " and ".join(_holds(code, book, variables, claim) for claim in rule.then)
    return " and ".join((*when, f"not ({then})"))


def _possible(rules: FieldRules) -> set[Value | None]:
    """Return what a valid field can count as, nothing where its values are open."""
    listed = {value for constraint in rules.constraints if isinstance(constraint, OneOf) for value in constraint.limit}
    return {*listed, *(() if _is_required(rules) else (rules.default,))} if listed else set()


def _holds(code: _Code, book: Rulebook, variables: Mapping[str, str], claim: Claim) -> str:
    match claim:
        case Given(fields=names):
            return f"({' or '.join(_given(book, variables, name) for name in names)})"
        case NotGiven(field=name):
            return f"not ({_given(book, variables, name)})"
        case OneOf(field=name, limit=values):
            value = _effective(code, book, variables, name)
            return f"({value} is None or {value} in {code.constant(values)})"
        case _:
            assert_never(claim)


def _effective(code: _Code, book: Rulebook, variables: Mapping[str, str], name: str) -> str:
    default, value = book.fields[name].default, variables[name]
    return value if default is None else f"({code.constant(default)} if {value} is None else {value})"


def _given(book: Rulebook, variables: Mapping[str, str], name: str) -> str:
    """Return the condition under which a valid value is present and not empty."""
    never_empty = book.fields[name].field.type in ("integer", "number", "boolean")
    return f"{variables[name]} is not None" if never_empty else variables[name]


def _remarks(code: _Code, book: Rulebook, variables: Mapping[str, str]) -> Iterator[str]:
    """Yield the conditions of the remarks on a quote: values that may override it, and the endpoint's notes."""
    for name, rules in book.fields.items():
        if rules.field.makes_inferred:
            yield f"not ({_given(book, variables, name)})"
    for note in book.endpoint.notes if book.endpoint else ():
        rules, value = book.fields[note.field], variables[note.field]
        most = min((bound.limit for bound in rules.constraints if isinstance(bound, Maximum | MaxItems)), default=None)
        if most is None or most > note.above:
            size = f"len({value})" if rules.field.type == "urls" else value
            yield f"{value} is not None and {size} > {code.constant(note.above)}"
