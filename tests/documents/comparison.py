"""A catalog against the facts that were typed from the documents, record by record, values and where they come from.

`expected` and `stated` write both as the same plain shape: tables, tuples and single values. An origin is its document
and heading, or "reading: " and the reading's name; titles of models are facts, other words for people are not.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from typing import Any

import attrs

from documents.answers import AUTHENTICATION, HOSTS, OURS, QUERIES, RESPONSE_BODIES, RESPONSES, TASKS, USAGE
from documents.fields import ENDPOINTS, FIELDS
from documents.formula import CREDITS, FACTORS, PRICES
from documents.models import MODELS, PRINTED
from documents.places import DOCUMENTS, READINGS, SOURCES, VIDEO_MODELS, ours
from pricing_rules.catalog.constraints import Given, NotGiven, OneOf
from pricing_rules.catalog.provenance import Origin, Provenance
from pricing_rules.catalog.records import Catalog, Model

EXEMPT = ("title", "about", "examples", "samples", "version", "compiled", "segments", "read", "sha256")
LISTED = (".models", ".endpoints", ".responses")
TIERS = (".duration", ".resolution", ".audio")
NO_LIMITS = dict.fromkeys(
    ("one_of", "minimum", "maximum", "min_length", "max_length", "max_items", "default", "makes_inferred")
)


def differences(catalog: Catalog) -> list[str]:
    """Name every fact in which a catalog and the documents differ, by its key."""
    return list(_differences("", expected(catalog.id), stated(catalog)))


def agrees(catalog: Catalog) -> bool:
    """Tell whether a catalog states what the documents do, as far as the first difference."""
    return next(_differences("", expected(catalog.id), stated(catalog)), None) is None


def _differences(path: str, wanted: Any, found: Any) -> Iterator[str]:
    match wanted:
        case dict() if isinstance(found, dict):
            for key in {**wanted, **found}:
                if key in wanted and key in found:
                    yield from _differences(f"{path}.{key}", wanted[key], found[key])
                else:
                    yield f"{path}.{key}: {'not in the documents' if key in found else 'missing'}"
            if _shown_in_order(path) and list(wanted) != list(found):
                yield f"{path}: expected the order {list(wanted)}, got {list(found)}"
        case tuple() if isinstance(found, tuple) and len(wanted) == len(found):
            for index, (one, other) in enumerate(zip(wanted, found, strict=True)):
                yield from _differences(f"{path}[{index}]", one, other)
        case _ if wanted is OURS:
            if not (isinstance(found, str) and found):
                yield f"{path}: expected a sentence, got {found!r}"
        case _ if type(wanted) is not type(found) or wanted != found:
            yield f"{path}: expected {wanted!r}, got {found!r}"


def _shown_in_order(path: str) -> bool:
    return path in LISTED or (path.startswith(".prices.") and path.endswith(TIERS))


def stated(catalog: Catalog) -> dict[str, Any]:
    """Write what a catalog states."""
    names = {reading: name for name, reading in catalog.readings.items()}
    plain = _plain(catalog, names)
    return {
        **plain,
        "readings": {name: origin.source.partition(" (")[0] for name, origin in catalog.readings.items()},
        "prices": _by_model(plain["prices"]),
    }


def _plain(value: Any, names: Mapping[Origin, str]) -> Any:
    match value:
        case None | str() | int() | Fraction():
            return value
        case Origin():
            return ours(names[value]) if value.basis == "inferred" else value.source
        case Provenance():
            return {part: _plain(origin, names) for part, origin in {**value.parts, "": value.origin}.items()}
        case Mapping():
            return {key: _plain(inner, names) for key, inner in value.items()}
        case tuple() | list():
            return tuple(_plain(inner, names) for inner in value)
        case Given() | NotGiven() | OneOf():
            return {"claim": type(value).__name__, **_parts(value, names)}
        case _:
            return _parts(value, names)


def _parts(record: Any, names: Mapping[Origin, str]) -> dict[str, Any]:
    return {name: _plain(getattr(record, name), names) for name in _told(type(record))}


@cache
def _told(kind: type) -> tuple[str, ...]:
    names = (part.name for part in attrs.fields(kind))
    return tuple(name for name in names if name not in EXEMPT or (name == "title" and kind is Model))


def _by_model(prices: tuple[dict[str, Any], ...]) -> dict[str, Any]:
    """Gather the prices of each model: which of them stand in one table of the file is no fact."""
    gathered: dict[str, Any] = {}
    for price in prices:
        alone = {part: value for part, value in price.items() if part != "models"}
        for model in price["models"]:
            gathered[model] = (*gathered.get(model, ()), alone)
    return gathered


@cache
def expected(service: str) -> dict[str, Any]:
    """Write what was typed for a service."""
    models = {model: row for (owner, model), row in MODELS.items() if owner == service}
    prices = {model: row for (owner, model), row in PRICES.items() if owner == service}
    credit, tasks, caller = CREDITS[service], TASKS[service], AUTHENTICATION[service]
    return {
        "id": service,
        "sources": SOURCES[service],
        "readings": READINGS[service],
        "credit": {
            "unit": Fraction(credit.unit),
            "usd": credit.usd and Fraction(credit.usd),
            "grants": credit.grants,
            "provenance": credit.places,
        },
        "authentication": {
            "scheme": caller.scheme,
            "key_prefix": caller.key_prefix,
            "provenance": {"": caller.place},
        },
        "hosts": tuple({"url": url, "provenance": {"": place}} for url, place in HOSTS[service]),
        "formula": FACTORS[service],
        "fields": {name: _field(name, row) for name, row in FIELDS[service].items()},
        "endpoints": {name: _endpoint(name, row) for name, row in ENDPOINTS[service].items()},
        "models": {name: _model(service, name, row) for name, row in models.items()},
        "prices": {name: (_price(row),) for name, row in prices.items()},
        "bodies": RESPONSE_BODIES[service],
        "responses": {name: _response(name, row) for name, row in RESPONSES[service].items()},
        "queries": {name: _query(name, row) for name, row in QUERIES[service].items()},
        "tasks": {"query": "task", **_shape(tasks, "places"), "provenance": tasks.places},
        "usage": USAGE[service],
        "documents": {name: _document(rows) for name, rows in DOCUMENTS[service].items()},
    }


def _shape(row: Any, *left_out: str) -> dict[str, Any]:
    return {name: value for name, value in row._asdict().items() if name not in left_out}


def _field(name: str, row: Any) -> dict[str, Any]:
    known = {"id": name, "wire": row.wire, "type": row.type, "provenance": {"": row.place, **row.readings}}
    return {**NO_LIMITS, **known, **row.limits}


def _endpoint(name: str, row: Any) -> dict[str, Any]:
    return {
        "id": name,
        **_shape(row, "place", "unknown"),
        "rules": tuple(_rule(rule) for rule in row.rules),
        "notes": tuple({**_shape(note, "place"), "provenance": {"": note.place}} for note in row.notes),
        "provenance": {"": row.place, "unknown": row.unknown},
    }


def _rule(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "when": tuple(_claim(("one_of", *condition), row.place) for condition in row.when.items()),
        "then": tuple(_claim(claim, row.place) for claim in row.then),
        "origin": row.place,
        "empty": row.empty,
    }


def _claim(claim: tuple[Any, ...], place: str) -> dict[str, Any]:
    match claim:
        case "given", names:
            return {"claim": "Given", "fields": names}
        case "not_given", name:
            return {"claim": "NotGiven", "field": name, "origin": place}
        case "one_of", name, values:
            return {"claim": "OneOf", "field": name, "limit": values, "origin": place}
    raise AssertionError(claim)


def _model(service: str, name: str, row: Any) -> dict[str, Any]:
    """Write a model. The table of video models has no prompts, and the ratios of a field are no limit of a model."""
    limits: dict[str, Any] = {"max_references": row.references}
    if row.place != VIDEO_MODELS:
        limits["max_prompt"] = row.prompt
    if row.ratios and FIELDS[service]["aspect_ratio"].limits["one_of"] == "aspect_ratios":
        limits["aspect_ratios"] = row.ratios
    readings = {} if row.references_basis == PRINTED else {"max_references": row.references_basis}
    return {
        "id": name,
        "title": row.title,
        "endpoint": row.endpoint,
        "modes": row.modes,
        "limits": limits,
        "provenance": {"": row.place, **readings},
    }


def _price(row: Any) -> dict[str, Any]:
    seconds = {"duration": ours(row.seconds)} if row.seconds else {}
    return {
        "base": Fraction(row.base),
        "since": None,
        "duration": {tier: Fraction(multiplier) for tier, multiplier in row.duration.items()},
        "resolution": {tier: Fraction(multiplier) for tier, multiplier in row.resolution.items()},
        "audio": {},
        "default": row.default,
        "provenance": {"": row.place, **seconds},
    }


def _response(name: str, row: Any) -> dict[str, Any]:
    return {"id": name, **_shape(row, "place", "readings"), "provenance": {"": row.place, **row.readings}}


def _document(rows: dict[str, tuple[str, str | None]]) -> dict[str, Any]:
    return {"url": None, "sections": {name: {"from_": first, "until": last} for name, (first, last) in rows.items()}}


def _query(name: str, row: Any) -> dict[str, Any]:
    return {"id": name, **_shape(row, "places"), "provenance": row.places}
