"""Tables that a caller parsed, copied within the bounds of a file: what changes later changes no catalog."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from pricing_rules.catalog.faults import Path, Refused
from pricing_rules.catalog.toml import MAX_VALUES

MAX_DEPTH = 64  # a body nests at most 32 deep; a table that holds itself never ends


def tables_from(source: Mapping[Any, Any]) -> dict[str, Any]:
    """Return a mapping of tables as a parsed file has them; `since` may be ISO text, as in JSON.

    Raises:
        Refused: it is nested too deep, holds itself or too many values, or has a key that is no text.
    """
    counter = iter(range(MAX_VALUES))
    return {name: _copied(value, (name,), counter) for name, value in _items(source, ())}


def _copied(value: object, path: Path, counter: Iterator[int]) -> Any:  # noqa: ANN401 -- any value of a file
    if next(counter, None) is None:
        raise Refused(f"more than {MAX_VALUES:,} keys and values")
    if len(path) > MAX_DEPTH:
        raise Refused("tables or lists are nested too deep, or hold themselves", path[0])
    match value:
        case Mapping():
            return {
                name: _copied(_instant(inner) if name == "since" else inner, (*path, name), counter)
                for name, inner in _items(value, path)
            }
        case list() | tuple():
            return [_copied(inner, (*path, place), counter) for place, inner in enumerate(value)]
        case _:
            return value


def _items(table: Mapping[Any, Any], path: Path) -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if not isinstance(name, str):
            raise Refused(f"the keys of a table are text, not {type(name).__name__}", *path)
        yield str.__str__(name), value


def _instant(value: object) -> object:
    """Read ISO text as the instant it states; what states none is left to be refused."""
    if not isinstance(value, str):
        return value
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return value
