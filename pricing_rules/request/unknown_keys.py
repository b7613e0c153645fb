"""Keys of a request body that the endpoint does not know, each with the nearest name that it does."""

from collections.abc import Iterator

from pricing_rules.answers import Violation
from pricing_rules.catalog.provenance import Origin
from pricing_rules.catalog.records import Field
from pricing_rules.catalog.rulebook import Rulebook
from pricing_rules.request.body import pointer, value_at
from pricing_rules.spelling import listed, nearest, shown

MAX_MATCHED = 20  # matching a name against all others is slow
MAX_UNKNOWN = 1_000  # violations of a request: a body of 10 MB can hold a million keys
UNMATCHED = "there is no such field here."


def unknown_keys(book: Rulebook, body: object) -> Iterator[Violation]:
    """Yield a violation for every unknown key, object by object, and one for an object with keys that are not text.

    A key by which the object gives out the value of a field is the name of that field, whatever else it is. Of more
    than 1,000 unknown keys the first 999 are told, and of the rest how many they are.
    """
    if book.endpoint is None:
        return
    origin = book.endpoint.provenance.of("unknown")
    unknown = {path: _unknown(value_at(body, path), known) for path, known in book.keys.items()}
    every = sum(isinstance(key, str) for keys in unknown.values() for key in keys)
    most = every if every <= MAX_UNKNOWN else MAX_UNKNOWN - 1
    listed_keys = 0
    for path, keys in unknown.items():
        odd = [key for key in keys if not isinstance(key, str)]
        if odd:
            message = f"the keys of an object are text; got {shown(odd[0])}."
            yield Violation(pointer(path), "key.type", message, "string", origin.basis, origin.source)
        for key in keys:
            if listed_keys == most < every:
                message = f"there are {every - most:,} more unknown fields."
                yield Violation(pointer(path), "field.unknown_more", message, every - most, origin.basis, origin.source)
                return
            if isinstance(key, str):
                is_matched = listed_keys < MAX_MATCHED
                yield unknown_key(book, origin, path, book.keys[path], str.__str__(key), matched=is_matched)
                listed_keys += 1


def _unknown(here: object, known: tuple[str, ...]) -> list[object]:
    names = frozenset(known)
    return [key for key in dict.__iter__(here) if key not in names] if isinstance(here, dict) else []


def unknown_key(
    book: Rulebook, origin: Origin, path: tuple[str, ...], known: tuple[str, ...], key: str, *, matched: bool = True
) -> Violation:
    """Tell of a key that an object does not know, with the nearest one if it is matched."""
    fields = [rules.field for rules in book.fields.values()]
    message = _message(key, path, fields, known) if matched else UNMATCHED
    where = f"{pointer(path)}/{key.replace('~', '~0').replace('/', '~1')}"
    return Violation(where, "field.unknown", message, known, origin.basis, origin.source)


def _message(key: str, path: tuple[str, ...], fields: list[Field], known: tuple[str, ...]) -> str:
    allowed = f" Allowed: {listed(known, 'and')}."
    return f"there is no field {shown(key)} here.{_hint(key, path, fields) or allowed}"


def _hint(key: str, path: tuple[str, ...], fields: list[Field]) -> str:
    """Name the nearest field: by its key in the same object, or by its pointer where it stands in another."""
    names: dict[str, str] = {}
    for field in sorted(fields, key=lambda field: field.segments[:-1] != path):
        shown_as = field.segments[-1] if field.segments[:-1] == path else field.wire
        names.setdefault(field.segments[-1], shown_as)
        names.setdefault(field.id, shown_as)
    found = nearest(key, names)
    return f" Did you mean {shown(names[found[0]])}?" if found else ""
