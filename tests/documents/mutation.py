"""Every catalog that differs from a given one in a single fact: a value, a name, an item, an order, an origin.

A variant is named by the key that changed and how. Titles, descriptions, examples, reasons and sentences in our own
words are left alone, and so is the version, which no document prints; titles of models are facts.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from documents.answers import OURS, RESPONSES

Tables = dict[str, Any]
Path = tuple[str | int, ...]
Variants = Iterator[tuple[str, Any]]

# Words that a catalog may use in place of one another, besides the names that it gives itself.
WORDS = (
    ("string", "integer", "number", "boolean", "url", "urls", "object", "opaque"),
    ("string", "strings", "number", "boolean", "time", "seconds", "credits", "status"),
    ("models", "modes", "tiers", "aspect_ratios"),
    ("max_references", "max_prompt"),
    ("without_references", "with_references"),
    ("text_to_image", "image_to_image", "text_to_video", "image_to_video"),
    ("duration", "resolution", "outputs", "audio", "custom"),
    ("status", "body", "message", "retry"),
    ("states", "refunded", "error_codes"),
    ("unit", "usd"),
    ("pending", "completed", "failed"),
    ("never", "after_wait", "after_window", "reads_freely"),
    ("accepted", "invalid", "unknown_model", "unpriced", "insufficient_credits", "internal"),
    ("$task_id", "$credits", "$required", "$field_errors", "$form_errors", "$message", "$id", "$type"),
    ("GET", "POST"),
)
NAMED = ("sources", "readings", "fields", "endpoints", "models", "bodies", "responses", "queries")
SENTENCES = {name for rows in RESPONSES.values() for name, row in rows.items() if row.message is OURS}


class Names(NamedTuple):
    families: tuple[tuple[str, ...], ...]
    source: str
    reading: str


def one_change(tables: Tables) -> Variants:
    """Yield every variant of the tables of a catalog, each with the key and the word for its change before it.

    A value that is replaced by another is told as "key is other". Variants share what they have in common.
    """
    families = (*WORDS, *(tuple(tables.get(name, ())) for name in NAMED))
    reading = next(iter(tables.get("readings", ())), "none")
    return _variants(tables, (), Names(families, next(iter(tables["sources"])), reading))


def is_exempt(path: Path) -> bool:
    """Tell whether a key holds words for people, the version, or when and how a document was read."""
    match path:
        case ("title" | "version",):
            return True
        case ("fields" | "endpoints" | "queries", _, "title" | "about" | "examples"):
            return True
        case ("endpoints" | "responses" | "queries", _, "samples"):
            return True
        case ("endpoints", _, "notes", _, "about") | ("readings", _, "why"):
            return True
        case ("documents", _, "read") | ("documents", _, "sections", _, "sha256"):
            return True
        case ("responses", name, "message"):
            return name in SENTENCES
        case _:
            return False


def has_names(path: Path) -> bool:
    """Tell whether the keys of a table are names of the catalog or of the service, and not parts of a record."""
    match path:
        case ("sources" | "readings" | "fields" | "endpoints" | "models" | "responses" | "queries",):
            return True
        case ("bodies", *_) | ("queries", _, "answer", *_) | ("tasks", "states") | ("usage", "columns"):
            return True
        case ("endpoints" | "models", _, "limits") | ("endpoints", _, "modes") | ("endpoints", _, "rules", _, "when"):
            return True
        case ("prices", _, "duration" | "resolution" | "audio" | "default"):
            return True
        case ("documents",) | ("documents", _, "sections"):
            return True
        case (_, *_, "readings"):
            return True
        case _:
            return False


def is_shown_in_order(path: Path) -> bool:
    """Tell whether the order of the keys of a table is the order of a list that people see."""
    match path:
        case ("models" | "endpoints" | "responses",) | ("prices", _, "duration" | "resolution" | "audio"):
            return True
        case _:
            return False


def _variants(node: Any, path: Path, names: Names) -> Variants:
    match node:
        case dict():
            yield from _tables(node, path, names)
        case list():
            yield from _lists(node, path, names)
        case bool():
            yield _said(path, f"is {not node}"), not node
        case int():
            yield _said(path, f"is {node + 1}"), node + 1
        case str():
            yield from ((_said(path, f"is {text}"), text) for text in _replacements(node, names))


def _tables(node: Tables, path: Path, names: Names) -> Variants:
    for key, value in node.items():
        here = (*path, key)
        if is_exempt(here):
            continue
        yield _said(here, "removed"), _without(node, key)
        for label, variant in _variants(value, here, names):
            yield label, {**node, key: variant}
        for name in _replacements(key, names) if has_names(path) else ():
            if name not in node:
                renamed = {name if other == key else other: inner for other, inner in node.items()}
                yield _said(here, f"named {name}"), renamed
    yield from _other_origin(node, path, names)
    if is_shown_in_order(path):
        for label, items in _swaps(list(node.items()), path):
            yield label, dict(items)


def _other_origin(node: Tables, path: Path, names: Names) -> Variants:
    """Turn what is printed into a reading, and a reading into what is printed."""
    if path[:1] == ("readings",):
        return
    if "source" in node:
        yield _said(path, "taken for a reading"), {**_without(node, "source"), "reading": names.reading}
    elif "reading" in node:
        yield _said(path, "taken for printed"), {**_without(node, "reading"), "source": names.source}


def _without(node: Tables, key: str) -> Tables:
    return {other: value for other, value in node.items() if other != key}


def _lists(node: list[Any], path: Path, names: Names) -> Variants:
    for index, value in enumerate(node):
        here = (*path, index)
        yield _said(here, "removed"), [*node[:index], *node[index + 1 :]]
        for label, variant in _variants(value, here, names):
            yield label, [*node[:index], variant, *node[index + 1 :]]
    if not _is_unordered(path):
        yield from _swaps(node, path)


def _is_unordered(path: Path) -> bool:
    """Tell whether the order of a list means nothing: price points are shown model by model, in the models' order."""
    match path:
        case ("prices",) | ("prices", _, "models"):
            return True
        case _:
            return False


def _swaps(items: list[Any], path: Path) -> Variants:
    for index in range(1, len(items)):
        swapped = [*items[: index - 1], items[index], items[index - 1], *items[index + 1 :]]
        yield _said((*path, index), "moved up"), swapped


def _replacements(text: str, names: Names) -> Iterable[str]:
    """Return other texts: one that is no name, another number or ratio, and the next name of each kind."""
    numbers = [f"{text}1"] if text[:1].isdigit() and text[-1].isdigit() else []
    kinds = (family for family in names.families if text in family and len(family) > 1)
    others = (family[(family.index(text) + 1) % len(family)] for family in kinds)
    return dict.fromkeys((f"{text}x", *numbers, *others))


def _said(path: Path, change: str) -> str:
    return f"{'.'.join(map(str, path))} {change}"
