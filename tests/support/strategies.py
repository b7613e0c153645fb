"""Requests made from the rules of a model: valid ones at the edges of every limit, near-valid ones, hostile ones."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st

from pricing_rules import load_catalog, validate
from pricing_rules.catalog.constraints import (
    Constraint,
    Maximum,
    MaxItems,
    MaxLength,
    Minimum,
    MinLength,
    NotAllowed,
    OfType,
    OneOf,
    Required,
    Url,
)
from pricing_rules.catalog.rulebook import FieldRules, Rulebook, rulebook
from pricing_rules.request.body import pointer
from support import places

INVENTED = load_catalog(places.CLIPWORKS)
CATALOGS = {catalog.id: catalog for catalog in (load_catalog("gptimage2api"), load_catalog("aivideoapi"), INVENTED)}
MODELS = [(catalog.id, model) for catalog in CATALOGS.values() for model in catalog.models]
MISSING = object()

Request = dict[str, Any]


class Text(str):
    """A subclass of str, as an enum or a framework may pass."""

    __slots__ = ()


class Body(dict[str, Any]):
    """A subclass of dict."""


def book_of(service: str, model_id: str) -> Rulebook:
    """Return the rules of a model at its own endpoint."""
    catalog = CATALOGS[service]
    model = catalog.models[model_id]
    return rulebook(catalog, catalog.endpoints[model.endpoint], model)


def put(request: Request, segments: tuple[str, ...], value: object) -> None:
    """Set a value at a path, or remove it; objects on the way are made."""
    for segment in segments[:-1]:
        inner = request.setdefault(segment, {})
        if not isinstance(inner, dict):
            return
        request = inner
    if value is MISSING:
        request.pop(segments[-1], None)
    else:
        request[segments[-1]] = value


def limits(rules: FieldRules) -> dict[type[Constraint], Any]:
    """Return the limit of each kind of constraint that a field has."""
    return {type(constraint): getattr(constraint, "limit", None) for constraint in rules.constraints}


@cache
def texts(least: int, most: int | None) -> st.SearchStrategy[str]:
    """Make text of the edge lengths, in ASCII and in emoji, and a few in between."""
    top = least + 40 if most is None else most
    lengths = sorted({least, min(least + 1, top), max(least, top - 1), top})
    edges = [symbol * length for symbol in ("a", "🎬", " ") for length in lengths]
    return st.sampled_from(edges) | st.text(min_size=least, max_size=min(top, least + 12)).map(Text)


@cache
def urls(most: int | None = None) -> st.SearchStrategy[list[str]]:
    """Make arrays of addresses up to a cap, duplicates and odd ones included."""
    address = st.sampled_from(["https://e.com/a.png", "http://x", "https://\n", "http://🎬"]) | st.text().map(
        lambda rest: f"https://a{rest}"
    )
    top = 3 if most is None else most
    return st.lists(address, max_size=min(top, 3)) | st.just(["https://e.com/a.png"] * top)


@cache
def number_forms(value: int) -> st.SearchStrategy[object]:
    """Write a whole number as the JSON numbers that mean it."""
    return st.sampled_from([value, float(value), Decimal(value), Decimal(f"{value}.00")])


@cache
def valid_values(rules: FieldRules) -> st.SearchStrategy[Any]:
    """Make values that the constraints of one field allow."""
    found = limits(rules)
    if OneOf in found:
        chosen = st.sampled_from(found[OneOf])
        return chosen.flatmap(number_forms) if rules.field.type in ("integer", "number") else chosen
    match rules.field.type:
        case "string":
            return texts(found.get(MinLength, 0), found.get(MaxLength))
        case "integer" | "number":
            low, high = found.get(Minimum, -5), found.get(Maximum, 10**30)
            whole = st.sampled_from([low, low + 1, high - 1, high]).flatmap(number_forms)
            return whole | st.floats(low, min(high, 1e9)) if rules.field.type == "number" else whole
        case "boolean":
            return st.booleans()
        case "url":
            return st.sampled_from(["http://a", "https://e.com/hook"])
        case "urls":
            return urls(found.get(MaxItems))
        case "object":
            return st.builds(dict)
        case "opaque":
            return st.dictionaries(st.text(), st.none() | st.integers() | st.text(), max_size=3)


@st.composite
def valid_requests(draw: st.DrawFn, service: str, model_id: str) -> Request:
    """Make a request that breaks no rule; rules across fields are kept by a repair of what was drawn."""
    book = book_of(service, model_id)
    request: Request = draw(st.sampled_from([dict, Body]))()
    for name, rules in book.fields.items():
        kinds = limits(rules)
        if NotAllowed in kinds or (Required not in kinds and not draw(st.booleans())):
            continue
        put(request, rules.field.segments, model_id if name == "model" else draw(valid_values(rules)))
    for _ in range(4):
        violations = validate(CATALOGS[service], request)
        if not violations:
            return request
        repair(book, request, {violation.rule for violation in violations}, draw)
    message = f"no valid request was made: {validate(CATALOGS[service], request)}"
    raise AssertionError(message)


def repair(book: Rulebook, request: Request, broken: set[str], draw: st.DrawFn) -> None:
    """Keep broken rules across fields: give what must be given, drop what must not, choose what is allowed."""
    rules = {rule.id: rule for rule in book.rules}
    assert broken <= set(rules), broken
    for rule in (rules[rule_id] for rule_id in broken):
        for claim in rule.then:
            if isinstance(claim, OneOf):
                put(request, book.fields[claim.field].field.segments, draw(st.sampled_from(claim.limit)))
            elif hasattr(claim, "fields"):
                put(request, book.fields[claim.fields[-1]].field.segments, ["https://e.com/a.png"])
            else:
                put(request, book.fields[claim.field].field.segments, MISSING)


def wrong_values(rules: FieldRules) -> Iterator[object]:
    """Yield values that break one constraint of a field each, one step past every edge."""
    for constraint in rules.constraints:
        match constraint:
            case Required():
                yield MISSING
            case NotAllowed():
                yield from ("720p", 5, None)
            case OfType(limit=kind):
                yield from wrong_types(kind)
            case OneOf(limit=values):
                yield from (f"{values[0]}x", "", str(values[0]).swapcase() + " ") if isinstance(values[0], str) else ()
                yield from (61, -1, 7.25, Decimal("1e400")) if type(values[0]) is int else ()
            case Minimum(limit=limit):
                yield from (limit - 1, Decimal(limit - 1), -(10**30), -1e300)
            case Maximum(limit=limit):
                yield from (limit + 1, float(limit + 1), 10**30, Decimal("1E+999999"))
            case MinLength(limit=limit):
                yield from ("a" * (limit - 1), "🎬" * (limit - 1))
            case MaxLength(limit=limit):
                yield from ("a" * (limit + 1), "🎬" * (limit + 1), Text("é" * (limit + 1)))
            case MaxItems(limit=limit):
                yield ["https://e.com/a.png"] * (limit + 1)
            case Url():
                bad = ("ftp://a", "http://", "HTTPS://a", " https://a", "")
                yield from bad if rules.field.type == "url" else ([item] for item in bad)


def wrong_types(kind: str) -> Iterator[object]:
    """Yield values of every other JSON type, and those that only look like the right one."""
    yield None
    odd: dict[str, tuple[object, ...]] = {
        "string": (5, True, ["a"], {}),
        "url": (5, False, []),
        "integer": (True, "5", 5.5, float("nan"), float("inf"), Decimal("NaN"), Decimal("sNaN"), []),
        "number": (True, "5", float("nan"), float("-inf"), Decimal("Infinity"), {}),
        "boolean": (0, 1, "true", []),
        "urls": ("https://a", {}, 1, ("https://a",)),
        "object": ([], "x", 0, True),
        "opaque": ([], "x", 0, True),
    }
    yield from odd[kind]


@cache
def plants(book: Rulebook) -> list[tuple[str, str, Callable[[Request], None]]]:
    """List the faults that can be planted: the field, the path where it must be found, and what plants it."""
    found: list[tuple[str, str, Callable[[Request], None]]] = []
    for name, rules in book.fields.items():
        if name == "model" or rules.field.type == "object":
            continue
        segments = rules.field.segments
        found += [(name, path_of(rules, value), planting(segments, value)) for value in wrong_values(rules)]
    objects = [(), *(rules.field.segments for rules in book.fields.values() if rules.field.type == "object")]
    for around in objects:
        keys = ("promt", "~/", "", "\ud800", "x" * 200)
        found += [(f"{around}{key}", pointer((*around, key)), planting((*around, key), 1)) for key in keys]
    return found


def path_of(rules: FieldRules, value: object) -> str:
    """Tell where a wrong value is reported: a wrong item at its index."""
    items = isinstance(value, list) and rules.field.type == "urls" and len(value) == 1
    most = limits(rules).get(MaxItems)
    return f"{rules.field.wire}/0" if items and most else rules.field.wire


def planting(segments: tuple[str, ...], value: object) -> Callable[[Request], None]:
    """Return what sets a value in a request."""
    return lambda request: put(request, segments, value)


NUMBERS = (0, 1, -1, 5, 5.0, 10**30, -(10**30), 10**4000, 0.1, float("nan"), float("inf"))
DECIMALS = tuple(map(Decimal, ("NaN", "sNaN", "1E+999999", "0E-999999", "-0", "5.0")))
TEXTS = ("", "5", "🎬", "\ud800", "\x1b[2J")
SCALARS = st.sampled_from([None, True, False, *NUMBERS, *DECIMALS, *TEXTS]) | st.text(max_size=5)


@cache
def json_like() -> st.SearchStrategy[Any]:
    """Make any JSON-like value, with keys that are not text and subclasses of dict and str among it."""
    keys = st.text(max_size=4) | st.sampled_from(["model", "input", "prompt", "duration", Text("model")])
    odd_keys = keys | st.none() | st.integers() | st.booleans() | st.tuples(st.integers())
    return st.recursive(
        SCALARS,
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(odd_keys, inner, max_size=4)
            | st.dictionaries(keys, inner, max_size=4).map(Body)
        ),
        max_leaves=12,
    )


@st.composite
def hostile_requests(draw: st.DrawFn, service: str, model_id: str) -> Any:
    """Make a request for a model with anything at any field, or anything at all."""
    if draw(st.integers(0, 4)) == 0:
        return draw(json_like())
    request: Request = draw(valid_requests(service, model_id))
    book = book_of(service, model_id)
    names = draw(st.lists(st.sampled_from(sorted(book.fields)), min_size=1, max_size=4, unique=True))
    for name in names:
        put(request, book.fields[name].field.segments, draw(json_like()))
    if draw(st.booleans()):
        request[draw(st.integers() | st.none() | st.text())] = draw(json_like())
    return request


@st.composite
def near_valid_requests(draw: st.DrawFn, service: str, model_id: str) -> Request:
    """Make a valid request with one fault planted."""
    request: Request = draw(valid_requests(service, model_id))
    draw(st.sampled_from(plants(book_of(service, model_id))))[2](request)
    return request
