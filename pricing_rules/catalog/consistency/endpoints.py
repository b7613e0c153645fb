"""Whether endpoints name fields that there are, in an order that can be judged."""

from collections.abc import Collection, Iterator, Mapping
from string import ascii_lowercase, digits

from pricing_rules.catalog.compiled import models_of
from pricing_rules.catalog.consistency.checks import misread, sample_faults, twice, unfileable, unknown
from pricing_rules.catalog.constraints import URL_PREFIXES
from pricing_rules.catalog.faults import Fault, Path
from pricing_rules.catalog.protocol import Host
from pricing_rules.catalog.records import Catalog, Endpoint, Field, LimitValue
from pricing_rules.catalog.tariff import editions
from pricing_rules.spelling import listed, shown

SIZED = ("urls", "integer", "number")
HOST_CHARS = frozenset(f"{ascii_lowercase}{digits}.-:")


def endpoint_faults(catalog: Catalog) -> Iterator[Fault]:
    """Yield what does not fit in the tables of endpoints; their rules are checked apart."""
    if not catalog.endpoints:
        yield ("endpoints",), "there is none"
    yield from unfileable(catalog.endpoints, "endpoints")
    yield from _host_faults(catalog.hosts)
    for endpoint in catalog.endpoints.values():
        path = ("endpoints", endpoint.id)
        yield from unknown(endpoint.fields, catalog.fields, "field", *path, "fields")
        yield from twice(endpoint.fields, *path, "fields")
        yield from _required_faults(catalog, endpoint, (*path, "required"))
        yield from _order_faults(catalog, endpoint, (*path, "fields"))
        yield from _mode_faults(catalog, endpoint, (*path, "modes"))
        yield from limit_faults(endpoint.limits, limits_read(catalog, endpoint), *path, "limits")
        yield from misread(endpoint.provenance, {**endpoint.limits, "modes": 0, "unknown": 0}, *path)
        yield from sample_faults(endpoint.samples, *path)
        sized = {field.id for field in fields_of(catalog, endpoint) if field.type in SIZED}
        for index, note in enumerate(endpoint.notes):
            if note.field not in sized:
                yield (*path, "notes", index, "field"), f"{shown(note.field)} is no array or number of this endpoint"


def _host_faults(hosts: Collection[Host]) -> Iterator[Fault]:
    for index, host in enumerate(hosts):
        name = next((host.url.removeprefix(scheme) for scheme in URL_PREFIXES if host.url.startswith(scheme)), "")
        if not (name and HOST_CHARS.issuperset(name)):
            yield ("hosts", index, "url"), f"expected a host like https://api.example.com, got {shown(host.url)}"
        yield from misread(host.provenance, ("url",), "hosts", index)
    yield from twice((host.url for host in hosts), "hosts")


def fields_of(catalog: Catalog, endpoint: Endpoint) -> tuple[Field, ...]:
    """Return the fields of an endpoint that there are."""
    return tuple(catalog.fields[name] for name in dict.fromkeys(endpoint.fields) if name in catalog.fields)


def known_fields(catalog: Catalog, endpoint: Endpoint) -> Mapping[str, object]:
    """Return the names that an endpoint's tables may use: all there are where its own list misspells some."""
    own = dict.fromkeys(endpoint.fields)
    return own if own.keys() <= catalog.fields.keys() else {**own, **catalog.fields}


def _required_faults(catalog: Catalog, endpoint: Endpoint, path: Path) -> Iterator[Fault]:
    yield from unknown(endpoint.required, known_fields(catalog, endpoint), "field of this endpoint", *path)
    required = {field.id: field for field in fields_of(catalog, endpoint) if field.id in endpoint.required}
    if "model" not in endpoint.required:
        yield path, "model is missing"
    for field in _around_model(catalog, endpoint):
        if field.id not in required:
            yield path, f"{field.id} is missing, the object around the model"
    for name in (field.id for field in required.values() if field.one_of == "tiers"):
        models = (model.id for model in models_of(catalog, endpoint))
        lacking = [model for model in models if not all(price.tiers(name) for price in editions(catalog, model))]
        if lacking:
            yield path, f"{name} is required, but it is no part of the price of {listed(lacking, 'and')}"


def _around_model(catalog: Catalog, endpoint: Endpoint) -> Iterator[Field]:
    if "model" in catalog.fields:
        place = catalog.fields["model"].segments
        for field in fields_of(catalog, endpoint):
            if field.type == "object" and field.segments == place[: len(field.segments)]:
                yield field


def _order_faults(catalog: Catalog, endpoint: Endpoint, path: Path) -> Iterator[Fault]:
    seen: set[tuple[str, ...]] = {()}
    for field in fields_of(catalog, endpoint):
        if field.segments[:-1] not in seen:
            yield path, f"the object around {field.id} must come before it"
        seen.add(field.segments)


def _mode_faults(catalog: Catalog, endpoint: Endpoint, path: Path) -> Iterator[Fault]:
    """Yield where models have modes and neither a field nor the references tell which one is meant."""
    derived = set(endpoint.modes)
    if not derived:
        if "mode" not in endpoint.fields and any(len(model.modes) > 1 for model in models_of(catalog, endpoint)):
            yield path, "models have several modes and there is neither a field mode nor this table"
    elif derived != {"without_references", "with_references"}:
        yield path, "expected without_references and with_references"
    elif "mode" in endpoint.fields or "references" not in endpoint.fields:
        yield path, "modes follow from the references only where there are some and no field mode"


def limits_read(catalog: Catalog, endpoint: Endpoint) -> dict[str, None]:
    """Return the names of the limits that the fields of an endpoint read."""
    fields = (catalog.fields[name] for name in known_fields(catalog, endpoint) if name in catalog.fields)
    stated = (getattr(field, part) for field in fields for part in ("one_of", "max_length", "max_items"))
    return dict.fromkeys(name for name in stated if isinstance(name, str))


def limit_faults(limits: Mapping[str, LimitValue], read: Collection[str], *path: str | int) -> Iterator[Fault]:
    """Yield the limits that no field reads, that are negative, or that allow nothing."""
    yield from unknown(limits, read, "field with the limit", *path)
    for name, value in limits.items():
        if value == () or (isinstance(value, int) and value < 0):
            yield (*path, name), "allows nothing"
        elif isinstance(value, tuple):
            yield from twice(value, *path, name)
