"""Which rules of the catalog the request behind a usage record broke, as far as its columns tell."""

from datetime import datetime
from operator import attrgetter
from typing import Any

from pricing_rules.answers import Violation
from pricing_rules.audit.meaning.prices import argument
from pricing_rules.audit.meaning.record import Reading
from pricing_rules.catalog.columns import FIELD_OF, MICROS, REQUESTED
from pricing_rules.catalog.constraints import MaxItems, MaxLength, MinLength
from pricing_rules.catalog.records import Catalog, Endpoint, Field, Model
from pricing_rules.catalog.rulebook import Rulebook, book_of
from pricing_rules.catalog.tariff import EARLIEST, edition, editions, moment_of
from pricing_rules.request.body import ABSENT
from pricing_rules.request.check import check_of
from pricing_rules.request.explanation import explain
from pricing_rules.spelling import shown


def broken_rules(catalog: Catalog, model: Model, reading: Reading) -> tuple[str, ...]:
    """Return the ids of the rules that a record of a known model breaks, in alphabetical order."""
    return tuple(dict.fromkeys(each.rule for each in violations(catalog, model, reading)))


def violations(catalog: Catalog, model: Model, reading: Reading) -> tuple[Violation, ...]:
    """Return the violations of the request behind a record of a known model, by the ids of their rules.

    The request that the record tells of is built anew and explained; what it says of fields that the log has no column
    for does not count. A record may state a mode, or one output, that its endpoint has no field for. The rules are
    those of the edition in force when it was accepted; if that is not told, what one edition takes is valid, and what
    none takes breaks the rules of the earliest.
    """
    endpoint = catalog.endpoints[model.endpoint]
    if reading.get("endpoint") not in (ABSENT, None, endpoint.id):
        said = f"the model belongs to the endpoint {shown(endpoint.id)}, not to {shown(reading.get('endpoint'))}."
        return (_violation(endpoint, catalog.fields["model"].wire, "model.endpoint", said),)
    every = [_broken_at(catalog, model, reading, since) for since in _begun(catalog, model, reading)]
    return every[0] if all(every) else ()


def judged_by(catalog: Catalog, model: Model, reading: Reading) -> tuple[object, ...]:
    """Return all that the rules which a record breaks depend on."""
    return (model.id, _begun(catalog, model, reading), *map(reading.get, ("endpoint", *REQUESTED)))


def _begun(catalog: Catalog, model: Model, reading: Reading) -> tuple[datetime, ...]:
    """Return when the edition began that held as a record was accepted, or each that could have."""
    at = reading.accepted
    held = editions(catalog, model.id) if at is None else (edition(catalog, model.id, at),)
    return tuple(price.since or EARLIEST for price in held)


def _broken_at(catalog: Catalog, model: Model, reading: Reading, since: datetime) -> tuple[Violation, ...]:
    """Return the violations under the rules of the edition that began at an instant."""
    book, endpoint = book_of(catalog, model, since), catalog.endpoints[model.endpoint]
    told = {name: FIELD_OF.get(name, name) for name in REQUESTED if reading.get(name) is not ABSENT}
    known = {name for name in told.values() if name in catalog.fields}
    stated = {
        name: value for name, value in reading.stated(*told).items() if not _is_remark(endpoint, model, name, value)
    }
    values = {told[name]: value for name, value in stated.items() if told[name] in known}
    body = _body(catalog, model, book, values)
    is_taken = check_of(catalog, moment_of(catalog, since))(body, endpoint.id)
    faults = () if is_taken else explain(catalog, body, at=since)
    across = {rule.id: rule for rule in book.rules}
    paths = {catalog.fields[name].wire for name in known}
    found = [
        fault
        for fault in faults
        if (known.issuperset(across[fault.rule].reads) if fault.rule in across else fault.path in paths)
    ]
    said = f"the endpoint {shown(endpoint.id)} has no such field."
    foreign = (name for name in stated if told[name] not in known)
    found += [_violation(endpoint, f"/{name}", "field.unknown", said) for name in foreign]
    return tuple(sorted(found, key=attrgetter("rule")))


def _violation(endpoint: Endpoint, path: str, rule: str, message: str) -> Violation:
    origin = endpoint.provenance.origin
    return Violation(path, rule, message, None, origin.basis, origin.source)


def sizes(catalog: Catalog, name: str) -> tuple[int, ...]:
    """Return from which sizes on a prompt or a list of references is judged anew, small to large."""
    found = {0, 1}
    for model in catalog.models.values():
        rules = book_of(catalog, model).fields.get(FIELD_OF.get(name, name))
        least, *most = map(rules.limit, (MinLength, MaxLength, MaxItems)) if rules else (None,)
        found |= {limit for limit in (least, *(one + 1 for one in most if one is not None)) if limit is not None}
    return tuple(sorted(found))


def _body(catalog: Catalog, model: Model, book: Rulebook, values: dict[str, Any]) -> dict[str, Any]:
    body: dict[str, Any] = {}
    for rules in book.fields.values():
        if rules.field.type == "object":
            _place(body, rules.field.segments, {})
    _place(body, catalog.fields["model"].segments, model.id)
    for name, value in values.items():
        _place(body, catalog.fields[name].segments, _wire_value(catalog, book, catalog.fields[name], value))
    return body


def _is_remark(endpoint: Endpoint, model: Model, name: str, value: object) -> bool:
    """Tell whether a column says what no request to this endpoint can: its mode or its one output."""
    if name in endpoint.fields:
        return False
    return (name == "mode" and value in model.modes) or (name == "outputs" and value == MICROS)


def _wire_value(catalog: Catalog, book: Rulebook, field: Field, value: Any) -> object:  # noqa: ANN401 -- as read
    """Return a value as a request holds it; a text or list only as long as its limit needs to be judged."""
    if field.type == "urls":
        return ["https://a"] * _at_most(book, field, value)
    if field.id in FIELD_OF.values():
        return "a" * _at_most(book, field, value)
    return argument(catalog, field.id, value)


def _at_most(book: Rulebook, field: Field, size: int) -> int:
    rules = book.fields.get(field.id)
    limits = [rules.limit(kind) for kind in (MinLength, MaxLength, MaxItems)] if rules else []
    return min(size, max((limit for limit in limits if limit is not None), default=1) + 1)


def _place(body: dict[str, Any], segments: tuple[str, ...], value: object) -> None:
    for segment in segments[:-1]:
        body = body.setdefault(segment, {})
    body.setdefault(segments[-1], value)
