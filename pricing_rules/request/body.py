"""Values in a request body, found by the catalog's wire paths; a body may be any JSON-like value."""

from pricing_rules.catalog.records import Catalog, Endpoint, Field, Model

ABSENT = object()


def target(catalog: Catalog, body: object, endpoint_id: str | None) -> tuple[Endpoint | None, Model | None]:
    """Tell the endpoint that a request goes to and the model that it names, each None where that cannot be told.

    Raises:
        UnknownEndpoint: the catalog has no such endpoint.
    """
    named = value_of(body, catalog.fields["model"])
    model = catalog.models.get(str.__str__(named)) if isinstance(named, str) else None
    if endpoint_id is not None:
        return catalog.endpoint(endpoint_id), model
    if model is not None:
        return catalog.endpoints[model.endpoint], model
    return (next(iter(catalog.endpoints.values())) if len(catalog.endpoints) == 1 else None), None


def value_of(body: object, field: Field) -> object:
    """Return the value of a field, ABSENT where it or an object around it is missing."""
    return value_at(body, field.segments)


def value_at(body: object, segments: tuple[str, ...]) -> object:
    """Return the value at a path of keys, the body itself at the empty one; ABSENT where there is none."""
    for segment in segments:
        body = dict.get(body, segment, ABSENT) if isinstance(body, dict) else ABSENT
    return body


def is_given(value: object) -> bool:
    """Tell whether a value is present and not an empty text, array or object."""
    return value is not ABSENT and not (isinstance(value, str | list | dict) and not len(value))


def pointer(segments: tuple[str, ...]) -> str:
    """Write a path of keys as a JSON Pointer."""
    return "".join("/" + segment.replace("~", "~0").replace("/", "~1") for segment in segments)
