"""Which rules of the catalog the request behind a usage record broke, as far as its columns tell."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from pricing_rules.answers import Violation
from pricing_rules.audit.meaning.record import Reading
from pricing_rules.audit.meaning.values import EPOCH
from pricing_rules.catalog.columns import FIELD_OF, MICROS, REQUESTED, is_numeric
from pricing_rules.catalog.constraints import MaxItems, MaxLength, MinLength
from pricing_rules.catalog.records import Catalog, Endpoint, Field, Model
from pricing_rules.catalog.rulebook import Rulebook, rulebook
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
    every = [_broken_at(catalog, endpoint, model, reading, since) for since in _begun(catalog, model, reading)]
    return every[0] if all(every) else ()


def _begun(catalog: Catalog, model: Model, reading: Reading) -> tuple[datetime, ...]:
    """Return when the edition began that held as a record was accepted, or each that could have."""
    created = reading.get("created_at")
    if created is ABSENT or created is None:
        return tuple(price.since or EARLIEST for price in editions(catalog, model.id))
    held = edition(catalog, model.id, EPOCH + timedelta(microseconds=created))
    return (held.since or EARLIEST,)


def _broken_at(
    catalog: Catalog, endpoint: Endpoint, model: Model, reading: Reading, since: datetime
) -> tuple[Violation, ...]:
    book = rulebook(catalog, endpoint, model, since)
    known = {FIELD_OF.get(name, name): name for name in REQUESTED if _is_known(catalog, name, reading)}
    body = _body(catalog, model, book, {field: reading.get(name) for field, name in known.items()})
    is_taken = check_of(catalog, moment_of(catalog, since))(body, endpoint.id)
    faults = () if is_taken else explain(catalog, body, at=since)
    across = {rule.id: rule for rule in book.rules}
    paths = {catalog.fields[name].wire for name in known if name in catalog.fields}
    found = [
        fault
        for fault in faults
        if (known.keys() >= set(across[fault.rule].reads) if fault.rule in across else fault.path in paths)
    ]
    foreign = [name for name in REQUESTED if _is_foreign(catalog, endpoint, model, name, reading.get(name))]
    said = f"the endpoint {shown(endpoint.id)} has no such field."
    found += [_violation(endpoint, f"/{name}", "field.unknown", said) for name in foreign]
    return tuple(sorted(found, key=lambda fault: fault.rule))


def _violation(endpoint: Endpoint, path: str, rule: str, message: str) -> Violation:
    origin = endpoint.provenance.origin
    return Violation(path, rule, message, None, origin.basis, origin.source)


def _is_foreign(catalog: Catalog, endpoint: Endpoint, model: Model, name: str, value: object) -> bool:
    """Tell whether a column says what no request to the service can, since it has no such field at all."""
    stated = value is not None and value is not ABSENT
    return stated and FIELD_OF.get(name, name) not in catalog.fields and not _is_remark(endpoint, model, name, value)


def judged_by(catalog: Catalog, model: Model, reading: Reading) -> tuple[object, ...]:
    """Return all that the rules which a record breaks depend on."""
    return (model.id, _begun(catalog, model, reading), *map(reading.get, ("endpoint", *REQUESTED)))


def sizes(catalog: Catalog, name: str) -> tuple[int, ...]:
    """Return from which sizes on a prompt or a list of references is judged anew, small to large."""
    found = {0, 1}
    for model in catalog.models.values():
        rules = rulebook(catalog, catalog.endpoints[model.endpoint], model).fields.get(FIELD_OF.get(name, name))
        for constraint in rules.constraints if rules else ():
            match constraint:
                case MinLength(limit=limit):
                    found.add(limit)
                case MaxLength(limit=limit) | MaxItems(limit=limit):
                    found.add(limit + 1)
                case _:
                    continue
    return tuple(sorted(found))


def _is_known(catalog: Catalog, name: str, reading: Reading) -> bool:
    return FIELD_OF.get(name, name) in catalog.fields and reading.get(name) is not ABSENT


def _body(catalog: Catalog, model: Model, book: Rulebook, values: dict[str, Any]) -> dict[str, Any]:
    body: dict[str, Any] = {}
    for rules in book.fields.values():
        if rules.field.type == "object":
            _place(body, rules.field.segments, {})
    _place(body, catalog.fields["model"].segments, model.id)
    for name, value in values.items():
        if value is not None and not _is_remark(book.endpoint, model, name, value):
            _place(body, catalog.fields[name].segments, _wire_value(catalog, book, catalog.fields[name], value))
    return body


def _is_remark(endpoint: Endpoint | None, model: Model, name: str, value: object) -> bool:
    """Tell whether a column says what no request to this endpoint can: its mode or its one output."""
    if endpoint and name in endpoint.fields:
        return False
    return (name == "mode" and value in model.modes) or (name == "outputs" and value == MICROS)


def _wire_value(catalog: Catalog, book: Rulebook, field: Field, value: Any) -> object:  # noqa: ANN401 -- as read
    """Return a value as a request holds it; a text or list only as long as its limit needs to be judged."""
    if field.type == "urls":
        return ["https://a"] * _at_most(book, field, MaxItems, value)
    if field.id in FIELD_OF.values():
        return "a" * _at_most(book, field, MaxLength, value)
    if is_numeric(catalog, field.id):
        return Decimal(value).scaleb(-6) if value % MICROS else value // MICROS
    return {"true": True, "false": False}.get(value, value) if field.type == "boolean" else value


def _at_most(book: Rulebook, field: Field, kind: type[MaxItems | MaxLength], size: int) -> int:
    rules = book.fields.get(field.id)
    limits = (constraint.limit for constraint in rules.constraints if isinstance(constraint, kind)) if rules else ()
    return min(size, next(iter(limits), 1) + 1)


def _place(body: dict[str, Any], segments: tuple[str, ...], value: object) -> None:
    for segment in segments[:-1]:
        body = body.setdefault(segment, {})
    body.setdefault(segments[-1], value)
