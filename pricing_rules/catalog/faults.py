"""The faults of a catalog file: where each stands, why it is one, and all of them in the order of the file."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from pricing_rules.errors import CatalogError, CatalogFault
from pricing_rules.spelling import MAX_SHOWN, hint

MAX_TOLD = 100
Path = tuple[str | int, ...]


class Misspelt:
    """What is said of a name that is not known; the nearest one is looked for only where it is told."""

    def __init__(self, said: str, name: object, known: Collection[object]) -> None:
        self.said, self.name, self.known = said, name, known

    def __str__(self) -> str:
        return self.said + hint(self.name, self.known)


Fault = tuple[Path, str | Misspelt]


class Refused(ValueError):
    """A value that a catalog may not hold; `path` leads to it from the table at hand."""

    def __init__(self, reason: str | Misspelt, *path: str | int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.path = path


class Unfit(Refused):
    """A name or a value that hinders nobody from reading the rest: what the file means is checked all the same."""


def catalog_error(file: str, faults: Iterable[Fault], tables: Mapping[str, Any]) -> CatalogError:
    """Return the error that tells the first hundred faults in the order of the file, and how many more there are."""
    order = _Order(tables)
    found = sorted(dict.fromkeys(faults), key=lambda fault: order.place(fault[0]))
    told = tuple(CatalogFault(key_of(path), str(reason)) for path, reason in found[:MAX_TOLD])
    return CatalogError(file, told, len(found) - len(told))


def key_of(path: Path) -> str:
    """Write a path as the dotted key that people read; a name that is long is cut."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{_cut(part)}" for part in path)[1:]


def _cut(name: str) -> str:
    return name if len(name) <= MAX_SHOWN else f"{name[: MAX_SHOWN - 1]}…"


class _Order:
    """Where keys stand in a file; a key that is missing comes after all that its table has."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self._tables = tables
        self._numbers: dict[int, dict[str | int, int]] = {}

    def place(self, path: Path) -> tuple[int, ...]:
        found: list[int] = []
        inside: Any = self._tables
        for part in path:
            match inside:
                case dict():
                    numbers = self._numbered(inside)
                    found.append(numbers.get(part, len(numbers)))
                    inside = inside.get(part)
                case list() if isinstance(part, int):
                    found.append(part)
                    inside = inside[part]
        return tuple(found)

    def _numbered(self, table: dict[str | int, Any]) -> dict[str | int, int]:
        if id(table) not in self._numbers:
            self._numbers[id(table)] = {key: number for number, key in enumerate(table)}
        return self._numbers[id(table)]
