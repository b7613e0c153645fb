"""Keys of a request body that the endpoint does not know, each with the nearest name that it does."""

from collections.abc import Iterator

from pricing_rules.answers import Violation
from pricing_rules.body import pointer, value_at
from pricing_rules.catalog import Field
from pricing_rules.provenance import Origin
from pricing_rules.rulebook import Rulebook
from pricing_rules.spelling import listed, nearest, shown

MAX_MATCHED = 20  # matching a name against all others is slow


def unknown_keys(book: Rulebook, body: object) -> Iterator[Violation]:
    """Yield a violation for every unknown key, object by object, and one for an object with keys that are not text."""
    if book.endpoint is None:
        return
    fields = [rules.field for rules in book.fields.values()]
    objects = [(), *(field.segments for field in fields if field.type == "object")]
    origin = book.endpoint.provenance.of("unknown")
    matched = 0
    for path in objects:
        here = value_at(body, path)
        if not isinstance(here, dict):
            continue
        inside = _inside(fields, path)
        odd = [key for key in dict.__iter__(here) if not isinstance(key, str)]
        if odd:
            message = f"the keys of an object are text; got {shown(odd[0])}."
            yield Violation(pointer(path), "key.type", message, "string", origin.basis, origin.source)
        for key in dict.__iter__(here):
            if isinstance(key, str) and key not in inside:
                yield _unknown(str.__str__(key), path, fields, origin, guess=matched < MAX_MATCHED)
                matched += 1


def _unknown(key: str, path: tuple[str, ...], fields: list[Field], origin: Origin, *, guess: bool) -> Violation:
    inside = _inside(fields, path)
    message = "there is no such field here."
    if guess:
        allowed = f" Allowed: {listed(inside, 'and')}."
        message = f"there is no field {shown(key)} here.{_hint(key, path, fields) or allowed}"
    return Violation(pointer((*path, key)), "field.unknown", message, inside, origin.basis, origin.source)


def _inside(fields: list[Field], path: tuple[str, ...]) -> tuple[str, ...]:
    depth = len(path)
    return tuple(field.segments[depth] for field in fields if field.segments[:-1] == path)


def _hint(key: str, path: tuple[str, ...], fields: list[Field]) -> str:
    """Name the nearest field: by its key in the same object, or by its pointer where it stands in another."""
    names: dict[str, str] = {}
    for field in sorted(fields, key=lambda field: field.segments[:-1] != path):
        shown_as = field.segments[-1] if field.segments[:-1] == path else field.wire
        names.setdefault(field.segments[-1], shown_as)
        names.setdefault(field.id, shown_as)
    found = nearest(key, names)
    return f" Did you mean {shown(names[found[0]])}?" if found else ""
