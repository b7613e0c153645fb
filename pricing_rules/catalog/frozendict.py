"""A table that cannot be changed, and what a file holds made of such tables."""

from collections.abc import Mapping
from typing import Any, NoReturn


class FrozenDict(dict[Any, Any]):
    """A dict that cannot be changed; it is copied and pickled like any other."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("a table of a catalog cannot be changed")

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[type, tuple[dict[Any, Any]]]:
        return type(self), (dict(self),)


EMPTY: Mapping[Any, Any] = FrozenDict()


def frozen(value: object) -> object:
    """Return part of a body with its tables and lists, and those in them, unchangeable."""
    match value:
        case dict():
            return FrozenDict({name: frozen(inner) for name, inner in value.items()})
        case list():
            return tuple(map(frozen, value))
        case _:
            return value
