"""The generated check: straight-line Python for each model, from the same constraints as every other target.

It has three answers: the point of a request that is certainly valid, False for one that certainly is not, and None
where the explanation decides, as it does of anything but exact built-in types. What a catalog says stands in the
namespace of the function, as k0, k1 and so on, and never in its source. A check reads like this:

    nbody = 2                            # keys that every valid request has
    v3 = body.get(k8)
    if v3 is not None:
        nbody += 1
        if type(v3) is not str: return False if type(v3) in exact else None
    if len(body) != nbody: return False  # a key is missing, unknown or not taken
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from types import NoneType
from typing import Any, Literal, NamedTuple

from pricing_rules.catalog.compiled import per_catalog
from pricing_rules.catalog.constraints import Maximum, MaxItems, MaxLength, Minimum, MinLength, OfType, OneOf
from pricing_rules.catalog.formula import PARAMETERS
from pricing_rules.catalog.records import Catalog, Endpoint, Field, Model
from pricing_rules.catalog.rulebook import FieldRules, Rulebook, book_of
from pricing_rules.catalog.tariff import moment_of
from pricing_rules.request.code import Code, broken, condition, given, items
from pricing_rules.request.remarks import remarks

EXACT = frozenset((str, int, float, bool, NoneType, list, dict))


class Point(NamedTuple):
    """What the quote of a request depends on; requests with equal points have equal quotes.

    Attributes:
        model: id of the model.
        duration: what the request says, None where it leaves it out; so for the next three.
        remarks: of each remark on a quote whether the request calls for it.
    """

    model: str
    duration: Any
    resolution: Any
    outputs: Any
    audio: Any
    remarks: tuple[bool, ...]


Answer = Point | Literal[False] | None
Check = Callable[..., Answer]  # of a body, an endpoint and, for one model, its id


@per_catalog
def check_of(catalog: Catalog, moment: datetime) -> Check:
    """Return the check of a body and the endpoint that it goes to, if the caller names one, from a moment on.

    Models with the same rules share one, however many they are.
    """
    shared: dict[tuple[str, str], Check] = {}

    def make(model: Model) -> Check:
        code = _one_model(catalog, model, moment)
        key = ("\n".join(code.lines), repr([*code.names.values()]))
        return shared.get(key) or shared.setdefault(key, code.function("check", "body, place, model"))

    return by_model(catalog, make)


@per_catalog
def current_check(catalog: Catalog) -> Check:
    """Return the check of requests at the catalog's version."""
    return check_of(catalog, moment_of(catalog))


def by_model(catalog: Catalog, make: Callable[[Model], Callable[..., Any]]) -> Callable[..., Any]:
    """Compile what asks the function of the model that a request names, made on first use; None without a model."""
    known: dict[str, Callable[..., Any]] = {}

    def first_use(model_id: str) -> Callable[..., Any]:
        if model_id not in catalog.models:
            return _no_model
        known[model_id] = make(catalog.models[model_id])
        return known[model_id]

    code, refused = Code({"exact": EXACT}), "False if place is None and type({}) in exact else None"
    around = "body"
    for key in catalog.fields["model"].segments:
        code.write(
            f"if type({around}) is not dict: return {refused.format(around)}",
            f"found = {around}.get({code.constant(key)})",
        )
        around = "found"
    code.write(f"if type(found) is not str: return {refused.format('found')}")
    code.write(f"try: call = {code.constant(known)}[found]")
    code.write(f"except KeyError: call = {code.constant(first_use)}(found)")
    code.write("return call(body, place, found)")
    return code.function("any_model", "body, place")


def _no_model(_: object, place: object, __: str) -> Literal[False] | None:
    """Refuse a model that is not known; whether there is the endpoint that a caller names, the explanation tells."""
    return False if place is None else None


def _one_model(catalog: Catalog, model: Model, moment: datetime) -> Code:
    book, code = book_of(catalog, model, moment), Code({"exact": EXACT})
    elsewhere(code, catalog.endpoints[model.endpoint])
    variables = _fields(code, book)
    for rule in book.rules:
        code.write(_refusal(broken(code, book, variables, rule)))
    priced = [variables.get(name, "None") for name in PARAMETERS]
    called = "".join(f"{condition}, " for condition in _called_for(code, book, variables))
    code.write(f"return model, {', '.join(priced)}, ({called})")
    return code


def _fields(code: Code, book: Rulebook) -> dict[str, str]:
    """Write the check of every field, outer objects first, and return what then stands for the value of each."""
    variables = {"model": "model"}  # it chose this check
    objects: dict[tuple[str, ...], str] = {(): "body"}
    way, surely = book.fields["model"].field.segments, {"body"}  # what every request that comes so far has
    always = Counter(rules.field.segments[:-1] for rules in book.fields.values() if rules.is_required)
    code.write(f"nbody = {always[()]}")
    for name, rules in book.fields.items():
        path, value = rules.field.segments, f"v{len(variables)}"
        if name == "model":
            continue
        lines = list(_wrong(code, rules, value))
        lines += items(code, rules, value, f"return {_unless_exact('item')}") if lines else ()
        variables[name] = value if lines else "None"  # without lines the field is not taken, and the count tells
        around = objects[path[:-1]]
        if lines:
            _read(code, rules, around, value, lines, sure=around in surely)
        if rules.field.type == "object":
            objects[path] = value
            if around in surely and (rules.is_required or path == way[: len(path)]):
                surely.add(value)
            code.write(f"n{value} = {always[path] if value in surely else 0}")
    for value in objects.values():
        code.write(_refusal(f"{'' if value in surely else f'{value} is not None and '}len({value}) != n{value}"))
    return variables


def _wrong(code: Code, rules: FieldRules, value: str) -> Iterator[str]:
    """Yield the refusals of a present value that breaks the constraints of its field: both ends of a range at once."""
    limits = {type(constraint): getattr(constraint, "limit", None) for constraint in rules.constraints}
    for constraint in rules.constraints:
        match constraint:
            case OfType(limit="number") if OneOf in limits or {Minimum, Maximum} <= limits.keys():
                number = f"type({value}) is not int and type({value}) is not float"  # in no range is NaN or infinity
                yield f"if {number}: return {_unless_exact(value)}"
            case OfType():
                yield f"if {condition(code, constraint, rules.field, value)}: return {_unless_exact(value)}"
            case Minimum(limit=low) if Maximum in limits:
                yield _refusal(f"not {code.constant(low)} <= {value} <= {code.constant(limits.pop(Maximum))}")
            case MinLength(limit=low) if MaxLength in limits:
                yield _refusal(f"not {code.constant(low)} <= len({value}) <= {code.constant(limits.pop(MaxLength))}")
            case _ if type(constraint) in limits:
                yield from map(_refusal, filter(None, (condition(code, constraint, rules.field, value),)))


def _unless_exact(value: str) -> str:
    return f"False if type({value}) in exact else None"


def _read(code: Code, rules: FieldRules, around: str, value: str, lines: list[str], *, sure: bool) -> None:
    """Write how a value is read, counted and checked; null is read as absent, and then the count tells."""
    found, required = f"{around}.get({code.constant(rules.field.segments[-1])})", rules.is_required
    code.write(f"{value} = {found if sure else f'None if {around} is None else {found}'}")
    if required and sure:
        code.write(*lines)
    else:
        code.write(f"if {value} is not None:", *(f"    {line}" for line in (f"n{around} += 1", *lines)))
        code.write(*([f"elif {around} is not None: return False"] if required else ()))


def elsewhere(code: Code, endpoint: Endpoint) -> None:
    """Write that there is no answer where the caller names an endpoint other than this."""
    other = f"type(place) is not str or place != {code.constant(endpoint.id)}"
    code.write(f"if place is not None and ({other}): return None")


def _refusal(condition: str) -> str:
    return f"if {condition}: return False"


def _called_for(code: Code, book: Rulebook, variables: Mapping[str, str]) -> Iterator[str]:
    """Yield the condition of each remark on a quote."""
    for remark in remarks(book):
        if isinstance(remark, Field):
            yield f"not not ({given(book, variables, remark.id)})"
            continue
        rules, value = book.fields[remark.field], variables[remark.field]
        limits = [limit for limit in (rules.limit(Maximum), rules.limit(MaxItems)) if limit is not None]
        size = f"len({value})" if rules.field.type == "urls" else value
        is_possible = not limits or min(limits) > remark.above
        yield f"{value} is not None and {size} > {code.constant(remark.above)}" if is_possible else "False"
