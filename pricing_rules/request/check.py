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
from typing import Any

from pricing_rules.catalog.compiled import per_catalog
from pricing_rules.catalog.constraints import Maximum, MaxItems, MaxLength, Minimum, MinLength, OfType, OneOf
from pricing_rules.catalog.formula import PARAMETERS
from pricing_rules.catalog.records import Catalog, Endpoint, Model
from pricing_rules.catalog.rulebook import FieldRules, Rulebook, book_of
from pricing_rules.request.code import Code, broken, condition, given, items

Point = tuple[object, ...]
Check = Callable[..., Point | None]  # of a body, an endpoint and, for one model, its id


@per_catalog
def check_of(catalog: Catalog) -> Check:
    """Return the check of a body and the endpoint that it goes to, if the caller names one.

    Models with the same rules share one, however many they are.

    Returns:
        What answers with the point of a request that is certainly valid, None where the explanation decides. Requests
        with equal points have equal quotes: a point is the model, the values of the priced parameters, None where the
        request leaves one out, and which remarks on a quote hold.
    """
    shared: dict[tuple[str, str], Check] = {}

    def make(model: Model) -> Check:
        code = _one_model(catalog, model)
        key = ("\n".join(code.lines), repr([*code.names.values()]))
        return shared.get(key) or shared.setdefault(key, code.function("check", "body, place, model"))

    return by_model(catalog, make)


def by_model(catalog: Catalog, make: Callable[[Model], Callable[..., Any]]) -> Callable[..., Any]:
    """Compile what asks the function of the model that a request names, made on first use; None without a model."""
    known: dict[str, Callable[..., Any]] = {}

    def first_use(model_id: str) -> Callable[..., Any]:
        if model_id not in catalog.models:
            return lambda *_: None
        known[model_id] = make(catalog.models[model_id])
        return known[model_id]

    code = Code()
    around = "body"
    for key in catalog.fields["model"].segments:
        code.write(_refusal(f"type({around}) is not dict"), f"found = {around}.get({code.constant(key)})")
        around = "found"
    code.write(_refusal("type(found) is not str"))
    code.write(f"try: call = {code.constant(known)}[found]")
    code.write(f"except KeyError: call = {code.constant(first_use)}(found)")
    code.write("return call(body, place, found)")
    return code.function("any_model", "body, place")


def _one_model(catalog: Catalog, model: Model) -> Code:
    book, code = book_of(catalog, model), Code()
    elsewhere(code, catalog.endpoints[model.endpoint])
    variables = _fields(code, book)
    for rule in book.rules:
        code.write(_refusal(broken(code, book, variables, rule)))
    priced = [variables[name] for name in PARAMETERS if name in variables]
    point = (variables["model"], *priced, *_remarks(code, book, variables))
    code.write(f"return ({', '.join(point)},)")
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
        lines = [_refusal(wrong) for wrong in _wrong(code, rules, value)]
        lines += items(code, rules, value) if lines else ()
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
    """Yield when a present value breaks the constraints of its field: both ends of a range at once."""
    limits = {type(constraint): getattr(constraint, "limit", None) for constraint in rules.constraints}
    for constraint in rules.constraints:
        match constraint:
            case OfType(limit="number") if OneOf in limits or {Minimum, Maximum} <= limits.keys():
                yield f"type({value}) is not int and type({value}) is not float"  # in no range is NaN or infinity
            case Minimum(limit=low) if Maximum in limits:
                yield f"not {code.constant(low)} <= {value} <= {code.constant(limits.pop(Maximum))}"
            case MinLength(limit=low) if MaxLength in limits:
                yield f"not {code.constant(low)} <= len({value}) <= {code.constant(limits.pop(MaxLength))}"
            case _ if type(constraint) in limits:
                yield from filter(None, (condition(code, constraint, rules.field, value),))


def _read(code: Code, rules: FieldRules, around: str, value: str, lines: list[str], *, sure: bool) -> None:
    """Write how a value is read, counted and checked; null is read as absent, and then the count tells."""
    found, required = f"{around}.get({code.constant(rules.field.segments[-1])})", rules.is_required
    code.write(f"{value} = {found if sure else f'None if {around} is None else {found}'}")
    if required and sure:
        code.write(*lines)
    else:
        code.write(f"if {value} is not None:", *(f"    {line}" for line in (f"n{around} += 1", *lines)))
        code.write(*([f"elif {around} is not None: return None"] if required else ()))


def elsewhere(code: Code, endpoint: Endpoint) -> None:
    """Write that there is no answer where the caller names an endpoint other than this."""
    code.write(_refusal(f"place is not None and (type(place) is not str or place != {code.constant(endpoint.id)})"))


def _refusal(condition: str) -> str:
    return f"if {condition}: return None"


def _remarks(code: Code, book: Rulebook, variables: Mapping[str, str]) -> Iterator[str]:
    """Yield the conditions of the remarks on a quote: values that may override it, and the endpoint's notes."""
    for name, rules in book.fields.items():
        if rules.field.makes_inferred:
            yield f"not ({given(book, variables, name)})"
    for note in book.endpoint.notes if book.endpoint else ():
        rules, value = book.fields[note.field], variables[note.field]
        most = min((bound.limit for bound in rules.constraints if isinstance(bound, Maximum | MaxItems)), default=None)
        if most is None or most > note.above:
            size = f"len({value})" if rules.field.type == "urls" else value
            yield f"{value} is not None and {size} > {code.constant(note.above)}"
